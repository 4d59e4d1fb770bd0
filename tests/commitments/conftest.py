"""A contract with two signatories, their referents, a body that validates and one that does not."""

from datetime import date

import pytest
from deals import Deal, referent

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import add_signatory, open_body, open_contract, plan_meeting


@pytest.fixture
def deal(lead: Actor) -> Deal:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    landlord, town = (
        add_signatory(actor=lead, contract=contract, organisation=organisation_named(name))
        for name in ("Régie de quartier", "Ville de Val-Clair")
    )
    referent(landlord, "zelie")
    steering = open_body(actor=lead, contract=contract, name="Comité de pilotage", validates=True)
    technical = open_body(actor=lead, contract=contract, name="Comité technique", kind="technical")
    meetings = [plan_meeting(actor=lead, body=body, held_on=date(2026, 10, 8)) for body in (steering, technical)]
    return Deal(lead, contract, landlord, town, *meetings)
