"""Bringing evidence, judging, recommending."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.commitments.models import Commitment
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.enums import FindingKind
from comptoir.evaluation.forms import FindingForm, JudgementForm, RecommendationForm
from comptoir.evaluation.models import EvaluativeQuestion, Finding, Judgement, Recommendation
from comptoir.evaluation.rules import may_judge_some, may_lead, may_write
from comptoir.evaluation.views.shared import FORM, colleges_of, evaluation_for, question_for
from comptoir.participation.reading import tallied
from comptoir.spaces import files
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisLine

OFFERED = 200


def _back(request: SpaceRequest, found: EvaluativeQuestion) -> str:
    return url(request, "question", found.evaluation.code, found.code)


@require_http_methods(FORM)
@in_space(may_write)
def finding_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`?nature=` says what is brought, where the page that leads here knows it."""
    found = question_for(request, code, item)
    lines = SynthesisLine.objects.filter(
        version__workshop__space=request.space, version__state=VersionState.PUBLISHED
    ).order_by("-version__published_at", "-occurrences", "pk")  # fmt: skip
    best = list(lines.values_list("pk", flat=True)[:OFFERED])
    form = FindingForm(
        request.POST or None, request.FILES or None, initial={"kind": request.GET.get("nature", "")},
        sources=found.sources.filter(withdrawn_at=None),
        lines=SynthesisLine.objects.filter(pk__in=best).select_related("statement__verbatim", "rewording"),
        commitments=Commitment.objects.shown().filter(contract=found.evaluation.contract).with_words(),
        asked=tallied().filter(space=request.space),
    )  # fmt: skip

    def act(data: dict[str, Any]) -> Finding:
        sent, file = data.pop("file", None), None
        if sent and data["kind"] == FindingKind.DOCUMENT:
            file = files.keep_upload(space=request.space, content=sent.read(), name=sent.name)
        return actions.bring(actor=request.actor, question=found, on=timezone.localdate(), file=file, **data)

    return form_page(
        request, form, act=act, done="Versé à la question.", back=_back(request, found), back_label="La question",
        title="Verser une pièce", submit="Verser", lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_write)
def finding_withdraw(request: SpaceRequest, code: str, item: str, piece: str) -> HttpResponse:
    found = question_for(request, code, item)
    finding = get_object_or_404(found.findings.filter(withdrawn_at=None), code=piece)
    finding.question = found
    actions.take_off(actor=request.actor, finding=finding)
    messages.success(request, "Pièce retirée : elle reste dans l'historique.")
    return redirect(_back(request, found))


@require_http_methods(FORM)
@in_space(may_judge_some)
def judgement_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    form = JudgementForm(
        request.POST or None, colleges=colleges_of(request.actor), initial={"given_by": request.actor.organisation}
    )  # fmt: skip

    def act(data: dict[str, Any]) -> Judgement:
        return actions.judge(actor=request.actor, question=found, on=timezone.localdate(), **data)

    return form_page(
        request, form, act=act, done="Jugement enregistré, à côté de ceux des autres.", back=_back(request, found),
        back_label="La question", title="Juger", submit="Juger", lede=found.text,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_write)
def recommendation_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    form = RecommendationForm(request.POST or None, evaluation=found)
    return form_page(
        request, form, act=lambda data: actions.recommend(
            actor=request.actor, evaluation=found, on=timezone.localdate(), **data
        ),
        done="Recommandation écrite.", back=url(request, "evaluation", found.code), back_label="L'évaluation",
        title="Recommander",
    )  # fmt: skip


def _recommendation(request: SpaceRequest, code: str, item: str) -> Recommendation:
    evaluation = evaluation_for(request, code)
    found = get_object_or_404(evaluation.recommendations.filter(withdrawn_at=None), code=item)
    found.evaluation = evaluation
    return found


@require_POST
@in_space(may_write)
def recommendation_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    actions.withdraw_recommendation(actor=request.actor, recommendation=_recommendation(request, code, item))
    messages.success(request, "Recommandation retirée.")
    return redirect(url(request, "evaluation", code))


@require_POST
@in_space(may_lead)
def recommendation_commit(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    made = actions.become_commitment(actor=request.actor, recommendation=_recommendation(request, code, item))
    messages.success(request, "La recommandation est devenue un engagement : elle se suit ici.")
    return redirect(url(request, "commitment", made.code))
