"""What was done on a board, told line by line: a constant number of queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from comptoir.accounts.models import Person
from comptoir.voices.enums import ChangeKind
from comptoir.voices.models import Change, ChangeStep, Occasion
from comptoir.workshops.models import Workshop


def last_gathering(workshop: Workshop) -> Change | None:
    """The last time two lines of this workshop were gathered, unless it was taken back."""
    found = Change.objects.filter(occasion__comptoir__workshop=workshop, kind=ChangeKind.GATHER, undone_at=None)
    return found.order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Told:
    """A change, the line that it was made on (as it is shown now), and who made it."""

    change: Change
    wording: str
    who: str


def changes_of(occasion: Occasion) -> QuerySet[Change]:
    """The latest first."""
    return Change.objects.filter(occasion=occasion).order_by("-id")


def told(changes: list[Change]) -> list[Told]:
    """The same changes, ready to be read."""
    steps = (
        ChangeStep.objects.filter(change__in=changes)
        .select_related("statement__verbatim", "statement__rewording")
        .order_by("id")
    )
    wordings: dict[UUID, str] = {}
    for step in steps:
        wordings.setdefault(step.change_id, step.statement.wording)
    people = {change.actor_id for change in changes if change.actor_id}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name").order_by("pk"))
    return [
        Told(change, wordings.get(change.pk, ""), names.get(change.actor_id, "") if change.actor_id else "")
        for change in changes
    ]
