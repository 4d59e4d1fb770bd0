"""The table that our own export writes, one row a line: subject, column, text, occurrences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..tables.model import Row
from ..text import fold
from .blocks import PARTED, Grid
from .boards import read_count, remark_twins
from .labels import kind_of, subject_of
from .model import Board, Column, ColumnKind, Item, Outline, Remark, Section

_FIELDS = {"sujet": "subject", "colonne": "column", "texte": "text"}
# What the writer of CSV does so that no spreadsheet takes a text for a formula; one apostrophe is to be taken off.
_PROTECTED = re.compile(r"'+[=+\-@\t\r\n]")


@dataclass(slots=True)
class Records:
    """What a table of records holds, in the order where each subject first appears."""

    boards: list[Board] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    item: Item
    counted: bool


def read_records(grid: Grid) -> Records:
    """Boards, and outlines: a column of which no line is counted (0) is a section, unless it says « Qui ? »."""
    names = [_FIELDS.get(fold(cell), fold(cell)) for cell in grid.rows[0].cells]
    place = {name: at for at, name in enumerate(names) if name}
    records = Records()
    content: dict[str, dict[str, list[_Line]]] = {}
    for row in grid.rows[1:]:
        cells = [cell.replace(PARTED, "") for cell in row.cells] + [""] * (len(names) - len(row.cells))
        subject, column, text, count = (cells[place[name]] for name in ("subject", "column", "text", "occurrences"))
        if not text:
            records.remarks.append(Remark("Cette ligne n'a pas de texte : elle est laissée.", line=row.line))
            continue
        counted = count.strip() != "0" and (kind_of(column).counted or bool(count.strip()))
        occurrences, remark = read_count(count, row.line, "occurrences") if counted else (1, None)
        records.remarks += [remark] if remark else []
        line = _Line(Item(text, occurrences, row.line), counted)
        content.setdefault(subject, {}).setdefault(column, []).append(line)
    for subject, columns in content.items():
        _sort_out(subject, columns, records)
    return records


def _sort_out(subject: str, columns: dict[str, list[_Line]], records: Records) -> None:
    made: list[Column] = []
    sections: list[Section] = []
    for label, lines in columns.items():
        kind = kind_of(label)
        items = tuple(line.item for line in lines)
        if kind is not ColumnKind.WHO and not any(line.counted for line in lines):
            sections.append(Section(label, tuple(item.text for item in items)))
            continue
        for line in lines:
            if kind is not ColumnKind.WHO and not line.counted:
                message = "« 0 » n'est pas un compte : la ligne compte pour 1."
                records.remarks.append(Remark(message, line=line.item.line, column="occurrences"))
        remark_twins(items, label, records.remarks)
        made.append(Column(label, kind, items))
    if made:
        records.boards.append(Board(subject, subject_of(subject), tuple(made)))
    if sections:
        records.outlines.append(Outline(subject, tuple(sections)))


def unprotected(rows: Sequence[Row]) -> list[Row]:
    """The rows of a CSV without the apostrophes that its writer put before what spreadsheets would run."""
    return [Row(row.line, tuple(cell[1:] if _PROTECTED.match(cell) else cell for cell in row.cells)) for row in rows]
