"""The lists of this room: people of a space, invitations that wait, spaces of the instance."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts import factors
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Invitation, Membership, Organisation
from comptoir.kit.dates import date_text
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.kit.templatetags.ui import badge
from comptoir.spaces.models import MailState, Space

NO_LEAD, INVITED, LED = "sans", "invitee", "en-place"
LEADS = {NO_LEAD: "Personne encore", INVITED: "Invitée", LED: "En place"}


def people_of(space: Space) -> Listing[Any]:
    """The members of a space, with what they may do and until when. For the project lead."""
    members = factors.with_factors(Membership.objects.filter(space=space))
    return Listing(
        name="personnes",
        title="Personnes de l'espace",
        queryset=members.select_related("person", "organisation", "unit"),
        columns=(
            Column("nom", "Nom", lambda one: one.person.name, sort=("person__search", "pk"),
                   link=lambda one: reverse("member", args=(space.slug, one.code))),
            Column("adresse", "Adresse électronique", lambda one: one.person.email, sort="person__email"),
            Column("role", "Rôle", lambda one: str(one.get_role_display()).capitalize(), sort=("role", "pk")),
            Column("organisme", "Organisme", lambda one: one.organisation and one.organisation.name,
                   sort=("organisation__search", "pk")),
            Column("service", "Service", lambda one: one.unit and one.unit.name),
            Column("acces", "Accès", _access, sort=("until", "pk"), export=lambda one: one.until or "Sans fin"),
            Column("facteur", "Second facteur", _standing, export=_words),
        ),
        filters=(
            Search(("person__search", "person__email"), label="Nom ou adresse"),
            Choice("role", "Rôle", [(role.value, str(role.label).capitalize()) for role in Role], every="Tous"),
            Choice("organisme", "Organisme", _organisations, lookup="organisation", every="Tous"),
            Choice("acces", "Accès", [("ouvert", "Ouvert"), ("fini", "Terminé")], every="Tous", narrowed=_by_access),
        ),
        order="nom",
        unit=("personne", "personnes"),
    )  # fmt: skip


def _access(member: Any) -> str:
    return f"Jusqu'au {date_text(member.until, 'j F Y')}" if member.until else "Sans fin"


def _words(member: Any) -> str:
    return factors.standing(member, bool(member.secured)).label


def _standing(member: Any) -> str:
    found = factors.standing(member, bool(member.secured))
    return badge(found.label, kind=found.kind) if found.label else ""


def _organisations(members: QuerySet[Any]) -> list[tuple[str, str]]:
    found = Organisation.objects.filter(pk__in=members.order_by().values("organisation"))
    return [(str(pk), name) for pk, name in found.order_by("search", "pk").values_list("pk", "name")]


def _by_access(members: QuerySet[Any], asked: str) -> QuerySet[Any]:
    over = Q(until__lt=timezone.localdate())
    return members.filter(over) if asked == "fini" else members.exclude(over)


def waiting_in(space: Space) -> QuerySet[Invitation]:
    """The invitations that wait for an answer, the latest first."""
    found = Invitation.objects.filter(space=space, accepted_at=None, revoked_at=None)
    return found.select_related("organisation", "mail").order_by("-sent_at", "pk")


def invitations_of(space: Space) -> Listing[Invitation]:
    """All of them, when there are more than the page of people shows."""
    return Listing(
        name="invitations",
        title="Invitations sans réponse",
        queryset=waiting_in(space),
        columns=(
            Column("adresse", "Adresse électronique", lambda one: one.email, sort="email",
                   link=lambda one: reverse("invitation_page", args=(space.slug, one.code))),
            Column("role", "Rôle", lambda one: str(one.get_role_display()).capitalize(), sort=("role", "pk")),
            Column("organisme", "Organisme", lambda one: one.organisation and one.organisation.name),
            Column("envoi", "Envoyée le", lambda one: timezone.localdate(one.sent_at), sort=("sent_at", "pk")),
            Column("courriel", "Courriel", _mailed),
        ),
        filters=(
            Search(("email",), label="Adresse"),
            Choice("role", "Rôle", [(role.value, str(role.label).capitalize()) for role in Role], every="Tous"),
        ),
        order="-envoi",
        unit=("invitation", "invitations"),
    )  # fmt: skip


def _mailed(invitation: Invitation) -> str:
    match invitation.mail and invitation.mail.state:
        case MailState.FAILED:
            return "Non joint"
        case MailState.QUEUED:
            return "En cours d'envoi"
    return "Parti"


def spaces_of_instance() -> Listing[Any]:
    """Every space: its name, whether it is open and whether somebody leads it; nothing of what it holds."""
    leading = Membership.objects.leading().filter(space=OuterRef("pk"))
    awaited = Invitation.objects.filter(
        space=OuterRef("pk"), role=Role.PROJECT_LEAD, accepted_at=None, revoked_at=None
    )  # fmt: skip
    return Listing(
        name="espaces",
        title="Les espaces de l'instance",
        queryset=Space.objects.annotate(led=Exists(leading), invited=Exists(awaited)),
        columns=(
            Column("nom", "Espace", lambda one: one.name, sort=("search", "pk"),
                   link=lambda one: reverse("instance_space", args=(one.slug,))),
            Column("adresse", "Adresse", lambda one: f"/{one.slug}/", sort="slug"),
            Column("conduite", "Conduite de projet", _lead, export=lambda one: LEADS[lead_of(one)]),
            Column("ouvert", "Ouvert le", lambda one: timezone.localdate(one.created_at), sort=("created_at", "pk")),
            Column("ferme", "État", lambda one: "Fermé" if one.closed_at else "Ouvert"),
        ),
        filters=(
            Search(("search", "slug"), label="Nom ou adresse"),
            Choice("conduite", "Conduite de projet", LEADS.items(), every="Toutes", narrowed=_by_lead),
            Choice("etat", "État", [("ouvert", "Ouvert"), ("ferme", "Fermé")], every="Tous", narrowed=_by_state),
        ),
        order="nom",
        unit=("espace", "espaces"),
    )  # fmt: skip


def lead_of(space: Any) -> str:
    """Of a space of this list: led, invited, or nobody."""
    return LED if space.led else INVITED if space.invited else NO_LEAD


def _lead(space: Any) -> str:
    found = lead_of(space)
    return badge(LEADS[found], kind="warning") if found == NO_LEAD else LEADS[found]


def _by_lead(spaces: QuerySet[Any], asked: str) -> QuerySet[Any]:
    match asked:
        case "sans":
            return spaces.filter(led=False, invited=False)
        case "invitee":
            return spaces.filter(led=False, invited=True)
    return spaces.filter(led=True)


def _by_state(spaces: QuerySet[Any], asked: str) -> QuerySet[Any]:
    return spaces.filter(closed_at=None) if asked == "ouvert" else spaces.exclude(closed_at=None)


def followed_spaces() -> Listing[Space]:
    """Those that have opened themselves to the resource centre."""
    return Listing(
        name="espaces-suivis",
        title="Les espaces suivis",
        queryset=Space.objects.filter(open_to_resource_centre=True, closed_at=None),
        columns=(
            Column("nom", "Espace", lambda one: one.name, sort=("search", "pk"), link=lambda one: f"/{one.slug}/"),
            Column("adresse", "Adresse", lambda one: f"/{one.slug}/", sort="slug"),
        ),
        filters=(Search(("search", "slug"), label="Nom ou adresse"),),
        order="nom",
        unit=("espace", "espaces"),
    )
