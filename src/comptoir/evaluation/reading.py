"""What the pages of an evaluation show: questions with their voices, evidence and judgements, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.formats import number_format

from comptoir.accounts.models import Actor
from comptoir.commitments.enums import LABELS
from comptoir.commitments.reading import states_of
from comptoir.commitments.state import Label, State
from comptoir.commitments.views.shared import BADGES
from comptoir.evaluation.around import Around, around
from comptoir.evaluation.counted import PROTECTS, silenced
from comptoir.evaluation.enums import College, Confidence, FindingKind, Kit, Nature, QuestionStatus, Verdict
from comptoir.evaluation.models import (
    Evaluation,
    EvaluativeQuestion,
    Finding,
    Judgement,
    PlannedSource,
)
from comptoir.evaluation.state import (
    Budget,
    Judged,
    PlannedFigure,
    Readiness,
    budget,
    disagreements,
    readiness,
)
from comptoir.evaluation.voting import Votes, votes_of
from comptoir.kit.french import NO_BREAK_SPACE, number
from comptoir.observatory.last_values import given_codes
from comptoir.observatory.showing import ABSENT
from comptoir.participation.reading import Tally, tallies_of
from comptoir.workshops.published import public_texts

Judgements = dict[College, Judgement]
ORDER = (
    FindingKind.FIGURE, FindingKind.SURVEY, FindingKind.VOICE, FindingKind.COMMITMENT, FindingKind.DOCUMENT,
    FindingKind.NOTE,
)  # fmt: skip
KINDS = {
    Verdict.YES: "success",
    Verdict.RATHER_YES: "success",
    Verdict.RATHER_NO: "warning",
    Verdict.NO: "danger",
    Verdict.UNKNOWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a college judges, if it has; `kind` is that of its badge."""

    college: College
    judgement: Judgement | None

    @property
    def kind(self) -> str:
        return KINDS[Verdict(self.judgement.verdict)] if self.judgement else "neutral"


def side_by_side(judgements: Judgements) -> tuple[Said, ...]:
    """One place for each college, in their order, judged or not."""
    return tuple(Said(college, judgements.get(college)) for college in College)


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the list: how it was chosen, what it lacks, what was judged."""

    question: EvaluativeQuestion
    votes: Votes
    readiness: Readiness
    judged: tuple[Said, ...]
    apart: bool  # two colleges disagree

    @property
    def mine(self) -> bool:
        """The reader chose it."""
        return self.question.pk in self.votes.mine

    @property
    def percent(self) -> int | None:
        return self.votes.percent(self.question.pk)

    @property
    def colleges(self) -> list[tuple[str, int, int | None]]:
        return self.votes.colleges(self.question.pk)


@dataclass(frozen=True, slots=True)
class Board:
    """Every question of an evaluation, the most chosen first, and what its figures cost."""

    rows: tuple[Row, ...]
    budget: Budget
    votes: Votes

    @property
    def kept(self) -> list[Row]:
        return [row for row in self.rows if row.question.status == QuestionStatus.KEPT]


def board_of(actor: Actor, evaluation: Evaluation, today: date) -> Board:
    """Four queries, whatever the number of questions; one more where indicators are followed."""
    questions = list(EvaluativeQuestion.objects.shown().filter(evaluation=evaluation).order_by("pk"))
    for question in questions:
        question.evaluation = evaluation
    votes = votes_of(actor, questions)
    planned: dict[UUID, list[PlannedSource]] = defaultdict(list)
    sources = PlannedSource.objects.filter(question__in=questions, withdrawn_at=None)
    for source in sources.annotate(last_given=Max("findings__given_on")).order_by("due_on", "pk"):
        planned[source.question_id].append(source)
    judged = judgements_of(questions)
    rows = [
        Row(
            question, votes,
            _readiness(question, {source.nature for source in planned[question.pk]}),
            side_by_side(judged[question.pk]), bool(apart(judged[question.pk])),
        )
        for question in questions
    ]  # fmt: skip
    kept = [question for question in questions if question.status == QuestionStatus.KEPT]
    figures = [s for question in kept for s in planned[question.pk] if s.nature == Nature.FIGURE]
    codes = {source.indicator_code for source in figures if source.indicator_code}
    given = given_codes(actor, codes) if codes else set()
    spent = budget(
        Kit(evaluation.kit), len(kept),
        [_figure(source, today if source.indicator_code in given else None) for source in figures], today,
    )  # fmt: skip
    rows.sort(key=lambda row: -votes.shares[row.question.pk].share)  # stable: the first proposed comes first
    return Board(tuple(rows), spent, votes)


def _figure(source: PlannedSource, readable_on: date | None) -> PlannedFigure:
    """`readable_on`: the day when an indicator of the observatory still gives a figure."""
    last: date | None = readable_on or vars(source)["last_given"]
    return PlannedFigure(source.label, float(source.days), max(source.planned_on, last or source.planned_on))


def _readiness(question: EvaluativeQuestion, natures: set[str]) -> Readiness:
    return readiness(
        criterion=question.criterion, leverage=question.leverage, figures=int(Nature.FIGURE in natures),
        voices=int(Nature.VOICE in natures),
    )  # fmt: skip


def judgements_of(questions: Iterable[EvaluativeQuestion]) -> dict[UUID, Judgements]:
    """The last judgement of each college on each question, in one query."""
    found: dict[UUID, Judgements] = defaultdict(dict)
    for judgement in Judgement.objects.filter(question__in=list(questions)).order_by("pk"):
        found[judgement.question_id][College(judgement.college)] = judgement
    return found


def apart(judgements: Judgements) -> tuple[tuple[College, College], ...]:
    """The colleges that disagree on a question."""
    said = (Judged(college, Verdict(one.verdict), Confidence(one.confidence)) for college, one in judgements.items())
    return disagreements(said)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a survey and how many gave it: « 41 (57 %) », « tu »."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence as everybody reads it: `text` masked where the published copy masks.

    `figure`: as it may leave, in French; `silent` says why it is a dash. `answers`: those to a survey, as published.
    """

    finding: Finding
    text: str
    said: int = 0
    label: Label | None = None
    figure: str = ""
    silent: str = ""
    answers: tuple[Answered, ...] = ()

    @property
    def state(self) -> str:
        return LABELS[self.label] if self.label else ""

    @property
    def kind(self) -> str:
        """The badge of that state."""
        return BADGES[self.label] if self.label else "neutral"


def evidence_of(question: EvaluativeQuestion, today: date, known: Around | None = None) -> list[Evidence]:
    """What was brought to a question, figures first. Lines are read in their public copy, whoever reads.

    Three queries, and one more without what is `known` around the question.
    """
    known = known or around(question)
    findings = list(
        question.findings.filter(withdrawn_at=None)
        .select_related(
            "line__statement__verbatim", "line__rewording", "line__version__workshop", "commitment__wording",
            "commitment__signatory__organisation", "commitment__contact", "file", "source", "review",
            "survey_question__survey",
        )
        .order_by("pk")
    )  # fmt: skip
    states = states_of([one.commitment for one in findings if one.commitment], on=today)
    shown = public_texts([one.line for one in findings if one.line], known.masks)
    # Decided on all the figures of the evaluation, whatever the question.
    told = {one.pk for one in findings}
    people = any(one.of_people for one in known.counted if one.key in told)
    silent = silenced(known.counted, known.threshold) if people else {}
    findings.sort(key=lambda one: ORDER.index(FindingKind(one.kind)))
    tallies = tallies_of([one.survey_question for one in findings if one.survey_question], known.counts)
    return [
        _surveyed(one, tallies[one.survey_question_id]) if one.survey_question_id
        else _evidence(one, states, shown, silent.get(one.pk, ""))
        for one in findings
    ]  # fmt: skip


def _surveyed(one: Finding, tally: Tally) -> Evidence:
    rows = []
    for row in tally.rows:
        share = "" if row.share is None else f" ({row.share}{NO_BREAK_SPACE}%)"
        rows.append(Answered(row.label, "tu" if row.number is None else f"{number(row.number)}{share}"))
    return Evidence(one, one.text, silent=tally.reason, answers=tuple(rows))


def _evidence(one: Finding, states: dict[UUID, State], shown: Mapping[UUID, str], silent: str) -> Evidence:
    if one.figure is not None:
        text = number_format(one.figure.normalize(), use_l10n=True, force_grouping=True)
        hides = silent == PROTECTS
        return Evidence(one, one.text, figure=ABSENT if hides else silent or text, silent=silent if hides else "")
    if one.line is not None:
        return Evidence(one, shown[one.line.pk], one.line.occurrences)
    if one.commitment is not None:
        return Evidence(one, one.commitment.text, label=states[one.commitment.pk].label)
    return Evidence(one, one.text)
