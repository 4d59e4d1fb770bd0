"""Signatories, their services and the people one can reach there."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor, Organisation, OrganisationUnit
from comptoir.contracts.actions.checks import check_may_edit, check_may_edit_card, said
from comptoir.contracts.models import CityContract, Contact, Signatory, SignatoryUnit
from comptoir.kit.errors import Conflict, Invalid

TWICE = "Cet organisme est déjà signataire de ce contrat."


def add_signatory(
    *, actor: Actor, contract: CityContract, organisation: Organisation, kind: str = "", signed_on: date | None = None,
    missions: str = "",
) -> Signatory:  # fmt: skip
    """An organisation signs the contract, or is to sign it (`signed_on` empty)."""
    check_may_edit(actor, contract)
    signatory = Signatory(
        space=actor.space, contract=contract, organisation=organisation, kind=kind or organisation.kind,
        signed_on=signed_on, missions=missions.strip(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            signatory.save()
            journal.write(
                actor, "contracts.add_signatory", "Signataire ajouté", signatory.pk, within_id=contract.pk,
                organisation_id=organisation.pk,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(TWICE) from error
    return signatory


@transaction.atomic
def change_signature(*, actor: Actor, signatory: Signatory, kind: str, signed_on: date | None) -> Signatory:
    """Correct as what an organisation signs, and when."""
    check_may_edit(actor, signatory.contract)
    signatory.kind, signatory.signed_on = kind, signed_on
    signatory.save(update_fields=["kind", "signed_on"])
    _note(actor, "contracts.change_signature", "Signature corrigée", signatory)
    return signatory


@transaction.atomic
def change_card(*, actor: Actor, signatory: Signatory, missions: str, reached_at: str) -> Signatory:
    """What a signatory says of itself: missions, and the desk that everybody may call."""
    check_may_edit_card(actor, signatory)
    signatory.missions, signatory.reached_at = missions.strip(), reached_at.strip()[:200]
    signatory.save(update_fields=["missions", "reached_at"])
    _note(actor, "contracts.change_card", "Fiche corrigée", signatory)
    return signatory


@transaction.atomic
def withdraw_signatory(*, actor: Actor, signatory: Signatory, day: date) -> Signatory:
    """The organisation leaves the contract: its open terms end that day, its past stays."""
    check_may_edit(actor, signatory.contract)
    signatory.withdrawn_at = timezone.now()
    signatory.save(update_fields=["withdrawn_at"])
    for term in signatory.referents.filter(ends_on=None):
        term.ends_on = max(day, term.starts_on)
        term.save(update_fields=["ends_on"])
    _note(actor, "contracts.withdraw_signatory", "Signataire retiré", signatory)
    return signatory


@transaction.atomic
def add_unit(*, actor: Actor, signatory: Signatory, name: str, missions: str = "") -> SignatoryUnit:
    """A service of the signatory that the contract works with."""
    check_may_edit_card(actor, signatory)
    wanted = said(name, "name", "Donnez le nom du service.")[:120]
    unit, _ = OrganisationUnit.objects.get_or_create(organisation_id=signatory.organisation_id, name=wanted)
    made, new = SignatoryUnit.objects.get_or_create(
        space=actor.space, signatory=signatory, unit=unit, withdrawn_at=None, defaults={"missions": missions.strip()}
    )
    if not new:
        raise Conflict("Ce service est déjà sur la fiche.")
    _note(actor, "contracts.add_unit", "Service ajouté", signatory, unit=made.pk)
    return made


@transaction.atomic
def withdraw_unit(*, actor: Actor, unit: SignatoryUnit, day: date) -> None:
    """A service leaves the card; its open term ends that day."""
    check_may_edit_card(actor, unit.signatory)
    unit.withdrawn_at = timezone.now()
    unit.save(update_fields=["withdrawn_at"])
    for term in unit.referents.filter(ends_on=None):
        term.ends_on = max(day, term.starts_on)
        term.save(update_fields=["ends_on"])
    _note(actor, "contracts.withdraw_unit", "Service retiré", unit.signatory, unit=unit.pk)


@transaction.atomic
def add_contact(
    *, actor: Actor, signatory: Signatory, name: str, position: str = "", email: str = "", phone: str = "",
    unit: SignatoryUnit | None = None,
) -> Contact:  # fmt: skip
    """Someone one can reach at a signatory."""
    check_may_edit_card(actor, signatory)
    contact = Contact(space=actor.space, signatory=signatory)
    _write_contact(contact, name=name, position=position, email=email, phone=phone, unit=unit)
    _note(actor, "contracts.add_contact", "Contact ajouté", signatory, contact=contact.pk)
    return contact


@transaction.atomic
def change_contact(
    *, actor: Actor, contact: Contact, name: str, position: str, email: str, phone: str, unit: SignatoryUnit | None
) -> Contact:
    """Correct how someone is reached."""
    check_may_edit_card(actor, contact.signatory)
    _write_contact(contact, name=name, position=position, email=email, phone=phone, unit=unit)
    _note(actor, "contracts.change_contact", "Contact corrigé", contact.signatory, contact=contact.pk)
    return contact


def _write_contact(
    contact: Contact, *, name: str, position: str, email: str, phone: str, unit: SignatoryUnit | None
) -> None:
    if unit is not None and unit.signatory_id != contact.signatory_id:
        raise Invalid("Choisissez un service de cet organisme.", field="unit")
    contact.name = said(name, "name", "Donnez le nom de la personne.")[:120]
    contact.position, contact.phone = position.strip()[:160], phone.strip()[:40]
    contact.email, contact.unit = email.strip().lower(), unit
    contact.save()


@transaction.atomic
def withdraw_contact(*, actor: Actor, contact: Contact, day: date) -> None:
    """Someone has left: no longer proposed. Refused while they are referent or substitute, who hand over first."""
    check_may_edit_card(actor, contact.signatory)
    if contact.terms.on(day).exists() or any(one.holds_on(day) for one in contact.stands_in.all()):
        raise Conflict("Cette personne est référente ou suppléante : passez d'abord la main.")
    contact.withdrawn_at = timezone.now()
    contact.save(update_fields=["withdrawn_at"])
    _note(actor, "contracts.withdraw_contact", "Contact retiré", contact.signatory, contact=contact.pk)


def _note(actor: Actor, action: str, label: str, signatory: Signatory, **details: object) -> None:
    journal.write(actor, action, label, signatory.pk, within_id=signatory.contract_id, **details)
