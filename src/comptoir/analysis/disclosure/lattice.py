"""A set of tables as one list of cells and the sums that tie them, across tables and up to their totals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from comptoir.analysis.disclosure.model import Cell, Dimension, Rule, Table
from comptoir.analysis.errors import InputError

# The measure, then (dimension, modality) in order of dimension, those at their total left out.
Key = tuple[str, tuple[tuple[str, str], ...]]
_CLOSE = 1e-6


@dataclass(slots=True)
class Entry:
    """A cell of the set. `shown_in`: the tables that print it; none for a total that only ties two tables."""

    cell: Cell
    rule: Rule
    amounts: bool
    shown_in: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lattice:
    """`sums`: (total, parts) as positions in `entries`. `places[t]`: for table t, the positions of its cells."""

    entries: tuple[Entry, ...]
    keys: tuple[Key, ...]
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    places: tuple[tuple[tuple[tuple[str, ...], int], ...], ...]


def assemble(tables: Sequence[Table], dimensions: Iterable[Dimension] = (), *, hidden: bool = False) -> Lattice:
    """Ties the cells of all tables. Raises InputError where two tables, or a total and its parts, disagree.

    With `hidden`, values that are NaN are unknown: nothing is added up, nothing is checked.
    """
    known = {dimension.name: dimension for dimension in dimensions}
    entries: dict[Key, Entry] = {}
    sums: dict[tuple[Key, tuple[Key, ...]], None] = {}
    places: list[tuple[tuple[tuple[str, ...], Key], ...]] = []
    if len({table.name for table in tables}) < len(tables):
        raise InputError("Deux tableaux ont le même nom. Donnez à chacun le sien.")
    for table in tables:
        axes = [known.get(name) or Dimension(name) for name in table.dimensions]
        places.append(tuple((modalities, _key(table, axes, modalities)) for modalities in table.cells))
        for (modalities, cell), (_, key) in zip(table.cells.items(), places[-1], strict=True):
            _check_cell(cell, table, hidden=hidden)
            _enter(entries, key, cell, table, modalities, hidden=hidden)
    for table in tables:
        axes = [known.get(name) or Dimension(name) for name in table.dimensions]
        for total, parts in _sums_of(table, axes, entries):
            sums.setdefault((total, parts))
    if not hidden:
        _check_sums(sums, entries)
    order = {key: position for position, key in enumerate(entries)}
    numbered = tuple((order[total], tuple(order[part] for part in parts)) for total, parts in sums)
    where = tuple(tuple((modalities, order[key]) for modalities, key in table) for table in places)
    return Lattice(tuple(entries.values()), tuple(entries), numbered, where)


def _key(table: Table, axes: Sequence[Dimension], modalities: Sequence[str]) -> Key:
    if len(modalities) != len(axes):
        raise InputError(f"le tableau « {table.name} » a {len(axes)} dimensions, une case en a {len(modalities)}.")
    pairs = ((axis.name, name) for axis, name in zip(axes, modalities, strict=True) if name != axis.total)
    return table.measure, tuple(sorted(pairs))


def _check_cell(cell: Cell, table: Table, *, hidden: bool) -> None:
    unknown = cell.value != cell.value
    if unknown and hidden:
        return
    wrong = ""
    if unknown or cell.value in (float("inf"), float("-inf")):
        wrong = "cette valeur n'est pas un nombre"
    elif cell.value < 0:
        wrong = f"la valeur {cell.value:g} est négative"
    elif not table.amounts and cell.value != int(cell.value):
        wrong = f"{cell.value:g} n'est pas un nombre entier de {table.rule.unit}"
    elif table.amounts and cell.units is None and not hidden:
        wrong = "il manque le nombre de contributeurs de ce montant"
    elif cell.top is not None and cell.top > cell.value * (1 + _CLOSE):
        wrong = f"le premier contributeur ({cell.top:g}) dépasse le montant ({cell.value:g})"
    if wrong:
        raise InputError(f"{wrong}.", source=table.name, line=cell.line)


def _enter(
    entries: dict[Key, Entry], key: Key, cell: Cell, table: Table, modalities: Sequence[str], *, hidden: bool
) -> None:
    """One entry for the cell of several tables: the strictest rule holds."""
    same = entries.get(key)
    if same is None:
        entries[key] = Entry(cell, table.rule, table.amounts, [table.name])
        return
    name = " × ".join(modalities)
    if table.name in same.shown_in:
        raise InputError(f"« {name} » est donné deux fois.", source=table.name, line=cell.line)
    unknown = cell.value != cell.value or same.cell.value != same.cell.value
    if not (unknown and hidden) and not _alike(cell.value, same.cell.value):
        other = same.shown_in[0]
        message = f"« {name} » vaut {cell.value:g} ici et {same.cell.value:g} dans {other}."
        raise InputError(message, source=table.name, line=cell.line)
    same.shown_in.append(table.name)
    same.rule = _strictest(same.rule, table.rule)
    kept = same.cell.kept or cell.kept
    same.cell = replace(cell if same.cell.value != same.cell.value else same.cell, kept=kept)


def _strictest(one: Rule, other: Rule) -> Rule:
    shares = [share for share in (one.dominance, other.dominance) if share is not None]
    percents = [percent for percent in (one.p_percent, other.p_percent) if percent is not None]
    return Rule(
        threshold=max(one.threshold, other.threshold),
        dominance=min(shares, default=None),
        p_percent=max(percents, default=None),
        margin=max(one.margin, other.margin),
        zeros=min(one.zeros, other.zeros),  # "hidden" comes before "shown"
        distinct=one.distinct and other.distinct,
        unit=one.unit if one.threshold >= other.threshold else other.unit,
    )


def _sums_of(
    table: Table, axes: Sequence[Dimension], entries: dict[Key, Entry]
) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Every sum that the table obeys. Totals that it does not print are entered: another table may print them.

    A total that nobody prints keeps one of its sums: the others follow from those of its parts.
    """
    grid: dict[tuple[str, ...], Key] = {modalities: _key(table, axes, modalities) for modalities in table.cells}
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Key, tuple[Key, ...]]] = {}
    printed, summed = set(grid.values()), set[Key]()
    for at, axis in enumerate(axes):
        lines = sorted(grid, key=lambda modalities: (modalities[:at], modalities[at + 1 :]))
        for (before, after), group in groupby(lines, key=lambda m: (m[:at], m[at + 1 :])):
            there = [m[at] for m in group]
            for parent, children in decompositions(axis, there):
                total = (*before, parent, *after)
                key = grid.setdefault(total, _key(table, axes, total))
                parts = tuple(sorted(grid[(*before, child, *after)] for child in children))
                if key not in entries:
                    entries[key] = _added(parts, entries, table)
                if key in printed or entries[key].shown_in or key not in summed:
                    found.setdefault((total, children), (key, parts))
                    summed.add(key)
    return iter(found.values())


def _added(parts: Sequence[Key], entries: Mapping[Key, Entry], table: Table) -> Entry:
    value = sum(entries[part].cell.value for part in parts)
    units = [entries[part].cell.units for part in parts]
    known = [unit for unit in units if unit is not None]
    return Entry(Cell(value, sum(known) if len(known) == len(units) else None), table.rule, table.amounts)


def decompositions(axis: Dimension, there: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which modality is the sum of which, parts first, for the modalities that are there."""
    present = dict.fromkeys(there)
    waiting = [(parent, children) for parent, children in axis.sums if parent != axis.total]
    under: set[str] = set()
    while waiting:
        # A sum waits for those of its own parts.
        parents = {parent for parent, _ in waiting}
        ready = [one for one in waiting if not parents & set(one[1])]
        if not ready:
            raise InputError(f"la hiérarchie de « {axis.name} » tourne en rond : {waiting[0][0]}.")
        for parent, children in ready:
            kept = tuple(child for child in children if child in present)
            if kept:
                present.setdefault(parent)
                under.update(kept)
                yield parent, kept
        waiting = [one for one in waiting if one not in ready]
    for parent, children in axis.sums:
        if parent == axis.total and (kept := tuple(child for child in children if child in present)):
            under.update(kept)
            yield parent, kept
    first = tuple(name for name in present if name not in under and name != axis.total)
    if first:
        yield axis.total, first


def _check_sums(sums: Iterable[tuple[Key, tuple[Key, ...]]], entries: Mapping[Key, Entry]) -> None:
    for total, parts in sums:
        stated, added = entries[total].cell.value, sum(entries[part].cell.value for part in parts)
        if not _alike(stated, added):
            name = " × ".join(modality for _, modality in total[1]) or "l'ensemble"
            source = next(iter(entries[total].shown_in), "")
            message = f"« {name} » vaut {stated:g}, mais la somme de ses parties vaut {added:g}."
            raise InputError(message, source=source, line=entries[total].cell.line)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other))
