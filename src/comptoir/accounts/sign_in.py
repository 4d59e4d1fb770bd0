"""Signing in: whatever the first factor was, everybody comes through `begin`, and out by `complete`.

A password, an e-mailed code, a passkey, an invitation; one day a single sign-on (OIDC): its view would find the
person, call `begin`, and need nothing else.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from comptoir.accounts import factors
from comptoir.accounts.models import Person
from comptoir.accounts.sessions import device
from comptoir.spaces.limits import Limit

TEN_MINUTES = timedelta(minutes=10)
PASSWORD = Limit("password", 10, TEN_MINUTES)  # by account
SECOND = Limit("second-factor", 10, TEN_MINUTES)  # by account
CODE_SENT = Limit("code-sent", 5, timedelta(hours=1))  # by account
CODE_TRIED = Limit("code-tried", 10, TEN_MINUTES)  # by address
KNOCKS = Limit("sign-in", 100, TEN_MINUTES)  # by address: a whole town hall may share one

PENDING = "pending"  # in the session: who has shown a first factor, when, and where they go
PENDING_SECONDS = 600
FRESH_SECONDS = 1800


def begin(request: HttpRequest, person: Person, *, to: str = "", strong: bool = False) -> str:
    """The first factor is good: the address to go on to. `strong`: it was two factors at once (a passkey)."""
    if not strong and factors.offered() and factors.has_one(person):
        request.session.cycle_key()
        request.session[PENDING] = {"person": str(person.pk), "at": int(time.time()), "to": to}
        return reverse("second_factor")
    return complete(request, person, to=to, shown=strong)


def complete(request: HttpRequest, person: Person, *, to: str, shown: bool) -> str:
    """Open the session; the address where the person was going. `shown`: with a second factor."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(PENDING, None)
    request.session["device"] = device(request.headers.get("User-Agent", ""))
    request.session["signed_in_at"] = int(time.time())
    request.session[factors.SHOWN] = shown
    return safe(request, to)


def pending(request: HttpRequest) -> tuple[Person, str] | None:
    """Who has shown a first factor less than ten minutes ago in this session, and where they were going."""
    kept = request.session.get(PENDING)
    if not kept or time.time() - kept["at"] > PENDING_SECONDS:
        return None
    person = Person.objects.filter(pk=kept["person"], is_active=True).first()
    return (person, kept["to"]) if person else None


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved who they are in the last half hour: asked before their account is touched."""
    return time.time() - float(request.session.get("signed_in_at", 0)) < FRESH_SECONDS


def confirm(request: HttpRequest) -> None:
    """They have just proved it again."""
    request.session["signed_in_at"] = int(time.time())


def safe(request: HttpRequest, to: str) -> str:
    """`to` when it is one of our pages, else the home page."""
    ours = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if to and ours else resolve_url(settings.LOGIN_REDIRECT_URL)
