"""A body validates the table at a meeting: a snapshot, which never moves."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.commitments.models import Commitment, Snapshot, SnapshotLine
from comptoir.commitments.reading import facts_of, referents_of
from comptoir.commitments.rules import may_decide
from comptoir.commitments.state import Facts, state_of
from comptoir.contracts.models import CityContract, Contact, Meeting
from comptoir.kit.errors import Invalid, Refused


@transaction.atomic
def take_snapshot(
    *, actor: Actor, contract: CityContract, meeting: Meeting, validated_by: str, taken_on: date
) -> Snapshot:
    """Freeze the table of a contract as it stands on a day. The public sees the last one."""
    if not may_decide(actor) or contract.space_id != actor.space.pk or meeting.body.contract_id != contract.pk:
        raise Refused("Seule la conduite du projet arrête le tableau, à une réunion d'une instance de ce contrat.")
    if not meeting.body.validates:
        raise Invalid("Cette instance ne valide pas le tableau : choisissez-en une autre.", field="meeting")
    validated_by = words(validated_by, "validated_by", "Écrivez qui valide : une fonction, un nom.", 200)
    CityContract.objects.select_for_update().get(pk=contract.pk)
    rows = Commitment.objects.shown().filter(contract=contract, wording__isnull=False)
    commitments = list(rows.select_related("wording", "contact").prefetch_related("neighbourhoods").in_table_order())
    if not commitments:
        raise Invalid("Le tableau est vide : écrivez d'abord un engagement.")
    last = Snapshot.objects.filter(contract=contract).aggregate(last=Max("number"))["last"]
    snapshot = Snapshot.objects.create(
        space=actor.space, contract=contract, meeting=meeting, number=(last or 0) + 1, taken_on=taken_on,
        validated_by=validated_by, author_id=actor.person_id,
    )  # fmt: skip
    referents = referents_of(commitments, on=taken_on)
    facts = facts_of(commitments, on=taken_on, referents=referents)
    SnapshotLine.objects.bulk_create(
        _line(snapshot, commitment, rank, facts[commitment.pk], referents.get(commitment.pk))
        for rank, commitment in enumerate(commitments, start=1)
    )
    journal.write(
        actor, "commitments.take_snapshot", "Tableau arrêté", snapshot.pk, within_id=contract.pk,
        meeting=meeting.pk, count=len(commitments),
    )  # fmt: skip
    return snapshot


def _line(snapshot: Snapshot, commitment: Commitment, rank: int, facts: Facts, contact: Contact | None) -> SnapshotLine:
    state = state_of(facts, on=snapshot.taken_on)
    return SnapshotLine(
        snapshot=snapshot, commitment=commitment, wording=commitment.wording, contact=contact, position=rank,
        label=state.label, outcome=state.outcome or "", outcome_on=state.outcome_on, due_on=commitment.due_on,
        first_year=commitment.first_year, last_year=commitment.last_year,
        next_step=commitment.next_step, next_step_on=commitment.next_step_on,
        neighbourhoods=sorted(one.code for one in commitment.neighbourhoods.all()),
        proofs=sum(1 for proof in facts.proofs if proof.confirmed_on and proof.confirmed_on <= snapshot.taken_on),
    )  # fmt: skip
