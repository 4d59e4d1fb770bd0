"""What is shown in a room or on a wall: slides (ODP, PPTX), an A3 poster (PDF), a page to print.

Like `model`, nothing here knows what is shown: builders in higher modules make decks, writers turn them into bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from comptoir.analysis.documents.clean import UNTITLED, clean_look, clean_table, legal, one_line
from comptoir.analysis.documents.model import Look, Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit, as it is read aloud (« 61 % »), what it counts, where it comes from."""

    value: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What someone said, and where, how many times."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One idea. Read in this order: title, answer, figures, words, points, table. `notes`: what is said aloud."""

    title: str
    answer: str = ""
    figures: tuple[Figure, ...] = ()
    words: tuple[Words, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """`source`: one line at the foot of every slide: of what state these are the slides."""

    title: str
    subtitle: str
    slides: tuple[Slide, ...]
    source: str = ""
    language: str = "fr"
    look: Look = field(default_factory=Look)


def cleaned_deck(deck: Deck) -> Deck:
    """What every writer receives: no sign that XML forbids, one line a text, a usable look."""
    return replace(
        deck, title=one_line(deck.title) or UNTITLED, subtitle=one_line(deck.subtitle), source=one_line(deck.source),
        slides=tuple(_slide(slide) for slide in deck.slides), look=clean_look(deck.look),
    )  # fmt: skip


def _slide(slide: Slide) -> Slide:
    return Slide(
        title=one_line(slide.title) or UNTITLED,
        answer=one_line(slide.answer),
        figures=tuple(Figure(one_line(f.value), one_line(f.text), one_line(f.source)) for f in slide.figures),
        words=tuple(Words(one_line(said.text), one_line(said.source)) for said in slide.words),
        points=tuple(one_line(point) for point in slide.points),
        table=clean_table(slide.table) if slide.table and slide.table.header else None,
        notes=tuple(legal(note) for note in slide.notes),
    )


@dataclass(frozen=True, slots=True)
class DeckFormat:
    """As `formats.Format`, for decks."""

    label: str
    suffix: str
    media_type: str
    _write: Callable[[Deck], bytes]

    def write(self, deck: Deck) -> bytes:
        return self._write(cleaned_deck(deck))
