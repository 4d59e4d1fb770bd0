"""What is voted on and by whom: projects, ballots, a budget. Money and points are whole numbers of a small unit.

See docs/concepts/allocation.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class VoteType(StrEnum):
    """The kinds of ballot of Pabulib. A choose-1 ballot is an approval of one project."""

    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"


class Utility(StrEnum):
    """What a supporter gets from a selected project: the points given (1 for an approval), or points times cost."""

    CARDINALITY = "cardinality"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Project:
    """`cost` in units of money / `Election.scale`; `fields` holds every column of the file as it was written."""

    id: str
    cost: int
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballots:
    """One ballot a voter: `project[start[v]:start[v + 1]]` are the positions of the projects that voter v supports.

    `points` is what each gets, in whole units; None where every support counts 1. All points are positive.
    """

    start: Ints
    project: Ints
    points: Ints | None = None

    @property
    def voters(self) -> int:
        return len(self.start) - 1

    @property
    def owner(self) -> Ints:
        """The voter of each support."""
        return np.repeat(np.arange(self.voters), np.diff(self.start))


@dataclass(frozen=True)
class Election:
    """A participatory budget. `budget` and costs are in units of money times `scale` (100 where cents are written)."""

    projects: tuple[Project, ...]
    ballots: Ballots
    budget: int
    scale: int = 1
    points_scale: int = 1
    vote_type: VoteType = VoteType.APPROVAL
    meta: Mapping[str, str] = field(default_factory=dict)
    vote_header: tuple[str, ...] = ("voter_id", "vote")
    vote_rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""

    @cached_property
    def tie_rank(self) -> tuple[int, ...]:
        """The place of each project when identifiers are put in order of their characters: it decides every tie."""
        order = sorted(range(len(self.projects)), key=lambda at: self.projects[at].id)
        rank = [0] * len(order)
        for place, at in enumerate(order):
            rank[at] = place
        return tuple(rank)

    @cached_property
    def supporters(self) -> Ints:
        """How many voters support each project."""
        return np.bincount(self.ballots.project, minlength=len(self.projects))

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The points each project gets from all voters: exact."""
        if self.ballots.points is None:
            return tuple(self.supporters.tolist())
        total = np.zeros(len(self.projects), dtype=np.int64)
        np.add.at(total, self.ballots.project, self.ballots.points)
        return tuple(total.tolist())

    @cached_property
    def profile(self) -> "Profile":
        return merged(self)

    def money(self, units: int | Fraction) -> Fraction:
        return Fraction(units) / self.scale

    def cost_of(self, selected: "tuple[int, ...] | list[int]") -> int:
        return sum(self.projects[at].cost for at in selected)


@dataclass(frozen=True)
class Profile:
    """The same ballots, equal ones put together, read from the side of the projects.

    `rows[p]`, `weights[p]`, `points[p]` are the merged ballots that support project p, how many voters cast each, and
    the points that each gives (None for 1). `start`, `project`, `weight` are the merged ballots themselves.
    """

    start: Ints
    project: Ints
    weight: Ints
    rows: tuple[Ints, ...]
    weights: tuple[Floats, ...]
    points: tuple[Floats, ...] | None

    @property
    def distinct(self) -> int:
        return len(self.weight)


def merged(election: Election) -> Profile:
    """Equal ballots together: found by a 64-bit fingerprint, then compared one by one, so that none is lost."""
    ballots = election.ballots
    first, weight = _representatives(ballots, len(election.projects))
    lengths = np.diff(ballots.start)[first]
    start = np.concatenate(([0], np.cumsum(lengths)))
    taken = np.repeat(ballots.start[first] - start[:-1], lengths) + np.arange(start[-1])
    project = ballots.project[taken]
    row = np.repeat(np.arange(len(first)), lengths)
    order = np.argsort(project.astype(np.int16) if len(election.projects) < 2**15 else project, kind="stable")
    cuts = np.cumsum(np.bincount(project, minlength=len(election.projects)))[:-1]
    rows = np.split(row[order], cuts) if len(election.projects) else []
    points = None
    if ballots.points is not None:
        points = tuple(np.split(ballots.points[taken][order].astype(np.float64), cuts))
    as_floats = weight.astype(np.float64)
    return Profile(start, project, weight, tuple(rows), tuple(as_floats[r] for r in rows), points)


def _representatives(ballots: Ballots, projects: int) -> tuple[Ints, Ints]:
    """The first voter of each distinct ballot, and how many voters cast it."""
    everyone = np.arange(ballots.voters), np.ones(ballots.voters, dtype=np.int64)
    if not ballots.voters:
        return everyone
    lengths = np.diff(ballots.start)
    key = ballots.project.astype(np.uint64) + np.uint64(1)
    if ballots.points is not None:
        key += ballots.points.astype(np.uint64) * np.uint64(projects + 1)
    mixed = _scattered(key)
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(mixed)))
    prints = sums[ballots.start[1:]] - sums[ballots.start[:-1]]
    _, first, inverse, weight = np.unique(prints, return_index=True, return_inverse=True, return_counts=True)
    twin = first[inverse]
    if np.any(lengths[twin] != lengths):
        return everyone
    same = np.repeat(ballots.start[twin] - ballots.start[:-1], lengths) + np.arange(len(key))
    if np.any(key[same] != key):
        return everyone
    return first, weight


def _scattered(key: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64: near keys get far numbers (S. Vigna, public domain)."""
    mixed = key * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
