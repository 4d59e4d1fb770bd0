"""A workshop read as a synthesis: the live draft or a frozen version, in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from comptoir.analysis.public_copy.origins import Origins
from comptoir.analysis.synthesis.model import Board, Column, ColumnKind, Item, Outline, Section, Synthesis
from comptoir.analysis.synthesis.model import Subject as ReadSubject
from comptoir.voices.actions.suggestions import open_resemblances
from comptoir.voices.enums import HeadingKind, StatementState
from comptoir.voices.models import Heading, Occasion, Resemblance, Statement, StatementQuerySet
from comptoir.workshops.enums import Layout
from comptoir.workshops.models import Comptoir, SynthesisLine, SynthesisVersion, Workshop
from comptoir.workshops.public import EVERYTHING, NOTHING, masks_of, origins_of

SAID = Coalesce(F("verbatim__tally"), 0) + Coalesce(F("reported_occurrences"), 0)
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(slots=True)
class Line:
    """`pk` and `code` are the statement's. `occurrences` counts what was said; `gathered` the lines that stand under
    this one, itself included."""

    pk: UUID
    code: str
    heading_id: UUID
    rewording_id: UUID | None
    wording: str
    occurrences: int
    gathered: int
    is_reported: bool = False

    @property
    def is_reworded(self) -> bool:
        return self.rewording_id is not None


@dataclass(slots=True)
class ColumnSheet:
    """`total` lines and `occurrences` are those of the whole column, of which `lines` may be the first only."""

    heading: Heading
    lines: list[Line] = field(default_factory=list)
    total: int = 0
    occurrences: int = 0


@dataclass(slots=True)
class Sheet:
    """One comptoir of the synthesis."""

    occasion: Occasion
    layout: str
    columns: list[ColumnSheet] = field(default_factory=list)
    origins: Origins = EVERYTHING  # what a public copy may say of who speaks

    @property
    def counted(self) -> int:
        return sum(c.total for c in self.columns if c.heading.counted)

    @property
    def occurrences(self) -> int:
        return sum(c.occurrences for c in self.columns if c.heading.counted)

    @property
    def is_outline(self) -> bool:
        return self.layout == Layout.OUTLINE


def draft(workshop: Workshop, *, shown: int | None = None) -> list[Sheet]:
    """The synthesis as the board stands now; `shown`: only so many lines of each column, with the counts of all."""
    sheets, columns = _frame(workshop)
    live = Statement.objects.live().filter(heading__in=columns)
    totals = live.values_list("heading_id").annotate(total=Count("pk", filter=Q(root_id=F("pk"))), said=Sum(SAID))
    for heading_id, total, occurrences in totals.order_by("heading_id"):
        columns[heading_id].total, columns[heading_id].occurrences = total, occurrences
    roots = live.roots()
    if shown is not None:
        roots = first_of_each(roots, columns, slice(shown))
    for line in lines_of(roots):
        columns[line.heading_id].lines.append(line)
    return sheets


def frozen(version: SynthesisVersion, *, shown: int | None = None, public: bool = False) -> list[Sheet]:
    """The synthesis as it was frozen; `shown`: only so many lines of each column, with the counts of all.

    `public`: as those read it who do not hear raw notes, masked, and silent on who speaks in small groups.
    """
    sheets, columns = _frame(version.workshop, version)
    masks = masks_of(version) if public else {}
    origins = origins_of(version) if public else {}
    rows = SynthesisLine.objects.filter(version=version)
    for heading_id, total, occurrences in (
        rows.values_list("heading_id").annotate(total=Count("pk"), said=Sum("occurrences")).order_by("heading_id")
    ):
        columns[heading_id].total, columns[heading_id].occurrences = total, occurrences
    if shown is not None:
        rows = first_of_each(rows, columns, slice(shown))
    wording = Coalesce("rewording__text", "statement__verbatim__words", "statement__reported_wording")
    found = rows.order_by("position").values_list(
        "statement_id", "statement__code", "heading_id", "rewording_id", wording, "occurrences", "gathered"
    )
    for row in found:
        line = Line(*row)
        line.wording = masks.get((line.pk, line.rewording_id)) or line.wording
        columns[line.heading_id].lines.append(line)
    for sheet in sheets:
        sheet.origins = origins.get(sheet.occasion.pk, NOTHING if public else EVERYTHING)
    return [sheet for sheet in sheets if any(column.total for column in sheet.columns)]


def first_of_each(rows: Rows, headings: Iterable[UUID], part: slice) -> Rows:
    """The same part of each column, in reading order, whatever their number: one query, one step in each index."""
    chosen = Q(pk__in=())
    for heading in headings:
        chosen |= Q(pk__in=rows.filter(heading=heading).order_by("position", "pk")[part].values("pk"))
    return rows.filter(chosen)


def lines_of(statements: StatementQuerySet) -> list[Line]:
    """Lines with their counts, in reading order, in one query. No row becomes an object: a page shows hundreds."""
    wording = Coalesce("rewording__text", "verbatim__words", "reported_wording")
    under = Q(gathered__state=StatementState.LIVE)
    said = Coalesce(F("gathered__verbatim__tally"), 0) + Coalesce(F("gathered__reported_occurrences"), 0)
    rows = (
        statements.in_reading_order()
        .values_list("pk", "code", "heading_id", "rewording_id", wording, "reported_occurrences")
        .annotate(occurrences=Sum(said, filter=under), lines=Count("gathered", filter=under))
    )
    return [
        Line(pk, code, heading_id, rewording_id, words, occurrences, lines, reported is not None)
        for pk, code, heading_id, rewording_id, words, reported, occurrences, lines in rows
    ]


def _frame(workshop: Workshop, version: SynthesisVersion | None = None) -> tuple[list[Sheet], dict[UUID, ColumnSheet]]:
    """The tables and columns, without lines: those shown now, or those that were when a version was frozen."""
    comptoirs = Comptoir.objects.filter(workshop=workshop).select_related("occasion").order_by("position", "pk")
    by_occasion: dict[UUID, list[ColumnSheet]] = defaultdict(list)
    columns = {}
    headings = Heading.objects.filter(occasion__comptoir__workshop=workshop)
    if version:  # an identity carries its time
        cited = SynthesisLine.objects.filter(version=version).values("heading")
        there = Q(withdrawn_at=None) | Q(withdrawn_at__gt=version.validated_at) | Q(pk__in=cited)
        headings = headings.filter(there, pk__lt=version.pk)
    else:
        headings = headings.shown()
    for heading in headings.order_by("position", "pk"):
        columns[heading.pk] = ColumnSheet(heading)
        by_occasion[heading.occasion_id].append(columns[heading.pk])
    return [Sheet(c.occasion, c.layout, by_occasion[c.pk]) for c in comptoirs if c.pk in by_occasion], columns


def as_synthesis(title: str, introduction: str, sheets: list[Sheet]) -> Synthesis:
    """The same, in the shape that the analysis library writes to documents."""
    boards = tuple(
        Board(
            title=sheet.occasion.title,
            subject=ReadSubject(sheet.occasion.subject),
            columns=tuple(
                Column(
                    label=column.heading.label,
                    kind=ColumnKind(column.heading.kind),
                    items=tuple(Item(line.wording, max(1, line.occurrences)) for line in column.lines),
                )
                for column in sheet.columns
            ),
        )
        for sheet in sheets
        if not sheet.is_outline
    )
    outlines = tuple(
        Outline(
            title=sheet.occasion.title,
            sections=tuple(
                Section(column.heading.label, tuple(line.wording for line in column.lines)) for column in sheet.columns
            ),
        )
        for sheet in sheets
        if sheet.is_outline
    )
    paragraphs = tuple(part for part in introduction.splitlines() if part.strip())
    return Synthesis(title=title, boards=boards, outlines=outlines, introduction=paragraphs)


@dataclass(slots=True)
class Totals:
    """What one comptoir of a workshop holds: lines (names are not), occurrences, suggestions left."""

    occasion: Occasion
    layout: str
    lines: int = 0
    occurrences: int = 0
    suggestions: int = 0


def totals(workshop: Workshop) -> list[Totals]:
    """One entry per comptoir, in three queries."""
    comptoirs = Comptoir.objects.shown().filter(workshop=workshop).select_related("occasion").order_by("position", "pk")
    found = {c.pk: Totals(c.occasion, c.layout) for c in comptoirs}
    counted = (
        Statement.objects.live()
        .filter(heading__occasion__in=found)
        .exclude(heading__kind=HeadingKind.WHO)
        .values("heading__occasion")
        .annotate(
            lines=Count("pk", filter=Q(root_id=F("pk"))),
            occurrences=Sum(SAID),
        )
        .order_by("heading__occasion")
    )
    for row in counted:
        entry = found[row["heading__occasion"]]
        entry.lines, entry.occurrences = row["lines"], row["occurrences"]
    open_pairs = suggestions_of(workshop).values("heading__occasion").annotate(n=Count("pk"))
    for pairs in open_pairs.order_by("heading__occasion"):
        found[pairs["heading__occasion"]].suggestions = pairs["n"]
    return list(found.values())


def suggestions_of(workshop: Workshop) -> QuerySet[Resemblance]:
    """The suggestions of a workshop that wait for a decision."""
    return open_resemblances().filter(heading__occasion__comptoir__workshop=workshop)
