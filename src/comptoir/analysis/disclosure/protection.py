"""From a set of tables to what may be published of them: primary cells, then the cells that protect them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.disclosure.attack import View, intervals
from comptoir.analysis.disclosure.greedy import Greedy, Pattern
from comptoir.analysis.disclosure.lattice import Lattice, assemble
from comptoir.analysis.disclosure.model import (
    Cost,
    Dimension,
    Protection,
    Release,
    ReleasedCell,
    Status,
    Table,
    reason_of,
)
from comptoir.analysis.disclosure.nearby import Nearby
from comptoir.analysis.disclosure.needs import Need, Problem, problem_of
from comptoir.analysis.disclosure.optimal import cheapest
from comptoir.analysis.errors import InputError

_CLOSE = 1e-6
MOST_WORK = 200_000


def protect(
    tables: Sequence[Table],
    dimensions: Iterable[Dimension] = (),
    *,
    cost: Cost = Cost.CELLS,
    secondary: bool = True,
    most_work: int = MOST_WORK,
) -> Protection:
    """What may be published of these tables, protected together (docs/concepts/disclosure.md).

    The choice of secondary cells is proved optimal where cells × needs stay below `most_work`, near it otherwise.
    `secondary=False` hides only what the rules name: for tests and demonstrations, never for a publication.
    Raises InputError where tables disagree, or where cells that must stay shown do not let the others be protected.
    """
    lattice = assemble(tables, dimensions)
    problem = problem_of(lattice, cost)
    hidden = problem.primary | problem.free
    bound, optimal = 0.0, not problem.needs
    if secondary and problem.needs:
        hidden, bound, optimal = _secondary(problem, lattice, most_work)
    chosen = hidden & problem.hideable
    return Protection(
        releases=_releases(tables, lattice, problem, hidden),
        primary=int(problem.primary.sum()),
        secondary=int(chosen.sum()),
        cost=float(problem.weight[chosen].sum()),
        bound=bound,
        optimal=optimal,
    )


def _secondary(problem: Problem, lattice: Lattice, most_work: int) -> tuple[NDArray[np.bool_], float, bool]:
    """The cells to hide, the least cost possible, and whether the two meet."""
    greedy = Greedy(problem, Nearby(lattice.keys, problem.hideable & ~problem.kept, problem.weight))
    pattern = greedy.complete(problem.primary | problem.free, _ordered(problem))
    if pattern is None:
        raise InputError("Les cases qui doivent rester publiées ne permettent pas de protéger les autres.")
    greedy.tidy(pattern)
    needs = pattern.reached
    bound = 0.0
    if len(problem.values) * len(needs) <= most_work:
        choice = cheapest(problem, tuple(needs))
        bound = choice.bound
        if choice.hidden is not None:
            other = greedy.complete(choice.hidden, needs)  # nothing to add, but where whole numbers ask for more
            if other is not None and _cost(problem, other) < _cost(problem, pattern) - _CLOSE:
                pattern = other
    return pattern.hidden, bound, _cost(problem, pattern) <= bound + _CLOSE


def _ordered(problem: Problem) -> list[Need]:
    """The farthest first: they hide large cells, that serve the others too."""

    def rank(need: Need) -> tuple[float, int, int]:
        return -abs(need.target - problem.values[need.cell]), need.cell, -1 if need.insider is None else need.insider

    return sorted(problem.needs, key=rank)


def _cost(problem: Problem, pattern: Pattern) -> float:
    return float(problem.weight[pattern.hidden & problem.hideable].sum())


def _releases(
    tables: Sequence[Table], lattice: Lattice, problem: Problem, hidden: NDArray[np.bool_]
) -> tuple[Release, ...]:
    known = np.where(hidden, np.nan, problem.values)
    view = View(known, problem.lower, problem.upper, problem.sums, problem.whole)
    ends = intervals(view, np.flatnonzero(hidden & ~problem.free).tolist())
    made: dict[int, ReleasedCell] = {}
    for at, entry in enumerate(lattice.entries):
        status = Status.PRIMARY if problem.primary[at] else Status.SECONDARY if hidden[at] else Status.SHOWN
        value = float(problem.values[at]) if status is Status.SHOWN else None
        low, high = (value, value) if value is not None else ends.get(at, (None, None))
        made[at] = ReleasedCell(
            modalities=(),
            value=value,
            status=status,
            reason=reason_of(status, entry.rule, dominated=bool(problem.dominated[at])),
            low=low,
            high=None if high == np.inf else high,
        )
    return tuple(
        Release(table.name, tuple(replace(made[at], modalities=modalities) for modalities, at in places))
        for table, places in zip(tables, lattice.places, strict=True)
    )
