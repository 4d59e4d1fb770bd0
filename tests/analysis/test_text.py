"""Folding: what search, sort and comparison see. The words themselves are never rewritten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.analysis.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Évènements d'été", "evenements d'ete"),
        ("L’ÎLOT", "l'ilot"),
        ("le cœur du quartier", "le coeur du quartier"),
        ("  trop\tde \u00a0bruit\n", "trop de bruit"),
        ("e\u0301cole", "ecole"),
        ("2,5 km", "2,5 km"),
        ("", ""),
    ],
)
def test_accents_case_apostrophes_and_spaces_are_evened_out(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("sign", ["·", "•", ".", "‧", "∙", "-"])
def test_every_way_of_writing_inclusively_gives_the_same_word(sign: str) -> None:
    assert fold(f"Habitant{sign}e{sign}s") == "habitants"
    assert fold(f"Référent{sign}e") == "referent"
    assert fold(f"Animateur{sign}rice{sign}s") == "animateurs"


def test_a_word_with_a_hyphen_keeps_its_second_half() -> None:
    assert fold("peut-être un rendez-vous") == "peut-etre un rendez-vous"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_folding_leaves_single_spaces_and_no_space_at_the_ends(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split(" "))
    assert folded.strip() == folded


@given(st.lists(st.sampled_from("aéïôùçAÉ' -"), max_size=30).map("".join))
def test_folding_twice_changes_nothing_in_ordinary_words(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("technicien·nes", "techniciens"),
        ("élu(e)s", "elus"),
        ("directeur/rice", "directeur"),
        ("tous·tes", "tous"),
        ("habitant.e.s", "habitants"),
        ("dis-le", "dis-le"),
        ("et/ou", "et/ou"),
        ("a-t-elle", "a-t-elle"),
    ],
)
def test_inclusive_endings_are_understood_however_they_are_written(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(alphabet="aeslrticE-./()`' \t1", max_size=24))
@settings(max_examples=200)
def test_words_without_any_accent_are_folded_as_among_others(words: str) -> None:
    """They go a quicker way, which changes nothing."""
    assert fold(f"{words} é") == f"{fold(words)} e".strip()
