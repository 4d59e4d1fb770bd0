"""A neighbourhood beside its commune, its EPCI, France and its likes: what is compared, and what is refused and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.analysis.comparison import Figure, Gap, Like, Refusal, against, likes, slope
from comptoir.analysis.comparison import Indicator as Compared
from comptoir.analysis.errors import InputError
from comptoir.analysis.indicators import Kind
from comptoir.kit.french import NO_BREAK_SPACE
from comptoir.observatory.charts import Line, line
from comptoir.observatory.enums import IndicatorKind, Territory
from comptoir.observatory.models import Indicator, Place, Series, Value
from comptoir.observatory.perimeters import Ground, grounds_of, levels_around, perimeter_of
from comptoir.observatory.showing import Shown, shown, written
from comptoir.territories.models import PriorityNeighbourhood

# What makes two neighbourhoods alike here: income, age, work, households. Said on the page.
ALIKE = ("revn.TP60", "revn.DISP_Q2", "demo.TX_TOT_0A24", "demo.TX_TOT_MEN1", "ipro.TX_TOT_EMPL")
MOST_ALIKE = 8
LIKES = "Quartiers semblables"
Table = Mapping[UUID, Mapping[UUID, Value]]  # series → place → value


@dataclass(frozen=True, slots=True)
class Beside:
    """A reference: its figure, the gap to it in words; `refused` when no gap is drawn."""

    shown: Shown
    gap: str = ""
    refused: bool = False


@dataclass
class Row:
    """An indicator of a neighbourhood: its figure, its references by column, its trend."""

    indicator: Indicator
    vintage: str
    here: Shown
    beside: list[Beside | None]
    chart: Line | None = None
    years: list[tuple[str, Shown]] = field(default_factory=list)
    trend: str = ""
    cells: list[tuple[str, Beside | None]] = field(default_factory=list)


@dataclass
class Portrait:
    """The page of a neighbourhood. `refusals`: each reason once, for the comparisons that are not made."""

    ground: Ground
    columns: list[str]
    rows: list[Row]
    refusals: list[str]
    alike: list[tuple[Like, str]]
    alike_on: list[str]


def compared(indicator: Indicator) -> Compared:
    """The indicator as `analysis.comparison` knows it."""
    return Compared(
        indicator.code, indicator.name, Kind(indicator.kind).compared, indicator.unit, tuple(indicator.breaks),
        indicator.apart, indicator.base,
    )  # fmt: skip


def figure(value: Value, name: str, vintage: int) -> Figure:
    """A released figure, to be compared: what is hidden is not published, here as elsewhere."""
    return Figure(
        compared(value.series.indicator), name, perimeter_of(value.place), vintage, value.released, value.units
    )


def portrait(actor: Actor, neighbourhood: PriorityNeighbourhood) -> Portrait:
    """All that is shown of a neighbourhood, in a fixed number of queries."""
    grounds, larger = grounds_of([neighbourhood], levels_around([neighbourhood], region=True))
    ground, around = grounds[0], dict[str, Place]()
    for place in larger:
        around.setdefault(str(place), place)
    found = _values(actor, [*ground.places, *around.values()])
    alike = _alike(ground, found)
    kin = _kin_values(alike, found, ground)
    by_indicator: dict[UUID, list[Series]] = defaultdict(list)
    for values in found.values():
        series = next(iter(values.values())).series
        by_indicator[series.indicator_id].append(series)
    columns = [*around, *([LIKES] if alike else [])]
    refusals: dict[str, None] = {}
    rows = []
    for several in by_indicator.values():
        row = _row(several, ground, around, found, kin if alike else None, refusals)
        if row is not None:
            rows.append(row)
    rows.sort(key=lambda row: (row.indicator.is_local, row.indicator.headline, row.indicator.search))
    used = [at for at in range(len(columns)) if any(row.beside[at] for row in rows)]
    for row in rows:
        row.cells = [(columns[at], row.beside[at]) for at in used]
    names = {one.indicator.code: one.indicator.name for several in by_indicator.values() for one in several}
    labels = {value.place.code: value.place.name for values in kin.values() for value in values.values()}
    return Portrait(
        ground, [columns[at] for at in used], rows, list(refusals), [(one, labels.get(one.code, "")) for one in alike],
        [names[code] for code in ALIKE if code in names],
    )  # fmt: skip


def _values(actor: Actor, places: Iterable[Place]) -> dict[UUID, dict[UUID, Value]]:
    rows = Value.objects.visible_to(actor).filter(place__in=[one.pk for one in places])
    headlines = rows.filter(series__indicator__headline__gt=0) | rows.filter(series__indicator__space=actor.space)
    table: dict[UUID, dict[UUID, Value]] = defaultdict(dict)
    for value in headlines.select_related("series__indicator", "place").order_by("pk"):
        table[value.series_id][value.place_id] = value
    return table


def _row(
    series: list[Series], ground: Ground, around: Mapping[str, Place], found: Table, kin: Table | None,
    refusals: dict[str, None],
) -> Row | None:  # fmt: skip
    series = sorted(series, key=lambda one: one.moment)
    own = [(one, value) for one in series if (value := _own(found[one.pk], ground))]
    if not own:
        return None
    latest, here = next(((s, v) for s, v in reversed(own) if v.released is not None), own[-1])
    indicator = latest.indicator
    beside: list[Beside | None] = []
    for name, place in around.items():
        options = [found[one.pk][place.pk] for one in reversed(series) if place.pk in found[one.pk]]
        beside.append(_beside(here, options, name, refusals))
    if kin is not None:
        beside.append(_among(here, [v for v in kin.get(latest.pk, {}).values() if v.released is not None]))
    said = [(one.vintage, shown(value, indicator)) for one, value in own]
    chart = line([(one.moment[0], value.released, f"{one.vintage} : {text.text}")
                  for (one, value), (_, text) in zip(own, said, strict=True)])  # fmt: skip
    row = Row(indicator, latest.vintage, shown(here, indicator), beside, chart, said)
    row.trend = _trend(own, ground, refusals)
    return row


def _own(values: Mapping[UUID, Value], ground: Ground) -> Value | None:
    return next((values[place.pk] for place in ground.places if place.pk in values), None)


def _beside(here: Value, options: Sequence[Value], name: str, refusals: dict[str, None]) -> Beside | None:
    """The reference of the same year, else the latest with the reason for which no gap is drawn."""
    indicator = here.series.indicator
    if not options:
        return None
    same = next((one for one in options if _same_year(here.series, one.series)), None)
    other = same or options[0]
    text = shown(other, indicator)
    if same is None and not (here.series.reference and other.series.reference):
        refusals[
            f"Comparaison refusée avec {name} : la source ne dit pas de quelle année parlent ces chiffres "
            f"({here.series.vintage}, et {other.series.vintage})."
        ] = None
        return Beside(text, refused=True)
    year = 0 if same else 1
    gap = against(
        figure(here, "ce quartier", here.series.reference or here.series.published),
        figure(other, name, (here.series.reference or here.series.published) if not year else other.series.reference),
    )
    if isinstance(gap, Refusal):
        refusals[gap.reason] = None
        return Beside(text, refused=True)
    return Beside(text, _in_words(gap, indicator))


def _same_year(one: Series, other: Series) -> bool:
    if one.pk == other.pk:
        return True
    return bool(one.reference) and one.reference == other.reference and one.period == other.period


def _in_words(gap: Gap, indicator: Indicator) -> str:
    """« +12,3 points », « −8 710 € par an », with its bounds where they are known."""
    words = signed(gap.difference, indicator)
    if gap.low is not None and gap.high is not None:
        words += f" (de {signed(gap.low, indicator)} à {signed(gap.high, indicator)})"
    return words


def signed(value: float, indicator: Indicator) -> str:
    text = written(abs(value), indicator)
    if text == written(0.0, indicator):
        value = 0.0
    if indicator.kind == IndicatorKind.RATIO and indicator.unit == "%":
        text = text.removesuffix("%").rstrip() + NO_BREAK_SPACE + ("point" if abs(value) < 2 else "points")
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{text}"


def _trend(own: Sequence[tuple[Series, Value]], ground: Ground, refusals: dict[str, None]) -> str:
    """The usual change in a year, over all vintages of this perimeter that compare."""
    latest = own[-1][1]
    figures = [
        figure(value, ground.neighbourhood.name, series.moment[0])
        for series, value in own
        if value.place_id == latest.place_id and value.released is not None
    ]
    found = slope(figures)
    if isinstance(found, Refusal):
        if len(figures) > 1:
            refusals[found.reason] = None
        return ""
    return per_year(found, latest.series.indicator)


def per_year(moved: float, indicator: Indicator) -> str:
    """« −0,6 point par an », « stable »."""
    text = signed(moved, indicator)
    return f"{text} par an" if text[0] in "+\u2212" else "stable"


def _alike(ground: Ground, found: Table) -> list[Like]:
    """The neighbourhoods of the same generation that resemble this one, on the latest publication of each variable."""
    place = ground.places[-1] if ground.places else None
    if place is None:
        return []
    own = [value for values in found.values() if (value := values.get(place.pk)) and value.released is not None]
    own.sort(key=lambda value: value.series.moment)
    newest = {one.series.indicator.code: one.series_id for one in own if one.series.indicator.code in ALIKE}
    if not newest:
        return []
    variables = [code for code in ALIKE if code in newest]
    columns = {newest[code]: at for at, code in enumerate(variables)}
    table: dict[str, list[float | None]] = {}
    for code, series, number in (
        Value.objects.filter(
            series__in=columns, place__kind=Territory.NEIGHBOURHOOD, place__generation=place.generation,
            released__isnull=False,
        ).order_by("pk").values_list("place__code", "series_id", "released")
    ):  # fmt: skip
        table.setdefault(code, [None] * len(variables))[columns[series]] = number
    try:
        return list(likes(place.code, table, variables, most=MOST_ALIKE))
    except InputError:
        return []


def _kin_values(alike: Sequence[Like], found: Table, ground: Ground) -> Table:
    if not alike:
        return {}
    series = [one for one, values in found.items() if values.keys() & ground.identities]
    rows = Value.objects.filter(
        series__in=series, series__indicator__space=None, place__kind=Territory.NEIGHBOURHOOD,
        place__code__in=[one.code for one in alike],
    ).select_related("place").defer("value", "top")  # fmt: skip
    table: dict[UUID, dict[UUID, Value]] = defaultdict(dict)
    for value in rows.order_by("pk"):
        table[value.series_id][value.place_id] = value
    return table


def _among(here: Value, kin: Sequence[Value]) -> Beside | None:
    """Their median, and the gap to it; a count is shown and not compared."""
    indicator = here.series.indicator
    values = [one.released for one in kin if one.released is not None]
    if not values:
        return None
    middle = median(values)
    text = Shown(written(middle, indicator), middle, f"médiane de {len(values)}")
    if indicator.kind in (IndicatorKind.COUNT, IndicatorKind.AMOUNT) or here.released is None:
        return Beside(text, refused=True)
    return Beside(text, signed(here.released - middle, indicator))
