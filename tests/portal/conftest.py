"""A space with its public page open: a published comptoir, one that is not, a validated table, and changes since."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.models import Actor
from comptoir.commitments import actions as commitments
from comptoir.commitments.models import Commitment
from comptoir.contracts.actions import add_signatory, open_body, open_contract, plan_meeting
from comptoir.contracts.models import Contact, Referent, Signatory
from comptoir.portal.public.actions import set_public_page
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import FollowUp, Statement
from comptoir.workshops.actions import add_comptoir, decide_mask, leave_others, open_workshop, publish, validate
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.public import to_decide

JUNE, OCTOBER = date(2026, 6, 18), date(2026, 10, 8)


@dataclass
class World:
    """What a test of the public page needs, in few words."""

    lead: Actor
    workshop: Workshop
    signatory: Signatory
    lines: dict[str, Statement] = field(default_factory=dict)

    def note(self, words: str, workshop: Workshop | None = None, **given: Any) -> Statement:
        heading = self.headings(workshop or self.workshop)[0]
        self.lines[words] = voices.add_note(actor=self.lead, heading=heading, words=words, **given)
        return self.lines[words]

    def headings(self, workshop: Workshop) -> Any:
        first = workshop.comptoirs.order_by("position")[0]
        return first.occasion.headings.exclude(kind=HeadingKind.WHO).order_by("position")

    def another(self, title: str) -> Workshop:
        made = open_workshop(actor=self.lead, title=title, held_on=date(2026, 9, 1))
        add_comptoir(
            actor=self.lead, workshop=made, title="Habitants", subject=Subject.RESIDENTS,
            speaker_kind=SpeakerKind.RESIDENTS,
        )  # fmt: skip
        return made

    def publish(self, *masked: str, workshop: Workshop | None = None) -> SynthesisVersion:
        """A new published version; the texts that hold one of `masked` are masked, the others left as they are."""
        version = validate(actor=self.lead, workshop=workshop or self.workshop)
        for quote in to_decide(version):
            if any(word in quote.text for word in masked):
                statement, rewording = quote.key
                decide_mask(
                    actor=self.lead,
                    version=version,
                    statement_id=statement,
                    rewording_id=rewording,
                    text=quote.proposed,
                )
        leave_others(actor=self.lead, version=version)
        return publish(actor=self.lead, version=version)

    def answer(self, line: Statement, kind: str = "adopted", *, published: bool = True, **given: Any) -> None:
        said = {"reasons": "La salle ouvre deux soirs", "decided_by": "le comité de pilotage", "decided_on": JUNE}
        written = voices.answer(actor=self.lead, lines=[line], kind=kind, **(said | given))
        if published:
            voices.publish_answers(actor=self.lead, answers=written, reread=True)

    def commit(self, wording: str, *lines: Statement, **given: Any) -> Commitment:
        made = commitments.write(actor=self.lead, signatory=self.signatory, wording=wording, **given)
        for line in lines:
            commitments.link(actor=self.lead, commitment=made, statement=line)
        return made

    def freeze(self, *, validated_by: str = "le comité", taken_on: date = JUNE) -> None:
        contract = self.signatory.contract
        body = open_body(actor=self.lead, contract=contract, name="Comité de pilotage", validates=True)
        meeting = plan_meeting(actor=self.lead, body=body, held_on=taken_on)
        commitments.take_snapshot(
            actor=self.lead, contract=contract, meeting=meeting, validated_by=validated_by, taken_on=taken_on
        )

    def referent(self, name: str) -> Contact:
        contact = Contact.objects.create(
            space=self.lead.space, signatory=self.signatory, name=name, email="referente@exemple.fr"
        )
        Referent.objects.create(
            space=self.lead.space, signatory=self.signatory, contact=contact, starts_on=date(2024, 1, 1)
        )
        return contact

    def code(self, line: Statement) -> str:
        voices.give_codes(actor=self.lead, occasion=line.heading.occasion, line=line)
        return FollowUp.objects.get(verbatim__statement=line).code


@pytest.fixture
def world(lead: Actor) -> World:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    signatory = add_signatory(actor=lead, contract=contract, organisation=organisation_named("Régie de quartier"))
    made = World(lead, Workshop(), signatory)
    made.workshop = made.another("Comptoir de printemps")
    set_public_page(actor=lead, opened=True)
    return made
