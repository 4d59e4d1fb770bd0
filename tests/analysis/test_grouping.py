"""The guarantees of docs/concepts/grouping.md."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping import (
    Constraints,
    DomainGrouping,
    Group,
    Grouping,
    LexicalGrouping,
    Pair,
    ReasonKind,
    Text,
)
from comptoir.analysis.grouping.linkage import average_linkage
from comptoir.analysis.grouping.typos import canonical_spellings
from comptoir.analysis.grouping.words import stem

METHOD: Grouping = LexicalGrouping()
each_method = pytest.mark.parametrize("method", [LexicalGrouping(), DomainGrouping()], ids=["words", "domain"])

SAYINGS = [
    "Plus de bancs au square",
    "plus de bancs, au square !",
    "Manque de bancs au square",
    "Moins de bancs au square",
    "Trop de bancs au square",
    "Bancs",
    "Des bancs neufs devant la salle polyvalente",
    "Un banc devant la salle polyvalente",
    "Ouvrir la salle polyvalente le dimanche",
    "Fermer la salle polyvalente le dimanche",
    "La salle polyvalente est ouverte le dimanche",
    "Repas partagé entre voisins",
    "Repas partagé entre voisines et voisins",
    "Repsa partagé entre voisins",
    "Atelier couture pour les filles",
    "Atelier couture pour les garçons",
    "Atelier couture pour les filles et les garçons",
    "Réunion à 18 h",
    "Réunion à 20 h",
    "On ne peut s'asseoir nulle part",
    "Les bancs du square sont cassés",
    "Ça deale dans le hall",
    "Stop au trafic de drogue",
    "Rien pour les ados",
    "Activités pour les jeunes",
    "Activités pour les aînés",
    "",
    "?",
]
sayings = st.lists(
    st.tuples(st.sampled_from(SAYINGS), st.sampled_from(["A", "B"]), st.integers(1, 4)), min_size=1, max_size=14
)


def texts_of(said: list[tuple[str, str, int]]) -> list[Text]:
    return [Text(f"n{i}", text, (place,), tally) for i, (text, place, tally) in enumerate(said)]


def shape(groups: list[Group]) -> set[tuple[str, frozenset[str], int]]:
    return {(g.label, frozenset(g.members), g.occurrences) for g in groups}


def pair(a: str, b: str) -> Pair | None:
    found = METHOD.suggest([Text("a", a), Text("b", b)])
    return found[0] if found else None


@each_method
@given(sayings, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_order_of_the_notes_does_not_matter(
    method: Grouping, said: list[tuple[str, str, int]], chance: random.Random
) -> None:
    texts = texts_of(said)
    mixed = texts[:]
    chance.shuffle(mixed)
    assert method.suggest(mixed) == method.suggest(texts)
    assert shape(method.group(mixed)) == shape(method.group(texts))


@each_method
@given(sayings)
@settings(max_examples=60)
def test_every_note_is_in_one_group_of_its_place_and_counts_add_up(
    method: Grouping, said: list[tuple[str, str, int]]
) -> None:
    texts = texts_of(said)
    by_id = {t.id: t for t in texts}
    groups = method.group(texts)
    assert sorted(i for g in groups for i in g.members) == sorted(by_id)
    for g in groups:
        assert len({by_id[i].within for i in g.members}) == 1
        assert g.occurrences == sum(by_id[i].tally for i in g.members)
        assert g.label in {by_id[i].text for i in g.members}
        assert len(g.links) == len(g.members) - 1
        assert {link.a for link in g.links} | {link.b for link in g.links} <= set(g.members)
    assert [g.occurrences for g in groups] == sorted((g.occurrences for g in groups), reverse=True)
    assert all(by_id[p.a].within == by_id[p.b].within for p in method.suggest(texts))


@each_method
@given(sayings, st.data())
@settings(max_examples=60)
def test_an_identical_note_changes_only_a_count(
    method: Grouping, said: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    texts = texts_of(said)
    twin = data.draw(st.sampled_from(texts))
    before = {frozenset(g.members): g for g in method.group(texts)}
    for group in method.group([*texts, Text("twin", twin.text, twin.within, 5)]):
        was = before.pop(frozenset(group.members) - {"twin"})
        if twin.id in group.members:
            assert "twin" in group.members
            assert group.occurrences == was.occurrences + 5
            assert group.label in (was.label, twin.text)  # among equals, the label goes to the wording said most
        else:
            assert (group.label, group.occurrences) == (was.label, was.occurrences)
    assert not before


def contradict(constraints: Constraints) -> bool:
    """Whether a chain of `together` reaches two notes of `apart`, found by widening sets until nothing moves."""
    sets = [set(p) for p in constraints.together]
    for _ in sets:
        for one in sets:
            for other in sets:
                if one & other:
                    one |= other
    return any({a, b} <= s for s in sets for a, b in constraints.apart)


@each_method
@given(sayings, st.data())
@settings(max_examples=120)
def test_what_people_decided_is_always_obeyed(
    method: Grouping, said: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    texts = [t for t in texts_of(said) if t.within == ("A",)]
    ids = [t.id for t in texts] or ["none"]
    decision = st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] != p[1])
    some = st.frozensets(decision, max_size=4) if len(ids) > 1 else st.just(frozenset())
    constraints = Constraints(together=data.draw(some), apart=data.draw(some))
    if contradict(constraints):
        with pytest.raises(InputError, match="rapprochées"):
            method.group(texts, constraints)
        return
    groups = method.group(texts, constraints)
    home = {i: k for k, g in enumerate(groups) for i in g.members}
    assert sorted(home) == sorted(t.id for t in texts)
    assert all(home[a] == home[b] for a, b in constraints.together)
    assert all(home[a] != home[b] for a, b in constraints.apart)
    decided = {frozenset(p) for p in constraints.together | constraints.apart}
    asked = [frozenset((p.a, p.b)) for p in method.suggest(texts, constraints)]
    assert len(asked) == len(set(asked))
    assert not decided & set(asked)


def test_decisions_that_contradict_each_other_are_refused_with_both_notes_named() -> None:
    texts = [Text("1", "Une fresque"), Text("2", "Un mur peint"), Text("3", "Peindre le mur")]
    decided = Constraints(together=frozenset({("1", "2"), ("2", "3")}), apart=frozenset({("3", "1")}))
    with pytest.raises(InputError, match=r"« Une fresque » et « Peindre le mur »"):
        METHOD.group(texts, decided)


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(InputError, match="« 7 »"):
        METHOD.suggest([Text("7", "Une fresque"), Text("7", "Un marché")])


def test_a_decision_brings_the_notes_that_resemble_either() -> None:
    texts = [Text("1", "Une fresque"), Text("2", "Le mur peint"), Text("3", "Des fresques"), Text("4", "mur peint !")]
    assert len(METHOD.group(texts)) == 2
    (group,) = METHOD.group(texts, Constraints(together=frozenset({("1", "2")})))
    assert group.members == ("1", "2", "3", "4")
    assert "Rapprochées à la main" in group.reasons


def test_identical_notes_set_apart_stay_apart() -> None:
    texts = [Text("1", "Une fresque"), Text("2", "Une fresque"), Text("3", "une fresque")]
    groups = METHOD.group(texts, Constraints(apart=frozenset({("1", "2")})))
    assert sorted(g.members for g in groups) == [("1", "3"), ("2",)]


def test_a_decision_between_two_places_binds_nothing() -> None:
    texts = [Text("1", "Une fresque", ("A",)), Text("2", "Une fresque", ("B",))]
    assert len(METHOD.group(texts, Constraints(together=frozenset({("1", "2")})))) == 2


def test_together_passes_through_a_note_that_is_no_longer_there() -> None:
    texts = [Text("1", "Une fresque"), Text("3", "Le mur peint")]
    (group,) = METHOD.group(texts, Constraints(together=frozenset({("1", "2"), ("2", "3")})))
    assert group.members == ("1", "3")


def test_what_was_decided_is_not_asked_again_for_notes_of_the_same_words() -> None:
    texts = [Text("1", "Fête des voisins"), Text("2", "Grande fête des voisins"), Text("3", "fête des voisins !")]
    assert {frozenset((p.a, p.b)) for p in METHOD.suggest(texts)} == {frozenset("13"), frozenset("12")}
    apart = METHOD.suggest(texts, Constraints(apart=frozenset({("1", "2")})))
    assert [(p.a, p.b) for p in apart] == [("1", "3")]


def test_the_surest_suggestion_comes_first_and_the_limit_holds() -> None:
    texts = [Text("1", "Fête des voisins"), Text("2", "Grande fête des voisins"), Text("3", "Fête des voisins")]
    found = METHOD.suggest(texts, limit=1)
    assert [(p.a, p.b, p.score, p.reason.kind) for p in found] == [("1", "3", 1.0, ReasonKind.IDENTICAL)]


def test_a_new_note_is_set_beside_what_it_resembles() -> None:
    among = [
        Text("1", "Fête des voisins"),
        Text("2", "FÊTE DES VOISINS"),
        Text("3", "Une piscine"),
        Text("4", "Grande fête des voisins"),
        Text("5", "Fête des voisins", ("ailleurs",)),
    ]
    found = METHOD.resembles(Text("new", "fete des voisins"), among)
    assert [(p.a, p.b) for p in found] == [("new", "1"), ("new", "4")]
    assert METHOD.resembles(Text("new", "Un kiosque"), among) == []
    assert METHOD.resembles(Text("new", ""), []) == []


def test_groups_do_not_chain() -> None:
    line = [(i, i + 1, 0.9) for i in range(9)]
    groups = average_linkage(10, line, 0.6, {}, lambda ours, theirs: True)
    assert max(map(len, groups)) == 2


def test_what_is_apart_never_joins_by_a_third() -> None:
    pairs = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9)]
    assert average_linkage(3, pairs, 0.6, {0: {2}, 2: {0}}, lambda ours, theirs: True) == [[0, 1], [2]]


def test_a_note_between_two_contraries_does_not_join_them() -> None:
    said = ["Atelier couture pour les filles", "Atelier couture pour les garçons", "Atelier couture, filles et garçons"]
    groups = METHOD.group([Text(str(i), t) for i, t in enumerate(said)])
    assert not any({"0", "1"} <= set(g.members) for g in groups)


def test_the_label_is_the_wording_said_most() -> None:
    texts = [Text("1", "Grande fête des voisins"), Text("2", "Fête des voisins", tally=3)]
    (group,) = METHOD.group(texts)
    assert (group.label, group.occurrences) == ("Fête des voisins", 4)


def test_the_label_is_neither_a_slip_nor_in_capitals() -> None:
    texts = [Text("1", "Un medaiteur de rue"), Text("2", "UN MÉDIATEUR DE RUE"), Text("3", "Un médiateur de rue")]
    (group,) = METHOD.group(texts)
    assert group.label == "Un médiateur de rue"


def test_nothing_gives_nothing() -> None:
    assert METHOD.group([]) == []
    assert METHOD.suggest([]) == []


def test_a_slip_leans_on_the_more_common_spelling_and_never_chains() -> None:
    meant = canonical_spellings({"mediateur": 9, "medaiteur": 1, "mediateurr": 1, "medaiteurr": 1, "parc": 1})
    assert meant == {"medaiteur": "mediateur", "mediateurr": "mediateur"}
    assert canonical_spellings({stem("college"): 1, stem("collegue"): 1}) == {}, "two words of the language"
    assert canonical_spellings({"poubel": 4, "poubal": 3}) == {}, "two spellings that both come back are two words"


def test_the_slip_is_shown() -> None:
    found = pair("Un médiateur de rue", "Un medaiteur de rue")
    assert found is not None
    assert found.reason.kind is ReasonKind.TYPO
    assert found.reason.sentence == "Presque la même phrase (une faute de frappe : medaiteur / médiateur)"


def test_the_words_in_common_are_shown_as_written() -> None:
    found = pair("Créer un jardin partagé", "Des jardins partagés")
    assert found is not None
    assert found.reason.sentence == "Mêmes mots : jardin, partagé"
