"""Rows of a CSV text one after the other, for files larger than a sheet: with the line of each, in one pass."""

import csv
import io
from collections.abc import Iterator, Sequence

from comptoir.analysis.errors import InputError
from comptoir.analysis.tables.delimited import SEPARATORS

_LONGEST_CELL = 100_000
_FIRST_LINE = 4 << 20


def rows_of(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with their first line."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            message = f"une cellule fait plus de {_LONGEST_CELL} caractères : vérifiez les guillemets."
            raise InputError(message, source=source, line=line) from None
        if row is None:
            return
        for at, cell in enumerate(row, 1):
            if len(cell) > _LONGEST_CELL:
                message = f"cette cellule fait plus de {_LONGEST_CELL} caractères : vérifiez les guillemets."
                raise InputError(message, source=source, line=line, column=at)
        if any(cell.strip() for cell in row):
            yield line, [cell.strip() for cell in row]
        line = reader.line_num + 1


def _separator(text: str) -> str:
    head = text[:_FIRST_LINE].lstrip().split("\n", 1)[0]
    return max(reversed(SEPARATORS), key=head.count)


def fitted(row: list[str], header: Sequence[str], source: str, line: int) -> list[str]:
    """A row as wide as its header. Raises InputError where it holds more."""
    if any(row[len(header) :]) or len(row) < 2:
        message = f"{len(row)} cellules sous {len(header)} en-têtes : vérifiez les séparateurs."
        raise InputError(message, source=source, line=line)
    return row + [""] * (len(header) - len(row))
