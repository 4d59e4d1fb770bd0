"""Step 5: the synthesis, as a draft or as a version, and its documents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_member
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.actions import publish, validate
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisLine, SynthesisVersion
from comptoir.workshops.public import line_read, to_decide
from comptoir.workshops.rules import may_mask, may_publish, may_validate
from comptoir.workshops.sheets import draft, frozen
from comptoir.workshops.slots import draft_documents, line_pieces, version_documents
from comptoir.workshops.steps import steps
from comptoir.workshops.views.shared import version_for, workshop_for

SHOWN_PER_COLUMN = 100


@require_safe
@in_space(may_hear_raw)
def synthesis(request: SpaceRequest, code: str) -> HttpResponse:
    workshop = workshop_for(request, code)
    versions = SynthesisVersion.objects.visible_to(request.actor).filter(workshop=workshop).order_by("-number")
    context = {
        "workshop": workshop, "sheets": draft(workshop, shown=SHOWN_PER_COLUMN), "versions": versions,
        "may_validate": may_validate(request.actor),
        "documents": draft_documents.pieces(request.actor, [workshop])[workshop.pk],
        "steps": steps(request.actor, 5, workshop=workshop),
    }  # fmt: skip
    return render(request, "workshops/synthesis.html", context)


@require_POST
@in_space(may_validate)
def synthesis_validate(request: SpaceRequest, code: str) -> HttpResponse:
    workshop = workshop_for(request, code)
    known = set(workshop.versions.values_list("pk", flat=True))
    version = validate(actor=request.actor, workshop=workshop)
    if version.pk in known:
        messages.info(request, f"Rien n'a changé depuis la version {version.number}.")
    else:
        messages.success(request, f"La version {version.number} est figée : ses comptes ne bougeront plus.")
    return redirect("version", request.space.slug, version.workshop.code, version.number)


@require_safe
@in_space(is_member)
def version(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    found = version_for(request, workshop_for(request, code), number)
    context = {
        "workshop": found.workshop, "version": found,
        "sheets": frozen(found, shown=SHOWN_PER_COLUMN, public=not may_hear_raw(request.actor)),
        "left": _left(request.actor, found), "may_mask": may_mask(request.actor),
        "documents": version_documents.pieces(request.actor, [found])[found.pk],
        "history": history_of(request.space, found.pk),
        "may_publish": may_publish(request.actor), "hears_raw": may_hear_raw(request.actor),
    }  # fmt: skip
    return render(request, "workshops/version.html", context)


def _left(actor: Actor, found: SynthesisVersion) -> int:
    """How many passages wait to be reread before this version is published."""
    waits = may_mask(actor) and found.state == VersionState.VALIDATED
    return len(to_decide(found)) if waits else 0


@require_POST
@in_space(may_publish)
def version_publish(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    found = publish(actor=request.actor, version=version_for(request, workshop_for(request, code), number))
    messages.success(request, "La synthèse est publiée : tous les membres de l'espace peuvent la lire.")
    return redirect("version", request.space.slug, code, found.number)


@require_safe
@in_space(is_member)
def version_line(request: SpaceRequest, code: str, number: int, line_code: str) -> HttpResponse:
    """The words under a line of a version, with their counts of that day."""
    found = version_for(request, workshop_for(request, code), number)
    line = get_object_or_404(
        SynthesisLine.objects.select_related("statement__verbatim", "rewording", "heading__occasion"),
        version=found, statement__code=line_code,
    )  # fmt: skip
    shown = line_read(found, line, public=not may_hear_raw(request.actor))
    context = {
        "workshop": found.workshop, "version": found, "line": line, "title": shown.title, "words": shown.words,
        "origins": shown.origins, "hears_raw": may_hear_raw(request.actor),
        "pieces": line_pieces.pieces(request.actor, [line.statement])[line.statement_id],
    }  # fmt: skip
    return render(request, "workshops/version_line.html", context)
