"""Rounds of check-ins: opened by the project lead, sent by the worker, closed by the project lead."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from comptoir.accounts import journal, links
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInRequest, CheckInRhythm, CheckInRound
from comptoir.commitments.rounds import preview_of
from comptoir.commitments.rules import may_ask
from comptoir.commitments.sending import LINK, schedule
from comptoir.contracts.models import CityContract, Contact
from comptoir.kit.errors import Conflict, Invalid, Refused

MOST_DAYS, MOST_QUESTIONS, MOST_MONTHS, MOST_WAIT = 20, 20, 24, 60
ALREADY = "Un point d'étape est déjà ouvert pour ce contrat : clôturez-le d'abord."


def _check_may_ask(actor: Actor, contract: CityContract) -> None:
    if not may_ask(actor) or contract.space_id != actor.space.pk:
        raise Refused("Seule la conduite du projet ouvre, relance et clôt les points d'étape.")


def _check_between(value: int, least: int, most: int, field: str) -> int:
    if not least <= value <= most:
        raise Invalid(f"Choisissez un nombre entre {least} et {most}.", field=field)
    return value


@transaction.atomic
def set_rhythm(
    *, actor: Actor, contract: CityContract, every_months: int, spread_days: int, per_person: int,
    substitute_after: int,
) -> CheckInRhythm:  # fmt: skip
    """How often this contract asks, and how: what the next rounds propose. Nothing leaves by itself."""
    _check_may_ask(actor, contract)
    rhythm, _ = CheckInRhythm.objects.update_or_create(
        contract=contract,
        defaults={
            "every_months": _check_between(every_months, 1, MOST_MONTHS, "every_months"),
            "spread_days": _check_between(spread_days, 1, MOST_DAYS, "spread_days"),
            "per_person": _check_between(per_person, 1, MOST_QUESTIONS, "per_person"),
            "substitute_after": _check_between(substitute_after, 0, MOST_WAIT, "substitute_after"),
        },
    )
    journal.write(actor, "commitments.set_rhythm", "Rythme des points d'étape", contract.pk, months=every_months)
    return rhythm


@transaction.atomic
def open_round(
    *, actor: Actor, contract: CityContract, on: date, starts_on: date, spread_days: int, per_person: int,
    substitute_after: int, signatories: Sequence[UUID] = (),
) -> CheckInRound:  # fmt: skip
    """Open a round: who is asked what on which day is written now, and leaves on its day.

    Deciding `substitute_after` here is deciding that substitutes are asked then: nothing else is asked of anybody.
    """
    _check_may_ask(actor, contract)
    _check_between(spread_days, 1, MOST_DAYS, "spread_days")
    _check_between(per_person, 1, MOST_QUESTIONS, "per_person")
    _check_between(substitute_after, 0, MOST_WAIT, "substitute_after")
    CityContract.objects.select_for_update().get(pk=contract.pk)
    if contract.check_in_rounds.filter(closed_on=None).exists():
        raise Conflict(ALREADY)
    preview = preview_of(
        contract, on=on, starts_on=starts_on, spread_days=spread_days, per_person=per_person, signatories=signatories
    )
    if not preview.people:
        raise Invalid("Personne à interroger : nommez d'abord les référents des engagements en cours.")
    made = CheckInRound.objects.create(
        space=actor.space, contract=contract, opened_on=on, spread_days=spread_days, per_person=per_person,
        substitute_after=substitute_after, author_id=actor.person_id,
    )  # fmt: skip
    CheckInRequest.objects.bulk_create(
        CheckInRequest(
            space=actor.space, round=made, commitment=commitment, contact=contact, send_on=day,
            delivery=Delivery.QUEUED if contact.email else Delivery.BY_HAND,
        )
        for contact, day, commitments in preview.people
        for commitment in commitments
    )  # fmt: skip
    days = {day for _, day, _ in preview.people}
    if substitute_after:
        days |= {day + timedelta(days=substitute_after) for day in days}
    schedule(made, days)
    journal.write(
        actor, "commitments.open_round", "Point d'étape ouvert", made.pk, within_id=contract.pk,
        people=len(preview.people), questions=preview.questions,
    )  # fmt: skip
    return made


@transaction.atomic
def close_round(*, actor: Actor, found: CheckInRound, on: date) -> CheckInRound:
    """Nothing more is sent, no answer is received any more. What was answered stays."""
    _check_may_ask(actor, found.contract)
    found = CheckInRound.objects.select_for_update(of=("self",)).select_related("contract").get(pk=found.pk)
    if found.closed_on is None:
        found.closed_on = on
        found.save(update_fields=["closed_on"])
        found.requests.filter(delivery=Delivery.QUEUED, answered_at=None).update(delivery=Delivery.CANCELLED)
        journal.write(actor, "commitments.close_round", "Point d'étape clos", found.pk, within_id=found.contract_id)
    return found


@transaction.atomic
def reopen_round(*, actor: Actor, found: CheckInRound) -> CheckInRound:
    """A round closed too soon takes answers again, and what had not left leaves on its day."""
    _check_may_ask(actor, found.contract)
    CityContract.objects.select_for_update().get(pk=found.contract_id)
    found = CheckInRound.objects.select_for_update(of=("self",)).select_related("contract", "space").get(pk=found.pk)
    if found.closed_on is None:
        return found
    if found.contract.check_in_rounds.filter(closed_on=None).exists():
        raise Conflict(ALREADY)
    found.closed_on = None
    found.save(update_fields=["closed_on"])
    kept = found.requests.filter(delivery=Delivery.CANCELLED, mail=None, answered_at=None)
    schedule(found, set(kept.values_list("send_on", flat=True)))
    kept.update(delivery=Delivery.QUEUED)  # what was answered meanwhile is seen when it is due
    journal.write(actor, "commitments.reopen_round", "Point d'étape rouvert", found.pk, within_id=found.contract_id)
    return found


@transaction.atomic
def mark_unreached(*, actor: Actor, found: CheckInRound, contact: Contact) -> int:
    """Say that what was sent to somebody did not reach them: « non joint », which says nothing of the signatory.

    For what mail servers do not tell at once: a letter that comes back, a mailbox that nobody reads. Returns how many.
    """
    if not is_team(actor) or found.space_id != actor.space.pk:
        raise Refused("Seule l'équipe dit qu'un courriel n'est pas arrivé.")
    waiting = found.requests.filter(contact=contact, delivery=Delivery.SENT, answered_at=None)
    count = waiting.update(delivery=Delivery.FAILED, failure="dit par l'équipe")
    if count:
        journal.write(
            actor, "commitments.mark_unreached", "Point d'étape non joint", found.pk, within_id=found.contract_id,
            contact=contact.pk, questions=count,
        )  # fmt: skip
    return count


@transaction.atomic
def send_again(*, actor: Actor, found: CheckInRound, contact: Contact, on: date, early: bool = False) -> int:
    """Ask somebody now: again, at the address they have now (the former links no longer open anything), and ahead of
    the day that was planned. `early`: only the latter; what has left meanwhile keeps its link. Returns how many
    questions.
    """
    _check_may_ask(actor, found.contract)
    found = CheckInRound.objects.select_for_update(of=("self",)).select_related("space").get(pk=found.pk)
    if found.closed_on is not None:
        raise Conflict("Ce point d'étape est clos : ouvrez le prochain.")
    if not contact.email:
        raise Invalid("Cette personne n'a pas d'adresse électronique : ajoutez-la sur la fiche du signataire.")
    again = (Delivery.SENT, Delivery.FAILED, Delivery.BY_HAND)
    not_yet = Q(delivery=Delivery.QUEUED, mail=None)
    wanted = not_yet if early else Q(delivery__in=again) | not_yet
    waiting = found.requests.filter(wanted, contact=contact, answered_at=None)
    for request in waiting:
        links.revoke(LINK, request.pk)
    count = waiting.update(delivery=Delivery.QUEUED, mail=None, send_on=on, sent_at=None, failure="")
    if count:
        schedule(found, [on])
        journal.write(
            actor, "commitments.send_again", "Point d'étape renvoyé", found.pk, within_id=found.contract_id,
            contact=contact.pk, questions=count,
        )  # fmt: skip
    return count
