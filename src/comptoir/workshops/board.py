"""What a board shows: its columns, a page of lines in each, the last change that can be undone."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from comptoir.analysis.text import fold
from comptoir.audit.models import Entry
from comptoir.voices.enums import HeadingKind
from comptoir.voices.models import Change, Heading, Occasion, Resemblance, Statement, StatementQuerySet
from comptoir.workshops.models import Comptoir, Workshop
from comptoir.workshops.sheets import Line, first_of_each, lines_of

PER_COLUMN = 40
PER_PAGE = 100
MEMBERS = 300


@dataclass(frozen=True, slots=True)
class Member:
    """One of the lines gathered under another, as it came."""

    pk: UUID
    code: str
    words: str


@dataclass(slots=True)
class BoardColumn:
    """`total` is the number of lines of the column that match; `lines` those shown."""

    heading: Heading
    total: int
    lines: list[Line]
    page: "Page[int] | None" = None

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


@dataclass(slots=True)
class Board:
    occasion: Occasion
    columns: list[BoardColumn]
    last: Change | None
    revision: str
    query: str = ""
    members: dict[UUID, list[Member]] = field(default_factory=dict)


def revision_of(occasion_id: UUID) -> str:
    """Changes whenever something was done on this occasion: the journal's last line."""
    last = Entry.objects.filter(within_id=occasion_id).order_by("-id").values_list("pk", flat=True).first()
    return last.hex if last else "0"


def board_of(occasion: Occasion, *, query: str = "", only: UUID | None = None, page: int | str = 1) -> Board:
    """The board of an occasion; `only` shows one column, page by page."""
    headings = [h for h in occasion.headings.all() if only in (None, h.pk)]
    roots = Statement.objects.roots().filter(heading__in=headings)
    if query:
        hits = _hits(roots, query)
        totals = {heading_id: len(found) for heading_id, found in hits.items()}
    else:
        totals = dict(roots.values_list("heading_id").annotate(Count("pk")).order_by("heading_id"))
    turned = Paginator(range(totals.get(only, 0)), PER_PAGE).get_page(page) if only else None
    part = slice(max(0, turned.start_index() - 1), turned.end_index()) if turned else slice(PER_COLUMN)
    if query:
        shown = Statement.objects.filter(pk__in=[pk for found in hits.values() for pk in found[part]])
    else:
        shown = first_of_each(roots, totals, part)
    by_heading: dict[UUID, list[Line]] = {h.pk: [] for h in headings}
    lines = lines_of(shown)
    for line in lines:
        by_heading[line.heading_id].append(line)
    columns = [BoardColumn(h, totals.get(h.pk, 0), by_heading[h.pk], turned) for h in headings]
    entries = Entry.objects.filter(within_id=OuterRef("occasion_id")).order_by("-id").values("pk")[:1]
    changes = Change.objects.filter(occasion=occasion, undone_at=None).annotate(entry=Subquery(entries))
    last = changes.order_by("-id").first()
    entry: UUID | None = vars(last)["entry"] if last else None
    revision = entry.hex if entry else revision_of(occasion.pk)
    members = members_of([line.pk for line in lines if line.gathered > 1])
    return Board(occasion, columns, last, revision, query, members)


def tabs_of(workshop: Workshop) -> list[tuple[Occasion, int]]:
    """The comptoirs of a workshop with the number of their lines, in one query."""
    roots = Statement.objects.roots().filter(heading__occasion=OuterRef("pk")).order_by().values("heading__occasion")
    lines = Coalesce(Subquery(roots.annotate(n=Count("pk")).values("n")), 0)
    shown = Comptoir.objects.shown().filter(workshop=workshop).select_related("occasion")
    comptoirs = shown.annotate(lines=lines)
    return [(comptoir.occasion, vars(comptoir)["lines"]) for comptoir in comptoirs.order_by("position", "pk")]


def members_of(roots: list[UUID]) -> dict[UUID, list[Member]]:
    """What is gathered under each of these lines, itself first; at most `MEMBERS` in all (the line's page has them)."""
    found: dict[UUID, list[Member]] = {}
    words = Coalesce("verbatim__words", "reported_wording")
    rows = (
        Statement.objects.live()
        .filter(root__in=roots)
        .order_by("position", "pk")
        .values_list("root_id", "pk", "code", words)[:MEMBERS]
    )
    for root, pk, code, said in rows:
        found.setdefault(root, []).append(Member(pk, code, said))
    return found


def _hits(roots: StatementQuerySet, query: str) -> dict[UUID, list[UUID]]:
    """The lines that match, by column, in reading order. The words are looked through once: that is what costs."""
    hits: dict[UUID, list[UUID]] = {}
    rows = roots.matching(fold(query)).order_by("position", "pk").values_list("heading_id", "pk")
    for heading_id, pk in rows:
        hits.setdefault(heading_id, []).append(pk)
    return hits


def gather_candidates(line: Statement, *, query: str = "", limit: int = 30) -> list[Statement]:
    """The lines that a line may be gathered with: those that resemble it first, then those of its column."""
    pool = (
        Statement.objects.roots()
        .filter(heading__occasion=line.heading.occasion)
        .filter(heading__kind__in=[kind for kind in HeadingKind if kind.counted == line.heading.counted])
        .exclude(pk=line.root_id)
        .with_words()
        .select_related("heading")
    )
    if query:
        return list(pool.matching(fold(query)).in_reading_order()[:limit])
    pairs = Resemblance.objects.filter(Q(first=line.root_id) | Q(second=line.root_id))
    near = Q(pk__in=pairs.values("first")) | Q(pk__in=pairs.values("second"))
    first = pool.filter(near).in_reading_order()[:limit]
    rest = pool.filter(heading=line.heading).in_reading_order()[:limit]
    found = pool.filter(Q(pk__in=first.values("pk")) | Q(pk__in=rest.values("pk")))
    nearest = found.annotate(near=Case(When(near, then=0), default=1)).in_reading_order()
    return sorted(nearest, key=lambda one: vars(one)["near"])[:limit]
