"""The state of a commitment (docs/concepts/commitments.md): cases, then the guarantees on any facts."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.commitments.state import (
    Asked,
    Decision,
    Facts,
    Label,
    Missing,
    News,
    Outcome,
    Proof,
    Timeliness,
    missing_of,
    news_of,
    state_of,
)

TODAY = date(2026, 11, 26)
PRECISE = Facts(has_referent=True, due_on=date(2027, 6, 30), has_measure=True, has_expected_proof=True)
YEARLY = replace(PRECISE, due_on=None, first_year=2024)
NOT_DONE = Decision(Outcome.NOT_DONE, date(2026, 6, 1))


def facts(**given_facts: Any) -> Facts:
    return replace(PRECISE, **given_facts)


CASES = {
    "nothing but a wording": (Facts(), Label.TO_SPECIFY),
    "no referent": (facts(has_referent=False), Label.TO_SPECIFY),
    "no due date": (facts(due_on=None), Label.TO_SPECIFY),
    "no measure": (facts(has_measure=False), Label.TO_SPECIFY),
    "no expected proof": (facts(has_expected_proof=False), Label.TO_SPECIFY),
    "precise": (PRECISE, Label.ONGOING),
    "due today": (facts(due_on=TODAY), Label.ONGOING),
    "due yesterday": (facts(due_on=TODAY - timedelta(1)), Label.OVERDUE),
    "due yesterday, and imprecise": (facts(due_on=TODAY - timedelta(1), has_measure=False), Label.OVERDUE),
    "a proof that nobody confirmed": (facts(proofs=(Proof(None),)), Label.ONGOING),
    "a confirmed proof": (facts(proofs=(Proof(TODAY),)), Label.KEPT),
    "a proof confirmed tomorrow": (facts(proofs=(Proof(TODAY + timedelta(1)),)), Label.ONGOING),
    "a partial proof": (facts(proofs=(Proof(TODAY, whole=False),)), Label.PARTLY_KEPT),
    "a whole and a partial proof": (facts(proofs=(Proof(TODAY, whole=False), Proof(TODAY))), Label.KEPT),
    "kept after its due date": (facts(due_on=date(2025, 1, 1), proofs=(Proof(TODAY),)), Label.KEPT),
    "kept though imprecise": (Facts(proofs=(Proof(TODAY),)), Label.KEPT),
    "decided not done": (facts(decisions=(NOT_DONE,)), Label.NOT_DONE),
    "decided not done, then proved": (facts(decisions=(NOT_DONE,), proofs=(Proof(date(2026, 7, 1)),)), Label.KEPT),
    "proved, then decided not done": (facts(decisions=(NOT_DONE,), proofs=(Proof(date(2026, 5, 1)),)), Label.NOT_DONE),
    "dropped": (facts(decisions=(Decision(Outcome.DROPPED_BY_AGREEMENT, TODAY),)), Label.DROPPED_BY_AGREEMENT),
    "amended": (facts(decisions=(Decision(Outcome.AMENDED, TODAY),)), Label.AMENDED),
    "amended, then late": (
        facts(due_on=date(2026, 9, 1), decisions=(Decision(Outcome.AMENDED, date(2026, 1, 1)),)),
        Label.OVERDUE,
    ),
    "not done, then amended": (facts(decisions=(NOT_DONE, Decision(Outcome.AMENDED, TODAY))), Label.AMENDED),
    "two decisions of one day": (
        facts(decisions=(NOT_DONE, Decision(Outcome.DROPPED_BY_AGREEMENT, NOT_DONE.decided_on))),
        Label.NOT_DONE,
    ),
    "never answered": (facts(asked=(Asked(date(2026, 1, 1)), Asked(date(2026, 4, 1)))), Label.ONGOING),
    "yearly, its first year": (replace(YEARLY, first_year=2026), Label.ONGOING),
    "yearly, two years ended without anything": (YEARLY, Label.OVERDUE),
    "yearly, kept last year": (replace(YEARLY, proofs=(Proof(date(2026, 1, 15), year=2025),)), Label.KEPT),
    "yearly, not done last year": (
        replace(YEARLY, decisions=(Decision(Outcome.NOT_DONE, date(2026, 2, 1), year=2025),)),
        Label.NOT_DONE,
    ),
    "yearly, kept two years ago, nothing last year": (
        replace(YEARLY, proofs=(Proof(date(2025, 1, 15), year=2024),)),
        Label.OVERDUE,
    ),
    "yearly, kept last year, partly this year": (
        replace(YEARLY, proofs=(Proof(date(2025, 12, 1)), Proof(TODAY, whole=False))),
        Label.KEPT,
    ),
    "yearly, not done last year, partly this year": (
        replace(
            YEARLY,
            decisions=(Decision(Outcome.NOT_DONE, date(2026, 2, 1), year=2025),),
            proofs=(Proof(TODAY, whole=False),),
        ),
        Label.PARTLY_KEPT,
    ),
    "yearly, not begun": (replace(YEARLY, first_year=2028), Label.ONGOING),
    "yearly, ended, all kept": (
        replace(YEARLY, last_year=2025, proofs=(Proof(date(2024, 12, 1)), Proof(date(2025, 12, 1)))),
        Label.KEPT,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_label_of_each_case(case: str) -> None:
    given_facts, expected = CASES[case]
    assert state_of(given_facts, on=TODAY).label == expected


def test_a_decision_never_makes_it_kept() -> None:
    for outcome in (Outcome.KEPT, Outcome.PARTLY_KEPT):
        with pytest.raises(ValueError, match="proof"):
            Decision(outcome, TODAY)


def test_a_fact_is_never_about_a_year_to_come() -> None:
    for fact in (lambda: Proof(TODAY, year=2027), lambda: Decision(Outcome.NOT_DONE, TODAY, year=2027)):
        with pytest.raises(ValueError, match="year"):
            fact()


def test_what_is_missing_is_named() -> None:
    assert missing_of(Facts()) == tuple(Missing)
    assert missing_of(PRECISE) == ()
    assert missing_of(YEARLY) == ()


def test_each_year_has_its_outcome() -> None:
    state = state_of(replace(YEARLY, proofs=(Proof(date(2025, 1, 15), year=2024),)), on=TODAY)
    assert [(y.year, y.outcome, y.label) for y in state.years] == [
        (2024, Outcome.KEPT, Label.KEPT),
        (2025, None, Label.OVERDUE),
        (2026, None, Label.ONGOING),
    ]
    assert state.timeliness == Timeliness.OVERDUE


ASKED = date(2026, 9, 1)
HEARD = date(2026, 9, 10)
NEWS = {
    "never asked": ((), News.NOT_ASKED, None),
    "asked lately": ((Asked(TODAY - timedelta(10)),), News.WAITING, TODAY - timedelta(10)),
    "asked a month ago": ((Asked(TODAY - timedelta(31)),), News.SILENT, TODAY - timedelta(31)),
    "asked twice": ((Asked(TODAY - timedelta(20)), Asked(TODAY - timedelta(5))), News.SILENT, TODAY - timedelta(20)),
    "answered": ((Asked(ASKED, answered_on=HEARD),), News.HEARD, HEARD),
    "answered, then asked": ((Asked(ASKED, answered_on=HEARD), Asked(TODAY)), News.WAITING, TODAY),
    "answered, then silent": ((Asked(ASKED, answered_on=HEARD), Asked(date(2026, 10, 1))), News.SILENT, HEARD),
    "came back": ((Asked(ASKED, delivered=False),), News.UNREACHED, ASKED),
    "came back, then answered late": ((Asked(ASKED, delivered=False, answered_on=HEARD),), News.HEARD, HEARD),
    "answered tomorrow": ((Asked(TODAY, answered_on=TODAY + timedelta(1)),), News.WAITING, TODAY),
}


@pytest.mark.parametrize("case", NEWS)
def test_the_news_of_each_case(case: str) -> None:
    asked, *expected = NEWS[case]
    assert list(news_of(asked, on=TODAY)) == expected


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MAYBE = st.none() | DAYS
YEARS = st.none() | st.integers(2024, 2028)


@st.composite
def proofs(draw: st.DrawFn, days: Any = MAYBE) -> Proof:
    day = draw(days)
    return Proof(day, draw(st.booleans()), draw(years_until(day)))


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    day = draw(DAYS)
    return Decision(draw(DECIDED), day, draw(years_until(day)))


def years_until(day: date | None) -> Any:
    return st.none() | st.integers(2023, day.year if day else 2028)


DECIDED = st.sampled_from([Outcome.AMENDED, Outcome.DROPPED_BY_AGREEMENT, Outcome.NOT_DONE])
REQUESTS = st.builds(Asked, DAYS, st.booleans(), st.none() | DAYS)
ANY = st.builds(
    Facts, st.booleans(), st.none() | DAYS, st.booleans(), st.booleans(), st.none() | st.integers(2023, 2027), YEARS,
    st.lists(proofs(), max_size=4).map(tuple), st.lists(decisions(), max_size=3).map(tuple),
    st.lists(REQUESTS, max_size=3).map(tuple),
)  # fmt: skip


@given(ANY, proofs(DAYS), DAYS)
def test_a_confirmed_proof_never_makes_it_less_favourable(known: Facts, proof: Proof, on: date) -> None:
    with_it = replace(known, proofs=(*known.proofs, proof))
    assert state_of(with_it, on=on).label.rank <= state_of(known, on=on).label.rank


@given(ANY, DAYS, st.integers(0, 2000))
def test_time_alone_never_makes_it_more_favourable(known: Facts, on: date, days: int) -> None:
    past = replace(
        known,
        proofs=tuple(p for p in known.proofs if p.confirmed_on and p.confirmed_on <= on),
        decisions=tuple(d for d in known.decisions if d.decided_on <= on),
    )
    later = on + timedelta(days)
    assert state_of(past, on=later).label.rank >= state_of(past, on=on).label.rank


@given(ANY, DAYS, st.data())
def test_the_order_of_entry_does_not_matter(known: Facts, on: date, data: st.DataObject) -> None:
    other = replace(
        known,
        proofs=tuple(data.draw(st.permutations(known.proofs))),
        decisions=tuple(data.draw(st.permutations(known.decisions))),
        asked=tuple(data.draw(st.permutations(known.asked))),
    )
    assert state_of(other, on=on) == state_of(known, on=on)


@given(ANY, DAYS, st.lists(REQUESTS, max_size=4).map(tuple))
def test_silence_never_changes_the_label(known: Facts, on: date, asked: tuple[Asked, ...]) -> None:
    assert state_of(replace(known, asked=asked), on=on).label == state_of(known, on=on).label


@given(ANY, DAYS)
def test_kept_needs_a_confirmed_proof_and_not_done_a_decision(known: Facts, on: date) -> None:
    label = state_of(known, on=on).label
    if label in {Label.KEPT, Label.PARTLY_KEPT}:
        assert any(p.confirmed_on and p.confirmed_on <= on for p in known.proofs)
    if label in {Label.NOT_DONE, Label.DROPPED_BY_AGREEMENT}:
        assert any(d.decided_on <= on for d in known.decisions)


def test_three_facts_in_any_order_give_one_state() -> None:
    told = (Proof(date(2026, 3, 1), whole=False), Proof(date(2026, 4, 1)), Proof(None))
    assert {state_of(facts(proofs=order), on=TODAY) for order in permutations(told)} == {
        state_of(facts(proofs=told), on=TODAY)
    }
