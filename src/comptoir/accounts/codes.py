"""Codes sent by e-mail: six characters, ten minutes, once, in the session that asked for it.

Asked for an address that has no account, everything looks the same and nothing leaves.
"""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comptoir.accounts import sign_in
from comptoir.accounts.models import AccessCode, Person
from comptoir.kit.errors import Invalid
from comptoir.kit.ids import uuid7
from comptoir.spaces import limits, mail

LENGTH = 6
LASTS = timedelta(minutes=10)
TRIES = 5
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what one mistakes for something else
KEPT = "code"  # in the session: which row it waits for


def send(request: HttpRequest, email: str) -> None:
    """Send a code to this address, if it has an account. Raises TooMany, account or not."""
    email = email.strip().lower()
    limits.spend(sign_in.KNOCKS, limits.address(request))
    limits.spend(sign_in.CODE_SENT, email)
    identity = uuid7()
    request.session[KEPT] = str(identity)
    person = Person.objects.filter(email=email, is_active=True).first()
    if person is None:
        return
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    AccessCode.objects.filter(expires_at__lt=timezone.now()).delete()
    AccessCode.objects.create(
        pk=identity, person=person, digest=_digest(identity, code), expires_at=timezone.now() + LASTS
    )
    mail.send(
        to=person.email,
        subject=f"{code[:3]} {code[3:]} : votre code pour Comptoir",
        paragraphs=[
            "Bonjour,", f"Voici votre code : {code[:3]} {code[3:]}",
            "Tapez-le dans la page qui l'a demandé. Il sert une fois, pendant dix minutes.",
            "Vous n'avez rien demandé ? Ne faites rien : sans ce code, personne n'entre. Ne le donnez à personne.",
        ],
    )  # fmt: skip


def read(request: HttpRequest, given: str) -> Person:
    """The person whose code it is: it has served. Raises Invalid or TooMany."""
    limits.spend(sign_in.CODE_TRIED, limits.address(request))
    wrong = Invalid("Ce code n'est pas le bon, ou il a expiré. Vérifiez-le, ou demandez-en un autre.", field="code")
    kept = request.session.get(KEPT)
    if not kept:
        raise wrong
    # One statement counts the try: two windows at once cannot try more than is allowed.
    alive = AccessCode.objects.filter(pk=kept, tries__lt=TRIES, expires_at__gt=timezone.now())
    if not alive.update(tries=F("tries") + 1):
        raise wrong
    row = AccessCode.objects.select_related("person").get(pk=kept)
    typed = "".join(given.split()).replace("-", "").upper()
    if not hmac.compare_digest(row.digest, _digest(row.pk, typed)) or not row.person.is_active:
        raise wrong
    if not AccessCode.objects.filter(pk=row.pk).delete()[0]:
        raise wrong
    request.session.pop(KEPT)
    limits.forgive(sign_in.CODE_TRIED, limits.address(request))
    limits.forgive(sign_in.CODE_SENT, row.person.email)
    return row.person


def _digest(identity: UUID, code: str) -> str:
    digest: str = salted_hmac(f"accounts.codes.{identity}", code, algorithm="sha256").hexdigest()
    return digest
