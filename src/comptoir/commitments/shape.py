"""How the commitments of a contract spread: states × signatories, neighbourhoods, objectives; cells never filled. Pure.

What is counted is what was read (reading.states_of); nothing here asks the database.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from comptoir.commitments.state import Label, Missing

Key = TypeVar("Key", bound=Hashable)
SOON = timedelta(days=92)  # « d'ici trois mois »


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: where it begins and how wide it is, in percent of the longest bar, with a point."""

    label: Label
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class CrossRow(Generic[Key]):
    """One row of a cross table: `counts` has a number for each of its columns, nothing included."""

    key: Key
    total: int
    counts: tuple[tuple[Label, int], ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Cross(Generic[Key]):
    """States × something. Columns nobody has are left out; rows keep the order in which keys were given."""

    labels: tuple[Label, ...]
    rows: tuple[CrossRow[Key], ...]


def cross(pairs: Iterable[tuple[Key, Label]], keys: Sequence[Key]) -> Cross[Key]:
    """How many of each label each key has. A key without any is left out; one not in `keys` is not counted."""
    counted: dict[Key, Counter[Label]] = defaultdict(Counter)
    for key, label in pairs:
        counted[key][label] += 1
    shown = [key for key in keys if counted[key]]
    labels = tuple(label for label in Label if any(counted[key][label] for key in shown))
    longest = max((counted[key].total() for key in shown), default=0)
    return Cross(labels, tuple(_row(key, counted[key], labels, longest) for key in shown))


def _row(key: Key, counter: Counter[Label], labels: Sequence[Label], longest: int) -> CrossRow[Key]:
    segments, x = [], 0.0
    for label in labels:
        if counter[label]:
            width = 100 * counter[label] / longest
            segments.append(Segment(label, f"{x:.2f}", f"{width:.2f}"))
            x += width
    return CrossRow(key, counter.total(), tuple((label, counter[label]) for label in labels), tuple(segments))


def never_filled(pairs: Iterable[tuple[Key, tuple[Missing, ...]]]) -> dict[Key, dict[Missing, int]]:
    """How many commitments of each key lack each of the four cells; keys that lack none are left out."""
    found: dict[Key, Counter[Missing]] = defaultdict(Counter)
    for key, missing in pairs:
        for need in missing:
            found[key][need] += 1
    return {key: {need: counter[need] for need in Missing} for key, counter in found.items()}


def is_soon(day: date | None, *, on: date) -> bool:
    """A day within three months from `on`, that day included."""
    return day is not None and on <= day <= on + SOON


def is_long(due_on: date | None, label: Label, *, on: date) -> bool:
    """Still going on for more than three months: it ought to say what changes before then."""
    going_on = label in {Label.ONGOING, Label.AMENDED, Label.TO_SPECIFY, Label.PARTLY_KEPT}
    return going_on and (due_on is None or due_on > on + SOON)
