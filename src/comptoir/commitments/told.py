"""What the pages of a contract tell beside the states of its commitments, all of it in one query.

Proofs that wait for confirmation, decisions without a reply, flags, whom watches what, promises, meetings to come, the
neighbourhoods of each commitment, and the figures that this person has to type. Every number of rows costs the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.enums import PromiseFate
from comptoir.commitments.models import Commitment, Decision, Evidence, Flag, Promise, PromiseCapacity, WatchKeeper
from comptoir.contracts.models import CityContract, Meeting
from comptoir.observatory.entry import waiting_for

RECENT = timedelta(days=90)  # an answer to a flag is news for that long


class What(StrEnum):
    PROOF = "proof"
    DECISION = "decision"
    FLAG = "flag"
    WATCH = "watch"
    PROMISE = "promise"
    MEETING = "meeting"
    PLACE = "place"
    CAPACITY = "capacity"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Told:
    """One row. `code` stands in its address (for a place the code of the neighbourhood, for a capacity its number);
    `text` are its words; `day` when it is from or for; `by` who gave, raised or promised it; `extra`: the answer, the
    name of the body, the outcome, the code of a neighbourhood, the year of a figure; `done_on`: answered on, published
    on."""

    what: What
    code: str
    commitment: UUID | None
    text: str
    day: date | None
    by: UUID | None
    extra: str
    done_on: date | None


def told_of(contract: CityContract, actor: Actor, *, on: date) -> list[Told]:
    """What this actor may know, the oldest first in each kind."""
    rows = _proofs(contract).union(
        _decisions(contract), _flags(contract, on), _watched(contract, actor), _promises(contract, actor),
        _meetings(contract, on), _places(contract), _capacities(contract), _figures(actor), all=True,
    )  # fmt: skip
    return [Told(What(what), *rest) for what, *rest in rows.order_by("what", "day", "which")]


def _rows(
    rows: "QuerySet[Any]", what: What, *, code: str, commitment: Any, text: Any, day: Any, by: Any = None,
    extra: Any = None, done_on: Any = None,
) -> Any:  # fmt: skip
    """One kind as lines of the union; every column cast, so that both databases agree on its type."""
    nothing, nobody = Cast(Value(None), DateField()), Cast(Value(None), UUIDField())
    told = rows.order_by().annotate(
        what=Value(what.value, CharField()), which=Cast(F(code), CharField()),
        of=Cast(commitment, UUIDField()) if commitment else nobody, words=Cast(text, TextField()),
        day=Cast(day, DateField()) if day else nothing, by=Cast(by, UUIDField()) if by else nobody,
        extra=Cast(extra or Value(""), TextField()), done=Cast(done_on, DateField()) if done_on else nothing,
    )  # fmt: skip
    return told.values_list("what", "which", "of", "words", "day", "by", "extra", "done")


def _proofs(contract: CityContract) -> Any:
    waiting = Evidence.objects.filter(
        commitment__contract=contract, commitment__withdrawn_at=None, withdrawn_at=None, confirmed_on=None
    )
    return _rows(
        waiting, What.PROOF, code="code", commitment=F("commitment_id"), text=F("label"), day=F("given_on"),
        by=F("author_id"),
    )  # fmt: skip


def _decisions(contract: CityContract) -> Any:
    unanswered = Decision.objects.filter(
        commitment__contract=contract, commitment__withdrawn_at=None, withdrawn_at=None, reply=""
    )
    return _rows(
        unanswered, What.DECISION, code="pk", commitment=F("commitment_id"), text=F("reason"), day=F("decided_on"),
        extra=F("outcome"),
    )  # fmt: skip


def _flags(contract: CityContract, on: date) -> Any:
    rows = Flag.objects.filter(commitment__contract=contract, commitment__withdrawn_at=None, withdrawn_at=None)
    rows = rows.filter(Q(answered_on=None) | Q(answered_on__gte=on - RECENT))
    return _rows(
        rows, What.FLAG, code="code", commitment=F("commitment_id"), text=F("text"), day=F("raised_on"),
        by=F("raised_by_id"), extra=F("answer"), done_on=F("answered_on"),
    )  # fmt: skip


def _watched(contract: CityContract, actor: Actor) -> Any:
    rows = WatchKeeper.objects.filter(
        commitment__contract=contract, commitment__withdrawn_at=None, person=actor.person_id
    )
    return _rows(
        rows, What.WATCH, code="pk", commitment=F("commitment_id"), text=Value(""), day=F("since"), by=F("person_id")
    )


def promises_seen_by(actor: Actor) -> "QuerySet[Promise]":
    """Those of the space that `may_see_promise` shows: one's own, those published, all of them for the team."""
    rows = Promise.objects.filter(space=actor.space, withdrawn_at=None)
    return rows if is_team(actor) else rows.filter(Q(published_at__isnull=False) | Q(author=actor.person_id))


def _promises(contract: CityContract, actor: Actor) -> Any:
    rows = promises_seen_by(actor).filter(contract=contract, fate=PromiseFate.OPEN, commitment=None)
    return _rows(
        rows, What.PROMISE, code="code", commitment=None, text=F("text"), day=F("due_on"), by=F("author_id"),
        extra=Coalesce(F("neighbourhood__code"), Value("")), done_on=F("published_at"),
    )  # fmt: skip


def _meetings(contract: CityContract, on: date) -> Any:
    rows = Meeting.objects.shown().filter(body__contract=contract, body__withdrawn_at=None, held_on__gte=on)
    return _rows(
        rows, What.MEETING, code="code", commitment=None, text=F("subject"), day=F("held_on"), extra=F("body__name")
    )


def _places(contract: CityContract) -> Any:
    pairs = Commitment.neighbourhoods.through.objects.filter(
        commitment__contract=contract, commitment__withdrawn_at=None
    )
    return _rows(
        pairs, What.PLACE, code="priorityneighbourhood__code", commitment=F("commitment_id"),
        text=F("priorityneighbourhood__name"), day=None,
    )  # fmt: skip


def _capacities(contract: CityContract) -> Any:
    """`which` is the number itself."""
    rows = PromiseCapacity.objects.filter(contract=contract)
    return _rows(
        rows, What.CAPACITY, code="most", commitment=None, text=Coalesce(F("neighbourhood__name"), Value("")), day=None,
        extra=Coalesce(F("neighbourhood__code"), Value("")),
    )  # fmt: skip


def _figures(actor: Actor) -> Any:
    """Those asked of this very person; the team has them all in « Ma semaine »."""
    return _rows(
        waiting_for(actor).filter(owner__person=actor.person_id, owner__isnull=False), What.FIGURE, code="code",
        commitment=None, text=F("indicator__name"), day=F("due_on"), extra=Cast("year", TextField()),
    )  # fmt: skip
