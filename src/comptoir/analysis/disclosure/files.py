"""The body of `comptoir protect`: tables read from files, protected or attacked, and written as they may leave."""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from comptoir.analysis.disclosure.audit import Found
from comptoir.analysis.disclosure.model import Cell, Dimension, Protection, ReleasedCell, Rule, Status, Table
from comptoir.analysis.errors import InputError
from comptoir.analysis.tables.headed import HeadedTable, read_headed
from comptoir.analysis.tables.model import Row
from comptoir.analysis.text import fold

REASON = "diffusion"
_MOST_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The headers of what is read. `by` empty: every column that is named nowhere else is a dimension."""

    value: tuple[str, ...]
    by: tuple[str, ...] = ()
    units: str = ""
    top: str = ""
    second: str = ""
    keep: str = ""
    reason: str = REASON

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(name for name in (self.units, self.top, self.second, self.keep, self.reason) if name)


def read_table(data: bytes, source: str, columns: Columns, rule: Rule, *, total: str, hidden: bool = False) -> Table:
    """One table, a row per cell. With `hidden`, an empty value is a hidden cell; otherwise it is an error."""
    read = read_headed(data, source, (*columns.value, *columns.by), holding="case")
    known = {fold(name) for name in read.header}
    value = next((name for name in columns.value if fold(name) in known), columns.value[0])
    value_at = read.position(value)
    aside = {fold(name) for name in (*columns.value, *columns.others)}
    asked = [name for name in columns.by if fold(name) in known]
    if columns.by and not asked:
        raise InputError(f"aucune des colonnes {', '.join(columns.by)}.", source=source, line=read.header_line)
    by = [read.position(name) for name in asked] or [
        at for at, name in enumerate(read.header) if fold(name) not in aside
    ]
    amounts = bool(columns.units) and fold(columns.units) in known
    optional = {
        name: read.position(name)
        for name in columns.others
        if fold(name) in known or name not in (REASON, columns.units)
    }
    cells: dict[tuple[str, ...], Cell] = {}
    if len(read.rows) > _MOST_CELLS:
        raise InputError(f"plus de {_MOST_CELLS} cases. Découpez le tableau.", source=source)
    for row in read.rows:
        modalities = tuple(" ".join(row.cells[at].split()) or total for at in by)
        if modalities in cells:
            message = f"« {' × '.join(modalities)[:80]} » est déjà à la ligne {cells[modalities].line}."
            raise InputError(message, source=source, line=row.line, column=read.header[by[0]] if by else None)
        cells[modalities] = _cell(read, row, value_at, columns, optional, hidden=hidden, whole=not amounts)
    return Table(source, tuple(read.header[at] for at in by), cells, rule, fold(value), amounts)


def _cell(
    read: HeadedTable, row: Row, at: int, columns: Columns, optional: Mapping[str, int], *, hidden: bool, whole: bool
) -> Cell:
    value = read.number(row, at)
    if value is None and not hidden:
        raise read.error(row, at, "cette case est vide. Un zéro s'écrit 0.")
    if value is not None and value < 0:
        raise read.error(row, at, f"« {row.cells[at]} » est négatif.")
    if value is not None and whole and value != int(value):
        raise read.error(row, at, f"« {row.cells[at]} » n'est pas un nombre entier. Pour un montant, donnez --units.")

    def number(name: str) -> float | None:
        return read.number(row, optional[name]) if name in optional else None

    units = number(columns.units)
    if columns.units in optional and (units is None or units < 0 or units != int(units)) and not hidden:
        raise read.error(row, optional[columns.units], "il faut un nombre entier de contributeurs.")
    kept = columns.keep in optional and bool(row.cells[optional[columns.keep]].strip())
    said = row.cells[optional[columns.reason]] if columns.reason in optional else ""
    return Cell(
        math.nan if value is None else value,
        None if units is None else int(units),
        number(columns.top),
        number(columns.second),
        row.line,
        kept,
        _status(said) if value is None else None,
    )


def _status(reason: str) -> Status | None:
    """What the reason shown in place of a value says of it."""
    said = fold(reason)
    if said.startswith("moins de "):
        return Status.PRIMARY
    return Status.SECONDARY if said.startswith("masque pour proteger") else None


def read_sums(data: bytes, source: str, total: str) -> tuple[Dimension, ...]:
    """The hierarchies of a file: a row says that `partie` is in `ensemble`, for a `dimension`."""
    read = read_headed(data, source, ("dimension", "ensemble", "partie"))
    name_at, whole_at, part_at = (read.position(name) for name in ("dimension", "ensemble", "partie"))
    found: dict[str, dict[str, list[str]]] = {}
    for row in read.rows:
        name, whole, part = (" ".join(row.cells[at].split()) for at in (name_at, whole_at, part_at))
        parts = found.setdefault(name, {}).setdefault(whole, [])
        if not part or part in parts or part == whole:
            raise read.error(row, part_at, f"« {part} » manque, ou est déjà dans « {whole} ».")
        parts.append(part)
    return tuple(
        Dimension(name, total, tuple((whole, tuple(parts)) for whole, parts in sums.items()))
        for name, sums in found.items()
    )


def dimensions_of(tables: Sequence[Table], given: Sequence[Dimension], total: str) -> tuple[Dimension, ...]:
    """The dimensions of the tables, with the hierarchies given; names may differ by case and accents."""
    sums = {fold(dimension.name): dimension.sums for dimension in given}
    names = dict.fromkeys(name for table in tables for name in table.dimensions)
    return tuple(Dimension(name, total, sums.get(fold(name), ())) for name in names)


def same_names(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with one spelling for each dimension: the first one met."""
    spelled: dict[str, str] = {}
    return tuple(
        replace(table, dimensions=tuple(spelled.setdefault(fold(name), name) for name in table.dimensions))
        for table in tables
    )


def thresholds_of(asked: Sequence[str], sources: Sequence[str], default: int) -> dict[str, int]:
    """The threshold of each table, from « 11 » (all of them) and « caf.csv=5 » (one)."""
    found = dict.fromkeys(sources, default)
    for said in sorted(asked, key=lambda one: "=" in one):
        name, _, number = said.rpartition("=")
        if not number.isascii() or not number.isdigit() or len(number) > 6:
            raise InputError(f"Le seuil « {said} » n'est pas un nombre entier. Écrivez 11, ou caf.csv=5.")
        which = [source for source in sources if not name or name in (source, PurePath(source).name)]
        if not which:
            raise InputError(f"Le seuil « {said} » nomme un tableau qui n'est pas donné.")
        found.update(dict.fromkeys(which, int(number)))
    return found


def written(tables: Sequence[Table], protection: Protection) -> bytes:
    """The release as CSV: modalities, the value or nothing, and why there is nothing. No contributor, no total."""
    rows = (
        [*place, _plain(cell.value), cell.reason]
        for place, cell in _cells(tables, protection)
    )  # fmt: skip
    return _csv([*_headers(tables), "valeur", REASON], rows)


def cells_written(tables: Sequence[Table], protection: Protection) -> bytes:
    """Every cell as CSV: its status, its reason, and the interval that an outsider can find."""
    rows = (
        [*place, cell.status.value, cell.reason, _plain(cell.low), _plain(cell.high)]
        for place, cell in _cells(tables, protection)
    )  # fmt: skip
    return _csv([*_headers(tables), "statut", REASON, "au moins", "au plus"], rows)


def found_written(tables: Sequence[Table], found: Sequence[Found]) -> bytes:
    """What the attack finds, as CSV, safe cells included."""
    rows = (
        [*_place(tables, one.table, one.modalities), _plain(one.low), _plain(one.high), one.verdict.value]
        for one in found
    )
    return _csv([*_headers(tables), "au moins", "au plus", "verdict"], rows)


def protection_json(tables: Sequence[Table], protection: Protection) -> bytes:
    """{"primary", "secondary", "cost", "bound", "optimal", "tables": [{"table", "cells": […]}]}"""
    releases = [
        {
            "table": release.table,
            "cells": [
                {"modalities": dict(zip(table.dimensions, cell.modalities, strict=True))} | _told(cell)
                for cell in release.cells
            ],
        }
        for table, release in zip(tables, protection.releases, strict=True)
    ]
    head: dict[str, Any] = {
        "primary": protection.primary,
        "secondary": protection.secondary,
        "cost": round(protection.cost, 6),
        "bound": round(protection.bound, 6),
        "optimal": protection.optimal,
    }
    return _json(head | {"tables": releases})


def found_json(tables: Sequence[Table], found: Sequence[Found]) -> bytes:
    """{"exact", "close", "cells": [{"table", "modalities", "low", "high", "verdict"}]}"""
    named = {table.name: table for table in tables}
    cells = [
        {
            "table": one.table,
            "modalities": dict(zip(named[one.table].dimensions, one.modalities, strict=True)),
            "low": one.low,
            "high": one.high,
            "verdict": one.verdict.value,
        }
        for one in found
    ]
    counts = {name: sum(one.verdict.value == name for one in found) for name in ("exact", "close")}
    return _json(counts | {"cells": cells})


def _told(cell: ReleasedCell) -> dict[str, Any]:
    return {
        "value": cell.value,
        "status": cell.status.value,
        "reason": cell.reason,
        "low": cell.low,
        "high": cell.high,
    }


def _headers(tables: Sequence[Table]) -> list[str]:
    names = list(dict.fromkeys(name for table in tables for name in table.dimensions))
    return (["tableau", *names]) if len(tables) > 1 else names


def _cells(tables: Sequence[Table], protection: Protection) -> Iterator[tuple[list[str], ReleasedCell]]:
    for release in protection.releases:
        for cell in release.cells:
            yield _place(tables, release.table, cell.modalities), cell


def _place(tables: Sequence[Table], name: str, modalities: Sequence[str]) -> list[str]:
    """The modalities under their headers, empty for a dimension that the table does not have."""
    table = next(table for table in tables if table.name == name)
    here = dict(zip(table.dimensions, modalities, strict=True))
    return [name if header == "tableau" and len(tables) > 1 else here.get(header, "") for header in _headers(tables)]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def _csv(header: Sequence[str], rows: Iterator[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
