"""Undoing an import: what it created is removed, what it changed put back; what was used or changed since is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.imports.actions import CHUNK, ground_of, held, kind_for, texts
from comptoir.imports.enums import BatchState, Outcome
from comptoir.imports.kinds import Existing, Ground, Kind
from comptoir.imports.models import Batch, BatchRow
from comptoir.kit.errors import Conflict

GONE = "n'existe plus"
CHANGED_SINCE = "modifiée depuis"


@dataclass(frozen=True, slots=True)
class Undone:
    """Numbers of rows removed and put back; `kept`: label and reason of those that stay as they are."""

    removed: int
    restored: int
    kept: list[tuple[str, str]]


@dataclass(slots=True)
class _Sorted:
    """Each row of the batch in its place. `restored`: the fields that go back, with the value that they had."""

    removed: list[BatchRow]
    restored: list[tuple[BatchRow, dict[str, object]]]
    kept: list[BatchRow]


def foreseen(actor: Actor, batch: Batch) -> Undone:
    """What undoing would do now."""
    return _told(_sort(kind_for(actor, batch.kind), ground_of(actor, batch), batch))


@transaction.atomic
def void(*, actor: Actor, batch: Batch) -> Undone:
    """Undo an import, once. What is kept is listed, each with its reason, and stays listed."""
    batch = held(actor, batch)
    if batch.state == BatchState.VOID:
        kept = batch.rows.exclude(kept="").order_by("line").values_list("label", "kept")
        return Undone(0, 0, list(kept))
    if batch.state != BatchState.DONE:
        raise Conflict("Cet import n'est pas terminé : attendez sa fin pour l'annuler.")
    kind, ground = kind_for(actor, batch.kind), ground_of(actor, batch)
    found = _sort(kind, ground, batch)
    for start in range(0, len(found.removed), CHUNK):
        kind.remove(ground, [row.object_id for row in found.removed[start : start + CHUNK]])
    for start in range(0, len(found.restored), CHUNK):
        kind.change(ground, [(row.object_id, values) for row, values in found.restored[start : start + CHUNK]])
    BatchRow.objects.bulk_update(found.kept, ["kept"], batch_size=500)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.VOID)
    told = _told(found)
    journal.write(
        actor, "imports.void", "Import annulé", batch.pk, batch.within_id,
        removed=told.removed, restored=told.restored, kept=len(told.kept),
    )  # fmt: skip
    return told


def _sort(kind: Kind, ground: Ground, batch: Batch) -> _Sorted:
    rows = list(batch.rows.order_by("line"))
    now = _now(kind, ground)
    used = kind.used(ground, [row.object_id for row in rows if row.outcome == Outcome.CREATED])
    found = _Sorted([], [], [])
    for row in rows:
        there = now.get(row.object_id)
        if there is None:
            row.kept = GONE
        elif row.outcome == Outcome.CREATED:
            row.kept = used.get(row.object_id, "") or (CHANGED_SINCE if _changed(kind, there, row.after) else "")
        else:
            same = [name for name, text in row.after.items() if not _changed(kind, there, {name: text})]
            if same:
                found.restored.append((row, {name: kind.field(name).read(row.before.get(name, "")) for name in same}))
            if len(same) < len(row.after):
                row.kept = CHANGED_SINCE
        if row.kept:
            found.kept.append(row)
        elif row.outcome == Outcome.CREATED:
            found.removed.append(row)
    return found


def _now(kind: Kind, ground: Ground) -> dict[UUID, Existing]:
    there: Iterable[Existing] = kind.existing(ground)
    return {one.pk: one for one in there}


def _changed(kind: Kind, there: Existing, after: dict[str, str]) -> bool:
    now = texts(kind, {name: there.values.get(name) for name in after})
    return any(now[name] != text for name, text in after.items())


def _told(found: _Sorted) -> Undone:
    kept = [(row.label, row.kept) for row in found.kept]
    return Undone(len(found.removed), len(found.restored), kept)
