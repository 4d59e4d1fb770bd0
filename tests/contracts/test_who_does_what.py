"""The matrix of competences and the search of « Qui fait quoi »: docs/concepts/qui-fait-quoi.md."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract, Competence, Signatory
from comptoir.contracts.overview import standings
from comptoir.contracts.themes import THEMES
from comptoir.contracts.who import Answer, Line, answers, matrix
from comptoir.kit.errors import Invalid

DAY = date(2026, 10, 1)
PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "contrats_de_ville" / "nomenclature_themes.csv"


def lines(contract: CityContract) -> dict[str, Line]:
    signatories = [one.signatory for one in standings(contract, DAY)]
    blocks = matrix(signatories, Competence.objects.filter(signatory__contract=contract).order_by("pk"))
    return {line.theme.code: line for block in blocks for line in block.lines}


def asked(contract: CityContract, words: str) -> list[Answer]:
    found = standings(contract, DAY)
    held = Competence.objects.filter(signatory__contract=contract).order_by("pk")
    return answers(found, matrix([one.signatory for one in found], held), words)


def test_themes_are_those_of_the_published_list() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the national list of themes is not beside this checkout")
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["code"], row["libelle"]) for row in csv.DictReader(file) if row["generation"] == "2024"]
    assert sorted(rows) == sorted((theme.code, theme.label) for theme in THEMES)


def test_usual_parts_are_shown_and_not_counted_until_taken_up(
    lead: Actor, contract: CityContract, sign: Callable[..., Signatory]
) -> None:
    agency = sign("Agence de santé", "health_agency")
    line = lines(contract)["2.1"]
    assert (line.cells[0].letters, line.cells[0].usual) == ("D F", True)
    assert line.findings == [("personne", True)]
    assert actions.take_up_usual(actor=lead, signatory=agency) == 2
    line = lines(contract)["2.1"]
    assert (line.cells[0].letters, line.cells[0].usual) == ("D F", False)
    assert line.findings == [("personne ne met en œuvre", True)]
    assert actions.take_up_usual(actor=lead, signatory=agency) == 0


def test_a_matrix_lights_several_who_decide(
    lead: Actor, contract: CityContract, sign: Callable[..., Signatory]
) -> None:
    for name, kind in (("Préfecture", "state"), ("Agglomération de Val-Clair", "intercommunality")):
        parts = [("6.3", "decides"), ("6.3", "implements")]
        actions.set_competences(actor=lead, signatory=sign(name, kind), parts=parts)
    assert lines(contract)["6.3"].findings == [("plusieurs décident", False)]


def test_parts_are_replaced_whole_and_unknown_ones_refused(lead: Actor, landlord: Signatory) -> None:
    actions.set_competences(actor=lead, signatory=landlord, parts=[("3.1", "decides"), ("3.3", "funds")])
    actions.set_competences(actor=lead, signatory=landlord, parts=[("3.1", "implements"), ("3.1", "implements")])
    assert [(one.theme, one.part) for one in landlord.competences.all()] == [("3.1", "implements")]
    for wrong in (("9.9", "decides"), ("3.1", "rules")):
        with pytest.raises(Invalid, match="n'existe pas"):
            actions.set_competences(actor=lead, signatory=landlord, parts=[wrong])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("encombrants", "3.1"),
        ("Qui peut agir sur les ASCENSEURS ?", "3.1"), ("médecin", "2.1"),
        ("garde d'enfant", "2.2"),
        ("Decrochage", "1.4"), ("stage de troisième", "1.4"), ("L'habitat d'Autan", "3.1"),
    ],
)  # fmt: skip
def test_a_need_in_plain_words_finds_its_theme(
    contract: CityContract, landlord: Signatory, words: str, code: str
) -> None:
    found = asked(contract, words)
    assert code in [answer.theme.code for answer in found]
    assert len(found) < 10


def test_nothing_asked_is_everything_and_nonsense_is_nothing(contract: CityContract, landlord: Signatory) -> None:
    assert len(asked(contract, "")) == len(asked(contract, "le de la")) == 25
    assert asked(contract, "xylophone") == []


def test_those_who_decide_come_first(lead: Actor, contract: CityContract, sign: Callable[..., Signatory]) -> None:
    for name, kind, part in (("A", "other", "informs"), ("B", "other", "funds"), ("C", "other", "decides")):
        actions.set_competences(actor=lead, signatory=sign(name, kind), parts=[("2.1", part)])
    (answer,) = asked(contract, "hôpital")
    assert [holder.standing.signatory.organisation.name for holder in answer.holders] == ["C", "B", "A"]
