"""The pre-election period (docs/concepts/periode-electorale.md)."""

import random
from datetime import date, timedelta

import pytest

from comptoir.commitments.elections import ELECTIONS, Election, pre_election

SPRING = Election("élections d'essai", date(2026, 3, 1), date(2026, 3, 22), "un décret")
LATER = Election("autres élections", date(2026, 6, 1), date(2026, 6, 14), "un autre")


@pytest.mark.parametrize(
    ("month", "starts_on"),
    [
        (date(2026, 3, 1), date(2025, 9, 1)),
        (date(2027, 4, 1), date(2026, 10, 1)),
        (date(2029, 6, 1), date(2028, 12, 1)),
        (date(2029, 7, 1), date(2029, 1, 1)),
        (date(2029, 12, 1), date(2029, 6, 1)),
    ],
)
def test_it_begins_on_the_first_day_of_the_sixth_month_before(month: date, starts_on: date) -> None:
    assert Election("essai", month, month, "essai").starts_on == starts_on


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2025, 8, 31), False),
        (date(2025, 9, 1), True),
        (date(2026, 1, 15), True),
        (date(2026, 3, 22), True),
        (date(2026, 3, 23), False),
    ],
)
def test_both_ends_are_inside(day: date, inside: bool) -> None:
    assert pre_election(day, [SPRING]) == (SPRING if inside else None)


def test_of_two_the_one_that_ends_first_whatever_their_order() -> None:
    for order in ([SPRING, LATER], [LATER, SPRING]):
        assert pre_election(date(2026, 2, 1), order) == SPRING
        assert pre_election(date(2026, 4, 1), order) == LATER
    assert pre_election(date(2026, 2, 1), []) is None


def test_the_list_is_in_order_and_each_line_has_its_source() -> None:
    assert [one.month for one in ELECTIONS] == sorted(one.month for one in ELECTIONS)
    for one in ELECTIONS:
        assert one.month.day == 1
        assert one.month <= one.ends_on
        assert len(one.source) > 15
    shuffled = random.Random(6).sample(ELECTIONS, len(ELECTIONS))
    for week in range(350):
        day = date(2025, 6, 1) + timedelta(weeks=week)
        assert pre_election(day, shuffled) == pre_election(day)


def test_what_is_known_today() -> None:
    found = pre_election(date(2026, 11, 26))
    assert found is not None
    assert (found.name, found.settled) == ("élection présidentielle", False)
    assert pre_election(date(2026, 9, 30)) is None
    assert pre_election(date(2027, 5, 3)) is None
