"""Writing down what residents say has changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.contracts.models import ContractNeighbourhood
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.evidence_forms import PerceivedForm
from comptoir.evaluation.models import EvaluativeQuestion
from comptoir.evaluation.rules import may_tell_perceived
from comptoir.evaluation.views.shared import FORM, question_for
from comptoir.territories.models import PriorityNeighbourhood


def _back(request: SpaceRequest, found: EvaluativeQuestion) -> str:
    return url(request, "question", found.evaluation.code, found.code)


@require_http_methods(FORM)
@in_space(may_tell_perceived)
def perceived_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    perimeter = ContractNeighbourhood.objects.filter(contract=found.evaluation.contract_id).values("code")
    places = PriorityNeighbourhood.objects.filter(code__in=perimeter).order_by("search", "code")
    today = timezone.localdate()
    form = PerceivedForm(
        request.POST or None, places=list(places.values_list("code", "name")),
        initial={"since": today.year - 2, "gathered_on": today},
    )  # fmt: skip
    return form_page(
        request, form, act=lambda data: actions.tell_perceived(actor=request.actor, question=found, **data),
        done="Noté, à côté du chiffre.", back=_back(request, found), back_label="La question",
        title="Ce que ressentent les habitants", lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_tell_perceived)
def perceived_withdraw(request: SpaceRequest, code: str, item: str, told: str) -> HttpResponse:
    found = question_for(request, code, item)
    one = get_object_or_404(found.perceived.filter(withdrawn_at=None), code=told)
    one.question = found
    actions.withdraw_perceived(actor=request.actor, perceived=one)
    messages.success(request, "Retiré.")
    return redirect(_back(request, found))
