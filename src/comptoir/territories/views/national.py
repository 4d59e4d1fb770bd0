"""Neighbourhoods of the whole country: public data, for whoever has signed in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comptoir.accounts.http import PersonRequest
from comptoir.territories import maps, rules, slots
from comptoir.territories.listing import Wanted, everywhere, listing_of
from comptoir.territories.models import OfficialSource, PriorityNeighbourhood
from comptoir.territories.sheet import sheet_of


@require_safe
def neighbourhoods(request: PersonRequest) -> HttpResponse:
    """The whole country, on a map and in a list that say the same."""
    context = {
        "query": request.GET.urlencode(),
        "tiles": maps.tiles(),
        "may_load": rules.may_load(request.user),
        "known": everywhere().exists(),
    }
    return listing_of(everywhere()).respond(request, "territories/neighbourhoods.html", context)


@require_safe
def neighbourhood_map(request: PersonRequest) -> HttpResponse:
    return maps.national(request, Wanted.of(request.GET))


@require_safe
def map_background(request: PersonRequest) -> HttpResponse:
    return maps.background(request)


@require_safe
def neighbourhood(request: PersonRequest, code: str) -> HttpResponse:
    found = one_by_code(code)
    context = {
        "sheet": sheet_of(found),
        "pieces": slots.public_pieces.pieces(request.user, [found])[found.pk],
        "source": OfficialSource.objects.filter(level="neighbourhood").order_by("-loaded_at").first(),
    }
    return render(request, "territories/neighbourhood.html", context)


def one_by_code(code: str) -> PriorityNeighbourhood:
    known = PriorityNeighbourhood.objects.select_related("epci", "ept", "department", "region")
    return get_object_or_404(known, code=code.upper())
