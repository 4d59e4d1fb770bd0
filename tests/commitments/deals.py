"""What the tests of commitments need of a contract, in few words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from comptoir.accounts.models import Actor
from comptoir.commitments import actions
from comptoir.commitments.models import Commitment
from comptoir.commitments.reading import states_of
from comptoir.commitments.state import State
from comptoir.contracts.models import CityContract, Contact, Meeting, Referent, Signatory

TODAY = date(2026, 11, 26)


@dataclass
class Deal:
    """What a test needs of a contract, in few words."""

    lead: Actor
    contract: CityContract
    landlord: Signatory
    town: Signatory
    steering: Meeting
    technical: Meeting

    def commit(self, wording: str = "Rouvrir le local de la tour 4", **details: Any) -> Commitment:
        signatory = details.pop("signatory", self.landlord)
        return actions.write(actor=self.lead, signatory=signatory, wording=wording, **details)

    def precise(self, **details: Any) -> Commitment:
        given = {"due_on": date(2027, 6, 30), "measure": "un local ouvert", "expected_proof": "une photo"}
        return self.commit(**(given | details))

    def state(self, commitment: Commitment, on: date = TODAY) -> State:
        return states_of([Commitment.objects.get(pk=commitment.pk)], on=on)[commitment.pk]


def referent(signatory: Signatory, name: str, since: date = date(2024, 1, 1)) -> Contact:
    contact = Contact.objects.create(space=signatory.space, signatory=signatory, name=name, email=f"{name}@exemple.fr")
    Referent.objects.create(space=signatory.space, signatory=signatory, contact=contact, starts_on=since)
    return contact
