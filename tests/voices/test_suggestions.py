"""Suggestions: a person decides, the decision is kept (docs/concepts/occurrences.md, docs/concepts/grouping.md)."""

from typing import Any, cast

import pytest

from comptoir.analysis.grouping import DomainGrouping
from comptoir.kit.errors import Conflict
from comptoir.voices import actions
from comptoir.voices.actions.lexicon import Method, lexicon_of, method_of, teach
from comptoir.voices.actions.suggestions import apart_pairs, open_resemblances, put_aside_by
from comptoir.voices.models import Resemblance, Verdict
from comptoir.voices.near import LATER, near

LIKE = ("Le café du mardi au pied de la tour", "Café du mardi au pied de la tour")


def pairs(table: Any) -> list[frozenset[str]]:
    actions.refresh_resemblances(table.essays)
    return [frozenset((str(p.first_id), str(p.second_id))) for p in Resemblance.objects.all()]


def test_lines_that_look_alike_are_suggested_with_their_reason_until_they_are_gathered(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    table.note("Refaire les boîtes aux lettres")
    assert pairs(table) == [{str(a.pk), str(b.pk)}]
    assert Resemblance.objects.get().reason.endswith(".") or Resemblance.objects.get().reason
    table.gather(a, b)
    assert pairs(table) == []


def test_a_pair_kept_apart_goes_and_never_comes_back(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    assert pairs(table)
    actions.keep_apart(actor=table.actor, first=b, second=a)
    assert not Resemblance.objects.exists()
    assert pairs(table) == []
    actions.keep_apart(actor=table.actor, first=a, second=b)
    assert Verdict.objects.count() == 1


def test_what_is_gathered_with_a_line_kept_apart_is_not_suggested_either(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    c = table.note("Un goûter dans le hall")
    actions.keep_apart(actor=table.actor, first=a, second=b)
    table.gather(c, b)
    assert apart_pairs([table.essays]) == frozenset({(str(a.pk), str(c.pk))})


def test_separated_lines_are_not_suggested_again_until_that_is_undone(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    gathered = table.gather(a, b)
    separated = actions.separate(actor=table.actor, line=a)
    assert pairs(table) == []
    actions.undo(actor=table.actor, change=separated)
    actions.undo(actor=table.actor, change=gathered)
    assert pairs(table) == [{str(a.pk), str(b.pk)}]


def test_gathering_overrides_a_refusal_and_undoing_it_brings_the_refusal_back(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    actions.keep_apart(actor=table.actor, first=a, second=b)
    gathered = table.gather(a, b)
    assert table.counts() == {LIKE[0]: (2, 2)}
    assert apart_pairs([table.essays]) == frozenset()
    actions.undo(actor=table.actor, change=gathered)
    assert pairs(table) == []


def test_lines_that_are_one_already_cannot_be_kept_apart(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    with pytest.raises(Conflict, match="même ligne"):
        actions.keep_apart(actor=table.actor, first=a, second=a)
    table.gather(a, b)
    with pytest.raises(Conflict, match="même ligne"):
        actions.keep_apart(actor=table.actor, first=a, second=b)


def test_a_column_of_names_has_no_suggestion(table: Any) -> None:
    table.reported("La régie de quartier", 0, table.who)
    table.reported("Régie de quartier", 0, table.who)
    assert actions.refresh_resemblances(table.who) == 0


def test_the_analysis_runs_outside_any_transaction_of_its_own(table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of lines take seconds: nobody else must wait for them."""
    from django.db import connection

    from comptoir.voices.actions import suggestions

    depth = len(connection.savepoint_ids)
    seen: list[int] = []

    class Watched:
        def suggest(self, *args: Any, **kwargs: Any) -> list[Any]:
            seen.append(len(connection.savepoint_ids))
            return []

    monkeypatch.setattr(suggestions, "method_of", lambda lexicon: Method(cast(DomainGrouping, Watched()), "digest"))
    actions.refresh_resemblances(table.essays)
    assert seen == [depth]


def test_notes_in_other_words_are_suggested_the_most_useful_first(table: Any) -> None:
    a, b = table.note("Il n'y a nulle part où s'asseoir", tally=9), table.note("Plus de bancs", tally=8)
    c, d = table.note("Aucun arbre dans la rue"), table.note("Planter des arbres dans la rue")
    pairs(table)
    first, second = Resemblance.objects.all()[:2]
    assert {first.first_id, first.second_id} == {a.pk, b.pk}
    assert {second.first_id, second.second_id} == {c.pk, d.pk}
    assert first.use > first.score


def test_what_was_put_aside_is_not_asked_to_that_person_until_taken_up_again(table: Any) -> None:
    a, b = (table.note(words) for words in LIKE)
    pairs(table)
    actions.set_aside(actor=table.actor, first=b, second=a)
    actions.set_aside(actor=table.actor, first=a, second=b)
    assert pairs(table), "it says nothing of the two lines"
    assert not open_resemblances().filter(~put_aside_by(table.actor)).exists()
    assert not Verdict.objects.exists()
    assert actions.take_up_again(actor=table.actor, headings=table.occasion.headings.all()) == 1
    assert open_resemblances().filter(~put_aside_by(table.actor)).count() == 1


def test_decisions_teach_and_what_is_undone_is_forgotten(table: Any) -> None:
    """docs/concepts/grouping.md, « Ce que les décisions apprennent »."""
    gathered = table.gather(table.note("La bricothèque du quartier"), table.note("La zinguerie du quartier"))
    taught = teach(table.actor.space).taught
    assert "=" in taught
    assert teach(table.actor.space).taught == taught == lexicon_of(table.actor.space).taught
    assert method_of(lexicon_of(table.actor.space)).grouping.learned.same
    actions.undo(actor=table.actor, change=gathered)
    assert teach(table.actor.space).taught == ""


def test_a_note_being_typed_finds_the_lines_said_before_it_those_just_written_too(table: Any) -> None:
    method = method_of(lexicon_of(table.actor.space))
    a = table.note("Il n'y a nulle part où s'asseoir")
    assert [pair.b for pair in near(table.essays, "Plus de bancs", method)] == [str(a.pk)]
    b = table.note("Des bancs, il en faut plus")
    assert {pair.b for pair in near(table.essays, "Plus de bancs", method)} == {str(a.pk), str(b.pk)}
    assert near(table.essays, "banc", method) == near(table.pitfalls, "Plus de bancs", method) == []


def test_what_a_typed_note_finds_is_never_stale(table: Any) -> None:
    """docs/concepts/grouping.md, « À quoi ressemble une note qui arrive »."""
    method = method_of(lexicon_of(table.actor.space))

    def found() -> set[str]:
        return {pair.b for pair in near(table.essays, "Plus de bancs", method)}

    a, b, c = (table.note(words) for words in ("Des bancs", "Il manque des bancs", "Planter des arbres"))
    assert found() == {str(a.pk), str(b.pk)}
    gathered = table.gather(a, b)
    assert found() == {str(a.pk)}
    actions.undo(actor=table.actor, change=gathered)
    assert found() == {str(a.pk), str(b.pk)}
    actions.reword(actor=table.actor, line=c, text="Nulle part où s'asseoir")
    assert found() == {str(a.pk), str(b.pk), str(c.pk)}
    actions.reword(actor=table.actor, line=a, text="Des poubelles dans la rue")
    assert found() == {str(b.pk), str(c.pk)}
    actions.move(actor=table.actor, line=b, heading=table.pitfalls)
    assert found() == {str(c.pk)}
    actions.withdraw(actor=table.actor, line=c)
    assert found() == set()


def test_many_lines_written_since_a_column_was_read_are_read_together(table: Any) -> None:
    method = method_of(lexicon_of(table.actor.space))
    seat = table.note("Nulle part où s'asseoir")
    assert [pair.b for pair in near(table.essays, "Plus de bancs", method)] == [str(seat.pk)]
    for n in range(LATER + 3):
        table.note(f"Un atelier de couture numéro {n}")
    last = table.note("Des bancs devant la mairie")
    assert {pair.b for pair in near(table.essays, "Plus de bancs", method)} == {str(seat.pk), str(last.pk)}
