"""The table of commitments: one row each, with its state and its latest news, in a number of queries that is fixed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Subquery

from comptoir.commitments import lean
from comptoir.commitments.models import CheckInReply, Commitment, SnapshotLine
from comptoir.commitments.models.commitment import CommitmentQuerySet
from comptoir.commitments.reading import referents_of, states_of
from comptoir.commitments.since import Frozen, Since, changes_since
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
class Validated:
    """What is said of the last snapshot: which body, when, by whom."""

    body: str
    taken_on: date
    validated_by: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Every commitment of a contract, in the order of the table, with its state and whoever answers for it.

    `gone`: those that have been withdrawn from it.
    """

    commitments: list[Commitment]
    referents: dict[UUID, Contact]
    states: dict[UUID, State]
    gone: list[Commitment]

    def rows(self, latest: Mapping[UUID, CheckInReply] | None = None) -> list[Row]:
        """A row of each. Without `latest`, nobody asks for the last answers."""
        heard = latest or {}
        return [Row(c, self.states[c.pk], self.referents.get(c.pk), heard.get(c.pk)) for c in self.commitments]


def whole_table(contract: CityContract, *, on: date, among: CommitmentQuerySet | None = None) -> Whole:
    """The table as it is on a day: what totals, filters, changes and rows are made of. Three queries.

    `among`: only those of its commitments that are there.
    """
    rows = (Commitment.objects.all() if among is None else among).filter(contract=contract)
    every = lean.read(rows)
    found = [one for one in every if one.withdrawn_at is None and one.wording_id is not None]
    referents = referents_of(found, on=on)
    states = states_of(found, on=on, referents=referents, contract=contract)
    return Whole(found, referents, states, [one for one in every if one.withdrawn_at is not None])


def rows_of(commitments: Sequence[Commitment], *, on: date, whole: Whole | None = None) -> list[Row]:
    """The rows, in the order given. `whole`: the table that they are of, where it has been read; one query then."""
    referents = whole.referents if whole else referents_of(commitments, on=on)
    states = whole.states if whole else states_of(commitments, on=on, referents=referents)
    latest = _latest(CheckInReply.objects.filter(commitment__in=[c.pk for c in commitments]))
    return [Row(c, states[c.pk], referents.get(c.pk), latest.get(c.pk)) for c in commitments]


def every_row(contract: CityContract, whole: Whole) -> list[Row]:
    """The rows of a whole table. One query."""
    there = Commitment.objects.filter(contract=contract).values("pk")
    return whole.rows(_latest(CheckInReply.objects.filter(commitment__in=there)))


def _latest(replies: "QuerySet[CheckInReply]") -> dict[UUID, CheckInReply]:
    """The last answer of each commitment."""
    rows = replies.only("commitment", "answer", "line", "answered_on").order_by("answered_on", "pk")
    return {reply.commitment_id: reply for reply in rows}


def totals(labels: dict[UUID, Label]) -> list[tuple[Label, int]]:
    """How many commitments have each label, the most favourable first; labels that nobody has are left out."""
    counted = Counter(labels.values())
    return [(label, counted[label]) for label in Label if counted[label]]


def since_last_snapshot(contract: CityContract, *, whole: Whole) -> tuple[Validated | None, list[Since]]:
    """The last snapshot of a contract and what changed since, in a table that has been read. One query."""
    last = contract.snapshots.recent_first().order_by("-number").values("pk")[:1]
    rows = SnapshotLine.objects.filter(snapshot__in=Subquery(last)).order_by("position", "pk")
    lines = list(
        rows.values_list(
            "commitment_id", "label", "due_on", "wording_id", "snapshot__meeting__body__name", "snapshot__taken_on",
            "snapshot__validated_by",
        )
    )  # fmt: skip
    if not lines:  # nobody validates an empty table
        return None, []
    return Validated(*lines[0][4:]), changes_since(
        [Frozen(*line[:4]) for line in lines], whole.commitments, whole.states, whole.gone
    )
