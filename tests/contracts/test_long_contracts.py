"""A contract with more of everything than one page shows: pages stay short, and lead to the rest."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract, Contact, Meeting
from comptoir.contracts.views.bodies import LATEST
from comptoir.contracts.views.contract import ORIENTATIONS
from comptoir.contracts.views.objectives import PER_PAGE
from comptoir.contracts.views.signatories import CONTACTS
from comptoir.territories.models import LocalArea

pytestmark = pytest.mark.django_db


def address(name: str, contract: CityContract, *codes: str) -> str:
    return reverse(name, args=(contract.space.slug, contract.code, *codes))


def test_objectives_come_by_pages_and_the_contract_shows_the_first(
    lead: Actor, contract: CityContract, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(PER_PAGE + 1):
        root = actions.add_objective(actor=lead, contract=contract, text=f"Orientation {n}.")
    under = actions.add_objective(actor=lead, contract=contract, text="Dessous.", parent=root)
    actions.add_objective(actor=lead, contract=contract, text="Tout en bas.", parent=under)
    browser, url = client_for(lead), address("objectives", contract)
    with django_assert_max_num_queries(12):
        first = browser.get(url).content.decode()
    assert (first.count(">Orientation"), "Dessous." in first) == (PER_PAGE, False)
    last = browser.get(f"{url}?page=2").content.decode()
    assert (last.count(">Orientation"), "Dessous." in last, "Tout en bas." in last) == (1, True, True)
    assert first.count(">Monter<") == PER_PAGE - 1
    assert last.count(">Monter<") == 1, "the first of a page is not the first of all"
    with django_assert_max_num_queries(12):
        page = browser.get(address("contract", contract)).content.decode()
    assert page.count(">Orientation") == ORIENTATIONS
    assert "Tous les objectifs" in page


def test_a_body_shows_its_latest_meetings_and_leads_to_all(
    lead: Actor, contract: CityContract, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    bodies = [
        actions.open_body(
            actor=lead, contract=contract, name=name, kind="steering", chaired_by="", rhythm="", validates=False
        )
        for name in ("Comité", "Conseil")
    ]  # fmt: skip
    day = date(2020, 1, 1)
    for body, number in zip(bodies, (LATEST + 40, 2), strict=True):
        Meeting.objects.bulk_create(
            Meeting(space=lead.space, body=body, held_on=day + timedelta(days=n)) for n in range(number)
        )
    browser, url = client_for(lead), address("bodies", contract)
    with django_assert_max_num_queries(12):
        page = browser.get(url).content.decode()
    assert page.count(" 2020</a>") == LATEST + 2
    assert page.count("Toutes les réunions") == 1
    only = browser.get(f"{url}?instance={bodies[0].code}").content.decode()
    assert (only.count(" 2020</a>"), "Conseil</h2>" in only) == (50, False)
    assert browser.get(f"{url}?instance={bodies[0].code}&page=2").content.decode().count(" 2020</a>") == 2
    assert browser.get(f"{url}?instance=aucune").status_code == 404


def test_a_card_shows_the_first_contacts_and_leads_to_the_address_book(
    lead: Actor, contract: CityContract, sign: Any, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    signatory = sign()
    Contact.objects.bulk_create(
        Contact(space=lead.space, signatory=signatory, name=f"Personne {n:03}") for n in range(CONTACTS + 5)
    )
    browser = client_for(lead)
    with django_assert_max_num_queries(12):
        page = browser.get(address("signatory", contract, signatory.code)).content.decode()
    assert page.count(">Retirer<") == CONTACTS
    assert f"{address('contacts', contract)}?organisme={signatory.code}" in page


def test_areas_to_tick_are_the_first_hundred_and_those_already_ticked(
    lead: Actor, contract: CityContract, client_for: Any
) -> None:
    areas = LocalArea.objects.bulk_create(LocalArea(space=lead.space, name=f"Secteur {n:03}") for n in range(130))
    contract.local_areas.add(areas[125])
    browser, url = client_for(lead), address("contract_perimeter", contract)
    page = browser.get(url).content.decode()
    assert page.count('name="local_areas"') == 101
    assert "Secteur 125" in page
    browser.post(url, {"codes": "", "local_areas": [str(areas[125].pk), str(areas[0].pk)]})
    assert set(contract.local_areas.all()) == {areas[0], areas[125]}
    new = browser.get(address("convention_new", contract)).content.decode()
    assert new.count('name="local_areas"') == 100
