"""Pasted text to blocks: headings, bullets, Markdown tables, tab-separated tables with one or many items in a cell."""

import re

from ..tables.delimited import lines_of, parse
from ..tables.model import Row
from .blocks import (
    ENTITIES,
    Block,
    Grid,
    Heading,
    Paragraph,
    Point,
    parted,
    point_in,
    unescape_entities,
    without_bullet,
)
from .labels import is_board_header, is_legend

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,}\s*)")
_DELIMITERS = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"(?<!\\)\[([^\[\]\\]+)\]\([^()\s]*\)")
_BOLD = re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])([^*]*[^\s*\\])\*\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]*[^\s*\\])\*(?![\w*])")
_UNDERSCORES = re.compile(r"(_{1,2})([^_]+)\1")
_ESCAPED = re.compile(rf"\\([!-/:-@\[-`{{-~])|&({'|'.join(ENTITIES)});")
_HTML = re.compile(r"<(?:p|br|li)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Words without Markdown's marks around them; asterisks that count occurrences are left alone."""
    text = _LINK.sub(r"\1", text.strip())
    text = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    if whole := _UNDERSCORES.fullmatch(text):
        text = whole[2]
    return _ESCAPED.sub(lambda found: found[1] or ENTITIES[found[2]], text.removesuffix("\\"))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text in their order, each with its line. Rules and blank lines are decoration."""
    lines = lines_of(text)
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        if not line.strip():
            i += 1
        elif _opens_pipes(lines, i):
            i = _read_pipes(lines, i, blocks)
        elif _opens_tabs(line):
            i = _read_tabs(lines, i, blocks)
        else:
            _read_line(lines, i, blocks)
            i += 1
    return blocks


def _read_line(lines: list[str], i: int, blocks: list[Block]) -> None:
    line = lines[i]
    before = blocks[-1] if blocks else None
    if _UNDERLINE.fullmatch(line) and isinstance(before, Paragraph) and before.line == i and len(before.text) < 150:
        blocks[-1] = Heading(before.text, 1 if "=" in line else 2, before.line)
    elif _RULE.fullmatch(line) or is_legend(line):
        return
    elif heading := _HEADING.fullmatch(line):
        blocks.append(Heading(plain(heading[2].strip().rstrip("#")), len(heading[1]), i + 1))
    elif (point := point_in(line)) is not None:
        blocks.append(Point(plain(point), i + 1))
    else:
        blocks.append(Paragraph(plain(line), i + 1))


def _opens_pipes(lines: list[str], i: int) -> bool:
    """A Markdown table: a line of cells over a line of dashes, or two lines closed by pipes at both ends."""
    if "|" not in lines[i] or i + 1 >= len(lines):
        return False
    below = lines[i + 1].strip()
    if "-" in below and "|" in below and set(below) <= set("|-: \t") and _DELIMITERS.fullmatch(below):
        return True
    both = (lines[i].strip(), below)
    return all(len(line) > 2 and line[0] == "|" == line[-1] for line in both)


def _read_pipes(lines: list[str], i: int, blocks: list[Block]) -> int:
    rows: list[Row] = []
    while i < len(lines) and "|" in lines[i]:
        bare = lines[i].strip()
        if not (set(bare) <= set("|-: \t") and "-" in bare):
            cells = _PIPE.split(bare.removeprefix("|"))
            if cells and bare.endswith("|") and not bare.endswith("\\|"):
                cells.pop()
            rows.append(Row(i + 1, tuple(_markdown_cell(cell) for cell in cells)))
        i += 1
    if any(any(row.cells) for row in rows):
        blocks.append(Grid(tuple(rows)))
    return i


def _markdown_cell(cell: str) -> str:
    """A cell without its bullets. Other signs than Markdown's own are bullets where several lines all begin so: one
    dash alone may be a word, and our export writes it as it is."""
    parts = [part.strip() for part in re.split(r"<br\s{0,9}/?>|</?p>", cell, flags=re.IGNORECASE) if part.strip()]
    listed = len(parts) > 1 and all(point_in(part) is not None for part in parts)
    return parted(plain(without_bullet(part) if listed or part[0] in "-*+" else part) for part in parts)


def _opens_tabs(line: str) -> bool:
    """A tab between two words; « •<tab>Former » is a bullet."""
    return "\t" in (point_in(line) or line).strip() and not _closes_tabs(line)


def _read_tabs(lines: list[str], i: int, blocks: list[Block]) -> int:
    """Lines up to the next blank one, heading or legend: spreadsheets drop the last tabs of a short row."""
    end = i
    open_quote = False
    while end < len(lines) and (open_quote or not _closes_tabs(lines[end])):
        if any(cell.startswith('"') for cell in lines[end].split("\t")) or open_quote:
            open_quote = (lines[end].count('"') % 2 == 1) != open_quote
        end += 1
        if end - i > 200 and open_quote:
            break
    if open_quote:  # a quote that nothing closes is a character: rows end where lines end
        end = i
        while end < len(lines) and not _closes_tabs(lines[end]):
            end += 1
    rows = tuple(
        Row(row.line + i, tuple(_html_cell(cell) for cell in row.cells))
        for row in parse("\n".join(lines[i:end]), "\t", literal_quotes=True)
    )
    before = blocks[-1] if blocks else None
    if isinstance(before, Grid) and rows and not is_board_header(rows[0].cells):
        blocks[-1] = Grid(before.rows + rows)  # rows with a blank line between them
    elif rows:
        blocks.append(Grid(rows))
    return end


def _closes_tabs(line: str) -> bool:
    return not line.strip() or _HEADING.fullmatch(line) is not None or is_legend(line)


def _html_cell(cell: str) -> str:
    return unescape_entities(cell) if _HTML.search(cell) else cell
