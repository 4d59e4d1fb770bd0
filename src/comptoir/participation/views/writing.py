"""The list of surveys; one of them; its questions."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.history import history_of
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.analysis.surveys import MOST_QUESTIONS
from comptoir.contracts.views.shared import attempt, form_page, url
from comptoir.kit.errors import Conflict, Invalid
from comptoir.participation import actions
from comptoir.participation.enums import QuestionKind, SurveyState
from comptoir.participation.forms import QuestionForm, SurveyForm, initial_of
from comptoir.participation.models import Survey
from comptoir.participation.reading import conditions_of
from comptoir.participation.rules import may_write_surveys
from comptoir.participation.sent import fields_of
from comptoir.participation.views.answered import address_of
from comptoir.participation.views.shared import FORM, page, question_for, questions_of, survey_for

HINTS = {
    QuestionKind.ONE: "Oui ou non, une fois par semaine…",
    QuestionKind.SEVERAL: "On coche tout ce qui convient.",
    QuestionKind.SCALE: "Pas du tout, plutôt non, plutôt oui, tout à fait.",
    QuestionKind.CHANGE: "L'évaluation lira ce que les habitants voient changer.",
    QuestionKind.PLACE: "Les résultats se lisent aussi par quartier.",
    QuestionKind.WORDS: "Ils peuvent rejoindre les comptoirs.",
}


@require_safe
@in_space(is_member)
def surveys(request: SpaceRequest) -> HttpResponse:
    came = Coalesce("total", Count("responses"))
    found = Survey.objects.visible_to(request.actor).annotate(number=came).order_by("-pk")
    today = timezone.localdate()
    rows = [(one, one.state(today)) for one in found]
    context = {"rows": rows, "states": SurveyState, "may_write": may_write_surveys(request.actor)}
    return render(request, "participation/surveys.html", context)


@require_http_methods(FORM)
@in_space(may_write_surveys)
def survey_new(request: SpaceRequest) -> HttpResponse:
    return form_page(
        request, SurveyForm(request.POST or None),
        act=lambda data: actions.write_survey(actor=request.actor, **data), done="Enquête préparée. Ses questions :",
        back=url(request, "surveys"), back_label="Enquêtes", title="Préparer une enquête", submit="Continuer",
        goes_to=lambda made: url(request, "survey", made.code),
    )  # fmt: skip


@require_safe
@in_space(is_member)
def survey(request: SpaceRequest, code: str) -> HttpResponse:
    found = survey_for(request, code)
    questions = questions_of(found)
    conditions = conditions_of(questions)
    came = found.came
    return page(
        request, "participation/survey.html", found, "survey", came=came, most=MOST_QUESTIONS,
        rows=[(one, conditions[one.pk]) for one in questions], address=address_of(found),
        kinds=[(kind.value, kind.label, HINTS[kind]) for kind in QuestionKind],
        history=history_of(request.space, found.pk, within="participation"),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write_surveys)
def survey_edit(request: SpaceRequest, code: str) -> HttpResponse:
    found = survey_for(request, code)
    initial = {"title": found.title, "introduction": found.introduction}
    return form_page(
        request, SurveyForm(request.POST or None, initial=initial),
        act=lambda data: actions.change_survey(actor=request.actor, survey=found, **data), done="C'est corrigé.",
        back=url(request, "survey", found.code), back_label=found.title, title="Corriger le titre et l'introduction",
    )  # fmt: skip


@require_POST
@in_space(may_write_surveys)
def survey_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    actions.withdraw_survey(actor=request.actor, survey=survey_for(request, code))
    messages.success(request, "Enquête retirée.")
    return redirect(url(request, "surveys"))


@require_http_methods(FORM)
@in_space(may_write_surveys)
def survey_question_new(request: SpaceRequest, code: str, kind: str) -> HttpResponse:
    found = survey_for(request, code)
    if kind not in QuestionKind.values:
        raise Http404
    form = QuestionForm(request.POST or None, kind=kind, space=request.space, earlier=questions_of(found))
    return _question_page(
        request, found, form, QuestionKind(kind),
        lambda: actions.add_question(actor=request.actor, survey=found, kind=kind, **form.given()),
        "Question ajoutée.", "Ajouter une question",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write_surveys)
def survey_question_edit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    question = question_for(request, code, item)
    found = question.survey
    earlier = [one for one in questions_of(found) if one.position < question.position]
    form = QuestionForm(
        request.POST or None, kind=question.kind, space=request.space, earlier=earlier,
        initial=initial_of(question, earlier),
    )  # fmt: skip
    return _question_page(
        request, found, form, QuestionKind(question.kind),
        lambda: actions.change_question(actor=request.actor, question=question, **form.given()),
        "Question corrigée.", "Corriger la question",
    )  # fmt: skip


def _question_page(
    request: SpaceRequest, found: Survey, form: QuestionForm, kind: QuestionKind, act: Any, done: str, title: str
) -> HttpResponse:
    back = url(request, "survey", found.code)
    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, done)
        return redirect(back)
    context = {
        "form": form, "title": title, "lede": f"{kind.label}. {HINTS[kind]}", "back": back, "back_label": found.title,
        "submit": "Enregistrer",
    }  # fmt: skip
    return render(request, "contracts/form.html", context, status=422 if form.errors else 200)


@require_POST
@in_space(may_write_surveys)
def survey_question_move(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`up`: before the one above; without it, after the one below."""
    question = question_for(request, code, item)
    try:
        actions.move_question(actor=request.actor, question=question, up="up" in request.POST)
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
    return redirect(f"{url(request, 'survey', code)}#questions")


@require_POST
@in_space(may_write_surveys)
def survey_question_remove(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    question = question_for(request, code, item)
    try:
        actions.remove_question(actor=request.actor, question=question)
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Question retirée.")
    return redirect(f"{url(request, 'survey', code)}#questions")


@require_safe
@in_space(may_write_surveys)
def survey_preview(request: SpaceRequest, code: str) -> HttpResponse:
    """The form as residents will have it; nothing is sent."""
    found = survey_for(request, code)
    return page(request, "participation/preview.html", found, fields=fields_of(questions_of(found)))
