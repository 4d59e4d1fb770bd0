"""Each operation on lines: what it does, what it refuses, what the journal keeps (docs/concepts/occurrences.md)."""

from collections.abc import Callable
from typing import Any

import pytest

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices import actions
from comptoir.voices.enums import SpeakerKind, StatementState, Subject
from comptoir.voices.models import Change, Rewording, Statement, Verbatim

OPERATIONS: dict[str, Callable[[Any, Actor], Any]] = {
    "add_note": lambda t, actor: actions.add_note(actor=actor, heading=t.essays, words="Un banc à l'ombre"),
    "tally": lambda t, actor: actions.tally(actor=actor, line=t.note("Un banc")),
    "move": lambda t, actor: actions.move(actor=actor, line=t.note("Un banc"), heading=t.pitfalls),
    "gather": lambda t, actor: actions.gather(actor=actor, kept=t.note("Un banc"), absorbed=t.note("Des bancs")),
    "separate": lambda t, actor: actions.separate(actor=actor, line=_gathered(t)),
    "reword": lambda t, actor: actions.reword(actor=actor, line=t.note("Un banc"), text="Des assises"),
    "withdraw": lambda t, actor: actions.withdraw(actor=actor, line=t.note("Un banc")),
    "keep_apart": lambda t, actor: actions.keep_apart(actor=actor, first=t.note("Un banc"), second=t.note("Un ban")),
    "undo": lambda t, actor: actions.undo(actor=actor, change=_last_change_of(t.note("Un banc"))),
}
MAY = {Role.PROJECT_LEAD, Role.FACILITATOR}


def _gathered(table: Any) -> Statement:
    kept, other = table.note("Un banc"), table.note("Des bancs")
    table.gather(kept, other)
    return other


def _last_change_of(line: Statement) -> Change:
    return Change.objects.filter(steps__statement=line).latest("id")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("operation", list(OPERATIONS))
def test_the_team_alone_changes_lines_and_the_journal_says_who(
    operation: str, role: Role, table: Any, member: Callable[[str], Actor]
) -> None:
    actor = member(role)
    if role not in MAY:
        with pytest.raises(Refused, match="équipe du projet"):
            OPERATIONS[operation](table, actor)
        assert not Entry.objects.filter(actor_id=actor.person_id, action__startswith="voices.").exists()
        return
    assert OPERATIONS[operation](table, actor)
    names = {"add_note": "voices.add"}
    entry = Entry.objects.filter(action=names.get(operation, f"voices.{operation}")).latest("id")
    assert entry.actor_id == actor.person_id
    assert entry.within_id == table.occasion.pk
    assert entry.label
    assert "banc" not in str(entry.details)  # identities, never words


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name != "undo"])
def test_nothing_works_on_the_lines_of_another_space(operation: str, table: Any, stranger: Actor) -> None:
    before = Statement.objects.count()
    with pytest.raises((Conflict, Refused)):
        OPERATIONS[operation](table, stranger)
    assert not Change.objects.filter(actor_id=stranger.person_id).exists()
    assert Statement.objects.count() - before <= 2  # those that the test itself made


def test_a_change_of_another_space_is_not_undone(table: Any, stranger: Actor) -> None:
    line = table.note("Un banc")
    with pytest.raises(Refused, match="votre espace"):
        actions.undo(actor=stranger, change=_last_change_of(line))
    line.refresh_from_db()
    assert line.state == StatementState.LIVE


def test_a_note_keeps_its_words_and_takes_from_the_occasion_who_speaks_and_about_whom(table: Any) -> None:
    line = actions.add_note(actor=table.actor, heading=table.essays, words="  « Être là » d'abord\n", tally=3)
    words = Verbatim.objects.get(statement=line)
    assert (words.words, words.tally) == ("« Être là » d'abord", 3)
    assert (words.speaker_kind, words.subject) == (SpeakerKind.PROFESSIONALS, Subject.RESIDENTS)
    said = actions.add_note(
        actor=table.actor, heading=table.essays, words="Chez nous", speaker_kind=SpeakerKind.RESIDENTS, table="Bleue"
    )
    words = Verbatim.objects.get(statement=said)
    assert (words.speaker_kind, words.table, said.position) == (SpeakerKind.RESIDENTS, "Bleue", line.position + 1)


@pytest.mark.parametrize(("words", "tally"), [("", 1), (" \x00 ", 1), ("x" * 5_001, 1), ("Oui", 0), ("Oui", 100_001)])
def test_a_note_that_cannot_be_kept_is_refused_with_its_field(table: Any, words: str, tally: int) -> None:
    with pytest.raises(Invalid) as refused:
        table.note(words, tally)
    assert refused.value.field in {"words", "tally"}
    assert not Statement.objects.exists()


def test_a_column_of_names_takes_no_words(table: Any) -> None:
    line = table.note("La régie nous écoute")
    with pytest.raises(Invalid, match="paroles"):
        table.note("Le bailleur", heading=table.who)
    with pytest.raises(Invalid, match="seules les paroles se comptent"):
        actions.move(actor=table.actor, line=line, heading=table.who)
    name = table.reported("La régie", 0, table.who)
    with pytest.raises(Invalid, match="seules les paroles se comptent"):
        actions.move(actor=table.actor, line=name, heading=table.essays)
    with pytest.raises(Invalid, match="seules les paroles se comptent"):
        table.gather(line, name)


def test_said_once_more_adds_one_to_the_words_and_to_the_line(table: Any) -> None:
    line = table.note("Un banc", 2)
    actions.tally(actor=table.actor, line=line)
    assert Verbatim.objects.get().tally == 3
    assert table.counts() == {"Un banc": (3, 1)}


def test_a_reported_line_is_said_once_more_only_through_words_gathered_under_it(table: Any) -> None:
    reported = table.reported("Des bancs dans la cité", 4)
    with pytest.raises(Invalid, match="sans ses paroles"):
        actions.tally(actor=table.actor, line=reported)
    table.gather(reported, table.note("Un banc"))
    actions.tally(actor=table.actor, line=reported)
    assert Verbatim.objects.get().tally == 2
    assert table.counts() == {"Des bancs dans la cité": (6, 2)}


def test_gathering_adds_counts_moves_no_word_and_takes_along_what_was_already_gathered(table: Any) -> None:
    a, b, c = table.note("Un banc", 2), table.note("Des bancs", 3), table.note("S'asseoir", 1, table.pitfalls)
    d = table.reported("Des assises", 5)
    table.gather(b, c)
    table.gather(a, d)
    table.gather(a, b)
    assert table.counts() == {"Un banc": (11, 4)}
    assert {s.root_id for s in Statement.objects.all()} == {a.pk}
    assert {s.heading_id for s in Statement.objects.all()} == {table.essays.pk}
    assert sorted(Verbatim.objects.values_list("words", "tally")) == [
        ("Des bancs", 3),
        ("S'asseoir", 1),
        ("Un banc", 2),
    ]


def test_gathering_with_a_line_that_is_itself_gathered_goes_under_its_root(table: Any) -> None:
    a, b, c = table.note("Un banc"), table.note("Des bancs"), table.note("S'asseoir")
    table.gather(a, b)
    table.gather(b, c)
    c.refresh_from_db()
    assert c.root_id == a.pk


def test_gathering_twice_or_with_oneself_changes_nothing(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs")
    assert table.gather(a, b) is not None
    before = Change.objects.count()
    assert table.gather(a, b) is None
    assert table.gather(b, a) is None
    assert table.gather(a, a) is None
    assert Change.objects.count() == before


def test_a_line_already_gathered_in_another_tab_takes_its_new_root_along(table: Any) -> None:
    a, b, c = table.note("Un banc"), table.note("Des bancs"), table.note("Des sièges")
    table.gather(a, b)
    stale = Statement.objects.get(pk=b.pk)
    stale.root_id = stale.pk  # as the second tab still sees it
    table.gather(c, stale)
    assert table.counts() == {"Des sièges": (3, 3)}


def test_lines_of_two_occasions_are_not_mixed(table: Any, another_table: Any) -> None:
    other = another_table(table.actor)
    mine, theirs = table.note("Un banc"), other.note("Un banc")
    with pytest.raises(Invalid, match="même tableau"):
        table.gather(mine, theirs)
    with pytest.raises(Invalid, match="même tableau"):
        actions.move(actor=table.actor, line=mine, heading=other.pitfalls)


def test_moving_takes_the_whole_line_and_is_nothing_when_it_is_there_already(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs")
    table.gather(a, b)
    assert actions.move(actor=table.actor, line=b, heading=table.pitfalls) is not None
    assert {s.heading_id for s in Statement.objects.all()} == {table.pitfalls.pk}
    a.refresh_from_db()
    assert actions.move(actor=table.actor, line=a, heading=table.pitfalls) is None


def test_separating_a_member_leaves_the_others_together(table: Any) -> None:
    a, b, c = table.note("Un banc", 2), table.note("Des bancs", 3), table.note("S'asseoir", 4)
    table.gather(a, b)
    table.gather(a, c)
    actions.separate(actor=table.actor, line=b)
    assert table.counts() == {"Un banc": (6, 2), "Des bancs": (3, 1)}


def test_separating_the_line_that_gave_its_title_passes_it_to_the_next(table: Any) -> None:
    a, b, c = table.note("Un banc", 2), table.note("Des bancs", 3), table.note("S'asseoir", 4)
    table.gather(a, c)
    table.gather(a, b)
    actions.separate(actor=table.actor, line=a)
    assert table.counts() == {"Un banc": (2, 1), "Des bancs": (7, 2)}


def test_separating_a_line_that_is_alone_or_already_separated_is_a_conflict(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs")
    table.gather(a, b)
    actions.separate(actor=table.actor, line=b)
    with pytest.raises(Conflict, match="déjà seule"):
        actions.separate(actor=table.actor, line=b)


def test_a_rewording_stands_beside_the_words_and_an_empty_one_goes_back_to_them(table: Any) -> None:
    line = table.note("ya pas de banc")
    actions.reword(actor=table.actor, line=line, text=" Installer des bancs ")
    line = Statement.objects.with_words().get()
    assert (line.wording, line.original) == ("Installer des bancs", "ya pas de banc")
    kept = Rewording.objects.get()
    assert (kept.author_id, kept.author_organisation) == (table.actor.person_id, "Agglomération")
    assert actions.reword(actor=table.actor, line=line, text="Installer des bancs") is None
    actions.reword(actor=table.actor, line=line, text="  ")
    line = Statement.objects.with_words().get()
    assert line.wording == "ya pas de banc"
    assert Rewording.objects.count() == 1  # kept, no longer in force
    assert actions.reword(actor=table.actor, line=line, text="") is None


def test_rewording_with_the_words_themselves_goes_back_to_them(table: Any) -> None:
    line = table.note("Un banc")
    assert actions.reword(actor=table.actor, line=line, text="Un banc") is None
    actions.reword(actor=table.actor, line=line, text="Des bancs")
    actions.reword(actor=table.actor, line=line, text="Un banc")
    assert Statement.objects.get().rewording_id is None


def test_a_withdrawn_line_leaves_the_counts_and_comes_back_whole(table: Any) -> None:
    line = table.note("Tapé par erreur", 2)
    change = actions.withdraw(actor=table.actor, line=line)
    assert table.counts() == {}
    assert Verbatim.objects.get().words == "Tapé par erreur"
    actions.undo(actor=table.actor, change=change)
    assert table.counts() == {"Tapé par erreur": (2, 1)}


def test_a_line_with_others_under_it_is_not_withdrawn(table: Any) -> None:
    a, b = table.note("Un banc"), table.note("Des bancs")
    table.gather(a, b)
    for line in (a, b):
        with pytest.raises(Conflict, match="séparez-les"):
            actions.withdraw(actor=table.actor, line=line)


def test_a_line_withdrawn_in_another_tab_is_a_conflict_for_every_operation(table: Any) -> None:
    gone, other = table.note("Un banc"), table.note("Des bancs")
    actions.withdraw(actor=table.actor, line=gone)
    for attempt in (
        lambda: actions.tally(actor=table.actor, line=gone),
        lambda: actions.move(actor=table.actor, line=gone, heading=table.pitfalls),
        lambda: actions.gather(actor=table.actor, kept=gone, absorbed=other),
        lambda: actions.gather(actor=table.actor, kept=other, absorbed=gone),
        lambda: actions.separate(actor=table.actor, line=gone),
        lambda: actions.reword(actor=table.actor, line=gone, text="Autre"),
        lambda: actions.withdraw(actor=table.actor, line=gone),
        lambda: actions.keep_apart(actor=table.actor, first=gone, second=other),
    ):
        with pytest.raises(Conflict, match="n'est plus là"):
            attempt()


def test_a_word_is_found_in_the_words_the_rewording_and_what_is_gathered(table: Any) -> None:
    a, b, c = table.note("Du calme après l'école"), table.note("Moins de chahut"), table.note("100 % % des clés_")
    table.gather(a, b)
    actions.reword(actor=table.actor, line=a, text="Apaiser la sortie des élèves")
    find = lambda text: list(Statement.objects.roots().matching(text))  # noqa: E731  # one line says it
    assert find("calme") == find("chahut") == find("apaiser") == [a]
    assert find("% %") == find("cles_") == [c]
    assert find("piscine") == []
