"""The second factor: of whom it is asked, since when, and whether a session has shown it (COMPTOIR_SECOND_FACTOR)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from comptoir.accounts.enums import SECURED, InstanceRoleKind
from comptoir.accounts.models import InstanceRole, Membership, MembershipQuerySet, Passkey, Person, Totp

GRACE = timedelta(days=14)
SHOWN = "second_factor"  # in the session: this session has shown it


def offered() -> bool:
    """Whether this instance knows second factors at all."""
    return bool(settings.SECOND_FACTOR != "off")


def has_one(person: Person) -> bool:
    return Totp.objects.filter(person=person).exists() or person.passkeys.exists()


def needs_second_factor(person: Person) -> bool:
    """Asked of those who change or see personal data: project leads, facilitators, evaluators, hosts."""
    return due(person) is not None


def due(person: Person) -> datetime | None:
    """From when this person cannot go on without a second factor; None: never."""
    if settings.SECOND_FACTOR != "required":
        return None
    since = [*person.memberships.current().filter(role__in=SECURED).values_list("role_since", flat=True).order_by("pk")]
    hosts = person.instance_roles.filter(kind=InstanceRoleKind.HOST)
    since += hosts.values_list("since", flat=True).order_by("pk")
    return min(since) + GRACE if since else None


def lacking(request: HttpRequest, role: Membership | InstanceRole) -> bool:
    """Whether this session must show a second factor before it uses this role: the grace is over."""
    if settings.SECOND_FACTOR != "required" or request.session.get(SHOWN):
        return False
    if isinstance(role, Membership):
        return role.role in SECURED and timezone.now() > role.role_since + GRACE
    return role.kind == InstanceRoleKind.HOST and timezone.now() > role.since + GRACE


def with_factors(memberships: MembershipQuerySet) -> MembershipQuerySet:
    """Each with `secured`: whether the person has a second factor. One query for the list."""
    return memberships.annotate(
        secured=Exists(Totp.objects.filter(person=OuterRef("person")))
        | Exists(Passkey.objects.filter(person=OuterRef("person")))
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the lead of a space sees of a member's second factor: a word and its kind of badge; empty: not asked."""

    label: str
    kind: str


def standing(membership: Membership, secured: bool) -> Standing:
    if secured:
        return Standing("Second facteur actif", "success")
    if settings.SECOND_FACTOR != "required" or membership.role not in SECURED:
        return Standing("", "neutral")
    end = membership.role_since + GRACE
    if end < timezone.now():
        return Standing("Second facteur en retard", "danger")
    return Standing(f"Second facteur avant le {timezone.localtime(end):%d/%m/%Y}", "warning")
