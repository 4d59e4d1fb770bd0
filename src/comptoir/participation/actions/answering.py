"""What a resident answers, and what the team types from papers."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.surveys import kept, shown
from comptoir.kit.errors import Conflict, Gone, Invalid
from comptoir.participation.actions.checks import check_write, form_of
from comptoir.participation.enums import Channel, QuestionKind, SurveyState
from comptoir.participation.models import Survey, SurveyQuestion, SurveyResponse, SurveyWord

MAX_WORDS = 2_000
Boxes = Mapping[str, Sequence[int]]
Words = Mapping[str, str]


def answer(*, survey: Survey, sending: UUID, channel: Channel, on: date, boxes: Boxes, words: Words) -> bool:
    """Keep the answer of a resident. False: this sending had arrived already, and counts once.

    No line of the journal: it would say at what hour somebody answered. The row says the day alone.
    """
    if survey.responses.filter(sending=sending).exists():  # sent again after the last day: it had arrived
        return False
    if survey.state(on) != SurveyState.OPEN:
        raise Gone(_("Cette enquête est finie : elle ne reçoit plus de réponses."))
    return _keep(survey, sending, channel, on, boxes, words)


def type_paper(*, actor: Actor, survey: Survey, sending: UUID, on: date, boxes: Boxes, words: Words) -> bool:
    """Type one paper. Possible after the last day, until counts are stopped. False: it was typed already."""
    check_write(actor, survey)
    if survey.responses.filter(sending=sending).exists():
        return False
    if survey.state(on) not in {SurveyState.OPEN, SurveyState.OVER}:
        raise Conflict("Les comptes de cette enquête sont arrêtés : on n'y ajoute plus de papier.")
    made = _keep(survey, sending, Channel.PAPER, on, boxes, words)
    if made:  # of the survey, not of the answer: nothing leads from the journal to what somebody wrote
        journal.write(actor, "participation.type_paper", "Papier saisi", survey.pk, within_id=survey.pk)
    return made


def _keep(survey: Survey, sending: UUID, channel: Channel, on: date, boxes: Boxes, words: Words) -> bool:
    questions = list(survey.questions.order_by("position", "pk"))
    asked = form_of(questions)
    ticked = kept(asked, boxes)
    wanted = set(shown(asked, boxes))
    said = _said([one for one in questions if one.code in wanted], words)
    if not ticked and not said:
        raise Invalid(_("Répondez à une question au moins, puis envoyez."))
    try:
        with transaction.atomic():
            # Held with those who stop the counts: an answer is in before, or told that it is too late.
            if Survey.objects.select_for_update(of=("self",), no_key=True).get(pk=survey.pk).stopped_on is not None:
                raise Gone(_("Cette enquête est finie : elle ne reçoit plus de réponses."))
            SurveyResponse.objects.create(
                space_id=survey.space_id, survey=survey, sending=sending, channel=channel, day=on, answers=ticked
            )
            SurveyWord.objects.bulk_create([SurveyWord(question=question, text=text) for question, text in said])
    except IntegrityError:
        if not survey.responses.filter(sending=sending).exists():
            raise
        return False  # the same sending, twice at the same moment
    return True


def _said(questions: Sequence[SurveyQuestion], words: Words) -> list[tuple[SurveyQuestion, str]]:
    found = []
    for one in questions:
        text = words.get(one.code, "").strip().replace("\x00", "") if one.kind == QuestionKind.WORDS else ""
        if len(text) > MAX_WORDS:
            sentence = _("Ce texte dépasse %(most)s caractères : raccourcissez-le.") % {"most": MAX_WORDS}
            raise Invalid(sentence, field=one.code)
        if text:
            found.append((one, text))
    return found
