"""Signed links that expire: an address in an e-mail opens one thing, for one purpose, to whoever holds the mailbox.

    token = links.make("check-in", commitment.pk, days=30)      in an action; the token goes into an address
    link = links.read(token, "check-in")                        in a view: changes nothing, so GET and POST may call it
    links.use(link)                                             when it is good for one time only, in the action
    links.revoke("check-in", commitment.pk)                     all those of a subject that are still open

The signature is an HMAC salted with the purpose: a token of another purpose is unknown. What it opens, until when, and
whether it has been used or revoked, is in the database: copying the database gives no token.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.http import Http404
from django.utils import timezone

from comptoir.accounts.models import SignedLink
from comptoir.kit.errors import Gone


def make(purpose: str, subject_id: UUID, *, days: int) -> str:
    """A token for an address, good for `days` days."""
    expires_at = timezone.now() + timedelta(days=days)
    link = SignedLink.objects.create(purpose=purpose, subject_id=subject_id, expires_at=expires_at)
    return _signer(purpose).sign(link.pk.hex)


def read(token: str, purpose: str) -> SignedLink:
    """The link of this token. Raises Http404 when it is not one of ours, Gone when it no longer opens anything."""
    try:
        identity = UUID(_signer(purpose).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    link = SignedLink.objects.filter(pk=identity, purpose=purpose).first()
    if link is None:
        raise Http404
    if link.revoked_at:
        raise Gone("Ce lien a été remplacé ou annulé. Cherchez le dernier courriel reçu, ou demandez un nouveau lien.")
    if link.used_at:
        raise Gone("Ce lien a déjà servi : il ne sert qu'une fois.")
    if link.expires_at <= timezone.now():
        raise Gone(f"Ce lien était valable jusqu'au {_day(link)}. Demandez-en un nouveau.")
    return link


def use(link: SignedLink) -> None:
    """It has served, and does not serve again: of two clicks at once, the second gets Gone."""
    now = timezone.now()
    if not SignedLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=now):
        raise Gone("Ce lien a déjà servi : il ne sert qu'une fois.")


def revoke(purpose: str, subject_id: UUID) -> int:
    """Close the links of this purpose to this subject. Returns how many were still open."""
    opened = SignedLink.objects.filter(purpose=purpose, subject_id=subject_id, used_at=None, revoked_at=None)
    return opened.update(revoked_at=timezone.now())


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"comptoir.links.{purpose}", sep=".")


def _day(link: SignedLink) -> str:
    return timezone.localtime(link.expires_at).strftime("%d/%m/%Y")
