"""Who is asked what, when, and whom to call first (docs/concepts/points-d-etape.md)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.commitments.asking import (
    Call,
    Question,
    Why,
    is_pressing,
    is_settled,
    next_round,
    plan,
    to_call,
    working_day,
)
from comptoir.commitments.state import Decision, Facts, Outcome, Proof, state_of

MONDAY, THURSDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 28)


def one(number: int) -> UUID:
    return UUID(int=number)


def question(commitment: int, person: int | None = 1, heard: date | None = None, due: date | None = None) -> Question:
    return Question(one(commitment), one(person) if person else None, heard, due, commitment)


@pytest.mark.parametrize(
    ("start", "rank", "expected"),
    [
        (THURSDAY, 0, THURSDAY),
        (THURSDAY, 1, date(2026, 11, 27)),
        (THURSDAY, 2, date(2026, 11, 30)),
        (SATURDAY, 0, date(2026, 11, 30)),
        (SATURDAY, 5, date(2026, 12, 7)),
    ],
    ids=["the day itself", "the next", "over the week-end", "from a Saturday", "a week later"],
)
def test_letters_leave_on_working_days(start: date, rank: int, expected: date) -> None:
    assert working_day(start, rank) == expected


def test_all_that_is_asked_of_a_person_comes_on_one_day() -> None:
    found = plan([question(1), question(2, 2), question(3)], [one(1), one(2)], starts_on=MONDAY, days=5, most=5)
    assert found.asked == {
        one(1): (MONDAY, [one(1), one(3)]),
        one(2): (MONDAY + timedelta(2), [one(2)]),
    }


def test_above_the_cap_those_without_news_and_those_due_first_are_asked() -> None:
    asked = [
        question(1, heard=date(2026, 9, 1)), question(2, due=date(2027, 6, 1)), question(3, due=date(2026, 12, 1)),
        question(4, heard=date(2026, 6, 1)), question(5),
    ]  # fmt: skip
    found = plan(asked, [one(1)], starts_on=MONDAY, days=3, most=4)
    assert found.asked[one(1)][1] == [one(3), one(2), one(5), one(4)]
    assert found.later == [one(1)]


def test_a_commitment_without_anybody_is_said_to_be_so() -> None:
    found = plan([question(1, None), question(2)], [one(1)], starts_on=MONDAY, days=3, most=4)
    assert (found.unnamed, found.later) == ([one(1)], [])


@given(
    st.lists(st.tuples(st.integers(1, 6), st.dates(MONDAY, SATURDAY)), max_size=40),
    st.dates(MONDAY, MONDAY + timedelta(40)), st.integers(1, 10), st.integers(1, 6),
)  # fmt: skip
def test_whatever_is_asked_nobody_gets_too_much_and_nothing_is_lost(
    given_: list[tuple[int, date]], start: date, days: int, most: int
) -> None:
    questions = [question(rank, person, heard) for rank, (person, heard) in enumerate(given_)]
    found = plan(questions, [one(n) for n in range(1, 7)], starts_on=start, days=days, most=most)
    asked = [commitment for _, commitments in found.asked.values() for commitment in commitments]
    assert sorted(asked + found.later) == sorted(q.commitment for q in questions)
    last = working_day(start, days - 1)
    for day, commitments in found.asked.values():
        assert 0 < len(commitments) <= most
        assert start <= day <= last
        assert day.weekday() < 5


def call(person: int, why: Why = Why.SILENT, since: date = MONDAY, pressing: bool = False, name: str = "") -> Call:
    return Call(one(person), why, since, pressing, name or f"personne {person}")


def test_those_who_could_not_be_reached_are_called_first_then_those_who_are_stuck() -> None:
    found = to_call([call(1), call(2, Why.STUCK, pressing=True), call(3, Why.UNREACHED)])
    assert [c.person for c in found] == [one(3), one(2), one(1)]


def test_then_what_presses_then_the_longest_wait_then_the_name() -> None:
    waiting = [
        call(1, name="b"), call(2, name="a"), call(3, since=MONDAY - timedelta(9), name="z"),
        call(4, pressing=True, since=THURSDAY, name="z"),
    ]  # fmt: skip
    assert [c.person for c in to_call(waiting)] == [one(4), one(3), one(2), one(1)]


def test_a_person_is_called_once_for_the_first_of_their_reasons() -> None:
    (found,) = to_call([call(1), call(1, Why.STUCK), call(1, pressing=True)])
    assert found.why == Why.STUCK


@given(st.permutations([call(1), call(2, Why.STUCK), call(3, Why.UNREACHED), call(3), call(4, pressing=True)]))
def test_the_order_of_reading_does_not_count(calls: list[Call]) -> None:
    assert [c.person for c in to_call(calls)] == [one(3), one(2), one(4), one(1)]


def test_a_date_presses_when_it_is_past_or_within_thirty_days() -> None:
    assert is_pressing(MONDAY - timedelta(1), on=MONDAY)
    assert is_pressing(MONDAY + timedelta(30), on=MONDAY)
    assert not is_pressing(MONDAY + timedelta(31), on=MONDAY)
    assert not is_pressing(None, on=MONDAY)


@pytest.mark.parametrize(
    ("facts", "settled"),
    [
        (Facts(), False),
        (Facts(proofs=(Proof(MONDAY),)), True),
        (Facts(proofs=(Proof(MONDAY, whole=False),)), False),
        (Facts(proofs=(Proof(None),)), False),
        (Facts(decisions=(Decision(Outcome.NOT_DONE, MONDAY),)), True),
        (Facts(decisions=(Decision(Outcome.DROPPED_BY_AGREEMENT, MONDAY),)), True),
        (Facts(decisions=(Decision(Outcome.AMENDED, MONDAY),)), False),
        (Facts(first_year=2025, proofs=(Proof(date(2025, 12, 1)),)), False),
        (Facts(first_year=2025, proofs=(Proof(MONDAY),)), True),
        (Facts(first_year=2024, last_year=2025), True),
    ],
    ids=[
        "nothing known", "kept", "partly kept", "a proof not confirmed", "not done", "dropped", "amended",
        "yearly, last year kept", "yearly, this year kept", "yearly, its years are over",
    ],
)  # fmt: skip
def test_what_is_settled_is_not_asked_any_more(facts: Facts, settled: bool) -> None:
    assert is_settled(state_of(facts, on=THURSDAY), on=THURSDAY) is settled


@pytest.mark.parametrize(
    ("opened", "months", "expected"),
    [
        (None, 3, THURSDAY),
        (date(2026, 9, 14), 3, date(2026, 12, 14)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 24, date(2028, 12, 5)),
    ],
    ids=["never", "a quarter", "a short month", "the end of January", "two years"],
)
def test_the_next_round_is_proposed_after_the_rhythm(opened: date | None, months: int, expected: date) -> None:
    assert next_round(opened, months=months, on=THURSDAY) == expected
