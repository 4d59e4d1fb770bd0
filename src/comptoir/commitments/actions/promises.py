"""Promises (« paroles données »): written by their author or with their consent, published by their author alone."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.accounts.rules import is_team
from comptoir.commitments.actions.checks import check_there, words
from comptoir.commitments.elections import pre_election
from comptoir.commitments.enums import PromiseFate
from comptoir.commitments.models import Commitment, Promise, PromiseCapacity
from comptoir.commitments.rules import (
    may_follow_promise,
    may_link,
    may_promise,
    may_publish_promise,
    may_set_capacity,
)
from comptoir.contracts.models import CityContract
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.territories.models import PriorityNeighbourhood

MOST_WORDS = 1_000
MOST_OPEN = 1_000


@transaction.atomic
def write_promise(
    *, actor: Actor, contract: CityContract, text: str, made_on: date, on: date, author: Membership | None = None,
    author_name: str = "", elected: bool = False, consented: bool = False, occasion: str = "",
    due_on: date | None = None, neighbourhood: PriorityNeighbourhood | None = None,
) -> Promise:  # fmt: skip
    """Write down what was promised in public, on the day `on`. Private to its author and the team.

    `author`: the member who gave their word; without one, `author_name` and `elected` say who it is. The team writes
    somebody else's only with their consent; that of an elected official, never in a pre-election period.
    """
    if not may_promise(actor) or contract.space_id != actor.space.pk:
        raise Refused("Les paroles données sont écrites par leur auteur, ou par l'équipe avec son accord.")
    if author is not None and author.space_id != actor.space.pk:
        raise Refused("Cette personne n'est pas membre de votre espace.")
    text = words(text, "text", "Écrivez ce qui a été promis.", MOST_WORDS)
    elected = author.role == Role.ELECTED_OFFICIAL if author else elected
    own = author is not None and author.person_id == actor.person_id
    name = author.person.name if author else words(author_name, "author_name", "Écrivez qui l'a donnée.", 160)
    _check_may_write_for(actor, own=own, elected=elected, consented=consented, on=on)
    if made_on > on:
        raise Invalid("Une parole donnée l'a été aujourd'hui ou avant.", field="made_on")
    promise = Promise.objects.create(
        space=actor.space, contract=contract, text=text, author=author.person if author else None, author_name=name,
        made_on=made_on, occasion=occasion.strip()[:200], due_on=due_on, neighbourhood=neighbourhood,
        elected=elected, consented=own or consented, created_by_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "commitments.write_promise", "Parole donnée écrite", promise)
    return promise


def _check_may_write_for(actor: Actor, *, own: bool, elected: bool, consented: bool, on: date) -> None:
    if own:
        return
    if not is_team(actor):
        raise Refused("Vous pouvez écrire vos propres paroles données seulement.")
    election = pre_election(on)
    if elected and election is not None:
        raise Refused(
            f"Jusqu'au {election.ends_on:%d/%m/%Y} ({election.name}), seule la personne élue écrit sa parole donnée,"
            " depuis son compte."
        )
    if not consented:
        raise Invalid("Demandez d'abord son accord à la personne qui l'a donnée.", field="consented")


@transaction.atomic
def publish_promise(*, actor: Actor, promise: Promise) -> Promise:
    """Show a promise to every member of the space. A second time changes nothing."""
    promise = _locked(promise)
    if not may_publish_promise(actor, promise):
        raise Refused("Seule la personne qui a donné sa parole la publie.")
    if promise.published_at is None:
        promise.published_at = timezone.now()
        promise.save(update_fields=["published_at"])
        _note(actor, "commitments.publish_promise", "Parole donnée publiée", promise)
    return promise


@transaction.atomic
def follow_promise(*, actor: Actor, promise: Promise, fate: str, explanation: str, on: date) -> Promise:
    """Say what became of it. « Sans suite à ce jour » always says why."""
    promise = _locked(promise)
    if not may_follow_promise(actor, promise):
        raise Refused("Seules l'équipe et la personne qui a donné sa parole disent ce qu'elle est devenue.")
    if fate not in PromiseFate.values:
        raise Invalid("Choisissez : en cours, tenue, ou sans suite à ce jour.", field="fate")
    explanation = explanation.strip()
    if fate == PromiseFate.WITHOUT_FOLLOW_UP or explanation:
        explanation = words(explanation, "explanation", "Écrivez pourquoi il n'y a pas de suite.", MOST_WORDS)
    promise.fate, promise.explanation = fate, explanation
    promise.fate_on = None if fate == PromiseFate.OPEN else on
    promise.save(update_fields=["fate", "explanation", "fate_on"])
    _note(actor, "commitments.follow_promise", "Suite d'une parole donnée", promise, fate=fate)
    return promise


@transaction.atomic
def become_commitment(*, actor: Actor, promise: Promise, commitment: Commitment) -> Promise:
    """Say that a promise has become a commitment of the contract: from then on it is followed there."""
    promise = _locked(promise)
    if not may_link(actor) or not may_follow_promise(actor, promise):
        raise Refused("Seule l'équipe relie une parole donnée à un engagement.")
    if commitment.contract_id != promise.contract_id:
        raise Refused("Cet engagement n'est pas de ce contrat.")
    check_there(commitment)
    promise.commitment = commitment
    promise.save(update_fields=["commitment"])
    _note(actor, "commitments.become_commitment", "Devenue un engagement", promise, commitment=commitment.pk)
    return promise


@transaction.atomic
def withdraw_promise(*, actor: Actor, promise: Promise) -> None:
    """Take a promise off: its author at any time, the team as long as it is not published. It is kept."""
    promise = _locked(promise)
    if not may_publish_promise(actor, promise) and not (
        may_follow_promise(actor, promise) and promise.published_at is None
    ):
        raise Refused("Seule la personne qui a donné sa parole la retire une fois publiée.")
    promise.withdrawn_at = timezone.now()
    promise.save(update_fields=["withdrawn_at"])
    _note(actor, "commitments.withdraw_promise", "Parole donnée retirée", promise)


@transaction.atomic
def set_capacity(
    *, actor: Actor, contract: CityContract, most: int | None, neighbourhood: PriorityNeighbourhood | None = None
) -> None:
    """How many open promises can be kept at once, in all or in a neighbourhood. None: no number, so no alert."""
    if not may_set_capacity(actor) or contract.space_id != actor.space.pk:
        raise Refused("Seule la conduite du projet dit combien de paroles données le partenariat peut tenir.")
    if most is not None and not 0 <= most <= MOST_OPEN:
        raise Invalid(f"Un nombre entre 0 et {MOST_OPEN}, ou rien.", field="most")
    rows = PromiseCapacity.objects.filter(contract=contract, neighbourhood=neighbourhood)
    if most is None:
        rows.delete()
    else:
        PromiseCapacity.objects.update_or_create(
            contract=contract, neighbourhood=neighbourhood, defaults={"most": most, "space": actor.space}
        )
    journal.write(
        actor, "commitments.set_capacity", "Capacité de paroles données", contract.pk, within_id=contract.pk,
        most=-1 if most is None else most,
    )  # fmt: skip


def _locked(promise: Promise) -> Promise:
    promise = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    if promise.withdrawn_at is not None:
        raise Conflict("Cette parole donnée a été retirée entre-temps. Rechargez la page.")
    return promise


def _note(actor: Actor, action: str, label: str, promise: Promise, **details: object) -> None:
    journal.write(actor, action, label, promise.pk, within_id=promise.contract_id, **details)
