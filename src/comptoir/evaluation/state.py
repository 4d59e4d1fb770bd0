"""What is computed of an evaluation, from plain values: docs/concepts/evaluation.md says why, and with which limits."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from comptoir.analysis.text import fold
from comptoir.evaluation.enums import LIGHT, POINTS, College, Confidence, Kit, Point, Verdict

Q = TypeVar("Q", bound=Hashable)

FRAMED, CHOSEN = "Cadrage signé", "Questions choisies"
BACKWARDS: tuple[tuple[str, int], ...] = (
    (FRAMED, 225),
    (CHOSEN, 195),
    ("Collecte ouverte", 165),
    ("Collecte close", 75),
    ("Jugements rendus", 30),
    ("Rapport", 0),
)
LIGHT_QUESTIONS, LIGHT_FIGURES = 3, 12
UNUSED_AFTER = timedelta(days=365)
DISAGREE = 2
_RANK = {Verdict.NO: 0, Verdict.RATHER_NO: 1, Verdict.RATHER_YES: 2, Verdict.YES: 3}


def asked(kit: Kit) -> tuple[Point, ...]:
    """The points that a kit asks for, in the order of the sheet."""
    every = [point for points in POINTS.values() for point in points]
    return tuple(point for point in every if kit == Kit.FULL or point in LIGHT)


def completeness(kit: Kit, filled: Iterable[Point]) -> tuple[int, int]:
    """Points asked for and filled, points asked for."""
    wanted = asked(kit)
    return len(set(wanted) & set(filled)), len(wanted)


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    due_on: date
    late: int  # days by which it falls before today; 0 when it does not, or when it is done
    done: bool


def backwards(ends_on: date, today: date, *, signed: bool = False, chosen: bool = False) -> tuple[Step, ...]:
    """The calendar read back from its end. A step before today says by how much the time is too short.

    `signed`: the framing is. `chosen`: a question is kept. A step that is done is late no more.
    """
    done = {FRAMED: signed, CHOSEN: chosen}
    steps = ((label, ends_on - timedelta(days=before), done.get(label, False)) for label, before in BACKWARDS)
    return tuple(Step(label, day, 0 if past else max(0, (today - day).days), past) for label, day, past in steps)


@dataclass(frozen=True, slots=True)
class Share:
    """`share`: mean over the colleges that voted. `by_college`: voices, and share within the college."""

    share: float
    by_college: Mapping[College, tuple[int, float]]


def shares(voices: Iterable[tuple[Q, College, int]], questions: Sequence[Q]) -> dict[Q, Share]:
    """Each question's share, colleges weighing the same whatever their number. Other questions are ignored."""
    counted: dict[College, Counter[Q]] = defaultdict(Counter)
    known = set(questions)
    for question, college, number in voices:
        if question in known and number > 0:
            counted[college][question] += number
    voted = [college for college in College if counted[college]]
    found = {}
    for question in questions:
        parts = {c: (counted[c][question], counted[c][question] / counted[c].total()) for c in voted}
        mean = sum(part for _, part in parts.values()) / len(voted) if voted else 0.0
        found[question] = Share(mean, parts)
    return found


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a kept question still lacks, in words; empty when it is ready."""

    missing: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not self.missing


def readiness(*, criterion: str, leverage: int | None, figures: int, voices: int) -> Readiness:
    lacks = (
        (not criterion, "un critère"),
        (not figures, "un chiffre"),
        (not voices, "une parole"),
        (leverage is None, "la prise"),
    )
    return Readiness(tuple(word for lacking, word in lacks if lacking))


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    name: str
    days: float
    used_on: date  # the last day when it gave something, else the day when it was planned


@dataclass(frozen=True, slots=True)
class Budget:
    figures: int
    days: float
    unused: tuple[str, ...]
    twice: tuple[str, ...]
    warnings: tuple[str, ...]


def budget(kit: Kit, questions: int, figures: Sequence[PlannedFigure], today: date) -> Budget:
    """What the planned figures cost, which gave nothing for a year, which are asked for twice."""
    names: dict[str, list[str]] = defaultdict(list)
    for one in figures:
        names[" ".join(fold(one.name).split())].append(one.name)
    warnings = []
    if kit == Kit.LIGHT and questions > LIGHT_QUESTIONS:
        warnings.append(f"{questions} questions retenues : le kit léger en conseille {LIGHT_QUESTIONS} au plus.")
    if kit == Kit.LIGHT and len(figures) > LIGHT_FIGURES:
        warnings.append(f"{len(figures)} chiffres prévus : le kit léger en conseille {LIGHT_FIGURES} au plus.")
    return Budget(
        len(figures),
        round(sum(one.days for one in figures), 1),
        tuple(one.name for one in figures if today - one.used_on >= UNUSED_AFTER),
        tuple(said[0] for said in names.values() if len(said) > 1),
        tuple(warnings),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    college: College
    verdict: Verdict
    confidence: Confidence


def disagreements(judged: Iterable[Judged]) -> tuple[tuple[College, College], ...]:
    """The pairs of colleges whose verdicts are two steps apart or more. Who cannot tell disagrees with nobody."""
    said = [(one.college, _RANK[one.verdict]) for one in judged if one.verdict in _RANK]
    said.sort(key=lambda pair: list(College).index(pair[0]))
    return tuple(
        (one, other)
        for at, (one, rank) in enumerate(said)
        for other, again in said[at + 1 :]
        if abs(rank - again) >= DISAGREE
    )
