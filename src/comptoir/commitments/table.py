"""The table of commitments: one row each, with its state and its latest news, in a number of queries that is fixed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Subquery

from comptoir.commitments.models import CheckInReply, Commitment, Snapshot, SnapshotLine
from comptoir.commitments.reading import referents_of, states_of
from comptoir.commitments.since import Since, changes_since
from comptoir.commitments.state import Label, State
from comptoir.contracts.models import CityContract, Contact


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment as the table shows it. `latest` is the last check-in that was answered."""

    commitment: Commitment
    state: State
    referent: Contact | None
    latest: CheckInReply | None


@dataclass(frozen=True, slots=True)
class Whole:
    """Every commitment of a contract, in the order of the table, with its state and whoever answers for it."""

    commitments: list[Commitment]
    referents: dict[UUID, Contact]
    states: dict[UUID, State]


def whole_table(contract: CityContract, *, on: date) -> Whole:
    """The table as it is on a day: what totals, filters, changes and rows are made of. Three queries."""
    rows = Commitment.objects.shown().filter(contract=contract, wording__isnull=False)
    found = list(rows.in_few_columns().in_table_order())
    referents = referents_of(found, on=on)
    return Whole(found, referents, states_of(found, on=on, referents=referents))


def rows_of(commitments: Sequence[Commitment], *, on: date, whole: Whole | None = None) -> list[Row]:
    """The rows, in the order given. `whole`: the table that they are of, where it has been read; one query then."""
    referents = whole.referents if whole else referents_of(commitments, on=on)
    states = whole.states if whole else states_of(commitments, on=on, referents=referents)
    latest: dict[UUID, CheckInReply] = {}
    for reply in CheckInReply.objects.filter(commitment__in=[c.pk for c in commitments]).order_by("answered_on", "pk"):
        latest[reply.commitment_id] = reply
    return [Row(c, states[c.pk], referents.get(c.pk), latest.get(c.pk)) for c in commitments]


def totals(labels: dict[UUID, Label]) -> list[tuple[Label, int]]:
    """How many commitments have each label, the most favourable first; labels that nobody has are left out."""
    counted = Counter(labels.values())
    return [(label, counted[label]) for label in Label if counted[label]]


def since_last_snapshot(
    contract: CityContract, *, on: date, whole: Whole | None = None
) -> tuple[Snapshot | None, list[Since]]:
    """The last snapshot of a contract and what changed since. One query where the table has been read."""
    last = contract.snapshots.recent_first().order_by("-number").values("pk")[:1]
    lines = list(
        SnapshotLine.objects.filter(snapshot__in=Subquery(last)).select_related(
            "snapshot__meeting__body", "commitment__wording", "commitment__signatory__organisation"
        )
    )
    if not lines:  # nobody validates an empty table
        return None, []
    whole = whole or whole_table(contract, on=on)
    return lines[0].snapshot, changes_since(lines, whole.commitments, whole.states)
