"""The last figures of a few indicators for given neighbourhoods: what another room shows of the observatory.

Like every page, it reads what may leave and nothing else, and says why the rest does not: docs/concepts/observatory.md.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Indicator, Place, Series, Value
from comptoir.observatory.perimeters import Ground, grounds_of
from comptoir.observatory.showing import ABSENT, Shown, shown
from comptoir.territories.models import PriorityNeighbourhood

OWN = (Territory.SPACE, Territory.LOCAL_AREA)  # territories of a space that are no neighbourhood


@dataclass(frozen=True, slots=True)
class Spot:
    """A territory and its figures, the earliest first. `code` is empty for the whole of the space."""

    name: str
    code: str
    years: tuple[tuple[Series, Value], ...]
    note: str = ""

    def at(self, series: Series | None) -> Value | None:
        return next((value for one, value in self.years if series is not None and one.pk == series.pk), None)


@dataclass(frozen=True, slots=True)
class Latest:
    """An indicator at the last vintage of which something may leave, else at the last one, with its refusals."""

    indicator: Indicator
    series: Series | None
    spots: tuple[Spot, ...]

    @property
    def lines(self) -> list[tuple[str, Shown]]:
        """Where the figures of the 2015 perimeter are not read, `notes` say why."""
        unread = Shown(ABSENT, None, "chiffres de 2015 non lus")
        return [
            (one.name, unread if one.note and not one.years else shown(one.at(self.series), self.indicator))
            for one in self.spots
        ]

    @property
    def notes(self) -> list[str]:
        return list(dict.fromkeys(one.note for one in self.spots if one.note))

    @property
    def given(self) -> bool:
        """Something is shown."""
        return any(said.value is not None for _, said in self.lines)


@dataclass
class _Found:
    series: dict[UUID, Series] = field(default_factory=dict)
    values: dict[UUID, dict[UUID, Value]] = field(default_factory=lambda: defaultdict(dict))  # series → place


def latest_of(
    actor: Actor, codes: Collection[str], neighbourhoods: Sequence[PriorityNeighbourhood]
) -> dict[str, Latest]:
    """By code of indicator: those that the actor may see. Four queries, whatever their number."""
    indicators = {one.pk: one for one in Indicator.objects.visible_to(actor).filter(code__in=codes)
                  .select_related("supplier")}  # fmt: skip
    if not indicators:
        return {}
    grounds, _ = grounds_of(neighbourhoods)
    here = {place.pk for ground in grounds for place in ground.places}
    rows = Value.objects.visible_to(actor).filter(series__indicator__in=indicators)
    rows = rows.filter(place__in=here) | rows.filter(series__indicator__space=actor.space, place__kind__in=OWN)
    found: dict[UUID, _Found] = defaultdict(_Found)
    own: dict[UUID, Place] = {}
    for value in rows.select_related("series", "place").order_by("pk"):
        value.series.indicator = indicators[value.series.indicator_id]
        one = found[value.series.indicator_id]
        one.series[value.series_id] = value.series
        one.values[value.series_id][value.place_id] = value
        if value.place.kind in OWN:
            own[value.place_id] = value.place
    return {
        indicator.code: _latest(indicator, found[pk], grounds, own, actor.space.name)
        for pk, indicator in indicators.items()
    }


def _latest(
    indicator: Indicator, found: _Found, grounds: Sequence[Ground], own: dict[UUID, Place], space_name: str
) -> Latest:
    order = sorted(found.series.values(), key=lambda one: one.moment)
    spots = [
        Spot(ground.neighbourhood.name or ground.neighbourhood.code, ground.neighbourhood.code, years,
             "" if indicator.is_local else ground.note if years else ground.refusal)
        for ground in grounds
        if (years := _years(order, found, [place.pk for place in ground.places])) or not indicator.is_local
    ]  # fmt: skip
    for pk, place in sorted(own.items(), key=lambda pair: pair[1].kind == Territory.SPACE):
        if years := _years(order, found, [pk]):
            whole = place.kind == Territory.SPACE
            spots.append(Spot(f"Ensemble ({space_name})" if whole else str(place), "" if whole else place.code, years))
    shown_ones = [one for one in reversed(order) if any(v.released is not None for v in found.values[one.pk].values())]
    chosen = shown_ones[0] if shown_ones else order[-1] if order else None
    return Latest(indicator, chosen, tuple(spots))


def _years(order: Sequence[Series], found: _Found, places: Sequence[UUID]) -> tuple[tuple[Series, Value], ...]:
    """The figures of a territory, read on the surest of its places at each vintage."""
    pairs = ((one, next((v for pk in places if (v := found.values[one.pk].get(pk))), None)) for one in order)
    return tuple((series, value) for series, value in pairs if value is not None)


def given_codes(actor: Actor, codes: Collection[str]) -> set[str]:
    """Of these indicators, those of which some figure may leave. One query."""
    rows = Indicator.objects.visible_to(actor).filter(code__in=codes, series__values__released__isnull=False)
    return set(rows.order_by("code").values_list("code", flat=True).distinct())
