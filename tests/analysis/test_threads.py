"""What became of what was said (docs/concepts/thread.md): cases, then the guarantees on any links."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.threads import Reached, Said, Ways, account

BENCH = [Said("banc", 4, "residents", "signatories"), Said("banc", 1, "professionals", "residents")]
SHADE = [Said("ombre", 2, "residents", "residents")]
REST = [Said(None, 13, "professionals", "residents")]


def test_nothing_said_has_no_share() -> None:
    found = account([], Ways()).whole
    assert found == Reached()
    assert found.share(0) is None


def test_what_leads_nowhere_is_only_said() -> None:
    found = account([*BENCH, *REST], Ways()).whole
    assert found == Reached(occurrences=18)
    assert (found.unanswered, found.share(found.committed)) == (18, 0.0)


def test_occurrences_weigh_and_not_lines() -> None:
    found = account([*BENCH, *SHADE, *REST], Ways(direct={"banc": {"local"}})).whole
    assert (found.occurrences, found.committed) == (20, 5)
    assert found.share(found.committed) == 0.25


def test_two_ways_to_the_same_result_count_once() -> None:
    once = Ways(direct={"banc": {"local"}}, kept={"local"}, wholly={"local"})
    twice = replace(once, direct={"banc": {"local", "gardien"}}, through={"banc": {"local"}}, kept={"local", "gardien"})
    assert account(BENCH, twice).whole == account(BENCH, once).whole
    assert account(BENCH, once).whole == Reached(5, committed=5, kept=5, wholly=5)


def test_what_only_an_objective_leads_there_is_said_apart() -> None:
    found = account([*BENCH, *SHADE], Ways(direct={"banc": {"local"}}, through={"banc": {"x"}, "ombre": {"x"}})).whole
    assert (found.committed, found.through_objective) == (7, 2)


def test_kept_in_part_is_kept_but_not_wholly() -> None:
    ways = Ways(direct={"banc": {"local"}, "ombre": {"arbre"}}, kept={"local", "arbre"}, wholly={"arbre"})
    found = account([*BENCH, *SHADE], ways).whole
    assert (found.kept, found.wholly) == (7, 2)


def test_a_refusal_is_an_answer_and_needs_no_commitment() -> None:
    found = account([*BENCH, *SHADE], Ways(answered={"ombre"})).whole
    assert (found.answered, found.unanswered, found.committed) == (2, 5, 0)


def test_who_speaks_is_not_whom_it_is_about() -> None:
    """Residents are spoken about by professionals: the two tables differ, each with the same total."""
    found = account(BENCH, Ways(direct={"banc": {"local"}}))
    assert {key: one.committed for key, one in found.by_speaker.items()} == {"residents": 4, "professionals": 1}
    assert {key: one.committed for key, one in found.by_subject.items()} == {"signatories": 4, "residents": 1}


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="zero"):
        account([Said("banc", -1)], Ways())


LINES, COMMITMENTS = "abcde", "123456"
SAID = st.lists(
    st.builds(
        Said, st.sampled_from([*LINES, None]), st.integers(0, 50), st.sampled_from("xyz"), st.sampled_from("uvw")
    ),
    max_size=20,
)
LINKS = st.dictionaries(st.sampled_from(LINES), st.frozensets(st.sampled_from(COMMITMENTS)))


@st.composite
def ways(draw: Any) -> Ways:
    kept = draw(st.frozensets(st.sampled_from(COMMITMENTS)))
    wholly = draw(st.frozensets(st.sampled_from(sorted(kept)))) if kept else frozenset()
    return Ways(draw(LINKS), draw(LINKS), kept, wholly, draw(st.frozensets(st.sampled_from(LINES))))


def numbers(found: Reached) -> list[int]:
    return [getattr(found, field.name) for field in fields(Reached)]


@given(SAID, ways())
def test_each_step_is_part_of_the_one_before(said: list[Said], found_ways: Ways) -> None:
    """Guarantee 2."""
    found = account(said, found_ways)
    for one in (found.whole, *found.by_speaker.values(), *found.by_subject.values()):
        assert 0 <= one.wholly <= one.kept <= one.committed <= one.occurrences
        assert 0 <= one.through_objective <= one.committed
        assert 0 <= one.answered <= one.occurrences == one.answered + one.unanswered


@given(SAID, ways(), st.sampled_from(LINES), st.sampled_from(COMMITMENTS))
def test_a_link_more_lowers_nothing_and_taken_off_leaves_no_mark(
    said: list[Said], before: Ways, line: str, commitment: str
) -> None:
    """Guarantee 3. What only an objective led to a commitment may be led there directly too: that one may fall."""
    more = replace(before, direct={**before.direct, line: before.direct.get(line, frozenset()) | {commitment}})
    first, then = account(said, before).whole, account(said, more).whole
    assert all(b >= a for a, b in zip(numbers(first)[:2], numbers(then)[:2], strict=True))
    assert (then.kept, then.wholly, then.answered) >= (first.kept, first.wholly, first.answered)
    assert then.kept >= first.kept
    assert then.wholly >= first.wholly
    assert then.answered == first.answered
    assert account(said, replace(more, direct=before.direct)) == account(said, before)


@given(SAID, ways())
def test_the_parts_add_up_to_the_whole(said: list[Said], found_ways: Ways) -> None:
    """Guarantee 4."""
    found = account(said, found_ways)
    for parts in (found.by_speaker, found.by_subject):
        summed = [sum(column) for column in zip(*(numbers(one) for one in parts.values()), strict=True)]
        assert summed == (numbers(found.whole) if said else [])


@given(SAID, ways(), st.randoms())
def test_the_order_does_not_matter(said: list[Said], found_ways: Ways, chance: Any) -> None:
    """Guarantee 5."""
    shuffled = [*said]
    chance.shuffle(shuffled)
    assert account(shuffled, found_ways) == account(said, found_ways)
