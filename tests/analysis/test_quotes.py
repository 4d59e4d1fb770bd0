"""Passages that may identify, origins of small groups (docs/concepts/public-copy.md)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.public_copy.origins import shown_origins
from comptoir.analysis.public_copy.quotes import Clue, masked, passages

UNKNOWN = frozenset({"", "unknown"})


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("Ma fille de 12 ans attend le bus", "[un proche] de [âge] attend le bus"),
        ("Appeler Karim Benali au 06.12.34.56.78", "Appeler [nom] au [téléphone]"),
        ("Joindre le +33 6 12 34 56 78", "Joindre le [téléphone]"),
        ("Demander à M. Dupont, 12 bis rue des Lilas", "Demander à [nom], [adresse]"),
        ("Écrire à a.b@exemple.fr", "Écrire à [adresse électronique]"),
        ("Fatou nous aide", "[nom] nous aide"),
        ("Le bruit du bâtiment B", "Le bruit du [adresse]"),
        ("Jean-Marc et Éloïse Dornac", "[nom] et [nom]"),
        ("à 43 ans on ne trouve plus", "à [âge] on ne trouve plus"),
    ],
)
def test_what_may_identify_is_found_and_its_place_is_taken_by_what_it_was(text: str, copy: str) -> None:
    assert masked(text) == copy


@pytest.mark.parametrize(
    "text",
    [
        "Le café du mardi au pied de la tour", "Budget participatif (FDPH)", "Depuis 20 ans rien ne bouge",
        "Il y a 3 ans on avait un local", "Une réponse sous 30 jours", "L'État et la Ville se renvoient la balle",
        "Le groupe WhatsApp marche mieux. Les affiches, non", "1 page MAX",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert passages(text) == ()


def test_each_passage_says_its_reason() -> None:
    (passage,) = passages("On a vu Ismène Roudier hier")
    assert (passage.clue, passage.words) == (Clue.NAME, "Ismène Roudier")
    assert passage.sentence == "« Ismène Roudier » : peut-être le nom de quelqu'un"


PIECES = [
    "Karim",
    "ma fille",
    "12 ans",
    "06 12 34 56 78",
    "12 rue des Lilas",
    "a@b.fr",
    "le bus",
    ".",
    ",",
    "M. Roudier",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12).map(" ".join))
def test_passages_are_in_order_apart_and_say_what_the_text_says(text: str) -> None:
    found = passages(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[p.start : p.end] == p.words and p.words for p in found)
    assert passages(text) == found
    copy = masked(text)
    assert (copy == text) == (not found)


def test_a_kind_of_two_hides_all_the_kinds() -> None:
    shown = shown_origins({("residents", ""): 30, ("elected_officials", ""): 2}, 11, unknown=UNKNOWN)
    assert (shown.kinds, shown.tables) == (False, True)
    assert "qui parle ne s'affiche pas" in shown.reason
    assert "moins de 11 notes" in shown.reason


def test_large_groups_are_shown_and_who_is_unknown_hides_nothing() -> None:
    shown = shown_origins({("residents", "A"): 30, ("unknown", ""): 2}, 11, unknown=UNKNOWN)
    assert (shown.kinds, shown.tables, shown.reason) == (True, True, "")


def test_a_table_is_crossed_with_who_speaks() -> None:
    cells = {("residents", "A"): 20, ("elected_officials", "A"): 3, ("elected_officials", "B"): 20}
    assert shown_origins(cells, 11, unknown=UNKNOWN).tables is False
    assert shown_origins({("residents", "A"): 9, ("residents", "B"): 20}, 11, unknown=UNKNOWN).tables is False


@given(
    st.dictionaries(st.tuples(st.sampled_from(["", "a", "b"]), st.sampled_from(["", "1", "2"])), st.integers(1, 40)),
    st.integers(3, 20),
)
def test_no_group_below_the_threshold_is_ever_told(cells: dict[tuple[str, str], int], threshold: int) -> None:
    shown = shown_origins(cells, threshold)
    for kind in {kind for kind, _ in cells if kind}:
        if shown.kinds:
            assert sum(n for (k, _), n in cells.items() if k == kind) >= threshold
    for (kind, table), notes in cells.items():
        if table and shown.tables and shown.kinds:
            assert notes >= threshold, kind
    assert bool(shown.reason) == (not (shown.kinds and shown.tables))
