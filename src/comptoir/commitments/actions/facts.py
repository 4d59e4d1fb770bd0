"""Proofs and decisions: what the state is read from."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import check_may_edit, check_may_tell, check_there, check_year, words
from comptoir.commitments.enums import DecidedOutcome, ProofKind
from comptoir.commitments.models import Commitment, Decision, Evidence
from comptoir.commitments.rules import may_confirm, may_decide
from comptoir.contracts.models import Meeting
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces.models import StoredFile

TO_COME = "Un engagement annuel se juge pour l'année en cours ou une année passée."


@transaction.atomic
def give_evidence(
    *, actor: Actor, commitment: Commitment, kind: str, label: str, given_on: date, file: StoredFile | None = None,
    url: str = "", figure: Decimal | None = None, unit: str = "", whole: bool = True, year: int | None = None,
) -> Evidence:  # fmt: skip
    """Join a proof. It counts once somebody else of the team, or a body at a meeting, has confirmed it."""
    check_may_tell(actor, commitment)
    label = words(label, "label", "Dites ce que cette pièce montre.", 200)
    _check_matter(kind, file, url, figure)
    _check_year_of(commitment, year, given_on)
    if file is not None and file.space_id != actor.space.pk:
        raise Refused("Ce fichier n'est pas dans votre espace.")
    evidence = Evidence.objects.create(
        space=actor.space, commitment=commitment, kind=kind, label=label, file=file, url=url.strip(), figure=figure,
        unit=unit.strip()[:60], whole=whole, year=year, given_on=given_on, author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip
    _note(actor, "commitments.give_evidence", "Pièce jointe", evidence)
    return evidence


def _check_matter(kind: str, file: StoredFile | None, url: str, figure: Decimal | None) -> None:
    if kind == ProofKind.FIGURE and figure is None:
        raise Invalid("Écrivez le chiffre.", field="figure")
    if kind == ProofKind.LINK and urlsplit(url.strip()).scheme not in {"http", "https"}:
        raise Invalid("Collez une adresse qui commence par https://", field="url")
    if kind in {ProofKind.DOCUMENT, ProofKind.PHOTO} and file is None:
        raise Invalid("Choisissez le fichier.", field="file")
    if kind not in ProofKind.values:
        raise Invalid("Une pièce est un document, une photo, un chiffre ou un lien.", field="kind")


def _check_year_of(commitment: Commitment, year: int | None, day: date) -> None:
    check_year(year)
    if year is not None and not commitment.yearly:
        raise Invalid("Cet engagement n'est pas annuel : laissez l'année vide.", field="year")
    if year is not None and year > day.year:
        raise Invalid(TO_COME, field="year")


@transaction.atomic
def confirm(*, actor: Actor, evidence: Evidence, on: date, meeting: Meeting | None = None) -> Evidence:
    """Say that a proof shows what it says. Never one's own, unless a body did at a meeting."""
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("commitment").get(pk=evidence.pk)
    if not may_confirm(actor, evidence, meeting):
        raise Refused("Une pièce est confirmée par une autre personne de l'équipe, ou par une instance en réunion.")
    _check_meeting(actor, evidence.commitment, meeting)
    if evidence.withdrawn_at is not None:
        raise Conflict("Cette pièce a été retirée entre-temps. Rechargez la page.")
    if evidence.confirmed_on is None:
        if evidence.year and evidence.year > on.year:
            raise Invalid(TO_COME, field="year")
        evidence.confirmed_on, evidence.confirmed_by_id, evidence.confirmed_in = on, actor.person_id, meeting
        evidence.save(update_fields=["confirmed_on", "confirmed_by_id", "confirmed_in"])
        _note(actor, "commitments.confirm", "Pièce confirmée", evidence)
    return evidence


@transaction.atomic
def withdraw_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take a proof off: it no longer counts, and is kept. A confirmed one is taken off by the project lead alone."""
    check_may_tell(actor, evidence.commitment)
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("commitment").get(pk=evidence.pk)
    if evidence.confirmed_on and not may_decide(actor):
        raise Refused("Cette pièce est confirmée : seule la conduite du projet la retire.")
    if evidence.withdrawn_at is None:
        evidence.withdrawn_at = timezone.now()
        evidence.save(update_fields=["withdrawn_at"])
        _note(actor, "commitments.withdraw_evidence", "Pièce retirée", evidence)


@transaction.atomic
def decide(
    *, actor: Actor, commitment: Commitment, meeting: Meeting, outcome: str, reason: str, year: int | None = None
) -> Decision:
    """Write down what a body decided at a meeting: amended, dropped by agreement, not done; with its reason."""
    if not may_decide(actor) or commitment.space_id != actor.space.pk:
        raise Refused("Seule la conduite du projet écrit les décisions d'une instance.")
    check_there(commitment)
    _check_meeting(actor, commitment, meeting)
    if not meeting.body.validates:
        raise Invalid(
            "Cette instance ne décide pas du sort des engagements : choisissez-en une autre.", field="meeting"
        )
    if outcome not in DecidedOutcome.values:
        raise Invalid("« Tenu » demande une pièce confirmée : aucune décision ne le remplace.", field="outcome")
    reason = words(reason, "reason", "Écrivez le motif de cette décision.")
    _check_year_of(commitment, year, meeting.held_on)
    decision = Decision.objects.create(
        commitment=commitment, meeting=meeting, outcome=outcome, decided_on=meeting.held_on, year=year, reason=reason,
        author_id=actor.person_id,
    )  # fmt: skip
    journal.write(
        actor, "commitments.decide", "Décision d'une instance", commitment.pk, within_id=commitment.contract_id,
        decision=decision.pk, outcome=outcome, meeting=meeting.pk,
    )  # fmt: skip
    return decision


@transaction.atomic
def reply_to_decision(*, actor: Actor, decision: Decision, reply: str, on: date) -> Decision:
    """The signatory's reply, which stands beside the decision."""
    check_may_edit(actor, decision.commitment)
    decision.reply, decision.replied_on = words(reply, "reply", "Écrivez la réponse du signataire."), on
    decision.save(update_fields=["reply", "replied_on"])
    journal.write(
        actor, "commitments.reply_to_decision", "Réponse du signataire", decision.commitment_id,
        within_id=decision.commitment.contract_id, decision=decision.pk,
    )  # fmt: skip
    return decision


def _check_meeting(actor: Actor, commitment: Commitment, meeting: Meeting | None) -> None:
    if meeting is not None and (
        meeting.space_id != actor.space.pk or meeting.body.contract_id != commitment.contract_id
    ):
        raise Refused("Cette réunion n'est pas celle d'une instance de ce contrat.")


def _note(actor: Actor, action: str, label: str, evidence: Evidence) -> None:
    commitment = evidence.commitment
    journal.write(actor, action, label, commitment.pk, within_id=commitment.contract_id, evidence=evidence.pk)
