"""What is answered to « Où en est-on ? »: by the holder of a link, from an account, or written down by the team."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.actions.checks import check_may_tell, words
from comptoir.commitments.actions.facts import give_evidence, withdraw_evidence
from comptoir.commitments.enums import Channel, CheckInAnswer, Delivery
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRound, Commitment, Evidence
from comptoir.commitments.sending import write
from comptoir.contracts.actions import add_contact
from comptoir.contracts.models import Contact
from comptoir.kit.errors import Conflict, Gone, Invalid
from comptoir.spaces.models import StoredFile

MAX_LINE = 500
MOST_FORWARDS = 3  # from hand to hand: a question that goes round in circles needs a call
BY_TEAM = frozenset({Channel.PHONE, Channel.PAPER, Channel.MEETING})


@dataclass(frozen=True, slots=True)
class Given:
    """The piece that comes with an answer: a file, a figure or a link."""

    kind: str
    file: StoredFile | None = None
    url: str = ""
    figure: Decimal | None = None
    unit: str = ""


def holder(request: CheckInRequest) -> Actor:
    """Whoever holds the link of a request: the referent of the signatory that is asked, for this question alone.

    `request` comes with its contact, signatory and space. No account is needed, and none is opened.
    """
    contact, organisation = request.contact, request.contact.signatory.organisation
    return Actor(
        person_id=contact.person_id, name=contact.name, space=request.space, role=Role.REFERENT,
        organisation=organisation.name, organisation_id=organisation.pk,
    )  # fmt: skip


@transaction.atomic
def reply(
    *, actor: Actor, commitment: Commitment, answer: str, channel: str, on: date, line: str = "",
    request: CheckInRequest | None = None, given: Given | None = None,
) -> CheckInReply:  # fmt: skip
    """Say where a commitment stands. A second time on the same request corrects the first.

    `request`: the question that is answered; without one, the question of the open round about this commitment, if any.
    A piece given along becomes a proof to be confirmed: it covers the whole when the answer is « C'est fait ».
    """
    check_may_tell(actor, commitment)
    if answer not in CheckInAnswer.values:
        raise Invalid("Choisissez un des quatre boutons.", field="answer")
    if channel not in Channel.values or (channel in BY_TEAM and not is_team(actor)):
        raise Invalid("Dites comment la réponse est venue.", field="channel")
    line = " ".join(line.replace("\x00", "").split())
    if len(line) > MAX_LINE:
        raise Invalid(f"Cette phrase dépasse {MAX_LINE} caractères : raccourcissez-la.", field="line")
    request = _answerable(commitment, request)
    found = CheckInReply.objects.filter(request=request).first() if request else None
    evidence = _piece(actor, commitment, found, given, line=line, whole=answer == CheckInAnswer.DONE, on=on)
    if found is None:
        return _first(actor, commitment, request, CheckInReply(
            commitment=commitment, request=request, contact=request.contact if request else None, answer=answer,
            line=line, evidence=evidence, channel=channel, answered_on=on, author_id=actor.person_id,
            author_organisation=actor.organisation,
        ))  # fmt: skip
    return _corrected(actor, found, answer=answer, line=line, evidence=evidence, channel=channel, on=on)


def _answerable(commitment: Commitment, request: CheckInRequest | None) -> CheckInRequest | None:
    """The question, locked, if it still takes an answer."""
    rows = CheckInRequest.objects.select_for_update(of=("self",)).select_related("round", "contact")
    if request is None:
        open_ones = rows.filter(commitment=commitment, round__closed_on=None, answered_at=None)
        return open_ones.exclude(delivery__in=(Delivery.FORWARDED, Delivery.CANCELLED)).order_by("-step", "-pk").first()
    request = rows.get(pk=request.pk, commitment=commitment)
    check_open(request)
    return request


def check_open(request: CheckInRequest) -> None:
    """Raise what stands against an answer: Gone, with what to do instead."""
    if request.round and request.round.closed_on:
        raise Gone(
            f"Ce point d'étape est clos depuis le {request.round.closed_on:%d/%m/%Y} : pour dire autre chose, "
            "répondez au courriel reçu."
        )
    if request.delivery == Delivery.FORWARDED:
        to = request.forwards.select_related("contact").first()
        raise Gone(
            f"Vous avez transmis cette question à {to.contact.name if to else 'un collègue'} : "
            "la réponse viendra de son lien à elle ou à lui."
        )


def _first(actor: Actor, commitment: Commitment, request: CheckInRequest | None, made: CheckInReply) -> CheckInReply:
    made.save()
    if request is not None:
        request.answered_at = timezone.now()
        if request.delivery == Delivery.QUEUED and request.mail_id is None:
            request.delivery = Delivery.CANCELLED  # answered before it was asked: nothing leaves
        request.save(update_fields=["answered_at", "delivery"])
        others = CheckInRequest.objects.filter(round=request.round, commitment=commitment, answered_at=None)
        others.exclude(delivery=Delivery.FORWARDED).update(delivery=Delivery.CANCELLED)  # nobody else is waited for
    journal.write(
        actor, "commitments.reply", "Point d'étape répondu", commitment.pk, within_id=commitment.contract_id,
        answer=made.answer, channel=made.channel,
    )  # fmt: skip
    return made


def _corrected(
    actor: Actor, found: CheckInReply, *, answer: str, line: str, evidence: Evidence | None, channel: str, on: date
) -> CheckInReply:
    """Sent twice, the same words change nothing."""
    before = (found.answer, found.line, found.evidence_id)
    if before == (answer, line, evidence.pk if evidence else None):
        return found
    was, found.answer, found.line, found.evidence, found.channel = found.answer, answer, line, evidence, channel
    found.answered_on, found.changed_at = on, timezone.now()
    found.author_id, found.author_organisation = actor.person_id, actor.organisation
    found.save()
    journal.write(
        actor, "commitments.reply", "Point d'étape corrigé", found.commitment_id,
        within_id=found.commitment.contract_id, answer=answer, channel=channel, was=was,
    )  # fmt: skip
    return found


def _piece(
    actor: Actor, commitment: Commitment, found: CheckInReply | None, given: Given | None, *, line: str, whole: bool,
    on: date,
) -> Evidence | None:  # fmt: skip
    """The proof that goes with the answer. A correction without a piece keeps the one that was given."""
    there = found.evidence if found else None
    if there is not None and there.withdrawn_at is not None:
        there = None
    if given is None:
        return there
    if there is not None and _same(there, given):
        return there
    made = give_evidence(
        actor=actor, commitment=commitment, kind=given.kind, given_on=on, file=given.file, url=given.url,
        figure=given.figure, unit=given.unit, whole=whole,
        label=line[:200] or f"Joint au point d'étape du {on:%d/%m/%Y}",
    )  # fmt: skip
    if there is not None and there.confirmed_on is None:
        withdraw_evidence(actor=actor, evidence=there)
    return made


def _same(there: Evidence, given: Given) -> bool:
    file = given.file.pk if given.file else None
    return (there.kind, there.file_id, there.url, there.figure, there.unit) == (
        given.kind, file, given.url.strip(), given.figure, given.unit.strip()
    )  # fmt: skip


@transaction.atomic
def forward(*, actor: Actor, request: CheckInRequest, name: str, email: str, on: date) -> CheckInRequest:
    """Pass a question on to a colleague of the same signatory, who gets a letter and a link of their own.

    The former link no longer answers it.
    """
    check_may_tell(actor, request.commitment)
    name = " ".join(words(name, "name", "Écrivez le nom de la personne.", 120).split())
    if "/" in name or "@" in name:
        raise Invalid("Écrivez son nom seul, sans adresse.", field="name")
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="email") from error
    rows = CheckInRequest.objects.select_for_update(of=("self",))
    request = rows.select_related("round__space", "round__contract", "contact__signatory__organisation").get(
        pk=request.pk
    )
    check_open(request)
    if request.answered_at is not None:
        raise Conflict("Vous avez déjà répondu à cette question : corrigez plutôt votre réponse.")
    _check_hands(request, email)
    colleague = _colleague(actor, request.contact, name, email)
    made = CheckInRequest.objects.create(
        space=actor.space, round=request.round, commitment=request.commitment, contact=colleague, step=request.step,
        send_on=on, forwarded_from=request,
    )  # fmt: skip
    request.delivery = Delivery.FORWARDED
    request.save(update_fields=["delivery"])
    found = request.round
    assert isinstance(found, CheckInRound)
    write(found, [made], opening=f"{request.contact.name} vous transmet cette question :")
    journal.write(
        actor, "commitments.forward", "Point d'étape transmis", request.commitment_id,
        within_id=request.commitment.contract_id, contact=colleague.pk,
    )  # fmt: skip
    return made


def _check_hands(request: CheckInRequest, email: str) -> None:
    before: CheckInRequest | None = request
    for _ in range(MOST_FORWARDS):
        if before is None:
            return
        if before.contact.email == email:
            raise Invalid("Cette personne a déjà reçu la question : choisissez quelqu'un d'autre.", field="email")
        before = before.forwarded_from
    if before is not None:
        raise Conflict("Cette question est déjà passée de main en main : dites plutôt à l'équipe qui sait y répondre.")


def _colleague(actor: Actor, contact: Contact, name: str, email: str) -> Contact:
    """Somebody already known at this address, else a new contact of the same signatory."""
    known = Contact.objects.shown().filter(signatory=contact.signatory, email=email).order_by("pk").first()
    return known or add_contact(actor=actor, signatory=contact.signatory, name=name, email=email)
