"""Free words: read by the team, erased where they name somebody, poured into the comptoirs."""

from collections.abc import Sequence

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict, Invalid
from comptoir.participation.actions.checks import check_write, held
from comptoir.participation.enums import QuestionKind
from comptoir.participation.models import Survey, SurveyQuestion, SurveyWord
from comptoir.voices import boards
from comptoir.voices.actions import add_note
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject

MOST_AT_ONCE = 200


@transaction.atomic
def pour_words(*, actor: Actor, survey: Survey, words: Sequence[SurveyWord]) -> int:
    """Put these words, as they were written, on a board of the comptoirs: one column a question. How many were new.

    Words poured already stay where they are. From then on they live in the verbatim alone.
    """
    survey = held(survey)
    check_write(actor, survey)
    if len(words) > MOST_AT_ONCE:
        raise Invalid(f"Versez {MOST_AT_ONCE} paroles au plus à la fois.")
    found = SurveyWord.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in words], question__survey=survey, statement=None
    )
    waiting = list(found.order_by("question__position", "pk"))
    if not waiting:
        raise Conflict("Ces paroles sont déjà dans les comptoirs.")
    questions = {one.pk: one for one in _with_headings(actor, survey)}
    for word in waiting:
        question = questions[word.question_id]
        assert question.heading is not None
        word.statement = add_note(actor=actor, heading=question.heading, words=word.text)
        word.text = ""
    SurveyWord.objects.bulk_update(waiting, ["statement", "text"], batch_size=200)
    journal.write(
        actor, "participation.pour_words", "Paroles d'une enquête versées", survey.pk, within_id=survey.pk,
        words=len(waiting),
    )  # fmt: skip
    return len(waiting)


def _with_headings(actor: Actor, survey: Survey) -> list[SurveyQuestion]:
    """The questions that take words, each with its column; the board is opened the first time."""
    questions = list(
        survey.questions.filter(kind=QuestionKind.WORDS).select_related("heading__occasion").order_by("position", "pk")
    )
    if any(one.heading is None for one in questions):
        headings = boards.open_board(
            actor=actor, title=f"Enquête : {survey.title}", held_on=survey.closes_on,
            speaker_kind=SpeakerKind.RESIDENTS, subject=Subject.OTHER,
            columns=[(HeadingKind.OTHER, one.text) for one in questions],
        )  # fmt: skip
        for one, heading in zip(questions, headings, strict=True):
            one.heading = heading
        SurveyQuestion.objects.bulk_update(questions, ["heading"])
    return questions


@transaction.atomic
def erase_word(*, actor: Actor, word: SurveyWord) -> None:
    """Erase words that were not poured: they name somebody, or say nothing. The boxes ticked stay."""
    check_write(actor, word.question.survey)
    erased, _ = SurveyWord.objects.filter(pk=word.pk, statement=None).delete()
    if not erased:
        raise Conflict("Ces paroles sont déjà dans les comptoirs : elles se retirent là-bas.")
    journal.write(
        actor, "participation.erase_word", "Parole d'une enquête effacée", word.question.survey_id,
        within_id=word.question.survey_id,
    )  # fmt: skip
