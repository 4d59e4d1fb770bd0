"""From a file to headers and rows: which sheet, which line holds the headers, which column is which field."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comptoir.analysis.documents.protection import unprotect
from comptoir.analysis.errors import InputError
from comptoir.analysis.tables import Format, Row, Sheet, format_of, read_sheets
from comptoir.analysis.text import fold
from comptoir.imports.kinds import Field, Kind, ReadRow

_LOOKED_AT = 15  # lines above which no headers are looked for: a title, a logo, a note come first in many workbooks
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as read. `line` is that of the headers in the person's own file; `sheets` the names of all sheets."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    sheet: int
    sheets: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same headers in the same order, whatever their case."""
        return hashlib.sha256("\x1f".join(map(fold, self.headers)).encode()).hexdigest()

    def samples(self, column: int) -> list[str]:
        """The first things written in a column."""
        found = (row.cells[column] for row in self.rows if column < len(row.cells))
        return list(dict.fromkeys(cell for cell in found if cell.strip()))[:_SAMPLES]


def read_table(content: bytes, name: str, kind: Kind, sheet: int | None = None) -> Table:
    """The sheet asked for, or that in which the most headers are known. InputError when there is nothing to read."""

    def known(cells: Sequence[str]) -> int:
        return sum(any(one.recognises(cell) for one in kind.fields) for cell in cells)

    sheets = read_sheets(content, name, known=known)
    filled = [number for number, one in enumerate(sheets) if one.rows]
    if not filled:
        raise InputError("ce fichier ne contient aucune ligne.", source=name)
    if sheet is None or sheet not in filled:
        sheet = max(filled, key=lambda number: max(known(row.cells) for row in sheets[number].rows[:_LOOKED_AT]))
    rows = sheets[sheet].rows
    at = max(range(min(len(rows), _LOOKED_AT)), key=lambda number: known(rows[number].cells))
    if not known(rows[at].cells):
        at = 0
    if format_of(content, name) is Format.TEXT:  # our own CSV files protect what could be run
        rows = tuple(Row(row.line, tuple(map(unprotect, row.cells))) for row in rows)
    headers = _named(rows[at].cells, max(len(row.cells) for row in rows[at:]))
    return Table(
        headers, rows[at + 1 :], rows[at].line, sheet, tuple(_sheet_name(one, n) for n, one in enumerate(sheets))
    )


def _named(cells: Sequence[str], width: int) -> tuple[str, ...]:
    padded = [*cells, *[""] * (width - len(cells))]
    return tuple(" ".join(cell.split()) or f"Colonne {number}" for number, cell in enumerate(padded, 1))


def _sheet_name(sheet: Sheet, number: int) -> str:
    return sheet.name or f"Feuille {number + 1}"


def guess(table: Table, kind: Kind, remembered: Mapping[str, str]) -> dict[str, int]:
    """Field name to column number: as this space understood the header before, else by its name."""
    mapping: dict[str, int] = {}
    folded = [fold(header) for header in table.headers]
    for column, header in enumerate(folded):
        name = remembered.get(header)
        if name and name not in mapping and any(one.name == name for one in kind.fields):
            mapping[name] = column
    for one in kind.fields:
        free = [n for n, header in enumerate(folded) if n not in mapping.values() and header not in remembered]
        found = next((n for n in free if one.recognises(table.headers[n])), None)
        if one.name not in mapping and found is not None:
            mapping[one.name] = found
    return mapping


def understood(table: Table, kind: Kind, mapping: Mapping[str, int]) -> list[ReadRow]:
    """Rows with the values of the cells that are filled, and the faults of those that cannot be read."""
    columns: list[tuple[Field, int]] = [(one, mapping[one.name]) for one in kind.fields if one.name in mapping]
    found = []
    for row in table.rows:
        read = ReadRow(row.line, {})
        for one, column in columns:
            cell = row.cells[column].strip() if column < len(row.cells) else ""
            if not cell:
                continue
            try:
                read.values[one.name] = one.parse(cell)
            except ValueError as error:
                read.refuse(one.name, str(error))
            else:
                if one.told and (sentence := one.told(cell, read.values[one.name])):
                    read.note(one.name, sentence)
        if read.values or read.faults:
            found.append(read)
    return found
