"""The half page of an elected official: sentences made from facts, no more (docs/guide/tableau-de-bord.md). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comptoir.commitments.state import Label
from comptoir.kit.french import number, plural

MOST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the words that say what it counts."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the half page; `day` where it has one, `url` where it is read whole."""

    text: str
    day: date | None = None
    url: str = ""


def figures(labels: Iterable[Label], *, steps: int) -> list[Figure]:
    """Kept, past their due date, changing within three months: the three that are asked first."""
    found = list(labels)
    kept = sum(label == Label.KEPT for label in found)
    partly = sum(label == Label.PARTLY_KEPT for label in found)
    overdue = sum(label == Label.OVERDUE for label in found)
    part = f", et {number(partly)} en partie" if partly else ""
    return [
        Figure(kept, f"{'engagements tenus' if kept > 1 else 'engagement tenu'} sur {number(len(found))}{part}"),
        Figure(overdue, "a passé son échéance" if overdue < 2 else "ont passé leur échéance"),
        Figure(steps, f"{'choses changent' if steps > 1 else 'chose change'} d'ici trois mois"),
    ]


def most(told: Iterable[Told]) -> tuple[list[Told], str]:
    """The first five, and how many more there are, in words; empty when there are none."""
    found = list(told)
    more = len(found) - MOST
    return found[:MOST], f"et {plural(more, 'autre', 'autres')}" if more > 0 else ""
