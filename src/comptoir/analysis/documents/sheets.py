"""The document for machines: its records in CSV and XLSX, and in XLSX one sheet per table, one item per row."""

import csv
import io
import re
import textwrap
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from comptoir.analysis.documents.layout import ink_on
from comptoir.analysis.documents.model import Document, Records, Table
from comptoir.analysis.documents.protection import protect
from comptoir.analysis.errors import InputError

RECORDS_SHEET = "Lignes"
_NAME_LIMIT, _TEXT_LIMIT, _ROW_LIMIT = 31, 32_767, 1_048_576  # what a sheet's name, a cell and a sheet can hold
_LINE_POINTS, _TALLEST = 15, 27  # the height of a line; how many a row can show
_FOOTER_LINE = 100  # signs of the smallest size that leave room for the page number at the right of a landscape page
_EPOCH = datetime(2000, 1, 1)  # the same document gives the same bytes: the day it was made is not in the file
_Row = Sequence[str | int]


def records(document: Document) -> Records:
    """The document's records; where it has none, one row per paragraph of its tables."""
    if document.records is not None:
        return document.records
    rows = [
        (block.caption, label, paragraph)
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for label, cell in zip(block.header, row, strict=True)
        for paragraph in cell.paragraphs
    ]
    return Records(("tableau", "colonne", "texte"), tuple(rows))


def csv_bytes(document: Document) -> bytes:
    """UTF-8 with a byte-order mark, lines ended by CR LF (RFC 4180), texts protected from formulas."""
    content = records(document)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=content.separator)
    for row in (content.columns, *content.rows):
        writer.writerow([protect(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx(document: Document) -> bytes:
    """A workbook; raises InputError where a text or a table is more than a sheet can hold."""
    # Here and not above: it takes a tenth of a second that the other formats need not wait for.
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        look = document.look
        book.set_properties(
            {"title": document.title, "subject": document.subtitle, "company": look.name, "created": _EPOCH}
        )
        head = book.add_format(
            {"bold": True, "bg_color": look.colour, "font_color": ink_on(look.colour)}
            | {"border": 1, "text_wrap": True, "valign": "top"}
        )
        body = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#c4c8ce"})
        names = {RECORDS_SHEET.casefold()}
        for name, header, rows in _sheets(document):
            sheet = book.add_worksheet(sheet_name(name, names) if name else RECORDS_SHEET)
            if len(rows) >= _ROW_LIMIT:
                raise InputError(f"Le tableau a {len(rows)} lignes, une feuille en tient {_ROW_LIMIT} : prenez le CSV.")
            widths = _widths(header, rows)
            for number, row in enumerate((header, *rows)):
                if (lines := _lines(row, widths)) > 1:  # told, since LibreOffice grows no row of such a file
                    sheet.set_row(number, _LINE_POINTS * lines)
                for column, cell in enumerate(row):
                    style = body if number else head
                    if isinstance(cell, int):
                        sheet.write_number(number, column, cell, style)
                    elif cell:
                        sheet.write_string(number, column, _fitting(cell), style)
                    else:
                        sheet.write_blank(number, column, None, style)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.set_footer(_footer(look.footer))
    return out.getvalue()


def _sheets(document: Document) -> list[tuple[str, _Row, Sequence[_Row]]]:
    """Name (empty for the records), header and rows of each sheet."""
    found: list[tuple[str, _Row, Sequence[_Row]]] = [
        (block.caption or "Tableau", block.header, _one_item_per_row(block))
        for block in document.blocks
        if isinstance(block, Table)
    ]
    content = records(document)
    return [*found, ("", content.columns, content.rows)]


def _one_item_per_row(table: Table) -> list[tuple[str, ...]]:
    return [tuple(line) for row in table.rows for line in zip_longest(*(cell.paragraphs for cell in row), fillvalue="")]


def sheet_name(caption: str, taken: set[str]) -> str:
    """A name that a spreadsheet accepts, unlike those `taken` (folded case), to which it is added.

    >>> sheet_name("Atelier : Habitant·e·s", {"atelier - habitant·e·s"})
    'Atelier - Habitant·e·s (2)'
    """
    plain = re.sub(r"\s+", " ", re.sub(r"\s*[\[\]:*?/\\]+\s*", " - ", caption)).strip(" '-") or "Tableau"
    name, number = plain[:_NAME_LIMIT].strip(" '"), 1
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps « History » for itself
        number += 1
        suffix = f" ({number})"
        name = plain[: _NAME_LIMIT - len(suffix)].rstrip(" '") + suffix
    taken.add(name.casefold())
    return name


def _fitting(text: str) -> str:
    if len(text) * 2 > _TEXT_LIMIT and len(text.encode("utf-16-le")) // 2 > _TEXT_LIMIT:
        raise InputError(
            f"Le texte « {text[:40]}… » compte {len(text)} signes, une cellule de tableur en tient {_TEXT_LIMIT} : "
            "coupez-le, ou prenez un autre format."
        )
    return text


def _widths(header: _Row, rows: Sequence[_Row]) -> list[float]:
    """In characters: as wide as the longest text, from 10 to 45."""
    longest = [max(len(str(row[i])) for row in (header, *rows)) for i in range(len(header))]
    return [min(max(length + 2, 10), 45) for length in longest]


def _lines(row: _Row, widths: Sequence[float]) -> int:
    """How many lines the row needs, its texts being folded at the width of their column."""
    needed = (
        # Widths are told in figures; letters are narrower.
        sum(_folded(line, int(width) + 3) if len(line) > width else 1 for line in str(cell).split("\n"))
        for cell, width in zip(row, widths, strict=True)
    )
    return min(max(needed, default=1), _TALLEST)


def _folded(line: str, width: int) -> int:
    """How many lines of `width` signs hold this text, which is cut between words where it can be."""
    lines, used = 1, 0
    for word in map(len, line.split(" ")):
        if used and used + word > width:
            lines, used = lines + 1, 0
        lines += max(0, word - 1) // width
        used += word % width + 1
    return lines


def _footer(text: str) -> str:
    """In the codes of spreadsheets, at most 255 signs: the text folded at the left, the page number at the right."""
    lines = textwrap.wrap(text.replace("&", "&&"), _FOOTER_LINE, max_lines=2, placeholder="…")
    # The font is named after the size because a text may begin with a figure.
    return '&L&8&"-,Regular"' + "\n".join(lines) + '&R&8&"-,Regular"&P / &N'
