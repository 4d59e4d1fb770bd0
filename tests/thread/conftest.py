"""A thread with all its steps: a published comptoir, one that is not, and what came of both."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.models import Actor
from comptoir.commitments import actions as commitments
from comptoir.commitments.models import CheckInReply, CheckInRound, Commitment, Decision, Evidence, Promise
from comptoir.contracts.actions import (
    add_contact,
    add_objective,
    add_signatory,
    assign_referent,
    open_body,
    open_contract,
    plan_meeting,
)
from comptoir.contracts.models import CityContract, Meeting, Objective, Signatory
from comptoir.thread import actions
from comptoir.thread.said import LINE
from comptoir.voices import actions as voices
from comptoir.voices.enums import SpeakerKind, Subject
from comptoir.voices.models import Answer, Heading, Statement
from comptoir.workshops import actions as workshops
from comptoir.workshops.models import Workshop

RAW = "zinnia"  # in all words that only those who hear raw notes may read
PRIVATE = "pivoine"  # in what is for the team, or for its author
TODAY = date(2026, 11, 26)


@dataclass
class Woven:
    """What tests name, in few words. `bench` was said by three notes, under one line; `secret` is not published."""

    lead: Actor
    contract: CityContract
    signatory: Signatory
    meeting: Meeting
    workshop: Workshop
    heading: Heading
    draft: Heading
    bench: Statement
    masked: Statement
    secret: Statement
    objective: Objective
    commitment: Commitment
    proof: Evidence
    decision: Decision
    answer: Answer
    promise: Promise
    round: CheckInRound
    told: CheckInReply

    def note(self, words: str, tally: int = 1, heading: Heading | None = None) -> Statement:
        return voices.add_note(
            actor=self.lead, heading=heading or self.draft, words=words, tally=tally,
            speaker_kind=SpeakerKind.RESIDENTS,
        )  # fmt: skip

    def commit(self, wording: str, objective: Objective | None = None) -> Commitment:
        return commitments.write(actor=self.lead, signatory=self.signatory, wording=wording, objective=objective)

    def link(self, commitment: Commitment, line: Statement) -> None:
        commitments.link(actor=self.lead, commitment=commitment, statement=line)

    def prove(self, commitment: Commitment, *, whole: bool = True) -> Evidence:
        evidence = commitments.give_evidence(
            actor=self.lead, commitment=commitment, kind="link", url="https://exemple.fr/", label="Le banc posé",
            given_on=TODAY, whole=whole,
        )  # fmt: skip
        commitments.confirm(actor=self.lead, evidence=evidence, on=TODAY, meeting=self.meeting)
        return evidence

    def reply(self, line: Statement, reasons: str = "Ce sera au printemps", *, published: bool = True) -> Answer:
        return Answer.objects.create(
            space=self.lead.space, statement=line, kind="adopted", reasons=reasons, decided_by="le comité",
            decided_on=TODAY, published_at=timezone.now() if published else None,
        )  # fmt: skip

    def promised(self, text: str, *, published: bool = True) -> Promise:
        return Promise.objects.create(
            space=self.lead.space, contract=self.contract, text=text, author_name="La maire", made_on=TODAY,
            commitment=self.commitment, published_at=timezone.now() if published else None,
        )  # fmt: skip

    def asked(self, on: date = date(2026, 9, 7)) -> CheckInRound:
        return commitments.open_round(
            actor=self.lead, contract=self.contract, on=on, starts_on=on, spread_days=1, per_person=5,
            substitute_after=0,
        )  # fmt: skip

    def tell(self, commitment: Commitment, line: str, on: date = date(2026, 9, 14)) -> CheckInReply:
        return commitments.reply(
            actor=self.lead, commitment=commitment, answer="ongoing", channel="phone", line=line, on=on
        )

    def place(self, line: Statement) -> tuple[str, object]:
        return LINE.name, line.pk


def column(actor: Actor, title: str) -> tuple[Workshop, Heading]:
    workshop = workshops.open_workshop(actor=actor, title=title, held_on=date(2026, 9, 1))
    comptoir = workshops.add_comptoir(actor=actor, workshop=workshop, title=title, subject=Subject.SIGNATORIES)
    return workshop, comptoir.occasion.headings.order_by("position")[0]


@pytest.fixture
def woven(lead: Actor) -> Woven:
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    town = organisation_named("Ville de Val-Clair")
    assert town is not None
    signatory = add_signatory(actor=lead, contract=contract, organisation=town)
    body = open_body(actor=lead, contract=contract, name="Comité de pilotage", validates=True)
    meeting = plan_meeting(actor=lead, body=body, held_on=date(2026, 10, 8))
    workshop, heading = column(lead, "Comptoir publié")
    _, draft = column(lead, "Comptoir à relire")

    def said(words: str, where: Heading = heading, tally: int = 1) -> Statement:
        kind = SpeakerKind.RESIDENTS
        return voices.add_note(actor=lead, heading=where, words=words, tally=tally, speaker_kind=kind)

    bench, shade, again, masked = (
        said("Un banc à l'ombre", tally=3), said("Un banc sous l'arbre"), said("Un banc", tally=2), said(f"Un {RAW}")
    )  # fmt: skip
    voices.gather(actor=lead, kept=bench, absorbed=shade)
    voices.gather(actor=lead, kept=bench, absorbed=again)
    version = workshops.validate(actor=lead, workshop=workshop)
    workshops.decide_mask(actor=lead, version=version, statement_id=masked.pk, text="Une fleur")
    workshops.leave_others(actor=lead, version=version)
    workshops.publish(actor=lead, version=version)
    secret = said(f"Des {RAW}s partout", draft)
    objective = add_objective(actor=lead, contract=contract, text="S'asseoir dehors")
    actions.cite(actor=lead, objective=objective, statement=masked)
    commitment = commitments.write(
        actor=lead, signatory=signatory, wording="Poser dix assises", objective=objective, measure="dix assises"
    )
    for line in (bench, secret):
        commitments.link(actor=lead, commitment=commitment, statement=line)
    decision = commitments.decide(
        actor=lead, commitment=commitment, meeting=meeting, outcome="amended", reason="Cinq assises d'abord"
    )
    contact = add_contact(actor=lead, signatory=signatory, name="Salma Roucairol", email="salma@exemple.fr")
    assign_referent(actor=lead, signatory=signatory, contact=contact, starts_on=date(2026, 1, 5))
    nothing: object = None
    made = Woven(
        lead, contract, signatory, meeting, workshop, heading, draft, bench, masked, secret, objective, commitment,
        nothing, decision, nothing, nothing, nothing, nothing,  # type: ignore[arg-type]  # filled below, by its own methods
    )  # fmt: skip
    made.round = made.asked()
    made.told = made.tell(commitment, "Le devis est signé")
    made.proof, made.answer = made.prove(commitment), made.reply(bench)
    made.promise = made.promised("Des assises avant l'été")
    return made
