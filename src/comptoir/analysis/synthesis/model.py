"""What a synthesis is made of, as people write it: tables of independent columns, items with asterisks, outlines.

Definitions and guarantees: docs/concepts/synthesis.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Subject(StrEnum):
    """Whom a comptoir is about. Never who speaks."""

    RESIDENTS = "residents"
    ELECTED_OFFICIALS = "elected_officials"
    SIGNATORIES = "signatories"
    OTHER = "other"


class ColumnKind(StrEnum):
    """What a column asks. WHO lists kinds of people or bodies: its items are not things said and are not counted."""

    INTEREST = "interest"
    TRY = "try"
    PITFALL = "pitfall"
    INVENTION = "invention"
    WHO = "who"
    OTHER = "other"

    @property
    def counted(self) -> bool:
        return self is not ColumnKind.WHO


class Level(StrEnum):
    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the person about what was read. `message` is a French sentence; line and column from 1."""

    message: str
    level: Level = Level.WARNING
    line: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a synthesis. `text` is word for word what was written, without the mark of its count."""

    text: str
    occurrences: int = 1
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    kind: ColumnKind
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """One table: what was said about one subject. Columns are independent lists; rows are not pairs."""

    title: str
    subject: Subject
    columns: tuple[Column, ...]

    @property
    def items(self) -> int:
        """Number of counted lines."""
        return sum(len(c.items) for c in self.columns if c.kind.counted)

    @property
    def occurrences(self) -> int:
        return sum(i.occurrences for c in self.columns if c.kind.counted for i in c.items)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings with their points (no counts): for example what to clarify before an evaluation."""

    title: str
    sections: tuple[Section, ...]

    @property
    def points(self) -> int:
        return sum(len(s.points) for s in self.sections)


@dataclass(frozen=True, slots=True)
class Synthesis:
    """A whole document. `dates` are the dates found, as written, in order; contradictions are remarks, not repairs."""

    title: str = ""
    boards: tuple[Board, ...] = ()
    outlines: tuple[Outline, ...] = ()
    dates: tuple[str, ...] = ()
    introduction: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), compare=False)

    @property
    def items(self) -> int:
        return sum(b.items for b in self.boards)

    @property
    def occurrences(self) -> int:
        return sum(b.occurrences for b in self.boards)

    def lines(self) -> Iterator[tuple[Board, Column, Item]]:
        """Every line with its table and column, in reading order, the WHO columns included."""
        for board in self.boards:
            for column in board.columns:
                for item in column.items:
                    yield board, column, item


@dataclass(frozen=True, slots=True)
class Note:
    """One raw note: a paper, a line typed. `tally` is how many times it was said; empty strings where not given."""

    text: str
    column: str = ""
    subject: str = ""
    table: str = ""
    tally: int = 1
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Raw notes in the order read. `mapping` says which header was understood as what (role -> header).

    `title` and `dates` are those of the session, as written, where the document says them.
    """

    notes: tuple[Note, ...]
    mapping: dict[str, str] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), compare=False)
    title: str = ""
    dates: tuple[str, ...] = ()

    @property
    def occurrences(self) -> int:
        return sum(n.tally for n in self.notes)


Reading = Synthesis | Notes
