"""Writing many commitments at once, as a workbook does: the same rules and journal as one by one, few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import check_may_edit, words
from comptoir.commitments.actions.register import EMPTY, Details, set_details
from comptoir.commitments.enums import MeansKind, MeansUnit
from comptoir.commitments.models import Commitment, CommitmentWording, Means
from comptoir.commitments.rules import may_edit
from comptoir.contracts.models import CityContract, Signatory
from comptoir.kit.errors import Invalid, Refused
from comptoir.territories.models import PriorityNeighbourhood

BY = 500
MeansKey = tuple[str, str]  # nature, unit


@dataclass(frozen=True, slots=True)
class Written:
    """What a row says of a commitment. `means`: (nature, unit) to an amount, None to take those off; the notes of the
    means that stay are kept. What is absent is not changed."""

    wording: str | None = None
    details: Details = field(default_factory=lambda: Details())
    means: dict[MeansKey, Decimal | None] = field(default_factory=dict)


@transaction.atomic
def write_many(
    *, actor: Actor, contract: CityContract, rows: Sequence[tuple[Signatory, Written]]
) -> list[Commitment]:  # fmt: skip
    """New commitments, in this order, at the end of the table."""
    last = Commitment.objects.filter(contract=contract).aggregate(last=Max("position"))["last"] or 0
    for signatory in {signatory.pk: signatory for signatory, _ in rows}.values():
        _check_may_write(actor, contract, signatory)
    made: list[Commitment] = []
    wordings: list[CommitmentWording] = []
    for position, (signatory, said) in enumerate(rows, last + 1):
        commitment = Commitment(  # by identity: setting what is pointed at takes as long as all the rest
            space_id=actor.space.pk, contract_id=contract.pk, signatory_id=signatory.pk, position=position
        )
        wording = _worded(actor, commitment, words(said.wording or "", "wording", EMPTY))
        commitment.wording_id = wording.pk
        wordings.append(wording)
        set_details(commitment, _columns(said.details))
        made.append(commitment)
    # Each names the other: both databases look at foreign keys when the transaction ends.
    Commitment.objects.bulk_create(made, batch_size=BY)
    CommitmentWording.objects.bulk_create(wordings, batch_size=BY)
    _set_neighbourhoods([(one, said.details) for one, (_, said) in zip(made, rows, strict=True)])
    _set_means([(one, said.means) for one, (_, said) in zip(made, rows, strict=True)])
    journal.write_many(actor, "commitments.write", "Engagement écrit", [one.pk for one in made], contract.pk)
    return made


def _check_may_write(actor: Actor, contract: CityContract, signatory: Signatory) -> None:
    if signatory.contract_id != contract.pk or not may_edit(actor, Commitment(space=actor.space, signatory=signatory)):
        raise Refused("Seuls la conduite du projet et le référent du signataire écrivent ses engagements.")
    if signatory.withdrawn_at is not None:
        raise Invalid("Cet organisme n'est plus signataire du contrat.", field="signatory")


@transaction.atomic
def change_many(*, actor: Actor, contract: CityContract, rows: Sequence[tuple[UUID, Written]], reason: str) -> None:
    """Change what each row says of its commitment; `reason` stands beside the new wordings."""
    held = Commitment.objects.select_for_update(of=("self",)).filter(contract=contract, pk__in=[pk for pk, _ in rows])
    there = {one.pk: one for one in held.with_words().select_related("signatory__organisation")}
    wordings: list[CommitmentWording] = []
    changed: list[Commitment] = []
    columns: set[str] = set()
    for pk, said in rows:
        commitment = there[pk]
        check_may_edit(actor, commitment)
        details = _columns(said.details)
        set_details(commitment, details)
        columns |= set(details)
        changed.append(commitment)
        if said.wording is not None and said.wording != commitment.text:
            wording = _worded(actor, commitment, words(said.wording, "wording", EMPTY), reason)
            commitment.wording = wording
            wordings.append(wording)
    CommitmentWording.objects.bulk_create(wordings, batch_size=BY)
    if columns or wordings:
        Commitment.objects.bulk_update(changed, sorted(columns | {"wording"}), batch_size=100)
    _set_neighbourhoods([(there[pk], said.details) for pk, said in rows])
    _set_means([(there[pk], said.means) for pk, said in rows])
    reworded = {wording.commitment_id for wording in wordings}
    journal.write_many(actor, "commitments.reword", "Engagement récrit", sorted(reworded), contract.pk)
    others = [pk for pk, said in rows if said.details or said.means]
    journal.write_many(actor, "commitments.change", "Engagement précisé", others, contract.pk)


@transaction.atomic
def withdraw_many(*, actor: Actor, contract: CityContract, identities: Sequence[UUID]) -> None:
    """Take commitments off the table, as `withdraw` does; those that are off already stay so."""
    found = Commitment.objects.select_for_update(of=("self",)).shown().filter(contract=contract, pk__in=identities)
    rows = list(found.select_related("signatory__organisation"))
    for commitment in rows:
        check_may_edit(actor, commitment)
    Commitment.objects.filter(pk__in=[one.pk for one in rows]).update(withdrawn_at=timezone.now())
    journal.write_many(actor, "commitments.withdraw", "Engagement retiré", [one.pk for one in rows], contract.pk)


def _worded(actor: Actor, commitment: Commitment, text: str, reason: str = "") -> CommitmentWording:
    return CommitmentWording(
        commitment_id=commitment.pk, text=text, reason=reason, author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip


def _columns(details: Details) -> Details:
    """Without what is not a column."""
    kept: Any = {key: value for key, value in details.items() if key not in {"neighbourhoods", "associates"}}
    columns: Details = kept
    return columns


def _set_neighbourhoods(rows: Sequence[tuple[Commitment, Details]]) -> None:
    said = [(one, details["neighbourhoods"]) for one, details in rows if "neighbourhoods" in details]
    through: Any = Commitment.neighbourhoods.through
    through.objects.filter(commitment__in=[one.pk for one, _ in said]).delete()
    through.objects.bulk_create(
        (
            through(commitment_id=one.pk, priorityneighbourhood_id=place.pk)
            for one, places in said
            for place in _once(places)
        ),
        batch_size=BY,
    )


def _once(places: Sequence[PriorityNeighbourhood]) -> list[PriorityNeighbourhood]:
    return list({place.pk: place for place in places}.values())


def _set_means(rows: Sequence[tuple[Commitment, dict[MeansKey, Decimal | None]]]) -> None:
    """Each amount said takes the place of those of its nature and unit. The note of a single one is kept."""
    said = [(one, means) for one, means in rows if means]
    before: dict[tuple[UUID, str, str], list[Means]] = {}
    for row in Means.objects.filter(commitment__in=[one.pk for one, _ in said]):
        before.setdefault((row.commitment_id, row.kind, row.unit), []).append(row)
    gone, new = [], []
    known = {(kind, unit) for kind in MeansKind.values for unit in MeansUnit.values}
    for one, means in said:
        for (kind, unit), amount in means.items():
            if (kind, unit) not in known:
                raise Invalid("Ce moyen n'a pas de nature ou d'unité connue.", field="means")
            rows_before = before.get((one.pk, kind, unit), [])
            gone += [row.pk for row in rows_before]
            note = rows_before[0].note if len(rows_before) == 1 else ""
            if amount is not None:
                new.append(Means(commitment_id=one.pk, kind=kind, unit=unit, amount=amount, note=note))
    Means.objects.filter(pk__in=gone).delete()
    Means.objects.bulk_create(new, batch_size=BY)
