"""Passkeys: the server's half of WebAuthn, by fido2. The browser's half is static/accounts/passkey.js.

A challenge is kept in the session between two POSTs, under `passkey`, and serves once. The device is asked to verify
its holder (fingerprint, code of the telephone): a passkey alone is two factors.
"""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from comptoir.accounts.models import Passkey, Person
from comptoir.kit.errors import Invalid

KEPT = "passkey"
_REFUSED = "Cette clé d'accès n'a pas été reconnue. Réessayez, ou choisissez un autre moyen."


def ask_new(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What the browser needs to make a new passkey."""
    known = [AttestedCredentialData(bytes(one.data)) for one in person.passkeys.all()]
    user = PublicKeyCredentialUserEntity(id=person.pk.bytes, name=person.email, display_name=person.name)
    options, state = _server(request).register_begin(
        user, known, ResidentKeyRequirement.REQUIRED, UserVerificationRequirement.REQUIRED
    )
    request.session[KEPT] = state
    return dict(options)


def read_new(request: HttpRequest, answer: dict[str, Any]) -> bytes:
    """The public half of the passkey that the browser has made. Raises Invalid."""
    try:
        data = _server(request).register_complete(_state(request), answer)
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(_REFUSED) from error
    assert data.credential_data is not None
    return bytes(data.credential_data)


def ask(request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to show one of its passkeys: it says which, we do not say whose we know."""
    options, state = _server(request).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    request.session[KEPT] = state
    return dict(options)


def read(request: HttpRequest, answer: dict[str, Any]) -> Passkey:
    """The passkey that the browser has shown. Raises Invalid, in the same words whatever was wrong."""
    state = _state(request)
    try:
        shown = AuthenticationResponse.from_dict(answer)
        passkey = Passkey.objects.select_related("person").get(digest=digest_of(shown.raw_id), person__is_active=True)
        held_by = shown.response.user_handle
        if held_by and UUID(bytes=bytes(held_by)) != passkey.person_id:
            raise Invalid(_REFUSED)
        _server(request).authenticate_complete(state, [AttestedCredentialData(bytes(passkey.data))], answer)
    except (ValueError, KeyError, TypeError, Passkey.DoesNotExist) as error:
        raise Invalid(_REFUSED) from error
    return passkey


def digest_of(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()


def credential_digest(data: bytes) -> str:
    return digest_of(AttestedCredentialData(data).credential_id)


def _server(request: HttpRequest) -> Fido2Server:
    host = request.get_host().rsplit(":", 1)[0]  # one of COMPTOIR_HOSTS, or Django has refused the request
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Comptoir"))


def _state(request: HttpRequest) -> Any:
    state = request.session.pop(KEPT, None)
    if state is None:
        raise Invalid("La demande a expiré : recommencez.")
    return state
