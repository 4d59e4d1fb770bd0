"""Rows of a data file or a sheet to blocks: titles above, one table or several, what stands under them."""

from collections.abc import Sequence

from ..tables.model import Row, Span
from .blocks import Block, Grid, Paragraph
from .labels import is_board_header, is_header_of_one_column, is_legend, is_records_header, roles_of

_HEADER_AMONG = 20


def blocks_of_rows(rows: Sequence[Row], *, sheet: str = "", spans: tuple[Span, ...] = ()) -> list[Block]:
    """The blocks of one sheet. A header that names columns of a synthesis opens a table; the first header of notes
    takes all the rows that follow."""
    rows = [row for row in rows if any(row.cells) and not _is_legend(row)]
    if not rows:
        return []
    if all(_filled(row) == 1 for row in rows) and not any(map(is_header_of_one_column, rows[0].cells)):
        return _text_rows(rows)
    first = _first_header(rows)
    if not is_board_header(rows[first].cells):
        grid = Grid(tuple(rows[first:]), data=True, sheet=sheet, spans=spans)
        return [*_text_rows(rows[:first]), grid]
    headers = [at for at, row in enumerate(rows) if is_board_header(row.cells)]
    blocks: list[Block] = []
    done = 0
    for number, at in enumerate(headers):
        stop = headers[number + 1] if number + 1 < len(headers) else len(rows)
        end = _end_of_table(rows, at, stop)
        blocks += _text_rows(rows[done:at])
        blocks.append(Grid(tuple(rows[at:end]), data=True, sheet=sheet, spans=spans))
        done = end
    return blocks + _text_rows(rows[done:])


def _is_legend(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return len(filled) == 1 and is_legend(filled[0])


def _first_header(rows: Sequence[Row]) -> int:
    single = all(_filled(row) == 1 for row in rows)
    for at, row in enumerate(rows[:_HEADER_AMONG]):
        if _filled(row) == 1 and not single:
            continue  # « Notes du comptoir » above a table is its title
        if is_board_header(row.cells) or is_records_header(row.cells) or "text" in roles_of(row.cells):
            return at
    return next((at for at, row in enumerate(rows[:_HEADER_AMONG]) if _filled(row) > 1), 0)


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell)


def _end_of_table(rows: Sequence[Row], header: int, stop: int) -> int:
    """A table goes on to the last row that holds several cells or touches the row above it; single cells after a
    blank row are titles or notes."""
    end = header + 1
    for at in range(header + 1, stop):
        touches = end == at and rows[at].line - rows[at - 1].line == 1
        if touches or _filled(rows[at]) > 1 or not rows[at].cells[0]:
            end = at + 1
    return end


def _text_rows(rows: Sequence[Row]) -> list[Block]:
    return [Paragraph(cell, row.line) for row in rows for cell in row.cells if cell]
