"""What the actions of surveys ask first, under a lock: two people at once do not open what the other changes."""

from datetime import date

from comptoir.accounts.models import Actor
from comptoir.analysis.errors import InputError
from comptoir.analysis.surveys import Asked, check_form
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.participation.enums import SurveyState
from comptoir.participation.models import Survey, SurveyQuestion
from comptoir.participation.rules import may_open_surveys, may_write_surveys


def held(survey: Survey) -> Survey:
    """The row as it is now, until the end of the transaction."""
    return Survey.objects.select_for_update(of=("self",), no_key=True).select_related("space").get(pk=survey.pk)


def check_write(actor: Actor, survey: Survey | None = None) -> None:
    if not may_write_surveys(actor) or (survey is not None and survey.space_id != actor.space.pk):
        raise Refused("Seule l'équipe du projet prépare les enquêtes.")
    if survey is not None and survey.withdrawn_at is not None:
        raise Conflict("Cette enquête a été retirée entre-temps. Rechargez la page.")


def check_open(actor: Actor, survey: Survey) -> None:
    if not may_open_surveys(actor) or survey.space_id != actor.space.pk:
        raise Refused("Seule la personne qui conduit le projet ouvre une enquête et en arrête les comptes.")
    if survey.withdrawn_at is not None:
        raise Conflict("Cette enquête a été retirée entre-temps. Rechargez la page.")


def check_draft(survey: Survey) -> None:
    """Questions change only before the survey is opened: answers already given would say something else."""
    if survey.opened_on is not None:
        raise Conflict("L'enquête est ouverte : ses questions ne changent plus, pour que toutes les réponses comptent.")


def check_state(survey: Survey, day: date, *states: SurveyState, sentence: str) -> None:
    if survey.state(day) not in states:
        raise Conflict(sentence)


def form_of(questions: list[SurveyQuestion]) -> list[Asked]:
    """The questions as the analysis library reads them."""
    codes = {one.pk: one.code for one in questions}
    return [one.asked(codes) for one in questions]


def check_questions(questions: list[SurveyQuestion], field: str | None = None) -> None:
    try:
        check_form(form_of(questions))
    except InputError as error:
        raise Invalid(str(error), field=field) from error
