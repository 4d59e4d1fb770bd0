"""Numbers of people in an evaluation, as they may leave: docs/concepts/evaluation.md (« Petits nombres »)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.disclosure import Cell, Rule, Table, Verdict, audit
from comptoir.evaluation.counted import MOST, PROTECTS, Counted, silenced
from comptoir.evaluation.heard import Heard, told

WORDS = ("mieux", "pareil", "pire")


def counted(*numbers: float, unit: str = "habitants", period: str = "2025") -> list[Counted]:
    return [Counted(at, Decimal(str(number)), unit, period) for at, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "silent"),
    [
        ((3, 40), {0: "moins de 11"}),
        ((3, 40, 43), {0: "moins de 11", 1: PROTECTS}),
        ((3, 0, 11), {0: "moins de 11"}),
        ((40, 43, 83), {}),
        ((3, 40, 43, 40), {0: "moins de 11", 2: PROTECTS}),
        ((1.5, 40), {}),
    ],
    ids=["alone", "part of a total", "no person", "none small", "written twice", "an average"],
)
def test_a_small_number_is_silent_and_so_is_what_gives_it_back(
    numbers: tuple[float, ...], silent: dict[int, str]
) -> None:
    assert silenced(counted(*numbers), 11) == silent


def test_what_counts_no_person_is_told_and_years_do_not_mix() -> None:
    assert silenced(counted(3, unit="bancs"), 11) == {}
    other = [Counted("later", Decimal(43), "habitants", "2026"), Counted("part", Decimal(40), "habitants", "2026")]
    assert silenced([*counted(3), *other], 11) == {0: "moins de 11"}


def test_too_many_numbers_to_look_for_sums_are_all_silent() -> None:
    many = counted(3, *range(1000, 1000 + MOST))
    assert len(silenced(many, 11)) == len(many)
    assert silenced(counted(*range(1000, 1001 + MOST)), 11) == {}


def test_without_the_cells_that_protect_others_a_subtraction_gives_back_the_small_one() -> None:
    assert silenced(counted(3, 40, 43), 11, secondary=False) == {0: "moins de 11"}


three = st.tuples(*(st.integers(0, 60) for _ in WORDS)).filter(any)


@given(st.lists(three, min_size=1, max_size=3), three)
def test_nobody_works_out_a_small_number_of_answers(places: list[tuple[int, ...]], rest: tuple[int, ...]) -> None:
    rows = {f"Q{at}": row for at, row in enumerate(places)}
    rows[""] = tuple(map(sum, zip(rest, *places, strict=True)))
    said = told([Heard(place, "x", place, row) for place, row in rows.items()], 11)  # type: ignore[arg-type]  # three numbers each
    names = {"": "Ensemble"}
    cells = {
        (names.get(place, place), word): Cell(float("nan") if number is None else number)
        for place in rows
        for word, number in zip((*WORDS, "Ensemble"), (*said[place].numbers, said[place].total), strict=True)
    }
    if any(rest):
        others = zip((*WORDS, "Ensemble"), (*rest, sum(rest)), strict=True)
        cells |= {("…", word): Cell(float("nan") if number else 0) for word, number in others}
    table = Table("réponses", ("quartier", "ressenti"), cells, Rule(threshold=11, distinct=False))
    found = [one for one in audit([table]) if one.modalities[0] != "…"]
    small = {
        (names.get(place, place), word)
        for place, row in rows.items()
        for word, number in zip((*WORDS, "Ensemble"), (*row, sum(row)), strict=True)
        if 0 < number < 11
    }
    assert not [one for one in found if one.verdict is Verdict.EXACT and one.modalities in small]


def test_places_that_do_not_add_up_are_each_told_alone() -> None:
    said = told([Heard("all", "x", "", (20, 20, 20)), Heard("one", "x", "Q1", (30, 12, 12))], 11)
    assert (said["all"].numbers, said["one"].numbers) == ((20, 20, 20), (30, 12, 12))
    alone = told([Heard("one", "x", "Q1", (30, 12, 2))], 11)["one"]
    assert (alone.total, alone.numbers) == (44, (30, None, None))
    assert "moins de 11 réponses" in alone.reason
