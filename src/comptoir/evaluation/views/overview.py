"""The evaluations of a space, and one of them at a glance."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.models import CityContract
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.enums import QuestionStatus
from comptoir.evaluation.forms import OpenForm
from comptoir.evaluation.models import Evaluation
from comptoir.evaluation.reading import board_of
from comptoir.evaluation.rules import may_lead, may_propose, may_read_reviews, may_write
from comptoir.evaluation.slots import report_documents
from comptoir.evaluation.state import backwards
from comptoir.evaluation.views.shared import FORM, evaluation_for, page


@require_safe
@in_space(is_member)
def evaluations(request: SpaceRequest) -> HttpResponse:
    found = Evaluation.objects.filter(space=request.space).select_related("contract").order_by("-ends_on", "-pk")
    has_contract = CityContract.objects.of(request.space).exists()
    context: dict[str, Any] = {"evaluations": found, "may_lead": may_lead(request.actor), "has_contract": has_contract}
    context["may_read_reviews"] = may_read_reviews(request.actor)
    return render(request, "evaluation/evaluations.html", context)


@require_http_methods(FORM)
@in_space(may_lead)
def evaluation_new(request: SpaceRequest) -> HttpResponse:
    contracts = CityContract.objects.of(request.space)
    if not contracts.exists():
        raise Http404  # the list says to write the contract first
    form = OpenForm(request.POST or None, contracts=contracts, initial={"contract": contracts.first()})

    def act(data: dict[str, Any]) -> Evaluation:
        return actions.open_evaluation(
            actor=request.actor, contract=data["contract"], name=data["name"], ends_on=data["ends_on"], kit=data["kit"]
        )

    return form_page(
        request, form, act=act, done="Évaluation ouverte. Le cadrage vient d'abord.", back=url(request, "evaluations"),
        back_label="Évaluation", title="Ouvrir une évaluation", submit="Ouvrir",
        goes_to=lambda made: url(request, "framing", made.code),
    )  # fmt: skip


@require_safe
@in_space(is_member)
def evaluation(request: SpaceRequest, code: str) -> HttpResponse:
    """What is evaluated, how far it is, what is judged, what is recommended."""
    found = evaluation_for(request, code)
    today = timezone.localdate()
    board = board_of(request.actor, found, today)
    shown = found.recommendations.filter(withdrawn_at=None)
    recommendations = shown.select_related(
        "signatory__organisation", "commitment__wording", "question"
    ).order_by("made_on", "pk")  # fmt: skip
    version = found.versions.select_related("meeting__body").first()
    return page(
        request, "evaluation/evaluation.html", found, "evaluation",
        kept=board.kept, proposed=sum(row.question.status == QuestionStatus.PROPOSED for row in board.rows),
        steps=backwards(found.ends_on, today, signed=version is not None, chosen=bool(board.kept)), budget=board.budget,
        recommendations=recommendations, version=version, today=today,
        documents=report_documents.pieces(request.actor, [found])[found.pk],
        may_lead=may_lead(request.actor), may_write=may_write(request.actor), may_propose=may_propose(request.actor),
    )  # fmt: skip
