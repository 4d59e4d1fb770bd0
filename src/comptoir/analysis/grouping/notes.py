"""From raw notes to the draft of a synthesis: what was said several times becomes one line with its count."""

from comptoir.analysis.grouping.domain import DomainGrouping
from comptoir.analysis.grouping.model import Grouping, Text
from comptoir.analysis.synthesis.labels import kind_of, subject_of
from comptoir.analysis.synthesis.model import Board, Column, Item, Notes, Synthesis
from comptoir.analysis.text import fold

NO_SUBJECT = "Ce qui a été dit"
NO_COLUMN = "Notes"


def synthesis_of_notes(notes: Notes, method: Grouping | None = None) -> Synthesis:
    """A table per subject, a column per column, in order of appearance; notes are grouped inside a column only.

    The words of a line are those of one of its notes, its occurrences the sum of their tallies; the most said come
    first, then those said first. No occurrence is lost: the sum is that of the notes. Remarks are carried over.
    """
    texts = [
        Text(str(i), note.text, (fold(note.subject), fold(note.column)), note.tally)
        for i, note in enumerate(notes.notes)
    ]
    items: dict[tuple[str, ...], list[Item]] = {}
    for group in (method or DomainGrouping()).group(texts):
        first = int(group.members[0])
        item = Item(group.label, group.occurrences, notes.notes[first].line)
        items.setdefault(texts[first].within, []).append(item)
    subjects: dict[str, str] = {}
    columns: dict[str, dict[str, str]] = {}
    for note in notes.notes:
        subject, column = fold(note.subject), fold(note.column)
        subjects.setdefault(subject, note.subject.strip() or NO_SUBJECT)
        columns.setdefault(subject, {}).setdefault(column, note.column.strip() or NO_COLUMN)
    boards = tuple(
        Board(
            title,
            subject_of(title),
            tuple(Column(label, kind_of(label), tuple(items[subject, c])) for c, label in columns[subject].items()),
        )
        for subject, title in subjects.items()
    )
    return Synthesis(boards=boards, remarks=notes.remarks)
