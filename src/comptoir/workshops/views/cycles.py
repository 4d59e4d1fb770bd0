"""Cycles: their list, and each with its comptoirs and its totals by subject."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.voices.rules import may_hear_raw
from comptoir.workshops.actions import assign, save_cycle
from comptoir.workshops.cycles import totals_by_subject
from comptoir.workshops.forms import CycleForm
from comptoir.workshops.models import Cycle, Workshop
from comptoir.workshops.rules import may_import
from comptoir.workshops.views.shared import workshop_for

PER_PAGE, CHOICES = 20, 200


@require_safe
@in_space(may_hear_raw)
def cycles(request: SpaceRequest) -> HttpResponse:
    page = Paginator(Cycle.objects.filter(space=request.space), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workshops/cycles.html", {"page": page, "may_import": may_import(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def cycle_new(request: SpaceRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_space(may_import)
def cycle_edit(request: SpaceRequest, code: str) -> HttpResponse:
    return _edit(request, _cycle(request, code))


def _edit(request: SpaceRequest, found: Cycle | None) -> HttpResponse:
    form = CycleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = save_cycle(
            actor=request.actor, name=data["name"], starts_on=data["starts_on"], ends_on=data["ends_on"], cycle=found
        )
        messages.success(request, "Le cycle est enregistré.")
        return redirect("cycle", request.space.slug, saved.code)
    return render(request, "workshops/cycle_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@in_space(may_hear_raw)
def cycle(request: SpaceRequest, code: str) -> HttpResponse:
    found = _cycle(request, code)
    known = Workshop.objects.visible_to(request.actor).recent_first()
    context = {
        "cycle": found, "workshops": known.filter(cycle=found), "totals": totals_by_subject(found),
        "may_import": may_import(request.actor), "others": known.filter(cycle=None)[:CHOICES],
    }  # fmt: skip
    return render(request, "workshops/cycle.html", context)


@require_POST
@in_space(may_import)
def cycle_assign(request: SpaceRequest, code: str) -> HttpResponse:
    """Put a comptoir in this cycle, or take it out."""
    found = _cycle(request, code)
    workshop = workshop_for(request, request.POST.get("workshop", ""))
    assign(actor=request.actor, workshop=workshop, cycle=None if "out" in request.POST else found)
    return redirect("cycle", request.space.slug, found.code)


def _cycle(request: SpaceRequest, code: str) -> Cycle:
    return get_object_or_404(Cycle, space=request.space, code=code)
