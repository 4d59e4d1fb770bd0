"""Check-ins leave: one letter a person and day, of which the link opens all that is asked of them in this round.

Everything here may run twice, and be killed at any moment: a letter is written, and its questions cite it, in one
transaction; then it is spaces.mail that tries until it has left, under one Message-ID.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from comptoir.accounts import links
from comptoir.accounts.models import Person
from comptoir.audit.models import record
from comptoir.commitments.asking import is_settled
from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRound
from comptoir.commitments.reading import states_of, substitutes_of
from comptoir.contracts.models import Contact
from comptoir.kit.french import plural
from comptoir.spaces import mail
from comptoir.spaces.models import Mail, MailState

LINK = "check-in"
LINK_DAYS = 60
LEAVES_AT = time(8, 30)  # in the time zone of the space
_OVER = (Delivery.CANCELLED, Delivery.FORWARDED)


@task()
def send(round_id: str) -> None:
    """What the worker calls on each day of a round."""
    found = CheckInRound.objects.select_related("space", "contract").get(pk=round_id)
    with timezone.override(found.space.time_zone):
        send_due(found, on=timezone.localdate())


def schedule(found: CheckInRound, days: Iterable[date]) -> None:
    """Have `send` called on these days, in the caller's transaction; at once for those that are not to come."""
    with timezone.override(found.space.time_zone):
        today = timezone.localdate()
        for day in sorted(set(days)):
            at = timezone.make_aware(datetime.combine(day, LEAVES_AT))
            (send.using(run_after=at) if day > today else send).enqueue(str(found.pk))


def send_due(found: CheckInRound, *, on: date) -> int:
    """Ask what is due on this day, substitutes included; what has been answered meanwhile is not asked.

    Returns the number of letters. Each is a transaction of its own: killed in between, the next run sends the others.
    """
    if found.closed_on is not None or found.space.closed_at is not None:
        return 0
    _ask_substitutes(found, on)
    due = CheckInRequest.objects.filter(round=found, delivery=Delivery.QUEUED, mail=None, send_on__lte=on)
    people = list(due.order_by("send_on", "contact").values_list("contact", flat=True).distinct())
    sent = sum(_send_to(found, contact, on) for contact in dict.fromkeys(people))
    if sent:
        record(
            space=found.space, actor_id=found.author_id, action="commitments.send_due",
            label="Point d'étape envoyé", object_id=found.pk, within_id=found.contract_id, letters=sent,
        )  # fmt: skip
    return sent


@transaction.atomic
def _send_to(found: CheckInRound, contact_id: UUID, on: date) -> int:
    """The letter of one person. 0: somebody else has just sent it, or there is nothing left to ask."""
    CheckInRound.objects.select_for_update().get(pk=found.pk)
    due = list(
        CheckInRequest.objects.filter(
            round=found, contact=contact_id, delivery=Delivery.QUEUED, mail=None, send_on__lte=on
        ).select_related("commitment__wording", "commitment__contact", "contact__signatory__organisation")
    )
    wanted = _still_wanted(found, due, on)
    CheckInRequest.objects.filter(pk__in=[r.pk for r in due if r not in wanted]).update(delivery=Delivery.CANCELLED)
    if not wanted:
        return 0
    if not wanted[0].contact.email or wanted[0].contact.withdrawn_at:
        CheckInRequest.objects.filter(pk__in=[r.pk for r in wanted]).update(delivery=Delivery.BY_HAND)
        return 0
    write(found, wanted)
    return 1


def _still_wanted(found: CheckInRound, due: Sequence[CheckInRequest], on: date) -> list[CheckInRequest]:
    answered = set(
        CheckInReply.objects.filter(
            commitment__in=[r.commitment_id for r in due], answered_on__gte=found.opened_on
        ).values_list("commitment", flat=True)
    )
    states = states_of([r.commitment for r in due], on=on)
    return [
        r
        for r in due
        if r.commitment_id not in answered
        and r.commitment.withdrawn_at is None
        and not is_settled(states[r.commitment_id], on=on)
    ]


def write(found: CheckInRound, requests: Sequence[CheckInRequest], *, opening: str = "") -> Mail:
    """The letter to one person for these questions, in the caller's transaction. Its link is that of the first one."""
    first = requests[0]
    contact = first.contact
    token = links.make(LINK, first.pk, days=LINK_DAYS)
    last = timezone.localtime() + timedelta(days=LINK_DAYS)
    lead = Person.objects.filter(pk=found.author_id).first() if found.author_id else None
    many, name = len(requests) > 1, contact.signatory.organisation.name
    sent = mail.send(
        to=contact.email, space=found.space, reply_to=lead.email if lead else "",
        subject=f"Où en est-on ? {plural(len(requests), 'engagement', 'engagements')}, trois minutes",
        paragraphs=[
            f"Bonjour {contact.name},",
            opening or f"Voici à quoi s'est engagé votre organisme, {name}, dans « {found.contract.name} » :",
            *(f"— {request.commitment.text}" for request in requests),
            f"Où en est-on ? {'Pour chacun, un' if many else 'Un'} bouton suffit, sans compte ni mot de passe. Si ce "
            "n'est pas à vous de répondre, transmettez la question à un collègue depuis la même page.",
            f"Ce lien est pour vous seul·e, jusqu'au {last:%d/%m/%Y}. Une question ? Répondez à ce courriel.",
        ],
        action=("Dire où on en est", mail.absolute(reverse("check_in", args=(found.space.slug, token)))),
    )  # fmt: skip
    CheckInRequest.objects.filter(pk__in=[r.pk for r in requests]).update(mail=sent)
    return sent


def _ask_substitutes(found: CheckInRound, on: date) -> None:
    """Those whom the opening of the round decided to ask, after so many days without an answer from the referent."""
    if not found.substitute_after:
        return
    late = (
        CheckInRequest.objects.filter(round=found, step=1, answered_at=None)
        .filter(Q(delivery=Delivery.SENT) | Q(delivery=Delivery.FAILED))
        .filter(send_on__lte=on - timedelta(days=found.substitute_after))
        .select_related("commitment__contact", "commitment__wording")
    )
    asked = set(CheckInRequest.objects.filter(round=found, step=2).values_list("commitment", flat=True))
    waiting = [request for request in late.order_by("send_on", "pk") if request.commitment_id not in asked]
    standing_in = substitutes_of([request.commitment for request in waiting], on=on)
    by_person: dict[UUID, list[CheckInRequest]] = defaultdict(list)
    for request in waiting:
        contact: Contact | None = standing_in.get(request.commitment_id)
        if contact and contact.pk != request.contact_id and len(by_person[contact.pk]) < found.per_person:
            by_person[contact.pk].append(
                CheckInRequest(
                    space_id=found.space_id, round=found, commitment=request.commitment, contact=contact, step=2,
                    send_on=on, delivery=Delivery.QUEUED if contact.email else Delivery.BY_HAND,
                )
            )  # fmt: skip
    # Two workers at once: the constraint lets one row a step through, the other's is left out.
    rows = [row for rows in by_person.values() for row in rows]
    CheckInRequest.objects.bulk_create(rows, ignore_conflicts=True)


def settled(letter: Mail) -> None:
    """spaces.mail says what became of a letter: it has left, or it is given up (« non joint »)."""
    requests = CheckInRequest.objects.filter(mail=letter).exclude(delivery__in=_OVER)
    if letter.state == MailState.SENT:
        requests.update(delivery=Delivery.SENT, sent_at=letter.sent_at, failure="")
    elif letter.state == MailState.FAILED:
        requests.update(delivery=Delivery.FAILED, failure=letter.error[:200])
