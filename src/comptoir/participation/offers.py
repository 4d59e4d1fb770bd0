"""What surveys show on lower pages: a way in from the comptoirs, last days and counts to stop on the dashboard."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract
from comptoir.contracts.slots import Ahead, Waiting
from comptoir.kit.slots import Piece
from comptoir.participation.models import Survey
from comptoir.participation.rules import may_open_surveys
from comptoir.spaces.models import Space


def may_see(actor: Actor, space: Space) -> bool:
    """Every member, in their own space."""
    return actor.space.pk == space.pk


def may_see_contract(actor: Actor, contract: CityContract) -> bool:
    """Every member, in their own space."""
    return actor.space.pk == contract.space_id


def may_stop(actor: Actor, contract: CityContract) -> bool:
    """The project lead, in their own space."""
    return may_open_surveys(actor) and actor.space.pk == contract.space_id


def ways_of_listening(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Iterable[Piece]]:
    return {space.pk: [Piece("participation/parts/way.html", {"slug": space.slug})] for space in spaces}


def last_days(actor: Actor, contract: CityContract) -> Iterable[Ahead]:
    """The last day of the surveys that are open."""
    found = Survey.objects.visible_to(actor).answerable(timezone.localdate()).order_by("closes_on", "pk")
    return [
        Ahead(one.closes_on, "fin d'enquête", one.title, reverse("survey", args=(actor.space.slug, one.code)))
        for one in found
        if one.closes_on
    ]


def counts_to_stop(actor: Actor, contract: CityContract) -> Iterable[Waiting]:
    """Surveys that residents no longer answer, of which the counts still wait."""
    rows = Survey.objects.visible_to(actor).filter(stopped_on=None, closes_on__lt=timezone.localdate())
    return [
        Waiting("comptes à arrêter", one.title, reverse("survey", args=(actor.space.slug, one.code)), one.closes_on)
        for one in rows.order_by("closes_on", "pk")
    ]
