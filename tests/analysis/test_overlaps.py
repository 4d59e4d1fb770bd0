"""docs/concepts/overlaps.md: which actions double each other, why, what is learned, and where there is nothing."""

import json
import re
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.errors import InputError
from comptoir.analysis.overlaps import Action, Model, Trait, Verdict, coverage_of, learned_from, overlaps_of
from comptoir.analysis.overlaps.candidates import candidate_pairs
from comptoir.analysis.overlaps.files import period_of, read_actions, read_verdicts
from comptoir.analysis.overlaps.likeness import likeness_of
from comptoir.analysis.overlaps.model import TRAITS
from comptoir.analysis.overlaps.profile import holder_key, profile_of
from comptoir.analysis.overlaps.search import _likeness
from comptoir.cli import main

DATA = Path(__file__).parents[3] / "shared" / "data"
Run = Callable[..., tuple[int, str, str]]
YEAR = (date(2025, 1, 1).toordinal(), date(2025, 12, 31).toordinal())
TABLE = """id;porteur;siret;quartier;thème;public;année;intitulé;financeur
1;Association Les Tilleuls;11111111100011;Les Aubes;Culture;enfants;2025;Atelier de marionnettes pour les enfants;Ville
2;LES TILLEULS;11111111100011;Les Aubes;Culture;enfants;2025;Ateliers marionnettes, pour enfants;État
3;Club du Vallon;22222222200022;Le Vallon;Sport;jeunes;2025;Tournoi de football des quartiers;Ville
4;Club du Vallon;22222222200022;Le Vallon;Sport;jeunes;2023;Tournoi de football des quartiers;Ville
5;La Fabrique;;Les Aubes;Emploi;adultes;2025;Permanence pour rédiger un curriculum;Région
6;Coup de Pouce;;Le Vallon;Culture;familles;2025;Chorale du samedi;Ville
"""


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("actions.csv").write_text(TABLE)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


def table(text: str = TABLE) -> tuple[Action, ...]:
    return read_actions(text.encode(), "actions.csv").actions


def alike(one: Action, two: Action, trait: Trait) -> float:
    profile = profile_of([one, two])
    return float(likeness_of(profile, np.array([0]), np.array([1]), trait)[0])


# Les six traits


def test_two_requests_for_the_same_action_are_brought_together_with_reasons() -> None:
    (found,) = overlaps_of(table())
    assert (found.a, found.b) == (0, 1)
    assert found.reasons[0] == "même SIRET : 11111111100011"
    same = ("même quartier : Les Aubes", "même thème : Culture", "même public : enfants", "même période : 2025")
    assert found.reasons[1:5] == same
    said = found.reasons[5].removeprefix("intitulés ressemblants à 100 %, en commun : ").split(", ")
    assert said != [found.reasons[5]]
    assert set(said) <= set(re.findall(r"\w+", table()[0].wording.lower()))  # as written, not as compared
    assert found.against == ()


def test_the_same_action_another_year_is_a_renewal_not_a_double() -> None:
    third, fourth = table()[2:4]
    assert overlaps_of([third, fourth]) == []


def test_names_of_holders_are_read_without_legal_form_case_nor_accents() -> None:
    assert holder_key("Association LES ÉTOILES (loi 1901)") == holder_key("Les étoiles")
    assert alike(Action("1", holder="Association Les Étoiles"), Action("2", holder="étoiles"), Trait.HOLDER) == 1
    assert alike(Action("1", holder="Régie du Vallon"), Action("2", holder="Vallon régie"), Trait.HOLDER) == 1
    assert alike(Action("1", holder="Les Tilleuls"), Action("2", holder="Club nautique"), Trait.HOLDER) < 0.2


def test_a_siren_in_common_is_nearly_a_siret_and_two_sirens_are_two_holders() -> None:
    one = Action("1", holder="Tilleuls", siret="11111111100011")
    assert alike(one, Action("2", holder="Autre", siret="11111111100029"), Trait.HOLDER) == 0.95
    assert alike(one, Action("2", holder="Tilleuls", siret="22222222200011"), Trait.HOLDER) == 0.5
    assert np.isnan(alike(one, Action("2"), Trait.HOLDER))


def test_periods_are_compared_by_what_they_share() -> None:
    first, last = YEAR
    year = Action("1", first=first, last=last)
    assert alike(year, Action("2", first=first, last=first + 30), Trait.PERIOD) == 1
    assert alike(year, Action("2", first=last - 9, last=last + 10), Trait.PERIOD) == 0.5
    assert alike(year, Action("2", first=last + 1, last=last + 2), Trait.PERIOD) == 0
    assert np.isnan(alike(year, Action("2"), Trait.PERIOD))


def test_a_wording_that_everyone_uses_tells_nothing() -> None:
    usual = [Action(str(at), holder=f"Porteur {chr(65 + at) * 4}", wording="Fonctionnement") for at in range(20)]
    rare = [Action("x", wording="Fanfare de cornemuses"), Action("y", wording="fanfare cornemuses")]
    profile = profile_of([*usual, *rare])
    common, telling = likeness_of(profile, np.array([0, 20]), np.array([1, 21]), Trait.WORDING)
    assert common < 0.1
    assert telling == 1
    assert [(o.a, o.b) for o in overlaps_of([*usual, *rare])] == [(20, 21)]


words = st.lists(
    st.sampled_from(["bal", "chorale", "danse", "football", "jardin", "kermesse", "lecture", "musique"]), max_size=4
)
actions = st.lists(
    st.builds(
        Action,
        id=st.uuids().map(str),
        holder=st.sampled_from(["", "Les Tilleuls", "Association des Tilleuls", "Club du Vallon", "La Fabrique"]),
        siret=st.sampled_from(["", "11111111100011", "11111111100029", "222222222"]),
        neighbourhoods=st.lists(st.sampled_from(["Aubes", "Vallon", "Pins"]), max_size=2, unique=True).map(tuple),
        themes=st.lists(st.sampled_from(["Sport", "Culture"]), max_size=1).map(tuple),
        publics=st.lists(st.sampled_from(["enfants", "jeunes"]), max_size=1).map(tuple),
        first=st.sampled_from([None, YEAR[0]]),
        last=st.just(YEAR[1]),
        wording=words.map(" ".join),
    ),
    max_size=14,
)


def plain_shared(one: set[str], two: set[str]) -> float | None:
    return len(one & two) / min(len(one), len(two)) if one and two else None


@given(actions)
def test_likeness_is_that_of_a_plain_comparison_and_the_same_both_ways(listed: list[Action]) -> None:
    profile = profile_of(listed)
    for a, b in combinations(range(len(listed)), 2):
        row, back = (_likeness(profile, np.array([i]), np.array([j]))[0] for i, j in ((a, b), (b, a)))
        assert np.array_equal(row, back, equal_nan=True)
        assert np.all((row >= 0) & (row <= 1) | np.isnan(row))
        expected = plain_shared(set(listed[a].neighbourhoods), set(listed[b].neighbourhoods))
        found = row[TRAITS.index(Trait.NEIGHBOURHOOD)]
        assert np.isnan(found) if expected is None else found == pytest.approx(expected)


@given(actions)
def test_few_actions_are_all_compared(listed: list[Action]) -> None:
    profile, model = profile_of(listed), Model()
    expected = {}
    for a, b in combinations(range(len(listed)), 2):
        score = float(model.score(_likeness(profile, np.array([a]), np.array([b])))[0])
        if score >= 0.5:
            expected[a, b] = pytest.approx(score)
    assert {(one.a, one.b): one.score for one in overlaps_of(listed)} == expected


@given(actions)
def test_blocking_loses_nothing_that_shares_a_holder_or_two_rare_words(listed: list[Action]) -> None:
    profile = profile_of(listed[:7])  # a block larger than the window may lose some
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("comptoir.analysis.overlaps.candidates.EVERY", 0)
        looked = {(int(a), int(b)) for a, b in zip(*candidate_pairs(profile), strict=True)}
    for a, b in combinations(range(len(listed[:7])), 2):
        one, two = listed[a], listed[b]
        same_siren = bool(one.siret) and one.siret[:9] == two.siret[:9]
        same_words = bool(one.wording) and set(one.wording.split()) == set(two.wording.split())
        if same_siren or same_words or (one.holder and holder_key(one.holder) == holder_key(two.holder)):
            assert (a, b) in looked


@given(actions, st.randoms())
def test_the_order_of_actions_changes_nothing(listed: list[Action], chance: Random) -> None:
    shuffled = list(listed)
    chance.shuffle(shuffled)

    def named(order: list[Action]) -> dict[frozenset[str], float]:
        return {frozenset((order[o.a].id, order[o.b].id)): round(o.score, 9) for o in overlaps_of(order)}

    assert named(listed) == named(shuffled)


# Apprendre des avis


likenesses = st.lists(
    st.lists(st.one_of(st.just(float("nan")), st.floats(0, 1)), min_size=6, max_size=6), min_size=1, max_size=12
)


@given(likenesses, st.data())
def test_one_more_confirmation_never_lowers_the_score_of_its_pair(rows: list[list[float]], data: st.DataObject) -> None:
    alike = np.array(rows)
    said = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    before = Model().learned(alike[:-1], said[:-1])
    after = Model().learned(alike, said)
    one, two = (float(model.score(alike[-1:])[0]) for model in (before, after))
    assert two >= one - 1e-6 if said[-1] else two <= one + 1e-6
    assert Model().learned(alike[::-1], said[::-1]).score(alike) == pytest.approx(after.score(alike), abs=1e-6)


def test_the_model_learned_is_the_maximum_of_its_definition() -> None:
    """Plain gradient ascent, very slow and sure, reaches the same weights."""
    chance = np.random.default_rng(2)
    alike = chance.random((30, 6))
    said = alike[:, 0] + chance.random(30) * 0.5 > 0.8
    parts = [part for at in range(6) for part in (1 - alike[:, at], alike[:, at], np.zeros(30))]
    design = np.column_stack([np.ones(30), *parts])
    start = np.array(Model().weights)
    weights = start.copy()
    for _ in range(20_000):
        weights += 0.02 * (design.T @ (said - 1 / (1 + np.exp(-design @ weights))) - (weights - start))
    assert Model().learned(alike, said).weights == pytest.approx(weights, abs=1e-6)


def test_a_model_is_written_and_read_again(tmp_path: Path) -> None:
    listed = table()
    model = learned_from(listed, [Verdict("3", "4", True), Verdict("1", "2", False)])
    assert model != Model()
    assert Model.read(model.json(), "model.json") == model
    assert model.verdicts == 2


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "other"}', "null"])
def test_a_bad_model_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"model\.json : ce n'est pas un modèle"):
        Model.read(text.encode(), "model.json")


def test_verdicts_are_obeyed() -> None:
    listed = table()
    assert overlaps_of(listed, verdicts=[Verdict("2", "1", False)]) == []
    kept = overlaps_of(listed, verdicts=[Verdict("3", "4", True)])
    assert [(one.a, one.b, one.verdict) for one in kept] == [(0, 1, None), (2, 3, True)]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([Verdict("1", "99", True)], "« 99 » a reçu un avis"),
        ([Verdict("1", "1", True)], "son propre doublon"),
        ([Verdict("1", "2", True), Verdict("2", "1", False)], "à la fois"),
    ],
)
def test_verdicts_that_make_no_sense_are_refused(verdicts: list[Verdict], said: str) -> None:
    with pytest.raises(InputError, match=said):
        overlaps_of(table(), verdicts=verdicts)


# Les trous


@given(actions)
def test_every_theme_and_place_is_either_served_or_a_gap(listed: list[Action]) -> None:
    found = coverage_of(listed, ["Pins", "Nulle part"])
    served = {(t, n) for one in listed for t in one.themes for n in one.neighbourhoods}
    every = {(t, n) for t in found.themes for n in found.neighbourhoods}
    assert {(gap.theme, gap.neighbourhood) for gap in found.gaps} == every - served
    assert {pair for pair, count in found.counts.items() if count} == served
    assert "Nulle part" in found.neighbourhoods
    assert [gap.expected for gap in found.gaps] == sorted((gap.expected for gap in found.gaps), reverse=True)


def test_the_gap_that_surprises_most_comes_first() -> None:
    found = coverage_of(table(), ["Les Aubes", "Le Vallon", "Les Pins"])
    first = {(gap.theme, gap.neighbourhood): gap.expected for gap in found.gaps}
    assert first["Sport", "Les Aubes"] == pytest.approx(2 * 3 / 6)
    assert first["Culture", "Les Pins"] == pytest.approx(3 / 3)
    assert ("Culture", "Les Aubes") not in first


# Lire et écrire


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2014-2016", date(2014, 1, 1), date(2016, 12, 31)),
        ("MAI 2014", date(2014, 5, 1), date(2014, 5, 31)),
        ("du 03/02/2014 au 28/02/2014", date(2014, 2, 3), date(2014, 2, 28)),
        ("2014-02-03", date(2014, 2, 3), date(2014, 2, 3)),
        ("février et mars 2016", date(2016, 2, 1), date(2016, 3, 31)),
    ],
)
def test_periods_are_read_as_people_write_them(said: str, first: date, last: date) -> None:
    assert period_of(said) == (first.toordinal(), last.toordinal())


@pytest.mark.parametrize("said", ["", "toute l'année", "31/02/2014", "12", "nan"])
def test_what_is_no_period_is_unknown(said: str) -> None:
    assert period_of(said) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "actions.csv : ce fichier est vide"),
        ("porteur;intitulé\n", "actions.csv : aucune action"),
        ("nom;prix\na;3\n", "actions.csv, ligne 1 : il faut au moins un porteur ou un intitulé"),
        ("id;porteur\n1;a\n1;b\n", "actions.csv, ligne 3, colonne id : l'identifiant « 1 » est déjà ligne 2"),
        ("id;porteur\n1;a;9\n", "actions.csv, ligne 2 : 3 cellules sous 2 en-têtes"),
        ("id;porteur\n1;" + "a" * 10_000_000 + "\n", "actions.csv, ligne 2 : une cellule fait plus de"),
        ("\x00\x01", "actions.csv, ligne 1 : ce n'est pas un fichier de texte"),
    ],
)
def test_a_bad_table_is_refused_in_one_line(run: Run, text: str, said: str) -> None:
    Path("actions.csv").write_text(text)
    code, out, err = run("overlaps", "actions.csv")
    assert (code, out) == (2, "")
    assert err.startswith(said), err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--column", "porteur"), "« porteur » : écrivez RÔLE=NOM"),
        (("--column", "holder=rien"), "actions.csv, ligne 1 : la colonne « rien » n'existe pas"),
        (("--threshold", "nan"), "Le seuil « nan »"),
        (("--threshold", "2"), "Le seuil « 2 » n'est pas entre"),
        (("--limit", "-3"), "Le nombre « -3 »"),
        (("-o", "out.pdf"), "out.pdf : le format"),
        (("--learn", "m.json"), "Pour apprendre"),
    ],
)
def test_bad_options_are_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = run("overlaps", "actions.csv", *arguments)
    assert code == 2
    assert err.startswith(said), err


def test_what_is_not_understood_is_told_and_left_unknown() -> None:
    found = read_actions("porteur;siret;année\nA;123;bientôt\nB;;2025\n".encode(), "a.csv")
    assert [action.siret for action in found.actions] == ["", ""]
    assert found.actions[0].first is None
    assert found.remarks == (
        "a.csv, colonne siret : 1 valeur(s) pas comprise(s), « 123 » ligne 2 d'abord.",
        "a.csv, colonne année : 1 valeur(s) pas comprise(s), « bientôt » ligne 2 d'abord.",
    )


def test_json_holds_pairs_gaps_and_what_was_read(run: Run) -> None:
    code, out, _ = run("overlaps", "actions.csv", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["actions"], found["columns"]["wording"]) == (6, "intitulé")
    assert [(pair["a"], pair["b"], pair["lines"]) for pair in found["pairs"]] == [("1", "2", [2, 3])]
    assert {"theme": "Sport", "neighbourhood": "Les Aubes", "expected": 1.0} in found["gaps"]
    assert run("overlaps", "actions.csv", "--json")[1] == out


def test_verdicts_come_back_from_the_file_that_was_written_and_teach(run: Run) -> None:
    run("overlaps", "actions.csv", "-o", "pairs.csv")
    text = Path("pairs.csv").read_text(encoding="utf-8-sig")
    assert read_verdicts(text.encode(), "pairs.csv") == []
    Path("pairs.csv").write_text(text.replace("1;2;;", "1;2;refusé;"))
    code, out, _ = run("overlaps", "actions.csv", "--verdicts", "pairs.csv", "--learn", "model.json", "--json")
    assert code == 0
    assert json.loads(out)["pairs"] == []
    model = Model.read(Path("model.json").read_bytes(), "model.json")
    assert model.verdicts == 1
    again = run("overlaps", "actions.csv", "--model", "model.json", "--threshold", "0.01", "--json")
    before = run("overlaps", "actions.csv", "--json")
    score = {(pair["a"], pair["b"]): pair["score"] for pair in json.loads(again[1])["pairs"]}
    assert score["1", "2"] < json.loads(before[1])["pairs"][0]["score"]


def test_a_text_that_looks_like_a_formula_stays_a_text(run: Run) -> None:
    Path("actions.csv").write_text("porteur;intitulé\n=1+1;Fanfare de cornemuses\n=1+1;Fanfare de cornemuses\n")
    run("overlaps", "actions.csv", "-o", "pairs.csv")
    assert ";'=1+1;'=1+1;" in Path("pairs.csv").read_text(encoding="utf-8-sig")


def test_the_page_for_people_gives_reasons_and_gaps(run: Run) -> None:
    Path("places.csv").write_text("quartier\nLes Pins\n")
    text = run("overlaps", "actions.csv", "--neighbourhoods", "places.csv", "--limit", "30")[1]
    assert "6 actions, 1 paire à regarder, en 1 ensemble." in text
    assert "Lignes 2, 3, score 1.00" in text
    assert "  + même SIRET : 11111111100011" in text
    assert "Culture · Les Pins (on en attendrait 1,0)" in text


@pytest.mark.skipif(not DATA.is_dir(), reason="the real lists are not beside the checkout")
def test_real_lists_show_lines_written_twice(run: Run) -> None:
    source = DATA / "subventions_montpellier_2014" / "subventions_montpellier_2014.csv"
    code, out, _ = run("overlaps", str(source), "--json")
    found = json.loads(out)
    assert code == 0
    assert found["columns"]["holder"] == "structure"
    pairs = {tuple(pair["lines"]) for pair in found["pairs"]}
    actions = read_actions(source.read_bytes(), "x").actions
    twice = {
        (one.line, two.line)
        for one, two in combinations(actions, 2)
        if one.wording and (one.holder, one.wording) == (two.holder, two.wording)
    }
    assert len(twice) > 10
    assert twice <= pairs
    assert len(pairs) < 100


@pytest.mark.skipif(not DATA.is_dir(), reason="the real lists are not beside the checkout")
def test_what_two_years_of_a_real_list_share_is_no_double(run: Run) -> None:
    folder = DATA / "subventions_reserve_parlementaire"
    listed = [a for y in ("2013", "2014") for a in read_actions((folder / f"actions_{y}.csv").read_bytes(), y).actions]
    found = overlaps_of(listed)
    same_year = [listed[one.a].id[:4] == listed[one.b].id[:4] for one in found]
    assert len(found) > 100
    assert all(same_year)
