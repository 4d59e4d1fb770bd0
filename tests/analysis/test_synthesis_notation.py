"""The notation of counts: docs/concepts/synthesis.md, « La notation »."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comptoir.analysis.synthesis import parse_item, write_item


@pytest.mark.parametrize(
    ("written", "words", "occurrences"),
    [
        ("Des bancs à l'ombre", "Des bancs à l'ombre", 1),
        ("Des bancs à l'ombre *", "Des bancs à l'ombre", 1),
        ("Des bancs à l'ombre **", "Des bancs à l'ombre", 2),
        ("Des bancs à l'ombre***", "Des bancs à l'ombre", 3),
        (r"Des bancs à l'ombre \*\*", "Des bancs à l'ombre", 2),
        ("Des bancs à l'ombre * * *", "Des bancs à l'ombre", 3),
        ("Des bancs à l'ombre\u00a0**  ", "Des bancs à l'ombre", 2),
        ("Des bancs à l'ombre (×12)", "Des bancs à l'ombre", 12),
        ("Des bancs à l'ombre (x 12)", "Des bancs à l'ombre", 12),
        ("Des bancs à l'ombre(X12)", "Des bancs à l'ombre", 12),
        ("Des bancs à l'ombre (12 fois)", "Des bancs à l'ombre", 12),
        ("Des bancs à l'ombre x12", "Des bancs à l'ombre", 12),
        ("Des bancs à l'ombre × 12", "Des bancs à l'ombre", 12),
        ("Combien de temps (trop) ? ***", "Combien de temps (trop) ?", 3),
    ],
)
def test_marks_as_people_write_them(written: str, words: str, occurrences: int) -> None:
    assert parse_item(written) == (words, occurrences)


@pytest.mark.parametrize(
    "text",
    [
        "Terrain de 4x4",
        "Une salle (12 places)",
        "Revenir (×0)",
        "Revenir (×1234567890)",
        "Rue du 8 mai (3)",
        "2 * 3 = 6",
        "***",
        " **",
        "x12",
        "",
    ],
)
def test_what_is_not_a_mark_stays_in_the_words(text: str) -> None:
    assert parse_item(text) == (text, 1)


def test_asterisks_up_to_ten_then_a_number() -> None:
    assert write_item("Des bancs", 1) == "Des bancs"
    assert write_item("Des bancs", 2) == "Des bancs **"
    assert write_item("Des bancs", 10) == "Des bancs **********"
    assert write_item("Des bancs", 11) == "Des bancs (×11)"


def test_words_that_end_like_a_mark_keep_it_because_their_count_is_always_written_out() -> None:
    assert write_item("Gratuit*", 1) == "Gratuit* (×1)"
    assert write_item("Gratuit*", 3) == "Gratuit* (×3)"
    assert write_item("Fête (×3)", 2) == "Fête (×3) **"
    assert write_item("Fête (×3)", 1) == "Fête (×3) (×1)"


@pytest.mark.parametrize("occurrences", [0, -1, 1_000_000_000])
def test_a_count_out_of_range_is_refused(occurrences: int) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        write_item("Des bancs", occurrences)


_marks = st.sampled_from(["*", " *", r"\*", " (×3)", "(×1)", " x2", " (2 fois)", "\\", " ", "(", ")", "\u00a0", "é"])
_texts = st.one_of(st.text(), st.lists(_marks, max_size=8).map("".join))


@given(_texts, st.one_of(st.integers(1, 15), st.integers(1, 999_999_999)))
@example("", 1)
@example("", 3)
@example("a ", 12)
@example("a  ", 2)
@example("*", 2)
@example("a\\", 3)
@example("a (×3)", 1)
@example("a x2", 11)
@example("(×999999999)", 999_999_999)
@example("(" * 50 + "×3)", 1)
def test_reading_gives_back_exactly_what_was_written(text: str, occurrences: int) -> None:
    assert parse_item(write_item(text, occurrences)) == (text, occurrences)


@given(_texts)
def test_reading_never_makes_a_text_longer_and_always_counts_at_least_one(text: str) -> None:
    words, occurrences = parse_item(text)
    assert text.startswith(words)
    assert occurrences >= 1
