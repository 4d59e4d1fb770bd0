"""Which cells the rules hide first, what must stay possible for each, and what an outsider knows of each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.disclosure.attack import live_sums
from comptoir.analysis.disclosure.lattice import Entry, Lattice
from comptoir.analysis.disclosure.model import Cost
from comptoir.analysis.errors import InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Need:
    """Cell `cell` must be able to be `target`, for all that anybody knows, even for who knows cell `insider`."""

    cell: int
    target: float
    insider: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """The set of tables as numbers. `lower` and `upper` bound a hidden cell for whoever reads its reason.

    `free`: totals that nobody prints. `hideable`: cells that may be hidden to protect others. `weight`: its cost.
    """

    values: Floats
    lower: Floats
    upper: Floats
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    primary: NDArray[np.bool_]
    dominated: NDArray[np.bool_]
    free: NDArray[np.bool_]
    hideable: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    whole: NDArray[np.bool_]
    weight: Floats
    needs: tuple[Need, ...]


def problem_of(lattice: Lattice, cost: Cost) -> Problem:
    """Raises InputError where a cell that must stay shown breaks its rule."""
    entries = lattice.entries
    printed = np.array([bool(entry.shown_in) for entry in entries], dtype=bool)
    levels = [_level(entry) for entry in entries]
    primary = np.array([level is not None for level in levels], dtype=bool) & printed
    kept = np.array([entry.cell.kept for entry in entries], dtype=bool) & printed
    for at in np.flatnonzero(primary & kept):
        message = "cette case doit rester publiée, mais sa règle demande de la masquer."
        raise InputError(message, source=entries[at].shown_in[0], line=entries[at].cell.line)
    values = np.array([entry.cell.value for entry in entries], dtype=np.float64)
    hideable = printed & ~primary & (values > 0)
    ranges = [_range(entry, bool(first)) for entry, first in zip(entries, primary, strict=True)]
    sums = live_sums(lattice.sums, printed)
    needs = [need for at in np.flatnonzero(primary).tolist() for need in _needs(at, entries[at], levels[at] or 0.0)]
    return Problem(
        values=values,
        lower=np.array([least for least, _ in ranges], dtype=np.float64),
        upper=np.array([most for _, most in ranges], dtype=np.float64),
        sums=sums,
        primary=primary,
        dominated=np.array([_dominated(entry) for entry in entries], dtype=bool) & primary,
        free=~printed,
        hideable=hideable,
        kept=kept,
        whole=np.array([not entry.amounts for entry in entries], dtype=bool),
        weight=_weights(values, hideable, cost),
        needs=(*needs, *_insider_needs(needs, entries, sums, primary)),
    )


def _level(entry: Entry) -> float | None:
    """How far an amount must stay unknown on each side; 0 for a count; None where the rule lets the cell be shown."""
    cell, rule = entry.cell, entry.rule
    if not entry.amounts:
        return 0.0 if rule.floor <= cell.value < rule.threshold else None
    if cell.value == 0:
        return None
    levels = [rule.margin * cell.value] if (cell.units or 0) < rule.threshold else []
    if rule.dominance is not None and cell.top is not None and cell.top > rule.dominance * cell.value:
        levels.append(cell.top / rule.dominance - cell.value)
    if rule.p_percent is not None and cell.top is not None and cell.second is not None:
        short = rule.p_percent / 100 * cell.top - (cell.value - cell.top - cell.second)
        levels += [short] if short > 0 else []
    return max(levels, default=None)


def _dominated(entry: Entry) -> bool:
    return entry.amounts and (entry.cell.units or 0) >= entry.rule.threshold


def _range(entry: Entry, primary: bool) -> tuple[float, float]:
    """What the reason of a hidden cell tells of its value. Totals that nobody prints say nothing."""
    rule = entry.rule
    if entry.amounts or not entry.shown_in:
        return 0.0, np.inf
    if not rule.distinct:
        return float(rule.floor), np.inf
    return (float(rule.floor), float(rule.threshold - 1)) if primary else (float(rule.threshold), np.inf)


def _needs(at: int, entry: Entry, level: float) -> list[Need]:
    if not entry.amounts:
        return [Need(at, float(entry.rule.threshold - 1)), Need(at, float(entry.rule.floor))]
    return [Need(at, entry.cell.value + level), Need(at, max(0.0, entry.cell.value - level))]


def _insider_needs(
    needs: Sequence[Need],
    entries: Sequence[Entry],
    sums: Sequence[tuple[int, tuple[int, ...]]],
    primary: NDArray[np.bool_],
) -> list[Need]:
    """The only contributor of an amount knows it: the other small amounts of the same sum are safe from it as well."""
    alone = {at for at, entry in enumerate(entries) if entry.amounts and primary[at] and entry.cell.units == 1}
    near: dict[int, set[int]] = {}
    for total, parts in sums:
        cells = [cell for cell in (total, *parts) if primary[cell]]
        for insider in alone.intersection(cells):
            for cell in cells:
                if cell != insider and cell != total and insider != total:
                    near.setdefault(cell, set()).add(insider)
    return [Need(need.cell, need.target, who) for need in needs for who in sorted(near.get(need.cell, ()))]


def _weights(values: Floats, hideable: NDArray[np.bool_], cost: Cost) -> Floats:
    """The number of cells first and, where it is the same, the smallest values; or ln(1 + value)."""
    few_then_small = 1 + values / (1 + float(values[hideable].sum()))
    return np.where(hideable, np.log1p(values) if cost is Cost.VALUES else few_then_small, 0.0)
