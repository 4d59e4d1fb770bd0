"""What residents feel against a figure (docs/concepts/evaluation.md, « Ressenti et chiffre »): its table, its laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.evaluation.perceived import Agreement, Distance, Felt, Went, distance, felt, together, went

COUNTS = st.integers(0, 500)
MIRROR = {Felt.BETTER: Felt.WORSE, Felt.WORSE: Felt.BETTER}
BACK = {Went.BETTER: Went.WORSE, Went.WORSE: Went.BETTER}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((0, 0, 0), None),
        ((1, 0, 0), Felt.BETTER),
        ((6, 0, 4), Felt.BETTER),
        ((11, 0, 9), Felt.SPLIT),
        ((3, 14, 3), Felt.SAME),
        ((5, 10, 5), Felt.SAME),
        ((6, 8, 6), Felt.SPLIT),
        ((2, 14, 6), Felt.SAME),
        ((2, 12, 6), Felt.WORSE),
        ((4, 0, 6), Felt.WORSE),
    ],
    ids=["nobody", "all", "a fifth apart", "under a fifth", "most the same", "half the same", "less than half",
         "under a fifth and the same", "a fifth though most are the same", "worse"],
)  # fmt: skip
def test_what_a_group_feels_case_by_case(answers: tuple[int, int, int], found: Felt | None) -> None:
    assert felt(*answers) == found


@pytest.mark.parametrize(
    ("earlier", "later", "up", "found"),
    [
        (100, 110, True, Went.BETTER),
        (100, 110, False, Went.WORSE),
        (100, 110, None, Went.UNSIGNED),
        (100, 102, True, Went.SAME),
        (100, 102.1, True, Went.BETTER),
        (0, 1, True, Went.BETTER),
        (0, 0, True, Went.SAME),
        (-10, -12, True, Went.WORSE),
    ],
)
def test_the_way_of_a_figure_case_by_case(earlier: float, later: float, up: bool | None, found: Went) -> None:
    assert went(earlier, later, up) == found


@pytest.mark.parametrize(
    ("feeling", "way", "agreement"),
    [
        (Felt.BETTER, Went.BETTER, Agreement.SAME),
        (Felt.BETTER, Went.SAME, Agreement.APART),
        (Felt.BETTER, Went.WORSE, Agreement.OPPOSED),
        (Felt.SAME, Went.BETTER, Agreement.APART),
        (Felt.SAME, Went.SAME, Agreement.SAME),
        (Felt.SAME, Went.WORSE, Agreement.APART),
        (Felt.WORSE, Went.BETTER, Agreement.OPPOSED),
        (Felt.WORSE, Went.SAME, Agreement.APART),
        (Felt.WORSE, Went.WORSE, Agreement.SAME),
        (Felt.SPLIT, Went.BETTER, Agreement.NONE),
        (Felt.BETTER, Went.MIXED, Agreement.NONE),
        (Felt.BETTER, Went.UNSIGNED, Agreement.NONE),
        (Felt.BETTER, Went.UNKNOWN, Agreement.NONE),
    ],
)
def test_the_table_of_the_page(feeling: Felt, way: Went, agreement: Agreement) -> None:
    assert distance(feeling, way).agreement == agreement


def test_territories_that_disagree_say_so() -> None:
    assert together([]) == Went.UNKNOWN
    assert together([Went.UNKNOWN, Went.BETTER, Went.BETTER]) == Went.BETTER
    assert together([Went.SAME, Went.BETTER]) == Went.MIXED


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 20))
def test_what_is_felt_depends_on_shares_alone_and_has_two_sides(better: int, same: int, worse: int, times: int) -> None:
    found = felt(better, same, worse)
    assert felt(better * times, same * times, worse * times) == found
    assert felt(worse, same, better) == (MIRROR.get(found, found) if found else None)
    if found == Felt.BETTER:
        assert felt(better + 1, same, worse) == Felt.BETTER  # one more who says so never undoes it


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_figure_that_is_bad_when_it_rises_goes_the_other_way(earlier: float, later: float) -> None:
    up, down = went(earlier, later, True), went(earlier, later, False)
    assert BACK.get(up, up) == down


@given(st.sampled_from(Felt), st.sampled_from(Went))
def test_both_turned_round_stay_as_far_apart(feeling: Felt, way: Went) -> None:
    there = distance(feeling, way)
    assert isinstance(there, Distance)
    assert there.sentence.endswith(".")
    assert distance(MIRROR.get(feeling, feeling), BACK.get(way, way)).agreement == there.agreement
