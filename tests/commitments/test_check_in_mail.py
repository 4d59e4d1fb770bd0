"""Letters on a real mail server that fails on purpose at every step: nobody is asked, or told of an answer, twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.test import Client
from rounds_of_tests import MONDAY, contact, opened, request_of, token_of

from comptoir import env
from comptoir.accounts.enums import Role
from comptoir.commitments import actions
from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInRequest
from comptoir.commitments.sending import send_due
from comptoir.commitments.state import News
from comptoir.spaces import mail
from comptoir.spaces.models import Mail, MailState
from served import free_port
from smtp_on_purpose import STEPS, FaultyServer


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyServer]:
    """COMPTOIR_MAIL leads to a real server."""
    found, port = FaultyServer(), free_port()
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("COMPTOIR_MAIL", f"smtp://127.0.0.1:{port}")
    for name, value in env.mail("COMPTOIR_MAIL", Path()).items():
        setattr(settings, name, value)
    settings.DEFAULT_FROM_EMAIL = "Comptoir <comptoir@exemple.fr>"
    yield found
    controller.stop()


def written(deal: Any) -> Mail:
    """A letter about one commitment, which waits for the worker."""
    deal.precise()
    send_due(opened(deal, sent=False), on=MONDAY)
    return Mail.objects.get()


def deliver(letter: Mail) -> MailState:
    mail.deliver.call(str(letter.pk))
    letter.refresh_from_db()
    return MailState(letter.state)


def body(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


@pytest.mark.parametrize("step", STEPS)
def test_a_letter_that_fails_leaves_later_once_under_one_identity(deal: Any, server: FaultyServer, step: str) -> None:
    letter = written(deal)
    server.fails = step
    assert deliver(letter) == MailState.QUEUED, "a fault of the moment is not a mailbox that does not exist"
    assert server.fails == "", "the server failed where it was asked to"
    request = CheckInRequest.objects.get()
    assert (request.delivery, request.sent_at) == (Delivery.QUEUED, None)
    assert deliver(letter) == MailState.SENT
    request.refresh_from_db()
    assert (request.delivery, request.sent_at) == (Delivery.SENT, letter.sent_at)
    taken = 2 if step == "after" else 1  # taken and not said so: mail servers know it by its identity
    assert len(server.received) == taken
    assert {message["Message-ID"] for message in server.received} == {f"<{letter.pk}@exemple.fr>"}


def test_a_second_delivery_opens_the_same_link(deal: Any, server: FaultyServer) -> None:
    letter = written(deal)
    server.fails = "after"
    deliver(letter), deliver(letter)
    first, second = (token_of(body(message)) for message in server.received)
    assert first == second
    answer = Client().get(f"/val-clair/ou-en-est-on/{first}/", follow=True)
    assert answer.status_code == 200
    assert "Rouvrir le local de la tour 4" in answer.content.decode()


def test_a_mailbox_that_does_not_exist_is_not_silence(
    deal: Any, server: FaultyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*args: Any) -> str:
        return "550 Boite inconnue"

    letter = written(deal)
    monkeypatch.setattr(FaultyServer, "handle_RCPT", unknown)
    assert deliver(letter) == MailState.FAILED
    request = CheckInRequest.objects.get()
    assert (request.delivery, request.failure) == (Delivery.FAILED, "550 Boite inconnue")
    assert deal.state(request.commitment, MONDAY).news == News.UNREACHED


def test_a_server_that_never_answers_ends_as_not_reached(deal: Any, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    letter = written(deal)
    states = [deliver(letter) for _ in range(len(mail.RETRIES) + 1)]
    assert states == [MailState.QUEUED] * len(mail.RETRIES) + [MailState.FAILED]
    assert CheckInRequest.objects.get().delivery == Delivery.FAILED


def test_the_result_of_one_letter_is_that_of_its_questions_alone(deal: Any, server: FaultyServer) -> None:
    one, other = deal.precise(), deal.precise(signatory=deal.town, contact=contact(deal.town, "odon"))
    send_due(opened(deal, sent=False), on=MONDAY)
    deliver(Mail.objects.get(to="odon@exemple.fr"))
    assert (request_of(one).delivery, request_of(other).delivery) == (Delivery.QUEUED, Delivery.SENT)


def test_a_question_passed_on_before_its_letter_was_known_to_have_left_stays_passed_on(
    deal: Any, server: FaultyServer
) -> None:
    letter = written(deal)
    server.fails = "after"  # the person has it; we do not know yet
    deliver(letter)
    CheckInRequest.objects.update(delivery=Delivery.FORWARDED)
    deliver(letter)
    assert CheckInRequest.objects.get().delivery == Delivery.FORWARDED


@pytest.mark.parametrize("step", STEPS)
def test_the_answer_to_a_flag_is_told_once_whatever_fails(
    deal: Any, member: Any, server: FaultyServer, step: str
) -> None:
    keeper, commitment = member(Role.COUNCIL_MEMBER), deal.precise()
    actions.watch(actor=keeper, commitment=commitment, since=MONDAY)
    flag = actions.raise_flag(actor=keeper, commitment=commitment, text="Quand les clés ?", on=MONDAY)
    actions.answer_flag(actor=deal.lead, flag=flag, answer="En mars", on=MONDAY)
    letter = Mail.objects.get()
    server.fails = step
    assert [deliver(letter), deliver(letter), deliver(letter)] == [MailState.QUEUED, MailState.SENT, MailState.SENT]
    assert {message["Message-ID"] for message in server.received} == {f"<{letter.pk}@exemple.fr>"}
    assert f"/val-clair/engagements/{commitment.code}/#drapeaux" in body(server.received[0])
