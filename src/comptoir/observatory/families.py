"""Tables of a family: a count (or an amount), its parts, and the territories that add up; from blocks to decisions.

A table is made of printed cells and of what anybody can work out: a part that is not published but is the only one
missing, and the rest of a total. Those are protected like printed cells, although nobody prints them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from comptoir.analysis.disclosure import Cell, Dimension, ReleasedCell, Rule, Status, Table
from comptoir.analysis.disclosure import protect as protect_tables
from comptoir.analysis.errors import InputError
from comptoir.observatory.drafts import Figure
from comptoir.observatory.enums import Release

WHOLE = "Ensemble"
REST = "…"
PLACE = "territoire"
Key = tuple[str, ...]
Parts = tuple[tuple[str, str], ...]


@dataclass
class Block:
    """Values that are tied by sums: of one territory, or of those that one (`top`) holds. `within`: who holds whom."""

    top: str
    values: dict[tuple[str, Parts], Figure] = field(default_factory=dict)
    within: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, place: str, dimensions: Mapping[str, str], value: Figure) -> None:
        self.values[place, tuple(sorted(dimensions.items()))] = value

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(place for place, _ in self.values))


def decide(
    blocks: Sequence[Block], rule: Rule, *, amounts: bool, at_source: bool = False, secondary: bool = True
) -> None:
    """Fills `released` and `release` of all values of the blocks, which are of one family and one vintage.

    `at_source`: the producer has protected them already; then a small rest alone is no reason to hide what is public.
    """
    partitions = _partitions(blocks)
    for block in blocks:
        shown = [value for value in block.values.values() if value.value is not None]
        for value in block.values.values():
            value.released = value.value
            value.release = Release.NOTHING if value.value is None else Release.SHOWN
        if amounts and any(value.units is None for value in shown):
            _unproved(shown)
            continue
        quiet = not amounts and not any(0 < (one.value or 0) < rule.threshold for one in shown)
        if quiet and (len(block.values) == 1 or (at_source and len(shown) == len(block.values))):
            continue
        _decide(block, rule, partitions, amounts=amounts, at_source=at_source, secondary=secondary)


def _partitions(blocks: Sequence[Block]) -> frozenset[str]:
    """The dimensions whose parts make the whole, as far as anybody can see: no full line of parts says otherwise."""
    seen: set[str] = set()
    open_ones: set[str] = set()
    for block in blocks:
        names = _modalities(block)
        for dimension, modalities in names.items():
            seen.add(dimension)
            if dimension in open_ones:
                continue
            for place in block.places:
                total = block.values.get((place, ()))
                parts = [block.values.get((place, ((dimension, modality),))) for modality in modalities]
                known = [part.value for part in parts if part is not None and part.value is not None]
                if total is None or total.value is None or len(known) < len(parts):
                    continue
                if sum(known) < total.value:
                    open_ones.add(dimension)
                    break
    return frozenset(seen - open_ones)


def _modalities(block: Block) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for _, parts in block.values:
        for dimension, modality in parts:
            found.setdefault(dimension, {})[modality] = None
    return {dimension: tuple(modalities) for dimension, modalities in found.items()}


def _decide(
    block: Block, rule: Rule, partitions: frozenset[str], *, amounts: bool, at_source: bool, secondary: bool
) -> None:
    grids, axes = _grids(block)
    sums = _held(block)
    for name, dimensions in axes.items():
        full = [at for at, one in enumerate(dimensions) if one in partitions or one == PLACE]
        if not _complete(grids[name], dimensions, full, sums):
            _retire(block, rule, amounts=amounts)
            return
    tables = [
        Table("×".join(name), axes[name], {key: _cell(value, amounts=amounts) for key, value in grid.items()},
              rule=rule, amounts=amounts)
        for name, grid in grids.items()
    ]  # fmt: skip
    if not amounts and not any(
        0 < cell.value < rule.threshold
        for table in tables
        for key, cell in table.cells.items()
        if not (at_source and any(part.startswith(REST) for part in key))
    ):
        return
    try:
        protection = protect_tables(
            tables, [Dimension(PLACE, WHOLE, sums)] if sums else [], secondary=secondary, most_work=0
        )
    except InputError:  # tables that contradict one another: nothing of them is broken down
        _retire(block, rule, amounts=amounts)
        return
    for grid, release in zip(grids.values(), protection.releases, strict=True):
        for cell in release.cells:
            held = grid[cell.modalities]
            if not isinstance(held, float):
                _apply(held, cell)


Held = Figure | float


def _grids(block: Block) -> tuple[dict[Key, dict[Key, Held]], dict[Key, Key]]:
    """A table for each largest set of dimensions, with the cells whose dimensions are among them."""
    names = {tuple(dimension for dimension, _ in parts) for _, parts in block.values}
    largest = [one for one in names if not any(set(one) < set(other) for other in names)]
    linked = len(block.places) > 1
    grids: dict[Key, dict[Key, Held]] = {}
    axes: dict[Key, Key] = {}
    for name in sorted(largest):
        axes[name] = (PLACE, *name) if linked else name
        grid: dict[Key, Held] = {}
        for (place, parts), value in block.values.items():
            said = dict(parts)
            if value.value is not None and said.keys() <= set(name):
                where = (WHOLE if place == block.top else place,) if linked else ()
                grid[*where, *(said.get(dimension, WHOLE) for dimension in name)] = value
        grids[name] = grid
    if not any(axes.values()):  # one number alone: a table of one dimension, with its total only
        return {("",): {(WHOLE,): value for value in grids.get((), {}).values()}}, {("",): ("seul",)}  # noqa: B035  # one value, one cell
    return grids, axes


def _held(block: Block) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sums between territories below the top: (commune, (its neighbourhoods, its rest))."""
    found: dict[str, list[str]] = {}
    for place in block.places:
        holders = [holder for holder in block.within.get(place, ()) if holder not in (block.top, place)]
        if holders:
            found.setdefault(holders[-1], []).append(place)
    return tuple((holder, (*places, f"{REST}{holder}")) for holder, places in found.items())


def _complete(
    grid: dict[Key, Held], axes: Key, full: Sequence[int], sums: tuple[tuple[str, tuple[str, ...]], ...]
) -> bool:
    """Adds to a table what can be worked out: the one missing part, the rest of a total. False where sums disagree."""
    for at, name in enumerate(axes):
        groups = [*sums, (WHOLE, ())] if name == PLACE else [(WHOLE, ())]
        taken = {place for _, places in sums for place in places} if name == PLACE else set()
        for parent, children in groups:
            others = dict.fromkeys(tuple(key[:at]) + tuple(key[at + 1 :]) for key in grid)
            modalities = dict.fromkeys(key[at] for key in grid)
            parts = children or [one for one in modalities if one != WHOLE and one not in taken]
            rest = children[-1] if children else REST
            for other in list(others):
                if not _rest(grid, other, at, parent, [one for one in parts if one != rest], rest, at in full):
                    return False
    return True


def _rest(grid: dict[Key, Held], other: Key, at: int, parent: str, parts: Sequence[str], rest: str, full: bool) -> bool:
    def key(modality: str) -> Key:
        return (*other[:at], modality, *other[at:])

    total = grid.get(key(parent))
    known = [grid[key(part)] for part in parts if key(part) in grid]
    if total is None or not known:
        return True
    left = _number(total) - sum(_number(one) for one in known)
    if left < -1e-6:
        return False
    if left > 1e-6:
        missing = [part for part in parts if key(part) not in grid]
        alone = missing[0] if full and len(missing) == 1 else rest
        grid[key(alone)] = left
    return True


def _number(held: Held) -> float:
    return held if isinstance(held, float) else float(held.value or 0.0)


def _cell(held: Held, *, amounts: bool) -> Cell:
    if isinstance(held, float):
        return Cell(held, 10_000 if amounts else None)
    return Cell(float(held.value or 0.0), held.units if amounts else None, held.top if amounts else None)


def _apply(value: Figure, cell: ReleasedCell) -> None:
    if cell.status is Status.SHOWN or value.release not in (Release.SHOWN, Release.PROTECTS):
        return
    value.released = None
    if cell.status is Status.SECONDARY:
        value.release = Release.PROTECTS
    else:
        value.release = Release.DOMINATED if "domine" in cell.reason else Release.SMALL


def _unproved(shown: Sequence[Figure]) -> None:
    """Amounts of which the contributors are not all told: those that are not, and all that is tied to them."""
    for value in shown:
        value.released = None
        value.release = Release.NO_BASE if value.units is None else Release.WHOLE


def _retire(block: Block, rule: Rule, *, amounts: bool) -> None:
    """Where sums disagree nothing can be proved: parts are withdrawn, and totals that are small; amounts, all."""
    few = amounts or any(0 < (value.value or 0) < rule.threshold for value in block.values.values())
    if not few:
        return
    for (place, parts), value in block.values.items():
        if value.value is None:
            continue
        if amounts or parts or place != block.top:
            value.released, value.release = None, Release.WHOLE
        elif 0 < value.value < rule.threshold:
            value.released, value.release = None, Release.SMALL
