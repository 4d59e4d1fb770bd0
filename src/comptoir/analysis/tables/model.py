"""Rows and sheets as read from a file, and the limits of what is read. See docs/concepts/synthesis.md, « Limites »."""

from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
MAX_UNCOMPRESSED = 200 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as text. `line` counts from 1 in the person's own file: the row of a sheet, the line of a text."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: lines and columns count from 1, ends included."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about the file. `message` is a French sentence; `column` is a letter as spreadsheets show."""

    message: str
    line: int | None = None
    column: str | None = None
    warning: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. Blank rows are left out; `name` is empty where the format has no sheets."""

    name: str
    rows: tuple[Row, ...]
    spans: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()
