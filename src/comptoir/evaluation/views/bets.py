"""Bets on results: opened, placed, counted in a room, closed; only then is the figure on the page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.rules import is_member
from comptoir.contracts.models import ContractNeighbourhood
from comptoir.contracts.views.shared import form_page, url
from comptoir.evaluation import actions
from comptoir.evaluation.bet_forms import BetForm, HandsForm
from comptoir.evaluation.bets import answers_of, revealed
from comptoir.evaluation.models import Bet, BetRound
from comptoir.evaluation.rules import may_count_hands, may_vote
from comptoir.evaluation.views.shared import FORM, evaluation_for, page
from comptoir.kit.errors import Invalid
from comptoir.territories.models import PriorityNeighbourhood


def round_for(request: SpaceRequest, code: str, item: str) -> BetRound:
    """A bet and its evaluation, in one query."""
    shown = BetRound.objects.shown().select_related("evaluation__contract")
    found = get_object_or_404(shown, space=request.space, evaluation__code=code, code=item)
    found.evaluation.space = request.space
    return found


@require_safe
@in_space(is_member)
def bet_list(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    rounds = BetRound.objects.shown().filter(evaluation=found).order_by("-opened_on", "-pk")
    return page(
        request, "evaluation/bets.html", found, "evaluation", rounds=rounds, may_run=may_count_hands(request.actor)
    )


@require_http_methods(FORM)
@in_space(may_count_hands)
def bet_new(request: SpaceRequest, code: str) -> HttpResponse:
    found = evaluation_for(request, code)
    perimeter = ContractNeighbourhood.objects.filter(contract=found.contract_id).values("code")
    places = PriorityNeighbourhood.objects.filter(code__in=perimeter).order_by("search", "code")
    form = BetForm(request.POST or None, actor=request.actor, places=list(places.values_list("code", "name")))

    def act(data: dict[str, Any]) -> BetRound:
        return actions.open_bets(actor=request.actor, evaluation=found, on=timezone.localdate(), **data)

    return form_page(
        request, form, act=act, done="Le pari est ouvert. « Clore et montrer le chiffre », plus tard, finit les paris.",
        back=url(request, "bets", code), back_label="Paris", title="Ouvrir un pari", submit="Ouvrir",
        goes_to=lambda made: url(request, "bet", code, made.code),
    )  # fmt: skip


@require_safe
@in_space(is_member)
def bet_round(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """Open: the answers, one's own bet. Closed: the bets beside the figure. Nothing of the figure is read before."""
    found = round_for(request, code, item)
    actor = request.actor
    context: dict[str, Any] = {"may_run": may_count_hands(actor), "may_bet": may_vote(actor), "round": found}
    if found.closed_on is None:
        mine = Bet.objects.filter(round=found, person=actor.person_id).values_list("bracket", flat=True).first()
        context |= {"answers": list(enumerate(answers_of(found.bounds, found.unit))), "mine": mine}
    else:
        context["revealed"] = revealed(actor, found)
    return page(request, "evaluation/bet.html", found.evaluation, "evaluation", **context)


@require_POST
@in_space(may_vote)
def bet_place(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = round_for(request, code, item)
    said = request.POST.get("bracket", "")
    if not said.isdecimal():
        raise Invalid("Choisissez une des réponses.", field="bracket")
    actions.bet(actor=request.actor, round=found, bracket=int(said))
    messages.success(request, "Votre pari est pris. Vous pouvez en changer tant que le chiffre est caché.")
    return redirect(url(request, "bet", code, item))


@require_http_methods(FORM)
@in_space(may_count_hands)
def bet_hands(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    found = round_for(request, code, item)
    form = HandsForm(request.POST or None, answers=answers_of(found.bounds, found.unit))

    def act(data: dict[str, Any]) -> None:
        actions.count_bets(actor=request.actor, round=found, college=data["college"], hands=form.hands)

    return form_page(
        request, form, act=act, done="Mains levées comptées.", back=url(request, "bet", code, item),
        back_label="Le pari", title="Compter les mains levées", submit="Compter",
        lede="Un collège à la fois. Compter de nouveau un collège remplace son compte.",
    )  # fmt: skip


@require_POST
@in_space(may_count_hands)
def bet_close(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    actions.close_bets(actor=request.actor, round=round_for(request, code, item), on=timezone.localdate())
    messages.success(request, "Les paris sont clos : voici le chiffre.")
    return redirect(url(request, "bet", code, item))


@require_POST
@in_space(may_count_hands)
def bet_withdraw(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    actions.withdraw_bets(actor=request.actor, round=round_for(request, code, item))
    messages.success(request, "Pari retiré.")
    return redirect(url(request, "bets", code))
