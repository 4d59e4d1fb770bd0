"""« Paroles données »: the list, one of them, writing, publishing, following; the number that can be kept at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Membership
from comptoir.accounts.rules import is_member, is_team
from comptoir.commitments import actions
from comptoir.commitments.capacity import excesses
from comptoir.commitments.elections import pre_election
from comptoir.commitments.enums import PromiseFate
from comptoir.commitments.forms_promises import BecomeForm, CapacityForm, FollowForm, PromiseForm
from comptoir.commitments.models import Commitment, Promise, PromiseCapacity
from comptoir.commitments.rules import (
    may_follow_promise,
    may_link,
    may_promise,
    may_publish_promise,
    may_set_capacity,
)
from comptoir.commitments.told import promises_seen_by
from comptoir.commitments.views.shared import contract_in_force, or_404
from comptoir.contracts.models import CityContract
from comptoir.contracts.views.shared import form_page
from comptoir.kit.dates import date_text

FORM = ["GET", "HEAD", "POST"]
MOST = 300


def _contract(request: SpaceRequest) -> CityContract:
    contract = contract_in_force(request)
    or_404(contract)
    assert contract is not None
    return contract


def _seen(request: SpaceRequest) -> Any:
    return promises_seen_by(request.actor).select_related("neighbourhood", "commitment__wording")


def promise_for(request: SpaceRequest, code: str) -> Promise:
    """A promise that this person may see; to others it does not exist."""
    found: Promise = get_object_or_404(_seen(request), code=code)
    return found


@require_safe
@in_space(is_member)
def promises(request: SpaceRequest) -> HttpResponse:
    """Those that this person may see, the open ones first."""
    contract = contract_in_force(request)
    found = list(_seen(request).filter(contract=contract).order_by("-made_on", "-pk")[:MOST]) if contract else []
    opened = [one for one in found if not one.followed]
    numbers = PromiseCapacity.objects.filter(contract=contract).select_related("neighbourhood")
    team = is_team(request.actor)
    told = [((n.neighbourhood.code, n.neighbourhood.name) if n.neighbourhood else ("", ""), n.most) for n in numbers]
    places = [one.neighbourhood.code if one.neighbourhood else "" for one in opened]
    context = {
        "contract": contract, "opened": opened, "followed": [one for one in found if one.followed],
        "numbers": [(name or "En tout", most) for (_, name), most in told] if team else [],
        "excesses": excesses([(code, name, most) for (code, name), most in told], places) if team else [],
        "may_promise": may_promise(request.actor), "may_set_capacity": may_set_capacity(request.actor),
        "election": pre_election(timezone.localdate()), "fates": PromiseFate,
    }  # fmt: skip
    return render(request, "commitments/promises.html", context)


def _withdraws(request: SpaceRequest, promise: Promise) -> bool:
    own = may_publish_promise(request.actor, promise)
    return own or (may_follow_promise(request.actor, promise) and promise.published_at is None)


@require_safe
@in_space(is_member)
def promise(request: SpaceRequest, code: str) -> HttpResponse:
    found = promise_for(request, code)
    publishes = may_publish_promise(request.actor, found)
    context = {
        "promise": found, "publishes": publishes and found.published_at is None,
        "follows": may_follow_promise(request.actor, found), "links": may_link(request.actor),
        "withdraws": _withdraws(request, found),
        "has_account": found.author_id is not None, "election": pre_election(timezone.localdate()),
    }  # fmt: skip
    return render(request, "commitments/promise.html", context)


@require_http_methods(FORM)
@in_space(may_promise)
def promise_new(request: SpaceRequest) -> HttpResponse:
    contract = _contract(request)
    team = is_team(request.actor)
    members = Membership.objects.current().filter(space=request.space).select_related("person", "organisation")
    own = get_object_or_404(members, person=request.actor.person_id)
    form = PromiseForm(request.POST or None, contract=contract, members=members if team else None, own=own)
    today = timezone.localdate()

    def act(data: dict[str, Any]) -> Promise:
        author = data.pop("author", own if not team else None)
        return actions.write_promise(actor=request.actor, contract=contract, author=author, on=today, **data)

    election = pre_election(today)
    lede = "Privée tant que son auteur ne l'a pas publiée : lui et l'équipe la voient, personne d'autre."
    if election and team:
        until = date_text(election.ends_on, "j F Y")
        lede += f" Jusqu'au {until} ({election.name}), celle d'une personne élue n'est écrite que par elle."
    return form_page(
        request, form, act=act, done="Parole notée. Elle reste privée.",
        back=reverse("promises", args=(request.space.slug,)), back_label="Paroles données",
        title="Noter une parole donnée", lede=lede, goes_to=lambda made: _url(request, made),
    )  # fmt: skip


def _url(request: SpaceRequest, promise: Promise) -> str:
    return reverse("promise", args=(request.space.slug, promise.code))


@require_POST
@in_space(is_member)
def promise_publish(request: SpaceRequest, code: str) -> HttpResponse:
    found = promise_for(request, code)
    or_404(may_publish_promise(request.actor, found))
    actions.publish_promise(actor=request.actor, promise=found)
    messages.success(request, "Publiée : tous les membres de l'espace la voient.")
    return redirect(_url(request, found))


@require_POST
@in_space(is_member)
def promise_withdraw(request: SpaceRequest, code: str) -> HttpResponse:
    found = promise_for(request, code)
    or_404(_withdraws(request, found))
    actions.withdraw_promise(actor=request.actor, promise=found)
    messages.success(request, "Parole donnée retirée.")
    return redirect("promises", request.space.slug)


@require_http_methods(FORM)
@in_space(is_member)
def promise_follow(request: SpaceRequest, code: str) -> HttpResponse:
    found = promise_for(request, code)
    or_404(may_follow_promise(request.actor, found))
    form = FollowForm(request.POST or None, initial={"fate": found.fate, "explanation": found.explanation})
    today = timezone.localdate()
    return form_page(
        request, form, act=lambda data: actions.follow_promise(actor=request.actor, promise=found, on=today, **data),
        done="Enregistré.", back=_url(request, found), back_label="La parole donnée",
        title="Dire ce qu'elle est devenue", lede=found.text,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_link)
def promise_become(request: SpaceRequest, code: str) -> HttpResponse:
    found = promise_for(request, code)
    rows = Commitment.objects.shown().filter(contract=found.contract_id, wording__isnull=False)
    form = BecomeForm(request.POST or None, commitments=rows.with_words().in_table_order())

    def act(data: dict[str, Any]) -> Promise:
        return actions.become_commitment(actor=request.actor, promise=found, commitment=data["commitment"])

    return form_page(
        request, form, act=act, done="Devenue un engagement : on la suit dans le tableau.", back=_url(request, found),
        back_label="La parole donnée", title="Devenue un engagement", lede=found.text,
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_set_capacity)
def promise_capacity(request: SpaceRequest) -> HttpResponse:
    contract = _contract(request)
    numbers = PromiseCapacity.objects.filter(contract=contract).select_related("neighbourhood")
    form = CapacityForm(request.POST or None, contract=contract, numbers=numbers)

    def act(data: dict[str, Any]) -> bool:
        for neighbourhood, name in form.places:
            before = form.fields[name].initial
            if data[name] != before:
                actions.set_capacity(
                    actor=request.actor, contract=contract, neighbourhood=neighbourhood, most=data[name]
                )
        return True

    return form_page(
        request, form, act=act, done="Enregistré.", back=reverse("promises", args=(request.space.slug,)),
        back_label="Paroles données", title="Combien de paroles peut-on tenir ?",
        lede="Au-delà de ce nombre de paroles ouvertes, l'équipe est prévenue au tableau de bord. Vide : pas d'alerte.",
    )  # fmt: skip
