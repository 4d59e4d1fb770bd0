"""An indicator across the neighbourhoods of a space: chart, map, small multiples and table, of one vintage or all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.analysis.comparison import Refusal, slope
from comptoir.observatory.around import figure, per_year
from comptoir.observatory.charts import Bars, Line, Map, bars, choropleth, line
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Indicator, Place, Series, Target, Value
from comptoir.observatory.perimeters import Ground, grounds_of, levels_around, names_of
from comptoir.observatory.showing import Shown, shown, written
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.territories.slots import neighbourhoods_of


@dataclass
class Line2:
    """A territory: what is shown of it, its years."""

    name: str
    code: str
    shown: Shown
    note: str = ""
    ours: bool = True
    chart: Line | None = None
    trend: str = ""


@dataclass
class Across:
    """`series`: the one shown; `vintages`: those that may be chosen; `places`: all territories of the table."""

    indicator: Indicator
    series: Series | None
    vintages: list[Series]
    lines: list[Line2]
    chart: Bars | None
    map: Map | None
    refusals: list[str]
    notes: list[str]
    places: set[UUID]
    targets: list[Target]

    @property
    def ours(self) -> list[Line2]:
        return [one for one in self.lines if one.ours]


def key_of(series: Series) -> str:
    """How a vintage stands in addresses."""
    return series.period or (f"p{series.published}" if series.published else f"r{series.reference}")


def across(actor: Actor, indicator: Indicator, asked: str) -> Across:
    """What is shown of an indicator, in a fixed number of queries."""
    neighbourhoods = list(
        neighbourhoods_of(actor.space).select_related("epci", "department", "outline").defer("outline__geometry")
        .prefetch_related("communes")
        .order_by("search", "code")
    )  # fmt: skip
    grounds, around = grounds_of(neighbourhoods, levels_around(neighbourhoods))
    places = {place.pk: place for ground in grounds for place in ground.places} | {one.pk: one for one in around}
    places |= {ground.former.pk: ground.former for ground in grounds if ground.former is not None}
    values = Value.objects.visible_to(actor).filter(series__indicator=indicator)
    if not indicator.is_local:
        values = values.filter(place__in=places)
    table: dict[UUID, dict[UUID, Value]] = defaultdict(dict)
    for value in values.select_related("series__indicator", "place").order_by("pk"):
        table[value.series_id][value.place_id] = value
        places.setdefault(value.place_id, value.place)
    if indicator.is_local:
        grounds += _local(grounds, places, table)
    ours = {place.pk for ground in grounds for place in ground.places}
    series = {key: next(iter(found.values())).series for key, found in table.items()}
    options = sorted(
        (one for key, one in series.items() if ours & table[key].keys()),
        key=lambda one: one.moment, reverse=True,
    )  # fmt: skip
    chosen = next((one for one in options if key_of(one) == asked), options[0] if options else None)
    refusals: dict[str, None] = {}
    lines = [_line(ground, indicator, chosen, options, table, actor.space.name, refusals) for ground in grounds]
    formers = [ground.former for ground in grounds if ground.former is not None]
    lines += _references([*formers, *around], chosen, series, table, indicator, ours)
    targets = Target.objects.filter(space=actor.space, indicator_code=indicator.code).select_related("place")
    valued = {key for found in table.values() for key in found}
    said = [ground.note for ground in grounds if ground.note and ground.identities & valued]
    notes = {} if indicator.is_local else dict.fromkeys([*said, *(one.refusal for one in grounds if one.refusal)])
    return Across(
        indicator, chosen, options, lines, _bars(lines), _map(neighbourhoods, lines, indicator), list(refusals),
        list(notes), set(places), list(targets),
    )  # fmt: skip


def _local(grounds: Sequence[Ground], places: dict[UUID, Place], table: dict[UUID, dict[UUID, Value]]) -> list[Ground]:
    """Territories of a local indicator that are no neighbourhood of the contract: sectors, the whole."""
    known = {place.pk for ground in grounds for place in ground.places}
    kinds = (Territory.LOCAL_AREA, Territory.SPACE, Territory.NEIGHBOURHOOD)
    valued = {key for found in table.values() for key in found}
    return [
        Ground(PriorityNeighbourhood(code=place.code, name=place.name, generation=place.generation or 2024), [place])
        for key, place in places.items()
        if key in valued and key not in known and place.kind in kinds
    ]


def _line(
    ground: Ground, indicator: Indicator, chosen: Series | None, options: Sequence[Series],
    table: dict[UUID, dict[UUID, Value]], space_name: str, refusals: dict[str, None],
) -> Line2:  # fmt: skip
    def own(series: Series) -> Value | None:
        return next((table[series.pk][one.pk] for one in ground.places if one.pk in table[series.pk]), None)

    names = names_of(ground.places, space_name)
    special = bool(ground.places) and ground.places[0].kind == Territory.SPACE
    name = names[ground.places[0].pk] if special else ground.neighbourhood.name or ground.neighbourhood.code
    value = own(chosen) if chosen else None
    said = shown(value, indicator)
    if value is None and ground.former is not None:
        said = Shown(said.text, None, "chiffres de 2015 non lus : voir la ligne de son ancien périmètre")
    found = Line2(name, ground.neighbourhood.code, said)
    years = [(series, one) for series in reversed(options) if (one := own(series))]
    found.chart = line(
        [(one.moment[0], value.released, f"{one.vintage} : {shown(value, indicator).text}")
         for one, value in years]
    )  # fmt: skip
    figures = [figure(value, name, one.moment[0]) for one, value in years if value.released is not None]
    if len(figures) > 1:
        moved = slope(figures)
        if isinstance(moved, Refusal):
            refusals[moved.reason] = None
        else:
            found.trend = per_year(moved, indicator)
    return found


def _references(
    around: Sequence[Place], chosen: Series | None, series: dict[UUID, Series], table: dict[UUID, dict[UUID, Value]],
    indicator: Indicator, ours: set[UUID],
) -> list[Line2]:  # fmt: skip
    """Communes, EPCI, France: of the same series, or of the same year where the year is known."""
    found = []
    for place in around:
        if chosen is None or place.pk in ours:
            continue
        options = [
            table[key][place.pk] for key, one in series.items()
            if place.pk in table[key]
            and (key == chosen.pk or (chosen.reference and one.reference == chosen.reference and not one.period))
        ]  # fmt: skip
        if options:
            former = place.kind == Territory.NEIGHBOURHOOD
            label = f"périmètre de {place.generation}" if former else Territory(place.kind).label
            found.append(Line2(str(place), place.code, shown(options[0], indicator), label, ours=False))
    return found


def _bars(lines: Sequence[Line2]) -> Bars | None:
    rows = [
        (one.name, one.shown.value, one.shown.text if one.shown.value is not None else one.shown.why,
         "here" if one.ours else "other")
        for one in lines
    ]  # fmt: skip
    return bars(rows) if any(value is not None for _, value, _, _ in rows) else None


def _map(neighbourhoods: Sequence[PriorityNeighbourhood], lines: Sequence[Line2], indicator: Indicator) -> Map | None:
    rows = []
    for one, said in zip(neighbourhoods, lines, strict=False):
        point = (one.longitude, one.latitude) if one.longitude is not None and one.latitude is not None else None
        rows.append((f"{one.name} : {said.shown.text}", said.shown.value, _sketch(one), point))
    if not any(value is not None for _, value, _, _ in rows):
        return None
    return choropleth(rows, lambda value: written(value, indicator))


def _sketch(one: PriorityNeighbourhood) -> Any:
    """Its outline at the scale of a country, None where it is not known."""
    return one.outline.sketch if hasattr(one, "outline") else None
