"""Mail: queued with the action, sent to a real server, tried again, never said twice, and forgotten once gone."""

import email
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comptoir import env
from comptoir.spaces import mail
from comptoir.spaces.models import Mail, MailState, Space
from served import free_port

pytestmark = pytest.mark.django_db


class Server:
    """A mail server on this machine: what it received, and what it answers."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = "250 OK"
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]  # its policy makes EmailMessages
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        self.logins.append((login.login, login.password))
        return AuthResult(success=True)


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """COMPTOIR_MAIL leads to a real server."""
    found, port = Server(), free_port()
    controller = Controller(
        found, hostname="127.0.0.1", port=port, authenticator=found.authenticate, auth_require_tls=False
    )
    controller.start()
    monkeypatch.setenv("COMPTOIR_MAIL", f"smtp://comptoir:s%40same@127.0.0.1:{port}")
    for name, value in env.mail("COMPTOIR_MAIL", Path()).items():
        setattr(settings, name, value)
    settings.DEFAULT_FROM_EMAIL = "Comptoir <comptoir@exemple.fr>"
    yield found
    controller.stop()


def send(space: Space | None = None, **more: Any) -> Mail:
    said: dict[str, Any] = {
        "to": "ama@exemple.fr", "subject": "Où en est-on ?", "paragraphs": ["Bonjour Ama,", "L'abri & le <banc>."],
        "action": ("Répondre", "https://comptoir.exemple.fr/r/abc"),
    }  # fmt: skip
    return mail.send(space=space, **(said | more))


def deliver(one: Mail) -> Mail:
    mail.deliver.call(str(one.pk))
    one.refresh_from_db()
    return one


def waiting() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(task_path="comptoir.spaces.mail.deliver").order_by("enqueued_at"))


def test_a_mail_arrives_whole_as_text_and_html(server: Server, space: Space) -> None:
    sent = deliver(send(space, reply_to="lead@exemple.fr"))
    (got,) = server.received
    assert (got["To"], got["Subject"], got["Reply-To"]) == ("ama@exemple.fr", "Où en est-on ?", "lead@exemple.fr")
    assert got["From"] == "Val-Clair <comptoir@exemple.fr>"
    assert got["Auto-Submitted"] == "auto-generated"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "L'abri & le <banc>.\n\nRépondre :\nhttps://comptoir.exemple.fr/r/abc" in text.get_content().replace(
        "\r", ""
    )
    assert 'href="https://comptoir.exemple.fr/r/abc"' in html.get_content()
    assert "le &lt;banc&gt;" in html.get_content()
    assert (sent.state, sent.attempts) == (MailState.SENT, 1)
    assert server.logins == [(b"comptoir", b"s@same")]


def test_what_has_left_is_forgotten_and_does_not_leave_again(server: Server) -> None:
    sent = deliver(send())
    assert (sent.text, sent.html) == ("", "")
    deliver(sent)
    assert len(server.received) == 1


def test_a_mail_of_an_action_that_fails_does_not_exist(space: Space) -> None:
    with transaction.atomic():
        send(space)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert waiting() == []


def test_a_server_that_does_not_answer_is_tried_again_later_under_the_same_identity(
    server: Server, settings: LazySettings
) -> None:
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    one = send()
    before = timezone.now()
    assert deliver(one).state == MailState.QUEUED
    assert one.error
    again = waiting()[-1]
    assert timedelta(seconds=50) < again.run_after - before < timedelta(seconds=70)
    settings.EMAIL_PORT = there
    assert deliver(one).state == MailState.SENT
    assert server.received[0]["Message-ID"] == f"<{one.pk}@exemple.fr>"
    assert one.error == ""


def test_a_refusal_for_now_is_tried_again_and_given_up_in_the_end(server: Server) -> None:
    server.answer = "451 Plus tard"
    one = send()
    for attempt in range(1, len(mail.RETRIES) + 1):
        assert (deliver(one).state, one.attempts) == (MailState.QUEUED, attempt)
    assert len(waiting()) == len(mail.RETRIES) + 1
    assert deliver(one).state == MailState.FAILED
    assert len(waiting()) == len(mail.RETRIES) + 1
    assert (one.text, "451" in one.error) == ("", True)


def test_a_mailbox_that_does_not_exist_is_not_tried_again(server: Server) -> None:
    server.answer = "550 Boite inconnue"
    one = deliver(send())
    assert (one.state, one.error[:3], len(waiting())) == (MailState.FAILED, "550", 1)
    assert server.received == []


def test_a_subject_cannot_smuggle_a_header(server: Server) -> None:
    deliver(send(subject="Bonjour\r\nBcc: tous@exemple.fr"))
    assert server.received[0]["Subject"] == "Bonjour Bcc: tous@exemple.fr"
    assert server.received[0]["Bcc"] is None


def test_mail_goes_to_a_folder_where_it_is_wanted(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COMPTOIR_MAIL", "file")
    for name, value in env.mail("COMPTOIR_MAIL", tmp_path).items():
        setattr(settings, name, value)
    deliver(send())
    (kept,) = (tmp_path / "mail").iterdir()
    assert "https://comptoir.exemple.fr/r/abc" in kept.read_text()


def test_addresses_in_mails_are_those_of_the_setting(settings: LazySettings) -> None:
    settings.COMPTOIR_URL = "https://comptoir.exemple.fr"
    assert mail.absolute("/compte/") == "https://comptoir.exemple.fr/compte/"
