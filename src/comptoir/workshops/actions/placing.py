"""Where what was read goes: tables found by title then by subject, columns by label then by kind; else opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Max, Prefetch

from comptoir.accounts.models import Actor
from comptoir.analysis.text import fold
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.voices.models import Heading, Statement
from comptoir.workshops.actions.workshops import add_comptoir
from comptoir.workshops.enums import Layout
from comptoir.workshops.models import Comptoir, Workshop
from comptoir.workshops.plan import Plan, PlannedColumn, PlannedComptoir

Wanted = TypeVar("Wanted")
There = TypeVar("There")
Place = tuple[str, int, bool]  # heading's identity, first position, opened for this import


@dataclass(frozen=True, slots=True)
class Destination:
    """The table that a planned one joins (None: it opens a new one), and the column that each of its columns joins."""

    comptoir: Comptoir | None
    headings: list[Heading | None]


def destinations(workshop: Workshop, plan: Plan) -> list[Destination]:
    """One per planned table, in order. The preview shows it, the import obeys it."""
    columns = Prefetch("occasion__headings", Heading.objects.shown().order_by("position", "pk"))
    there = list(workshop.comptoirs.shown().select_related("occasion").prefetch_related(columns))
    found = _paired(plan.comptoirs, there, _same_title, _same_subject)
    return [Destination(to, _joined(planned, to)) for planned, to in zip(plan.comptoirs, found, strict=True)]


def _joined(planned: PlannedComptoir, to: Comptoir | None) -> list[Heading | None]:
    """The column of `to` that each planned one joins."""
    if to is None:
        return [None] * len(planned.columns)
    return _paired(planned.columns, list(to.occasion.headings.all()), _same_label, _same_kind)


def open_places(*, actor: Actor, workshop: Workshop, plan: Plan, speaker_kind: str) -> list[list[Place]]:
    """For each planned column, the heading it goes to, opened if need be, after the lines that are there."""
    rows = [
        _opened(actor, workshop, planned, to, speaker_kind)
        for planned, to in zip(plan.comptoirs, destinations(workshop, plan), strict=True)
    ]
    last = dict(
        Statement.objects.filter(heading__in=[heading.pk for row in rows for heading, _ in row])
        .values("heading")
        .annotate(last=Max("position"))
        .order_by("heading")
        .values_list("heading", "last")
    )
    return [[(str(heading.pk), last.get(heading.pk, -1) + 1, new) for heading, new in row] for row in rows]


def _opened(
    actor: Actor, workshop: Workshop, planned: PlannedComptoir, to: Destination, speaker_kind: str
) -> list[tuple[Heading, bool]]:
    """The heading of each planned column, and whether it was opened here."""
    if to.comptoir is None:
        comptoir = add_comptoir(
            actor=actor, workshop=workshop, title=planned.title, subject=planned.subject,
            speaker_kind=speaker_kind, layout=planned.layout,
            columns=[(column.kind, column.label) for column in planned.columns],
        )  # fmt: skip
        return [(heading, True) for heading in comptoir.occasion.headings.order_by("position", "pk")]
    occasion = to.comptoir.occasion
    last = Heading.objects.filter(occasion=occasion).aggregate(last=Max("position"))["last"]
    row = []
    for column, found in zip(planned.columns, to.headings, strict=True):
        if found is None:
            last += 1
            opened = Heading.objects.create(
                occasion=occasion, kind=column.kind, label=column.label[:200], position=last
            )  # fmt: skip
            row.append((opened, True))
        else:
            row.append((found, False))
    return row


def _paired(
    wanted: Sequence[Wanted], there: Sequence[There], *tests: Callable[[Wanted, There], bool]
) -> list[There | None]:
    """What is there already for each thing wanted, each taken once: two of one document never become one.

    The first test is tried for all before the second.
    """
    free = list(there)
    found: list[There | None] = [None] * len(wanted)
    for alike in tests:
        for i, one in enumerate(wanted):
            match = next((other for other in free if alike(one, other)), None) if found[i] is None else None
            if match is not None:
                found[i] = match
                free.remove(match)
    return found


def _same_title(planned: PlannedComptoir, there: Comptoir) -> bool:
    return there.layout == planned.layout and fold(there.occasion.title) == fold(planned.title[:200])


def _same_subject(planned: PlannedComptoir, there: Comptoir) -> bool:
    known = planned.layout == there.layout == Layout.BOARD and planned.subject != Subject.OTHER
    return known and there.occasion.subject == planned.subject


def _same_label(planned: PlannedColumn, there: Heading) -> bool:
    return there.counted == planned.kind.counted and fold(there.label) == fold(planned.label[:200])


def _same_kind(planned: PlannedColumn, there: Heading) -> bool:
    return there.kind == planned.kind and planned.kind not in {HeadingKind.OTHER, HeadingKind.OUTLINE}
