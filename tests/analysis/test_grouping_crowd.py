"""docs/concepts/grouping.md, « En masse » and « À quoi ressemble une note qui arrive »."""

import random

import pytest
from gold_sets import quality

from comptoir.analysis.grouping import Constraints, DomainGrouping, Group, ReasonKind, Text
from comptoir.analysis.grouping.crowd import group_crowd
from comptoir.analysis.grouping.domain import CROWD

VERBS = [["installer", "poser"], ["nettoyer", "laver"], ["annuler"], ["filmer"], ["peindre"]]
THINGS = ["kiosque", "ruche", "pergola", "tyrolienne", "volière", "cabane", "fontaine", "boussole", "rocaille", "serre"]
NAMES = ["Pasteur", "Gagarine", "Éluard", "Brassens", "Prévert", "Molière", "Ravel", "Berlioz", "Lamartine", "Verdun"]
PLACES = [f"{kind} {name}" for name in NAMES for kind in ("rue", "allée", "square", "cour", "quai", "impasse")]


def crowd(count: int, seed: int) -> tuple[list[str], list[Text]]:
    """Notes made by program: verb, thing, place, in one order or another, some with a slip."""
    chance = random.Random(seed)
    truth, texts = [], []
    for i in range(count):
        v, t, p = (int(chance.random() ** 2 * len(of)) for of in (VERBS, THINGS, PLACES))
        verb = VERBS[v][0] if chance.random() < 0.7 else VERBS[v][-1]
        parts = [f"{verb} {chance.choice(['une', 'des', 'la'])} {THINGS[t]}", PLACES[p]]
        said = " ".join(parts if chance.random() < 0.8 else parts[::-1])
        if chance.random() < 0.2:
            at = chance.randrange(1, len(said) - 1)
            said = said[:at] + said[at + 1 :]
        truth.append(f"{v} {t} {p}")
        texts.append(Text(str(i), said.upper() if chance.random() < 0.1 else said))
    return truth, texts


def shape(groups: list[Group]) -> set[tuple[str, frozenset[str], int]]:
    return {(g.label, frozenset(g.members), g.occurrences) for g in groups}


def labels(groups: list[Group], texts: list[Text]) -> list[int]:
    home = {member: k for k, group in enumerate(groups) for member in group.members}
    return [home[text.id] for text in texts]


def test_a_crowd_is_grouped_whatever_the_slips_the_order_and_the_synonyms() -> None:
    truth, texts = crowd(CROWD + 2_000, 1)
    groups = DomainGrouping().group(texts)
    assert quality(truth, labels(groups, texts)).bcubed >= 0.85


def test_the_order_of_a_crowd_does_not_matter() -> None:
    _, texts = crowd(1_500, 2)
    mixed = texts[:]
    random.Random(3).shuffle(mixed)
    assert shape(group_crowd(mixed, Constraints())) == shape(group_crowd(texts, Constraints()))


def test_one_more_of_the_same_note_changes_only_its_count() -> None:
    _, texts = crowd(1_200, 4)
    before = {frozenset(g.members): g.occurrences for g in group_crowd(texts, Constraints())}
    after = group_crowd([*texts, Text("twin", texts[7].text, tally=5)], Constraints())
    for group in after:
        was = before.pop(frozenset(group.members) - {"twin"})
        assert group.occurrences == was + (5 if "twin" in group.members else 0)
    assert not before


@pytest.mark.parametrize("seed", range(6))
def test_decisions_are_obeyed_in_a_crowd(seed: int) -> None:
    _, texts = crowd(400, seed)
    chance = random.Random(seed)
    draw = [tuple(t.id for t in chance.sample(texts, 2)) for _ in range(12)]
    together = frozenset(draw[:6])
    firm = {i for pair in together for i in pair}
    apart = frozenset(pair for pair in draw[6:] if not firm & set(pair))
    groups = group_crowd(texts, Constraints(together=together, apart=apart))
    home = {member: k for k, group in enumerate(groups) for member in group.members}
    assert sorted(home) == sorted(t.id for t in texts)
    assert all(home[a] == home[b] for a, b in together)
    assert all(home[a] != home[b] for a, b in apart)


def test_every_link_of_a_crowd_has_a_reason() -> None:
    _, texts = crowd(900, 5)
    by_id = {t.id: t.text for t in texts}
    for group in group_crowd(texts, Constraints()):
        assert len(group.links) == len(group.members) - 1
        for link in group.links:
            assert link.reason.sentence
            assert {link.a, link.b} <= set(group.members)
            if link.reason.kind is ReasonKind.IDENTICAL:
                assert by_id[link.a].lower() == by_id[link.b].lower()


def test_contraries_and_numbers_stay_apart_in_a_crowd() -> None:
    said = {
        "more": "plus de kiosques", "less": "moins de kiosques", "no": "il n'y a plus de kiosques",
        "five": "bus 5 au kiosque", "six": "bus 6 au kiosque", "": "", "?": "?",
    }  # fmt: skip
    _, others = crowd(500, 6)
    groups = group_crowd([*others, *(Text(i or "empty", text) for i, text in said.items())], Constraints())
    home = {member: k for k, group in enumerate(groups) for member in group.members}
    assert len({home[i or "empty"] for i in said}) == len(said)


def test_a_crowd_only_meets_in_its_own_place() -> None:
    texts = [Text(f"{place}{i}", "Une fresque", (place,)) for i in range(30) for place in "AB"]
    groups = group_crowd(texts, Constraints())
    assert sorted(len(g.members) for g in groups) == [30, 30]


def test_nothing_in_a_crowd_gives_nothing() -> None:
    assert group_crowd([], Constraints()) == []


def test_a_million_equal_notes_are_one_line() -> None:
    texts = [Text(str(i), "Un banc au square") for i in range(50_000)]
    (group,) = DomainGrouping().group(texts)
    assert (group.label, group.occurrences) == ("Un banc au square", 50_000)


def test_an_index_answers_as_the_method_does() -> None:
    _, texts = crowd(800, 7)
    texts = [*texts, Text("seat", "On ne peut s'asseoir nulle part"), Text("else", "nulle part où s'asseoir", ("B",))]
    method = DomainGrouping()
    index = method.index(texts)
    found = index.resembles(Text("new", "Il manque des bancs"))
    assert [p.b for p in found] == ["seat"]
    assert found[0].reason.sentence == "Même sujet : bancs (« bancs » / « asseoir »)"
    assert [p.b for p in index.resembles(Text("new", "bancs", ("B",)))] == ["else"]
    assert index.resembles(Text("new", "bancs", ("C",))) == []
    assert index.resembles(Text("new", "")) == []
    known = index.resembles(Text("new", texts[0].text))
    assert known[0].score == method.resembles(Text("new", texts[0].text), texts)[0].score
