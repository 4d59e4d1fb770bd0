"""Rereading a version before it is published: what may identify someone, masked or left by a person."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.errors import Invalid
from comptoir.workshops.actions import decide_mask, leave_others
from comptoir.workshops.public import reading as reading_of
from comptoir.workshops.public import surroundings
from comptoir.workshops.rules import may_mask, may_publish
from comptoir.workshops.views.shared import identity, version_for, workshop_for

PER_PAGE = 20


@require_safe
@in_space(may_mask)
def reading(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    """The passages to look at first, then those already decided."""
    version = version_for(request, workshop_for(request, code), number)
    quotes = sorted(reading_of(version), key=lambda quote: quote.mask is not None)
    page = Paginator(quotes, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "workshop": version.workshop, "version": version, "page": page, "around": surroundings(version),
        "left": sum(quote.mask is None for quote in quotes), "may_publish": may_publish(request.actor),
    }  # fmt: skip
    return render(request, "workshops/reading.html", context)


@require_POST
@in_space(may_mask)
def reading_decide(request: SpaceRequest, code: str, number: int) -> HttpResponse:
    """« Masquer », « Laisser tel quel », or all the others left as they are."""
    version = version_for(request, workshop_for(request, code), number)
    decision = request.POST.get("decision")
    if decision == "others":
        leave_others(actor=request.actor, version=version)
        messages.success(request, "Tout est relu.")
    else:
        sent, _, rewording = request.POST.get("quote", "").partition(":")
        statement = identity(sent)
        if statement is None:
            raise Http404
        text = request.POST.get("text", "") if decision == "mask" else ""
        if decision == "mask" and not text.strip():
            raise Invalid("Écrivez ce que lira le public, par exemple « […] », ou laissez tel quel.")
        mask = decide_mask(
            actor=request.actor, version=version, statement_id=statement, rewording_id=identity(rewording),
            text=text,
        )  # fmt: skip
        messages.success(request, "Passage masqué." if mask.text else "Laissé tel quel.")
    return redirect("reading", request.space.slug, version.workshop.code, version.number)
