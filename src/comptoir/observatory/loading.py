"""A published file into the instance: its indicators, series, territories and values, decided upon before written."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from comptoir.analysis.indicators import Definition, PlaceKey, Published, SeriesKey
from comptoir.observatory import sources
from comptoir.observatory.drafts import WRITTEN, Draft, Figure, insert
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Batch, Indicator, Place, Series, Supplier, Value
from comptoir.observatory.releases import CHUNK, FIELDS, ground_of, settle

Report = Callable[[str, int, int], None]
MOST_REMARKS = 200
AREA_KINDS = {
    Territory.COMMUNE: "commune", Territory.EPCI: "epci", Territory.DEPARTMENT: "department",
    Territory.REGION: "region",
}  # fmt: skip


def silent(what: str, done: int, total: int) -> None:
    """A report that says nothing."""


@dataclass
class Loaded:
    """What loading a file did. `faults`: lines and cells that were refused, each in a sentence. `already`: nothing
    was written, because this very file is in."""

    name: str
    new: int = 0
    same: int = 0
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    already: bool = False
    batch: Batch | None = None


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(read: Published, digest: str, report: Report = silent) -> Loaded:
    """Writes what a file says, in the caller's transaction. A value already there is kept; another one is refused."""
    loaded = Loaded(read.name, faults=[str(one) for one in read.faults], remarks=list(read.remarks))
    batch = Batch.objects.create(name=read.name[:200], digest=digest)
    loaded.batch = batch
    indicators = _indicators(read.definitions.values())
    series, known_before = _series(read.series, indicators)
    places = _places(read.places, read.names)
    there = {
        (one.series_id, one.place_id): one
        for one in Value.objects.filter(series__in=[series[key] for key in read.series if key in known_before])
    }
    made = []
    for series_at, place_at, number, mark in read.values:
        key, place = read.series[series_at], places[read.places[place_at]]
        row = series[key]
        old = there.get((row.pk, place.pk))
        if old is None:
            made.append(Draft(row.pk, place.pk, number, mark.value))
        elif (old.value, old.mark) == (number, mark.value):
            loaded.same += 1
        else:
            loaded.faults.append(
                f"{read.places[place_at].code}, {indicators[key.code].code}, {row.vintage} : une autre valeur est déjà "
                "chargée ; annulez d'abord le lot qui l'a apportée."
            )
    report("Vérification du secret", 0, len(made))
    _settle(made, list(there.values()), series.values())
    for at in range(0, len(made), WRITTEN):
        insert(made[at : at + WRITTEN], batch.pk)
        report("Écriture", min(at + WRITTEN, len(made)), len(made))
    loaded.new = len(made)
    batch.values_count = loaded.new
    batch.remarks = [*loaded.remarks, *loaded.faults][:MOST_REMARKS]
    batch.save(update_fields=["values_count", "remarks"])
    return loaded


def _settle(made: Sequence[Draft], there: Sequence[Value], series: Iterable[Series]) -> None:
    known = {one.pk: one for one in series}
    before = [(one.released, one.release, one.threshold) for one in there]
    everything: list[Figure] = [*made, *there]
    settle(everything, ground_of(known, everything, None))
    changed = [one for one, was in zip(there, before, strict=True) if (one.released, one.release, one.threshold) != was]
    Value.objects.bulk_update(changed, FIELDS, batch_size=CHUNK)


def _suppliers(wanted: set[str]) -> dict[str, Supplier]:
    """Source → entry of the register, made where it was not."""
    found = {one.code: one for one in Supplier.objects.filter(space=None)}
    by_source = {}
    for source in wanted:
        public = sources.supplier_of(source)
        if public.code not in found:
            found[public.code] = Supplier.objects.create(
                code=public.code, name=public.name, contact=public.contact, threshold=public.threshold,
                licence=sources.LICENCE, purpose=sources.PURPOSE, legal_basis=sources.BASIS,
                retention=sources.RETENTION, protected_at_source=True,
            )  # fmt: skip
        by_source[source] = found[public.code]
    return by_source


def _indicators(definitions: Iterable[Definition]) -> dict[str, Indicator]:
    wanted = {one.code: one for one in definitions}
    found = {one.code: one for one in Indicator.objects.filter(space=None, code__in=wanted).select_related("supplier")}
    new = [one for code, one in wanted.items() if code not in found]
    suppliers = _suppliers({one.source for one in new})
    rows = [
        Indicator(
            supplier=suppliers[one.source], code=one.code, name=one.name, theme=one.theme, definition=one.definition,
            kind=one.kind.value, unit=one.unit, direction=one.direction.value, summable=one.summable,
            family=one.family, dimensions=dict(one.dimensions), level=one.level, apart=one.apart, base=one.base,
            headline=one.headline, about_people=one.about_people,
        )
        for one in new
    ]  # fmt: skip
    Indicator.objects.bulk_create(rows)
    return found | {row.code: row for row in rows}


def _series(
    keys: Sequence[SeriesKey], indicators: dict[str, Indicator]
) -> tuple[dict[SeriesKey, Series], set[SeriesKey]]:
    rows = Series.objects.filter(indicator__in=[one.pk for one in indicators.values()])
    there = {(one.indicator_id, one.published, one.reference, one.period): one for one in rows}
    found: dict[SeriesKey, Series] = {}
    known: set[SeriesKey] = set()
    new = []
    for key in keys:
        indicator = indicators[key.code]
        row = there.get((indicator.pk, key.published, key.reference, key.period))
        if row is None:
            row = Series(indicator=indicator, published=key.published, reference=key.reference, period=key.period)
            new.append(row)
        else:
            known.add(key)
        row.indicator = indicator
        found[key] = row
    Series.objects.bulk_create(new)
    return found, known


def _places(keys: Sequence[PlaceKey], names: Sequence[str]) -> dict[PlaceKey, Place]:
    rows = Place.objects.filter(code__in={key.code for key in keys})
    found = {(one.kind, one.code, one.generation): one for one in rows}
    new = []
    made: dict[PlaceKey, Place] = {}
    for key, name in zip(keys, names, strict=True):
        row = found.get((key.kind.value, key.code, key.generation))
        if row is None:
            row = Place(kind=key.kind.value, code=key.code, generation=key.generation, name=name[:200])
            new.append(row)
        made[key] = row
    Place.objects.bulk_create(new)
    return made


def touched_series(batch: Batch) -> list[UUID]:
    return list(Value.objects.filter(batch=batch).order_by().values_list("series_id", flat=True).distinct())
