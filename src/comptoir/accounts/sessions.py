"""Sessions that know whose they are, so that a person sees theirs and closes them.

A GET never writes, so what is noted is the last time that something was done, not looked at.
"""

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comptoir.kit.middleware import SAFE

NOTED_EVERY = 600  # seconds
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from comptoir.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        person = data.get(SESSION_KEY)
        if person:
            data["seen"] = int(time.time())
        row: Any = super().create_model_instance(data)
        row.person_id = UUID(person) if person else None
        row.device, row.seen_at = data.get("device", "")[:80], timezone.now()
        return row


def note_activity(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A form sent by someone who has signed in is noted in their session, at most every ten minutes."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and SESSION_KEY in request.session:
            last = request.session.get("seen", 0)
            if time.time() - last > NOTED_EVERY:
                request.session["seen"] = last  # saved again: the store writes the time
        return response

    return respond


def device(user_agent: str) -> str:
    """What a person recognises their device by: « Firefox sur Windows »."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"{mark}\w*/", user_agent)), "Un navigateur")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} sur {system}" if system else browser
