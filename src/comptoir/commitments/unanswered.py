"""« Jamais de réponse » : the published lines that nobody has answered, the most said first.

It stands in this room because it tells apart the lines that a commitment already answers: that is not an answer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.html import format_html

from comptoir.accounts.models import Actor
from comptoir.accounts.slots import WeekPart, WeekPiece
from comptoir.commitments.models import Commitment, StatementLink
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.spaces.models import Space
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.voices import answers
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.voices.rules import may_answer, may_hear_raw
from comptoir.workshops.models import SynthesisLine, Workshop
from comptoir.workshops.published import public_texts, published_lines

KINDS = [(kind.value, kind.label) for kind in HeadingKind if kind.counted]
COMMITTED = (("oui", "déjà un engagement"), ("non", "pas d'engagement"))
FORM = "repondre"
SHOWN_IN_THE_WEEK = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """How many published lines there are, and how many have an answer."""

    lines: int
    answered: int

    @property
    def never(self) -> int:
        return self.lines - self.answered


@dataclass(frozen=True, slots=True)
class Unanswered:
    """`text`: the public copy of the line. `neighbourhoods`: those of the commitments that it led to, if any."""

    line: SynthesisLine
    text: str
    commitments: int
    neighbourhoods: tuple[str, ...]


def counted(space: Space) -> Counted:
    """One query each: the measure that the page opens with."""
    lines = published_lines(space).order_by()
    return Counted(lines.count(), lines.filter(answers.answered("statement__root")).count())


def may_see_in_the_week(actor: Actor, space: Space) -> bool:
    """Those who answer, in their own space."""
    return may_answer(actor) and actor.space.pk == space.pk


def of_the_week(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Sequence[WeekPiece]]:
    """« Habitants à qui répondre »: the published lines said most that never got an answer."""
    return {space.pk: _waiting(space) for space in spaces}


def _waiting(space: Space) -> list[WeekPiece]:
    """One query. In their own words: those who answer hear them."""
    lines = published_lines(space).filter(~answers.answered("statement__root"))
    many = lines.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    # Chosen and counted in few columns, then read: SQLite carries whole rows through a sort.
    said_most = lines.order_by("-occurrences", "pk").values("pk")[:SHOWN_IN_THE_WEEK]
    # No column here: with more tables joined, PostgreSQL would no longer begin by the lines chosen.
    rows = SynthesisLine.objects.filter(pk__in=said_most).annotate(total=Subquery(many))
    rows = rows.select_related("statement__verbatim", "rewording", "version__workshop")
    first = list(rows.order_by("-occurrences", "pk"))
    if not first:
        return []
    count: int = vars(first[0])["total"]
    context = {"slug": space.slug, "lines": first, "more": count - len(first)}
    return [WeekPiece("commitments/parts/week_residents.html", context, WeekPart.RESIDENTS, count)]


def _links() -> "QuerySet[StatementLink]":
    return StatementLink.objects.filter(withdrawn_at=None, commitment__withdrawn_at=None)


def listing_of(actor: Actor) -> Listing[Unanswered]:
    """Open to every member: what it shows is published. Searching reads the words themselves: for those who hear."""
    found = published_lines(actor.space).filter(~answers.answered("statement__root"))
    ticks = may_answer(actor)
    search = (Search(("statement__verbatim__search", "rewording__search", "statement__search")),)
    return Listing(
        name="jamais", title="Jamais de réponse", queryset=found, order="-dit", unit=("ligne", "lignes"),
        rows=lambda rows: rows_of(rows),
        filters=(
            *(search if may_hear_raw(actor) else ()),
            Choice("comptoir", "Comptoir", lambda base: _workshops(actor.space), lookup="version__workshop__code"),
            Choice("colonne", "Colonne", KINDS, lookup="heading__kind"),
            Choice("theme", "On parle de", Subject.choices, lookup="heading__occasion__subject"),
            Choice("engagement", "Engagement", COMMITTED, narrowed=_committed),
            Choice("quartier", "Quartier", lambda base: _neighbourhoods(actor.space), narrowed=_in_neighbourhood),
        ),
        columns=(
            Column("ligne", "Ce qui a été dit", lambda r: _ticked(r) if ticks else r.text, export=lambda r: r.text),
            Column("dit", "Dit (fois)", lambda r: r.line.occurrences, sort="occurrences", number=True),
            Column("comptoir", "Comptoir", lambda r: r.line.version.workshop.title, link=lambda r: _url(actor, r)),
            Column("jour", "Tenu le", lambda r: r.line.version.workshop.held_on, sort="version__workshop__held_on"),
            Column("colonne", "Colonne", lambda r: r.line.heading.label, sort="heading__kind"),
            Column("theme", "On parle de", lambda r: r.line.heading.occasion.get_subject_display(), only_export=True),
            Column("engagement", "Engagements liés", lambda r: r.commitments, number=True),
            Column("quartier", "Quartiers", lambda r: ", ".join(r.neighbourhoods), only_export=True),
        ),
    )  # fmt: skip


def rows_of(found: Sequence[SynthesisLine]) -> list[Unanswered]:
    """Three queries, whatever their number."""
    texts = public_texts(found)
    links = _links().filter(statement__root__in={row.statement.root_id for row in found})
    led = defaultdict(set)
    for root, commitment in (
        links.annotate(root=F("statement__root")).order_by("pk").values_list("root", "commitment_id")
    ):
        led[root].add(commitment)
    places = defaultdict(list)
    wanted = Commitment.neighbourhoods.through.objects.filter(
        commitment__in={commitment for commitments in led.values() for commitment in commitments}
    )
    for commitment, name in wanted.order_by("priorityneighbourhood__search", "pk").values_list(
        "commitment_id", "priorityneighbourhood__name"
    ):
        places[commitment].append(name)
    rows = []
    for row in found:
        commitments = led.get(row.statement.root_id, set())
        names = sorted({name for commitment in commitments for name in places[commitment]})
        rows.append(Unanswered(row, texts[row.pk], len(commitments), tuple(names)))
    return rows


def _ticked(row: Unanswered) -> str:
    return format_html(
        '<label class="tick"><input type="checkbox" name="ligne" value="{}" form="{}"> <span>{}</span></label>',
        row.line.statement.code, FORM, row.text,
    )  # fmt: skip


def _url(actor: Actor, row: Unanswered) -> str:
    workshop = row.line.version.workshop
    if may_hear_raw(actor):
        return reverse("line", args=(actor.space.slug, workshop.code, row.line.statement.code))
    return reverse(
        "version_line", args=(actor.space.slug, workshop.code, row.line.version.number, row.line.statement.code)
    )


def _committed(found: "QuerySet[SynthesisLine]", asked: str) -> "QuerySet[SynthesisLine]":
    linked = Exists(_links().filter(statement__root=OuterRef("statement__root")))
    return found.filter(linked if asked == "oui" else ~linked)


def _in_neighbourhood(found: "QuerySet[SynthesisLine]", asked: str) -> "QuerySet[SynthesisLine]":
    links = _links().filter(statement__root=OuterRef("statement__root"), commitment__neighbourhoods__code=asked)
    return found.filter(Exists(links))


def _workshops(space: Space) -> list[tuple[str, str]]:
    rows = Workshop.objects.filter(pk__in=published_lines(space).order_by().values("version__workshop"))
    return [(one.code, one.title) for one in rows.recent_first()]


def _neighbourhoods(space: Space) -> list[tuple[str, str]]:
    rows = PriorityNeighbourhood.objects.filter(commitments__space=space, commitments__withdrawn_at=None)
    return list(rows.distinct().order_by("search", "code").values_list("code", "name"))
