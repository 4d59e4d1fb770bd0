"""What the project lead of a space that has just opened sees first: what is there, and what to do next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.accounts.models import Invitation, Membership
from comptoir.accounts.rules import may_change_space
from comptoir.accounts.slots import first_steps


@require_safe
@in_space(may_change_space)
def welcome(request: SpaceRequest) -> HttpResponse:
    """The steps of every room, then those of this one."""
    space = request.space
    others = Membership.objects.filter(space=space).exclude(person=request.actor.person_id).exists()
    context = {
        "steps": first_steps.pieces(request.actor, [space])[space.pk],
        "invited": others or Invitation.objects.filter(space=space, accepted_at=None, revoked_at=None).exists(),
        "looked": bool(space.logo_id or space.footer),
    }
    return render(request, "accounts/welcome.html", context)
