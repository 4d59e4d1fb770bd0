"""What people do to their own account. The person is who acts; nobody else may."""

import secrets
import time

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from comptoir.accounts import passkeys, totp
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Invitation, Membership, Passkey, Person, RecoveryCode, Session, Totp
from comptoir.audit.models import record
from comptoir.kit.errors import Conflict, Invalid
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Mail

RECOVERY_CODES = 8
PASSKEYS = 10
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def _write(person: Person, action: str, label: str) -> None:
    record(space=None, actor_id=person.pk, action=f"accounts.{action}", label=label, object_id=person.pk)


@transaction.atomic
def rename(*, person: Person, name: str) -> None:
    """Change one's name, as other members see it."""
    if not name.strip():
        raise Invalid("Un nom ne peut pas être vide.", field="name")
    person.name = name.strip()
    person.save()
    _write(person, "rename", "Nom changé")


@transaction.atomic
def set_password(*, person: Person, password: str) -> None:
    """A new password: it closes the other sessions."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    person.set_password(password)
    person.save(update_fields=["password"])
    _write(person, "set_password", "Mot de passe changé")


@transaction.atomic
def add_totp(*, person: Person, secret: str, code: str, keep_session: str) -> None:
    """Add an authenticator application, proved by its first code. The other sessions are closed."""
    step = totp.matching_step(secret, code.replace(" ", ""), time.time())
    if step is None:
        raise Invalid("Ce code n'est pas celui que l'application montre maintenant. Attendez le suivant.", field="code")
    Totp.objects.update_or_create(person=person, defaults={"secret": secret, "last_step": step})
    close_sessions(person=person, keep=keep_session)
    _write(person, "add_totp", "Application d'authentification ajoutée")


@transaction.atomic
def remove_totp(*, person: Person) -> None:
    if not Totp.objects.filter(person=person).delete()[0]:
        raise Conflict("Cette application a déjà été retirée.")
    _without_factor(person)
    _write(person, "remove_totp", "Application d'authentification retirée")


@transaction.atomic
def add_passkey(*, person: Person, data: bytes, name: str, keep_session: str) -> Passkey:
    """Add a passkey that the browser has just made. The other sessions are closed."""
    if person.passkeys.count() >= PASSKEYS:
        raise Invalid(f"Vous avez déjà {PASSKEYS} clés d'accès : retirez celles qui ne servent plus.")
    digest = passkeys.credential_digest(data)
    if Passkey.objects.filter(digest=digest).exists():
        raise Conflict("Cette clé d'accès est déjà enregistrée.")
    passkey = Passkey.objects.create(person=person, data=data, digest=digest, name=name.strip()[:60] or "Clé d'accès")
    close_sessions(person=person, keep=keep_session)
    _write(person, "add_passkey", "Clé d'accès ajoutée")
    return passkey


@transaction.atomic
def remove_passkey(*, person: Person, passkey: Passkey) -> None:
    if not person.passkeys.filter(pk=passkey.pk).delete()[0]:
        raise Conflict("Cette clé d'accès a déjà été retirée.")
    _without_factor(person)
    _write(person, "remove_passkey", "Clé d'accès retirée")


def _without_factor(person: Person) -> None:
    """Recovery codes stand in for a factor: without any, they are worth nothing."""
    if not Totp.objects.filter(person=person).exists() and not person.passkeys.exists():
        person.recovery_codes.all().delete()


@transaction.atomic
def reset_second_factor(*, person: Person) -> None:
    """Take off all second factors of someone who has lost them. Done by the command line, in the host's name."""
    Totp.objects.filter(person=person).delete()
    person.passkeys.all().delete()
    _without_factor(person)
    close_sessions(person=person)
    record(
        space=None, actor_id=None, action="accounts.reset_second_factor", label="Second facteur retiré",
        object_id=person.pk,
    )  # fmt: skip


@transaction.atomic
def new_recovery_codes(*, person: Person) -> list[str]:
    """Eight codes, shown once; the former ones no longer serve."""
    person.recovery_codes.all().delete()
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=_digest(person, code)) for code in codes)
    _write(person, "new_recovery_codes", "Codes de secours refaits")
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def show_second_factor(*, person: Person, code: str) -> None:
    """A code of the application, or a recovery code, which then no longer serves. Raises Invalid."""
    typed = "".join(code.split()).replace("-", "").lower()
    device = Totp.objects.select_for_update().filter(person=person).first()
    if device:
        step = totp.matching_step(device.secret, typed, time.time(), after=device.last_step)
        if step is not None:
            device.last_step = step
            device.save(update_fields=["last_step"])
            return
    if person.recovery_codes.filter(digest=_digest(person, typed)).delete()[0]:
        _write(person, "use_recovery_code", "Code de secours utilisé")
        return
    raise Invalid("Ce code n'est pas le bon. Prenez celui que l'application montre maintenant.", field="code")


def close_sessions(*, person: Person, keep: str = "") -> int:
    """Close the sessions of this person, but the one of this key. Returns how many."""
    return Session.objects.filter(person=person).exclude(session_key=keep).delete()[0]


@transaction.atomic
def close_account(*, person: Person) -> None:
    """Forget who the person is. What they did stays, under an identity that no longer names anybody.

    Refused while a space would be left without anybody to lead it.
    """
    for membership in person.memberships.current().filter(role=Role.PROJECT_LEAD).select_related("space"):
        others = Membership.objects.current().filter(space=membership.space, role=Role.PROJECT_LEAD)
        if not others.exclude(person=person).filter(person__is_active=True).exists():
            raise Conflict(f"« {membership.space.name} » n'aurait plus de conduite de projet : donnez d'abord ce rôle.")
    Mail.objects.filter(to=person.email).delete()
    Invitation.objects.filter(email=person.email).delete()
    reset = uuid7()
    person.memberships.all().delete()
    person.instance_roles.all().delete()
    Totp.objects.filter(person=person).delete()
    person.passkeys.all().delete()
    person.recovery_codes.all().delete()
    close_sessions(person=person)
    person.email, person.name, person.is_active = f"{reset}@compte-ferme.invalid", "Compte fermé", False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    record(
        space=None, actor_id=person.pk, action="accounts.close_account", label="Compte fermé", object_id=person.pk,
    )  # fmt: skip


def _digest(person: Person, code: str) -> str:
    digest: str = salted_hmac(f"accounts.recovery.{person.pk}", code, algorithm="sha256").hexdigest()
    return digest
