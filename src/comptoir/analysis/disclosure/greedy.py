"""A good set of cells to hide, one need after the other: the cheapest way to let each cell be something else.

After Kelly, Golden, Assad (Networks 22, 1992) and the CONFID programs: near the optimum, for sets of any size.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.disclosure.nearby import Nearby
from comptoir.analysis.disclosure.needs import Need, Problem
from comptoir.analysis.disclosure.programme import Programme, Row

_STILL = 1e-7
_MOST_TRIES = 600


@dataclass(slots=True)
class Pattern:
    """Which cells are hidden. `moved[n]`: the hidden cells that move together so that need n is met."""

    hidden: NDArray[np.bool_]
    moved: list[tuple[int, ...]] = field(default_factory=list)
    reached: list[Need] = field(default_factory=list)


class Greedy:
    """Meets the needs of a problem one by one, with cells that may be hidden as `nearby` finds them."""

    def __init__(self, problem: Problem, nearby: Nearby):
        self._problem, self._nearby = problem, nearby
        self._sums_at: list[list[int]] = [[] for _ in problem.values]
        for number, (total, parts) in enumerate(problem.sums):
            for cell in (total, *parts):
                self._sums_at[cell].append(number)

    def complete(self, hidden: NDArray[np.bool_], needs: Sequence[Need]) -> Pattern | None:
        """`hidden` and what must be hidden besides so that each need is met; None where kept cells forbid one.

        A need that nothing can meet is brought down to what can be when every cell is hidden: `reached` says which.
        """
        pattern = Pattern(hidden.copy())
        for asked in needs:
            need, moved = asked, self._meet(asked, pattern.hidden)
            if moved is None:
                need = self._farthest(asked)
                moved = self._meet(need, pattern.hidden)
            if moved is None:
                return None
            pattern.hidden[list(moved)] = True
            pattern.moved.append(moved)
            pattern.reached.append(need)
        return pattern

    def tidy(self, pattern: Pattern) -> None:
        """Shows again each cell that no need has to have hidden: first those that serve few needs, then the dearest.

        Stops after so many tries: in a large set, what remains is near the optimum, not at it.
        """
        uses: dict[int, set[int]] = {}
        for number, moved in enumerate(pattern.moved):
            for cell in moved:
                uses.setdefault(cell, set()).add(number)
        secondary = np.flatnonzero(pattern.hidden & self._problem.hideable).tolist()
        order = sorted(secondary, key=lambda cell: (len(uses.get(cell, ())), -self._problem.weight[cell], cell))
        tries = 0
        for cell in order:
            numbers = sorted(uses.get(cell, ()))
            if tries + len(numbers) > _MOST_TRIES:
                return
            pattern.hidden[cell] = False
            again: dict[int, tuple[int, ...]] = {}
            for number in numbers:
                tries += 1
                other = self._within(pattern.reached[number], pattern.hidden)
                if other is None:
                    pattern.hidden[cell] = True
                    break
                again[number] = other
            else:
                for number, moved in again.items():
                    for one in pattern.moved[number]:
                        uses[one].discard(number)
                    for one in moved:
                        uses.setdefault(one, set()).add(number)
                    pattern.moved[number] = moved

    def _farthest(self, need: Need) -> Need:
        """The same need, or the nearest to it that can be met when every cell is hidden."""
        problem = self._problem
        every = problem.hideable | problem.primary | problem.free
        for candidates in self._nearby.around(need.cell, every):
            if self._solve(need, candidates, every) is not None:
                return need
        cells = np.flatnonzero(every).tolist()
        programme, up, down = self._programme(need, cells, np.ones(len(every), dtype=bool), fixed=False)
        at = cells.index(need.cell)
        cost = np.zeros(2 * len(cells))
        sign = 1.0 if need.target > problem.values[need.cell] else -1.0
        cost[up[at]], cost[down[at]] = -sign, sign
        whole = bool(problem.whole[need.cell])
        solved = programme.minimise_whole(cost) if whole else programme.minimise(cost)
        moved = programme.x[up[at]] - programme.x[down[at]] if solved else 0.0
        target = problem.values[need.cell] + moved
        return Need(need.cell, float(round(target) if whole else target), need.insider)

    def _meet(self, need: Need, hidden: NDArray[np.bool_]) -> tuple[int, ...] | None:
        if need.target == self._problem.values[need.cell]:
            return (need.cell,)
        for candidates in self._nearby.around(need.cell, hidden):
            moved = self._solve(need, candidates, hidden)
            if moved is not None:
                return moved
        return None

    def _within(self, need: Need, hidden: NDArray[np.bool_]) -> tuple[int, ...] | None:
        """The same with hidden cells only."""
        return self._solve(need, self._nearby.hidden_around(need.cell, hidden), hidden)

    def _solve(self, need: Need, cells: Sequence[int], hidden: NDArray[np.bool_]) -> tuple[int, ...] | None:
        """The cells that move, at the least cost for those still shown, when the cell moves to its target."""
        programme, up, down = self._programme(need, cells, hidden, fixed=True)
        weight = np.where(hidden[list(cells)], 0.0, self._problem.weight[list(cells)])
        cost = np.concatenate([weight, weight])
        whole = bool(self._problem.whole[need.cell])
        if not (programme.minimise_whole(cost) if whole else programme.minimise(cost)):
            return None
        moves = programme.x[up] - programme.x[down]
        return tuple(cell for cell, move in zip(cells, moves, strict=True) if abs(move) > _STILL)

    def _programme(
        self, need: Need, cells: Sequence[int], hidden: NDArray[np.bool_], *, fixed: bool
    ) -> tuple[Programme, NDArray[np.int64], NDArray[np.int64]]:
        """One variable up and one down for each cell, tied by the sums; `fixed`: the cell goes to its target."""
        problem, count = self._problem, len(cells)
        where = {cell: at for at, cell in enumerate(cells)}
        chosen = list(cells)
        most = np.concatenate([(problem.upper - problem.values)[chosen], (problem.values - problem.lower)[chosen]])
        least = np.zeros(2 * count)
        if fixed:
            move = need.target - problem.values[need.cell]
            at = where[need.cell]
            least[at] = most[at] = max(0.0, move)
            least[count + at] = most[count + at] = max(0.0, -move)
        if need.insider is not None and need.insider in where:
            most[[where[need.insider], count + where[need.insider]]] = 0.0
        rows: list[Row] = []
        for number in sorted({number for cell in cells for number in self._sums_at[cell]}):
            total, parts = problem.sums[number]
            held = [(where[c], -1.0 if c == total else 1.0) for c in (total, *parts) if c in where]
            columns = [at for at, _ in held] + [count + at for at, _ in held]
            rows.append((columns, [sign for _, sign in held] + [-sign for _, sign in held], 0.0, 0.0))
        return Programme(least, most, rows), np.arange(count), np.arange(count, 2 * count)
