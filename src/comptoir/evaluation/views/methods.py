"""The methods library: the list, a page to print for each, a method chosen for a question."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_member
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.enums import Nature
from comptoir.evaluation.forms import MethodForm
from comptoir.evaluation.methods import Effort, Opening, chosen, methods
from comptoir.evaluation.rules import may_read_reviews, may_write
from comptoir.evaluation.views.shared import FORM, question_for
from comptoir.participation.rules import may_write_surveys
from comptoir.workshops.rules import may_import

OPENED_BY: dict[str, Callable[[Actor], bool]] = {
    "survey_new": may_write_surveys,
    "workshop_new": may_import,
    "observatory": is_member,
    "evaluations": is_member,
    "action_reviews": may_read_reviews,
}
"""Where a method may lead, and who may open it."""
TEMPLATE = "template:"


@require_safe
@in_space(is_member)
def method_list(request: SpaceRequest) -> HttpResponse:
    effort, gives = request.GET.get("effort", ""), request.GET.get("donne", "")
    context = {
        "found": chosen(methods().values(), effort=effort, gives=gives), "all": len(methods()), "effort": effort,
        "gives": gives, "efforts": Effort.choices, "natures": Nature.choices,
    }  # fmt: skip
    return render(request, "evaluation/methods.html", context)


def links_of(request: SpaceRequest, opens: tuple[Opening, ...]) -> list[tuple[str, str]]:
    """What the reader may open, as (address, label)."""
    found = []
    for one in opens:
        template = one.target.removeprefix(TEMPLATE) if one.target.startswith(TEMPLATE) else ""
        name = "workshop_new" if template else one.target
        if OPENED_BY[name](request.actor):
            found.append((url(request, name) + (f"?modele={template}" if template else ""), one.label))
    return found


@require_safe
@in_space(is_member)
def method_page(request: SpaceRequest, key: str) -> HttpResponse:
    found = methods().get(key)
    if found is None:
        raise Http404
    context = {"method": found, "links": links_of(request, found.opens)}
    return render(request, "evaluation/method.html", context)


@require_http_methods(FORM)
@in_space(may_write)
def method_choose(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = question_for(request, code, item)
    form = MethodForm(request.POST or None, initial={"method": request.GET.get("methode", "")})

    def act(data: dict[str, Any]) -> object:
        return actions.choose_method(actor=request.actor, question=found, on=timezone.localdate(), **data)

    return form_page(
        request, form, act=act, done="Méthode choisie. Son effort s'ajoute aux moyens du cadrage.",
        back=url(request, "question", code, item), back_label="La question", title="Choisir une méthode",
        submit="Choisir", lede=found.text,
    )  # fmt: skip


@require_POST
@in_space(may_write)
def method_withdraw(request: SpaceRequest, code: str, item: str, chosen_code: str) -> HttpResponse:
    question = question_for(request, code, item)
    found = get_object_or_404(question.methods.shown(), code=chosen_code)
    found.question = question
    actions.withdraw_method(actor=request.actor, chosen=found)
    messages.success(request, "Méthode retirée.")
    return redirect(url(request, "question", code, item))
