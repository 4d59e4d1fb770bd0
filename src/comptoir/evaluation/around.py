"""All the short lists that the page of a question shows, in one query, whatever their number of rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F

from comptoir.accounts.history import LATEST, Done
from comptoir.analysis.public_copy.origins import THRESHOLD
from comptoir.audit.models import Entry
from comptoir.contracts.models import ContractNeighbourhood
from comptoir.disclosure.models import SpaceRule
from comptoir.evaluation.counted import Counted
from comptoir.evaluation.enums import Point
from comptoir.evaluation.models import (
    ChosenMethod,
    EvaluativeQuestion,
    Finding,
    FramingNote,
    Judgement,
    PerceivedChange,
    PlannedSource,
)
from comptoir.evaluation.union import Line, lines_of, united, whole
from comptoir.participation.models import SurveyCount
from comptoir.participation.reading import counts_everywhere
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.workshops.models import Mask

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Around:
    """The lists, each in the order in which it is shown. What is in them knows nothing else than what the page tells
    of it; none of it is to be saved.

    `why`: what the evaluation is for. `counted`: the figures of the whole evaluation, which are protected together.
    `counts`: of the surveys that the question cites. `threshold`: of its space.
    """

    why: str
    threshold: int
    judgements: list[Judgement]
    sources: list[PlannedSource]
    methods: list[ChosenMethod]
    perceived: list[PerceivedChange]
    history: list[Done]
    counted: list[Counted]
    masks: list[Mask]
    counts: list[SurveyCount]
    neighbourhoods: list[PriorityNeighbourhood]


def around(question: EvaluativeQuestion) -> Around:
    """One query."""
    found = united(_queries(question))

    def all_of(kind: str, make: Callable[[Line], Made]) -> list[Made]:
        return [make(row) for row in found if row.kind == kind]

    notes = all_of("why", lambda row: row.first)
    rules = all_of("threshold", lambda row: whole(row.one) or THRESHOLD)
    places = all_of("neighbourhood", lambda row: (row.second, _neighbourhood(row)))
    return Around(
        why="\n".join(part for part in notes[-1].splitlines() if part.strip()) if notes else "",
        threshold=rules[0] if rules else THRESHOLD,
        judgements=all_of("judgement", lambda row: _judgement(question, row)),
        sources=sorted(all_of("source", lambda row: _source(question, row)), key=lambda one: (one.nature, one.due_on)),
        methods=all_of("method", _method),
        perceived=sorted(all_of("perceived", _perceived), key=lambda one: (one.gathered_on, one.pk), reverse=True),
        history=all_of("history", lambda row: Done(row.first, row.at, row.second))[::-1],
        counted=all_of("counted", lambda row: Counted(row.key, row.one or Decimal(0), row.first, row.second)),
        masks=sorted(all_of("mask", _mask), key=lambda one: one.at),
        counts=sorted(all_of("count", _count), key=lambda one: one.position),
        neighbourhoods=[place for _, place in sorted(places, key=lambda pair: (pair[0], pair[1].code))],
    )  # fmt: skip


def _queries(question: EvaluativeQuestion) -> Iterable[Any]:
    """One query a kind, as lines of the union."""
    of, shown = {"question": question}, {"question": question, "withdrawn_at": None}
    space, brought = question.space_id, Finding.objects.filter(**shown)
    entries = Entry.objects.filter(object_id=question.pk, space=space)
    figures = Finding.objects.filter(
        question__evaluation=question.evaluation_id, question__withdrawn_at=None, withdrawn_at=None,
        figure__isnull=False,
    )  # fmt: skip
    perimeter = ContractNeighbourhood.objects.filter(contract=question.evaluation.contract_id).values("code")
    surveys = brought.filter(survey_question__isnull=False).values("survey_question__survey")
    said = brought.filter(line__isnull=False).values("line__statement")
    return (
        lines_of(FramingNote.objects.filter(evaluation=question.evaluation_id, point=Point.WHY), "why", F("text")),
        lines_of(SpaceRule.objects.filter(space=space), "threshold", numbers=(F("threshold"),)),
        lines_of(Judgement.objects.filter(**of), "judgement", F("college"), F("verdict"), F("confidence"), F("reasons"),
              F("given_by"), day=F("given_on")),
        lines_of(PlannedSource.objects.filter(**shown), "source", F("nature"), F("label"), F("whence"), F("owner"),
              F("indicator_code"), day=F("due_on"), numbers=(F("days"),)),
        lines_of(ChosenMethod.objects.filter(**shown), "method", F("method"), code=F("code"),
              numbers=(F("hours"), F("euros"))),
        lines_of(PerceivedChange.objects.filter(**shown), "perceived", F("whence"), F("place_code"), code=F("code"),
              day=F("gathered_on"), numbers=(F("better"), F("same"), F("worse"), F("since"))),
        lines_of(Entry.objects.filter(pk__in=entries.order_by("-id").values("pk")[:LATEST]), "history", F("label"),
              F("organisation"), moment=F("at")),
        lines_of(figures, "counted", F("unit"), F("period"), numbers=(F("figure"),)),
        lines_of(Mask.objects.filter(statement__in=said), "mask", F("statement_id"), F("rewording_id"), F("text"),
              moment=F("at")),
        lines_of(counts_everywhere(surveys), "count", F("survey_id"), F("question_id"), F("reason"),
              numbers=(F("option"), F("number"), F("position"))),
        lines_of(PriorityNeighbourhood.objects.filter(code__in=perimeter), "neighbourhood", F("name"), F("search"),
              code=F("code"), numbers=(F("generation"),)),
    )  # fmt: skip


def _judgement(question: EvaluativeQuestion, row: Line) -> Judgement:
    return Judgement(
        id=row.key, question=question, college=row.first, verdict=row.second, confidence=row.third, reasons=row.fourth,
        given_by=row.fifth, given_on=row.dated,
    )  # fmt: skip


def _source(question: EvaluativeQuestion, row: Line) -> PlannedSource:
    return PlannedSource(
        id=row.key, question=question, nature=row.first, label=row.second, whence=row.third, owner=row.fourth,
        indicator_code=row.fifth, due_on=row.dated, days=row.one or Decimal(0),
    )  # fmt: skip


def _method(row: Line) -> ChosenMethod:
    return ChosenMethod(id=row.key, code=row.code, method=row.first, hours=int(row.one or 0), euros=int(row.two or 0))


def _perceived(row: Line) -> PerceivedChange:
    return PerceivedChange(
        id=row.key, code=row.code, whence=row.first, place_code=row.second, gathered_on=row.dated,
        better=int(row.one or 0), same=int(row.two or 0), worse=int(row.three or 0), since=int(row.four or 0),
    )  # fmt: skip


def _mask(row: Line) -> Mask:
    rewording = UUID(row.second) if row.second else None
    return Mask(id=row.key, statement_id=UUID(row.first), rewording_id=rewording, text=row.third, at=row.at)


def _count(row: Line) -> SurveyCount:
    return SurveyCount(
        id=row.key, survey_id=UUID(row.first), question_id=UUID(row.second) if row.second else None, reason=row.third,
        option=whole(row.one), number=whole(row.two), position=int(row.three or 0),
    )  # fmt: skip


def _neighbourhood(row: Line) -> PriorityNeighbourhood:
    return PriorityNeighbourhood(id=row.key, code=row.code, generation=int(row.one or 0), name=row.first)
