"""What the pages of the contract show, to whom, in how many queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract, Contact, Referent, Signatory

DAY = date(2026, 10, 1)
TOLD = {Role.PROJECT_LEAD, Role.FACILITATOR, Role.REFERENT}
TABS = ("", "signataires/", "qui-fait-quoi/", "competences/", "objectifs/", "instances/")


def address(contract: CityContract, rest: str = "") -> str:
    return f"/val-clair/contrat/{contract.code}/{rest}"


@pytest.fixture
def fill(
    lead: Actor, contract: CityContract, sign: Callable[..., Signatory], someone: Callable[..., Contact]
) -> Callable[[int, int], list[Signatory]]:
    """`fill(first, last)`: signatories with their referents, objectives and bodies, numbered."""

    def filled(first: int, last: int) -> list[Signatory]:
        made = []
        for n in range(first, last):
            made.append(signatory := sign(f"Organisme d'essai {n}", "other"))
            contact = someone(signatory, f"Personne {n}")
            actions.assign_referent(actor=lead, signatory=signatory, contact=contact, starts_on=DAY)
            actions.set_competences(actor=lead, signatory=signatory, parts=[("2.1", "decides")])
            top = actions.add_objective(actor=lead, contract=contract, text=f"Orientation {n}")
            actions.add_objective(actor=lead, contract=contract, text=f"Objectif {n}", parent=top)
            body = actions.open_body(actor=lead, contract=contract, name=f"Instance {n}")
            actions.plan_meeting(actor=lead, body=body, held_on=DAY)
            actions.open_convention(actor=lead, contract=contract, name=f"Convention {n}", signatories=[signatory])
        return made

    return filled


def test_a_perimeter_is_made_of_codes_and_says_where_to_find_them(
    lead: Actor, contract: CityContract, client_for: Callable[[Actor], Any]
) -> None:
    browser, page = client_for(lead), address(contract, "perimetre/")
    assert '<a href="/quartiers/">' in browser.get(page).content.decode()
    refused = browser.post(page, {"codes": "QN08106M\nCantepau <bis>"})
    assert refused.status_code == 422
    assert "« Cantepau », « &lt;bis&gt; »" in refused.content.decode()
    assert not contract.perimeter.exists()
    browser.post(page, {"codes": "qn08106m, QN08199N"})
    assert sorted(contract.perimeter.values_list("code", flat=True)) == ["QN08106M", "QN08199N"]


@pytest.mark.parametrize("rest", [*TABS, "annuaire/"])
def test_a_page_asks_the_same_number_of_questions_with_1_and_20_rows(
    lead: Actor, contract: CityContract, fill: Any, client_for: Any, rest: str
) -> None:
    browser, counts = client_for(lead), []
    for first, last in ((0, 1), (1, 20)):
        fill(first, last)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address(contract, rest)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_the_card_and_the_objective_ask_few_questions(
    lead: Actor, contract: CityContract, fill: Any, someone: Any, client_for: Any
) -> None:
    (signatory,) = fill(0, 1)
    for n in range(20):
        someone(signatory, f"Collègue {n}")
        actions.log_meet_up(actor=lead, contract=contract, signatories=[signatory], held_on=DAY)
    objective = contract.objectives.get(level="orientation")
    for n in range(5):
        wording = actions.write_wording(actor=lead, objective=objective, text=f"Rédaction {n}")
        actions.give_opinion(actor=lead, wording=wording, signatory=signatory, stance="approves", given_on=DAY)
        actions.comment(actor=lead, wording=wording, text="Une remarque")
    browser = client_for(lead)
    for rest in (f"signataires/{signatory.code}/", f"objectifs/{objective.code}/"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address(contract, rest)).status_code == 200
        assert len(asked) <= 12, rest


@pytest.mark.parametrize("role", list(Role))
def test_direct_lines_are_read_by_the_team_and_the_referents_only(
    role: Role, contract: CityContract, landlord: Signatory, lead: Actor, someone: Any, member: Any, client_for: Any
) -> None:
    contact = someone(landlord)
    stand_in = someone(landlord, "Noé Vaillant", email="noe@habitat.example", phone="05 00 00 04 99")
    term = actions.assign_referent(actor=lead, signatory=landlord, contact=contact, starts_on=DAY)
    actions.add_substitute(actor=lead, term=term, contact=stand_in, starts_on=DAY)
    browser = client_for(member(role))
    for rest in (*TABS, f"signataires/{landlord.code}/", "annuaire/", "annuaire/?format=csv"):
        answer = browser.get(address(contract, rest))
        page = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        shown = any(detail in page for detail in ("habitat.example", "05 00 00 04"))
        assert not shown or role in TOLD, rest
        if rest.startswith("annuaire"):
            assert (answer.status_code == 200) == (role in TOLD)
            assert shown == (role in TOLD)
    assert "Salma Roucairol" in browser.get(address(contract, "signataires/")).content.decode()


def test_the_gauge_is_in_words(contract: CityContract, lead: Actor, fill: Any, sign: Any, client_for: Any) -> None:
    fill(0, 9)
    for n in range(5):
        sign(f"Sans personne {n}", "other")
    page = client_for(lead).get(address(contract)).content.decode()
    assert "9\u00a0signataires sur 14" in page
    assert "Sans personne 4" in page


def test_what_to_do_next_is_for_who_can_do_it(
    contract: CityContract, lead: Actor, reader: Actor, client_for: Any
) -> None:
    asked = "Dire quels quartiers il couvre"
    assert asked in client_for(lead).get(address(contract)).content.decode()
    assert asked not in client_for(reader).get(address(contract)).content.decode()


def test_an_empty_space_says_what_to_do_first(lead: Actor, reader: Actor, client_for: Any) -> None:
    assert "Décrivez le contrat" in client_for(lead).get("/val-clair/contrat/").content.decode()
    assert "pas encore décrit" in client_for(reader).get("/val-clair/contrat/").content.decode()


def test_a_referent_is_named_with_a_person_who_was_on_no_card(
    contract: CityContract, landlord: Signatory, lead: Actor, client_for: Any
) -> None:
    url = address(contract, f"signataires/{landlord.code}/referents/nouveau/")
    sent = {"name": "Anouk L'Hostis", "starts_on": "2026-10-01", "email": "anouk@habitat.example"}
    browser = client_for(lead)
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, sent).status_code == 422  # a double click: one referent, and nobody twice on the card
    assert (Referent.objects.count(), Contact.objects.count()) == (1, 1)
    assert browser.post(url, {"starts_on": "2026-10-01"}).status_code == 422


def test_a_stale_form_keeps_what_was_typed(contract: CityContract, lead: Actor, client_for: Any) -> None:
    objective = actions.add_objective(actor=lead, contract=contract, text="Mieux se soigner")
    actions.write_wording(actor=lead, objective=objective, text="Que chacun se soigne")
    url = address(contract, f"objectifs/{objective.code}/rediger/")
    answer = client_for(lead).post(url, {"text": "Se soigner près d'ici", "based_on": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "entre-temps" in page
    assert "Se soigner près d&#x27;ici" in page


def test_differences_show_what_was_removed_and_added(contract: CityContract, lead: Actor, client_for: Any) -> None:
    objective = actions.add_objective(actor=lead, contract=contract, text="Réduire les délais")
    actions.write_wording(actor=lead, objective=objective, text="Réduire nos délais")
    url = address(contract, f"objectifs/{objective.code}/differences/")
    for query in ("", "?from=1&to=2", "?from=deux&to=99999999999"):
        page = client_for(lead).get(url + query).content.decode()
        assert "<del>" in page
        assert "nos" in page


def test_a_code_that_is_none_is_not_found(
    contract: CityContract, landlord: Signatory, lead: Actor, client_for: Any
) -> None:
    browser = client_for(lead)
    for rest in ("signataires/zzz/", "objectifs/zzz/", "reunions/zzz/", "conventions/zzz/",
                 "objectifs/nouveau/?under=zzz",
                 f"signataires/{landlord.code}/referents/zzz/fin/"):  # fmt: skip
        assert browser.get(address(contract, rest)).status_code == 404, rest
    assert browser.get("/val-clair/contrat/zzz/").status_code == 404
