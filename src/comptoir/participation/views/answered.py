"""The page that residents answer, without account: a survey that is open, or one sentence.

It sets no cookie but the token of its form, and keeps nothing of the request: neither address nor hour.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.kit import languages
from comptoir.kit.colour import accent_css
from comptoir.kit.errors import Gone, Invalid, TooMany
from comptoir.participation import actions
from comptoir.participation.enums import SurveyState
from comptoir.participation.models import Survey
from comptoir.participation.sent import (
    CHANNEL,
    QUESTIONS,
    boxes,
    channel_of,
    digest_of,
    fields_of,
    sending_of,
    typed,
    words,
)
from comptoir.participation.views.shared import FORM, questions_of
from comptoir.spaces import limits
from comptoir.spaces.models import Space

P = ParamSpec("P")
# A community centre has one address for all: a whole hall may answer within the hour.
BY_PLACE = limits.Limit("survey place", 240, timedelta(hours=1))
BY_SURVEY = limits.Limit("survey", 3_000, timedelta(hours=1))


def changed() -> str:
    return _("Les questions ont changé depuis que vous avez ouvert cette page. Relisez vos réponses, puis envoyez.")


def too_many() -> str:
    return _("Beaucoup de réponses sont arrivées en peu de temps. Rien n'est perdu : attendez un peu, puis envoyez.")


def address_of(survey: Survey) -> str:
    """The whole address, as it stands on paper."""
    return f"{settings.COMPTOIR_URL.rstrip('/')}{reverse('survey_answer', args=(survey.space.slug, survey.code))}"


def in_survey(
    view: Callable[Concatenate[HttpRequest, Survey, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open a view to everybody when this survey was opened; 404 otherwise, as if nothing were there."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, slug: str, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        rows = Survey.objects.select_related("space").filter(withdrawn_at=None, opened_on__isnull=False)
        found = rows.filter(space__slug=slug, space__closed_at=None, code=code).first()
        if found is None:
            raise Http404
        language = languages.asked(request)
        with timezone.override(found.space.time_zone), translation.override(language):
            response = view(request, found, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return opened


def frame_of(request: HttpRequest, survey: Survey) -> dict[str, Any]:
    """The frame is the same for everybody, signed in or not. What the team wrote stays in its own language, French."""
    language = languages.asked(request)
    space = survey.space
    look = reverse("survey_look", args=(space.slug, space.colour.lstrip("#")))
    return {
        "survey": survey, "space": {"name": space.name, "slug": space.slug, "look_url": look}, "person": None,
        "actor": None, "nav": [], "account_links": [], "messages": [], "language": language,
        "languages": languages.links(request), "carried": languages.suffix(request),
        "translated": language != languages.USUAL,
    }  # fmt: skip


@require_http_methods(FORM)
@in_survey
def survey_answer(request: HttpRequest, survey: Survey) -> HttpResponse:
    """One page. The script of the page asks for JSON; without it the form goes the plain way."""
    questions = questions_of(survey)
    if request.method != "POST":
        if survey.state(timezone.localdate()) != SurveyState.OPEN:
            return render(request, "participation/over.html", frame_of(request, survey), status=410)
        return _form(request, survey, fields_of(questions), sending=str(uuid4()), channel=request.GET.get(CHANNEL, ""))
    data = typed(request.POST)
    fields, sending, channel = fields_of(questions, data), sending_of(request.POST), channel_of(request.POST)
    back = {"sending": str(sending), "channel": channel}
    try:
        limits.spend(BY_PLACE, limits.address(request))
        limits.spend(BY_SURVEY, str(survey.pk))
    except TooMany:
        return _form(request, survey, fields, refusal=too_many(), status=429, **back)
    if request.POST.get(QUESTIONS) != digest_of(questions):
        return _form(request, survey, fields, refusal=changed(), status=409, **back)
    try:
        actions.answer(
            survey=survey, sending=sending, channel=channel, on=timezone.localdate(),
            boxes=boxes(questions, data), words=words(questions, data),
        )  # fmt: skip
    except Invalid as error:
        for one in fields:
            if one.question.code == error.field:
                one.error = str(error)
        return _form(request, survey, fields, refusal=str(error), status=422, **back)
    except Gone:
        context = frame_of(request, survey) | {"typed": [one.text for one in fields if one.text]}
        return render(request, "participation/over.html", context, status=410)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"received": True})
    thanks = reverse("survey_thanks", args=(survey.space.slug, survey.code))
    return redirect(thanks + languages.suffix(request))


def _form(
    request: HttpRequest, survey: Survey, fields: Any, *, sending: str, channel: str, refusal: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = frame_of(request, survey) | {
        "fields": fields, "sending": sending, "channel": channel, "refusal": refusal,
        "digest": digest_of([one.question for one in fields]), "count": len(fields),
    }  # fmt: skip
    return render(request, "participation/answer.html", context, status=status)


@require_safe
@in_survey
def survey_thanks(request: HttpRequest, survey: Survey) -> HttpResponse:
    return render(request, "participation/thanks.html", frame_of(request, survey))


@require_safe
@login_not_required
def survey_look(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """The colours of a space that has opened a survey; the address carries them."""
    rows = Space.objects.filter(slug=slug, closed_at=None)
    space = rows.filter(pk__in=Survey.objects.filter(opened_on__isnull=False).values("space")).first()
    if space is None:
        raise Http404
    response = HttpResponse(accent_css(space.colour), content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, max_age=300)
    return response
