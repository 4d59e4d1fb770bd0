"""Answering what was said: write, read again, publish, withdraw; and the list of answers."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.kit.errors import Conflict, Invalid
from comptoir.voices import actions, answers
from comptoir.voices.actions.answers import to_reread
from comptoir.voices.models import Answer, Statement, counts
from comptoir.voices.rules import may_answer, may_publish_answers
from comptoir.workshops.answer_list import listing_of
from comptoir.workshops.forms import AnswerForm

SAID = ("nature", "kind"), ("raisons", "reasons"), ("par", "decided_by"), ("le", "decided_on")


@require_safe
@in_space(is_member)
def answers_list(request: SpaceRequest) -> HttpResponse:
    """What was answered, the latest first; drafts too, for those who write them."""
    waiting = answers.visible_to(request.actor).filter(published_at=None, withdrawn_at=None)
    context = {
        "waiting": [one.code for one in waiting.order_by("pk")] if may_publish_answers(request.actor) else [],
        "may_answer": may_answer(request.actor),
    }
    return listing_of(request.actor).respond(request, "workshops/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_answer)
def answer_new(request: SpaceRequest) -> HttpResponse:
    """One form for the lines named in the address (`?ligne=…`). What is proposed there is only a start."""
    lines = _lines(request)
    if not lines:
        messages.warning(request, "Choisissez d'abord au moins une ligne : cochez-la dans « Jamais de réponse ».")
        return redirect("answers", request.space.slug)
    initial = {"decided_on": timezone.localdate()} | {
        field: request.GET[name] for name, field in SAID if request.GET.get(name)
    }
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.answer(actor=request.actor, lines=lines, **form.cleaned_data)
        except (Invalid, Conflict) as refused:
            form.add_error(_field(form, refused), str(refused))
        else:
            return _written(request, written)
    said = counts([line.root_id for line in lines])
    context = {
        "form": form, "lines": [(line, said[line.root_id][0]) for line in lines],
        "proposed": bool(request.GET.get("raisons")),
    }  # fmt: skip
    return render(request, "workshops/answer_new.html", context, status=422 if form.errors else 200)


def _field(form: AnswerForm, refused: Exception) -> str | None:
    field = getattr(refused, "field", None)
    return field if field in form.fields else None


def _written(request: SpaceRequest, written: list[Answer]) -> HttpResponse:
    """The project lead goes on to read again and publish; the others leave a draft."""
    if may_publish_answers(request.actor):
        query = urlencode([("reponse", one.code) for one in written])
        return redirect(f"{reverse('answers_publish', args=(request.space.slug,))}?{query}")
    messages.success(request, "La réponse est écrite. La personne qui conduit le projet la relit et la publie.")
    return redirect("answers", request.space.slug)


def _lines(request: SpaceRequest) -> list[Statement]:
    """The lines of the address, each once, by what stands for it; 404 when one is not of this space."""
    codes = list(dict.fromkeys(request.GET.getlist("ligne")))
    rows = Statement.objects.live().filter(space=request.space, code__in=codes)
    found = list(rows.select_related("root").order_by("pk"))
    if len(found) != len(codes):
        raise Http404
    wanted = Statement.objects.filter(pk__in={line.root_id for line in found}).with_words()
    return list(wanted.select_related("heading__occasion__comptoir__workshop").order_by("pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_publish_answers)
def answers_publish(request: SpaceRequest) -> HttpResponse:
    """The answers as everybody will read them; publishing is the second look of a person."""
    found = _answers(request)
    if not found:
        return redirect("answers", request.space.slug)
    refusal = ""
    if request.method == "POST":
        try:
            done = actions.publish_answers(
                actor=request.actor, answers=found, reread=request.POST.get("reread") == "yes"
            )
        except (Invalid, Conflict) as refused:
            refusal = str(refused)
        else:
            messages.success(
                request, "La réponse est publiée." if len(done) < 2 else f"Les {len(done)} réponses sont publiées."
            )
            return redirect("answers", request.space.slug)
    context = {"answers": found, "passages": to_reread(found), "refusal": refusal}
    return render(request, "workshops/answers_publish.html", context, status=422 if refusal else 200)


def _answers(request: SpaceRequest) -> list[Answer]:
    codes = list(dict.fromkeys(request.GET.getlist("reponse")))
    rows: QuerySet[Answer] = answers.visible_to(request.actor).filter(code__in=codes, withdrawn_at=None)
    words: Any = ("statement__verbatim", "statement__rewording", "statement__heading__occasion__comptoir__workshop")
    found = list(rows.select_related(*words).order_by("pk"))
    if len(found) != len(codes):
        raise Http404
    return found


@require_POST
@in_space(may_answer)
def answer_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    found = get_object_or_404(
        answers.visible_to(request.actor).select_related("statement__heading__occasion__comptoir__workshop"), code=code
    )
    actions.withdraw_answer(actor=request.actor, answer=found)
    messages.success(request, "La réponse est retirée. Elle reste dans l'historique de la ligne.")
    line = found.statement
    return redirect("line", request.space.slug, line.heading.occasion.comptoir.workshop.code, line.code)
