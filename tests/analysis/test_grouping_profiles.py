"""docs/concepts/grouping.md, « Le profil d'une note »."""

import random

import numpy as np
import pytest

from comptoir.analysis.grouping import DomainGrouping, ReasonKind, Text
from comptoir.analysis.grouping.lexicon import Lexicon, parse, tokens_of
from comptoir.analysis.grouping.linkage import drawn
from comptoir.analysis.grouping.profiles import Profiles, spoken_words

SMALL = Lexicon(
    parse(
        "- froid chez soi : chauffage panne, radiateur* froid, chaudiere panne, gele appartement\n"
        "- eau : fuite eau, panne eau, robinet*\n"
        "* ascenseur : ascenseur*, ascenseur panne\n"
        "+ bancs : banc, asseoir\n"
        "p jeunes : ado*\n"
    )
)


def near(a: str, b: str) -> float:
    rows = Profiles(SMALL).of([spoken_words(tokens_of(note)) for note in (a, b)])
    return round(float(rows[0] @ rows[1]), 4)


def test_words_of_one_subject_are_near_without_a_word_nor_an_expression_in_common() -> None:
    assert near("La chaudière, encore", "Nos radiateurs ? Parlons-en") > 0.7
    assert near("La chaudière, encore", "On voudrait un banc") == 0.0


def test_a_word_that_many_subjects_use_tells_less_than_one_that_a_single_subject_has() -> None:
    assert 0 < near("en panne", "ascenseur") < near("chaudière en panne", "radiateurs")


def test_words_of_no_subject_make_a_profile_less_sure() -> None:
    assert near("chaudière zoukouloum", "radiateur") < near("chaudière", "radiateur")


def test_words_said_of_anything_and_numbers_make_no_profile() -> None:
    spoken = spoken_words(tokens_of("Il y en a trois ou 3 dans la tour"))
    assert spoken == ("tour",)
    assert not Profiles(Lexicon(parse("+ tour : tour\n"))).of([spoken]).any()


def test_a_row_is_a_cosine_and_the_order_of_the_notes_does_not_matter() -> None:
    notes = [spoken_words(tokens_of(n)) for n in ("chaudière en panne", "un banc", "fuite d'eau, robinet", "zouk")]
    rows = Profiles(SMALL).of(notes)
    assert np.all((rows >= 0) & (rows <= 1))
    assert np.all((rows**2).sum(axis=1) <= 1 + 1e-6)
    mixed = list(range(4))
    random.Random(1).shuffle(mixed)
    assert np.array_equal(Profiles(SMALL).of([notes[i] for i in mixed]), rows[mixed])


def test_the_reason_names_the_subject_and_the_words_of_each_note() -> None:
    (found,) = DomainGrouping(lexicon=SMALL).suggest([Text("1", "La chaudière, encore"), Text("2", "Le chauffage ?")])
    assert found.reason.kind is ReasonKind.MEANING
    assert found.reason.sentence == "Mots d'un même sujet : froid chez soi (« chaudiere » / « chauffage »)"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Réunions le soir après 19h, le jour on travaille",
            "Pas de réunion le soir après 19h, je garde un petit",
        ),
        ("Autoriser les barbecues dans le parc", "Interdire les barbecues dans le parc"),
        ("Instruire avec les habitants", "Instruire sans les habitants"),
    ],
)
def test_words_that_two_notes_turn_two_ways_do_not_bring_them_together(one: str, other: str) -> None:
    assert len(DomainGrouping().group([Text("a", one), Text("b", other)])) == 2


def test_a_pair_draws_less_where_each_has_others_nearer() -> None:
    assert drawn([(0, 1, 0.8)]) == [(0, 1, 0.8)]
    assert drawn([(0, 1, 0.8), (1, 2, 0.4), (2, 3, 0.8)]) == [(0, 1, 0.8), (1, 2, 0.2), (2, 3, 0.8)]
    assert drawn([(0, 1, 0.0)]) == [(0, 1, 0.0)]
