"""The thank-you wall, its poster, and the lines that the team writes on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member, is_team
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.forms_restitution import ThanksForm
from comptoir.evaluation.models import Thanks
from comptoir.evaluation.views.shared import FORM, evaluation_for, page
from comptoir.evaluation.wall import wall_of


@require_safe
@in_space(is_member)
def thanks(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    return page(
        request, "evaluation/thanks.html", found, "restitutions", wall=wall_of(found), may_thank=is_team(request.actor)
    )


@require_safe
@in_space(is_member)
def thanks_poster(request: SpaceRequest, code: str) -> HttpResponse:
    """The same, to print and hang."""
    found = evaluation_for(request, code)
    return page(request, "evaluation/thanks_poster.html", found, "restitutions", wall=wall_of(found))


@require_http_methods(FORM)
@in_space(is_team)
def thanks_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)

    def act(data: dict[str, Any]) -> Thanks:
        return actions.thank(actor=request.actor, evaluation=found, on=timezone.localdate(), **data)

    return form_page(
        request, ThanksForm(request.POST or None), act=act, done="Merci ajouté au mur.",
        back=url(request, "thanks", code), back_label="Merci", title="Remercier", submit="Remercier",
        lede="Un groupe, compté sans noms ; ou une personne, si elle a dit oui pour que son nom soit affiché.",
    )  # fmt: skip


@require_POST
@in_space(is_team)
def thanks_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = evaluation_for(request, code)
    line = get_object_or_404(Thanks, evaluation=found, code=item)
    line.evaluation = found
    actions.withdraw_thanks(actor=request.actor, thanks=line)
    messages.success(request, "Retiré du mur.")
    return redirect(url(request, "thanks", code))
