"""One line: its words, where it comes from, what it becomes, and what can be done to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import Conflict, Invalid
from comptoir.voices import actions as voices
from comptoir.voices.models import Change, Statement, counts
from comptoir.voices.rules import may_hear_raw, may_note
from comptoir.workshops.board import gather_candidates
from comptoir.workshops.forms import RewordForm
from comptoir.workshops.models import SynthesisLine, Workshop
from comptoir.workshops.slots import line_pieces
from comptoir.workshops.views.shared import (
    back_or,
    board_url,
    identity,
    line_by_id,
    line_for,
    workshop_and_line,
    workshop_for,
)

SHOWN_MEMBERS = 200


@require_safe
@in_space(may_hear_raw)
def line(request: SpaceRequest, code: str, line_code: str) -> HttpResponse:
    workshop, found = workshop_and_line(request, code, line_code)
    if not found.is_root:
        return redirect("line", request.space.slug, workshop.code, found.root.code)
    occurrences, gathered = counts([found.pk])[found.pk]
    members = (
        Statement.objects.live()
        .filter(root=found)
        .with_words()
        .select_related("imported__source__file")
        .order_by("position", "pk")
    )
    occasion = found.heading.occasion
    query = request.GET.get("q", "").strip()
    context = {
        "workshop": workshop, "occasion": occasion, "line": found, "occurrences": occurrences, "gathered": gathered,
        "members": members[:SHOWN_MEMBERS], "may_note": may_note(request.actor), "query": query,
        "headings": occasion.headings.shown().order_by("position", "pk"),
        "candidates": gather_candidates(found, query=query) if may_note(request.actor) else [],
        "reword_form": RewordForm(initial={"text": found.wording}),
        "rewordings": found.rewordings.order_by("-pk")[:10],
        "changes": Change.objects.touching(found).order_by("-pk")[:15],
        "board_url": board_url(request, workshop, occasion),
        "thread": _thread(request, workshop, found),
        "pieces": line_pieces.pieces(request.actor, [found])[found.pk],
    }  # fmt: skip
    return render(request, "workshops/line.html", context)


def _thread(request: SpaceRequest, workshop: Workshop, found: Statement) -> dict[str, object]:
    """One step back, here, one step on."""
    slug = request.space.slug
    back = {"label": "comptoir", "text": str(workshop), "url": reverse("workshop", args=(slug, workshop.code))}
    lines = SynthesisLine.objects.filter(statement=found).select_related("version").order_by("-version__number")[:3]
    on = [
        {
            "label": f"synthèse {row.version.get_state_display()}",
            "text": f"Version {row.version.number}",
            "url": reverse("version", args=(slug, workshop.code, row.version.number)),
        }
        for row in lines
    ]
    return {"back": [back], "here": {"label": "ligne de synthèse", "text": found.wording}, "on": on}


@require_POST
@in_space(may_note)
def line_act(request: SpaceRequest, code: str, line_code: str, verb: str) -> HttpResponse:
    """One operation on a line, from its own page. A refusal is said there, and nothing is lost from sight."""
    workshop = workshop_for(request, code)
    found = line_for(request, workshop, line_code)
    here = reverse("line", args=(request.space.slug, workshop.code, found.code))
    try:
        sentence = _VERBS[verb](request, workshop, found)
    except (Conflict, Invalid) as refused:
        messages.error(request, str(refused))
        return redirect(here)
    messages.success(request, sentence)
    if verb == "retirer":
        return redirect(board_url(request, workshop, found.heading.occasion))
    return redirect(back_or(request, here))


def _tally(request: SpaceRequest, workshop: Workshop, line: Statement) -> str:
    voices.tally(actor=request.actor, line=line)
    return "Une fois de plus."


def _reword(request: SpaceRequest, workshop: Workshop, line: Statement) -> str:
    voices.reword(actor=request.actor, line=line, text=request.POST.get("text", ""))
    return "La reformulation est enregistrée à côté des mots."


def _move(request: SpaceRequest, workshop: Workshop, line: Statement) -> str:
    heading = get_object_or_404(line.heading.occasion.headings, pk=identity(request.POST.get("heading", "")))
    voices.move(actor=request.actor, line=line, heading=heading)
    return f"La ligne est dans « {heading.label} »."


def _gather(request: SpaceRequest, workshop: Workshop, line: Statement) -> str:
    kept = line_by_id(request, workshop, request.POST.get("kept", ""))
    voices.gather(actor=request.actor, kept=kept, absorbed=line)
    return "Les deux lignes n'en font plus qu'une."


def _separate(request: SpaceRequest, workshop: Workshop, line: Statement) -> str:
    voices.separate(actor=request.actor, line=line)
    return "La note est de nouveau seule sur sa ligne."


def _withdraw(request: SpaceRequest, workshop: Workshop, line: Statement) -> str:
    voices.withdraw(actor=request.actor, line=line)
    return "La ligne est retirée du tableau. L'historique du tableau permet de la remettre."


_VERBS = {
    "compter": _tally,
    "reformuler": _reword,
    "deplacer": _move,
    "rapprocher": _gather,
    "separer": _separate,
    "retirer": _withdraw,
}
