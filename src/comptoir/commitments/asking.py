"""Who is asked what, when, and whom to call first: pure functions (docs/concepts/points-d-etape.md).

No database, no clock: what is known is given, and the day on which it is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from uuid import UUID

from comptoir.commitments.state import Outcome, State

SETTLED = frozenset({Outcome.KEPT, Outcome.DROPPED_BY_AGREEMENT, Outcome.NOT_DONE})
CALLS = 5
SOON = timedelta(days=30)
FREE_DAYS = 5  # weekday() of Saturday


@dataclass(frozen=True, slots=True)
class Question:
    """A commitment that may be asked about. `person` None: nobody is named. `heard_on`: its last news."""

    commitment: UUID
    person: UUID | None
    heard_on: date | None
    due_on: date | None
    rank: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`asked`: by person, the day and the commitments, in the order in which they are asked.

    `later`: above what a person is asked at once, kept for the next round. `unnamed`: nobody to ask.
    """

    asked: dict[UUID, tuple[date, list[UUID]]]
    later: list[UUID]
    unnamed: list[UUID]


class Why(IntEnum):
    """Why somebody is to be called, the first reason first."""

    UNREACHED = 1
    STUCK = 2
    SILENT = 3


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who could be called. `since`: the day on which the reason began. `pressing`: a date is near or past."""

    person: UUID
    why: Why
    since: date
    pressing: bool
    name: str


def is_settled(state: State, *, on: date) -> bool:
    """Nothing more is asked: kept, dropped by agreement, not done; of a yearly one, the year of that day."""
    if state.years:
        last = state.years[-1]
        return last.outcome in SETTLED or last.year < on.year
    return state.outcome in SETTLED


def working_day(start: date, rank: int = 0) -> date:
    """The working day (Monday to Friday) that comes `rank` working days after the first one from `start` on."""
    day = start
    while True:
        if day.weekday() < FREE_DAYS:
            if rank == 0:
                return day
            rank -= 1
        day += timedelta(days=1)


def plan(questions: Iterable[Question], people: Sequence[UUID], *, starts_on: date, days: int, most: int) -> Plan:
    """Share questions out: all those of a person on one day, `people` in their order over `days` working days.

    Of one person, at most `most`: those without news first, then the oldest news, then the nearest due date.
    """
    by_person: dict[UUID, list[Question]] = defaultdict(list)
    unnamed = []
    for question in questions:
        if question.person is None:
            unnamed.append(question.commitment)
        else:
            by_person[question.person].append(question)
    asked, later = {}, []
    present = [person for person in people if person in by_person]
    for rank, person in enumerate(present):
        ordered = sorted(by_person[person], key=_urgency)
        day = working_day(starts_on, rank * days // len(present))
        asked[person] = (day, [question.commitment for question in ordered[:most]])
        later += [question.commitment for question in ordered[most:]]
    return Plan(asked, later, unnamed)


def _urgency(question: Question) -> tuple[date, date, int]:
    return question.heard_on or date.min, question.due_on or date.max, question.rank


def to_call(calls: Iterable[Call]) -> list[Call]:
    """In the order in which to call: by reason, then what presses, then the longest wait, then the name.

    Each person once, with their first reason.
    """
    found: dict[UUID, Call] = {}
    for call in sorted(calls, key=lambda c: (c.why, not c.pressing, c.since, c.name, c.person)):
        found.setdefault(call.person, call)
    return list(found.values())


def is_pressing(due_on: date | None, *, on: date) -> bool:
    """A due date that is past, or that comes within thirty days."""
    return due_on is not None and due_on <= on + SOON


def next_round(opened_on: date | None, *, months: int, on: date) -> date:
    """The day from which the next round is proposed: `months` after the last one opened; at once where none was."""
    if opened_on is None:
        return on
    month = opened_on.month - 1 + months
    year, month = opened_on.year + month // 12, month % 12 + 1
    for last in (opened_on.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
