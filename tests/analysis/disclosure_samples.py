"""Small tables for the tests of disclosure control."""

from collections.abc import Sequence

from comptoir.analysis.disclosure import Cell, Protection, Rule, Status, Table, Verdict, audit, protect, published
from comptoir.analysis.disclosure.model import Dimension

TOTAL = "Ensemble"


def crossed(
    counts: Sequence[Sequence[int]],
    rule: Rule,
    *,
    name: str = "t.csv",
    dimensions: tuple[str, str] = ("quartier", "âge"),
    totals: bool = True,
) -> Table:
    """A table of counts, rows q0, q1… and columns a0, a1…, with its totals."""
    rows = [f"q{at}" for at in range(len(counts))]
    columns = [f"{dimensions[1][0]}{at}" for at in range(len(counts[0]))]
    cells = {(row, column): Cell(float(counts[i][j])) for i, row in enumerate(rows) for j, column in enumerate(columns)}
    if totals:
        cells |= {(row, TOTAL): Cell(float(sum(counts[i]))) for i, row in enumerate(rows)}
        cells |= {(TOTAL, column): Cell(float(sum(line[j] for line in counts))) for j, column in enumerate(columns)}
        cells[(TOTAL, TOTAL)] = Cell(float(sum(map(sum, counts))))
    return Table(name, dimensions, cells, rule)


def verdicts(tables: Sequence[Table], protection: Protection, dimensions: Sequence[Dimension] = ()) -> list[Verdict]:
    """What the auditor says of what was released, and of nothing else."""
    return [found.verdict for found in audit(published(tables, protection.releases), dimensions)]


def hidden(protection: Protection, status: Status | None = None) -> set[tuple[str, ...]]:
    return {
        cell.modalities
        for release in protection.releases
        for cell in release.cells
        if (cell.status is status if status else cell.status is not Status.SHOWN)
    }


__all__ = ["TOTAL", "crossed", "hidden", "protect", "verdicts"]
