"""docs/concepts/evaluation.md: completeness, calendar, shares, readiness, budget, disagreement."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.evaluation.enums import LIGHT, POINTS, College, Confidence, Kit, Point, Verdict
from comptoir.evaluation.state import (
    BACKWARDS,
    Judged,
    PlannedFigure,
    asked,
    backwards,
    budget,
    completeness,
    disagreements,
    readiness,
    shares,
)

TODAY = date(2026, 11, 26)
EVERY = [point for points in POINTS.values() for point in points]


# Le cadrage


def test_every_point_stands_under_one_heading() -> None:
    assert sorted(EVERY) == sorted(Point)
    assert len(EVERY) == len(set(EVERY))


def test_the_light_kit_asks_for_eight_points_and_the_full_one_for_all() -> None:
    assert len(asked(Kit.LIGHT)) == len(LIGHT) == 8
    assert asked(Kit.FULL) == tuple(EVERY)


@given(st.sets(st.sampled_from(EVERY)), st.sampled_from(EVERY))
def test_filling_a_point_never_lowers_completeness(filled: set[Point], more: Point) -> None:
    for kit in Kit:
        before, after = completeness(kit, filled), completeness(kit, filled | {more})
        assert after[0] >= before[0]
        assert after[1] == before[1]


@given(st.sets(st.sampled_from(EVERY)))
def test_a_full_sheet_is_full_in_the_light_kit(filled: set[Point]) -> None:
    done, wanted = completeness(Kit.FULL, filled)
    light, light_wanted = completeness(Kit.LIGHT, filled)
    if done == wanted:
        assert light == light_wanted


# Le calendrier à rebours


def test_the_calendar_is_read_back_from_its_end() -> None:
    steps = backwards(date(2027, 12, 31), TODAY)
    assert [(step.label, step.due_on) for step in steps] == [
        ("Cadrage signé", date(2027, 5, 20)), ("Questions choisies", date(2027, 6, 19)),
        ("Collecte ouverte", date(2027, 7, 19)), ("Collecte close", date(2027, 10, 17)),
        ("Jugements rendus", date(2027, 12, 1)), ("Rapport", date(2027, 12, 31)),
    ]  # fmt: skip
    assert {step.late for step in steps} == {0}


def test_a_calendar_too_short_says_by_how_many_days() -> None:
    steps = backwards(TODAY + timedelta(days=100), TODAY)
    assert [step.late for step in steps] == [125, 95, 65, 0, 0, 0]


def test_what_is_done_is_late_no_more() -> None:
    """docs/concepts/evaluation.md, Le calendrier à rebours."""
    steps = backwards(TODAY + timedelta(days=100), TODAY, signed=True)
    assert [(step.done, step.late) for step in steps[:2]] == [(True, 0), (False, 95)]
    assert backwards(TODAY + timedelta(days=100), TODAY, chosen=True)[1].late == 0


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_steps_come_in_order(end: date) -> None:
    days = [step.due_on for step in backwards(end, TODAY)]
    assert days == sorted(days)
    assert days[-1] == end
    assert len(days) == len(BACKWARDS)


# Le choix des questions


def test_forty_residents_and_four_officials_weigh_the_same() -> None:
    voices = [
        ("a", College.RESIDENTS, 30), ("b", College.RESIDENTS, 10),
        ("b", College.OFFICIALS, 3), ("a", College.OFFICIALS, 1),
    ]  # fmt: skip
    found = shares(voices, ["a", "b"])
    assert found["a"].share == found["b"].share == 0.5
    assert found["a"].by_college[College.RESIDENTS] == (30, 0.75)


VOICES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(list(College)), st.integers(0, 50)), max_size=12)


@given(VOICES, st.randoms())
def test_order_does_not_matter_and_shares_sum_to_one(voices: list[tuple[str, College, int]], chance: object) -> None:
    found = shares(voices, list("abc"))
    again = list(voices)
    chance.shuffle(again)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert shares(again, list("abc")) == found
    total = sum(share.share for share in found.values())
    assert total == pytest.approx(1 if any(number for _, _, number in voices) else 0)


def test_a_college_that_has_not_voted_counts_for_nothing() -> None:
    found = shares([("a", College.RESIDENTS, 1), ("z", College.OFFICIALS, 9)], ["a", "b"])
    assert found["a"].share == 1
    assert set(found["a"].by_college) == {College.RESIDENTS}


# Ce qui rend une question prête


def test_a_question_needs_a_figure_and_a_voice() -> None:
    assert readiness(criterion="impact", leverage=0, figures=1, voices=1).ready
    found = readiness(criterion="", leverage=None, figures=0, voices=0)
    assert found.missing == ("un critère", "un chiffre", "une parole", "la prise")


# Le budget d'indicateurs


def test_the_budget_tells_what_costs_what_serves_nothing_and_what_is_asked_twice() -> None:
    year = TODAY - timedelta(days=365)
    figures = [
        PlannedFigure("Délai des réparations", 2.5, year), PlannedFigure("délai  des REPARATIONS", 1, TODAY),
        PlannedFigure("Permanences tenues", 0, year + timedelta(days=1)),
    ]  # fmt: skip
    found = budget(Kit.LIGHT, 3, figures, TODAY)
    assert (found.figures, found.days) == (3, 3.5)
    assert found.unused == ("Délai des réparations",)
    assert found.twice == ("Délai des réparations",)
    assert found.warnings == ()


def test_the_light_kit_warns_and_the_full_one_does_not() -> None:
    many = [PlannedFigure(f"chiffre {at}", 1, TODAY) for at in range(13)]
    assert len(budget(Kit.LIGHT, 4, many, TODAY).warnings) == 2
    assert budget(Kit.FULL, 4, many, TODAY).warnings == ()


# Les jugements côte à côte


def judged(**said: Verdict) -> list[Judged]:
    return [Judged(College(college), verdict, Confidence.MIDDLE) for college, verdict in said.items()]


def test_two_steps_apart_is_a_disagreement_and_one_is_not() -> None:
    assert disagreements(judged(residents=Verdict.YES, signatories=Verdict.RATHER_YES)) == ()
    found = disagreements(judged(signatories=Verdict.YES, residents=Verdict.RATHER_NO))
    assert found == ((College.RESIDENTS, College.SIGNATORIES),)


def test_who_cannot_tell_disagrees_with_nobody() -> None:
    assert disagreements(judged(residents=Verdict.UNKNOWN, signatories=Verdict.NO, officials=Verdict.NO)) == ()
