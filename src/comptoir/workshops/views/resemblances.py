"""Step 3, « Se ressemblent ? », and what a note being typed resembles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.french import plural
from comptoir.voices import actions as voices
from comptoir.voices.actions.lexicon import lexicon_of, method_of
from comptoir.voices.actions.lines import MAX_WORDS
from comptoir.voices.models import Change
from comptoir.voices.rules import may_hear_raw, may_note
from comptoir.workshops.actions.searching import search_again
from comptoir.workshops.history import last_gathering
from comptoir.workshops.models import Workshop
from comptoir.workshops.questions import headings_of, lines_near, questions_of, search_of
from comptoir.workshops.steps import steps
from comptoir.workshops.views.shared import announce, board_url, identity, line_by_id, occasion_for, workshop_for


@require_safe
@in_space(may_hear_raw)
def resemblances(request: SpaceRequest, code: str) -> HttpResponse:
    """Pairs that look alike, the most useful first, each with its reason; a person decides."""
    return _resemblances(request, workshop_for(request, code))


def _resemblances(request: SpaceRequest, workshop: Workshop) -> HttpResponse:
    context = {
        "workshop": workshop, "questions": questions_of(request.actor, workshop), "may_note": may_note(request.actor),
        "last": last_gathering(workshop) if may_note(request.actor) else None, "search": search_of(workshop),
    }  # fmt: skip
    if not request.htmx:
        context["steps"] = steps(request.actor, 3, workshop=workshop)
    template = "workshops/parts/pairs.html" if request.htmx else "workshops/resemblances.html"
    return render(request, template, context)


@require_POST
@in_space(may_note)
def resemblance_decide(request: SpaceRequest, code: str) -> HttpResponse:
    """« Rapprocher », « Séparer » or « Pas maintenant » on a suggested pair; or take up again what was put aside."""
    workshop = workshop_for(request, code)
    sentence = _decide(request, workshop)
    if request.htmx:
        return announce(_resemblances(request, workshop), sentence)
    return redirect("resemblances", request.space.slug, workshop.code)


def _decide(request: SpaceRequest, workshop: Workshop) -> str:
    decision = request.POST.get("decision")
    if decision == "undo":
        found = Change.objects.filter(occasion__comptoir__workshop=workshop)
        change = get_object_or_404(found, pk=identity(request.POST.get("change", "")))
        voices.undo(actor=request.actor, change=change)
        return "Rapprochement annulé."
    if decision == "again":
        taken = voices.take_up_again(actor=request.actor, headings=headings_of(workshop))
        return f"{plural(taken, 'question reprise', 'questions reprises')}."
    first = line_by_id(request, workshop, request.POST.get("first", ""))
    second = line_by_id(request, workshop, request.POST.get("second", ""))
    if decision == "together":
        voices.gather(actor=request.actor, kept=first, absorbed=second)
        return "Notes rapprochées."
    if decision == "later":
        voices.set_aside(actor=request.actor, first=first, second=second)
        return "Question mise de côté."
    voices.keep_apart(actor=request.actor, first=first, second=second)
    return "Notes gardées séparées."


@require_POST
@in_space(may_note)
def resemblances_refresh(request: SpaceRequest, code: str) -> HttpResponse:
    """Look again for lines that resemble each other: at once, or in a job that the page tells of."""
    workshop = workshop_for(request, code)
    here = reverse("resemblances", args=(request.space.slug, workshop.code))
    job = search_again(actor=request.actor, workshop=workshop, back_url=here)
    if request.htmx:
        return _state(request, workshop)
    if job:
        return redirect("job", request.space.slug, job.code)
    messages.success(request, "La recherche est faite.")
    return redirect(here)


@require_safe
@in_space(may_hear_raw)
def search_state(request: SpaceRequest, code: str) -> HttpResponse:
    """Where the search stands: a line of the page, asked for while a job runs."""
    workshop = workshop_for(request, code)
    if not request.htmx:
        return redirect("resemblances", request.space.slug, workshop.code)
    return _state(request, workshop)


def _state(request: SpaceRequest, workshop: Workshop) -> HttpResponse:
    context = {
        "workshop": workshop, "search": search_of(workshop), "may_note": may_note(request.actor),
        "renewed": questions_of(request.actor, workshop, shown=0).left,
    }  # fmt: skip
    return render(request, "workshops/parts/search_state.html", context)


@require_POST
@in_space(may_note)
def note_near(request: SpaceRequest, code: str, occasion_code: str) -> HttpResponse:
    """What the note being typed resembles. It writes nothing: the words come by POST so that no log keeps them."""
    workshop = workshop_for(request, code)
    occasion = occasion_for(request, workshop, occasion_code)
    heading = get_object_or_404(occasion.headings, pk=identity(request.POST.get("heading", "")))
    if not request.htmx:  # a fragment alone is no page
        return redirect(board_url(request, workshop, occasion))
    words = request.POST.get("words", "")[:MAX_WORDS]
    method = method_of(lexicon_of(request.space))
    context = {
        "workshop": workshop, "occasion": occasion, "heading": heading,
        "near": lines_near(heading, words, method) if heading.counted else [],
    }  # fmt: skip
    return render(request, "workshops/parts/near.html", context)
