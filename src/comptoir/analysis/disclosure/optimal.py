"""The cheapest valid set of cells to hide, by cutting planes.

Fischetti, Salazar (Management Science 47, 2001): a first programme chooses the cells; a second one, the attacker,
finds a need that they do not meet and gives back the inequality that every valid choice keeps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.disclosure.needs import Need, Problem
from comptoir.analysis.disclosure.programme import Programme, Row

Floats = NDArray[np.float64]
_CLOSE = 1e-6
_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """`hidden` is None where the search stopped before it found a valid choice. `bound`: no valid one costs less."""

    hidden: NDArray[np.bool_] | None
    bound: float


def cheapest(problem: Problem, needs: tuple[Need, ...], rounds: int = _ROUNDS) -> Choice:
    """The choice of least cost that meets all needs (in real numbers), and a proof of its cost."""
    candidates = np.flatnonzero(problem.hideable & ~problem.kept)
    column = {int(cell): at for at, cell in enumerate(candidates)}
    size = len(candidates)
    master = Programme(np.zeros(size), np.ones(size), [])
    attacker = _Attacker(problem, column)
    always = problem.primary | problem.free
    bound = 0.0
    hidden = always.copy()
    for _ in range(rounds):
        broken = False
        for need in needs:
            cut = attacker.cut(need, hidden)
            if cut is not None:
                master.add_row(cut)
                broken = True
        if not broken:
            return Choice(hidden, bound)
        if not master.minimise_whole(problem.weight[candidates]):
            return Choice(None, bound)
        bound = max(bound, master.bound)
        hidden = always.copy()
        hidden[candidates[np.round(master.x) > 0]] = True
    return Choice(None, bound)


class _Attacker:
    """The programme of someone who tries to bound a cell: moves of all cells, within what is hidden."""

    def __init__(self, problem: Problem, column: dict[int, int]):
        self._problem, self._column = problem, column
        self._up = problem.upper - problem.values
        self._down = problem.values - problem.lower
        rows: list[Row] = []
        for total, parts in problem.sums:
            rows.append(([total, *parts], [-1.0] + [1.0] * len(parts), 0.0, 0.0))
        self._size = len(problem.values)
        self._programme = Programme(np.zeros(self._size), np.zeros(self._size), rows)
        self._every = list(range(self._size))
        self._shown: bytes = b""

    def cut(self, need: Need, hidden: NDArray[np.bool_]) -> Row | None:
        """The inequality on hidden cells that this need asks for and that `hidden` breaks; None where it is met."""
        away = need.target - self._problem.values[need.cell]
        if abs(away) < _CLOSE:
            return None
        open_ = hidden.copy()
        if need.insider is not None:
            open_[need.insider] = False
        self._open(open_)
        sign = 1.0 if away > 0 else -1.0
        cost = np.zeros(self._size)
        cost[need.cell] = -sign
        if not self._programme.minimise(cost) or -self._programme.value >= abs(away) - _CLOSE:
            return None
        return self._inequality(need, abs(away))

    def _open(self, hidden: NDArray[np.bool_]) -> None:
        if hidden.tobytes() != self._shown:
            self._shown = hidden.tobytes()
            lower, upper = np.where(hidden, -self._down, 0.0), np.where(hidden, self._up, 0.0)
            self._programme.set_bounds(self._every, lower, upper)

    def _inequality(self, need: Need, away: float) -> Row:
        """From the dual: the room that each cell gives, once hidden, must add up to the move that is needed."""
        reduced = self._programme.reduced
        reduced = np.where(np.abs(reduced) < 1e-9, 0.0, reduced)
        room = np.zeros(self._size)
        rising, falling = reduced < 0, reduced > 0  # a minimum: those that would go up, or down, if they had room
        room[rising] = -reduced[rising] * self._up[rising]
        room[falling] = reduced[falling] * self._down[falling]
        if need.insider is not None:
            room[need.insider] = 0.0
        chosen = [cell for cell in np.flatnonzero(room > 0).tolist() if cell in self._column]
        mask = np.zeros(self._size, dtype=bool)
        mask[[*self._column]] = True
        given = float(room[~mask & (self._problem.primary | self._problem.free)].sum())
        short = away - given
        weights = [min(float(room[cell]), short) / short for cell in chosen]
        return [self._column[cell] for cell in chosen], weights, 1.0, np.inf
