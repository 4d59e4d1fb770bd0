"""A grid to a board: independent columns, each a list of items. Rows are not pairs."""

from collections.abc import Iterable
from dataclasses import replace

from ..text import fold
from .blocks import Grid, has_words, paragraphs
from .labels import is_legend, kind_of, subject_of
from .model import Board, Column, Item, Level, Remark
from .notation import MOST_OCCURRENCES, parse_item


def board_of(grid: Grid, title: str) -> tuple[Board, list[Remark]]:
    header, *rows = grid.rows
    remarks: list[Remark] = []
    width = max(len(row.cells) for row in grid.rows)
    columns = []
    for position in range(width):
        label = _label(header.cells[position]) if position < len(header.cells) else ""
        items: list[Item] = []
        for row in rows:
            if position < len(row.cells) and row.cells[position]:
                _read_cell(row.cells[position], row.line, label, items, remarks)
        if not label and not items:
            continue
        if not label:
            label = f"Colonne {position + 1}"
            message = f"Une colonne n'a pas de titre : elle est appelée « {label} »."
            remarks.append(Remark(message, line=header.line, column=label))
        remark_twins(items, label, remarks)
        columns.append(Column(label, kind_of(label), tuple(items)))
    _remark_merged(grid, remarks)
    return Board(title, subject_of(title), tuple(columns)), remarks


def untitled(line: int | None) -> Remark:
    return Remark("Ce tableau n'a pas de titre : dites de qui il parle.", Level.INFO, line)


def _label(cell: str) -> str:
    return " ".join(paragraphs(cell))


def _read_cell(cell: str, line: int, label: str, items: list[Item], remarks: list[Remark]) -> None:
    for paragraph in paragraphs(cell):
        if is_legend(paragraph):
            continue
        words, occurrences = parse_item(paragraph)
        if has_words(words):
            items.append(Item(words.strip(), occurrences, line))
        else:
            remarks.append(
                Remark(f"« {paragraph[:60]} » : une ligne sans mots, elle est laissée.", line=line, column=label)
            )


def joined(board: Board, columns: Iterable[Column], remarks: list[Remark]) -> Board:
    """The board with these columns: those of a name that it has add their items to it, the others stand after."""
    kept = {fold(column.label): column for column in board.columns}
    for column in columns:
        name = fold(column.label)
        if before := kept.get(name):
            remark_twins(column.items, column.label, remarks, before=before.items)
            column = replace(before, items=before.items + column.items)
        kept[name] = column
    return replace(board, columns=tuple(kept.values()))


def remark_twins(items: Iterable[Item], label: str, remarks: list[Remark], *, before: Iterable[Item] = ()) -> None:
    """A remark for each item that is written again. `before`: those of the same column, told of already."""
    seen = {fold(item.text) for item in before}
    for item in items:
        folded = fold(item.text)
        if folded in seen:
            message = f"« {item.text} » est écrit deux fois dans cette colonne : les deux lignes sont gardées."
            remarks.append(Remark(message, line=item.line, column=label))
        seen.add(folded)


def _remark_merged(grid: Grid, remarks: list[Remark]) -> None:
    header = grid.rows[0].line
    lines = {row.line for row in grid.rows}
    for span in grid.spans:
        if span.first_line in lines and span.first_line > header and span.last_column > span.first_column:
            message = "Des cellules sont fusionnées : leur texte est rangé dans la première des colonnes."
            remarks.append(Remark(message, line=span.first_line))


def read_count(cell: str, line: int | None, column: str, *, most: int = MOST_OCCURRENCES) -> tuple[int, Remark | None]:
    """A whole number from 1 to `most`; anything else is 1 with a remark that says so. Empty is 1 without a remark."""
    bare = cell.strip().lstrip("×xX").lstrip()
    if not bare and not cell.strip():
        return 1, None
    if set(bare) == {"*"}:
        bare = str(len(bare))
    whole, _, fraction = bare.replace(",", ".").partition(".")
    if whole.isascii() and whole.isdigit() and whole.strip("0") and not fraction.strip("0"):
        digits = whole.lstrip("0")
        if len(digits) > len(str(most)) or int(digits) > most:
            return 1, Remark(too_many(cell, most), line=line, column=column)
        return int(digits), None
    return 1, Remark(
        f"« {cell[:40]} » n'est pas un nombre entier à partir de 1 : la ligne compte pour 1.", line=line, column=column
    )


def too_many(written: str, most: int) -> str:
    """What is said of a count above the most that one line may have."""
    return f"« {written[:40]} » dépasse {f'{most:,}'.replace(',', ' ')} : la ligne est comptée une fois."
