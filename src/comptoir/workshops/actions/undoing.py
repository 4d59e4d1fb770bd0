"""Undoing an import: what nobody has used is withdrawn, the rest is kept and listed."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict
from comptoir.voices.actions.lines import hold
from comptoir.voices.enums import StatementState
from comptoir.voices.models import ChangeStep, Heading, Statement, StatementQuerySet
from comptoir.workshops.actions.imports import headings_of, held
from comptoir.workshops.actions.workshops import check_may_import
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Import, SynthesisLine, SynthesisWord, Workshop


@dataclass(frozen=True, slots=True)
class Voided:
    """What the undoing of an import took off, and what it kept because somebody had used it."""

    withdrawn: int
    kept: list[Statement]


def used_lines(source: Import) -> StatementQuerySet:
    """The lines of an import that people have since used: gathered, counted, moved, reworded, or in a version."""
    touched = ChangeStep.objects.filter(change__undone_at=None).filter(
        Q(statement=OuterRef("pk")) | Q(root_after=OuterRef("pk"))
    )
    return (
        Statement.objects.live()
        .filter(imported__source=source)
        .filter(
            Exists(touched)
            | Exists(SynthesisLine.objects.filter(statement=OuterRef("pk")))
            | Exists(SynthesisWord.objects.filter(statement=OuterRef("pk")))
        )
        .in_reading_order()
    )


def foreseen(source: Import) -> Voided:
    """What undoing this import would do, as things stand."""
    kept = list(used_lines(source).with_words())
    return Voided(Statement.objects.live().filter(imported__source=source).count() - len(kept), kept)


@transaction.atomic
def void_import(*, actor: Actor, source: Import) -> Voided:
    """Undo an import: its lines are withdrawn, but for those already used, which are listed and kept.

    So are the columns opened for it: those that hold nothing any more are no longer shown.
    """
    check_may_import(actor)
    source = held(actor, source)
    used = used_lines(source)
    if source.state == ImportState.VOID:
        return Voided(0, list(used.with_words()))
    if source.state != ImportState.DONE:
        raise Conflict("Cet import n'est pas terminé : attendez sa fin pour l'annuler.")
    hold(Heading.objects.filter(pk__in=headings_of(source)).values("occasion"))
    kept = list(used.with_words())
    withdrawn = (
        Statement.objects.live()
        .filter(imported__source=source)
        .exclude(pk__in=used.order_by().values("pk"))
        .update(state=StatementState.VOID)
    )
    Heading.objects.filter(pk__in=headings_of(source, opened=True)).update(withdrawn_at=timezone.now())
    Import.objects.filter(pk=source.pk).update(state=ImportState.VOID)
    if source.made_workshop and source.workshop_id:
        left = Statement.objects.filter(heading__occasion__comptoir__workshop=source.workshop_id)
        if not left.exclude(state=StatementState.VOID).exists():
            Workshop.objects.filter(pk=source.workshop_id).update(withdrawn_at=timezone.now())
    journal.write(
        actor, "workshops.void_import", "Import annulé", source.pk,
        within_id=source.workshop_id, withdrawn=withdrawn, kept=len(kept),
    )  # fmt: skip
    return Voided(withdrawn, kept)
