"""docs/concepts/grouping.md, « Le lexique » and « Ce que les décisions apprennent »."""

import pytest

from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping import Constraints, DomainGrouping, Text
from comptoir.analysis.grouping.learned import NOTHING_LEARNED, Learned
from comptoir.analysis.grouping.lexicon import (
    FAMILY,
    KINDS,
    SIDE_KINDS,
    Concept,
    Lexicon,
    neighbourhood,
    parse,
    tokens_of,
)
from comptoir.analysis.grouping.marks import Way
from comptoir.analysis.grouping.statement import read_statement
from comptoir.analysis.grouping.taught import learn, read_lexicon, write_lexicon

SMALL = Lexicon(parse("+ parking : parking*\n+ arceaux : parking velo\np jeunes : jeune*\n- bruit : bruit, dort pas\n"))


def named(text: str, lexicon: Lexicon = SMALL) -> list[str]:
    return [match.concept.name for match in lexicon.find(tokens_of(text))]


def test_a_longer_expression_speaks_alone() -> None:
    assert named("Un parking à vélos") == ["arceaux"]
    assert named("parkings") == ["parking"]


def test_the_fuller_of_two_beginnings_speaks() -> None:
    both = Lexicon(parse("+ livres : livre*\n- livreurs : livreur*\n"))
    assert (named("les livreurs", both), named("les livres", both)) == (["livreurs"], ["livres"])


def test_to_walk_is_not_a_market() -> None:
    both = Lexicon(parse("+ marché : marché\n+ box : box marche pas\n"))
    assert named("La box ne marche pas", both) == ["box"]
    assert named("Les marchés du samedi", both) == ["marché"]
    assert named("Les ascenseurs marchent mal", both) == []


def test_words_said_of_anything_make_an_expression_only_as_they_follow_each_other() -> None:
    places = Lexicon(parse("+ stationnement : pas une place\n"))
    assert named("Pas une place", places) == ["stationnement"]
    assert named("La place n'est pas une fête", places) == []


def test_people_are_found_besides() -> None:
    assert named("un parking pour les jeunes") == ["parking", "jeunes"]


def test_every_concept_of_the_house_is_found_by_each_of_its_expressions() -> None:
    lexicon = neighbourhood()
    assert len(lexicon.concepts) > 200
    for concept, expressions in lexicon.concepts.items():
        assert concept.kind in KINDS
        if concept.kind == FAMILY:
            subjects = {other.name for other in lexicon.concepts if other.kind not in SIDE_KINDS + FAMILY}
            assert set(expressions) <= subjects, concept
            continue
        assert any(concept.name in named(e.replace("*", ""), lexicon) for e in expressions), concept


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Plus de bancs", Way.ASKED),
        ("On ne peut s'asseoir nulle part", Way.ASKED),
        ("Bancs", Way.NAMED),
        ("Trop de bancs", Way.AGAINST),
        ("Enlever les bancs", Way.AGAINST),
        ("Les bancs sont cassés", Way.BROKEN),
        ("Les bancs du square, c'est super", Way.PRAISED),
    ],
)
def test_the_direction_of_a_thing(text: str, way: Way) -> None:
    assert dict(read_statement(text, neighbourhood()).ways)[Concept("*", "bancs")] is way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Trop de bruit", Way.NAMED),
        ("Moins de bruit", Way.NAMED),
        ("Du bruit la nuit", Way.NAMED),
        ("Pas de bruit ici", Way.PRAISED),
        ("On ne dort pas", Way.NAMED),
    ],
)
def test_the_direction_of_a_nuisance(text: str, way: Way) -> None:
    assert dict(read_statement(text, SMALL).ways)[Concept("-", "bruit")] is way


@pytest.mark.parametrize(
    ("text", "line"),
    [("bancs banc", 1), ("# rien\n\n+ bancs :", 3), ("a : bloc\n= un | deux : beaucoup", 2), (": banc", 1)],
)
def test_a_line_that_cannot_be_read_is_named(text: str, line: int) -> None:
    with pytest.raises(InputError, match=f"lexique.txt, ligne {line}"):
        read_lexicon(text, "lexique.txt")


def test_a_team_adds_its_words() -> None:
    texts = [Text("1", "La Fabrik est fermée"), Text("2", "Rouvrir le local du 12 bis")]
    assert DomainGrouping().suggest(texts) == []
    added, _ = read_lexicon("La Fabrik : fabrik, local 12\n")
    (found,) = DomainGrouping(lexicon=neighbourhood().extended(added)).suggest(texts)
    assert found.reason.sentence.startswith("Même sujet : La Fabrik")


def test_what_people_put_together_is_seen_elsewhere() -> None:
    seen = [Text("1", "Un zoukouloum"), Text("2", "Un tambourin")]
    new = [Text("3", "Trois zoukouloums neufs"), Text("4", "des tambourins neufs, trois")]
    assert len(DomainGrouping().group(new)) == 2
    learned = learn(seen, Constraints(together=frozenset({("1", "2")})), neighbourhood())
    assert len(DomainGrouping(learned=learned).group(new)) == 1


def test_what_people_kept_apart_weighs_less_elsewhere() -> None:
    seen = [Text("1", "Un atelier tricot du samedi"), Text("2", "Un atelier patin du samedi")]
    learned = learn(seen, Constraints(apart=frozenset({("1", "2")})), neighbourhood())
    assert learned.other
    new = [Text("3", "Grand atelier tricot au premier étage"), Text("4", "Grand atelier patin au premier étage")]
    before, after = (DomainGrouping(asked=0.1, learned=which).suggest(new) for which in (NOTHING_LEARNED, learned))
    assert not after or after[0].score < before[0].score


def test_a_lexicon_is_written_and_read_back() -> None:
    learned = Learned({("a", "b"): 0.5}, {("m:c", "p:d"): 1.0})
    added = {Concept("+", "La Fabrik"): ("fabrik", "local 12")}
    assert read_lexicon(write_lexicon(added, learned)) == (added, learned)


def test_the_order_of_decisions_does_not_matter() -> None:
    texts = [Text("1", "Un kiosque"), Text("2", "Une pergola"), Text("3", "Une gloriette")]
    pairs = [("1", "2"), ("2", "3")]
    ways = [learn(texts, Constraints(together=frozenset(p)), neighbourhood()) for p in (pairs, pairs[::-1])]
    assert ways[0] == ways[1]
