"""OpenDocument: the sheets of an ODS, and the pieces (paragraphs, tables) that ODT texts are made of too."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..errors import InputError
from .containers import open_archive, read_xml
from .isolated import text_of
from .model import MAX_CELLS, MAX_ROWS, Notice, Row, Sheet, Span

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_SPACES = re.compile(r"[ \t\r\n]+")
_APART = {f"{TEXT}note", f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{_SVG}title", f"{_SVG}desc"}
_ROW_GROUPS = {f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"}
_CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


def paragraph_text(element: Element) -> str:
    """The words of a paragraph; footnotes, comments and deleted text are left out."""
    parts = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(_number(child, f"{TEXT}c"), 100))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _APART:
            parts.append(paragraph_text(child))
        parts.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(parts)


def paragraphs_of(element: Element) -> Iterator[str]:
    """The paragraphs inside a cell, those of lists and of inner tables included."""
    for child in element:
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield paragraph_text(child)
        elif child.tag not in _APART:
            yield from paragraphs_of(child)


def _number(element: Element, attribute: str) -> int:
    value = element.get(attribute, "1")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def read_table(table: Element, *, source: str, name: str = "") -> Sheet:
    """The rows of a table, repetitions written out. Raises InputError above MAX_ROWS rows or MAX_CELLS cells."""
    rows: list[Row] = []
    spans: list[Span] = []
    notices: list[Notice] = []
    line = 1
    cells_read = 0
    for element in _rows(table):
        cells = _read_row(element, line, name, spans, notices, source)
        times = _number(element, f"{TABLE}number-rows-repeated")
        if cells:
            cells_read += len(cells) * times
            if len(rows) + times > MAX_ROWS or cells_read > MAX_CELLS:
                raise InputError(f"plus de {MAX_ROWS} lignes, ou trop de cellules. Découpez le fichier.", source=source)
            rows += [Row(line + k, cells) for k in range(times)]
        line += times
    return Sheet(name, tuple(rows), tuple(spans), tuple(notices))


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _read_row(
    row: Element, line: int, name: str, spans: list[Span], notices: list[Notice], source: str
) -> tuple[str, ...]:
    cells: list[str] = []
    blank = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = _number(cell, f"{TABLE}number-columns-repeated")
        column = len(cells) + blank + 1
        text = "" if cell.tag.endswith("covered-table-cell") else _read_cell(cell, line, column, name, notices)
        across, down = (_number(cell, f"{TABLE}number-{way}-spanned") for way in ("columns", "rows"))
        if text and across * down > 1:
            spans.append(Span(line, line + down - 1, column, column + across - 1))
        if not text:
            blank += times
            continue
        if blank + len(cells) + times > MAX_CELLS:
            raise InputError("trop de cellules dans une ligne. Découpez le fichier.", source=source, line=line)
        cells += [""] * blank + [text] * times
        blank = 0
    return tuple(cells)


def _read_cell(cell: Element, line: int, column: int, name: str, notices: list[Notice]) -> str:
    text = "\n".join(paragraphs_of(cell)).strip()
    kind = cell.get(f"{OFFICE}value-type", "")
    error = cell.get(f"{_CALC}value-type") == "error"
    if error or (cell.get(f"{TABLE}formula") and not text and not kind):
        what = "contient une erreur de calcul" if error else "contient une formule sans résultat enregistré"
        where = f"Feuille « {name} », cellule {letter(column)}{line} : " if name else ""
        notices.append(Notice(f"{where}elle {what}, elle est lue comme vide.", line, letter(column)))
        return ""
    if kind == "float":
        try:
            return text_of(float(cell.get(f"{OFFICE}value", "")))
        except (ValueError, OverflowError):
            return text
    return text


def letter(column: int) -> str:
    """
    >>> letter(1), letter(27)
    ('A', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_ods(data: bytes, *, source: str) -> tuple[Sheet, ...]:
    """The sheets in their order, hidden ones empty with a notice. Raises InputError when it cannot be read."""
    with open_archive(data, source) as archive:
        content = read_xml(archive, "content.xml", source)
    hidden = {
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        if any(child.get(f"{TABLE}display") == "false" for child in style)
    }
    sheets = []
    for table in content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"):
        name = table.get(f"{TABLE}name", "")
        if table.get(f"{TABLE}style-name") in hidden:
            notice = Notice(f"La feuille masquée « {name} » n'est pas lue.", warning=False)
            sheets.append(Sheet(name, (), notices=(notice,)))
        else:
            try:
                sheets.append(read_table(table, source=source, name=name))
            except RecursionError:
                raise InputError("ce fichier est trop imbriqué. Simplifiez-le.", source=source) from None
    return tuple(sheets)
