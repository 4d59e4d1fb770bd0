"""E-mail: written in the transaction of the action, sent by the worker, tried again when the server does not answer.

A mail is a few paragraphs and at most one link: its text and its HTML come from the same words. It keeps one
Message-ID however often it is tried, so that a server that gets it twice shows it once. Where it goes is COMPTOIR_MAIL.
"""

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from comptoir.spaces.models import Mail, MailState, Space

log = logging.getLogger(__name__)
RETRIES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]

_told: list[Callable[[Mail], None]] = []


def when_settled(tell: Callable[[Mail], None]) -> None:
    """Have a room told, in the same transaction, that a mail has left or is given up: it knows its own by their row."""
    if tell not in _told:
        _told.append(tell)


def absolute(path: str) -> str:
    """The address of one of our pages as a mail gives it. Never that of the request: anybody may write its host."""
    return f"{settings.COMPTOIR_URL}{path}"


@transaction.atomic
def send(
    *,
    to: str,
    subject: str,
    paragraphs: Sequence[str],
    action: tuple[str, str] | None = None,
    space: Space | None = None,
    reply_to: str = "",
) -> Mail:
    """Queue a mail in the caller's transaction. `action`: what to do and its absolute address. `space`: whose it is."""
    words = {"paragraphs": paragraphs, "action": action, "space": space, "home": settings.COMPTOIR_URL}
    mail = Mail.objects.create(
        space=space, to=to, subject=" ".join(subject.split())[:200], reply_to=reply_to,
        text=_text(paragraphs, action, space), html=render_to_string("spaces/mail.html", words),
    )  # fmt: skip
    deliver.enqueue(str(mail.pk))
    return mail


def _text(paragraphs: Sequence[str], action: tuple[str, str] | None, space: Space | None) -> str:
    parts = [*paragraphs, *([f"{action[0]} :\n{action[1]}"] if action else [])]
    return "\n\n".join([*parts, f"-- \n{space.name if space else 'Comptoir'}\n{settings.COMPTOIR_URL}"]) + "\n"


@task()
def deliver(mail_id: str) -> None:
    """What the worker calls. It may run twice: a mail that has left does not leave again."""
    mail = Mail.objects.select_related("space").get(pk=mail_id)
    if mail.state != MailState.QUEUED:
        return
    mail.attempts += 1
    try:
        _message(mail).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        _failed(mail, f"{code} {said.decode(errors='replace')}", again=code < 500)
    except OSError as error:  # the server does not answer, or refuses for now (SMTPException is an OSError)
        _failed(mail, str(error), again=True)
    except ValueError as error:  # it cannot be written as a mail: no later try would change that
        _failed(mail, str(error), again=False)
    else:
        mark_sent(mail)


def mark_sent(mail: Mail) -> None:
    """It has left, and what it said is forgotten. A demonstration, from which nothing leaves, says the same."""
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    _settle(mail)


@transaction.atomic
def _settle(mail: Mail) -> None:
    """Nothing more will be tried: its words are forgotten, and the room that it is of is told."""
    mail.text = mail.html = ""
    mail.save()
    for tell in _told:
        tell(mail)


def _failed(mail: Mail, reason: str, *, again: bool) -> None:
    mail.error = reason[:300]
    again = again and mail.attempts <= len(RETRIES)
    with transaction.atomic():
        if again:
            deliver.using(run_after=timezone.now() + RETRIES[mail.attempts - 1]).enqueue(str(mail.pk))
            mail.save()
        else:
            mail.state = MailState.FAILED
            _settle(mail)
    log.warning("mail %s: %s%s", mail.pk, mail.error, "" if again else " (given up)")


def _message(mail: Mail) -> EmailMultiAlternatives:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message = EmailMultiAlternatives(
        mail.subject, mail.text, formataddr((mail.space.name if mail.space else name, address)), [mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": f"<{mail.pk}@{address.partition('@')[2]}>", "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(mail.html, "text/html")
    return message
