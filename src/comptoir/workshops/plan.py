"""What an import would write, worked out before anything is: pure, so that the preview and the run cannot differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comptoir.analysis.synthesis.labels import kind_of as column_kind
from comptoir.analysis.synthesis.labels import subject_of as read_subject
from comptoir.analysis.synthesis.model import Board, Column, Note, Notes, Outline, Reading, Synthesis
from comptoir.analysis.text import fold
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.workshops.enums import Layout

NO_COLUMN = "Sans colonne"
OUTLINE_TITLE = "Plan"
TITLES = {
    Subject.RESIDENTS: "Habitants",
    Subject.ELECTED_OFFICIALS: "Élus",
    Subject.SIGNATORIES: "Signataires",
    Subject.OTHER: "Notes",
}


@dataclass(slots=True)
class PlannedLine:
    """`occurrences` is a tally when there are words (a note), a reported count when there are none (a synthesis)."""

    text: str
    occurrences: int
    is_note: bool
    table: str = ""
    line: int | None = None


@dataclass(slots=True)
class PlannedColumn:
    label: str
    kind: HeadingKind
    lines: list[PlannedLine] = field(default_factory=list)

    @property
    def occurrences(self) -> int:
        return sum(line.occurrences for line in self.lines) if self.kind.counted else 0


@dataclass(slots=True)
class PlannedComptoir:
    title: str
    subject: Subject
    layout: Layout
    columns: list[PlannedColumn] = field(default_factory=list)

    @property
    def counted(self) -> int:
        return sum(len(c.lines) for c in self.columns if c.kind.counted)

    @property
    def occurrences(self) -> int:
        return sum(c.occurrences for c in self.columns)

    @property
    def points(self) -> int:
        return sum(len(c.lines) for c in self.columns if not c.kind.counted)


@dataclass(slots=True)
class Plan:
    title: str
    introduction: str
    comptoirs: list[PlannedComptoir]

    @property
    def counted(self) -> int:
        return sum(c.counted for c in self.comptoirs)

    @property
    def occurrences(self) -> int:
        return sum(c.occurrences for c in self.comptoirs)

    @property
    def total(self) -> int:
        return sum(len(column.lines) for c in self.comptoirs for column in c.columns)

    def lines(self) -> Iterator[tuple[int, int, PlannedLine]]:
        """(comptoir index, column index, line) in one fixed order: the rank of a line is its place here."""
        for i, comptoir in enumerate(self.comptoirs):
            for j, column in enumerate(comptoir.columns):
                for line in column.lines:
                    yield i, j, line


def plan_of(reading: Reading, subject: Subject = Subject.OTHER) -> Plan:
    """The plan of what was read. `subject` is whom the notes are about, for those that do not say it."""
    if isinstance(reading, Synthesis):
        boards = [_board(board, number) for number, board in enumerate(reading.boards, 1)]
        outlines = [_outline(outline) for outline in reading.outlines]
        return Plan(reading.title, "\n".join(reading.introduction), boards + outlines)
    return Plan(reading.title, "", _boards_of_notes(reading, subject))


def _board(board: Board, number: int) -> PlannedComptoir:
    title = board.title or f"Tableau {number}"
    return PlannedComptoir(title, Subject(board.subject), Layout.BOARD, [_column(c) for c in board.columns])


def _column(column: Column) -> PlannedColumn:
    kind = HeadingKind(column.kind)
    return PlannedColumn(
        column.label,
        kind,
        [PlannedLine(i.text, i.occurrences if kind.counted else 0, False, line=i.line) for i in column.items],
    )


def _outline(outline: Outline) -> PlannedComptoir:
    return PlannedComptoir(
        outline.title or OUTLINE_TITLE,
        Subject.OTHER,
        Layout.OUTLINE,
        [
            PlannedColumn(s.title, HeadingKind.OUTLINE, [PlannedLine(p, 0, False) for p in s.points])
            for s in outline.sections
        ],
    )


def _boards_of_notes(notes: Notes, subject: Subject) -> list[PlannedComptoir]:
    comptoirs: dict[str, PlannedComptoir] = {}
    columns: dict[tuple[str, str], PlannedColumn] = {}
    for note in notes.notes:
        key = fold(note.subject)
        comptoir = comptoirs.get(key)
        if comptoir is None:
            about = subject_of(note.subject) if note.subject else subject
            comptoir = comptoirs[key] = PlannedComptoir(note.subject or TITLES[about], about, Layout.BOARD)
        at = (key, fold(note.column))
        if at not in columns:
            columns[at] = PlannedColumn(note.column or NO_COLUMN, kind_of(note.column))
            comptoir.columns.append(columns[at])
        columns[at].lines.append(_note(note))
    for comptoir in comptoirs.values():
        comptoir.columns.sort(key=lambda c: _ORDER.index(c.kind))
    return list(comptoirs.values())


def _note(note: Note) -> PlannedLine:
    return PlannedLine(note.text, note.tally, True, table=note.table, line=note.line)


_ORDER = list(HeadingKind)


def subject_of(label: str) -> Subject:
    """Whom a label such as « Atelier : Habitant·e·s » is about."""
    return Subject(read_subject(label))


def kind_of(label: str) -> HeadingKind:
    """What a column label asks. A column of notes is always counted, whatever its name."""
    kind = HeadingKind(column_kind(label)) if label else HeadingKind.OTHER
    return kind if kind.counted else HeadingKind.OTHER
