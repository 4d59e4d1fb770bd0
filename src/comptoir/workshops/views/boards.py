"""Step 4: « Relire ensemble »."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import Conflict, Invalid
from comptoir.voices import actions as voices
from comptoir.voices.models import Heading, Occasion, Statement
from comptoir.voices.near import read_ahead
from comptoir.voices.rules import may_hear_raw, may_note
from comptoir.workshops.board import board_of, revision_of, tabs_of
from comptoir.workshops.history import changes_of, told
from comptoir.workshops.models import Workshop
from comptoir.workshops.questions import next_question
from comptoir.workshops.steps import steps
from comptoir.workshops.views.shared import (
    announce,
    back_or,
    board_url,
    identity,
    line_by_id,
    occasion_for,
    workshop_for,
)

HISTORY = 40


@require_safe
@in_space(may_hear_raw)
def boards(request: SpaceRequest, code: str) -> HttpResponse:
    """The first board of a workshop."""
    workshop = workshop_for(request, code)
    first = workshop.comptoirs.shown().select_related("occasion").first()
    if first is None:
        return redirect("workshop", request.space.slug, workshop.code)
    return redirect(board_url(request, workshop, first.occasion))


@require_safe
@in_space(may_hear_raw)
def board(request: SpaceRequest, code: str, occasion_code: str) -> HttpResponse:
    workshop = workshop_for(request, code)
    return _board(request, workshop, occasion_for(request, workshop, occasion_code))


def _board(request: SpaceRequest, workshop: Workshop, occasion: Occasion, *, status: int = 200) -> HttpResponse:
    only = identity(request.GET.get("colonne", ""))
    query, page = request.GET.get("q", "").strip(), request.GET.get("page", "1")
    shown = board_of(occasion, query=query, only=only, page=page)
    context = {
        "workshop": workshop, "occasion": occasion, "board": shown, "may_note": may_note(request.actor), "only": only,
        "question": next_question(request.actor, occasion) if may_note(request.actor) else None,
        "here": f"{board_url(request, workshop, occasion)}?{request.GET.urlencode()}".rstrip("?"),
    }  # fmt: skip
    if not request.htmx:
        if may_note(request.actor):
            read_ahead(request.space, [column.heading for column in shown.columns])
        context["steps"] = steps(request.actor, 4, workshop=workshop, empty=not any(c.total for c in shown.columns))
        context["tabs"] = [
            {
                "label": other.title, "count": lines, "current": other.pk == occasion.pk,
                "url": board_url(request, workshop, other),
            }
            for other, lines in tabs_of(workshop)
        ]  # fmt: skip
    template = "workshops/parts/board.html" if request.htmx else "workshops/board.html"
    return render(request, template, context, status=status)


@require_safe
@in_space(may_hear_raw)
def board_revision(request: SpaceRequest, code: str, occasion_code: str) -> JsonResponse:
    """A few bytes that change when something was done on the board: an open board asks for them."""
    occasion = occasion_for(request, workshop_for(request, code), occasion_code)
    return JsonResponse({"revision": revision_of(occasion.pk)})


@require_safe
@in_space(may_hear_raw)
def board_history(request: SpaceRequest, code: str, occasion_code: str) -> HttpResponse:
    """What was done on a board, the latest first, each to be taken back when nothing stands on it."""
    workshop = workshop_for(request, code)
    occasion = occasion_for(request, workshop, occasion_code)
    page = Paginator(changes_of(occasion), HISTORY).get_page(request.GET.get("page"))
    context = {
        "workshop": workshop, "occasion": occasion, "page": page, "may_note": may_note(request.actor),
        "rows": told(list(page)), "board_url": board_url(request, workshop, occasion),
    }  # fmt: skip
    return render(request, "workshops/history.html", context)


@require_POST
@in_space(may_note)
def board_act(request: SpaceRequest, code: str, occasion_code: str, verb: str) -> HttpResponse:
    """One operation on the board, then the board again (a fragment for htmx, the page otherwise)."""
    workshop = workshop_for(request, code)
    occasion = occasion_for(request, workshop, occasion_code)
    try:
        sentence = _VERBS[verb](request, workshop, occasion)
    except (Conflict, Invalid) as refused:
        if request.htmx or verb == "ajouter":  # the page stays as it is; or what was typed is shown to be copied
            raise
        messages.error(request, str(refused))
        return redirect(back_or(request, board_url(request, workshop, occasion)))
    if request.htmx:
        # The board that is open may show a search or one column: what comes back is that same page.
        request.GET = QueryDict(urlsplit(request.htmx.current_url or "").query)
        return announce(_board(request, workshop, occasion), sentence)
    messages.success(request, sentence)
    return redirect(back_or(request, board_url(request, workshop, occasion)))


def _heading(request: HttpRequest, occasion: Occasion) -> Heading:
    wanted = identity(request.POST.get("heading", ""))
    return get_object_or_404(occasion.headings.select_related("occasion"), pk=wanted)


def _add(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    heading = _heading(request, occasion)
    voices.add_note(actor=request.actor, heading=heading, words=request.POST.get("words", ""))
    return f"Note ajoutée dans « {heading.label} »."


def _tally(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    voices.tally(actor=request.actor, line=line_by_id(request, workshop, request.POST.get("line", "")))
    return "Une fois de plus."


def _move(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    heading = _heading(request, occasion)
    voices.move(actor=request.actor, line=line_by_id(request, workshop, request.POST.get("line", "")), heading=heading)
    return f"Note mise dans « {heading.label} »."


def _gather(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    kept = line_by_id(request, workshop, request.POST.get("kept", ""))
    voices.gather(actor=request.actor, kept=kept, absorbed=line_by_id(request, workshop, request.POST.get("line", "")))
    return "Notes rapprochées."


@transaction.atomic
def _separate(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    """Take a note out of its line, and put it where it was dropped: another column, or another line."""
    line = line_by_id(request, workshop, request.POST.get("line", ""))
    voices.separate(actor=request.actor, line=line)
    if request.POST.get("kept"):
        kept = line_by_id(request, workshop, request.POST["kept"])
        voices.gather(actor=request.actor, kept=kept, absorbed=line)
    elif request.POST.get("heading"):
        voices.move(actor=request.actor, line=line, heading=_heading(request, occasion))
    return "Note séparée : elle est de nouveau seule sur sa ligne."


def _pair(request: SpaceRequest, workshop: Workshop) -> dict[str, Statement]:
    return {name: line_by_id(request, workshop, request.POST.get(sent, "")) for name, sent in _SENT.items()}


def _apart(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    voices.keep_apart(actor=request.actor, **_pair(request, workshop))
    return "Notes gardées séparées."


def _later(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    voices.set_aside(actor=request.actor, **_pair(request, workshop))
    return "Question mise de côté."


def _undo(request: SpaceRequest, workshop: Workshop, occasion: Occasion) -> str:
    change = get_object_or_404(occasion.changes, pk=identity(request.POST.get("change", "")))
    voices.undo(actor=request.actor, change=change)
    return f"Annulé : {change.get_kind_display()}."


_SENT = {"first": "kept", "second": "line"}
_VERBS = {
    "ajouter": _add,
    "compter": _tally,
    "deplacer": _move,
    "rapprocher": _gather,
    "separer": _separate,
    "annuler": _undo,
    "distinguer": _apart,
    "plus-tard": _later,
}
