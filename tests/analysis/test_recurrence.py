"""What two comptoirs share, what comes back, what falls silent (docs/concepts/recurrences.md)."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.analysis.recurrence import Said, compare, months_before, recurring, silent, themes

OLD, NEW = date(2025, 10, 7), date(2026, 10, 6)
HERE = [
    Said("a", "Promettre et ne pas tenir", "2025", 3, OLD),
    Said("b", "Des réunions en pleine journée", "2025", 2, OLD),
]
THERE = [
    Said("c", "promettre et pas tenir", "2026", 4, NEW),
    Said("d", "Le jargon des formulaires", "2026", 1, NEW),
]


def test_what_is_in_both_has_the_count_of_each_side() -> None:
    found = compare(HERE, THERE)
    (shared,) = found.both
    assert (shared.count_in("2025"), shared.count_in("2026"), shared.count) == (3, 4, 7)
    assert shared.reasons
    assert [t.label for t in found.here] == ["Des réunions en pleine journée"]
    assert [t.label for t in found.there] == ["Le jargon des formulaires"]


def test_a_recurrence_has_its_dates_and_a_silence_its_last_voice() -> None:
    found = themes([*HERE, *THERE])
    (back,) = recurring(found)
    assert (back.places, back.last) == (("2025", "2026"), NEW)
    (mute,) = silent(found, today=date(2026, 11, 1), months=6)
    assert (mute.label, mute.last) == ("Des réunions en pleine journée", OLD)
    assert silent(themes([Said("x", "Sans date", "p", 1)]), today=NEW, months=1) == []


def test_twice_the_same_day_does_not_come_back() -> None:
    same = [Said("a", "Le jargon", "p", 1, NEW), Said("b", "le jargon", "q", 1, NEW)]
    assert recurring(themes(same)) == []


def test_months_before_the_end_of_a_month() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
    assert months_before(date(2028, 3, 30), 1) == date(2028, 2, 29)


WORDS = st.sampled_from(["Promettre et pas tenir", "promettre sans tenir", "Le jargon", "Des bancs", "des bancs !"])
LINES = st.lists(st.tuples(WORDS, st.integers(1, 5), st.dates(date(2024, 1, 1), date(2026, 1, 1))), max_size=6)


@settings(max_examples=30)
@given(LINES, LINES)
def test_no_line_is_lost_and_sides_can_be_swapped(here: list, there: list) -> None:
    ours = [Said(f"a{n}", *[text, "here", count, day]) for n, (text, count, day) in enumerate(here)]
    theirs = [Said(f"b{n}", *[text, "there", count, day]) for n, (text, count, day) in enumerate(there)]
    found, swapped = compare(ours, theirs), compare(theirs, ours)
    parts = [line.id for part in (found.both, found.here, found.there) for theme in part for line in theme.lines]
    assert sorted(parts) == sorted(line.id for line in [*ours, *theirs])
    assert {frozenset(x.id for x in t.lines) for t in found.here} == {
        frozenset(x.id for x in t.lines) for t in swapped.there
    }
    every, day = themes([*ours, *theirs]), date(2026, 1, 1)
    counts = [len(silent(every, today=day, months=months)) for months in (1, 6, 12, 24)]
    assert counts == sorted(counts, reverse=True)
