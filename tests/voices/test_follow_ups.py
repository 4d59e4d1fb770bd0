"""Codes of six letters. Cites docs/concepts/page-publique.md: « Le code de suivi », and ADR 29."""

import string
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from comptoir.accounts.models import Actor
from comptoir.kit.errors import Refused
from comptoir.voices import actions, follow_ups
from comptoir.voices.follow_ups import LENGTH, LETTERS, as_code, find, new_code
from comptoir.voices.models import FollowUp, Statement, Verbatim


def code_of(line: Statement) -> str:
    return FollowUp.objects.get(verbatim__statement=line).code


def test_a_code_is_made_of_letters_that_are_not_taken_for_others() -> None:
    assert not set(LETTERS) & set("AEIOUYLQ01")
    assert len(set(LETTERS)) ** LENGTH == 34_012_224, "as the concept page says"
    codes = {new_code() for _ in range(500)}
    assert len(codes) > 490
    assert {sign for code in codes for sign in code} == set(LETTERS)
    assert {len(code) for code in codes} == {LENGTH}


@given(st.text(LETTERS, min_size=LENGTH, max_size=LENGTH), st.data())
def test_a_code_is_read_however_it_was_copied(code: str, data: Any) -> None:
    parts = [letter.lower() if data.draw(st.booleans()) else letter for letter in code]
    blanks = [data.draw(st.sampled_from(["", " ", "-", ".", "\u00a0"])) for _ in code]
    assert as_code("".join(a + b for a, b in zip(parts, blanks, strict=True))) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_nothing(typed: str) -> None:
    code = as_code(typed)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(LETTERS))


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "BCDFGA", "BCDFG1", "'; --", "BCDFGH" * 50])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert as_code(typed) == ""


@pytest.mark.django_db
def test_words_get_one_code_and_keep_it(table: Any, lead: Actor) -> None:
    one, two = table.note("Des bancs"), table.note("Un point d'eau")
    assert actions.give_codes(actor=lead, occasion=table.occasion) == 2
    first = code_of(one)
    assert first != code_of(two)
    table.note("De l'ombre")
    assert actions.give_codes(actor=lead, occasion=table.occasion) == 1
    assert actions.give_codes(actor=lead, occasion=table.occasion) == 0
    assert code_of(one) == first


@pytest.mark.django_db
def test_only_words_that_stand_get_a_code(table: Any, lead: Actor) -> None:
    withdrawn, erased = table.note("Des bancs"), table.note("Un point d'eau")
    table.reported("Des arbres", 3)
    actions.withdraw(actor=lead, line=withdrawn)
    Verbatim.objects.filter(statement=erased).update(erased_at="2026-11-01T10:00Z")
    assert actions.give_codes(actor=lead, occasion=table.occasion) == 0
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_one_line_alone_may_get_its_code(table: Any, lead: Actor) -> None:
    one, two = table.note("Des bancs"), table.note("Un point d'eau")
    assert actions.give_codes(actor=lead, occasion=table.occasion, line=two) == 1
    assert not FollowUp.objects.filter(verbatim__statement=one).exists()
    assert len(code_of(two)) == LENGTH


@pytest.mark.django_db
def test_a_code_drawn_twice_is_drawn_again(table: Any, lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    table.note("Des bancs")
    drawn = iter(["BBBBBB", "BBBBBB", "CCCCCC", "CCCCCC", "DDDDDD"])
    monkeypatch.setattr("comptoir.voices.actions.follow_ups.new_code", lambda: next(drawn))
    actions.give_codes(actor=lead, occasion=table.occasion)
    table.note("Un point d'eau")
    actions.give_codes(actor=lead, occasion=table.occasion)
    assert sorted(FollowUp.objects.values_list("code", flat=True)) == ["BBBBBB", "CCCCCC"]


@pytest.mark.django_db
def test_a_code_opens_its_words_in_their_space_only(table: Any, lead: Actor, stranger: Actor) -> None:
    line = table.note("Des bancs")
    actions.give_codes(actor=lead, occasion=table.occasion)
    code = code_of(line)
    found = find(lead.space, f" {code[:3].lower()}-{code[3:]} ")
    assert found is not None
    assert found.verbatim.statement == line
    assert find(stranger.space, code) is None
    assert find(lead.space, follow_ups.new_code()) is None


@pytest.mark.django_db
def test_others_give_no_code(table: Any, lead: Actor, reader: Actor, evaluator: Actor, stranger: Actor) -> None:
    table.note("Des bancs")
    for actor in (reader, evaluator, stranger):
        with pytest.raises(Refused):
            actions.give_codes(actor=actor, occasion=table.occasion)
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_no_column_of_a_code_could_hold_a_person() -> None:
    """Anonymous is structural: the space, the words and six letters, nothing else (design, invariant 8)."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, FollowUp._meta.db_table)
    assert {column.name for column in columns} == {"id", "space_id", "verbatim_id", "code"}
    assert set(string.ascii_uppercase) > set(LETTERS)
