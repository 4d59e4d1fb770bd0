"""What the observatory asks for: in « Ma semaine » of the team, and on the dashboard of the person who has to type."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.accounts.slots import WeekPart, WeekPiece
from comptoir.contracts.models import CityContract
from comptoir.contracts.slots import Waiting
from comptoir.observatory.entry import waiting_for
from comptoir.observatory.rules import may_keep_indicators
from comptoir.spaces.models import Space

SOON = timedelta(days=30)
SHOWN = 8


def may_see(actor: Actor, space: Space) -> bool:
    """The team sees what is late; whoever has to type sees their own, on the dashboard."""
    return space.pk == actor.space.pk and may_keep_indicators(actor)


def sections(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, list[WeekPiece]]:
    """Figures to be typed within thirty days, or late; nothing where none is."""
    today = timezone.localdate()
    rows = list(waiting_for(actor).filter(due_on__lte=today + SOON).order_by("due_on", "pk"))
    if not rows:
        return {}
    context = {"rows": rows[:SHOWN], "more": len(rows) - SHOWN, "today": today}
    piece = WeekPiece("observatory/parts/week_figures.html", context, WeekPart.FIGURES, len(rows))
    return {space.pk: [piece] for space in spaces}


def has_name(actor: Actor, contract: CityContract) -> bool:
    """Who has signed in, in this space: figures are asked of a person."""
    return actor.person_id is not None and contract.space_id == actor.space.pk


def waiting(actor: Actor, contract: CityContract) -> list[Waiting]:
    """The figures that this very person has to type."""
    rows: Any = waiting_for(actor).filter(owner__person=actor.person_id).order_by("due_on", "pk")[:SHOWN]
    return [
        Waiting(
            "chiffre à saisir", f"{one.indicator.name}, {one.year}, avant le {one.due_on:%d/%m/%Y}",
            reverse("observatory_collection", args=(actor.space.slug, one.code)),
        )
        for one in rows
    ]  # fmt: skip
