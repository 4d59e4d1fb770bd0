"""What the observatory asks for, in « Ma semaine » of the team."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.accounts.slots import WeekPart, WeekPiece
from comptoir.observatory.entry import waiting_for
from comptoir.observatory.rules import may_keep_indicators
from comptoir.spaces.models import Space

SOON = timedelta(days=30)
SHOWN = 8


def may_see(actor: Actor, space: Space) -> bool:
    """The team sees what is late; whoever has to type sees their own in the observatory."""
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
