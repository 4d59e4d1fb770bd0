"""Writing commitments: one can be saved with a wording and a signatory; the rest comes when it is known."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import check_may_edit, check_year, words
from comptoir.commitments.enums import MeansKind, MeansUnit
from comptoir.commitments.models import Commitment, CommitmentWording, Means, SignOff
from comptoir.commitments.rules import may_edit
from comptoir.contracts.models import Contact, Objective, Signatory, SignatoryUnit
from comptoir.kit.errors import Invalid, Refused
from comptoir.territories.models import LocalArea, PriorityNeighbourhood

EMPTY = "Écrivez à quoi le signataire s'engage."


class Details(TypedDict, total=False):
    """What may be said of a commitment beside its wording; what is absent is not changed."""

    unit: SignatoryUnit | None
    contact: Contact | None
    objective: Objective | None
    level: str
    due_on: date | None
    first_year: int | None
    last_year: int | None
    measure: str
    expected_proof: str
    next_step: str
    next_step_on: date | None
    dauphin_number: str
    associates: Sequence[Signatory]
    neighbourhoods: Sequence[PriorityNeighbourhood]
    local_areas: Sequence[LocalArea]


_MANY = ("associates", "neighbourhoods", "local_areas")


@transaction.atomic
def write(*, actor: Actor, signatory: Signatory, wording: str, **details: Unpack[Details]) -> Commitment:
    """A new commitment of a signatory, at the end of the table."""
    contract = signatory.contract
    commitment = Commitment(space=actor.space, contract=contract, signatory=signatory)
    if signatory.space_id != actor.space.pk or not may_edit(actor, commitment):
        raise Refused("Seuls la conduite du projet et le référent du signataire écrivent ses engagements.")
    if signatory.withdrawn_at is not None:
        raise Invalid("Cet organisme n'est plus signataire du contrat.", field="signatory")
    text = words(wording, "wording", EMPTY)
    last = Commitment.objects.filter(contract=contract).aggregate(last=Max("position"))["last"]
    commitment.position = (last or 0) + 1
    set_details(commitment, details)
    commitment.save(force_insert=True)
    _set_many(commitment, details)
    commitment.wording = _worded(actor, commitment, text, "")
    commitment.save(update_fields=["wording"])
    _note(actor, "commitments.write", "Engagement écrit", commitment)
    return commitment


@transaction.atomic
def change(*, actor: Actor, commitment: Commitment, **details: Unpack[Details]) -> bool:
    """Change what is said of a commitment beside its wording. False: it was already so."""
    commitment = _locked(commitment)
    check_may_edit(actor, commitment)
    before = _told(commitment)
    set_details(commitment, details)
    commitment.save()
    _set_many(commitment, details)
    changed = sorted(key for key, value in _told(commitment).items() if value != before[key])
    if changed:
        _note(actor, "commitments.change", "Engagement précisé", commitment, fields=changed)
    return bool(changed)


@transaction.atomic
def reword(*, actor: Actor, commitment: Commitment, text: str, reason: str = "") -> CommitmentWording | None:
    """Write the commitment again; the former wordings are kept. None: nothing changed."""
    commitment = _locked(commitment)
    check_may_edit(actor, commitment)
    text = words(text, "wording", EMPTY)
    if text == commitment.text:
        return None
    wording = _worded(actor, commitment, text, reason.strip()[:300])
    Commitment.objects.filter(pk=commitment.pk).update(wording=wording)
    _note(actor, "commitments.reword", "Engagement récrit", commitment, wording=wording.pk)
    return wording


@transaction.atomic
def set_means(*, actor: Actor, commitment: Commitment, means: Iterable[tuple[str, str, Decimal, str]]) -> list[Means]:
    """The means, whole: (nature, unit, amount, note). Those that are no longer said go."""
    commitment = _locked(commitment)
    check_may_edit(actor, commitment)
    rows = []
    for kind, unit, amount, note in means:
        if kind not in MeansKind.values or unit not in MeansUnit.values:
            raise Invalid(
                "Dites si c'est du droit commun ou des crédits spécifiques, et en quelle unité.", field="means"
            )
        if not 0 < amount < Decimal(10) ** 12:
            raise Invalid("Un moyen est un nombre plus grand que zéro.", field="means")
        rows.append(Means(commitment=commitment, kind=kind, unit=unit, amount=amount, note=note.strip()[:200]))
    commitment.means.all().delete()
    Means.objects.bulk_create(rows)
    _note(actor, "commitments.set_means", "Moyens écrits", commitment, count=len(rows))
    return rows


@transaction.atomic
def sign_off(
    *, actor: Actor, signatory: Signatory, commitments: Sequence[Commitment], agreed_by: str, agreed_on: date
) -> int:
    """The signatory read its sheet and agrees with these commitments in their present wording; how many are new."""
    agreed_by = words(agreed_by, "agreed_by", "Écrivez qui donne son accord : une fonction, un nom.", 160)
    new = 0
    for commitment in commitments:
        commitment = _locked(commitment)
        check_may_edit(actor, commitment)
        if commitment.signatory_id != signatory.pk or commitment.wording is None:
            raise Refused("Cet engagement n'est pas celui de ce signataire.")
        _, made = SignOff.objects.get_or_create(
            commitment=commitment, wording=commitment.wording,
            defaults={"agreed_by": agreed_by, "agreed_on": agreed_on, "author_id": actor.person_id},
        )  # fmt: skip
        new += made
        if made:
            _note(actor, "commitments.sign_off", "Accord du signataire", commitment, wording=commitment.wording.pk)
    return new


@transaction.atomic
def withdraw(*, actor: Actor, commitment: Commitment) -> None:
    """Take a commitment off the table (written by mistake). It is kept, with its facts, and can be put back."""
    commitment = _locked(commitment)
    check_may_edit(actor, commitment)
    Commitment.objects.filter(pk=commitment.pk).update(withdrawn_at=timezone.now())
    _note(actor, "commitments.withdraw", "Engagement retiré", commitment)


@transaction.atomic
def put_back(*, actor: Actor, commitment: Commitment) -> None:
    """Put a withdrawn commitment back on the table, where it was."""
    commitment = _locked(commitment)
    if not may_edit(actor, commitment):
        raise Refused("Seuls la conduite du projet et le référent du signataire remettent cet engagement.")
    if commitment.withdrawn_at is not None:
        Commitment.objects.filter(pk=commitment.pk).update(withdrawn_at=None)
        _note(actor, "commitments.put_back", "Engagement remis", commitment)


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("wording", "signatory__organisation")
    return rows.get(pk=commitment.pk)


def _worded(actor: Actor, commitment: Commitment, text: str, reason: str) -> CommitmentWording:
    return CommitmentWording.objects.create(
        commitment=commitment, text=text, reason=reason, author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip


def set_details(commitment: Commitment, details: Details) -> None:
    """Put the columns, checked: nothing of another contract, signatory or space."""
    for key, value in details.items():
        if key not in _MANY:
            setattr(commitment, key, value.strip() if isinstance(value, str) else value)
    signatory, contract = commitment.signatory_id, commitment.contract_id
    if commitment.unit and commitment.unit.signatory_id != signatory:
        raise Invalid("Choisissez un service de cet organisme.", field="unit")
    if commitment.contact and commitment.contact.signatory_id != signatory:
        raise Invalid("Choisissez une personne de cet organisme.", field="contact")
    if commitment.objective and commitment.objective.contract_id != contract:
        raise Invalid("Choisissez un objectif de ce contrat.", field="objective")
    check_year(commitment.first_year, "first_year")
    check_year(commitment.last_year, "last_year")
    if commitment.last_year and (not commitment.first_year or commitment.last_year < commitment.first_year):
        raise Invalid("La dernière année ne peut pas venir avant la première.", field="last_year")
    if commitment.first_year and commitment.due_on:
        raise Invalid("Un engagement de chaque année n'a pas d'échéance à part : choisissez.", field="due_on")
    for key in ("measure", "expected_proof", "next_step"):
        if len(getattr(commitment, key)) > 300:
            raise Invalid("Ce texte dépasse 300 caractères : raccourcissez-le.", field=key)


def _set_many(commitment: Commitment, details: Details) -> None:
    if "associates" in details:
        others = [s for s in details["associates"] if s.pk != commitment.signatory_id]
        if any(other.contract_id != commitment.contract_id for other in others):
            raise Invalid("Choisissez des signataires de ce contrat.", field="associates")
        commitment.associates.set(others)
    if "neighbourhoods" in details:
        commitment.neighbourhoods.set(details["neighbourhoods"])
    if "local_areas" in details:
        if any(area.space_id != commitment.space_id for area in details["local_areas"]):
            raise Invalid("Choisissez des secteurs de votre espace.", field="local_areas")
        commitment.local_areas.set(details["local_areas"])


def _told(commitment: Commitment) -> dict[str, object]:
    """What a change is compared with: columns and sets, identities only."""
    columns = [key for key in Details.__annotations__ if key not in _MANY]
    told: dict[str, object] = {
        key: getattr(commitment, f"{key}_id" if key in {"unit", "contact", "objective"} else key) for key in columns
    }
    return told | {key: frozenset(getattr(commitment, key).values_list("pk", flat=True)) for key in _MANY}


def _note(actor: Actor, action: str, label: str, commitment: Commitment, **details: object) -> None:
    journal.write(actor, action, label, commitment.pk, within_id=commitment.contract_id, **details)
