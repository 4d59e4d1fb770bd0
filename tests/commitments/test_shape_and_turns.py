"""How commitments spread, who presents, what exceeds (docs/concepts/revue-du-tableau.md): pure functions."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest

from comptoir.commitments.brief import Figure, Told, figures, most
from comptoir.commitments.capacity import Excess, excesses
from comptoir.commitments.review import MOST_LINES, is_stuck, next_presenter, script
from comptoir.commitments.shape import cross, is_long, is_soon, never_filled
from comptoir.commitments.state import Facts, Label, Missing, Proof, state_of

DAY = date(2026, 11, 26)
A, B, C = (UUID(int=n) for n in (1, 2, 3))


def test_a_cross_table_counts_each_pair_once_in_the_order_of_its_keys() -> None:
    pairs = [("b", Label.KEPT), ("a", Label.OVERDUE), ("b", Label.KEPT), ("b", Label.ONGOING), ("x", Label.KEPT)]
    found = cross(pairs, ["a", "b", "c"])
    assert found.labels == (Label.KEPT, Label.ONGOING, Label.OVERDUE)
    assert [(row.key, row.total, [n for _, n in row.counts]) for row in found.rows] == [
        ("a", 1, [0, 0, 1]),
        ("b", 3, [2, 1, 0]),
    ]


def test_the_bars_of_a_cross_table_follow_each_other_and_the_longest_is_whole() -> None:
    chance = random.Random(6)
    labels, keys = list(Label), list(range(9))
    found = cross([(chance.choice(keys), chance.choice(labels)) for _ in range(400)], keys)
    longest = max(row.total for row in found.rows)
    for row in found.rows:
        end = 0.0
        for part in row.segments:
            assert float(part.x) == pytest.approx(end, abs=0.05)
            end = float(part.x) + float(part.width)
        assert end == pytest.approx(100 * row.total / longest, abs=0.1)
        assert row.total == sum(n for _, n in row.counts)


def test_nothing_makes_an_empty_table() -> None:
    assert cross([], ["a"]).rows == ()


def test_cells_never_filled_are_counted_by_signatory_and_those_that_lack_none_are_left_out() -> None:
    found = never_filled([("a", ()), ("b", (Missing.MEASURE,)), ("b", (Missing.MEASURE, Missing.REFERENT))])
    assert set(found) == {"b"}
    assert found["b"] == {
        Missing.REFERENT: 1, Missing.DUE_DATE: 0, Missing.MEASURE: 2, Missing.EXPECTED_PROOF: 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "soon"), [(-1, False), (0, True), (92, True), (93, False)], ids=["past", "today", "last", "after"]
)
def test_within_three_months(days: int, soon: bool) -> None:
    assert is_soon(DAY + timedelta(days), on=DAY) is soon
    assert is_soon(None, on=DAY) is False


def test_what_goes_on_for_more_than_three_months_is_long_and_what_is_closed_is_not() -> None:
    assert is_long(None, Label.ONGOING, on=DAY)
    assert is_long(date(2028, 1, 1), Label.TO_SPECIFY, on=DAY)
    assert not is_long(date(2026, 12, 31), Label.ONGOING, on=DAY)
    assert not any(is_long(None, label, on=DAY) for label in (Label.KEPT, Label.NOT_DONE, Label.OVERDUE))


def test_whoever_never_presented_comes_first_then_whoever_did_longest_ago() -> None:
    assert next_presenter([A, B, C], {}) == A
    assert next_presenter([A, B, C], {A: DAY}) == B
    assert next_presenter([A, B, C], {A: DAY, B: date(2026, 5, 1), C: date(2026, 6, 1)}) == B
    assert next_presenter([B, A], {A: DAY, B: DAY}) == B
    assert next_presenter([], {A: DAY}) is None


def test_everybody_presents_before_anybody_presents_again() -> None:
    presented: dict[UUID, date] = {}
    turns = []
    for week in range(9):
        chosen = next_presenter([A, B, C], presented)
        assert chosen is not None
        presented[chosen] = DAY + timedelta(weeks=week)
        turns.append(chosen)
    assert turns == [A, B, C] * 3


def test_the_script_takes_thirty_minutes_and_says_what_it_leaves_out() -> None:
    steps = script(presenter="La ville", changed=list(range(9)), stuck=[1], to_decide=[], soon=[2, 3])
    assert sum(step.minutes for step in steps) == 30
    assert [(len(step.lines), step.more) for step in steps] == [(0, 0), (MOST_LINES, 3), (1, 0), (0, 0), (2, 0)]
    assert steps[0].how.startswith("La ville présente")
    assert script(presenter="", changed=[], stuck=[], to_decide=[], soon=[])[0].how.startswith("Un signataire présente")


def test_silence_is_never_what_makes_a_line_stuck() -> None:
    waiting = state_of(Facts(due_on=date(2027, 1, 1)), on=DAY)
    overdue = state_of(Facts(due_on=date(2026, 1, 1)), on=DAY)
    kept = state_of(Facts(due_on=date(2026, 1, 1), proofs=(Proof(DAY),)), on=DAY)
    assert not is_stuck(waiting, said_stuck=False, flagged=False)
    assert is_stuck(waiting, said_stuck=True, flagged=False)
    assert is_stuck(kept, said_stuck=False, flagged=True)
    assert is_stuck(overdue, said_stuck=False, flagged=False)
    assert not is_stuck(kept, said_stuck=False, flagged=False)


def test_what_exceeds_its_number_the_whole_first() -> None:
    numbers = [("Q1", "Cantepau", 1), ("Q2", "Lapanouse", 1), ("", "", 3)]
    assert excesses(numbers, ["Q1", "Q1", "Q2", ""]) == [Excess("", 4, 3), Excess("Cantepau", 2, 1)]
    assert excesses(numbers, ["Q2", ""]) == []
    assert excesses([], ["Q1"] * 50) == []
    assert excesses([("", "", 0)], [""]) == [Excess("", 1, 0)]


def test_three_figures_agree_with_their_words() -> None:
    labels = [Label.KEPT, Label.KEPT, Label.PARTLY_KEPT, Label.OVERDUE, Label.ONGOING]
    assert figures(labels, steps=1) == [
        Figure(2, "engagements tenus sur 5, et 1 en partie"), Figure(1, "a passé son échéance"),
        Figure(1, "chose change d'ici trois mois"),
    ]  # fmt: skip
    assert figures([], steps=0)[0].words == "engagement tenu sur 0"


def test_five_sentences_and_how_many_more() -> None:
    assert most(Told(str(n)) for n in range(5))[1] == ""
    shown, more = most(Told(str(n)) for n in range(7))
    assert [one.text for one in shown] == list("01234")
    assert more == "et 2\u00a0autres"
