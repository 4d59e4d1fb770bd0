"""The two rules that need no share of money: greedy, and Phragmén's sequential rule.

See docs/concepts/allocation.md. Ties are decided by the identifier, as everywhere here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from comptoir.analysis.allocation.model import Election, Ints, Utility

_NEAR = 1e-12  # sums of at most as many positive terms as there are projects are nearer than this, relatively


def greedy_order(
    election: Election, utility: Utility, among: Iterable[int], scores: Sequence[int] | None = None
) -> list[int]:
    """Most utility for the money first; a free project that has support before all, if utility is not the cost."""
    scores = election.scores if scores is None else scores

    def key(at: int) -> tuple[bool, Fraction, int]:
        score, cost = scores[at], election.projects[at].cost
        if utility is Utility.COST:
            return True, Fraction(-score if cost else 0), election.tie_rank[at]
        return not (score and not cost), Fraction(-score, cost) if cost else Fraction(0), election.tie_rank[at]

    return sorted(among, key=key)


def greedy(
    election: Election, utility: Utility, among: Iterable[int], budget: int, scores: Sequence[int] | None = None
) -> list[int]:
    """Down the order, every project that still fits. `scores`: other points than those of the ballots."""
    bought = []
    for at in greedy_order(election, utility, among, scores):
        if election.projects[at].cost <= budget:
            bought.append(at)
            budget -= election.projects[at].cost
    return bought


@dataclass(frozen=True, slots=True)
class PhragmenCount:
    """What was bought, in order, and the load that each purchase brought its supporters to (None without supporter).

    `stopped` is the load of the purchase that no longer fitted and so ended the count.
    """

    bought: tuple[int, ...]
    loads: tuple[Fraction | None, ...]
    stopped: Fraction | None


class Phragmen:
    """Each support weighs 1: a load is money. Loads are exact; floating point only chooses whom to compare."""

    def __init__(self, election: Election, among: Collection[int], budget: int):
        self._election, self._budget = election, budget
        self._profile = election.profile
        self._last: Ints = np.zeros(self._profile.distinct, dtype=np.int64)  # each ballot's last purchase, 0 for none
        self._loads = [Fraction(0)]
        self._open = {at for at in among if election.projects[at].cost <= budget}
        self._supporters = election.supporters.tolist()
        self.wanted: dict[int, float] = {}
        """For each project put here, how many more supporters without any load would have had it bought, about."""

    def count(self) -> PhragmenCount:
        """Buys until a next purchase does not fit; ties hold together: one that does not fit ends the count for all."""
        bought: list[int] = []
        loads: list[Fraction | None] = []
        election, left = self._election, self._budget
        heap = [(election.projects[at].cost / self._supporters[at], at) for at in self._open if self._supporters[at]]
        heapify(heap)
        while self._open:
            load, tied = self._next(heap)
            if load is not None and self.wanted:
                self._want(float(load), left)
            if any(election.projects[at].cost > left for at in tied):
                return PhragmenCount(tuple(bought), tuple(loads), load)
            chosen = min(tied, key=election.tie_rank.__getitem__)
            left -= election.projects[chosen].cost
            bought.append(chosen)
            loads.append(load)
            self._open.discard(chosen)
            if load is not None:
                self._last[self._profile.rows[chosen]] = len(self._loads)
                self._loads.append(load)
                for at in tied:
                    if at != chosen:
                        heappush(heap, (float(load) * (1 - _NEAR), at))
        return PhragmenCount(tuple(bought), tuple(loads), None)

    def _next(self, heap: list[tuple[float, int]]) -> tuple[Fraction | None, list[int]]:
        """The least load that a purchase would bring, and all projects that would bring just that one."""
        if not heap:
            return None, sorted(self._open)
        most = float("inf")
        seen: list[tuple[float, int]] = []
        known = np.array([float(load) for load in self._loads])
        while heap and heap[0][0] * (1 - _NEAR) <= most:
            _, at = heappop(heap)
            seen.append((float(self._held(at) @ known + self._election.projects[at].cost) / self._supporters[at], at))
            most = min(most, seen[-1][0] * (1 + _NEAR))
        exact = {at: self.load_of(at) for load, at in seen if load * (1 - _NEAR) <= most}
        least = min(exact.values())
        tied = [at for at, load in exact.items() if load == least]
        for load, at in seen:
            if at not in tied:
                heappush(heap, (load, at))
        return least, tied

    def _want(self, load: float, left: int) -> None:
        known = np.array([float(one) for one in self._loads])
        for at in self.wanted.keys() & self._open:
            cost = self._election.projects[at].cost
            if cost <= left and load > 0:
                more = (float(self._held(at) @ known) + cost) / load - self._supporters[at]
                self.wanted[at] = min(self.wanted[at], more)

    def _held(self, project: int) -> Ints:
        """How many supporters of a project have each purchase as their last."""
        last = self._last[self._profile.rows[project]]
        weights = self._profile.weights[project]
        return np.bincount(last, weights=weights, minlength=len(self._loads)).astype(np.int64)

    def load_of(self, project: int) -> Fraction:
        """The load that buying a project brings its supporters to."""
        held = self._held(project).tolist()
        total: Fraction = sum(
            (count * load for count, load in zip(held, self._loads, strict=True) if count), Fraction(0)
        )
        load: Fraction = (total + self._election.projects[project].cost) / self._supporters[project]
        return load
