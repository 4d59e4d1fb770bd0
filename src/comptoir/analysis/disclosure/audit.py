"""The auditor: attacks a set of published tables as an outsider would, and tells what it can find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from comptoir.analysis.disclosure.attack import View, intervals, live_sums
from comptoir.analysis.disclosure.lattice import Entry, Lattice, assemble
from comptoir.analysis.disclosure.model import Cell, Dimension, Release, Rule, Status, Table


class Verdict(StrEnum):
    """`EXACT`: the hidden value is found. `CLOSE`: it is bounded closer than the rule and its reason allow."""

    SAFE = "safe"
    CLOSE = "close"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Found:
    """What an outsider can say of one hidden cell: between `low` and `high` (None: no bound)."""

    table: str
    modalities: tuple[str, ...]
    low: float
    high: float | None
    verdict: Verdict
    line: int | None = None


def published(tables: Sequence[Table], releases: Sequence[Release]) -> tuple[Table, ...]:
    """The tables as outsiders have them: hidden values are NaN, with what their reason says."""
    named = {release.table: release for release in releases}
    return tuple(
        replace(table, cells={
            cell.modalities: Cell(
                float("nan") if cell.value is None else cell.value,
                hidden_as=cell.status if cell.value is None and table.rule.distinct else None,
            )
            for cell in named[table.name].cells
        })
        for table in tables
    )  # fmt: skip


def audit(tables: Sequence[Table], dimensions: Iterable[Dimension] = ()) -> tuple[Found, ...]:
    """One line per hidden cell of the published `tables`, in their order: what sums and reasons let anybody find.

    Raises InputError where the tables contradict each other.
    """
    lattice = assemble(tables, dimensions, hidden=True)
    hidden = np.array([bool(e.shown_in) and bool(np.isnan(e.cell.value)) for e in lattice.entries], dtype=bool)
    targets = np.flatnonzero(hidden).tolist()
    ends = intervals(_view(lattice, everything=False), targets)
    doubtful = [at for at in targets if _verdict(lattice.entries[at], ends[at], None) is not Verdict.SAFE]
    least = intervals(_view(lattice, everything=True), doubtful) if doubtful else {}
    verdicts = {at: _verdict(lattice.entries[at], ends[at], least.get(at)) for at in targets}
    return tuple(
        Found(
            table.name,
            modalities,
            ends[at][0],
            None if ends[at][1] == np.inf else ends[at][1],
            verdicts[at],
            table.cells[modalities].line,
        )
        for table, places in zip(tables, lattice.places, strict=True)
        for modalities, at in places
        if at in verdicts
    )


def _view(lattice: Lattice, *, everything: bool) -> View:
    """What is known; with `everything` hidden, what reasons and zeros alone would tell."""
    values, lower, upper = [], [], []
    for entry in lattice.entries:
        value = entry.cell.value if entry.shown_in else np.nan
        least, most = _range(entry)
        if everything and value > 0:
            least, most = (0.0 if entry.amounts else min(float(entry.rule.threshold), value)), np.inf
            value = np.nan
        values.append(value)
        lower.append(least)
        upper.append(most)
    printed = np.array([bool(entry.shown_in) for entry in lattice.entries], dtype=bool)
    return View(
        np.array(values, dtype=np.float64),
        np.array(lower, dtype=np.float64),
        np.array(upper, dtype=np.float64),
        live_sums(lattice.sums, printed),
        np.array([not entry.amounts for entry in lattice.entries], dtype=bool),
    )


def _range(entry: Entry) -> tuple[float, float]:
    rule = entry.rule
    if entry.amounts or not entry.shown_in:
        return 0.0, np.inf
    if entry.cell.hidden_as is Status.PRIMARY:
        return float(rule.floor), float(rule.threshold - 1)
    return (float(rule.threshold) if entry.cell.hidden_as is Status.SECONDARY else float(rule.floor)), np.inf


def _verdict(entry: Entry, ends: tuple[float, float], alone: tuple[float, float] | None) -> Verdict:
    """`alone`: what could be known with nothing published but reasons and zeros; no table can do better."""
    low, high = ends
    rule = entry.rule
    if alone is not None and alone[0] >= low and alone[1] <= high:
        return Verdict.SAFE
    if entry.amounts:
        if high - low <= 1e-6 * max(1.0, abs(high)):
            return Verdict.EXACT
        return Verdict.CLOSE if high - low < 2 * rule.margin * low else Verdict.SAFE
    return _of_count(rule, low, high)


def _of_count(rule: Rule, low: float, high: float) -> Verdict:
    """A small group must be able to be any small number; larger ones may be found."""
    if high >= rule.threshold or (low <= rule.floor and high >= rule.threshold - 1):
        return Verdict.SAFE
    return Verdict.EXACT if low == high else Verdict.CLOSE
