"""A document made safe for every writer: no sign that XML forbids, no heading level skipped, a usable colour."""

import io
import re
from dataclasses import replace

from PIL import Image

from comptoir.analysis.documents.model import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
    Logo,
    Look,
    Paragraph,
    Records,
    Table,
)
from comptoir.analysis.errors import InputError

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

UNTITLED = "Document sans titre"


def legal(text: str) -> str:
    """The same text without the control characters and lone surrogates that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", text)


def _line(text: str) -> str:
    """Text with one kind of line end."""
    return legal(text).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    return " ".join(_line(text).split("\n")).strip()


def cleaned(document: Document) -> Document:
    """What every writer receives. Words are kept; only what no format can carry is dropped or set right.

    A heading without words and a table without columns are dropped. Raises InputError for a colour or a logo that is
    not one, ValueError for a row that does not have one cell per column (a fault of the builder).
    """
    blocks: list[Block] = []
    level = 0
    for block in document.blocks:
        match block:
            case Heading():
                if text := one_line(block.text):
                    level = min(max(block.level, 1), level + 1, 5)
                    blocks.append(Heading(level, text))
            case Paragraph():
                blocks.append(replace(block, text=_line(block.text)))
            case BulletList():
                if block.items:
                    blocks.append(BulletList(tuple(_line(item) for item in block.items)))
            case Table():
                if block.header:
                    blocks.append(clean_table(block))
    return Document(
        title=one_line(document.title) or UNTITLED,
        blocks=tuple(blocks),
        subtitle=one_line(document.subtitle),
        language=document.language,
        look=clean_look(document.look),
        records=None if document.records is None else _records(document.records),
    )


def clean_table(table: Table) -> Table:
    for row in table.rows:
        if len(row) != len(table.header):
            raise ValueError(f"table {table.caption!r}: {len(row)} cells under {len(table.header)} columns")
    rows = tuple(tuple(Cell(tuple(_line(p) for p in cell.paragraphs)) for cell in row) for row in table.rows)
    return Table(one_line(table.caption), tuple(one_line(label) for label in table.header), rows)


def clean_look(look: Look) -> Look:
    if not _COLOUR.fullmatch(look.colour):
        raise InputError(f"La couleur « {look.colour} » n'est pas de la forme #1f4e79 : corrigez-la dans le modèle.")
    for logo in look.logos:
        try:
            with Image.open(io.BytesIO(logo.png), formats=["PNG"]) as image:
                image.verify()
        except (OSError, SyntaxError, ValueError) as error:  # SyntaxError is how Pillow names a damaged PNG
            reason = f"Le logo « {logo.alt} » n'est pas une image PNG lisible : remplacez-le dans le modèle."
            raise InputError(reason) from error
    return Look(
        name=one_line(look.name),
        colour=look.colour.lower(),
        logos=tuple(Logo(logo.png, one_line(logo.alt)) for logo in look.logos),
        footer=one_line(look.footer),
    )


def _records(records: Records) -> Records:
    rows = tuple(tuple(legal(cell) if isinstance(cell, str) else cell for cell in row) for row in records.rows)
    return replace(records, columns=tuple(legal(column) for column in records.columns), rows=rows)
