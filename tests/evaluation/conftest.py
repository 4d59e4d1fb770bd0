"""An evaluation of a contract with a body that validates, two signatories and one question."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import add_signatory, open_body, open_contract, plan_meeting
from comptoir.contracts.models import CityContract, Meeting, Signatory
from comptoir.evaluation import actions
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion

TODAY = date(2026, 11, 26)


@dataclass
class Study:
    """What a test needs of an evaluation, in few words."""

    lead: Actor
    contract: CityContract
    landlord: Signatory
    evaluation: Evaluation
    meeting: Meeting
    technical: Meeting
    member: Any

    def ask(
        self, text: str = "Les réparations vont-elles plus vite ?", college: str = "residents"
    ) -> EvaluativeQuestion:
        return actions.propose(
            actor=self.lead, evaluation=self.evaluation, text=text, college=college, proposed_by="Conseil citoyen"
        )

    def who(self, role: Role) -> Actor:
        found: Actor = self.member(role)
        return found


@pytest.fixture
def study(lead: Actor, member: Any) -> Study:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    organisation = organisation_named("Régie de quartier")
    assert organisation is not None
    landlord = add_signatory(actor=lead, contract=contract, organisation=organisation)
    steering = open_body(actor=lead, contract=contract, name="Comité de pilotage", validates=True)
    technical = open_body(actor=lead, contract=contract, name="Comité technique", kind="technical")
    meetings = [plan_meeting(actor=lead, body=body, held_on=date(2026, 10, 8)) for body in (steering, technical)]
    evaluation = actions.open_evaluation(actor=lead, contract=contract, name="Mi-parcours", ends_on=date(2027, 10, 15))
    return Study(lead, contract, landlord, evaluation, *meetings, member)
