"""How the views of evaluations find their objects."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from comptoir.accounts.enums import Role
from comptoir.accounts.http import SpaceRequest
from comptoir.accounts.models import Actor
from comptoir.contracts.views.shared import url
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion
from comptoir.evaluation.rules import COLLEGES, may_count_hands
from comptoir.evaluation.sheet import sheet_of

FORM = ["GET", "HEAD", "POST"]
TABS = (
    ("L'évaluation", "evaluation"),
    ("Cadrage", "framing"),
    ("Questions", "questions"),
    ("Signataires", "self_assessments"),
    ("Restitution", "restitutions"),
)


def evaluation_for(request: SpaceRequest, code: str) -> Evaluation:
    found = get_object_or_404(Evaluation.objects.select_related("contract"), space=request.space, code=code)
    found.space = request.space
    return found


def question_for(request: SpaceRequest, code: str, item: str) -> EvaluativeQuestion:
    """The question and its evaluation, in one query."""
    shown = EvaluativeQuestion.objects.shown().select_related("evaluation__contract")
    found = get_object_or_404(shown, space=request.space, evaluation__code=code, code=item)
    found.evaluation.space = request.space
    return found


def colleges_of(actor: Actor) -> list[tuple[str, str]]:
    """The colleges in whose name the actor may propose and judge."""
    if may_count_hands(actor):
        return [(value, str(label)) for value, label in College.choices]
    college = COLLEGES.get(Role(actor.role))
    return [(college.value, str(college.label))] if college else []


def page(
    request: SpaceRequest, template: str, evaluation: Evaluation, current: str = "", **context: Any
) -> HttpResponse:
    """A page of an evaluation: its tabs, and what it is for, which every page shows."""
    if "sheet" not in context:
        context["sheet"] = sheet_of(evaluation)
    context |= {
        "evaluation": evaluation,
        "tabs": [
            {"label": label, "url": url(request, name, evaluation.code), "current": name == current}
            for label, name in TABS
        ],
    }
    return render(request, template, context)
