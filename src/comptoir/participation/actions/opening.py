"""Opening a survey to residents, extending it, stopping its counts; and what is then published."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.disclosure import Rule
from comptoir.analysis.surveys import publish
from comptoir.disclosure.models import threshold_of
from comptoir.kit.errors import Conflict, Invalid
from comptoir.participation.actions.checks import check_open, check_questions, check_state, form_of, held
from comptoir.participation.enums import SurveyState
from comptoir.participation.models import Survey, SurveyCount
from comptoir.spaces import jobs
from comptoir.spaces.jobs import Progress
from comptoir.spaces.models import Job

PUBLISH_JOB = "participation.publish"


@transaction.atomic
def open_survey(*, actor: Actor, survey: Survey, on: date, until: date) -> Survey:
    """Residents answer until this day, included. Open already: the day alone changes."""
    survey = held(survey)
    check_open(actor, survey)
    if survey.stopped_on is not None:
        raise Conflict("Les comptes de cette enquête sont arrêtés : elle ne rouvre pas.")
    if until < on:
        raise Invalid("Choisissez un jour à venir.", field="until")
    questions = list(survey.questions.order_by("position", "pk"))
    if not questions:
        raise Conflict("Écrivez d'abord une question.")
    check_questions(questions)
    extended = survey.opened_on is not None
    survey.opened_on, survey.closes_on = survey.opened_on or on, until
    survey.save(update_fields=["opened_on", "closes_on"])
    label = "Enquête prolongée" if extended else "Enquête ouverte"
    journal.write(actor, "participation.open_survey", label, survey.pk, within_id=survey.pk)
    return survey


@transaction.atomic
def take_back(*, actor: Actor, survey: Survey) -> Survey:
    """Back to preparation, as long as nobody has answered."""
    survey = held(survey)
    check_open(actor, survey)
    if survey.opened_on is None or survey.responses.exists():
        raise Conflict(
            "Une réponse est déjà arrivée : les questions ne changent plus, sinon les premières réponses et les "
            "suivantes ne voudraient pas dire la même chose."
        )
    survey.opened_on = survey.closes_on = None
    survey.save(update_fields=["opened_on", "closes_on"])
    journal.write(actor, "participation.take_back", "Enquête remise en préparation", survey.pk, within_id=survey.pk)
    return survey


@transaction.atomic
def stop_counts(*, actor: Actor, survey: Survey, on: date, back_url: str) -> Job:
    """From now on nothing comes in: results are computed once, with the threshold of this day, and do not move.

    Sent again before they are there (the work had stopped), the work starts again.
    """
    survey = held(survey)
    check_open(actor, survey)
    if survey.published_at is not None:
        raise Conflict("Les comptes de cette enquête sont déjà arrêtés.")
    if survey.stopped_on is None:
        check_state(
            survey, on, SurveyState.OPEN, SurveyState.OVER, sentence="Cette enquête n'a pas encore été ouverte."
        )
        survey.stopped_on, survey.threshold = on, threshold_of(survey.space)
        survey.save(update_fields=["stopped_on", "threshold"])
        journal.write(actor, "participation.stop_counts", "Comptes de l'enquête arrêtés", survey.pk,
                      within_id=survey.pk)  # fmt: skip
    return jobs.start(
        space=actor.space, kind=PUBLISH_JOB, label="Résultats de l'enquête", subject_id=survey.pk,
        actor_id=actor.person_id, back_url=back_url,
    )  # fmt: skip


def write_counts(survey_id: UUID, progress: Progress | None = None) -> None:
    """The body of the job: all the numbers at once, or none. Run again, it finds them there."""
    survey = Survey.objects.get(pk=survey_id)
    if survey.published_at is not None or survey.threshold is None:
        return
    if progress:
        progress(0, 2, "Lecture des réponses")
    questions = list(survey.questions.order_by("position", "pk"))
    rule = Rule(threshold=survey.threshold, unit="réponses", distinct=False)
    rows = survey.responses.order_by("pk").values_list("channel", "answers")
    found = publish(form_of(questions), list(rows), rule)
    if progress:
        progress(1, 2, "Protection des petits nombres")
    by_code = {one.code: one for one in questions}
    with transaction.atomic():
        if held(survey).published_at is not None:
            return
        SurveyCount.objects.bulk_create(
            [
                SurveyCount(
                    survey=survey, question=by_code.get(one.question), option=one.option, place=one.place,
                    channel=one.channel, number=one.number, reason=one.reason[:160], position=rank,
                )
                for rank, one in enumerate(found.counts)
            ],
            batch_size=500,
        )  # fmt: skip
        Survey.objects.filter(pk=survey.pk).update(published_at=timezone.now(), total=found.total)
