"""A line of the table kept up to date by its owner: what comes next, for when, and one line of news."""

from datetime import date
from typing import Unpack

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import check_may_tell
from comptoir.commitments.actions.register import Details, change
from comptoir.commitments.enums import Channel, CheckInAnswer
from comptoir.commitments.models import CheckInReply, Commitment
from comptoir.contracts.models import Contact
from comptoir.kit.errors import Invalid

MOST_SIGNS = 500


@transaction.atomic
def tell_news(*, actor: Actor, commitment: Commitment, answer: str, line: str, on: date) -> CheckInReply:
    """Say where it stands from one's own account, without having been asked: one of the four answers, one line."""
    check_may_tell(actor, commitment)
    if answer not in CheckInAnswer.values:
        raise Invalid(
            "Dites où en est l'engagement : c'est fait, en cours, ça coince, plus d'actualité.", field="answer"
        )
    if len(line.strip()) > MOST_SIGNS:
        raise Invalid(f"Cette phrase dépasse {MOST_SIGNS} caractères : raccourcissez-la.", field="line")
    own = Contact.objects.shown().filter(signatory=commitment.signatory_id, person=actor.person_id).order_by("pk")
    reply = CheckInReply.objects.create(
        commitment=commitment, contact=own.first() if actor.person_id else None, answer=answer, line=line.strip(),
        channel=Channel.ACCOUNT, answered_on=on, author_id=actor.person_id, author_organisation=actor.organisation,
    )  # fmt: skip
    journal.write(
        actor, "commitments.tell_news", "Nouvelles données", commitment.pk, within_id=commitment.contract_id,
        reply=reply.pk,
    )  # fmt: skip
    return reply


@transaction.atomic
def update_line(
    *, actor: Actor, commitment: Commitment, on: date, answer: str = "", line: str = "", **details: Unpack[Details]
) -> None:
    """Everything that a line of the table lets its owner write, at once: all of it or nothing."""
    if line.strip() and not answer:
        raise Invalid("Choisissez aussi une des quatre réponses.", field="answer")
    change(actor=actor, commitment=commitment, **details)
    if answer:
        tell_news(actor=actor, commitment=commitment, answer=answer, line=line, on=on)
