"""Home, space, my week, journal, errors."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.http import PersonRequest, SpaceRequest, in_space
from comptoir.accounts.rules import is_member, is_team, may_read_journal
from comptoir.contracts.rules import may_edit_contract
from comptoir.kit.views import refusal
from comptoir.portal.dashboard_views import contracts_of, dashboard
from comptoir.portal.journal import journal_of
from comptoir.portal.week import parts_of
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.models import SynthesisVersion, Workshop
from comptoir.workshops.rules import may_import
from comptoir.workshops.summaries import summaries

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only space of a person who has one; the list of their spaces otherwise, and what they do for the instance."""
    person = cast("PersonRequest", request).user
    memberships = list(person.memberships.current().select_related("space").order_by("space__name", "pk"))
    if len(memberships) == 1:
        return redirect("space", memberships[0].space.slug)
    roles = set(person.instance_roles.values_list("kind", flat=True).order_by("kind"))
    if not memberships and len(roles) == 1:
        return redirect("instance_spaces" if InstanceRoleKind.HOST in roles else "instance_followed")
    context = {
        "memberships": memberships,
        "is_host": InstanceRoleKind.HOST in roles,
        "is_resource_centre": InstanceRoleKind.RESOURCE_CENTRE in roles,
    }
    return render(request, "portal/home.html", context)


@require_safe
@in_space(is_member)
def space(request: SpaceRequest) -> HttpResponse:
    """The dashboard of the contract; before there is one, the next thing to do, the latest comptoirs and syntheses."""
    contracts = contracts_of(request)
    if contracts:
        return dashboard(request, contracts)
    latest = Workshop.objects.visible_to(request.actor).recent_first()[:LATEST]
    published = SynthesisVersion.objects.visible_to(request.actor).published().select_related("workshop")
    context = {
        "summaries": summaries(latest),
        "published": published.order_by("-published_at", "-pk")[:LATEST],
        "may_import": may_import(request.actor),
        "may_open_contract": may_edit_contract(request.actor),
        "hears_raw": may_hear_raw(request.actor),
    }
    return render(request, "portal/space.html", context)


@require_safe
@in_space(is_team)
def week(request: SpaceRequest) -> HttpResponse:
    """« Ma semaine »: answers, calls, dates, the next meeting, residents to answer. For the team alone."""
    return render(request, "portal/week.html", {"parts": parts_of(request.actor)})


@require_safe
@in_space(may_read_journal)
def journal(request: SpaceRequest) -> HttpResponse:
    """Who did what, when, on what: the latest first."""
    return journal_of(request.space).respond(request, "portal/journal.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = "L'adresse est incomplète, ou la page n'est pas dans un espace dont vous êtes membre."
    return refusal(request, message, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what is missing: not even who is signed in."""
    message = "Une erreur de notre fait a empêché cette page de s'afficher. Rien n'est perdu."
    fragment = request.headers.get("HX-Request")
    template = "kit/parts/error.html" if fragment else "kit/page_error.html"
    content = render_to_string(template, {"message": message, "status": 500})
    headers = {"HX-Retarget": "#alerts", "HX-Reswap": "innerHTML"} if fragment else {}
    return HttpResponse(content, status=500, headers=headers)
