"""Reads messy tables (CSV, TSV, XLSX, XLS, ODS), with the line and column of everything worth telling."""

from collections.abc import Callable, Sequence

from ..errors import InputError
from .containers import Format, announced, format_of
from .delimited import decode, read_delimited
from .model import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_UNCOMPRESSED, Notice, Row, Sheet, Span
from .opendocument import read_ods
from .workbooks import read_workbook

__all__ = [
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_UNCOMPRESSED",
    "Format",
    "Notice",
    "Row",
    "Sheet",
    "Span",
    "announced",
    "encoding_notice",
    "format_of",
    "read_sheets",
]


def read_sheets(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    known: Callable[[Sequence[str]], int] = lambda cells: 0,
) -> tuple[Sheet, ...]:
    """The sheets of a table file, one for CSV and TSV. Cells are text; blank rows are left out.

    `known` counts the headers that the caller recognises in a row: it helps to tell a separator from a comma in a
    sentence. Raises InputError, one French sentence, for what is not a table or cannot be read.
    """
    found = format_of(data, name)
    if found is Format.ODS:
        return read_ods(data, source=name)
    if found in (Format.XLSX, Format.XLS):
        return read_workbook(data, found, source=name)
    if found is not Format.TEXT:
        raise InputError(f"ce fichier est un document {found}, pas un tableau.", source=name)
    text, used = decode(data, source=name, encoding=encoding)
    notices = [encoding_notice()] if used == "cp1252" and not encoding else []
    return (Sheet("", read_delimited(text, known, source=name), notices=tuple(notices)),)


def encoding_notice() -> Notice:
    """Told of a text that is not in UTF-8 and was taken for Windows-1252: the only thing that a person can do."""
    return Notice("Des accents sont faux ? Enregistrez le fichier en UTF-8 et recommencez.", warning=False)
