"""The contract, its perimeter, its conventions, its bodies."""

from collections.abc import Callable
from datetime import date

import pytest

from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.kinds import ASKED, BY_KIND, SHEETS
from comptoir.contracts.models import CityContract, Signatory
from comptoir.contracts.overview import missing_kinds, places, standings
from comptoir.contracts.themes import BY_CODE
from comptoir.kit.errors import Conflict, Invalid
from comptoir.territories.models import LocalArea, PriorityNeighbourhood

DAY = date(2026, 10, 1)
QUI = (
    "Département", "Bailleurs", "CAF", "Conseil de communes", "État", "Ville", "ARS", "Éducation Nationale",
    "France travail", "CCI", "Métropole", "Communauté de communes", "Procureur", "DRAC",
)  # fmt: skip


def test_the_fourteen_kinds_of_the_workshop_and_four_more() -> None:
    assert {sheet.asked_as for sheet in ASKED} == set(QUI)
    assert [sheet.asked_as for sheet in SHEETS[14:]] == ["Région", "CPAM", "CARSAT", "Banque des Territoires"]
    assert len(BY_KIND) == 18
    for sheet in SHEETS:
        assert all((sheet.competences, sheet.levers, sheet.bodies)), sheet.asked_as
        assert set(sheet.parts) <= {code for code, theme in BY_CODE.items() if theme.is_sub}, sheet.asked_as


def test_the_one_in_force_is_the_latest_generation(lead: Actor, contract: CityContract) -> None:
    former = actions.open_contract(actor=lead, name="2015", generation=2015, starts_on=date(2015, 7, 1))
    assert list(CityContract.objects.of(lead.space)) == [contract, former]
    change = {
        "name": "2015", "generation": 2015, "starts_on": None, "ends_on": None, "published_code": "",
        "introduction": "",
    }  # fmt: skip
    actions.change_contract(actor=lead, contract=contract, **{**change, "predecessor": former})
    with pytest.raises(Invalid, match="se précéder"):
        actions.change_contract(actor=lead, contract=former, **change, predecessor=contract)


def test_a_national_code_is_that_of_one_contract(lead: Actor, stranger: Actor) -> None:
    actions.open_contract(actor=lead, name="Ici", published_code="cn08101m")
    with pytest.raises(Invalid, match="déjà celui") as refused:
        actions.open_contract(actor=stranger, name="Ailleurs", published_code="CN08101M")
    assert refused.value.field == "published_code"


def test_a_code_without_its_list_is_kept_and_shown_when_it_comes(lead: Actor, contract: CityContract) -> None:
    PriorityNeighbourhood.objects.create(code="QN08106M", generation=2024, name="Cantepau")
    missing = actions.set_perimeter(actor=lead, contract=contract, codes=[" qn08106m", "QN08199N", ""])
    assert missing == ["QN08199N"]
    assert [(place.code, place.name) for place in places(contract)] == [("QN08106M", "Cantepau"), ("QN08199N", "")]
    assert contract.neighbourhoods.count() == 1
    later = PriorityNeighbourhood.objects.create(code="QN08199N", generation=2024, name="Nouveau quartier")
    assert [place.name for place in places(contract)] == ["Cantepau", "Nouveau quartier"]
    actions.set_perimeter(actor=lead, contract=contract, codes=["QN08199N"])
    assert list(contract.neighbourhoods.all()) == [later]


def test_a_neighbourhood_may_be_in_two_contracts(lead: Actor, stranger: Actor, contract: CityContract) -> None:
    shared = PriorityNeighbourhood.objects.create(code="QN09305I", generation=2024, name="Cité partagée")
    other = actions.open_contract(actor=stranger, name="Le contrat voisin")
    for actor, one in ((lead, contract), (stranger, other)):
        actions.set_perimeter(actor=actor, contract=one, codes=["QN09305I"])
    assert {one.pk for one in shared.contracts.order_by("pk")} == {contract.pk, other.pk}


def test_areas_and_signatories_of_others_are_refused(
    lead: Actor, stranger: Actor, contract: CityContract, landlord: Signatory
) -> None:
    elsewhere = LocalArea.objects.create(space=stranger.space, name="Ailleurs")
    with pytest.raises(Invalid, match="votre espace"):
        actions.set_perimeter(actor=lead, contract=contract, codes=[], local_areas=[elsewhere])
    second = actions.open_contract(actor=lead, name="Autre")
    with pytest.raises(Invalid, match="de ce contrat"):
        actions.open_convention(actor=lead, contract=second, name="Convention", signatories=[landlord])
    with pytest.raises(Invalid, match="de ce contrat"):
        actions.log_meet_up(actor=lead, contract=second, signatories=[landlord], held_on=DAY)


def test_an_organisation_signs_once_and_may_come_back(lead: Actor, contract: CityContract, landlord: Signatory) -> None:
    again = {"actor": lead, "contract": contract, "organisation": landlord.organisation}
    with pytest.raises(Conflict, match="déjà signataire"):
        actions.add_signatory(**again)
    actions.withdraw_signatory(actor=lead, signatory=landlord, day=DAY)
    assert actions.add_signatory(**again).kind == "landlord"


def test_who_is_missing_says_the_source_s_words(sign: Callable[..., Signatory], contract: CityContract) -> None:
    sign("Préfecture", "state")
    sign("Agglomération de Val-Clair", "intercommunality")
    missing = [sheet.asked_as for sheet in missing_kinds(standings(contract, DAY))]
    assert len(missing) == 14
    assert not {"État", "Communauté de communes", "Métropole", "Conseil de communes"} & set(missing)


def test_meetings_are_dated_once_and_validated_after(lead: Actor, contract: CityContract) -> None:
    body = actions.open_body(actor=lead, contract=contract, name="COPIL", validates=True)
    meeting = actions.plan_meeting(actor=lead, body=body, held_on=DAY)
    with pytest.raises(Invalid, match="déjà une réunion"):
        actions.plan_meeting(actor=lead, body=body, held_on=DAY)
    with pytest.raises(Invalid, match="après la réunion"):
        actions.change_meeting(
            actor=lead, meeting=meeting, held_on=DAY, place="", subject="", validated_by="Le maire",
            validated_on=date(2026, 9, 1),
        )  # fmt: skip
