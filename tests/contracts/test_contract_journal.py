"""The journal leads from what was done to the contract's page."""

from typing import Any

from comptoir.accounts.models import Actor
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract


def test_an_entry_leads_to_its_contract(lead: Actor, contract: CityContract, client_for: Any) -> None:
    actions.add_objective(actor=lead, contract=contract, text="Mieux se soigner")
    page = client_for(lead).get("/val-clair/journal/").content.decode()
    assert "Objectif ajouté" in page
    assert page.count(f'href="/val-clair/contrat/{contract.code}/"') == 2  # opened, then an objective
    assert "Mieux se soigner" not in page
