"""Naming a referent, a substitute, passing on, ending a term."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import (
    add_contact,
    add_substitute,
    assign_referent,
    end_substitute,
    end_term,
    hand_over,
)
from comptoir.contracts.forms import EndForm, HandoverForm, ReferentForm, SubstituteForm
from comptoir.contracts.models import Contact, Referent, Signatory, Substitute
from comptoir.contracts.rules import may_edit_cards
from comptoir.contracts.slots import handover_pieces
from comptoir.contracts.views.shared import contract_for, editable_signatory, form_page, today, url

FORM = ["GET", "HEAD", "POST"]


def with_person(
    actor: Actor, signatory: Signatory, act: Callable[[Contact, dict[str, Any]], Any]
) -> Callable[[dict[str, Any]], Any]:
    """The person chosen, or put on the card in the same transaction, then the action."""

    def both(data: dict[str, Any]) -> Any:
        with transaction.atomic():
            rest = dict(data)
            details = {name: rest.pop(name, "") for name in ("name", "position", "email", "phone")}
            contact = rest.pop("contact") or add_contact(actor=actor, signatory=signatory, **details)
            return act(contact, rest)

    return both


def term_for(signatory: Signatory, code: str) -> Referent:
    """An open term, or one that is to come."""
    terms = signatory.referents.select_related("contact", "unit__unit")
    term = get_object_or_404(terms, code=code)
    term.signatory = signatory
    return term


@require_http_methods(FORM)
@in_space(may_edit_cards)
def referent_new(request: SpaceRequest, code: str, item: str) -> HttpResponse:
    """`?unit=` chooses the service that the referent is for."""
    shown = editable_signatory(request, contract_for(request, code), item)
    units = shown.units.filter(withdrawn_at=None, code=request.GET.get("unit", ""))
    form = ReferentForm(request.POST or None, signatory=shown, initial={"starts_on": today(), "unit": units.first()})
    return form_page(
        request, form,
        act=with_person(
            request.actor, shown,
            lambda contact, rest: assign_referent(actor=request.actor, signatory=shown, contact=contact, **rest),
        ),
        done="Le référent est désigné.", back=url(request, "signatory", code, item), back_label=str(shown),
        title="Désigner un référent", submit="Désigner",
        lede="La personne que l'on appelle, et qui répond pour cet organisme.",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_cards)
def substitute_new(request: SpaceRequest, code: str, item: str, term: str) -> HttpResponse:
    shown = editable_signatory(request, contract_for(request, code), item)
    held = term_for(shown, term)
    form = SubstituteForm(
        request.POST or None, signatory=shown, but=held.contact, initial={"starts_on": max(today(), held.starts_on)}
    )
    return form_page(
        request, form,
        act=with_person(
            request.actor, shown,
            lambda contact, rest: add_substitute(actor=request.actor, term=held, contact=contact, **rest),
        ),
        done="La suppléance est notée.", back=url(request, "signatory", code, item), back_label=str(shown),
        title=f"Qui supplée {held.contact.name} ?", submit="Désigner",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_cards)
def substitute_end(request: SpaceRequest, code: str, item: str, term: str, substitute: str) -> HttpResponse:
    shown = editable_signatory(request, contract_for(request, code), item)
    held = term_for(shown, term)
    rows = Substitute.objects.select_related("contact").filter(referent=held, contact__code=substitute, ends_on=None)
    row = get_object_or_404(rows)
    row.referent = held
    return form_page(
        request, EndForm(request.POST or None, initial={"ends_on": today()}),
        act=lambda data: end_substitute(actor=request.actor, substitute=row, **data),
        done="La suppléance est terminée.", back=url(request, "signatory", code, item), back_label=str(shown),
        title=f"Fin de la suppléance de {row.contact.name}", submit="Terminer",
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_cards)
def referent_hand_over(request: SpaceRequest, code: str, item: str, term: str) -> HttpResponse:
    shown = editable_signatory(request, contract_for(request, code), item)
    held = term_for(shown, term)
    form = HandoverForm(request.POST or None, signatory=shown, but=held.contact, initial={"starts_on": today()})
    return form_page(
        request, form,
        act=with_person(
            request.actor, shown,
            lambda contact, rest: hand_over(actor=request.actor, term=held, contact=contact, **rest),
        ),
        done="La main est passée : l'ancien mandat s'arrête la veille.", back=url(request, "signatory", code, item),
        back_label=str(shown), title=f"Passer la main de {held.contact.name}", submit="Passer la main",
        lede="Un mandat se termine, un autre commence, et rien ne se perd entre les deux.",
        pieces=handover_pieces.pieces(request.actor, [held])[held.pk],
    )  # fmt: skip


@require_http_methods(FORM)
@in_space(may_edit_cards)
def referent_end(request: SpaceRequest, code: str, item: str, term: str) -> HttpResponse:
    shown = editable_signatory(request, contract_for(request, code), item)
    held = term_for(shown, term)
    return form_page(
        request, EndForm(request.POST or None, initial={"ends_on": today()}),
        act=lambda data: end_term(actor=request.actor, term=held, **data),
        done="Le mandat est terminé.", back=url(request, "signatory", code, item), back_label=str(shown),
        title=f"Fin du mandat de {held.contact.name}", submit="Terminer le mandat",
        lede="Sans successeur connu. S'il y en a un, passez plutôt la main : rien ne se perdra.",
    )  # fmt: skip
