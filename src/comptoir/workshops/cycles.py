"""What a cycle holds, by whom it is about: lines, occurrences, comptoirs. Who speaks is another question."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from comptoir.voices.enums import Subject
from comptoir.voices.models import Statement
from comptoir.workshops.models import Cycle
from comptoir.workshops.sheets import SAID
from comptoir.workshops.summaries import UNCOUNTED


@dataclass(frozen=True, slots=True)
class SubjectTotal:
    subject: str
    workshops: int
    lines: int
    occurrences: int


def totals_by_subject(cycle: Cycle) -> list[SubjectTotal]:
    """One entry per subject spoken about, in one query; a mention is counted once, in its comptoir."""
    rows = (
        Statement.objects.live()
        .filter(heading__occasion__comptoir__workshop__cycle=cycle)
        .filter(heading__occasion__comptoir__workshop__withdrawn_at=None)
        .exclude(heading__kind__in=UNCOUNTED)
        .values("heading__occasion__subject")
        .annotate(
            workshops=Count("heading__occasion__comptoir__workshop", distinct=True),
            lines=Count("pk", filter=Q(root_id=F("pk"))),
            said=Sum(SAID),
        )
        .order_by("heading__occasion__subject")
    )
    return [
        SubjectTotal(str(Subject(row["heading__occasion__subject"]).label), row["workshops"], row["lines"], row["said"])
        for row in rows
    ]
