"""What may leave the house: the decision on each value, taken on whole sets of linked tables.

`settle` decides, `protect` writes: nothing else fills `Value.released`. See docs/concepts/observatory.md (« Ce qui peut
sortir ») and docs/concepts/disclosure.md for the choice of the cells that protect others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from comptoir.analysis.disclosure import Rule
from comptoir.disclosure.models import threshold_of
from comptoir.observatory.drafts import Figure
from comptoir.observatory.enums import IndicatorKind, Release, Territory
from comptoir.observatory.families import Block, decide
from comptoir.observatory.models import Indicator, Place, Series, Value
from comptoir.spaces.models import Space

DEFAULT = 11
CHUNK = 1000
FIELDS = ("released", "release", "threshold")
Vintage = tuple[int, int, str]
_SUMS = (IndicatorKind.COUNT, IndicatorKind.AMOUNT)
_HOLDS = (Territory.SPACE, Territory.EPCI, Territory.COMMUNE)


@dataclass
class Ground:
    """What is known of the values to settle. `default`: the threshold where a supplier states none."""

    indicators: Mapping[UUID, Indicator]
    series: Mapping[UUID, Series]
    places: Mapping[UUID, Place]
    default: int = DEFAULT
    enclosing: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)  # place → places that hold it

    def indicator(self, value: Figure) -> Indicator:
        return self.indicators[self.series[value.series_id].indicator_id]

    def vintage(self, value: Figure) -> Vintage:
        series = self.series[value.series_id]
        return series.published, series.reference, series.period

    def rule(self, indicator: Indicator) -> Rule:
        supplier = indicator.supplier
        return Rule(
            threshold=supplier.threshold or self.default, dominance=supplier.dominance / 100,
            unit=indicator.unit if indicator.kind == IndicatorKind.COUNT and indicator.unit else "personnes",
        )  # fmt: skip


def settle(values: Iterable[Figure], ground: Ground, *, secondary: bool = True) -> None:
    """Decides on each value, in place. The values of a family are decided together: give them all.

    `secondary=False` leaves out the cells that protect others: for tests that show what would leak, never otherwise.
    """
    families: dict[tuple[Vintage, str, UUID | None], list[Figure]] = {}
    others: list[Figure] = []
    for value in values:
        indicator = ground.indicator(value)
        rule = ground.rule(indicator)
        value.threshold = rule.threshold
        if not indicator.about_people:
            _let_go(value)
        elif indicator.kind in _SUMS:
            families.setdefault(
                (ground.vintage(value), indicator.family or indicator.code, indicator.space_id), []
            ).append(value)
        else:
            others.append(value)
    hidden: set[tuple[Vintage, str, UUID]] = set()
    for (vintage, _, _), members in families.items():
        _family(members, ground, secondary=secondary)
        for value in members:
            if value.value is not None and value.release != Release.SHOWN:
                hidden.add((vintage, ground.indicator(value).code, value.place_id))
    for value in others:
        _alone(value, ground, hidden)


def _let_go(value: Figure) -> None:
    value.released = value.value
    value.release = Release.NOTHING if value.value is None else Release.SHOWN


def _hide(value: Figure, why: Release) -> None:
    value.released, value.release = None, why


def _family(values: Sequence[Figure], ground: Ground, *, secondary: bool) -> None:
    """Counts or amounts that add up: by block of territories that add up to one another."""
    first = ground.indicator(values[0])
    rule, amounts = ground.rule(first), first.kind == IndicatorKind.AMOUNT
    root = {ground.indicator(value).pk: ground.indicator(value) for value in values}
    family = first.family or first.code
    blocks: dict[UUID, Block] = {}
    for value in values:
        indicator = root[ground.series[value.series_id].indicator_id]
        holders = ground.enclosing.get(value.place_id, ())
        top = holders[0] if holders else value.place_id
        block = blocks.setdefault(top, Block(top=str(top)))
        dimensions = {} if indicator.code == family else indicator.dimensions
        block.add(str(value.place_id), dimensions, value)
    for place, holders in ground.enclosing.items():
        if holders and holders[0] in blocks:
            blocks[holders[0]].within[str(place)] = tuple(str(holder) for holder in holders)
    decide(
        list(blocks.values()), rule, amounts=amounts, at_source=first.supplier.protected_at_source, secondary=secondary
    )


def _alone(value: Figure, ground: Ground, hidden: set[tuple[Vintage, str, UUID]]) -> None:
    """A share, a median, an index: not a sum. Hidden with the numbers it would give back."""
    indicator = ground.indicator(value)
    vintage = ground.vintage(value)
    if value.value is None:
        _let_go(value)
    elif indicator.level and (vintage, indicator.level, value.place_id) in hidden:
        _hide(value, Release.PROTECTS)
    elif indicator.supplier.protected_at_source:
        _let_go(value)
    elif value.units is None:
        _hide(value, Release.NO_BASE)
    elif value.units < value.threshold or _few(value, indicator):
        _hide(value, Release.SMALL)
    else:
        _let_go(value)


def _few(value: Figure, indicator: Indicator) -> bool:
    """A share of which the numerator, or those who are not in it, are few: they can be worked out."""
    if indicator.kind != IndicatorKind.RATIO or value.value is None or value.units is None:
        return False
    inside = round(value.value / 100 * value.units)
    return any(0 < part < value.threshold for part in (inside, value.units - inside))


def protect(series: Iterable[Series]) -> int:
    """Decides again on all values of these series and of their families, and writes what has changed: how many."""
    rows = list(series)
    if not rows:
        return 0
    related = Q(pk__in=[one.pk for one in rows])
    for one in rows:
        indicator = one.indicator
        same = Q(published=one.published, reference=one.reference, period=one.period)
        family = indicator.family or indicator.code
        kin = Q(indicator__family=family) | Q(indicator__code=family) | Q(indicator__level=indicator.code)
        related |= same & kin & Q(indicator__space=indicator.space_id)
    known = {one.pk: one for one in Series.objects.filter(related).select_related("indicator__supplier")}
    values = list(Value.objects.filter(series__in=known).order_by("pk"))
    before = [(value.released, value.release, value.threshold) for value in values]
    ground = ground_of(known, values, next(iter(known.values())).indicator.space)
    settle(values, ground)
    changed = [
        value for value, was in zip(values, before, strict=True)
        if (value.released, value.release, value.threshold) != was
    ]  # fmt: skip
    Value.objects.bulk_update(changed, FIELDS, batch_size=CHUNK)
    return len(changed)


def ground_of(series: Mapping[UUID, Series], values: Iterable[Figure], space: Space | None) -> Ground:
    places = {one.pk: one for one in Place.objects.filter(pk__in={value.place_id for value in values})}
    return Ground(
        indicators={one.indicator_id: one.indicator for one in series.values()},
        series=series,
        places=places,
        default=threshold_of(space) if space else DEFAULT,
        enclosing=_enclosing(places) if space else {},
    )


def _enclosing(places: Mapping[UUID, Place]) -> dict[UUID, list[UUID]]:
    """For each territory of a space, the larger ones that hold it, the largest first.

    Neighbourhoods are in their commune where that is known, and all is in the whole of the territory.
    """
    from comptoir.territories.models import PriorityNeighbourhood

    whole = next((one.pk for one in places.values() if one.kind == Territory.SPACE), None)
    communes = {one.code: one.pk for one in places.values() if one.kind == Territory.COMMUNE}
    codes = {one.code: one.pk for one in places.values() if one.kind == Territory.NEIGHBOURHOOD}
    found: dict[UUID, list[UUID]] = {}
    if communes and codes:
        rows = PriorityNeighbourhood.objects.filter(code__in=codes).prefetch_related("communes")
        for neighbourhood in rows:
            inside = [communes[one.code] for one in neighbourhood.communes.all() if one.code in communes]
            if len(inside) == 1:
                found[codes[neighbourhood.code]] = inside
    if whole is not None:
        for one in places.values():
            if one.pk != whole and one.kind in (Territory.NEIGHBOURHOOD, Territory.COMMUNE):
                found[one.pk] = [whole, *found.get(one.pk, [])]
        found[whole] = [whole]
    else:
        for commune in set(communes.values()) & {one for holders in found.values() for one in holders}:
            found[commune] = [commune]
    return found
