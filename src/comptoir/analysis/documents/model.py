"""One neutral document tree, written to HTML, Markdown, ODT, DOCX, PDF, CSV, XLSX.

Nothing here knows what a synthesis is: builders (in higher modules) make trees, writers turn them into bytes.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is under the document's title (which is not repeated as a block)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`small` is for legends and notes under a table."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell holds zero or more short paragraphs, read one after the other."""

    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` is required: it is what a screen reader says. Every row has as many cells as `header`."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | BulletList | Table


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG and the name that it stands for (its text alternative)."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Look:
    """The template of a space: its name, colour (#rrggbb), logos at the head of the first page, line at the foot."""

    name: str = ""
    colour: str = "#1f4e79"
    logos: tuple[Logo, ...] = ()
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """The same content for machines: one row per line, in the document's order. Cells are text or whole numbers.

    `separator` is what a CSV puts between two cells.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    separator: str = ","


@dataclass(frozen=True, slots=True)
class Document:
    """`subtitle` stands under the title (date, state, version). `records` feeds CSV and the last sheet of XLSX."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: str = "fr"
    look: Look = field(default_factory=Look)
    records: Records | None = None
