"""A workshop read as a board and as a synthesis: the same lines and counts, whatever is shown of them."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Change, Heading, Statement
from comptoir.workshops.actions import add_comptoir, open_workshop, validate
from comptoir.workshops.board import board_of
from comptoir.workshops.models import Workshop
from comptoir.workshops.sheets import Sheet, draft, frozen


@dataclass
class Room:
    actor: Actor
    workshop: Workshop
    first: Heading
    second: Heading

    def note(self, words: str, tally: int = 1, heading: Heading | None = None) -> Statement:
        return voices.add_note(actor=self.actor, heading=heading or self.first, words=words, tally=tally)


@pytest.fixture
def room(lead: Actor) -> Room:
    """Five notes of which two are gathered, one reworded line, and one line that a synthesis reported."""
    workshop = open_workshop(actor=lead, title="Comptoir du port")
    comptoir = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS)
    first, second = comptoir.occasion.headings.order_by("position")[:2]
    room = Room(lead, workshop, first, second)
    kept = room.note("Un abri au débarcadère", 3)
    voices.gather(actor=lead, kept=kept, absorbed=room.note("Abriter l'embarcadère", 2))
    reworded = room.note("du monde le soir")
    voices.reword(actor=lead, line=reworded, text="De la présence humaine en soirée")
    room.note("Une buvette")
    room.note("Le bruit des scooters", heading=second)
    reported = Statement(
        space=lead.space, heading=second, position=9, reported_wording="Les horaires", reported_occurrences=4
    )
    reported.root = reported
    reported.save(force_insert=True)
    return room


def rows(sheets: list[Sheet]) -> list[list[tuple[str, int, int]]]:
    return [
        [(line.wording, line.occurrences, line.gathered) for line in column.lines]
        for sheet in sheets
        for column in sheet.columns
        if column.lines
    ]


WHOLE = [
    [("Un abri au débarcadère", 5, 2), ("De la présence humaine en soirée", 1, 1), ("Une buvette", 1, 1)],
    [("Le bruit des scooters", 1, 1), ("Les horaires", 4, 1)],
]


def test_the_draft_holds_each_line_once_in_order_with_its_counts(room: Room) -> None:
    (sheet,) = draft(room.workshop)
    assert rows([sheet]) == WHOLE
    assert (sheet.counted, sheet.occurrences) == (5, 12)


def test_a_draft_of_which_only_the_first_lines_are_shown_counts_them_all(room: Room) -> None:
    (sheet,) = draft(room.workshop, shown=1)
    assert rows([sheet]) == [column[:1] for column in WHOLE]
    assert [(c.total, c.occurrences) for c in sheet.columns if c.total] == [(3, 7), (2, 5)]
    assert (sheet.counted, sheet.occurrences) == (5, 12)


def test_a_frozen_version_keeps_what_the_draft_said_that_day(room: Room) -> None:
    version = validate(actor=room.actor, workshop=room.workshop)
    room.note("Arrivée trop tard")
    assert rows(frozen(version)) == WHOLE
    (sheet,) = frozen(version, shown=2)
    assert rows([sheet]) == [column[:2] for column in WHOLE]
    assert (sheet.counted, sheet.occurrences) == (5, 12)


def test_a_line_says_whether_it_was_reworded_or_reported(room: Room) -> None:
    lines = {line.wording: line for column in draft(room.workshop)[0].columns for line in column.lines}
    assert [wording for wording, line in lines.items() if line.is_reworded] == ["De la présence humaine en soirée"]
    assert [wording for wording, line in lines.items() if line.is_reported] == ["Les horaires"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("DÉBARCADÈRE", ["Un abri au débarcadère"]),
        ("embarcad", ["Un abri au débarcadère"]),
        ("horaire", ["Les horaires"]),
        ("présence", ["De la présence humaine en soirée"]),
        ("du monde", ["De la présence humaine en soirée"]),
        ("patinoire", []),
    ],
)
def test_a_board_is_searched_in_all_that_its_lines_hold(room: Room, query: str, found: list[str]) -> None:
    board = board_of(room.first.occasion, query=query)
    assert [line.wording for column in board.columns for line in column.lines] == found
    assert sum(column.total for column in board.columns) == len(found)


def test_a_search_finds_nothing_of_another_board(room: Room) -> None:
    other = add_comptoir(actor=room.actor, workshop=room.workshop, title="Élus", subject=Subject.ELECTED_OFFICIALS)
    room.note("Une buvette aussi", heading=other.occasion.headings.order_by("position")[0])
    board = board_of(room.first.occasion, query="buvette")
    assert [line.wording for column in board.columns for line in column.lines] == ["Une buvette"]


@pytest.mark.parametrize("query", ["", "idée"])
def test_a_column_is_shown_page_by_page(room: Room, query: str) -> None:
    for number in range(105):
        room.note(f"idée {number}", heading=room.second)
    before = 0 if query else 1
    (column,) = board_of(room.first.occasion, query=query, only=room.second.pk, page=2).columns
    assert column.page is not None
    assert (column.total, column.page.number, column.page.paginator.num_pages) == (105 + 2 * before, 2, 2)
    shown = [line.wording for line in column.lines]
    assert len(shown) == 5 + 2 * before
    (first,) = board_of(room.first.occasion, query=query, only=room.second.pk, page=1).columns
    assert len(first.lines) == 100
    assert not set(shown) & {line.wording for line in first.lines}


def test_an_empty_column_has_an_empty_page(lead: Actor) -> None:
    workshop = open_workshop(actor=lead, title="Vide")
    comptoir = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS)
    heading = comptoir.occasion.headings.first()
    assert heading is not None
    (column,) = board_of(comptoir.occasion, only=heading.pk).columns
    assert (column.total, column.lines) == (0, [])


def test_the_changes_of_a_line_are_those_that_touched_it_or_brought_another_under_it(room: Room) -> None:
    kept, absorbed, away = room.note("Un banc"), room.note("Des bancs"), room.note("Un lampadaire")
    gathered = voices.gather(actor=room.actor, kept=kept, absorbed=absorbed)
    said_again = voices.tally(actor=room.actor, line=kept)
    kinds = [change.kind for change in Change.objects.touching(kept).order_by("-pk")]
    assert kinds == ["tally", "gather", "add"]
    assert gathered in Change.objects.touching(absorbed)
    assert said_again not in Change.objects.touching(absorbed)
    assert Change.objects.touching(away).count() == 1


def queries(room: Room, columns: int) -> list[int]:
    """How many questions a board, a draft and a version ask when the comptoir has so many columns."""
    while room.first.occasion.headings.count() < columns:
        position = room.first.occasion.headings.count()
        Heading.objects.create(occasion=room.first.occasion, label=f"Colonne {position}", position=position)
    for heading in room.first.occasion.headings.all():
        room.note("Une de plus", heading=heading)
    version = validate(actor=room.actor, workshop=room.workshop)
    room.workshop.refresh_from_db()
    asked = []
    for show in (
        lambda: board_of(room.first.occasion),
        lambda: draft(room.workshop, shown=10),
        lambda: frozen(version, shown=10),
    ):
        with CaptureQueriesContext(connection) as captured:
            show()
        asked.append(len(captured))
    return asked


def test_questions_to_the_database_grow_neither_with_columns_nor_with_lines(room: Room) -> None:
    assert queries(room, 9) == queries(room, 4) == [5, 4, 4]
