"""ODT to blocks."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..errors import InputError
from ..tables.containers import open_archive, read_xml
from ..tables.model import Row
from ..tables.opendocument import OFFICE, STYLE, TABLE, TEXT, paragraph_text, read_table
from .blocks import Block, Grid, Heading, Paragraph, Point, cell_lines, is_ours
from .labels import is_legend
from .model import Level, Remark

_LEFT_OUT = {
    f"{TEXT}tracked-changes": "Le document a des modifications suivies : ce qui est supprimé n'est pas lu.",
    f"{TEXT}note": "Le document a des notes de bas de page : elles ne sont pas lues.",
}
_SKIPPED = {f"{TEXT}tracked-changes", f"{TEXT}table-of-content", f"{TEXT}sequence-decls"}


def blocks_of_odt(data: bytes, *, source: str) -> tuple[list[Block], list[Remark]]:
    """Headings, points, paragraphs and tables in their order. Lines are rows of a table, counted in that table."""
    with open_archive(data, source) as archive:
        content = read_xml(archive, "content.xml", source)
        named = read_xml(archive, "styles.xml", source) if "styles.xml" in archive.namelist() else None
    parents = {
        style.get(f"{STYLE}name", ""): style.get(f"{STYLE}parent-style-name", "")
        for root in (named, content)
        if root is not None
        for style in root.iter(f"{STYLE}style")
    }
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    try:
        blocks = list(_blocks(body, parents, source, exact=is_ours(parents))) if body is not None else []
    except RecursionError:
        raise InputError("ce document est trop imbriqué. Simplifiez-le.", source=source) from None
    kept = [block for block in blocks if isinstance(block, Grid) or (block.text and not is_legend(block.text))]
    tags = {element.tag for element in body.iter()} if body is not None else set()
    return kept, [Remark(_LEFT_OUT[tag], Level.INFO) for tag in sorted(tags & _LEFT_OUT.keys())]


def _blocks(
    element: Element, parents: dict[str, str], source: str, *, exact: bool, listed: bool = False
) -> Iterator[Block]:
    for child in element:
        if child.tag == f"{TEXT}h":
            level = child.get(f"{TEXT}outline-level", "1")
            yield Heading(paragraph_text(child).strip(), int(level) if level.isdigit() else 1)
        elif child.tag == f"{TEXT}p":
            text = paragraph_text(child).strip()
            if _is_title(child.get(f"{TEXT}style-name", ""), parents):
                yield Heading(text, 0)
            else:
                yield Point(text) if listed else Paragraph(text)
        elif child.tag == f"{TABLE}table":
            sheet = read_table(child, source=source)
            rows = tuple(
                Row(row.line, tuple(cell_lines(cell.split("\n"), exact=exact) for cell in row.cells))
                for row in sheet.rows
            )
            if rows:
                yield Grid(rows, spans=sheet.spans)
        elif child.tag not in _SKIPPED:
            inside = listed or child.tag == f"{TEXT}list-item"
            yield from _blocks(child, parents, source, exact=exact, listed=inside)


def _is_title(style: str, parents: dict[str, str]) -> bool:
    for _ in range(5):
        if style == "Title":
            return True
        style = parents.get(style, "")
    return False
