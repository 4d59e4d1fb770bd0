"""DOCX to blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ..errors import InputError
from ..tables.containers import open_archive, read_xml
from ..tables.model import Row, Span
from .blocks import Block, Grid, Heading, Paragraph, Point, cell_lines, is_ours
from .labels import is_legend
from .model import Level, Remark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_APART = {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_MC}Fallback", f"{_W}pPr"}
_LEFT_OUT = {
    f"{_W}del": "Le document a des modifications suivies : ce qui est supprimé n'est pas lu.",
    f"{_W}footnoteReference": "Le document a des notes de bas de page : elles ne sont pas lues.",
    f"{_W}txbxContent": "Le document a des zones de texte : elles ne sont pas lues.",
}
_LETTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "‑"}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: a heading of which level (0 for the title), a list, the style it builds on."""

    level: int | None
    listed: bool
    parent: str


def blocks_of_docx(data: bytes, *, source: str) -> tuple[list[Block], list[Remark]]:
    """Headings, points, paragraphs and tables in their order. Lines are rows of a table, counted in that table.

    Text that is struck out by tracked changes is left out, text that they add is read.
    """
    with open_archive(data, source) as archive:
        document = read_xml(archive, "word/document.xml", source)
        has_styles = "word/styles.xml" in archive.namelist()
        styles = _styles(read_xml(archive, "word/styles.xml", source)) if has_styles else {}
    if document.tag.startswith(f"{{{_STRICT}}}"):
        message = "ce document est au format « Open XML strict ». Enregistrez-le en DOCX ordinaire."
        raise InputError(message, source=source)
    body = document.find(f"{_W}body")
    try:
        blocks = list(_blocks(body, styles, exact=is_ours(styles))) if body is not None else []
    except RecursionError:
        raise InputError("ce document est trop imbriqué. Simplifiez-le.", source=source) from None
    kept = [block for block in blocks if isinstance(block, Grid) or (block.text and not is_legend(block.text))]
    tags = {element.tag for element in document.iter()}
    return kept, [Remark(_LEFT_OUT[tag], Level.INFO) for tag in sorted(tags & _LEFT_OUT.keys())]


def _styles(root: Element) -> dict[str, _Style]:
    styles = {}
    for style in root.iter(f"{_W}style"):
        name = _value(style.find(f"{_W}name")).lower()
        level = _outline_level(style.find(f"{_W}pPr"))
        if name in ("title", "titre"):
            level = 0
        elif name.startswith(("heading ", "titre ")) and name.split()[-1].isdigit():
            level = int(name.split()[-1])
        listed = name.startswith(("list bullet", "list number")) or _is_listed(style.find(f"{_W}pPr"))
        styles[style.get(f"{_W}styleId", "")] = _Style(level, listed, _value(style.find(f"{_W}basedOn")))
    return styles


def _value(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _outline_level(properties: Element | None) -> int | None:
    value = _value(properties.find(f"{_W}outlineLvl")) if properties is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _is_listed(properties: Element | None) -> bool:
    number = properties.find(f"{_W}numPr/{_W}numId") if properties is not None else None
    return number is not None and _value(number) != "0"


def _blocks(element: Element, styles: dict[str, _Style], *, exact: bool) -> Iterator[Block]:
    for child in element:
        if child.tag == f"{_W}p":
            yield _paragraph(child, styles)
        elif child.tag == f"{_W}tbl":
            grid = _grid(child, exact=exact)
            if grid.rows:
                yield grid
        elif child.tag not in _APART:
            yield from _blocks(child, styles, exact=exact)


def _paragraph(element: Element, styles: dict[str, _Style]) -> Block:
    properties = element.find(f"{_W}pPr")
    text = _text(element).strip()
    name = _value(properties.find(f"{_W}pStyle")) if properties is not None else ""
    level, listed = _outline_level(properties), _is_listed(properties)
    for _ in range(10):
        style = styles.get(name)
        if style is None or level is not None:
            break
        level, listed, name = style.level, listed or style.listed, style.parent
    if level is not None:
        return Heading(text, level)
    return Point(text) if listed else Paragraph(text)


def _text(element: Element) -> str:
    parts = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _LETTERS:
            parts.append(_LETTERS[child.tag])
        elif child.tag not in _APART:
            parts.append(_text(child))
    return "".join(parts)


def _grid(table: Element, *, exact: bool) -> Grid:
    rows: list[Row] = []
    spans: list[Span] = []
    for line, row in enumerate(_inside(table, "tr"), 1):
        cells: list[str] = []
        for cell in _inside(row, "tc"):
            properties = cell.find(f"{_W}tcPr")
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            width = _value(properties.find(f"{_W}gridSpan")) if properties is not None else ""
            across = min(int(width), 100) if width.isdigit() and int(width) else 1
            continued = merge is not None and _value(merge) != "restart"
            lines = (line for paragraph in cell.iter(f"{_W}p") for line in _text(paragraph).split("\n"))
            text = "" if continued else cell_lines(lines, exact=exact)
            if across > 1 and text:
                spans.append(Span(line, line, len(cells) + 1, len(cells) + across))
            cells += [text] + [""] * (across - 1)
        if any(cells):
            rows.append(Row(line, tuple(cells)))
    return Grid(tuple(rows), spans=tuple(spans))


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those inside content controls included."""
    for child in element:
        if child.tag == _W + tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _inside(child, tag)
