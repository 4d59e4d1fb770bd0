"""How the views of the contract find their objects, and what they all do with a form."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.http import SpaceRequest
from comptoir.contracts.models import CityContract, Contact, GoverningBody, Meeting, Objective, Signatory
from comptoir.contracts.rules import may_edit_card
from comptoir.kit.errors import Conflict, Invalid, Refused

TABS = (
    ("Le contrat", "contract"),
    ("Signataires", "signatories"),
    ("Qui fait quoi", "who_does_what"),
    ("Compétences", "competences"),
    ("Objectifs", "objectives"),
    ("Instances", "bodies"),
)


def today() -> date:
    """The day it is in the space: a view runs in its time zone."""
    return timezone.localdate()


def contracts_of(request: SpaceRequest) -> list[CityContract]:
    return list(CityContract.objects.of(request.space))


def contract_for(request: SpaceRequest, code: str) -> CityContract:
    found = get_object_or_404(CityContract, space=request.space, code=code)
    found.space = request.space
    return found


def signatory_for(request: SpaceRequest, contract: CityContract, code: str) -> Signatory:
    found = contract.signatories.shown().select_related("organisation")
    signatory = get_object_or_404(found, code=code)
    signatory.contract = contract
    return signatory


def card_for(request: SpaceRequest, code: str, item: str) -> tuple[CityContract, Signatory]:
    """The contract and one of its signatories, in one query."""
    found = Signatory.objects.shown().select_related("contract", "organisation").filter(space=request.space)
    signatory = get_object_or_404(found, contract__code=code, code=item)
    signatory.contract.space = request.space
    return signatory.contract, signatory


def editable_signatory(request: SpaceRequest, contract: CityContract, code: str) -> Signatory:
    """A signatory whose card the actor may edit; else one sentence."""
    signatory = signatory_for(request, contract, code)
    if not may_edit_card(request.actor, signatory):
        raise Refused("Vous pouvez modifier la fiche de votre organisme seulement.")
    return signatory


def contact_for(signatory: Signatory, code: str) -> Contact:
    contact = get_object_or_404(signatory.contacts.shown(), code=code)
    contact.signatory = signatory
    return contact


def objective_for(request: SpaceRequest, contract: CityContract, code: str) -> Objective:
    found = contract.objectives.shown().with_words().select_related("parent__wording", "parent__parent__wording")
    objective = get_object_or_404(found, code=code)
    objective.contract = contract
    return objective


def body_for(contract: CityContract, code: str) -> GoverningBody:
    body = get_object_or_404(contract.bodies.shown(), code=code)
    body.contract = contract
    return body


def meeting_for(contract: CityContract, code: str) -> Meeting:
    meetings = Meeting.objects.shown().select_related("body").filter(body__contract=contract)
    meeting = get_object_or_404(meetings, code=code)
    meeting.body.contract = contract
    return meeting


def url(request: SpaceRequest, name: str, *codes: str) -> str:
    return reverse(name, args=(request.space.slug, *codes))


def tabs(request: SpaceRequest, contract: CityContract, current: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": url(request, name, contract.code), "current": name == current} for label, name in TABS
    ]


def page(
    request: SpaceRequest, template: str, contract: CityContract, current: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the contract, with its tabs."""
    context |= {"contract": contract, "tabs": tabs(request, contract, current)}
    return render(request, template, context, status=status)


def attempt(form: BaseForm, act: Callable[[], Any]) -> Any:
    """What the action gives; None when it says no: its sentence then stands in the form, beside its field."""
    try:
        return act() or True
    except (Invalid, Conflict) as error:
        field = getattr(error, "field", None)
        form.add_error(field if field in form.fields else None, str(error))
        return None


def form_page(
    request: SpaceRequest, form: BaseForm, *, act: Callable[[dict[str, Any]], Any], done: str, back: str, title: str,
    submit: str = "Enregistrer", lede: str = "", back_label: str = "Le contrat", template: str = "contracts/form.html",
    goes_to: Callable[[Any], str] | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """One form, one action. Sent and done: a sentence, and on to `goes_to` what was made, or `back`."""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: act(data))
        if made is not None:
            messages.success(request, done)
            return redirect(goes_to(made) if goes_to else back)
    context |= {"form": form, "title": title, "lede": lede, "submit": submit, "back": back, "back_label": back_label}
    return render(request, template, context, status=422 if form.errors else 200)


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise Http404
    return value
