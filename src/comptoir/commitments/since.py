"""What changed since a snapshot: the first thing that the table shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from comptoir.commitments.models import Commitment
from comptoir.commitments.state import Label, State


class What(StrEnum):
    """The kinds of change, in the order in which they are told."""

    LABEL = "label"
    DUE = "due"
    WORDING = "wording"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Since:
    """One change of one commitment. `before` and `after`: labels, or days; None where they say nothing."""

    what: What
    commitment: Commitment
    before: Label | date | None = None
    after: Label | date | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a line of a snapshot says, as far as it can change."""

    commitment_id: UUID
    label: str
    due_on: date | None
    wording_id: UUID


def changes_since(
    lines: Iterable[Frozen], present: Sequence[Commitment], states: Mapping[UUID, State], gone: Iterable[Commitment]
) -> list[Since]:
    """`lines` of the snapshot; the commitments of today and their states; those withdrawn from the table, ever."""
    frozen = {line.commitment_id: line for line in lines}
    today = {commitment.pk: commitment for commitment in present}
    found = [Since(What.GONE, commitment) for commitment in gone if commitment.pk in frozen]
    for pk, commitment in today.items():
        line = frozen.get(pk)
        if line is None:
            found.append(Since(What.NEW, commitment, after=states[pk].label))
            continue
        if line.label != states[pk].label:
            found.append(Since(What.LABEL, commitment, Label(line.label), states[pk].label))
        if line.due_on != commitment.due_on:
            found.append(Since(What.DUE, commitment, line.due_on, commitment.due_on))
        if line.wording_id != commitment.wording_id:
            found.append(Since(What.WORDING, commitment))
    order = list(What)
    return sorted(
        found, key=lambda change: (order.index(change.what), change.commitment.position, change.commitment.pk)
    )
