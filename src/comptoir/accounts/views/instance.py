"""The instance: its spaces for the host, those that may be read for the resource centre."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts import actions
from comptoir.accounts.enums import Role
from comptoir.accounts.forms import FirstLeadForm, OpenSpaceForm
from comptoir.accounts.http import PersonRequest, on_instance
from comptoir.accounts.lists import followed_spaces, spaces_of_instance, waiting_in
from comptoir.accounts.models import Invitation
from comptoir.accounts.rules import is_host, is_resource_centre
from comptoir.kit.errors import Invalid
from comptoir.spaces.models import Space


@require_safe
@on_instance(is_host)
def spaces(request: PersonRequest) -> HttpResponse:
    """Every space of the instance: its name, whether it is open and led, nothing of what it holds."""
    return spaces_of_instance().respond(request, "accounts/instance_spaces.html")


@require_http_methods(["GET", "HEAD", "POST"])
@on_instance(is_host)
def space(request: PersonRequest, slug: str) -> HttpResponse:
    """One space, as the host sees it: who will lead it is invited here when it has nobody."""
    found = get_object_or_404(Space, slug=slug)
    form = FirstLeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = _invite(request, found, form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"L'invitation part à {invitation.email}.")
            return redirect("instance_space", slug)
    waiting = waiting_in(found).filter(role=Role.PROJECT_LEAD).first()
    context = {"found": found, "form": form, "led": found.memberships.leading().exists(), "waiting": waiting}
    return render(request, "accounts/instance_space.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _invite(request: PersonRequest, found: Space, given: dict[str, Any]) -> Invitation:
    """An organisation named for the first time is kept only if the invitation leaves."""
    return actions.invite_first_lead(
        host=request.user, space=found, email=given["email"], message=given["message"],
        organisation=actions.organisation_named(given["organisation"]),
    )  # fmt: skip


@require_POST
@on_instance(is_host)
def space_invitation(request: PersonRequest, slug: str, verb: str) -> HttpResponse:
    """Send again the invitation of a first project lead, or take it back."""
    found = get_object_or_404(Space, slug=slug)
    if verb == "renvoyer":
        invitation = actions.resend_first_lead(host=request.user, space=found)
        messages.success(request, f"L'invitation repart à {invitation.email}. L'ancien lien ne sert plus.")
    else:
        actions.revoke_first_lead(host=request.user, space=found)
        messages.success(request, "L'invitation est annulée : son lien ne sert plus.")
    return redirect("instance_space", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@on_instance(is_host)
def space_open(request: PersonRequest) -> HttpResponse:
    form = OpenSpaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            space, invitation = _open(request, given)
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                form.add_error(field if field in form.fields else "slug", sentences)  # a reserved address
        except Invalid as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"« {space.name} » est ouvert. L'invitation part à {invitation.email}.")
            return redirect("instance_spaces")
    return render(request, "accounts/instance_open.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _open(request: PersonRequest, given: dict[str, Any]) -> tuple[Space, Invitation]:
    return actions.open_space_for(
        host=request.user, slug=given["slug"], name=given["name"], email=given["email"],
        organisation=actions.organisation_named(given["organisation"]), time_zone=given["time_zone"],
    )  # fmt: skip


@require_POST
@on_instance(is_host)
def space_close(request: PersonRequest, slug: str, verb: str) -> HttpResponse:
    """Close a space or open it again."""
    space = get_object_or_404(Space, slug=slug)
    actions.close_space(host=request.user, space=space, reopen=verb == "rouvrir")
    messages.success(request, f"« {space.name} » est {'rouvert' if verb == 'rouvrir' else 'fermé'}.")
    return redirect("instance_space", slug)


@require_safe
@on_instance(is_resource_centre)
def followed(request: PersonRequest) -> HttpResponse:
    """The spaces that have opened themselves to the resource centre."""
    return followed_spaces().respond(request, "accounts/instance_followed.html")
