"""The guarantees of docs/concepts/qui-fait-quoi.md."""

from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.competences import Finding, share

PARTS = st.sampled_from(["decides", "funds", "implements", "informs"])
GAPS = {Finding.NOBODY, Finding.NOBODY_DECIDES, Finding.NOBODY_IMPLEMENTS}
MATRIX = st.dictionaries(st.integers(0, 9), st.lists(PARTS, max_size=6))


def test_each_line_of_the_page() -> None:
    assert share({}).findings == share({"ARS": []}).findings == (Finding.NOBODY,)
    assert share({"CAF": ["funds"]}).findings == (Finding.NOBODY_DECIDES, Finding.NOBODY_IMPLEMENTS)
    assert share({"ARS": ["decides"], "CPAM": ["implements"]}).findings == ()
    assert share({"État": ["decides"], "Ville": ["decides", "implements"]}).findings == (Finding.SEVERAL_DECIDE,)


@given(MATRIX)
def test_order_and_repetition_change_nothing(parts: dict[int, list[str]]) -> None:
    twice = {who: each * 2 for who, each in reversed(parts.items())}
    assert share(twice) == share(parts)


@given(MATRIX, st.integers(0, 9), PARTS)
def test_a_part_more_never_makes_a_gap(parts: dict[int, list[str]], who: int, part: str) -> None:
    """« Personne » may become « personne ne décide »: the same gap, said better."""
    before, after = set(share(parts).findings), set(share({**parts, who: [*parts.get(who, []), part]}).findings)
    if Finding.NOBODY not in before:
        assert after & GAPS <= before & GAPS
    assert (Finding.SEVERAL_DECIDE in before) <= (Finding.SEVERAL_DECIDE in after)
