"""How the views of commitments find their objects."""

from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html

from comptoir.accounts.http import SpaceRequest
from comptoir.accounts.models import Actor
from comptoir.commitments.forms import MeetingField
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_edit, may_tell
from comptoir.commitments.state import Label
from comptoir.contracts.models import CityContract, Meeting, Signatory
from comptoir.contracts.rules import may_edit_contract, speaks_for
from comptoir.kit.errors import Refused

BADGES = {
    Label.KEPT: "success",
    Label.PARTLY_KEPT: "success",
    Label.ONGOING: "info",
    Label.AMENDED: "info",
    Label.TO_SPECIFY: "neutral",
    Label.OVERDUE: "warning",
    Label.DROPPED_BY_AGREEMENT: "neutral",
    Label.NOT_DONE: "danger",
}


def contract_in_force(request: SpaceRequest) -> CityContract | None:
    """The contract asked for by its code (`?contrat=`), else the one in force."""
    contracts = CityContract.objects.of(request.space)
    asked = request.GET.get("contrat", "")
    return get_object_or_404(contracts, code=asked) if asked else contracts.first()


def commitment_for(request: SpaceRequest, code: str) -> Commitment:
    found = Commitment.objects.filter(space=request.space).with_words()
    if not may_edit_contract(request.actor):
        found = found.shown()
    return get_object_or_404(found, code=code)


def editable(request: SpaceRequest, code: str) -> Commitment:
    commitment = commitment_for(request, code)
    if not may_edit(request.actor, commitment):
        raise Refused("Seuls la conduite du projet et le référent du signataire modifient cet engagement.")
    return commitment


def tellable(request: SpaceRequest, code: str) -> Commitment:
    commitment = commitment_for(request, code)
    if not may_tell(request.actor, commitment):
        raise Refused("Seuls l'équipe et le référent du signataire joignent une pièce à cet engagement.")
    return commitment


def own_signatories(actor: Actor, contract: CityContract) -> list[Signatory]:
    """Those whose commitments the actor may write."""
    rows = list(contract.signatories.shown().by_name())
    return rows if may_edit_contract(actor) else [row for row in rows if speaks_for(actor, row)]


def deciding_meetings(contract: CityContract) -> "QuerySet[Meeting]":
    """Meetings of the bodies that validate, the last first."""
    found = Meeting.objects.shown().filter(body__contract=contract, body__validates=True, body__withdrawn_at=None)
    return found.select_related("body").order_by("-held_on", "-pk")


def say_where_meetings_are(request: SpaceRequest, form: forms.Form, contract: CityContract) -> None:
    """A form that asks for a deciding meeting, when none is noted: it says what to do first, and where."""
    field = form.fields["meeting"]
    assert isinstance(field, MeetingField)
    if field.queryset is not None and not field.queryset.exists():
        field.help_text = format_html(
            "Aucune réunion d'une instance qui valide n'est notée. <a href=\"{}\">Ouvrez les instances</a>, "
            "cochez « Cette instance valide », puis notez la réunion.",
            reverse("bodies", args=(request.space.slug, contract.code)),
        )


def identity(text: str) -> UUID:
    """An identity as a form sends it; anything else is not found."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def or_404(condition: object) -> None:
    if not condition:
        raise Http404
