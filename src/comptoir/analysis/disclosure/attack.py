"""What anybody can deduce of hidden cells from the shown ones and their sums: two linear programmes per cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.disclosure.programme import Programme, Row
from comptoir.analysis.errors import InputError

Floats = NDArray[np.float64]
Sums = Sequence[tuple[int, tuple[int, ...]]]
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class View:
    """What an outsider sees: `values` (NaN where hidden), what `lower` and `upper` say of the hidden ones (reasons
    included), the `sums`, and which cells are `whole` numbers."""

    values: Floats
    lower: Floats
    upper: Floats
    sums: Sums
    whole: NDArray[np.bool_]


def live_sums(sums: Sums, printed: NDArray[np.bool_]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The sums that say something: a total that nobody prints and that stands in one sum only says nothing."""
    kept = list(sums)
    while True:
        uses = np.zeros(len(printed), dtype=np.int64)
        for total, parts in kept:
            uses[total] += 1
            uses[list(parts)] += 1
        useful = [one for one in kept if printed[one[0]] or uses[one[0]] > 1]
        if len(useful) == len(kept):
            return tuple(kept)
        kept = useful


def components(sums: Sums, hidden: NDArray[np.bool_]) -> list[tuple[list[int], list[int]]]:
    """(cells, numbers of sums): hidden cells that sums tie together, each group by itself, in order."""
    root = list(range(len(hidden)))

    def find(cell: int) -> int:
        while root[cell] != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    tied: dict[int, int] = {}
    for number, (total, parts) in enumerate(sums):
        cells = [cell for cell in (total, *parts) if hidden[cell]]
        if cells:
            tied[number] = cells[0]
            for cell in cells[1:]:
                one, other = sorted((find(cells[0]), find(cell)))
                root[other] = one
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for cell in np.flatnonzero(hidden).tolist():
        groups.setdefault(find(cell), ([], []))[0].append(cell)
    for number, cell in tied.items():
        groups[find(cell)][1].append(number)
    return list(groups.values())


def intervals(view: View, targets: Iterable[int]) -> dict[int, tuple[float, float]]:
    """For each hidden target, the least and the most that it can be. Exact for whole numbers too.

    Raises InputError where no table at all agrees with what is shown.
    """
    hidden = np.isnan(view.values)
    wanted = set(targets)
    found: dict[int, tuple[float, float]] = {}
    for cells, numbers in components(view.sums, hidden):
        asked = [cell for cell in cells if cell in wanted]
        if asked:
            found.update(_of_component(view, cells, [view.sums[number] for number in numbers], asked))
    return found


def _of_component(view: View, cells: Sequence[int], sums: Sums, asked: Sequence[int]) -> dict[int, tuple[float, float]]:
    column = {cell: at for at, cell in enumerate(cells)}
    programme = Programme(view.lower[list(cells)], view.upper[list(cells)], [_row(view, one, column) for one in sums])
    whole = bool(view.whole[list(cells)].all())
    found = {}
    for cell in asked:
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(cells))
            cost[column[cell]] = sign
            solved = programme.minimise_whole(cost) if whole else programme.minimise(cost)
            if not solved:
                raise InputError("Ces tableaux se contredisent : aucune valeur des cases masquées ne convient.")
            ends.append(_tidy(sign * (programme.bound if whole else programme.value), whole, up=sign > 0))
        found[cell] = (ends[0], ends[1])
    return found


def _row(view: View, one: tuple[int, tuple[int, ...]], column: dict[int, int]) -> Row:
    """parts - total = what is shown of them, on the other side."""
    total, parts = one
    signed = [(total, -1.0), *((part, 1.0) for part in parts)]
    shown = -sum(sign * view.values[cell] for cell, sign in signed if cell not in column)
    held = [(column[cell], sign) for cell, sign in signed if cell in column]
    return [at for at, _ in held], [sign for _, sign in held], shown, shown


def _tidy(end: float, whole: bool, *, up: bool) -> float:
    """Without the noise of the solver; a whole number of people rounds towards the inside."""
    if not np.isfinite(end):
        return end
    near = float(np.ceil(end - _NEAR) if up else np.floor(end + _NEAR)) if whole else round(end, 6)
    return near + 0.0  # never -0.0
