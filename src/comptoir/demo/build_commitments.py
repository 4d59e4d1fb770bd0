"""The commitments of the invented agglomeration, through the actions that people use."""

from datetime import date
from decimal import Decimal
from typing import Any

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.commitments import actions
from comptoir.commitments.models import Commitment
from comptoir.contracts.models import CityContract, Meeting
from comptoir.demo.content import SPACE
from comptoir.demo.content.commitments import COMMITMENTS, DemoCommitment
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.voices.models import Verbatim

SEEN_ON = date(2026, 6, 18)


def build_commitments(lead: Actor, contract: CityContract) -> None:
    """A year and a half of life: written, proved, one decided not done, a table validated in June, changes since."""
    committee = Meeting.objects.get(body__contract=contract, body__validates=True, held_on=SEEN_ON)
    made = [(content, _write(lead, contract, content)) for content in COMMITMENTS]
    for content, commitment in made:
        _prove(lead, commitment, content, until=SEEN_ON)
        outcome, reason, reply = content.decision
        if outcome:
            decision = actions.decide(
                actor=lead, commitment=commitment, meeting=committee, outcome=outcome, reason=reason, year=2025
            )
            actions.reply_to_decision(actor=lead, decision=decision, reply=reply, on=date(2026, 7, 6))
    actions.take_snapshot(
        actor=lead, contract=contract, meeting=committee, validated_by="le comité de pilotage", taken_on=SEEN_ON
    )
    for content, commitment in made:
        _prove(lead, commitment, content, since=SEEN_ON)
        if content.after:
            after: Any = content.after
            actions.change(actor=lead, commitment=commitment, **after)


def _write(lead: Actor, contract: CityContract, content: DemoCommitment) -> Commitment:
    names = {one.key: one.name for one in SPACE.organisations}
    signatory = contract.signatories.get(organisation__name=names[content.signatory])
    objectives = contract.objectives.filter(wording__text=content.objective) if content.objective else None
    step, step_on = content.next_step
    commitment = actions.write(
        actor=lead, signatory=signatory, wording=content.wording,
        objective=objectives.first() if objectives is not None else None, level=content.level, due_on=content.due_on,
        first_year=content.first_year, measure=content.measure, expected_proof=content.expected_proof,
        neighbourhoods=list(PriorityNeighbourhood.objects.filter(code__in=content.neighbourhoods)), next_step=step,
        next_step_on=step_on,
    )  # fmt: skip
    if content.means:
        means = [(kind, unit, Decimal(amount), note) for kind, unit, amount, note in content.means]
        actions.set_means(actor=lead, commitment=commitment, means=means)
    for words in content.said:
        statement = Verbatim.objects.get(space=lead.space, words=words).statement
        actions.link(actor=lead, commitment=commitment, statement=statement)
    return commitment


def _prove(
    lead: Actor, commitment: Commitment, content: DemoCommitment, until: date = date.max, since: date = date.min
) -> None:
    """The proofs given in this span; the facilitator gives them, the project lead confirms."""
    giver = Actor.of(
        Membership.objects.select_related("person", "space", "organisation").get(
            space=lead.space, role=Role.FACILITATOR
        )
    )
    for proof in content.proofs:
        if not since < proof.given_on <= until:
            continue
        evidence = actions.give_evidence(
            actor=giver, commitment=commitment, kind="link", url=proof.url, label=proof.label,
            given_on=proof.given_on, whole=proof.whole, year=proof.year,
        )  # fmt: skip
        if proof.confirmed_on:
            actions.confirm(actor=lead, evidence=evidence, on=proof.confirmed_on)
