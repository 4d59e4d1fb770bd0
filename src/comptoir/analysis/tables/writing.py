"""Writes plain tables: CSV line by line, XLSX and ODS as a file. No text becomes a formula, whatever the program.

What is written reads back the same with `read_sheets`: days as 26/11/2026, decimals with a comma in CSV.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape

from ..documents.clean import legal
from ..documents.protection import protect
from ..documents.sheets import sheet_name
from ..errors import InputError

Value = str | int | float | Decimal | date | datetime | bool | None
MAX_SHEET_ROWS = 50_000  # a workbook is written whole before it leaves
SEPARATOR = ";"
_TEXT_LIMIT = 32_767
_WIDTHS = (8, 60)  # characters
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
    )
)


def in_words(value: Value) -> str:
    """A value as a French spreadsheet shows it: `Oui`, 2,5, 26/11/2026, 26/11/2026 14:05; nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return "Oui" if value else "Non"
        case float() | Decimal():
            return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value).replace(".", ",")
        case datetime():
            return value.strftime("%d/%m/%Y %H:%M")
        case date():
            return value.strftime("%d/%m/%Y")
    return str(value)


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The pieces of a CSV file as spreadsheets in France open it: byte-order mark, semicolons, lines ended by CR LF.

    A text that a spreadsheet would run is protected by an apostrophe (`unprotect` is the inverse); numbers are not.
    """
    yield b"\xef\xbb\xbf"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=SEPARATOR)
    writer.writerow([protect(label) for label in header])
    for number, row in enumerate(rows, 1):
        writer.writerow([protect(cell) if isinstance(cell, str) else in_words(cell) for cell in row])
        if number % 500 == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def xlsx_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet, its header frozen and filterable. InputError above MAX_SHEET_ROWS."""
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types; here because it is slow to load

    lines = _bounded(rows)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(sheet_name(title, set()))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"})
        for column, (label, width) in enumerate(zip(header, _widths(header, lines), strict=True)):
            sheet.write_string(0, column, label, head)
            sheet.set_column(column, column, width)
        for number, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                match cell:
                    case None | "":
                        continue
                    case bool() | str():
                        sheet.write_string(number, column, in_words(cell)[:_TEXT_LIMIT], body)
                    case datetime():
                        sheet.write_datetime(number, column, cell.replace(tzinfo=None), moment)
                    case date():
                        sheet.write_datetime(number, column, cell, day)
                    case _:
                        sheet.write_number(number, column, cell, body)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(lines)), len(header) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def ods_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same as an OpenDocument workbook. InputError above MAX_SHEET_ROWS."""
    lines = _bounded(rows)
    columns = "".join(f'<table:table-column table:style-name="w{n}"/>' for n in range(len(header)))
    widths = "".join(
        f'<style:style style:name="w{n}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * 0.22:.2f}cm"/></style:style>'
        for n, width in enumerate(_widths(header, lines))
    )
    first = "".join(_ods_cell(label, "head") for label in header)
    body = "".join(f"<table:table-row>{''.join(_ods_cell(c) for c in line)}</table:table-row>" for line in lines)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{_ODS_STYLES}{widths}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="{escape(sheet_name(title, set()))}">{columns}'
        f"<table:table-header-rows><table:table-row>{first}</table:table-row></table:table-header-rows>{body}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS)  # first and as it is: what the file is
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


_WRAPPED = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
_ODS_STYLES = (
    '<number:date-style style:name="nd"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '</number:date-style><number:date-style style:name="nm"><number:day number:style="long"/><number:text>/'
    '</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/></number:date-style>'
    f'<style:style style:name="text" style:family="table-cell">{_WRAPPED}</style:style>'
    f'<style:style style:name="head" style:family="table-cell">{_WRAPPED}'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    f'<style:style style:name="day" style:family="table-cell" style:data-style-name="nd">{_WRAPPED}</style:style>'
    f'<style:style style:name="moment" style:family="table-cell" style:data-style-name="nm">{_WRAPPED}</style:style>'
)


def _ods_cell(value: Value, style: str = "text") -> str:
    shown = escape(legal(in_words(value)))
    match value:
        case None | "":
            return "<table:table-cell/>"
        case bool() | str():
            lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in shown.split("\n"))
            return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'
        case datetime():
            kind = f'table:style-name="moment" office:value-type="date" office:date-value="{value:%Y-%m-%dT%H:%M:%S}"'
        case date():
            kind = f'table:style-name="day" office:value-type="date" office:date-value="{value.isoformat()}"'
        case _:
            kind = f'table:style-name="text" office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def _spaced(line: str) -> str:
    """Runs of spaces as OpenDocument keeps them."""
    line = line.replace("\t", "<text:tab/>")
    return re.sub(r"^ +| {2,}| +$", lambda found: f'<text:s text:c="{len(found[0])}"/>', line)


def _bounded(rows: Iterable[Sequence[Value]]) -> list[Sequence[Value]]:
    lines: list[Sequence[Value]] = []
    for row in rows:
        if len(lines) == MAX_SHEET_ROWS:
            raise InputError(
                f"Cette liste dépasse {MAX_SHEET_ROWS} lignes : prenez le CSV, ou choisissez-en une partie."
            )
        lines.append(row)
    return lines


def _widths(header: Sequence[str], lines: Sequence[Sequence[Value]]) -> list[int]:
    """In characters, from the header and the first lines."""
    longest = [len(label) for label in header]
    for line in lines[:500]:
        longest = [max(width, len(in_words(cell))) for width, cell in zip(longest, line, strict=True)]
    low, high = _WIDTHS
    return [min(max(width + 2, low), high) for width in longest]
