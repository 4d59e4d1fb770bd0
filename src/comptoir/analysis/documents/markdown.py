"""Markdown (CommonMark with tables) that gives the same words back when it is read again."""

import re

from comptoir.analysis.documents.layout import caption_repeats
from comptoir.analysis.documents.model import Block, BulletList, Cell, Document, Heading, Paragraph, Table

_SPECIAL = re.compile(r"[\\`*_~\[\]<>&|$]")
_OPENING = re.compile(r"^(\s*)(?:([#+=-])|(\d+)([.)]))", re.MULTILINE)


def _opening(match: re.Match[str]) -> str:
    space, sign, number, stop = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{stop}"


def escaped(text: str) -> str:
    """Text in which nothing is taken for Markdown: every sign that could be is behind a backslash.

    A line end becomes `&#10;`, which Markdown reads as that very sign, so that a text holds on one line.
    """
    return _OPENING.sub(_opening, _SPECIAL.sub(r"\\\g<0>", text)).replace("\n", "&#10;")


def markdown(document: Document) -> bytes:
    """UTF-8 bytes. The title is the only level 1 heading; the paragraphs of a cell are parted by `<br>`."""
    parts = [f"# {escaped(document.title)}"]
    parts += [f"**{escaped(document.subtitle)}**"] if document.subtitle else []
    before: Block | None = None
    for block in document.blocks:
        parts.append(_block(block, before))
        before = block
    name, footer = document.look.name, document.look.footer
    signature = [line for line in ("" if footer.startswith(name) else name, footer) if line]
    parts += ["---", " · ".join(map(escaped, signature))] if signature else []
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _block(block: Block, before: Block | None) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph():
            return escaped(block.text).replace("&#10;", "\\\n")
        case BulletList():
            return "\n".join(f"- {escaped(item)}" for item in block.items)
        case Table():
            return _table(block, caption_repeats(before, block))


def _table(table: Table, repeated: bool) -> str:
    lines = [_row([escaped(label) for label in table.header]), _row(["---"] * len(table.header))]
    lines += [_row([_cell(cell) for cell in row]) for row in table.rows]
    caption = f"**{escaped(table.caption)}**\n\n" if table.caption and not repeated else ""
    return caption + "\n".join(lines)


def _cell(cell: Cell) -> str:
    return "<br>".join(escaped(paragraph) for paragraph in cell.paragraphs)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
