"""Local figures from a workbook: one line per territory, indicator and year. What the machinery of imports needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from comptoir.analysis.indicators import read_cell
from comptoir.analysis.indicators.cells import Reading
from comptoir.analysis.text import fold
from comptoir.imports import parsers
from comptoir.imports.kinds import Existing, Field, Ground, Kind, ReadRow, Values
from comptoir.observatory.actions.figures import Given, give_values, remove_values
from comptoir.observatory.entry import kept, label_of, places_by_name
from comptoir.observatory.enums import IndicatorKind, Said
from comptoir.observatory.models import Indicator, Place, Value
from comptoir.observatory.rules import may_keep_indicators

MARKS = {Said.SECRET: "s", Said.NOT_AVAILABLE: "nd", Said.NOT_SIGNIFICANT: "ns"}
EARLIEST, LATEST = 1990, 2100


def _value(cell: str) -> str:
    """A number or a mark, kept as we write it: « 12,5 », « s », « nd »."""
    return _written(read_cell(cell), percent=True)


def _written(read: Reading, *, percent: bool = False) -> str:
    if read.value is None:
        return MARKS.get(Said(read.mark.value), "nd")
    sign = " %" if percent and read.percent else ""
    letter = " e" if read.mark.value == Said.ESTIMATED else ""
    return f"{read.value:.10g}".replace(".", ",") + sign + letter


def _year(cell: str) -> int:
    year = parsers.whole(cell)
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"« {cell} » n'est pas une année possible.")
    return year


def _indicators(ground: Ground) -> dict[str, Indicator]:
    found = {}
    for one in Indicator.objects.local_to(ground.actor):
        found[fold(one.name)] = found[fold(one.code)] = one
    return found


def _existing(ground: Ground) -> Iterable[Existing]:
    rows = Value.objects.filter(
        series__indicator__space=ground.actor.space, series__indicator__withdrawn_at=None
    ).select_related("series__indicator", "place").order_by("pk")  # fmt: skip
    for one in rows:
        mark = f"{one.value:.10g}".replace(".", ",") if one.value is not None else MARKS.get(Said(one.mark), "nd")
        if one.value is not None and one.mark == Said.ESTIMATED:
            mark += " e"
        name, place, year = one.series.indicator.name, label_of(one.place), one.series.reference
        yield Existing(
            one.pk, f"{name}, {place}, {year}",
            {"indicator": name, "place": place, "year": year, "value": mark, "units": one.units},
        )  # fmt: skip


def _check(ground: Ground, rows: Sequence[ReadRow]) -> None:
    """Indicators and territories are named as the space names them; a percent sign goes with shares alone."""
    indicators, places = _indicators(ground), places_by_name(ground.actor)
    for row in rows:
        said, where = str(row.values.get("indicator", "")), str(row.values.get("place", ""))
        indicator, place = indicators.get(fold(said)), places.get(fold(where))
        if indicator is None:
            row.refuse("indicator", f"« {said} » n'est pas un indicateur de cet espace : ajoutez-le d'abord.")
        else:
            row.values["indicator"] = indicator.name
        if place is None:
            row.refuse("place", f"« {where} » n'est ni un quartier du contrat, ni un secteur de cet espace.")
        else:
            row.values["place"] = label_of(place)
        if indicator is not None and "value" in row.values:
            _check_value(row, indicator)


def _check_value(row: ReadRow, indicator: Indicator) -> None:
    read = read_cell(str(row.values["value"]))
    if read.percent and indicator.kind != IndicatorKind.RATIO:
        row.refuse("value", "Ce nombre porte « % », mais l'indicateur n'est pas une part.")
    elif read.value is not None and indicator.kind == IndicatorKind.COUNT and (
        read.value < 0 or read.value != int(read.value)
    ):  # fmt: skip
        row.refuse("value", f"{row.values['value']} n'est pas un nombre entier et positif.")
    else:
        row.values["value"] = _written(read)


def _create(ground: Ground, rows: Sequence[Values]) -> Sequence[UUID]:
    indicators, places = _indicators(ground), places_by_name(ground.actor)
    by_series: dict[tuple[UUID, int], list[tuple[int, Given]]] = {}
    names: dict[UUID, Indicator] = {}
    for at, row in enumerate(rows):
        indicator = indicators[fold(row["indicator"])]
        names[indicator.pk] = indicator
        by_series.setdefault((indicator.pk, int(row["year"])), []).append((at, _given(row, places)))
    found: dict[int, UUID] = {}
    for (key, year), given in by_series.items():
        made = give_values(actor=ground.actor, indicator=names[key], year=year, given=[one for _, one in given])
        found |= {at: pk for (at, _), pk in zip(given, made, strict=True)}
    return [found[at] for at in range(len(rows))]


def _given(row: Values, places: dict[str, Place]) -> Given:
    key = fold(row["place"])
    place = places[key] = kept(places[key])
    read = read_cell(str(row["value"]))
    return Given(place, read.value, row.get("units"), None, read.mark.value)


def _change(ground: Ground, rows: Sequence[tuple[UUID, Values]]) -> None:
    there = {
        one.pk: one
        for one in Value.objects.filter(pk__in=[pk for pk, _ in rows], series__indicator__space=ground.actor.space)
        .select_related("series__indicator", "place")
    }  # fmt: skip
    for pk, values in rows:
        one = there[pk]
        number, mark = one.value, one.mark
        if "value" in values:
            read = read_cell(str(values["value"]))
            number, mark = read.value, read.mark.value
        units: Any = values.get("units", one.units)
        give_values(
            actor=ground.actor, indicator=one.series.indicator, year=one.series.reference,
            given=[Given(one.place, number, units, one.top, mark)],
        )  # fmt: skip


def _remove(ground: Ground, identities: Sequence[UUID]) -> None:
    remove_values(actor=ground.actor, values=identities)


def _used(ground: Ground, identities: Sequence[UUID]) -> Mapping[UUID, str]:
    return {}


def _back(ground: Ground) -> str:
    return reverse("observatory", args=(ground.actor.space.slug,))


FIGURES = Kind(
    name="chiffres",
    title="Chiffres de l'observatoire local",
    unit=("valeur", "valeurs"),
    help="Une ligne par territoire, indicateur et année. « s », « nd » et les cases vides ne sont jamais des zéros.",
    rule=may_keep_indicators,
    fields=(
        Field("indicator", "Indicateur", ("nom de l'indicateur", "libellé", "intitulé"), required=True,
              parse=parsers.text(200)),
        Field("place", "Territoire", ("quartier", "code", "code_qp", "codgeo", "secteur", "qpv", "lieu"), required=True,
              parse=parsers.text(200)),
        Field("year", "Année", ("an", "millésime", "exercice", "date"), required=True, parse=_year,
              write=str),
        Field("value", "Valeur", ("nombre", "résultat", "chiffre", "total", "part", "taux"), required=True,
              parse=_value),
        Field("units", "Effectif", ("base", "population", "sur combien", "contributeurs"), parse=parsers.whole,
              empty=None),
    ),
    keys=(("indicator", "place", "year"),),
    existing=_existing,
    check=_check,
    create=_create,
    change=_change,
    remove=_remove,
    used=_used,
    back_url=_back,
)  # fmt: skip
