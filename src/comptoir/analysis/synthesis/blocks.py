"""What every source is brought to before it is understood: headings, points, paragraphs and grids, in reading order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..tables.model import Row, Span

_BREAK = re.compile(r"<br\s{0,9}/?>|</?(?:p|div|li|ul|ol)(?:\s[^<>]*)?>|[\r\n\v\f\u2028\u2029]", re.IGNORECASE)
ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "#39": "'", "nbsp": "\u00a0", "amp": "&", "#10": "\n"}
_ENTITY = re.compile(f"&({'|'.join(ENTITIES)});")
PARTED = "\x1e"  # ends each paragraph of a cell whose source tells paragraphs from line ends; in no text that is read
_BULLET = re.compile(r"\s*[-–—•·▪◦‣*+]\s+(?=\S)")
_NUMBER = re.compile(r"\s*[0-9]{1,3}[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is the highest; 0 is the title of the document where the source says so."""

    text: str
    level: int
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first row is its header. `data` when it comes from a data file rather than from a document."""

    rows: tuple[Row, ...]
    data: bool = False
    sheet: str = ""
    spans: tuple[Span, ...] = ()


Loose = Heading | Point | Paragraph
Block = Loose | Grid


def paragraphs(cell: str) -> list[str]:
    """The paragraphs of a cell, one after the other, bullets taken off, empty ones skipped."""
    if PARTED in cell:
        return [part.strip() for part in cell.split(PARTED) if part.strip()]
    return [without_bullet(part.strip()) for part in _BREAK.split(cell) if part.strip()]


def parted(lines: Iterable[str]) -> str:
    """A cell made of these paragraphs."""
    return "".join(line + PARTED for line in lines if line.strip())


def cell_lines(lines: Iterable[str], *, exact: bool) -> str:
    """A cell of a document made of these lines: their bullets taken off, unless the words are `exact`."""
    return parted(line.strip() if exact else without_bullet(line.strip()) for line in lines)


def is_ours(styles: Iterable[str]) -> bool:
    """True for a document that our own export wrote, told by its styles: a bullet in its tables is a word."""
    return {"Letterhead", "Count"}.issubset(styles)


def has_words(text: str) -> bool:
    """False for what only marks an empty place (« - ») or a count that stands alone (« *** »)."""
    return any(sign not in "*\\-–—_." and not sign.isspace() for sign in text)


def without_bullet(line: str) -> str:
    """A line of a cell without its bullet; numbers are kept, they may be words.

    >>> without_bullet("- Des bancs"), without_bullet("-10 degrés")
    ('Des bancs', '-10 degrés')
    """
    found = _BULLET.match(line)
    return line[found.end() :] if found else line


def point_in(line: str) -> str | None:
    """The words of a bulleted or numbered line, None for another line."""
    found = _BULLET.match(line) or _NUMBER.match(line)
    return line[found.end() :] if found else None


def unescape_entities(text: str) -> str:
    """The few HTML entities that table cells written in Markdown or HTML hold."""
    return _ENTITY.sub(lambda found: ENTITIES[found[1]], text)
