"""« Revue du tableau, 30 minutes »: who presents, and what is looked at (docs/concepts/revue-du-tableau.md). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from comptoir.commitments.state import Label, State

Line = TypeVar("Line")
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Step(Generic[Line]):
    """A part of the review: how long, what is said, which lines are looked at. `more` others are left out."""

    title: str
    minutes: int
    how: str
    lines: tuple[Line, ...] = ()
    more: int = 0


def next_presenter(candidates: Iterable[UUID], presented_on: Mapping[UUID, date]) -> UUID | None:
    """Who presents next: whoever never has, else whoever did longest ago; among equals, the first of `candidates`."""
    return min(candidates, key=lambda one: presented_on.get(one, date.min), default=None)


def is_stuck(state: State, *, said_stuck: bool, flagged: bool) -> bool:
    """A line of « ce qui coince »: its due date is past, its last news says so, or a flag waits for an answer."""
    return state.label == Label.OVERDUE or said_stuck or flagged


def script(
    *, presenter: str, changed: Sequence[Line], stuck: Sequence[Line], to_decide: Sequence[Line], soon: Sequence[Line]
) -> list[Step[Line]]:
    """Five steps, thirty minutes."""
    opening = f"{presenter or 'Un signataire'} présente. Rappeler la règle : on regarde des lignes, pas des personnes."
    return [
        _step("Ouvrir", 3, opening, ()),
        _step("Ce qui a changé", 7, "Une phrase par ligne, par celui qui l'a fait changer.", changed),
        _step("Ce qui coince", 10, "Par ligne, deux minutes : qu'est-ce qui bloque, qui peut aider ?", stuck),
        _step("Ce qu'il faut décider", 7, "Trancher, ou dire quelle instance tranchera et quand.", to_decide),
        _step("D'ici la prochaine", 3, "Qui fait quoi, pour quand ; puis nommer qui présentera.", soon),
    ]


def _step(title: str, minutes: int, how: str, lines: Sequence[Line]) -> Step[Line]:
    return Step(title, minutes, how, tuple(lines[:MOST_LINES]), max(len(lines) - MOST_LINES, 0))
