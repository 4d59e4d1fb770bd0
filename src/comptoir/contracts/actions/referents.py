"""Who is the operational contact of a signatory, from when to when, and how it passes from one to the next."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.actions.checks import check_contact, check_may_edit_card
from comptoir.contracts.models import Contact, Handover, Referent, Signatory, SignatoryUnit, Substitute
from comptoir.kit.errors import Conflict, Invalid

TAKEN = "Il y a déjà un référent à ces dates : passez la main, ou mettez fin à son mandat."
BACKWARDS = "La fin ne peut pas venir avant le début."


def _locked(signatory: Signatory) -> None:
    """Two assignments at once follow each other."""
    Signatory.objects.select_for_update().get(pk=signatory.pk)


def _check_free(
    signatory: Signatory, unit: SignatoryUnit | None, starts_on: date, ends_on: date | None, but: Referent | None = None
) -> None:
    terms = Referent.objects.filter(signatory=signatory, unit=unit).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    )
    if ends_on is not None:
        terms = terms.filter(starts_on__lte=ends_on)
    if but is not None:
        terms = terms.exclude(pk=but.pk)
    if terms.exists():
        raise Conflict(TAKEN)


def assign_referent(
    *, actor: Actor, signatory: Signatory, contact: Contact, starts_on: date, ends_on: date | None = None,
    unit: SignatoryUnit | None = None,
) -> Referent:  # fmt: skip
    """Name the referent of a signatory, or of one of its services. One at a time."""
    check_may_edit_card(actor, signatory)
    check_contact(signatory, contact)
    if unit is not None and unit.signatory_id != signatory.pk:
        raise Invalid("Choisissez un service de cet organisme.", field="unit")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(BACKWARDS, field="ends_on")
    try:
        with transaction.atomic():
            _locked(signatory)
            _check_free(signatory, unit, starts_on, ends_on)
            term = Referent.objects.create(
                space=actor.space, signatory=signatory, unit=unit, contact=contact, starts_on=starts_on, ends_on=ends_on
            )
            _note(actor, "contracts.assign_referent", "Référent désigné", term)
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    return term


@transaction.atomic
def end_term(*, actor: Actor, term: Referent, ends_on: date) -> Referent:
    """The referent leaves without a successor yet: the term and its substitutes end that day."""
    check_may_edit_card(actor, term.signatory)
    _close(term, ends_on)
    _note(actor, "contracts.end_term", "Mandat terminé", term)
    return term


def _close(term: Referent, ends_on: date) -> None:
    if ends_on < term.starts_on:
        raise Invalid("Ce mandat n'avait pas commencé ce jour-là : choisissez une date plus tard.", field="starts_on")
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    for substitute in term.substitutes.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)):
        substitute.ends_on = max(ends_on, substitute.starts_on)
        substitute.save(update_fields=["ends_on"])


@transaction.atomic
def add_substitute(
    *, actor: Actor, term: Referent, contact: Contact, starts_on: date, ends_on: date | None = None
) -> Substitute:
    """Someone answers in the referent's place between two days, or until said otherwise."""
    check_may_edit_card(actor, term.signatory)
    check_contact(term.signatory, contact)
    if contact.pk == term.contact_id:
        raise Invalid("Le suppléant est une autre personne que le référent.", field="contact")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(BACKWARDS, field="ends_on")
    if starts_on < term.starts_on or (term.ends_on and starts_on > term.ends_on):
        raise Invalid("La suppléance se tient pendant le mandat du référent.", field="starts_on")
    substitute = Substitute.objects.create(referent=term, contact=contact, starts_on=starts_on, ends_on=ends_on)
    _note(actor, "contracts.add_substitute", "Suppléant désigné", term, substitute=substitute.pk)
    return substitute


@transaction.atomic
def end_substitute(*, actor: Actor, substitute: Substitute, ends_on: date) -> Substitute:
    """The substitute stops that day."""
    check_may_edit_card(actor, substitute.referent.signatory)
    substitute.ends_on = max(ends_on, substitute.starts_on)
    substitute.save(update_fields=["ends_on"])
    _note(
        actor, "contracts.end_substitute", "Suppléance terminée", substitute.referent, substitute=substitute.pk
    )  # fmt: skip
    return substitute


@transaction.atomic
def hand_over(
    *, actor: Actor, term: Referent, contact: Contact, starts_on: date, note: str = "", passed_on: str = ""
) -> Handover:
    """One referent's term ends the day before, another begins: with what to know and what is passed on.

    Done twice (a double click), the second is told so.
    """
    check_may_edit_card(actor, term.signatory)
    check_contact(term.signatory, contact)
    _locked(term.signatory)
    term = Referent.objects.select_for_update(of=("self",)).select_related("signatory").get(pk=term.pk)
    if Handover.objects.filter(former=term).exists():
        raise Conflict("La main a déjà été passée.")
    if contact.pk == term.contact_id:
        raise Invalid("Choisissez une autre personne que le référent actuel.", field="contact")
    _close(term, starts_on - timedelta(days=1))
    _check_free(term.signatory, term.unit, starts_on, None, but=term)
    successor = Referent.objects.create(
        space=actor.space, signatory=term.signatory, unit=term.unit, contact=contact, starts_on=starts_on
    )
    handover = Handover.objects.create(
        former=term, successor=successor, note=note.strip(), passed_on=passed_on.strip(), author_id=actor.person_id
    )
    _note(actor, "contracts.hand_over", "Main passée", successor, former=term.pk)
    return handover


def _note(actor: Actor, action: str, label: str, term: Referent, **details: object) -> None:
    journal.write(
        actor, action, label, term.signatory_id, within_id=term.signatory.contract_id, term=term.pk, **details
    )
