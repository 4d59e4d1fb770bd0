"""The people of a space: who is there, who is invited, what they may do. For the project lead."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts import actions
from comptoir.accounts.enums import Role
from comptoir.accounts.forms import InviteForm, MemberForm
from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.lists import invitations_of, people_of, waiting_in
from comptoir.accounts.models import Invitation, Membership, Organisation
from comptoir.accounts.rules import may_manage_people
from comptoir.kit.errors import Invalid

SUGGESTED = 200
LATEST = 5  # invitations on the page of people; a page of their own has all of them


@require_safe
@in_space(may_manage_people)
def people(request: SpaceRequest) -> HttpResponse:
    """Members, and the latest invitations that wait for an answer."""
    latest = list(waiting_in(request.space)[: LATEST + 1])
    context = {"invitations": latest[:LATEST], "more": len(latest) > LATEST}
    return people_of(request.space).respond(request, "accounts/people.html", context)


@require_safe
@in_space(may_manage_people)
def invitations(request: SpaceRequest) -> HttpResponse:
    """Every invitation that waits for an answer."""
    return invitations_of(request.space).respond(request, "accounts/invitations.html")


@require_safe
@in_space(may_manage_people)
def invitation_page(request: SpaceRequest, code: str) -> HttpResponse:
    """One invitation: sent again or taken back from here."""
    found = get_object_or_404(waiting_in(request.space), code=code)
    return render(request, "accounts/invitation_page.html", {"invitation": found})


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_manage_people)
def invite(request: SpaceRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invitation = _invite(request, given)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"L'invitation part à {invitation.email}.")
            return redirect("people", request.space.slug)
    context = {"form": form, "organisations": _organisations()}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _invite(request: SpaceRequest, given: dict[str, Any]) -> Invitation:
    """An organisation or a unit named for the first time is kept only if the invitation leaves."""
    organisation = actions.organisation_named(given["organisation"])
    return actions.invite(
        actor=request.actor, email=given["email"], role=Role(given["role"]), organisation=organisation,
        unit=actions.unit_named(organisation, given["unit"]), message=given["message"],
    )  # fmt: skip


@transaction.atomic
def _change(request: SpaceRequest, found: Membership, given: dict[str, Any]) -> None:
    organisation = actions.organisation_named(given["organisation"])
    actions.give_role(
        actor=request.actor, person=found.person, role=Role(given["role"]), organisation=organisation,
        unit=actions.unit_named(organisation, given["unit"]), until=given["until"],
    )  # fmt: skip


def _organisations() -> list[str]:
    """Names to choose from as one types."""
    return list(Organisation.objects.order_by("name", "pk").values_list("name", flat=True)[:SUGGESTED])


@require_POST
@in_space(may_manage_people)
def invitation_act(request: SpaceRequest, code: str, verb: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    invitation = get_object_or_404(Invitation, space=request.space, code=code)
    if verb == "renvoyer":
        actions.resend(actor=request.actor, invitation=invitation)
        messages.success(request, f"L'invitation repart à {invitation.email}. L'ancien lien ne sert plus.")
    else:
        actions.revoke(actor=request.actor, invitation=invitation)
        messages.success(request, "L'invitation est annulée : son lien ne sert plus.")
    return redirect("people", request.space.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_manage_people)
def member(request: SpaceRequest, code: str) -> HttpResponse:
    """A member's role, organisation, and last day."""
    found = get_object_or_404(
        Membership.objects.select_related("person", "organisation", "unit"), space=request.space, code=code
    )
    initial = {
        "role": found.role, "organisation": found.organisation or "", "unit": found.unit or "", "until": found.until,
    }  # fmt: skip
    form = MemberForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _change(request, found, given)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"C'est enregistré pour {found.person.name}.")
            return redirect("people", request.space.slug)
    context = {"form": form, "member": found, "organisations": _organisations()}
    return render(request, "accounts/member.html", context, status=422 if form.errors else 200)
