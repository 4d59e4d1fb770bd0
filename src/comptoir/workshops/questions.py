"""The questions that wait for an answer: which lines say the same, the most useful first."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from comptoir.accounts.models import Actor
from comptoir.spaces.models import Job, JobState
from comptoir.voices.actions.lexicon import Method, lexicon_of, method_of
from comptoir.voices.actions.suggestions import is_stale, open_resemblances, put_aside_by, with_last
from comptoir.voices.models import Heading, Occasion, Resemblance, Statement
from comptoir.voices.near import near
from comptoir.workshops.models import Workshop
from comptoir.workshops.sheets import Line, lines_of, suggestions_of

PAIRS = 10
JOB = "workshops.resemblances"
Question = tuple[Resemblance, Line, Line]


@dataclass(slots=True)
class Questions:
    """`left` wait for this person, of which `asked` are shown; `aside` were put aside by them."""

    left: int
    aside: int
    asked: list[Question] = field(default_factory=list)


def questions_of(actor: Actor, workshop: Workshop, *, shown: int = PAIRS) -> Questions:
    """The questions of a workshop, in three queries whatever their number."""
    rows = (
        suggestions_of(workshop).annotate(aside=put_aside_by(actor)).order_by("-use", "pk").values_list("pk", "aside")
    )
    every = list(rows)
    waiting = [pk for pk, aside in every if not aside]
    pairs = list(
        Resemblance.objects.filter(pk__in=waiting[:shown])
        .select_related("heading__occasion").order_by("-use", "pk")
    ) if waiting else []  # fmt: skip
    wanted = [pk for pair in pairs for pk in (pair.first_id, pair.second_id)]
    lines = {line.pk: line for line in lines_of(Statement.objects.filter(pk__in=wanted))} if wanted else {}
    asked = [(pair, lines[pair.first_id], lines[pair.second_id]) for pair in pairs]
    return Questions(len(waiting), len(every) - len(waiting), asked)


@dataclass(frozen=True, slots=True)
class Search:
    """When the suggestions of a workshop were computed, whether they are behind, and the job that renews them."""

    at: datetime | None
    behind: bool
    job: Job | None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The most useful question of a board, in the words of its two lines; `left` counts it and those that follow."""

    first_id: UUID
    second_id: UUID
    first: str
    second: str
    reason: str
    left: int


def next_question(actor: Actor, occasion: Occasion) -> NextQuestion | None:
    """One query: a board is asked for at every gesture."""

    def wording(line: str) -> Coalesce:
        words = ("rewording__text", "verbatim__words", "reported_wording")
        return Coalesce(*(f"{line}__{part}" for part in words))

    found = (
        open_resemblances()
        .filter(~put_aside_by(actor), heading__occasion=occasion)
        .annotate(one=wording("first"), other=wording("second"), left=Window(Count("pk")))
        .order_by("-use", "pk")
        .values_list("first_id", "second_id", "one", "other", "reason", "left")
        .first()
    )
    return NextQuestion(*found) if found else None


def headings_of(workshop: Workshop) -> QuerySet[Heading]:
    return (
        Heading.objects.filter(occasion__comptoir__workshop=workshop).select_related("occasion__space").order_by("pk")
    )


def search_of(workshop: Workshop) -> Search:
    """Three queries."""
    columns, method = with_last(headings_of(workshop)), method_of(lexicon_of(workshop.space))
    dates = [heading.searched_at for heading in columns if heading.searched_at]
    running = Job.objects.filter(
        Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING), kind=JOB, subject_id=workshop.pk
    )  # fmt: skip
    behind = any(is_stale(heading, method) for heading in columns)
    return Search(min(dates, default=None), behind, running.first())


def lines_near(heading: Heading, words: str, method: Method, *, shown: int = 2) -> list[tuple[Line, str]]:
    """The lines of a column that a note being typed resembles, each with its reason, as they are now."""
    found = near(heading, words, method)
    roots = Statement.objects.roots().filter(heading=heading, pk__in=[pair.b for pair in found])
    lines = {str(line.pk): line for line in lines_of(roots)} if found else {}
    return [(lines[pair.b], pair.reason.sentence) for pair in found if pair.b in lines][:shown]
