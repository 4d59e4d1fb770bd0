"""A survey that runs: opened, printed, typed from papers, its counts stopped."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.contracts.views.shared import form_page, url
from comptoir.disclosure.models import threshold_of
from comptoir.kit.errors import Invalid
from comptoir.kit.qr import qr
from comptoir.participation import actions
from comptoir.participation.enums import Channel, SurveyState
from comptoir.participation.forms import OpenForm, until_of
from comptoir.participation.models import Survey
from comptoir.participation.rules import may_open_surveys, may_write_surveys
from comptoir.participation.sent import boxes, fields_of, sending_of, typed, words
from comptoir.participation.views.answered import address_of
from comptoir.participation.views.shared import FORM, page, questions_of, survey_for

ANSWERS = 4
"""A question has three or four of them: with fewer replies than the threshold for each, nearly nothing is read."""


@require_http_methods(FORM)
@in_space(may_open_surveys)
def survey_open(request: SpaceRequest, code: str) -> HttpResponse:
    found = survey_for(request, code)
    opened = found.opened_on is not None
    form = OpenForm(request.POST or None, initial=until_of(found))

    def act(data: dict[str, Any]) -> Survey:
        return actions.open_survey(actor=request.actor, survey=found, on=timezone.localdate(), **data)

    return form_page(
        request, form, act=act, done="Le dernier jour est changé." if opened else "L'enquête est ouverte.",
        back=url(request, "survey", found.code), back_label=found.title,
        title="Changer le dernier jour" if opened else "Ouvrir l'enquête",
        submit="Enregistrer" if opened else "Ouvrir aux habitants",
        lede="" if opened else "Dès la première réponse, les questions ne changent plus : celles d'avant et celles "
        "d'après ne voudraient pas dire la même chose.",
    )  # fmt: skip


@require_POST
@in_space(may_open_surveys)
def survey_take_back(request: SpaceRequest, code: str) -> HttpResponse:
    actions.take_back(actor=request.actor, survey=survey_for(request, code))
    messages.success(request, "L'enquête est de nouveau en préparation. Son adresse n'ouvre plus rien.")
    return redirect(url(request, "survey", code))


@require_http_methods(FORM)
@in_space(may_open_surveys)
def survey_stop(request: SpaceRequest, code: str) -> HttpResponse:
    """A page that says what stopping does, then the work."""
    found = survey_for(request, code)
    if request.method == "POST":
        job = actions.stop_counts(
            actor=request.actor, survey=found, on=timezone.localdate(), back_url=url(request, "survey_results", code)
        )
        return redirect("job", request.space.slug, job.code)
    threshold = threshold_of(request.space)
    return page(
        request, "participation/stop.html", found, came=found.came, threshold=threshold, enough=ANSWERS * threshold
    )  # fmt: skip


@require_safe
@in_space(may_write_surveys)
def survey_poster(request: SpaceRequest, code: str) -> HttpResponse:
    found = survey_for(request, code)
    address = address_of(found)
    return page(
        request, "participation/poster.html", found, address=address, qr=qr(f"{address}?par={Channel.QR}"),
        count=found.questions.count(),
    )  # fmt: skip


@require_safe
@in_space(may_write_surveys)
def survey_paper(request: SpaceRequest, code: str) -> HttpResponse:
    """The questionnaire on paper: the same questions, what is skipped said in words."""
    found = survey_for(request, code)
    address = address_of(found)
    return page(
        request, "participation/paper.html", found, fields=fields_of(questions_of(found)), address=address,
        qr=qr(f"{address}?par={Channel.QR}"),
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write_surveys)
def survey_type(request: SpaceRequest, code: str) -> HttpResponse:
    """Papers typed one after the other: sent, the same page comes back empty."""
    found = survey_for(request, code)
    questions = questions_of(found)
    data = typed(request.POST) if request.method == "POST" else None
    sending = sending_of(request.POST) if data is not None else uuid4()
    fields, refusal, status = fields_of(questions, data), "", 200
    if data is not None:
        try:
            made = actions.type_paper(
                actor=request.actor, survey=found, sending=sending, on=timezone.localdate(),
                boxes=boxes(questions, data), words=words(questions, data),
            )  # fmt: skip
        except Invalid as error:
            refusal, status = str(error), 422
            for one in fields:
                if one.question.code == error.field:
                    one.error = str(error)
        else:
            messages.success(request, "Papier enregistré. Au suivant." if made else "Ce papier était déjà enregistré.")
            return redirect(url(request, "survey_type", code))
    papers = found.responses.filter(channel=Channel.PAPER).count()
    closed = found.state(timezone.localdate()) not in {SurveyState.OPEN, SurveyState.OVER}
    return page(
        request, "participation/type.html", found, status=status, fields=fields, refusal=refusal, sending=sending,
        papers=papers, closed=closed,
    )  # fmt: skip
