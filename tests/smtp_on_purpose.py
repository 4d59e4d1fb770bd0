"""A mail server on this machine that fails at the step one asks for, and keeps what it was given."""

import email
from email import policy
from email.message import EmailMessage
from typing import Any

STEPS = ("connect", "helo", "mail", "recipient", "data", "cut", "after")


class FaultyServer:
    """Handler for aiosmtpd. `fails` is the step at which it says no, or cuts, once for each time it is set.

    connect: the connection is closed at once. helo, mail, recipient: « later ». data: refused once the letter is there.
    cut: the line drops in the middle. after: it took the letter, and the line drops before it says so.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.fails = ""

    def _fault(self, step: str) -> bool:
        if self.fails != step:
            return False
        self.fails = ""
        return True

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if self._fault("connect"):
            server.transport.abort()
        return ["421 Plus tard"] if self.fails == "helo" else responses

    async def handle_HELO(self, server: Any, session: Any, envelope: Any, hostname: str) -> str:
        session.host_name = hostname  # what a client falls back on when EHLO fails
        return "421 Plus tard" if self._fault("helo") else "250 ici"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self._fault("mail"):
            return "451 Plus tard"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self._fault("recipient"):
            return "450 Boite pleine"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self._fault("data"):
            return "452 Disque plein"
        if self._fault("cut"):
            server.transport.abort()
            return "451 Coupure"
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]  # its policy makes EmailMessages
        if self._fault("after"):
            server.transport.abort()
        return "250 OK"
