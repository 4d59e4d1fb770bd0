"""A table under one line of headers, read for its named columns: every error says the line and the column."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.analysis.errors import InputError
from comptoir.analysis.tables.containers import Format, format_of
from comptoir.analysis.tables.delimited import decode, read_delimited, sniff
from comptoir.analysis.tables.model import MAX_BYTES, MAX_ROWS, Row, Sheet
from comptoir.analysis.tables.opendocument import read_ods
from comptoir.analysis.tables.workbooks import read_workbook
from comptoir.analysis.text import fold

_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3})")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """Rows under a header, every one as wide as it. `marked` is where a spreadsheet needs to be told the encoding."""

    source: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    separator: str = ","
    marked: bool = False

    def position(self, column: str) -> int:
        """Where a column stands; spelled exactly, or but for case and accents."""
        for same in (str, fold):
            for at, name in enumerate(self.header):
                if same(name) == same(column):
                    return at
        names = [name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…" for name in self.header[:20]]
        known = ", ".join(f"« {name} »" for name in names) + ("…" if len(self.header) > 20 else "")
        message = f"la colonne « {column} » n'existe pas. Colonnes trouvées : {known}."
        raise InputError(message, source=self.source, line=self.header_line)

    def number(self, row: Row, at: int) -> float | None:
        """The number of a cell, a French or an English decimal mark; None where it is empty.

        Raises InputError for what is not a finite number.
        """
        said = row.cells[at].strip()
        if not said:
            return None
        plain = _SPACES.sub("", said)
        value = float(plain.replace(",", ".")) if len(plain) < 40 and _NUMBER.fullmatch(plain) else math.nan
        if not math.isfinite(value):
            raise self.error(row, at, f"« {said[:_SHOWN]} » n'est pas un nombre.")
        return value

    def error(self, row: Row, at: int, message: str) -> InputError:
        """The error to raise about a cell."""
        return InputError(message, source=self.source, line=row.line, column=self.header[at])


def read_headed(
    data: bytes, source: str, asked: Sequence[str] = (), *, holding: str = "ligne", most_bytes: int = MAX_BYTES,
    most_rows: int = MAX_ROWS,
) -> HeadedTable:  # fmt: skip
    """The table of a CSV, TSV, XLSX, XLS or ODS file, its first sheet that is not empty.

    `asked` helps to find the separator, `holding` says in French what a row is; a text has `most_bytes` and
    `most_rows` at most. Raises InputError where there is no table, no row, or a row wider than the header.
    """
    format_ = format_of(data, source, most_bytes)
    separator, marked = ",", True
    if format_ is Format.TEXT:
        text, encoding = decode(data, source=source)
        wanted = {fold(column) for column in asked}

        def known(cells: Sequence[str]) -> int:
            return sum(fold(cell) in wanted for cell in cells)

        rows = read_delimited(text, known, source=source, most=most_rows)
        separator = sniff(text, known) or ","
        marked = encoding != "utf-8"
    elif format_ in (Format.XLSX, Format.XLS, Format.ODS):
        ods = format_ is Format.ODS
        rows = _first_sheet(read_ods(data, source=source) if ods else read_workbook(data, format_, source=source))
    else:
        raise InputError(f"un {format_} n'est pas un tableau. Donnez un CSV, XLSX ou ODS.", source=source)
    if len(rows) < 2:
        raise InputError(f"il faut une ligne d'en-têtes et au moins une {holding}.", source=source)
    header = tuple(" ".join(cell.split()) or f"Colonne {at}" for at, cell in enumerate(rows[0].cells, 1))
    fitted = tuple(_fitted(row, len(header), source) for row in rows[1:])
    return HeadedTable(source, header, rows[0].line, fitted, separator, marked)


def _first_sheet(sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    return next((sheet.rows for sheet in sheets if sheet.rows), ())


def _fitted(row: Row, width: int, source: str) -> Row:
    if any(row.cells[width:]):
        message = f"{len(row.cells)} cellules sous {width} en-têtes : vérifiez les guillemets et les séparateurs."
        raise InputError(message, source=source, line=row.line)
    return Row(row.line, (*row.cells, *[""] * (width - len(row.cells)))[:width])
