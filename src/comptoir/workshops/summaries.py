"""What a list of workshops says of each: lines, occurrences, what waits. Three queries, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from comptoir.voices.actions.suggestions import open_resemblances
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Statement
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisVersion, Workshop

UNCOUNTED = (HeadingKind.WHO, HeadingKind.OUTLINE)


@dataclass(slots=True)
class Summary:
    """`waiting` is the number of pairs that resemble each other and that nobody has looked at."""

    workshop: Workshop
    lines: int = 0
    occurrences: int = 0
    waiting: int = 0
    published: bool = False


def summaries(workshops: Iterable[Workshop]) -> list[Summary]:
    """One summary per workshop, in their order."""
    found: dict[UUID, Summary] = {workshop.pk: Summary(workshop) for workshop in workshops}
    said = (
        Statement.objects.live()
        .filter(heading__occasion__comptoir__workshop__in=found)
        .exclude(heading__kind__in=UNCOUNTED)
        .values("heading__occasion__comptoir__workshop")
        .annotate(
            lines=Count("pk", filter=Q(root_id=F("pk"))),
            occurrences=Sum(Coalesce(F("verbatim__tally"), 0) + Coalesce(F("reported_occurrences"), 0)),
        )
        .order_by("heading__occasion__comptoir__workshop")
    )
    for row in said:
        summary = found[row["heading__occasion__comptoir__workshop"]]
        summary.lines, summary.occurrences = row["lines"], row["occurrences"]
    for waiting in (
        open_resemblances()
        .filter(heading__occasion__comptoir__workshop__in=found)
        .values("heading__occasion__comptoir__workshop")
        .annotate(n=Count("pk"))
        .order_by("heading__occasion__comptoir__workshop")
    ):
        found[waiting["heading__occasion__comptoir__workshop"]].waiting = waiting["n"]
    published = SynthesisVersion.objects.filter(workshop__in=found, state=VersionState.PUBLISHED)
    for pk in published.values_list("workshop_id", flat=True).order_by("workshop_id"):
        found[pk].published = True
    return list(found.values())
