"""People, organisations and their units, memberships."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from comptoir.accounts.enums import InstanceRoleKind, OrganisationKind, Role
from comptoir.kit.fields import FoldedField
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Mail, OfSpace, Space


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())

    def create_user(self, *, email: str, name: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), name=name, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Someone who signs in. The e-mail address is the name of the account, whatever its case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom", max_length=120)
    search = FoldedField(source="name")
    is_active = models.BooleanField("compte ouvert", default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower"),)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """An institution, known to the whole instance: two spaces that work with the same one name the same row.

    `siren` is nine digits where it is known; what a space says of it (referents, units it meets) is in that space.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("nature", max_length=20, choices=OrganisationKind.choices, default=OrganisationKind.OTHER)
    name = models.CharField("nom", max_length=120)
    short_name = models.CharField("nom court", max_length=40, blank=True)
    siren = models.CharField(
        "SIREN", max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$", "Neuf chiffres.")]
    )
    search = FoldedField(source="name")

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("siren",),
                condition=~models.Q(siren=""),
                name="organisation_siren",
                violation_error_message="Un organisme porte déjà ce SIREN.",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind"),
        )

    def __str__(self) -> str:
        return self.name


class OrganisationUnit(models.Model):
    """A service of an organisation: « Direction de la jeunesse »."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField("service", max_length=120)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="organisation_unit_once"),)

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """Those whose access has not ended on this day (today by default), in spaces that are open."""
        day = day or timezone.localdate()
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), space__closed_at=None)

    def leading(self, day: date | None = None) -> "MembershipQuerySet":
        """The project leads whose access has not ended on this day (today by default), in closed spaces too."""
        day = day or timezone.localdate()
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), role=Role.PROJECT_LEAD)


class Membership(OfSpace):
    """The role of a person in a space, and the organisation they speak for there. `until` is the last day of access."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    role_since = models.DateTimeField(default=timezone.now)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisme", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    unit = models.ForeignKey(
        OrganisationUnit, verbose_name="service", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateField("dernier jour d'accès", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("space__name", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(fields=("space", "person"), name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role"),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which space, in which role: what every rule and every action takes.

    `organisation` is the name shown and written in the journal; `organisation_id` is the row, where there is one.
    """

    person_id: UUID | None
    name: str
    space: Space
    role: Role
    organisation: str = ""
    organisation_id: UUID | None = None

    @classmethod
    def of(cls, membership: Membership) -> "Actor":
        return cls(
            person_id=membership.person_id,
            name=membership.person.name,
            space=membership.space,
            role=Role(membership.role),
            organisation=membership.organisation.name if membership.organisation else "",
            organisation_id=membership.organisation_id,
        )


class SignedLink(models.Model):
    """What stands behind a signed link (accounts.links): one purpose, one subject, a last day. It holds no secret."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("subject_id", "purpose"), name="signed_link_subject"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"


class InstanceRole(models.Model):
    """What a person is for the whole instance: its host, or a resource centre that follows several spaces."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="instance_roles")
    kind = models.CharField("rôle", max_length=20, choices=InstanceRoleKind.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("kind", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "kind"), name="instance_role_once"),
            models.CheckConstraint(condition=models.Q(kind__in=InstanceRoleKind.values), name="instance_role_kind"),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.get_kind_display()})"


class Invitation(OfSpace):
    """A role offered to whoever holds a mailbox. Its link is a SignedLink of which it is the subject."""

    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(OrganisationUnit, null=True, on_delete=models.PROTECT, related_name="+")
    message = models.CharField(max_length=1000, blank=True)
    invited_by = models.UUIDField()
    sent_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(OfSpace.Meta):
        ordering = ("-sent_at", "id")
        constraints = (
            *OfSpace.Meta.constraints,
            models.UniqueConstraint(
                fields=("space", "email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_open_once",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.code}"


class AccessCode(models.Model):
    """Six characters sent by e-mail. The code itself is not kept; the session that asked for it names this row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class Totp(models.Model):
    """The secret shared with an authenticator application. `last_step`: a code does not serve twice."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="totp")
    secret = models.CharField(max_length=32)
    last_step = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"totp {self.person_id}"


class Passkey(models.Model):
    """The public half of a passkey: `data` as WebAuthn gives it, `digest` of the identity that a device announces."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    digest = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    name = models.CharField("nom", max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code for the day when the telephone is lost. Used, its row is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "digest"), name="recovery_code_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class Session(AbstractBaseSession):
    """An open session: whose, on what device, and when something was last done in it (accounts.sessions)."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("-seen_at",)

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        from comptoir.accounts.sessions import SessionStore

        return SessionStore
