"""Undoing: every change to a line can be taken back, in any order, as long as nothing has been built on it."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict, Refused
from comptoir.voices.actions.lines import check_may_note, hold
from comptoir.voices.enums import ChangeKind, StatementState
from comptoir.voices.models import Change, ChangeStep, Statement, Verbatim

_LATER = "Une modification plus récente porte sur la même note : annulez-la d'abord."


@transaction.atomic
def undo(*, actor: Actor, change: Change) -> Change:
    """Take back a change. Refused with one sentence when a later change stands on it; a second time does nothing."""
    check_may_note(actor)
    change = Change.objects.select_related("occasion").get(pk=change.pk)
    if change.occasion.space_id != actor.space.pk:
        raise Refused("Cette modification n'est pas dans votre espace.")
    hold([change.occasion_id])
    change.refresh_from_db(fields=["undone_at"])
    if change.undone_at:
        return change
    steps = list(change.steps.all())
    lines = {s.pk: s for s in Statement.objects.filter(pk__in=[s.statement_id for s in steps]).order_by("pk")}
    if _built_upon(change, steps):
        raise Conflict(_LATER)
    for step in steps:
        _take_back(step, lines[step.statement_id])
    _check_standing(steps)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    journal.write(
        actor, "voices.undo", "Annulation", steps[0].statement_id,
        within_id=change.occasion_id, change=change.pk,
    )  # fmt: skip
    return change


def _built_upon(change: Change, steps: list[ChangeStep]) -> bool:
    """Whether a later change, not undone, stands on this one (docs/concepts/occurrences.md, « Ce qui s'appuie »).

    Each change writes the lines of its steps, and looks at the lines that gave or give them their title. A later one
    stands on it when either writes what the other looks at. Wordings are apart: they stack line by line. Once more
    stands on nothing; a note just added carries everything done to it.
    """
    later = ChangeStep.objects.filter(
        change__occasion=change.occasion_id, change__undone_at=None, change__gt=change.pk
    ).order_by()
    written = {step.statement_id for step in steps}
    if change.kind == ChangeKind.ADD:
        return any(later.filter(look).exists() for look in _looks(written))
    if change.kind == ChangeKind.REWORD:
        return later.filter(change__kind=ChangeKind.REWORD, statement__in=written).exists()
    if change.kind == ChangeKind.TALLY:
        return False
    seen = written | {pk for step in steps for pk in (step.root_before_id, step.root_after_id) if pk}
    placed = later.exclude(change__kind__in=(ChangeKind.REWORD, ChangeKind.TALLY))
    looks = (Q(statement__in=seen), *_looks(written)[1:])
    return any(placed.filter(look).exists() for look in looks)


def _looks(lines: set[UUID]) -> tuple[Q, Q, Q]:
    """Steps that write these lines; that look at them. One index each: an OR would read them all."""
    return Q(statement__in=lines), Q(root_before__in=lines), Q(root_after__in=lines)


def _take_back(step: ChangeStep, line: Statement) -> None:
    if step.tally_added:
        left = Verbatim.objects.filter(statement=line, tally__gt=step.tally_added)
        if not left.update(tally=F("tally") - step.tally_added):
            raise Conflict(_LATER)
        return
    back: dict[str, object] = {}
    for field in ("root", "heading", "rewording"):
        before, after = getattr(step, f"{field}_before_id"), getattr(step, f"{field}_after_id")
        if before == after:
            continue
        if getattr(line, f"{field}_id") != after:
            raise Conflict(_LATER)
        back[f"{field}_id"] = before
    if step.state_after:
        if line.state != step.state_after or line.root_id != line.pk:
            raise Conflict(_LATER)
        back["state"] = step.state_before
    Statement.objects.filter(pk=line.pk).update(**back)


def _check_standing(steps: list[ChangeStep]) -> None:
    """Every live line stands under a live line of its column that stands for itself; else something was built since."""
    touched = {pk for s in steps for pk in (s.statement_id, s.root_before_id, s.root_after_id) if pk}
    sound = Q(root__root_id=F("root_id"), root__state=StatementState.LIVE, root__heading_id=F("heading_id"))
    fallen = Statement.objects.live().filter(Q(pk__in=touched) | Q(root__in=touched)).exclude(sound)
    if fallen.exists():
        raise Conflict(_LATER)
