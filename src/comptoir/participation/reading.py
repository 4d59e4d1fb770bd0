"""What a survey says, as it may be said: published counts, by question and by neighbourhood."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from comptoir.analysis.surveys import NO_ANSWER
from comptoir.participation.enums import CHANGE, Channel, QuestionKind
from comptoir.participation.models import Survey, SurveyCount, SurveyQuestion, SurveyWord

EMPTY = "Sans réponse"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. `share`: percent of those who were asked, None where one of the two is hidden. `width`: of its bar,
    as SVG writes it. `places`: the same answer in each neighbourhood, None where hidden."""

    label: str
    number: int | None
    share: int | None
    width: str
    places: tuple[int | None, ...] = ()


@dataclass(slots=True)
class Told:
    """A question and its published answers. `asked`: how many were asked, None where hidden."""

    question: SurveyQuestion
    number: int
    asked: int | None
    condition: str
    rows: list[Row] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        return any(row.number is None for row in self.rows)

    @property
    def hides_places(self) -> bool:
        return any(number is None for row in self.rows for number in row.places)


@dataclass(slots=True)
class Results:
    """`total` answers; `channels`: how many came how, None where hidden; `places`: the neighbourhoods, by rank."""

    total: int
    channels: list[tuple[str, int | None]] = field(default_factory=list)
    places: list[tuple[str, int | None]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    reason: str = ""


def results_of(survey: Survey) -> Results:
    """The published counts of a survey, in three queries."""
    found = Results(survey.came)
    counts = list(survey.counts.order_by("position"))
    questions = list(survey.questions.order_by("position", "pk"))
    if not counts:
        return found
    found.reason = next((one.reason for one in counts if one.reason), "")
    found.channels = [(str(Channel(one.channel).label), one.number) for one in counts if one.channel]
    cells = {(one.question_id, one.option, one.place): one.number for one in counts if not one.channel}
    place = next((one for one in questions if one.kind == QuestionKind.PLACE), None)
    ranks = [*range(len(place.options)), NO_ANSWER] if place else []
    if cells.get((None, None, NO_ANSWER)) == 0:  # everybody said: a column of zeros says nothing
        ranks.pop()
    if place:
        found.places = [(_label(place, rank), cells.get((None, None, rank))) for rank in ranks]
    conditions = conditions_of(questions)
    for number, one in enumerate(questions, 1):
        if one.kind in {QuestionKind.WORDS, QuestionKind.PLACE}:
            continue
        asked = found.total if one.only_if_id is None else cells.get((one.only_if_id, one.only_if_option, None))
        told = Told(one, number, asked, conditions[one.pk])
        options = [*range(len(one.options)), *([] if one.kind == QuestionKind.SEVERAL else [NO_ANSWER])]
        for option in options:
            here = tuple(cells.get((one.pk, option, rank)) for rank in ranks)
            told.rows.append(_row(one, option, cells.get((one.pk, option, None)), asked, here))
        found.told.append(told)
    return found


def _row(
    question: SurveyQuestion, option: int, value: int | None, asked: int | None, here: tuple[int | None, ...] = ()
) -> Row:
    share = round(100 * value / asked) if value is not None and asked else None
    return Row(_label(question, option), value, share, f"{share or 0}", here)


def _label(question: SurveyQuestion, option: int) -> str:
    return EMPTY if option == NO_ANSWER else str(question.options[option])


def said_of(question: SurveyQuestion, label: str) -> str:
    """An answer in the language of the page: those that the team wrote stay as they are."""
    return _(label) if question.kind in {QuestionKind.SCALE, QuestionKind.CHANGE} else label


def conditions_of(questions: Sequence[SurveyQuestion]) -> dict[UUID, str]:
    """What stands before a question that is not asked of everybody, in words; empty for the others."""
    rank = {one.pk: number for number, one in enumerate(questions, 1)}
    by_id = {one.pk: one for one in questions}
    found = {}
    for one in questions:
        words = ""
        if one.only_if_id in by_id and one.only_if_option is not None:
            parent = by_id[one.only_if_id]
            words = _("Seulement si vous avez répondu « %(answer)s » à la question %(number)s.") % {
                "answer": said_of(parent, str(parent.options[one.only_if_option])), "number": rank[parent.pk],
            }  # fmt: skip
        found[one.pk] = words
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """The published answers to a question, all neighbourhoods together. `reason`: why some are hidden, or all."""

    asked: int | None
    rows: tuple[Row, ...]
    reason: str


def tallied() -> QuerySet[SurveyQuestion]:
    """The questions of which something is published."""
    counted = Exists(SurveyCount.objects.filter(question=OuterRef("pk")))
    ones = SurveyQuestion.objects.filter(counted, survey__withdrawn_at=None)
    return ones.select_related("survey").order_by("-survey__stopped_on", "survey", "position", "pk")


def counts_everywhere(surveys: Any) -> QuerySet[SurveyCount]:
    """The published counts of these surveys, all neighbourhoods and all channels together."""
    return SurveyCount.objects.filter(survey__in=surveys, place=None, channel="").order_by("position")


def tallies_of(
    questions: Collection[SurveyQuestion], counts: Sequence[SurveyCount] | None = None
) -> dict[UUID, Tally]:  # fmt: skip
    """One query, whatever their number, none where their `counts_everywhere` came along; what another room cites.

    The questions come with their survey.
    """
    if not questions:
        return {}
    if counts is None:
        counts = list(counts_everywhere({one.survey_id for one in questions}))
    cells = {(one.survey_id, one.question_id, one.option): one.number for one in counts}
    reasons = {one.question_id: one.reason for one in counts if one.reason}
    found = {}
    for one in questions:
        parent = (one.survey_id, one.only_if_id, one.only_if_option)  # (…, None, None): all who answered
        asked = cells.get(parent)
        options = [*range(len(one.options)), *([] if one.kind == QuestionKind.SEVERAL else [NO_ANSWER])]
        there = [option for option in options if (one.survey_id, one.pk, option) in cells]
        rows = tuple(_row(one, option, cells[one.survey_id, one.pk, option], asked) for option in there)
        few = "" if rows else f"moins de {one.survey.threshold} réponses"
        found[one.pk] = Tally(asked, rows, reasons.get(one.pk, few))
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """How many say that things are better, the same, worse. None where hidden; `reason` then says why."""

    better: int | None
    same: int | None
    worse: int | None
    unknown: int | None
    reason: str


def changed(question: SurveyQuestion) -> Changed:
    """The published counts of a question on what has changed. Raises ValueError for a question of another kind."""
    if question.kind != QuestionKind.CHANGE:
        raise ValueError("Cette question ne demande pas ce qui a changé.")
    rows = question.counts.filter(place=None, option__gte=0).order_by("option")
    found: dict[int | None, SurveyCount] = {one.option: one for one in rows}
    better, same, worse, unknown = (found[rank].number if rank in found else None for rank in range(len(CHANGE)))
    reason = next((one.reason for one in found.values() if one.reason), "")
    if not found:
        survey = question.survey
        few = survey.published_at is not None
        reason = f"moins de {survey.threshold} réponses" if few else "les comptes ne sont pas encore arrêtés"
    return Changed(better, same, worse, unknown, reason)


@dataclass(slots=True)
class Said:
    """The free words to one question that are not in the comptoirs yet, and how many are."""

    question: SurveyQuestion
    waiting: list[SurveyWord] = field(default_factory=list)
    poured: int = 0


def words_of(survey: Survey, *, most: int) -> list[Said]:
    """By question; `most` waiting ones in all, in an order that says nothing of when they came."""
    questions = survey.questions.filter(kind=QuestionKind.WORDS).select_related("heading__occasion")
    found = {one.pk: Said(one) for one in questions.order_by("position", "pk")}
    there = SurveyWord.objects.filter(question__in=found)
    for word in there.filter(statement=None).order_by("question__position", "pk")[:most]:
        found[word.question_id].waiting.append(word)
    poured = there.exclude(statement=None).values_list("question_id").annotate(n=Count("pk")).order_by("question_id")
    for question, number in poured:
        found[question].poured = number
    return list(found.values())
