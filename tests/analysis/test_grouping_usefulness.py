"""docs/concepts/grouping.md, « La question la plus utile d'abord » ; what either file taught."""

from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.grouping import Pair, Reason, ReasonKind
from comptoir.analysis.grouping.learned import NOTHING_LEARNED, Learned, merged
from comptoir.analysis.grouping.usefulness import most_useful_first, usefulness

REASON = Reason(ReasonKind.WORDS, "Mêmes mots")
scores = st.floats(0, 1).map(lambda x: round(x, 4))
sizes = st.integers(1, 500)


def pair(a: str, b: str, score: float) -> Pair:
    return Pair(a, b, score, REASON)


def test_between_two_questions_as_sure_the_one_that_joins_more_comes_first() -> None:
    small, big, lopsided = pair("a", "b", 0.6), pair("c", "d", 0.6), pair("a", "d", 0.6)
    assert most_useful_first([small, lopsided, big], {"c": 8, "d": 12}) == [big, small, lopsided]


def test_certainty_counts_more_than_size() -> None:
    sure, big = pair("a", "b", 0.95), pair("c", "d", 0.3)
    assert most_useful_first([big, sure], {"c": 100, "d": 100})[0] == sure


@given(scores, sizes, sizes)
def test_use_is_never_below_certainty_and_grows_with_the_smaller_line(score: float, a: int, b: int) -> None:
    asked = pair("a", "b", score)
    assert usefulness(asked, {"a": a, "b": b}) == usefulness(asked, {"a": b, "b": a}) >= score
    assert usefulness(asked, {"a": a + 1, "b": b + 1}) >= usefulness(asked, {"a": a, "b": b})


evidence = st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("def")), st.floats(0.1, 9), max_size=4)
lessons = st.builds(Learned, evidence, evidence)


@given(lessons, lessons)
def test_reading_a_file_of_lessons_twice_adds_nothing(one: Learned, other: Learned) -> None:
    both = merged(one, other)
    assert merged(both, other) == both == merged(other, one)
    assert merged(one, NOTHING_LEARNED) == one
