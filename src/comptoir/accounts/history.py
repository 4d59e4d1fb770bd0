"""What was done on one thing, by organisation: for its own page. Names stay in the journal, which few may read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from comptoir.audit.models import Entry
from comptoir.spaces.models import Space

LATEST = 30


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the journal as the component `history` shows it. `organisation` is that of the day it was done."""

    label: str
    at: datetime
    organisation: str


def history_of(space: Space, identity: UUID, *, within: str = "", latest: int = LATEST) -> list[Done]:
    """The latest first, in one query. `within`: also the actions of this room (« workshops ») inside the thing."""
    about = Q(object_id=identity)
    if within:
        about |= Q(within_id=identity, action__startswith=f"{within}.")
    found = Entry.objects.filter(about, space=space).order_by("-id").values_list("label", "at", "organisation")
    return [Done(*row) for row in found[:latest]]
