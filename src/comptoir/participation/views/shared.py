"""How the views of surveys find their objects."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from comptoir.accounts.http import SpaceRequest
from comptoir.contracts.views.shared import url
from comptoir.participation.enums import SurveyState
from comptoir.participation.models import Survey, SurveyQuestion
from comptoir.participation.rules import may_open_surveys, may_write_surveys
from comptoir.voices.rules import may_hear_raw

FORM = ["GET", "HEAD", "POST"]


def survey_for(request: SpaceRequest, code: str) -> Survey:
    found = get_object_or_404(Survey.objects.visible_to(request.actor), code=code)
    found.space = request.space
    return found


def question_for(request: SpaceRequest, code: str, item: str) -> SurveyQuestion:
    survey = survey_for(request, code)
    found = get_object_or_404(survey.questions, code=item)
    found.survey = survey
    return found


def questions_of(survey: Survey) -> list[SurveyQuestion]:
    return list(survey.questions.order_by("position", "pk"))


def page(
    request: SpaceRequest, template: str, survey: Survey, current: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a survey, with its tabs."""
    state = survey.state(timezone.localdate())
    writes, hears = may_write_surveys(request.actor), may_hear_raw(request.actor)
    tabs = [("Questions", "survey", True)]
    if state != SurveyState.DRAFT:
        tabs += [("Résultats", "survey_results", True), ("Paroles", "survey_words", hears)]
    context |= {
        "survey": survey, "state": state, "states": SurveyState,
        "may_write": writes, "may_open": may_open_surveys(request.actor), "may_hear": hears,
        "tabs": [
            {"label": label, "url": url(request, name, survey.code), "current": name == current}
            for label, name, allowed in tabs if allowed
        ],
    }  # fmt: skip
    return render(request, template, context, status=status)
