"""Where what a deck says stands on its slides, in centimetres: the same places in every format that has slides.

Frames stand in the order in which a screen reader reads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from comptoir.analysis.documents.deck import Deck, Slide
from comptoir.analysis.documents.layout import accent, ink_on, logo_size, widths
from comptoir.analysis.documents.model import Cell, Logo, Look, Table

PAGE = (28.0, 15.75)  # width and height of a slide
STRIP = 0.5  # width of the strip of colour on the left
SOURCE, NUMBER = (1.4, 14.75, 20.0, 0.7), (21.6, 14.75, 5.0, 0.7)  # at the foot of every slide
_LEFT, _WIDTH, _GAP = 1.4, 25.2, 0.8
_TOP, _FOOT = 3.1, 14.4  # where the matter of a slide begins and ends
_LINE, _PADDING = 0.72, 0.45  # a line of a table, what stands around a cell
_LETTERS = 3.1  # letters of a table in a centimetre, about
DARK, GREY = "#1b1f24", "#4a525c"
DIRECTED = ("Answer", "Text", "Words", "Cell")  # styles of what people wrote: it may be read from the right
STRONG = frozenset({"Title", "Opening", "Answer", "Value", "CellHead"})
SIZES = {  # points
    "Title": 28, "Opening": 40, "Answer": 22, "Text": 18, "Words": 22, "Value": 44, "Source": 14, "Notes": 12,
    "Cell": 16, "CellHead": 16, "Foot": 12, "FootEnd": 12,
}  # fmt: skip
SPACED = {"Source": 0.25, "Text": 0.25, "Notes": 0.25}  # centimetres below a paragraph

Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Texts:
    """Paragraphs with the name of their style. Where they are long for their frame, they are shrunk, never cut."""

    box: Box
    paragraphs: tuple[tuple[str, str], ...]
    title: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    box: Box
    table: Table


@dataclass(frozen=True, slots=True)
class Picture:
    """`rank`: from 1, among the logos of the look."""

    box: Box
    logo: Logo
    rank: int


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    frames: tuple[Texts | Grid | Picture, ...]
    notes: tuple[str, ...] = ()


def sheets(deck: Deck) -> list[Sheet]:
    """The opening, then a sheet for each slide."""
    return [_opening(deck), *(_sheet(slide) for slide in deck.slides)]


def colours(look: Look) -> dict[str, str]:
    """The colour of the letters of each style."""
    own = {name: accent(look.colour) for name in ("Title", "Opening", "Value")}
    own |= dict.fromkeys(("Source", "Foot", "FootEnd"), GREY)
    return dict.fromkeys(SIZES, DARK) | own | {"CellHead": ink_on(look.colour)}


def heights(table: Table) -> list[float]:
    """Of the header, then of each row: each as high as its fullest cell wants."""
    shares = widths(table)
    rows = [tuple(Cell((label,)) for label in table.header), *table.rows]
    return [max(_cell_height(cell, share) for cell, share in zip(row, shares, strict=True)) for row in rows]


def column_widths(grid: Grid) -> list[float]:
    return [share * grid.box[2] for share in widths(grid.table)]


def _opening(deck: Deck) -> Sheet:
    frames: list[Texts | Grid | Picture] = [
        Texts((_LEFT, 4.2, _WIDTH, 3.4), (("Opening", deck.title),), title=True),
        _texts("Answer", [deck.subtitle], (_LEFT, 8.1, _WIDTH, 1.8)),
    ]
    left = _LEFT
    for rank, logo in enumerate(deck.look.logos, 1):
        width, height = logo_size(logo)
        frames.append(Picture((left, 1.2, width, height), logo, rank))
        left += width + _GAP
    return Sheet(deck.title, tuple(frames))


def _sheet(slide: Slide) -> Sheet:
    """Title; answer; figures beside words; points; table: each takes the height that it needs."""
    frames: list[Texts | Grid | Picture] = [Texts((_LEFT, 0.7, _WIDTH, 2.1), (("Title", slide.title),), title=True)]
    top = _TOP
    if slide.answer:
        frames.append(_texts("Answer", [slide.answer], (_LEFT, top, _WIDTH, 2.0)))
        top += 2.3
    table_height = sum(heights(slide.table)) if slide.table else 0.0
    captioned = slide.table is not None and not slide.title.startswith(slide.table.caption)
    bottom = _FOOT - table_height - (1.1 if captioned else 0.3 if table_height else 0)
    if slide.figures or slide.words or slide.points:
        frames += _middle(slide, top, max(2.0, bottom - top))
    if slide.table:
        at = _FOOT - table_height if slide.answer or captioned else top
        if captioned:
            frames.append(_texts("Source", [slide.table.caption], (_LEFT, bottom + 0.2, _WIDTH, 0.8)))
        frames.append(Grid((_LEFT, at, _WIDTH, table_height), slide.table))
    return Sheet(slide.title, tuple(frames), slide.notes)


def _middle(slide: Slide, top: float, height: float) -> list[Texts]:
    """One or two columns: figures and points, then words."""
    two = bool(slide.words) and bool(slide.figures or slide.points)
    width = (_WIDTH - _GAP) / 2 if two else _WIDTH
    frames = []
    share = height / max(1, len(slide.figures) + bool(slide.points))
    for rank, figure in enumerate(slide.figures):
        paragraphs = (("Value", figure.value), ("Text", figure.text), ("Source", figure.source))
        frames.append(_paragraphs(paragraphs, (_LEFT, top + rank * share, width, share - 0.1)))
    if slide.points:
        at = top + len(slide.figures) * share
        frames.append(_texts("Text", slide.points, (_LEFT, at, width, share)))
    if slide.words:
        said = [part for one in slide.words for part in (("Words", f"« {one.text} »"), ("Source", one.source))]
        frames.append(_paragraphs(said, (_LEFT + (width + _GAP if two else 0), top, width, height)))
    return frames


def _cell_height(cell: Cell, share: float) -> float:
    line = max(4, int(share * _WIDTH * _LETTERS))
    return _LINE * sum(1 + len(text) // line for text in cell.paragraphs or ("",)) + _PADDING


def _texts(style: str, paragraphs: Iterable[str], box: Box) -> Texts:
    return _paragraphs([(style, text) for text in paragraphs], box)


def _paragraphs(paragraphs: Iterable[tuple[str, str]], box: Box) -> Texts:
    return Texts(box, tuple((style, text) for style, text in paragraphs if text))
