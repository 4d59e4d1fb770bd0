"""The state of a commitment, read from dated facts: a pure function (docs/concepts/commitments.md).

No database, no clock: the facts are given, and the day on which they are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

PATIENCE = timedelta(days=30)


class Outcome(StrEnum):
    """How it ended, for the whole or for a year. AMENDED does not end it: it goes on in its new terms."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    AMENDED = "amended"
    DROPPED_BY_AGREEMENT = "dropped"
    NOT_DONE = "not_done"


class Timeliness(StrEnum):
    ONGOING = "ongoing"
    OVERDUE = "overdue"


class News(StrEnum):
    """What check-ins say; for the team only."""

    NOT_ASKED = "not_asked"
    HEARD = "heard"
    WAITING = "waiting"
    SILENT = "silent"
    UNREACHED = "unreached"


class Label(StrEnum):
    """The one word of the table, from the most to the least favourable."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    ONGOING = "ongoing"
    AMENDED = "amended"
    TO_SPECIFY = "to_specify"
    OVERDUE = "overdue"
    DROPPED_BY_AGREEMENT = "dropped"
    NOT_DONE = "not_done"

    @property
    def rank(self) -> int:
        """0 is the most favourable."""
        return list(Label).index(self)


class Missing(StrEnum):
    """What a commitment needs before it is precise."""

    REFERENT = "referent"
    DUE_DATE = "due_date"
    MEASURE = "measure"
    EXPECTED_PROOF = "expected_proof"


def _not_to_come(year: int | None, day: date) -> None:
    if year and year > day.year:
        raise ValueError("a fact is about the year of its date, or one before")


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof; `confirmed_on` None: not confirmed, so not read. `year`: for a yearly commitment."""

    confirmed_on: date | None
    whole: bool = True
    year: int | None = None

    def __post_init__(self) -> None:
        if self.confirmed_on:
            _not_to_come(self.year, self.confirmed_on)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided. Only AMENDED, DROPPED_BY_AGREEMENT and NOT_DONE can be decided."""

    outcome: Outcome
    decided_on: date
    year: int | None = None

    def __post_init__(self) -> None:
        if self.outcome in {Outcome.KEPT, Outcome.PARTLY_KEPT}:
            raise ValueError("only a confirmed proof makes a commitment kept")
        _not_to_come(self.year, self.decided_on)


@dataclass(frozen=True, slots=True)
class Asked:
    """One check-in request. `delivered` False: the mail came back."""

    on: date
    delivered: bool = True
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a commitment. `first_year` makes it yearly; `last_year` None: until further notice."""

    has_referent: bool = False
    due_on: date | None = None
    has_measure: bool = False
    has_expected_proof: bool = False
    first_year: int | None = None
    last_year: int | None = None
    proofs: tuple[Proof, ...] = ()
    decisions: tuple[Decision, ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def yearly(self) -> bool:
        return self.first_year is not None


@dataclass(frozen=True, slots=True)
class YearState:
    """One year of a yearly commitment."""

    year: int
    outcome: Outcome | None
    timeliness: Timeliness
    label: Label


@dataclass(frozen=True, slots=True)
class State:
    """The axes, and the one label drawn from them. `since` is the day of the outcome, or of the last news."""

    label: Label
    missing: tuple[Missing, ...]
    outcome: Outcome | None
    outcome_on: date | None
    timeliness: Timeliness
    news: News
    news_since: date | None
    years: tuple[YearState, ...] = ()


_CLOSING = {
    Outcome.KEPT: Label.KEPT,
    Outcome.PARTLY_KEPT: Label.PARTLY_KEPT,
    Outcome.DROPPED_BY_AGREEMENT: Label.DROPPED_BY_AGREEMENT,
    Outcome.NOT_DONE: Label.NOT_DONE,
}
_SEVERITY = list(Outcome)


def state_of(facts: Facts, *, on: date) -> State:
    """The state on a day: facts dated later are not read."""
    missing = missing_of(facts)
    news, news_since = news_of(facts.asked, on=on)
    if facts.first_year is None:
        outcome, outcome_on = outcome_of(facts.proofs, facts.decisions, on=on)
        timeliness = _timeliness(facts.due_on, outcome, on)
        label = _label(outcome, timeliness, missing)
        return State(label, missing, outcome, outcome_on, timeliness, news, news_since)
    years = _years(facts, missing, on)
    told = _telling(years, on)
    found, found_on = outcome_of(*_of_year(facts, told.year), on=on)
    return State(told.label, missing, found, found_on, told.timeliness, news, news_since, years)


def missing_of(facts: Facts) -> tuple[Missing, ...]:
    """What it lacks to be precise. A yearly commitment is due at the end of each year."""
    has_due_date = facts.due_on is not None or facts.yearly
    held = (facts.has_referent, has_due_date, facts.has_measure, facts.has_expected_proof)
    return tuple(need for need, there in zip(Missing, held, strict=True) if not there)


def outcome_of(
    proofs: Iterable[Proof], decisions: Iterable[Decision], *, on: date
) -> tuple[Outcome | None, date | None]:
    """The outcome and its day: the best proof confirmed since the last decision, else that decision, else nothing."""
    decided = [d for d in decisions if d.decided_on <= on]
    last = max(decided, key=lambda d: (d.decided_on, _SEVERITY.index(d.outcome)), default=None)
    confirmed = sorted(
        (not proof.whole, proof.confirmed_on)
        for proof in proofs
        if proof.confirmed_on and proof.confirmed_on <= on and (last is None or proof.confirmed_on >= last.decided_on)
    )
    if confirmed:
        partly, day = confirmed[0]
        return (Outcome.PARTLY_KEPT if partly else Outcome.KEPT), day
    return (last.outcome, last.decided_on) if last else (None, None)


def news_of(asked: Sequence[Asked], *, on: date) -> tuple[News, date | None]:
    """What the check-ins say on a day, and since when."""
    sent = sorted((a for a in asked if a.on <= on), key=lambda a: a.on)
    heard = max((a.answered_on for a in sent if a.answered_on and a.answered_on <= on), default=None)
    since = [a for a in sent if heard is None or a.on > heard]
    if not since:
        return (News.HEARD, heard) if heard else (News.NOT_ASKED, None)
    delivered = [a for a in since if a.delivered]
    if not delivered:
        return News.UNREACHED, since[0].on
    if len(delivered) > 1 or on - delivered[0].on > PATIENCE:
        return News.SILENT, heard or delivered[0].on
    return News.WAITING, delivered[0].on


def _timeliness(due_on: date | None, outcome: Outcome | None, on: date) -> Timeliness:
    closed = outcome in _CLOSING
    return Timeliness.OVERDUE if due_on and due_on < on and not closed else Timeliness.ONGOING


def _label(outcome: Outcome | None, timeliness: Timeliness, missing: Sequence[Missing]) -> Label:
    if outcome in _CLOSING:
        return _CLOSING[outcome]
    if timeliness == Timeliness.OVERDUE:
        return Label.OVERDUE
    if missing:
        return Label.TO_SPECIFY
    return Label.AMENDED if outcome == Outcome.AMENDED else Label.ONGOING


def _of_year(facts: Facts, year: int) -> tuple[list[Proof], list[Decision]]:
    """What concerns a year: a fact that names none is of the year of its date."""
    proofs = [p for p in facts.proofs if p.confirmed_on and (p.year or p.confirmed_on.year) == year]
    return proofs, [d for d in facts.decisions if (d.year or d.decided_on.year) == year]


def _years(facts: Facts, missing: Sequence[Missing], on: date) -> tuple[YearState, ...]:
    assert facts.first_year is not None
    last = min(on.year, facts.last_year or on.year)
    found = []
    for year in range(facts.first_year, max(last, facts.first_year) + 1):
        outcome, _ = outcome_of(*_of_year(facts, year), on=on)
        timeliness = _timeliness(date(year, 12, 31), outcome, on)
        found.append(YearState(year, outcome, timeliness, _label(outcome, timeliness, missing)))
    return tuple(found)


def _telling(years: Sequence[YearState], on: date) -> YearState:
    """The year whose label is shown: the least favourable of the last one that was closed and those ended since.

    A year that goes on is closed by whatever is whole or decided; partly kept, it is shown only when that is better.
    """
    *past, last = years
    going_on = last.year >= on.year
    whole = [*past] if going_on and last.outcome == Outcome.PARTLY_KEPT else [*years]
    closed = [i for i, year in enumerate(whole) if year.outcome in _CLOSING]
    told = [y for y in whole[closed[-1] if closed else 0 :] if y.outcome in _CLOSING or y.year < on.year]
    shown = max(told, key=lambda year: (year.label.rank, year.year)) if told else last
    return last if len(whole) < len(years) and last.label.rank < shown.label.rank else shown
