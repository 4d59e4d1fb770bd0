"""Reads what was said at a comptoir: syntheses with their asterisks, outlines, raw notes.

Definitions and guarantees: docs/concepts/synthesis.md.

>>> reading = read_text("- Un banc devant l'école **")
>>> reading.occurrences
2
"""

from .files import read_file, read_text
from .model import (
    Board,
    Column,
    ColumnKind,
    Item,
    Level,
    Note,
    Notes,
    Outline,
    Reading,
    Remark,
    Section,
    Subject,
    Synthesis,
)
from .notation import parse_item, write_item

__all__ = [
    "Board",
    "Column",
    "ColumnKind",
    "Item",
    "Level",
    "Note",
    "Notes",
    "Outline",
    "Reading",
    "Remark",
    "Section",
    "Subject",
    "Synthesis",
    "parse_item",
    "read_file",
    "read_text",
    "write_item",
]
