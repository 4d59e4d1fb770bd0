"""The pages that show figures: all of them read what may leave, and nothing else."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.accounts.http import SpaceRequest, in_space
from comptoir.kit.lists import Choice, Column, Listing, Search
from comptoir.observatory.across import across, key_of
from comptoir.observatory.around import portrait
from comptoir.observatory.entry import asked_of
from comptoir.observatory.enums import IndicatorKind, Territory
from comptoir.observatory.models import Indicator, Series, Value
from comptoir.observatory.rules import may_keep_indicators, may_look
from comptoir.observatory.showing import reason, written
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.territories.slots import neighbourhoods_of

THEMES = (
    ("demo", "Population"), ("ipro", "Emploi"), ("revn", "Revenus et pauvreté"), ("filo", "Revenus (Filosofi)"),
    ("zone", "Communes et bassins"), ("local", "Indicateurs de l'espace"),
)  # fmt: skip


@require_safe
@in_space(may_look)
def observatory(request: SpaceRequest) -> HttpResponse:
    """The indicators, the neighbourhoods to look at, and what is waited for."""
    actor, slug = request.actor, request.space.slug
    rows = Indicator.objects.visible_to(actor).select_related("supplier")
    listing: Listing[Indicator] = Listing(
        name="indicateurs", title="Indicateurs", queryset=rows,
        columns=(
            Column("nom", "Indicateur", lambda one: one.name, sort="search",
                   link=lambda one: reverse("observatory_indicator", args=(slug, one.code))),
            Column("theme", "Thème", lambda one: dict(THEMES).get(one.theme, one.theme), sort="theme"),
            Column("nature", "Nature", lambda one: one.get_kind_display(), sort="kind"),
            Column("unite", "Unité", lambda one: one.unit),
            Column("source", "Source", lambda one: one.supplier.name, sort="supplier__search"),
            Column("code", "Code", lambda one: one.code, only_export=True),
            Column("definition", "Définition", lambda one: one.definition, only_export=True),
            Column("sens", "Sens", lambda one: one.get_direction_display(), only_export=True),
            Column("sommable", "S'additionne", lambda one: one.summable, only_export=True),
            Column("ventilation", "Ventilation",
                   lambda one: ", ".join(" : ".join(pair) for pair in one.dimensions.items()), only_export=True),
        ),
        filters=(
            Search(("search",), label="Nom de l'indicateur"),
            Choice("theme", "Thème", THEMES, every="Tous"),
            Choice("nature", "Nature", IndicatorKind.choices, lookup="kind", every="Toutes"),
        ),
        order="nom", unit=("indicateur", "indicateurs"), per_page=25,
    )  # fmt: skip
    context = {
        "neighbourhoods": neighbourhoods_of(request.space).order_by("search", "code")[:60],
        "headlines": rows.filter(headline__gt=0).order_by("headline")[:12],
        "locals": rows.filter(space=request.space).order_by("search", "pk")[:12],
        "waiting": asked_of(actor)[:5],
        "may_keep": may_keep_indicators(actor),
    }
    return listing.respond(request, "observatory/observatory.html", context)


@require_safe
@in_space(may_look)
def indicator(request: SpaceRequest, code: str) -> HttpResponse:
    """An indicator across the neighbourhoods: chart, map, years, and the table that says the same."""
    found = get_object_or_404(Indicator.objects.visible_to(request.actor).select_related("supplier"), code=code)
    page = across(request.actor, found, request.GET.get("millesime", "")[:20])
    context = {"page": page, "indicator": found, "may_keep": may_keep_indicators(request.actor)}
    listing = _values_listing(request, found, page.places, page.vintages)
    return listing.respond(request, "observatory/indicator.html", context)


def _values_listing(
    request: SpaceRequest, found: Indicator, places: set[UUID], vintages: list[Series]
) -> Listing[Value]:
    rows = Value.objects.visible_to(request.actor).filter(series__indicator=found, place__in=places)
    by_key = {key_of(one): one.pk for one in vintages}
    name = request.space.name
    return Listing(
        name="valeurs", title=found.name, queryset=rows.select_related("series", "place"),
        columns=(
            Column("territoire", "Territoire",
                   lambda one: name if one.place.kind == Territory.SPACE else str(one.place), sort="place__search"),
            Column("nature", "Nature", lambda one: one.place.get_kind_display(), sort="place__kind"),
            Column("code", "Code", lambda one: one.place.code, only_export=True),
            Column("perimetre", "Périmètre", lambda one: str(one.place.generation or ""), sort="place__generation"),
            Column("annee", "Année", lambda one: one.series.vintage,
                   sort=("series__reference", "series__published", "series__period")),
            Column("valeur", "Valeur",
                   lambda one: "" if one.released is None else written(one.released, found),
                   sort="released", number=True, export=lambda one: one.released),
            Column("pourquoi", "Précision", lambda one: reason(one, found)),
            Column("source", "Source", lambda one: found.supplier.name, only_export=True),
        ),
        filters=(
            Choice("millesime", "Millésime", [(key_of(one), one.vintage) for one in vintages], every="Tous",
                   narrowed=lambda rows, key: rows.filter(series=by_key[str(key)])),
            Choice("sorte", "Territoire", Territory.choices, lookup="place__kind", every="Tous"),
        ),
        order="territoire", unit=("valeur", "valeurs"),
    )  # fmt: skip


@require_safe
@in_space(may_look)
def neighbourhood(request: SpaceRequest, code: str) -> HttpResponse:
    """A neighbourhood across indicators, beside its commune, EPCI, France and its likes."""
    one = get_object_or_404(
        PriorityNeighbourhood.objects.select_related("epci", "department", "region").prefetch_related("communes"),
        code=code,
    )
    page = portrait(request.actor, one)
    return render(request, "observatory/neighbourhood.html", {"page": page, "one": one})
