"""All the short lists that the page of a commitment shows, in one query, whatever their number of rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import CharField, DateField, DecimalField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate

from comptoir.commitments.models import (
    CheckInReply,
    Commitment,
    CommitmentWording,
    Decision,
    Flag,
    Means,
    SignOff,
    TextProposal,
    WatchKeeper,
)
from comptoir.contracts.models import GoverningBody, Meeting

Made = TypeVar("Made")
_WORDS = ("first", "second", "third", "fourth")


class _Row(NamedTuple):
    """A line of the union. What stands where is said once, by the query of its kind and by `_MADE`."""

    kind: str
    pk: str
    code: str
    day: date | None
    then: date | None
    first: str
    second: str
    third: str
    fourth: str
    number: Decimal | None

    @property
    def dated(self) -> date:
        """`day`, of a kind that always has one."""
        assert self.day is not None
        return self.day

    @property
    def year(self) -> int | None:
        return None if self.number is None else int(self.number)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of the commitment, in force or former."""

    text: str
    reason: str
    organisation: str
    day: date


@dataclass(frozen=True, slots=True)
class Agreement:
    """A signatory's agreement to a wording, which may no longer be the one in force."""

    day: date
    by: str
    wording: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """A watch-keeper; `pk` is what the form that takes them off sends."""

    pk: UUID
    person: UUID
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Source:
    """The passage of the contract that it was read from; `file` is the code of the stored file."""

    file: str
    name: str
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Around:
    """The lists, each in the order in which it is shown. Decisions, means, flags and replies know nothing else than
    what the page tells of them; none of them is to be saved."""

    neighbourhoods: list[str]
    associates: list[str]
    means: list[Means]
    agreements: list[Agreement]
    wordings: list[Wording]
    source: Source | None
    decisions: list[Decision]
    replies: list[CheckInReply]
    keepers: list[Keeper]
    flags: list[Flag]


def around(commitment: Commitment) -> Around:
    """One query."""
    first, *others = _queries(commitment)
    found = [_Row(*row) for row in first.union(*others, all=True).order_by("told", "on", "pk_text")]

    def all_of(kind: str, make: Callable[[_Row], Made], *, latest_first: bool = False) -> list[Made]:
        rows = [row for row in found if row.kind == kind]
        return [make(row) for row in (reversed(rows) if latest_first else rows)]

    def names(kind: str) -> list[str]:
        return [row.first for row in sorted((r for r in found if r.kind == kind), key=lambda r: (r.second, r.code))]

    means = all_of("means", _means)
    return Around(
        neighbourhoods=names("place"), associates=names("associate"),
        means=sorted(means, key=lambda one: (one.kind, one.unit, one.pk)),
        agreements=all_of("agreement", _agreement, latest_first=True),
        wordings=all_of("wording", _wording, latest_first=True),
        source=next(iter(all_of("source", lambda row: Source(row.code, row.first, row.second, row.third))), None),
        decisions=all_of("decision", _decision, latest_first=True),
        replies=all_of("reply", lambda row: CheckInReply(
            answer=row.first, line=row.second, channel=row.third, answered_on=row.dated), latest_first=True),
        keepers=all_of("keeper", _keeper),
        flags=all_of("flag", lambda row: _flag(commitment, row), latest_first=True),
    )  # fmt: skip


def _queries(commitment: Commitment) -> Iterable[Any]:
    """One query a kind, as lines of the union."""
    of = {"commitment": commitment}
    places, associates = Commitment.neighbourhoods.through, Commitment.associates.through
    place, organisation = F("priorityneighbourhood__search"), F("signatory__organisation__search")
    return (
        _rows(places.objects.filter(**of), "place", F("priorityneighbourhood__name"), place,
              code=F("priorityneighbourhood__code")),
        _rows(associates.objects.filter(**of), "associate", F("signatory__organisation__name"), organisation),
        _rows(Means.objects.filter(**of), "means", F("kind"), F("unit"), F("note"), number=F("amount")),
        _rows(SignOff.objects.filter(**of), "agreement", F("agreed_by"), F("wording__text"), F("wording_id"),
              day=F("agreed_on")),
        _rows(CommitmentWording.objects.filter(**of), "wording", F("text"), F("reason"), F("author_organisation"),
              day=TruncDate("at")),
        _rows(TextProposal.objects.filter(**of), "source", F("reading__file__name"), F("place"), F("sentence"),
              code=F("reading__file__code")),
        _rows(Decision.objects.filter(**of, withdrawn_at=None), "decision", F("outcome"), F("reason"), F("reply"),
              F("meeting__body__name"), day=F("decided_on"), then=F("replied_on"), number=F("year")),
        _rows(CheckInReply.objects.filter(**of), "reply", F("answer"), F("line"), F("channel"), day=F("answered_on")),
        _rows(WatchKeeper.objects.filter(**of), "keeper", F("person__name"), F("person_id"), day=F("since")),
        _rows(Flag.objects.filter(**of, withdrawn_at=None), "flag", F("text"), F("answer"), F("answered_by"),
              F("raised_by_id"), code=F("code"), day=F("raised_on"), then=F("answered_on")),
    )  # fmt: skip


def _rows(
    rows: "QuerySet[Any]", kind: str, *words: Any, code: Any = None, day: Any = None, then: Any = None,
    number: Any = None,
) -> Any:  # fmt: skip
    """One kind; every column cast, so that both databases agree on its type."""
    texts = dict(zip(_WORDS, [*words, *[Value("")] * (len(_WORDS) - len(words))], strict=True))
    told = rows.order_by().annotate(
        told=Value(kind, CharField()), pk_text=Cast(F("pk"), CharField()), which=Cast(code or Value(""), CharField()),
        on=Cast(day or Value(None), DateField()), later=Cast(then or Value(None), DateField()),
        many=Cast(number if number is not None else Value(None), DecimalField(max_digits=14, decimal_places=2)),
        **{f"words_{name}": Cast(text, TextField()) for name, text in texts.items()},
    )  # fmt: skip
    return told.values_list("told", "pk_text", "which", "on", "later", *(f"words_{name}" for name in _WORDS), "many")


def _means(row: _Row) -> Means:
    return Means(id=UUID(row.pk), kind=row.first, unit=row.second, note=row.third, amount=row.number or 0)


def _agreement(row: _Row) -> Agreement:
    return Agreement(row.dated, row.first, UUID(row.third), row.second)


def _wording(row: _Row) -> Wording:
    return Wording(row.first, row.second, row.third, row.dated)


def _keeper(row: _Row) -> Keeper:
    return Keeper(UUID(row.pk), UUID(row.second), row.first, row.dated)


def _decision(row: _Row) -> Decision:
    meeting = Meeting(body=GoverningBody(name=row.fourth))
    return Decision(
        id=UUID(row.pk), outcome=row.first, reason=row.second, reply=row.third, meeting=meeting,
        decided_on=row.dated, replied_on=row.then, year=row.year,
    )  # fmt: skip


def _flag(commitment: Commitment, row: _Row) -> Flag:
    return Flag(
        id=UUID(row.pk), code=row.code, commitment=commitment, text=row.first, answer=row.second,
        answered_by=row.third, raised_by_id=UUID(row.fourth) if row.fourth else None, raised_on=row.dated,
        answered_on=row.then,
    )  # fmt: skip
