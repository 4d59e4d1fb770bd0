"""From a synthesis to the document that people read, hand over and read again."""

from comptoir.analysis.documents.model import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Look,
    Paragraph,
    Records,
    Table,
)
from comptoir.analysis.synthesis.model import Board, Outline, Synthesis
from comptoir.analysis.synthesis.notation import write_item

COLUMNS = ("subject", "column", "text", "occurrences")
COLUMNS_FOR_PEOPLE = ("sujet", "colonne", "texte", "occurrences")
UNTITLED = "Synthèse des échanges"
_LEGEND = "Un astérisque pour chaque fois où l'idée a été dite ; sans astérisque : une fois"


def synthesis_document(
    synthesis: Synthesis, *, look: Look | None = None, subtitle: str = "", for_people: bool = False
) -> Document:
    """Title, introduction, one table per board (one row: columns are independent lists), outlines as lists.

    `records` has one row per line: occurrences are 0 for what is not counted (WHO columns, points of outlines).
    `for_people`: its columns have French names, and a CSV has the semicolons that a French spreadsheet opens by itself.
    """
    columns, separator = (COLUMNS_FOR_PEOPLE, ";") if for_people else (COLUMNS, ",")
    blocks: list[Block] = [Paragraph(text) for text in synthesis.introduction]
    for number, board in enumerate(synthesis.boards, 1):
        blocks += _board(board, number)
    for outline in synthesis.outlines:
        blocks += _outline(outline)
    return Document(
        title=synthesis.title or UNTITLED,
        subtitle=subtitle,
        blocks=tuple(blocks),
        look=look or Look(),
        records=Records(columns, (*_lines(synthesis), *_points(synthesis)), separator),
    )


def _board(board: Board, number: int) -> list[Block]:
    cells = tuple(Cell(tuple(write_item(i.text, i.occurrences) for i in column.items)) for column in board.columns)
    table = Table(board.title or f"Tableau {number}", tuple(column.label for column in board.columns), (cells,))
    heading: list[Block] = [Heading(1, board.title)] if board.title else []
    return [*heading, table, Paragraph(_legend(board), small=True)]


def _legend(board: Board) -> str:
    ideas = f"{board.items} idée{'s' if board.items > 1 else ''}"
    times = "dite" if board.items == 1 else "dites"
    beyond = any(i.occurrences > 10 for c in board.columns for i in c.items)
    count = f"{ideas}, {times} {board.occurrences} fois en tout. " if board.items else ""
    return f"{count}{_LEGEND}{' ; au-delà de dix, le nombre est écrit' if beyond else ''}."


def _outline(outline: Outline) -> list[Block]:
    blocks: list[Block] = [Heading(1, outline.title)] if outline.title else []
    level = len(blocks) + 1
    for section in outline.sections:
        blocks += [Heading(level, section.title), BulletList(section.points)]
    return blocks


def _lines(synthesis: Synthesis) -> list[tuple[str | int, ...]]:
    return [
        (board.title, column.label, item.text, item.occurrences if column.kind.counted else 0)
        for board, column, item in synthesis.lines()
    ]


def _points(synthesis: Synthesis) -> list[tuple[str | int, ...]]:
    return [
        (outline.title, section.title, point, 0)
        for outline in synthesis.outlines
        for section in outline.sections
        for point in section.points
    ]
