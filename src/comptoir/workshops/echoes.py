"""Two workshops compared on a column; what comes back and what falls silent in a space (see recurrences.md)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from comptoir.accounts.models import Actor
from comptoir.analysis.recurrence import Comparison, Said, Theme, compare, recurring, silent, themes
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Heading, Statement
from comptoir.workshops.models import Workshop
from comptoir.workshops.sheets import lines_of

COMPARED = tuple(kind for kind in HeadingKind if kind.counted)
MOST_LINES = 3000  # of all the columns of a kind: beyond, a page would not come within a second


@dataclass(frozen=True, slots=True)
class Side:
    """A workshop in a comparison: who spoke there and whom it is about are two lists, never one."""

    workshop: Workshop
    lines: int
    occurrences: int
    speakers: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    here: int
    there: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    here: Side
    there: Side
    both: list[Row]
    only_here: list[Row]
    only_there: list[Row]


@dataclass(frozen=True, slots=True)
class Echo:
    """A theme with each workshop that said it: (workshop, times), from the oldest."""

    theme: Theme
    times: list[tuple[Workshop, int]]


@dataclass(frozen=True, slots=True)
class Echoes:
    recurring: list[Echo]
    silent: list[Echo]
    truncated: bool


def compared(here: Workshop, there: Workshop, kind: HeadingKind, subject: str = "") -> Compared:
    """The columns of a kind in two workshops; `subject`: only the boards about these people."""
    found, columns = _said([here, there], kind, subject)
    mine = [line for line in found if line.place == str(here.pk)]
    others = [line for line in found if line.place == str(there.pk)]
    result: Comparison = compare(mine, others)

    def rows(part: tuple[Theme, ...]) -> list[Row]:
        return [Row(t.label, t.count_in(str(here.pk)), t.count_in(str(there.pk)), t.reasons) for t in part]

    return Compared(
        _side(here, mine, columns), _side(there, others, columns),
        rows(result.both), rows(result.here), rows(result.there),
    )  # fmt: skip


def echoes(actor: Actor, kind: HeadingKind, *, today: date, months: int) -> Echoes:
    """What comes back and what falls silent in the columns of a kind, over the dated workshops of the space."""
    columns = Heading.objects.filter(occasion__comptoir__workshop=OuterRef("pk"), kind=kind)
    dated = Workshop.objects.visible_to(actor).filter(Exists(columns), held_on__lte=today).order_by("held_on", "pk")
    workshops = {str(workshop.pk): workshop for workshop in dated}
    lines, _ = _said(list(workshops.values()), kind, "")
    found = themes(lines[-MOST_LINES:])

    def shown(part: list[Theme]) -> list[Echo]:
        return [Echo(t, [(workshops[place], t.count_in(place)) for place in t.places]) for t in part]

    return Echoes(shown(recurring(found)), shown(silent(found, today=today, months=months)), len(lines) > MOST_LINES)


def _said(workshops: Collection[Workshop], kind: HeadingKind, subject: str) -> tuple[list[Said], dict[UUID, Heading]]:
    """The lines of the columns of a kind, in order of workshop, and those columns. Two queries."""
    headings = Heading.objects.filter(occasion__comptoir__workshop__in=workshops, kind=kind)
    if subject:
        headings = headings.filter(occasion__subject=subject)
    columns = {h.pk: h for h in headings.select_related("occasion__comptoir").order_by("pk")}
    days = {workshop.pk: (n, workshop.held_on) for n, workshop in enumerate(workshops)}
    lines = []
    for line in lines_of(Statement.objects.roots().filter(heading__in=columns)):
        place = columns[line.heading_id].occasion.comptoir.workshop_id
        lines.append((days[place][0], Said(str(line.pk), line.wording, str(place), line.occurrences, days[place][1])))
    return [said for _, said in sorted(lines, key=lambda pair: pair[0])], columns


def _side(workshop: Workshop, lines: list[Said], columns: dict[UUID, Heading]) -> Side:
    own = [h.occasion for h in columns.values() if h.occasion.comptoir.workshop_id == workshop.pk]
    speakers = dict.fromkeys(str(SpeakerKind(occasion.speaker_kind).label) for occasion in own)
    about = dict.fromkeys(str(Subject(occasion.subject).label) for occasion in own)
    return Side(workshop, len(lines), sum(line.count for line in lines), tuple(speakers), tuple(about))
