"""Undoing: everything can be taken back, never what something else stands on (docs/concepts/occurrences.md)."""

from typing import Any

import pytest

from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict
from comptoir.voices import actions
from comptoir.voices.enums import StatementState
from comptoir.voices.models import Change, Statement, Verbatim


def undo(table: Any, change: Change | None) -> Change:
    assert change is not None
    return actions.undo(actor=table.actor, change=change)


def added(line: Statement) -> Change:
    return Change.objects.get(steps__statement=line, kind="add")


def test_undoing_twice_does_it_once_and_writes_one_line_in_the_journal(table: Any) -> None:
    line = table.note("Un banc", 2)
    change = actions.tally(actor=table.actor, line=line)
    undo(table, change)
    undo(table, change)
    assert Verbatim.objects.get().tally == 2
    assert Entry.objects.filter(action="voices.undo").count() == 1


def test_an_added_note_is_taken_off_and_kept(table: Any) -> None:
    line = table.note("Un banc")
    undo(table, added(line))
    line.refresh_from_db()
    assert line.state == StatementState.VOID
    assert Verbatim.objects.get().words == "Un banc"


@pytest.mark.parametrize("since", ["tally", "reword", "move"])
def test_a_note_used_since_it_was_added_is_not_taken_off_before_that_is_undone(table: Any, since: str) -> None:
    line = table.note("Un banc")
    later: Any = {
        "tally": lambda: actions.tally(actor=table.actor, line=line),
        "reword": lambda: actions.reword(actor=table.actor, line=line, text="Des bancs"),
        "move": lambda: actions.move(actor=table.actor, line=line, heading=table.pitfalls),
    }[since]()
    with pytest.raises(Conflict, match="plus récente"):
        undo(table, added(line))
    undo(table, later)
    undo(table, added(line))
    assert table.counts() == {}


def test_a_note_is_not_taken_off_from_under_those_gathered_with_it(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs")
    gathered = table.gather(a, b)
    for line in (a, b):
        with pytest.raises(Conflict, match="plus récente"):
            undo(table, added(line))
    undo(table, gathered)
    undo(table, added(b))
    assert table.counts() == {"Un banc": (1, 1)}


def test_a_gathering_is_undone_in_its_column_with_all_that_it_had_brought(table: Any) -> None:
    a, b, c = table.note("Un banc"), table.note("Trop long", 2, table.pitfalls), table.note("Long", 3, table.pitfalls)
    table.gather(b, c)
    undo(table, table.gather(a, b))
    assert table.counts() == {"Un banc": (1, 1), "Trop long": (5, 2)}
    assert Statement.objects.filter(heading=table.pitfalls).count() == 2


def test_a_gathering_whose_line_was_itself_gathered_since_waits(table: Any) -> None:
    a, b, c = table.note("Un banc"), table.note("Des bancs"), table.note("S'asseoir")
    first = table.gather(a, b)
    second = table.gather(c, a)
    with pytest.raises(Conflict, match="plus récente"):
        undo(table, first)
    assert table.counts() == {"S'asseoir": (3, 3)}
    undo(table, second)
    undo(table, first)
    assert set(table.counts().values()) == {(1, 1)}


def test_a_gathering_whose_member_was_separated_since_waits(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs")
    gathered = table.gather(a, b)
    separated = actions.separate(actor=table.actor, line=b)
    with pytest.raises(Conflict):
        undo(table, gathered)
    undo(table, separated)
    assert table.counts() == {"Un banc": (2, 2)}


def test_a_separation_is_not_undone_onto_a_line_withdrawn_since(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs", 4)
    table.gather(a, b)
    separated = actions.separate(actor=table.actor, line=b)
    withdrawn = actions.withdraw(actor=table.actor, line=a)
    with pytest.raises(Conflict):
        undo(table, separated)
    assert table.counts() == {"Des bancs": (4, 1)}
    undo(table, withdrawn)
    undo(table, separated)
    assert table.counts() == {"Un banc": (5, 2)}


def test_the_separation_of_the_title_waits_when_others_joined_the_new_one(table: Any) -> None:
    a, b, c = table.note("Un banc"), table.note("Des bancs"), table.note("S'asseoir")
    table.gather(a, b)
    separated = actions.separate(actor=table.actor, line=a)
    joined = table.gather(b, c)
    with pytest.raises(Conflict):
        undo(table, separated)
    undo(table, joined)
    undo(table, separated)
    assert table.counts() == {"Un banc": (2, 2), "S'asseoir": (1, 1)}


@pytest.mark.parametrize("joins", ["the moved line", "another line"])
def test_a_move_is_not_undone_from_under_a_gathering(table: Any, joins: str) -> None:
    a, b = table.note("Un banc"), table.note("Trop long", heading=table.pitfalls)
    moved = actions.move(actor=table.actor, line=a, heading=table.pitfalls)
    if joins == "another line":
        table.gather(a, b)
    else:
        table.gather(b, a)
    with pytest.raises(Conflict):
        undo(table, moved)
    assert {s.heading_id for s in Statement.objects.all()} == {table.pitfalls.pk}


def test_a_gathering_is_not_undone_across_a_move(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Trop long", heading=table.pitfalls)
    gathered = table.gather(a, b)
    moved = actions.move(actor=table.actor, line=a, heading=table.pitfalls)
    with pytest.raises(Conflict):
        undo(table, gathered)
    undo(table, moved)
    undo(table, gathered)
    assert {s.wording: s.heading_id for s in Statement.objects.with_words()} == {
        "Un banc": table.essays.pk,
        "Trop long": table.pitfalls.pk,
    }


def test_independent_changes_are_undone_in_any_order(table: Any) -> None:
    line = table.note("ya pas de banc", 2)
    tallied = actions.tally(actor=table.actor, line=line)
    reworded = actions.reword(actor=table.actor, line=line, text="Des bancs")
    moved = actions.move(actor=table.actor, line=line, heading=table.pitfalls)
    for change in (tallied, moved, reworded):
        undo(table, change)
    line = Statement.objects.with_words().get()
    assert (line.wording, line.heading_id, line.own_words and line.own_words.tally) == (
        "ya pas de banc", table.essays.pk, 2,
    )  # fmt: skip


def test_an_older_rewording_is_not_undone_before_the_newer_one(table: Any) -> None:
    line = table.note("ya pas de banc")
    first = actions.reword(actor=table.actor, line=line, text="Des bancs")
    second = actions.reword(actor=table.actor, line=line, text="Des assises")
    with pytest.raises(Conflict):
        undo(table, first)
    undo(table, second)
    assert Statement.objects.with_words().get().wording == "Des bancs"
    undo(table, first)
    assert Statement.objects.with_words().get().wording == "ya pas de banc"


def test_a_refused_undo_changes_nothing_at_all(table: Any) -> None:
    a, b, c = table.note("Un banc"), table.note("Des bancs"), table.note("S'asseoir")
    table.gather(a, b)
    both = table.gather(c, a)
    actions.separate(actor=table.actor, line=b)
    before = list(Statement.objects.order_by("pk").values())
    with pytest.raises(Conflict):
        undo(table, both)  # the first step could be taken back, the second could not
    assert list(Statement.objects.order_by("pk").values()) == before
    both.refresh_from_db()
    assert both.undone_at is None


def test_a_pair_of_later_changes_that_cancel_each_other_still_stands_on_an_older_one(table: Any) -> None:
    """Taking the first move back would leave « séparer » with nowhere to go back to (guarantee 5)."""
    a, b = table.note("Un banc"), table.note("Des bancs")
    first = actions.move(actor=table.actor, line=a, heading=table.pitfalls)
    second = actions.move(actor=table.actor, line=b, heading=table.pitfalls)
    gathered = table.gather(a, b)
    separated = actions.separate(actor=table.actor, line=b)
    with pytest.raises(Conflict, match="plus récente"):
        undo(table, first)
    for change in (separated, gathered, second, first):
        undo(table, change)
    assert table.counts() == {"Un banc": (1, 1), "Des bancs": (1, 1)}
    assert {line.heading_id for line in (a, b) if line.refresh_from_db() is None} == {table.essays.pk}


def test_a_note_under_which_another_once_stood_is_not_taken_off_before_that_is_undone(table: Any) -> None:
    title, other = table.note("Un banc"), table.note("Des bancs")
    gathered = table.gather(title, other)
    separated = actions.separate(actor=table.actor, line=other)
    with pytest.raises(Conflict, match="plus récente"):
        undo(table, added(title))
    for change in (separated, gathered):
        undo(table, change)
    undo(table, added(title))
    assert table.counts() == {"Des bancs": (1, 1)}


def test_rewordings_are_taken_back_the_last_first_even_when_the_words_have_come_back(table: Any) -> None:
    line = table.note("Un banc")
    changes = [actions.reword(actor=table.actor, line=line, text=text) for text in ("Bancs", "", "Sièges", "")]
    for change in changes[:3]:
        with pytest.raises(Conflict, match="plus récente"):
            undo(table, change)
    for change in reversed(changes):
        undo(table, change)
    line.refresh_from_db()
    assert line.rewording is None


def test_two_gatherings_under_one_title_are_taken_back_in_either_order(table: Any) -> None:
    title, one, two = table.note("Un banc"), table.note("Des bancs"), table.note("S'asseoir")
    first, second = table.gather(title, one), table.gather(title, two)
    undo(table, first)
    assert table.counts() == {"Un banc": (2, 2), "Des bancs": (1, 1)}
    undo(table, second)
    assert len(table.counts()) == 3
