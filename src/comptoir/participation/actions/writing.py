"""Writing a survey: its words, its questions, their order."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.surveys import MOST_QUESTIONS
from comptoir.kit.errors import Invalid
from comptoir.participation.actions.checks import check_draft, check_questions, check_write, held
from comptoir.participation.enums import CHANGE, SCALE, QuestionKind
from comptoir.participation.models import Survey, SurveyQuestion

LONGEST_OPTION = 80
MAX_INTRODUCTION = 1_000
Condition = tuple[SurveyQuestion, int]


@transaction.atomic
def write_survey(*, actor: Actor, title: str, introduction: str = "") -> Survey:
    """A new survey, without any question yet."""
    check_write(actor)
    survey = Survey(space=actor.space)
    survey.title, survey.introduction = _words(title, introduction)
    survey.save(force_insert=True)
    journal.write(actor, "participation.write_survey", "Enquête préparée", survey.pk, within_id=survey.pk)
    return survey


@transaction.atomic
def change_survey(*, actor: Actor, survey: Survey, title: str, introduction: str) -> Survey:
    """Correct its title and its introduction, before it is opened."""
    survey = held(survey)
    check_write(actor, survey)
    check_draft(survey)
    survey.title, survey.introduction = _words(title, introduction)
    survey.save(update_fields=["title", "introduction"])
    journal.write(actor, "participation.change_survey", "Enquête corrigée", survey.pk, within_id=survey.pk)
    return survey


@transaction.atomic
def withdraw_survey(*, actor: Actor, survey: Survey) -> None:
    """Take a survey that was never opened off the list."""
    survey = held(survey)
    check_write(actor, survey)
    check_draft(survey)
    Survey.objects.filter(pk=survey.pk).update(withdrawn_at=timezone.now())
    journal.write(actor, "participation.withdraw_survey", "Enquête retirée", survey.pk, within_id=survey.pk)


@transaction.atomic
def add_question(
    *, actor: Actor, survey: Survey, kind: str, text: str, options: Sequence[str] = (),
    only_if: Condition | None = None,
) -> SurveyQuestion:  # fmt: skip
    """A question at the end. `only_if`: asked only of those who gave this answer to that earlier question."""
    survey = held(survey)
    check_write(actor, survey)
    check_draft(survey)
    if kind not in QuestionKind.values:
        raise Invalid("Choisissez comment on répond.", field="kind")
    there = list(survey.questions.order_by("position", "pk"))
    if len(there) >= MOST_QUESTIONS:
        raise Invalid(f"Une enquête a {MOST_QUESTIONS} questions au plus : on ne va pas au bout des longues.")
    question = SurveyQuestion(space=actor.space, survey=survey, kind=kind, position=len(there))
    _fill(question, text, options, only_if)
    check_questions([*there, question], _field(kind, only_if))
    question.save(force_insert=True)
    journal.write(actor, "participation.add_question", "Question ajoutée", question.pk, within_id=survey.pk)
    return question


@transaction.atomic
def change_question(
    *, actor: Actor, question: SurveyQuestion, text: str, options: Sequence[str] = (),
    only_if: Condition | None = None,
) -> SurveyQuestion:  # fmt: skip
    """Write it otherwise. Refused where a question that depends on it would then depend on nothing."""
    survey = held(question.survey)
    check_write(actor, survey)
    check_draft(survey)
    _fill(question, text, options, only_if)
    there = [question if one.pk == question.pk else one for one in survey.questions.order_by("position", "pk")]
    check_questions(there, _field(question.kind, only_if))
    question.save(update_fields=["text", "options", "only_if", "only_if_option"])
    journal.write(actor, "participation.change_question", "Question corrigée", question.pk, within_id=survey.pk)
    return question


@transaction.atomic
def move_question(*, actor: Actor, question: SurveyQuestion, up: bool) -> bool:
    """One rank up or down. False: it was at the end. Refused before the question that it depends on."""
    survey = held(question.survey)
    check_write(actor, survey)
    check_draft(survey)
    there = list(survey.questions.order_by("position", "pk"))
    at = next(rank for rank, one in enumerate(there) if one.pk == question.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(there):
        return False
    there[at], there[other] = there[other], there[at]
    check_questions(there)
    _number(there)
    journal.write(actor, "participation.move_question", "Question déplacée", question.pk, within_id=survey.pk)
    return True


@transaction.atomic
def remove_question(*, actor: Actor, question: SurveyQuestion) -> None:
    """Take a question off. Refused where another one depends on it."""
    survey = held(question.survey)
    check_write(actor, survey)
    check_draft(survey)
    there = [one for one in survey.questions.order_by("position", "pk") if one.pk != question.pk]
    check_questions(there)
    journal.write(actor, "participation.remove_question", "Question retirée", question.pk, within_id=survey.pk)
    SurveyQuestion.objects.filter(pk=question.pk).delete()
    _number(there)


def _number(questions: Sequence[SurveyQuestion]) -> None:
    for rank, one in enumerate(questions):
        one.position = rank
    SurveyQuestion.objects.bulk_update(questions, ["position"])


def _words(title: str, introduction: str) -> tuple[str, str]:
    title, introduction = title.strip().replace("\x00", ""), introduction.strip().replace("\x00", "")
    if not title:
        raise Invalid("Donnez un titre : c'est ce que l'on lit d'abord.", field="title")
    if len(title) > 120:
        raise Invalid("Ce titre dépasse 120 caractères : raccourcissez-le.", field="title")
    if len(introduction) > MAX_INTRODUCTION:
        raise Invalid(f"Cette introduction dépasse {MAX_INTRODUCTION} caractères.", field="introduction")
    return title, introduction


def _fill(question: SurveyQuestion, text: str, options: Sequence[str], only_if: Condition | None) -> None:
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise Invalid("Écrivez la question.", field="text")
    if len(text) > 200:
        raise Invalid("Cette question dépasse 200 caractères : posez-la plus court.", field="text")
    question.text = text
    match question.kind:
        case QuestionKind.SCALE:
            question.options = list(SCALE)
        case QuestionKind.CHANGE:
            question.options = list(CHANGE)
        case QuestionKind.WORDS:
            question.options = []
        case _:
            question.options = _options(options)
    question.only_if, question.only_if_option = only_if or (None, None)


def _options(options: Sequence[str]) -> list[str]:
    found = [clean for one in options if (clean := " ".join(one.replace("\x00", "").split()))]
    if any(len(one) > LONGEST_OPTION for one in found):
        raise Invalid(f"Une réponse dépasse {LONGEST_OPTION} caractères : raccourcissez-la.", field="options")
    if len({one.casefold() for one in found}) < len(found):
        raise Invalid("Deux réponses sont les mêmes : gardez-en une.", field="options")
    return found


def _field(kind: str, only_if: Condition | None) -> str | None:
    """Beside which field of the form a refusal stands."""
    if kind in {QuestionKind.ONE, QuestionKind.SEVERAL}:
        return "options"
    return "only_if" if only_if else None
