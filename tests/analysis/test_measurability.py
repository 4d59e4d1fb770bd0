"""Advice on how a commitment is written (docs/concepts/measurability.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.measurability import (
    VAGUE,
    Fields,
    Point,
    anybody_could_tell,
    has_unit,
    measurability,
    vague_verb,
)

GOOD = Fields(
    "Ouvrir un local au pied de la tour", who=True, due_on=date(2027, 6, 30), measure="le local est ouvert",
    expected_proof="une photo",
)  # fmt: skip


def points(fields: Fields) -> list[str]:
    return [one.point.value for one in measurability(fields)]


def test_nothing_to_say_of_what_anybody_can_check() -> None:
    assert measurability(GOOD) == []


def test_all_there_is_to_say_in_its_order() -> None:
    found = measurability(Fields("Favoriser l'accès aux droits ainsi que la santé"))
    assert [one.point for one in found] == [
        Point.VERB, Point.TARGET, Point.MEASURE, Point.PROOF, Point.WHO, Point.ONE,
    ]  # fmt: skip
    assert found[0].text == "« Favoriser » ne se voit pas fini : dites ce qui sera fait."
    assert all(one.example.startswith("«") for one in found)


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("Ouvrir un local", ["target", "measure", "proof", "who"]),
        ("Ouvrir un local avant juin 2027", ["measure", "proof", "who"]),
        ("Tenir deux permanences chaque mois", ["measure", "proof", "who"]),
        ("La Ville améliorera l'éclairage", ["verb", "target", "measure", "proof", "who"]),
        ("À renforcer la présence des médiateurs", ["verb", "target", "measure", "proof", "who"]),
        ("Payer 12 k€ par an", ["measure", "proof", "who"]),
    ],
)
def test_what_is_missing_is_read_in_the_words(wording: str, said: list[str]) -> None:
    assert points(Fields(wording)) == said


@pytest.mark.parametrize("verb", VAGUE)
def test_each_verb_without_an_end_is_told_as_it_is_written(verb: str) -> None:
    assert vague_verb(f"{verb.capitalize()} la vie du quartier") != ""


@pytest.mark.parametrize(
    ("measure", "yes"),
    [("12 permanences par an", True), ("nombre de permanences", True), ("le local est ouvert", True), ("oui", False),
     ("satisfaction", False), ("", False), ("part des dossiers traités", True)],
)  # fmt: skip
def test_a_measure_counts_or_notices(measure: str, yes: bool) -> None:
    assert has_unit(measure) is yes


@given(
    wording=st.text(max_size=80), who=st.booleans(), due=st.none() | st.dates(), measure=st.text(max_size=40),
    proof=st.text(max_size=40),
)  # fmt: skip
def test_whatever_is_written_advice_is_stable_and_filling_a_field_never_adds_to_it(
    wording: str, who: bool, due: date | None, measure: str, proof: str
) -> None:
    before = points(Fields(wording, who, due, False, measure, proof))
    assert len(before) == len(set(before))
    fuller = points(Fields(wording, True, due or date(2027, 1, 1), False, measure, proof or "une photo"))
    assert not {"who", "target"} & set(fuller)
    assert set(fuller) <= set(before)


@given(
    wording=st.sampled_from(["Ouvrir un local", "Favoriser l'accès aux droits", "Tenir 12 permanences par an"]),
    who=st.booleans(), due=st.none() | st.dates(), measure=st.sampled_from(["", "nombre de venues", "le lien"]),
    proof=st.sampled_from(["", " ", "une photo"]),
)  # fmt: skip
def test_anybody_can_tell_where_there_is_nothing_to_advise(
    wording: str, who: bool, due: date | None, measure: str, proof: str
) -> None:
    fields = Fields(wording, who, due, False, measure, proof)
    assert anybody_could_tell(fields) is not bool(measurability(fields))
