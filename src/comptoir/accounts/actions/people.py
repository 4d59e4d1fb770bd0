"""What is done to people in a space: roles, organisations, invitations."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts import journal, links
from comptoir.accounts.enums import OrganisationKind, Role
from comptoir.accounts.models import Actor, Invitation, Membership, Organisation, OrganisationUnit, Person
from comptoir.accounts.rules import may_manage_people
from comptoir.analysis.text import fold
from comptoir.audit.models import record
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces import mail
from comptoir.spaces.models import Space

INVITATION = "invitation"
INVITATION_DAYS = 14


def _must_manage(actor: Actor) -> None:
    if not may_manage_people(actor):
        raise Refused("Seule la personne qui conduit le projet donne des rôles.")


def organisation_named(name: str, kind: OrganisationKind = OrganisationKind.OTHER) -> Organisation | None:
    """The organisation of the instance that is called so, whatever accents and case; made when there is none.

    An empty name is no organisation.
    """
    if not name.strip():
        return None
    named = Organisation.objects.filter(search=fold(name.strip())).order_by("pk").first()
    return named or Organisation.objects.create(name=name.strip(), kind=kind)


def unit_named(organisation: Organisation | None, name: str) -> OrganisationUnit | None:
    """The unit of this organisation that is called so, made when there is none. Raises Invalid without organisation."""
    if not name.strip():
        return None
    if organisation is None:
        raise Invalid("Dites d'abord de quel organisme est ce service.", field="organisation")
    units = {fold(unit.name): unit for unit in organisation.units.all()}
    return units.get(fold(name.strip())) or OrganisationUnit.objects.create(
        organisation=organisation, name=name.strip()
    )


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    organisation: Organisation | None = None,
    unit: OrganisationUnit | None = None,
    until: date | None = None,
) -> Membership:
    """Give a person a role in the actor's space (one role a person: it replaces the former one).

    `until` is the last day of access; without it, access has no end. What they did is never changed.
    """
    _must_manage(actor)
    if person.pk == actor.person_id and role != Role.PROJECT_LEAD:
        raise Invalid("Vous ne pouvez pas vous retirer vous-même la conduite du projet.", field="role")
    if person.pk == actor.person_id and until:
        raise Invalid("Vous ne pouvez pas mettre fin vous-même à la conduite du projet.", field="until")
    if unit and unit.organisation_id != (organisation.pk if organisation else None):
        raise Invalid("Ce service n'est pas celui de cet organisme.", field="unit")
    former = Membership.objects.select_for_update().filter(space=actor.space, person=person).first()
    membership = former or Membership(space=actor.space, person=person)
    if former is None or former.role != role:
        membership.role_since = timezone.now()
    membership.role, membership.organisation, membership.unit, membership.until = role, organisation, unit, until
    membership.save()
    details: dict[str, Any] = {"person": person.pk, "role": str(role)} | (
        {"until": int(f"{until:%Y%m%d}")} if until else {}
    )
    label = "Fin d'accès fixée" if until else "Rôle donné"
    journal.write(actor, "accounts.give_role", label, membership.pk, **details)
    return membership


@transaction.atomic
def invite(
    *, actor: Actor, email: str, role: Role, organisation: Organisation | None = None,
    unit: OrganisationUnit | None = None, message: str = "",
) -> Invitation:  # fmt: skip
    """Offer a role in the actor's space to whoever holds this mailbox, by e-mail."""
    _must_manage(actor)
    return send_invitation(
        space=actor.space, email=email, role=role, organisation=organisation, unit=unit, message=message,
        invited_by=actor.person_id or UUID(int=0), inviter=actor.name, in_name_of=actor.organisation,
    )  # fmt: skip


def send_invitation(
    *, space: Space, email: str, role: Role, organisation: Organisation | None, unit: OrganisationUnit | None,
    message: str, invited_by: UUID, inviter: str, in_name_of: str = "",
) -> Invitation:  # fmt: skip
    """The row, its line in the journal, its link and its mail. Callers have checked who invites."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="email") from error
    if Membership.objects.filter(space=space, person__email=email).current().exists():
        raise Invalid("Cette personne est déjà membre : changez plutôt son rôle.", field="email")
    if Invitation.objects.filter(space=space, email=email, accepted_at=None, revoked_at=None).exists():
        raise Invalid("Une invitation est déjà partie à cette adresse : renvoyez-la.", field="email")
    invitation = Invitation.objects.create(
        space=space, email=email, role=role, organisation=organisation, unit=unit, message=message.strip(),
        invited_by=invited_by,
    )  # fmt: skip
    record(
        space=space, actor_id=invited_by, organisation=in_name_of, action="accounts.invite", label="Personne invitée",
        object_id=invitation.pk, role=str(role),
    )  # fmt: skip
    mail_invitation(invitation, inviter)
    return invitation


def mail_invitation(invitation: Invitation, inviter: str) -> None:
    """Its link, made now, and the mail that carries it."""
    token = links.make(INVITATION, invitation.pk, days=INVITATION_DAYS)
    space, last = invitation.space, timezone.localtime() + timedelta(days=INVITATION_DAYS)
    invitation.mail = mail.send(
        to=invitation.email,
        space=space,
        subject=f"{space.name} : vous êtes invité·e sur Comptoir",
        paragraphs=[
            "Bonjour,",
            f"{inviter} vous invite dans l'espace « {space.name} », avec ce rôle : {invitation.get_role_display()}.",
            *([invitation.message] if invitation.message else []),
            f"Ce lien est pour vous seul·e, et valable jusqu'au {last:%d/%m/%Y}.",
        ],
        action=("Rejoindre l'espace", mail.absolute(reverse("invitation", args=(token,)))),
    )
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["mail", "sent_at"])


def _opened(actor: Actor, invitation: Invitation) -> Invitation:
    _must_manage(actor)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk, space=actor.space)
    if found.accepted_at or found.revoked_at:
        raise Conflict("Cette invitation a déjà été acceptée ou annulée : rechargez la page.")
    return found


@transaction.atomic
def resend(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Send the invitation again: the former link no longer opens anything."""
    found = _opened(actor, invitation)
    links.revoke(INVITATION, found.pk)
    mail_invitation(found, actor.name)
    journal.write(actor, "accounts.resend", "Invitation renvoyée", found.pk)
    return found


@transaction.atomic
def revoke(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Take the invitation back: its link no longer opens anything."""
    found = _opened(actor, invitation)
    links.revoke(INVITATION, found.pk)
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    journal.write(actor, "accounts.revoke", "Invitation annulée", found.pk)
    return found


@transaction.atomic
def accept(*, token: str, name: str = "", password: str | None = None) -> Membership:
    """The holder of the mailbox joins the space, with an account made now when they have none.

    Raises Http404 or Gone when the link does not open, Invalid when the name is missing.
    """
    link = links.read(token, INVITATION)
    links.use(link)
    invitation = Invitation.objects.select_for_update().select_related("space").get(pk=link.subject_id)
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        if not name.strip():
            raise Invalid("Dites votre nom : les autres membres le verront.", field="name")
        person = Person.objects.create_user(email=invitation.email, name=name.strip(), password=password)
    if not person.is_active:
        raise Refused("Ce compte est fermé. Demandez à la personne qui vous a invité·e.")
    membership, _ = Membership.objects.update_or_create(
        space=invitation.space, person=person,
        defaults={
            "role": invitation.role, "organisation": invitation.organisation, "unit": invitation.unit, "until": None,
            "role_since": timezone.now(),
        },
    )  # fmt: skip
    invitation.accepted_at, invitation.message = timezone.now(), ""
    invitation.save(update_fields=["accepted_at", "message"])
    record(
        space=invitation.space, actor_id=person.pk, organisation=str(invitation.organisation or ""),
        action="accounts.accept", label="Invitation acceptée", object_id=membership.pk, within_id=invitation.pk,
    )  # fmt: skip
    return membership
