"""Lines to notes: one line, one note, under the labels that say their subject, their column and their table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .blocks import Block, Grid, Heading, Paragraph, Point, has_words
from .dates import dates_in, read_dates
from .labels import (
    COUNTED_KINDS,
    is_column_title,
    is_subject_title,
    kind_of,
    names_a_session,
    subject_of,
    table_and_subject,
)
from .model import ColumnKind, Level, Note, Notes, Remark, Subject
from .notation import parse_item
from .notes import said

_RANKS = {"subject": 0, "table": 1, "column": 2}
_LINE_LEVEL = 10  # below every heading
_LONGEST_LABEL_LINE = 40
_LONGEST_OPENING_LINE = 150
_MOST_OPENING_LINES = 5
_MOST_LABEL_LINES = 3

Line = Heading | Paragraph | Point


@dataclass(frozen=True, slots=True)
class _Label:
    """`fleeting`: « Propreté : » holds for the points below it and ends at the first line that is not one."""

    role: str
    text: str
    level: int
    fleeting: bool = False


@dataclass(slots=True)
class _Labels:
    """The labels that hold for the next note, each inside the one before."""

    holding: list[_Label] = field(default_factory=list)
    used: bool = False

    def add(self, label: _Label) -> None:
        """A new label ends the one of its role with all that it held; among headings and lines of one level, a subject
        or a table ends the columns that came before it, once notes have been read under them."""
        roles = [one.role for one in self.holding]
        if label.role in roles:
            del self.holding[roles.index(label.role) :]
        elif self.used:
            self.holding = [
                one
                for one in self.holding
                if one.level < label.level or (one.level == label.level and _RANKS[one.role] < _RANKS[label.role])
            ]
        self.holding.append(label)
        self.used = False

    def end_fleeting(self) -> None:
        self.holding = [one for one in self.holding if not one.fleeting]

    def text(self, role: str) -> str:
        return next((one.text for one in self.holding if one.role == role), "")


@dataclass(slots=True)
class _Opening:
    """The first lines that say what the session was: read as its title and dates, not as notes."""

    title: str = ""
    blocks: list[Heading | Paragraph] = field(default_factory=list)

    @property
    def remarks(self) -> list[Remark]:
        remarks = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                what = "le titre" if block.text == self.title else "l'en-tête de la séance"
                message = f"« {block.text[:80]} » est lu comme {what} : cette ligne n'est pas comptée."
                remarks.append(Remark(message, Level.INFO, block.line))
        return remarks


def notes_of_lines(blocks: Sequence[Block]) -> Notes:
    """The notes of lines that are in no table, with the title and the dates of the session where they are said.

    What is a label, an opening or a note: docs/concepts/synthesis.md, « Les notes ».
    """
    loose = [block for block in blocks if not isinstance(block, Grid)]
    are_labels = [_is_label(loose, at) for at in range(len(loose))]
    bare = [block for block, is_one in zip(loose, are_labels, strict=True) if not is_one]
    opening = _opening(loose, bare)
    notes: list[Note] = []
    remarks = opening.remarks
    labels = _Labels()
    bulleted = _mostly_points(bare, opening)
    for at, block in enumerate(loose):
        opens = any(block is one for one in opening.blocks)
        if opens or are_labels[at]:
            for label in _labels_of(block, opens=opens):
                labels.add(label)
            remarks += [] if opens else _told(block)
            continue
        if isinstance(block, Paragraph):
            labels.end_fleeting()
        text, tally, remark = said(block.text, block.line)
        remarks += [remark] if remark else []
        if has_words(text):
            column, subject, table = map(labels.text, ("column", "subject", "table"))
            notes.append(Note(text.strip(), column, subject, table, tally, block.line))
            labels.used = True
            remarks += _doubts(block, bulleted=bulleted, first=at == 0)
        else:
            message = f"« {block.text[:60]} » : une ligne sans mots, elle est laissée."
            remarks.append(Remark(message, Level.WARNING, block.line))
    titles = [
        (one.text, one.line) for one in loose if isinstance(one, Heading) or any(one is o for o in opening.blocks)
    ]
    dates, contradictions = read_dates(titles)
    return Notes(tuple(notes), remarks=tuple(contradictions + remarks), title=opening.title, dates=dates)


def _opening(loose: Sequence[Line], bare: Sequence[Line]) -> _Opening:
    """`bare`: the lines that are no labels."""
    opening = _Opening()
    rest = list(loose)
    first = rest[0] if rest else None
    if isinstance(first, Heading) and _is_title(first, rest[1:]):
        opening.title = first.text
        opening.blocks.append(first)
        del rest[0]
    for block, line in zip(rest[:_MOST_OPENING_LINES], bare, strict=False):
        if block is not line or not isinstance(block, Paragraph) or not _opens_a_session(block.text):
            break
        opening.blocks.append(block)
    if not _mostly_points(bare, opening):
        opening.blocks = [block for block in opening.blocks if isinstance(block, Heading)]
    lines = [block.text for block in opening.blocks if isinstance(block, Paragraph)]
    opening.title = opening.title or next((line for line in lines if names_a_session(line) or not dates_in(line)), "")
    return opening


def _is_title(heading: Heading, rest: Sequence[Line]) -> bool:
    """A first heading that names the session, or that stands alone above headings of a lower level."""
    if heading.level == 0:
        return True
    if _role_of(heading.text) != "column" or kind_of(heading.text) is not ColumnKind.OTHER:
        return names_a_session(heading.text) and bool(dates_in(heading.text))
    if names_a_session(heading.text) or dates_in(heading.text):
        return True
    below = [block.level for block in rest if isinstance(block, Heading)]
    return bool(below) and isinstance(rest[0], Heading) and min(below) > heading.level


def _opens_a_session(line: str) -> bool:
    short = len(line) <= _LONGEST_OPENING_LINE and parse_item(line)[1] == 1
    return short and (names_a_session(line, details=True) or bool(dates_in(line)))


def _mostly_points(bare: Sequence[Line], opening: _Opening) -> bool:
    """True when, labels and opening apart, more lines have a bullet than not."""
    points = sum(isinstance(block, Point) for block in bare)
    opens = sum(isinstance(block, Paragraph) for block in opening.blocks)
    return points > len(bare) - points - opens


def _is_label(blocks: Sequence[Line], at: int) -> bool:
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return isinstance(block, Heading)
    if is_column_title(block.text) or table_and_subject(block.text) == (block.text.removesuffix(":").strip(), ""):
        return True
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if block.text.endswith(":") and isinstance(following, Point):
        return True
    if isinstance(following, Paragraph) and is_column_title(following.text):
        return len(block.text) <= _LONGEST_LABEL_LINE and subject_of(block.text) is not Subject.OTHER
    return _labels_what_touches_it(blocks, at)


def _labels_what_touches_it(blocks: Sequence[Line], at: int) -> bool:
    """A short line right above points, or above another such label, that is a subject, a table or a column."""
    if not any(isinstance(block, Point) for block in blocks[at + 1 : at + 1 + _MOST_LABEL_LINES]):
        return False  # most lines of a text without bullets: nothing more to look at
    for block, following in pairwise(blocks[at : at + 1 + _MOST_LABEL_LINES]):
        if block.line is not None and following.line != block.line + 1:
            return False
        if len(block.text) > _LONGEST_LABEL_LINE or block.text.endswith((".", "!", ";", ",")):
            return False
        alone = is_subject_title(block.text) or table_and_subject(block.text) is not None
        if not isinstance(following, Paragraph):
            return isinstance(following, Point) and (alone or _names_a_column(block.text))
        if not alone:
            return False
    return False


def _names_a_column(line: str) -> bool:
    words = line.split()
    few = len(words) <= 4 and words[0].lower() not in ("un", "une") and parse_item(line)[1] == 1
    return few and kind_of(line) in COUNTED_KINDS


def _role_of(text: str) -> str:
    if table_and_subject(text):
        return "table"
    return "subject" if subject_of(text) is not Subject.OTHER and kind_of(text) is ColumnKind.OTHER else "column"


def _labels_of(block: Line, *, opens: bool) -> list[_Label]:
    text = block.text.removesuffix(":").strip()
    level = block.level if isinstance(block, Heading) else _LINE_LEVEL
    role = _role_of(text)
    if opens:
        return [_Label(role, text, level)] if role == "subject" and names_a_session(text) else []
    if found := table_and_subject(text):
        table, subject = found
        return [_Label("table", table, level), *([_Label("subject", subject, level)] if subject else [])]
    fleeting = role == "column" and isinstance(block, Paragraph) and block.text.endswith(":")
    return [_Label(role, text, level, fleeting)]


def _told(block: Line) -> list[Remark]:
    """A line that only has the word of a column may be a note: that it is read as a label is told."""
    sure = isinstance(block, Heading) or is_column_title(block.text) or block.text.endswith(":")
    if sure or _role_of(block.text) != "column":
        return []
    message = f"« {block.text} » est lu comme le nom d'une colonne : cette ligne n'est pas comptée."
    return [Remark(message, Level.INFO, block.line)]


def _doubts(block: Line, *, bulleted: bool, first: bool) -> list[Remark]:
    """A line that may not be something said. It is a note all the same; one with a count raises no doubt."""
    if isinstance(block, Point) or parse_item(block.text)[1] > 1:
        return []
    shown = f"« {block.text[:80]} »"
    if bulleted:
        message = f"{shown} n'a pas de puce : est-ce une parole ? Elle est comptée comme une note."
        return [Remark(message, line=block.line)]
    if first and names_a_session(block.text) and dates_in(block.text):
        return [Remark(f"{shown} : est-ce une parole ? Elle est comptée comme une note.", line=block.line)]
    return []
