"""What is done to spaces, and to the roles of the instance."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comptoir.accounts import journal, links
from comptoir.accounts.actions.people import INVITATION, mail_invitation, send_invitation
from comptoir.accounts.enums import InstanceRoleKind, Role
from comptoir.accounts.models import Actor, InstanceRole, Invitation, Membership, Organisation, Person
from comptoir.accounts.rules import is_host, may_change_space
from comptoir.audit.models import record
from comptoir.kit.errors import Conflict, Refused
from comptoir.spaces import files
from comptoir.spaces.models import Space


@transaction.atomic
def open_space(
    *, slug: str, name: str, lead: Person, organisation: Organisation | None = None, time_zone: str = "Europe/Paris"
) -> Actor:
    """Open a space with its first project lead. Done by the instance (command line): no actor."""
    space = _new_space(slug, name, time_zone, lead.pk, str(organisation or ""))
    membership = Membership.objects.create(space=space, person=lead, role=Role.PROJECT_LEAD, organisation=organisation)
    return Actor.of(membership)


@transaction.atomic
def change_look(
    *, actor: Actor, name: str, colour: str, footer: str, logo: bytes | None = None, remove_logo: bool = False
) -> Space:
    """Change the name, colour, logo and document footer of the space. `logo` is a picture as sent."""
    if not may_change_space(actor):
        raise Refused("Seule la personne qui conduit le projet change l'apparence de l'espace.")
    space = Space.objects.select_for_update().get(pk=actor.space.pk)
    space.name, space.colour, space.footer = name.strip(), colour, footer.strip()
    if remove_logo:
        space.logo = None
    if logo is not None:
        space.logo = files.keep(space=space, content=files.logo_png(logo), name="logo.png", media_type="image/png")
    space.full_clean()
    space.save()
    journal.write(actor, "accounts.change_look", "Apparence changée", space.pk, colour=colour)
    return space


def _new_space(slug: str, name: str, time_zone: str, actor_id: UUID, organisation: str) -> Space:
    space = Space(slug=slug, name=name.strip(), time_zone=time_zone)
    space.full_clean()
    space.save()
    record(
        space=space, actor_id=actor_id, organisation=organisation, action="accounts.open_space", label="Espace ouvert",
        object_id=space.pk,
    )  # fmt: skip
    return space


@transaction.atomic
def open_space_for(
    *, host: Person, slug: str, name: str, email: str, organisation: Organisation | None = None,
    time_zone: str = "Europe/Paris",
) -> tuple[Space, Invitation]:  # fmt: skip
    """Open a space and invite the person who will lead it. The host does not enter it."""
    if not is_host(host):
        raise Refused("Seul l'hébergeur de l'instance ouvre un espace.")
    space = _new_space(slug, name, time_zone, host.pk, "")
    invitation = send_invitation(
        space=space, email=email, role=Role.PROJECT_LEAD, organisation=organisation, unit=None, message="",
        invited_by=host.pk, inviter="L'hébergeur de Comptoir",
    )  # fmt: skip
    return space, invitation


@transaction.atomic
def invite_first_lead(
    *, host: Person, space: Space, email: str, organisation: Organisation | None = None, message: str = ""
) -> Invitation:
    """Invite the project lead of a space that has none: opened by the national list, or left by everybody.

    Raises Conflict when somebody leads it: that person invites the others.
    """
    space = _without_lead(host, space)
    if _awaited(space).exists():
        raise Conflict("Une invitation attend déjà une réponse : renvoyez-la, ou annulez-la.")
    return send_invitation(
        space=space, email=email, role=Role.PROJECT_LEAD, organisation=organisation, unit=None, message=message,
        invited_by=host.pk, inviter="L'hébergeur de Comptoir",
    )  # fmt: skip


@transaction.atomic
def resend_first_lead(*, host: Person, space: Space) -> Invitation:
    """Send again the invitation to lead a space that has nobody yet; the former link no longer opens anything."""
    found = _one_awaited(_without_lead(host, space))
    links.revoke(INVITATION, found.pk)
    mail_invitation(found, "L'hébergeur de Comptoir")
    record(
        space=found.space, actor_id=host.pk, action="accounts.resend_first_lead", label="Invitation renvoyée",
        object_id=found.pk,
    )  # fmt: skip
    return found


@transaction.atomic
def revoke_first_lead(*, host: Person, space: Space) -> Invitation:
    """Take back the invitation to lead a space that has nobody yet."""
    found = _one_awaited(_without_lead(host, space))
    links.revoke(INVITATION, found.pk)
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    record(
        space=found.space, actor_id=host.pk, action="accounts.revoke_first_lead", label="Invitation annulée",
        object_id=found.pk,
    )  # fmt: skip
    return found


def _without_lead(host: Person, space: Space) -> Space:
    """The space, held until the end of the transaction; Conflict when it is closed or led."""
    if not is_host(host):
        raise Refused("Seul l'hébergeur de l'instance invite la première conduite de projet.")
    space = Space.objects.select_for_update().get(pk=space.pk)
    if space.closed_at:
        raise Conflict("Cet espace est fermé : rouvrez-le d'abord.")
    if space.memberships.leading().exists():
        raise Conflict("Cet espace a déjà une conduite de projet : c'est elle qui invite.")
    return space


def _awaited(space: Space) -> QuerySet[Invitation]:
    return Invitation.objects.filter(space=space, role=Role.PROJECT_LEAD, accepted_at=None, revoked_at=None)


def _one_awaited(space: Space) -> Invitation:
    found = _awaited(space).select_for_update(of=("self",)).select_related("space").order_by("-sent_at", "pk").first()
    if found is None:
        raise Conflict("Aucune invitation n'attend plus de réponse ici : rechargez la page.")
    return found


@transaction.atomic
def close_space(*, host: Person | None, space: Space, reopen: bool = False) -> Space:
    """Close a space to everybody, or open it again: nothing in it is lost. `host` None: the command line."""
    if host is not None and not is_host(host):
        raise Refused("Seul l'hébergeur de l'instance ferme un espace.")
    space = Space.objects.select_for_update().get(pk=space.pk)
    if reopen == (space.closed_at is None):
        raise Conflict("Cet espace est déjà ouvert." if reopen else "Cet espace est déjà fermé.")
    space.closed_at = None if reopen else timezone.now()
    space.save(update_fields=["closed_at"])
    record(
        space=space, actor_id=host.pk if host else None, action="accounts.close_space",
        label="Espace rouvert" if reopen else "Espace fermé", object_id=space.pk,
    )  # fmt: skip
    return space


@transaction.atomic
def open_to_resource_centre(*, actor: Actor, opened: bool) -> Space:
    """Let the resource centre of the instance read the space as a reader does, or no longer."""
    if not may_change_space(actor):
        raise Refused("Seule la personne qui conduit le projet ouvre l'espace au centre de ressources.")
    space = Space.objects.select_for_update().get(pk=actor.space.pk)
    space.open_to_resource_centre = opened
    space.save(update_fields=["open_to_resource_centre"])
    label = "Ouvert au centre de ressources" if opened else "Fermé au centre de ressources"
    journal.write(actor, "accounts.open_to_resource_centre", label, space.pk)
    return space


@transaction.atomic
def give_instance_role(
    *, person: Person, kind: InstanceRoleKind, organisation: Organisation | None = None, remove: bool = False
) -> None:
    """Make a person host or resource centre of the instance, or no longer. Done by the command line: no actor."""
    if remove:
        InstanceRole.objects.filter(person=person, kind=kind).delete()
    else:
        InstanceRole.objects.update_or_create(person=person, kind=kind, defaults={"organisation": organisation})
    record(
        space=None, actor_id=None, action="accounts.give_instance_role", object_id=person.pk, kind=str(kind),
        label="Rôle d'instance retiré" if remove else "Rôle d'instance donné",
    )  # fmt: skip
