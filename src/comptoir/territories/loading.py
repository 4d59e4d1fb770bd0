"""Official files, read and merged into what is known: what a preview shows and a run writes, so they cannot differ."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Model
from django.utils import timezone

from comptoir.analysis.comparison.lineage import lineage
from comptoir.analysis.territories import OfficialFile, bounds, outline, read_official, sketch, to_geojson
from comptoir.analysis.territories.model import Level
from comptoir.analysis.territories.outlines import Shape, rings
from comptoir.kit.french import plural
from comptoir.territories.atlas import Atlas, Drawn, merge
from comptoir.territories.enums import AreaKind, Generation
from comptoir.territories.models import (
    Area,
    AreaOutline,
    NeighbourhoodOutline,
    OfficialSource,
    PerimeterLineage,
    PriorityNeighbourhood,
)

Report = Callable[[str, int, int], None]
ORDER = list(Level)  # regions first, neighbourhoods last
CHUNK = 2000
READING = "Lecture"
NEIGHBOURHOOD_SKETCH_M = 25.0
AREA_SKETCH_M = 1500.0
ROUNDING_M = 8.0  # outlines are published rounded to four decimals, which moves a point by 7.9 m at most
LABELS = {kind.value: kind.label for kind in AreaKind} | {"neighbourhood": "Quartier prioritaire"}
_AREA = ("name", "search", "department", "region", "epci", "ept", "successor", "population", "longitude", "latitude")
_NEIGHBOURHOOD = (
    "name", "search", "generation", "epci", "ept", "department", "region", "published_contract", "surface_km2",
    "longitude", "latitude", "changed_at",
)  # fmt: skip
_OUTLINE = ("geometry", "sketch", "digest", "west", "south", "east", "north")


def silent(what: str, done: int, total: int) -> None:
    """A report that says nothing."""


@dataclass(frozen=True, slots=True)
class Count:
    """Of one kind: how many the files bring, change, leave."""

    label: str
    new: int
    changed: int
    same: int


def moment() -> tuple[int, datetime | None]:
    """What tells that nobody has loaded anything since: how many files, and when the last was."""
    return OfficialSource.objects.count(), OfficialSource.objects.aggregate(last=Max("loaded_at"))["last"]


@dataclass
class Source:
    """A file as sent, and what it says."""

    name: str
    digest: str
    read: OfficialFile


@dataclass
class Loading:
    """Files merged, not written yet."""

    sources: list[Source]
    atlas: Atlas
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self) -> list[Count]:
        kinds = [kind for kind in LABELS if kind in self.atlas.changes]
        return [
            Count(LABELS[kind], len(found.new), len(found.changed), len(found.same))
            for kind in kinds
            for found in (self.atlas.changes[kind],)
        ]

    @property
    def idle(self) -> bool:
        """Nothing to write: these files are already in."""
        return not self.atlas.moved and all(count.new == count.changed == 0 for count in self.counts)

    @property
    def outcome(self) -> str:
        """What was done, in a sentence."""
        if self.idle:
            return "Ce fichier était déjà chargé : rien n'a changé."
        new, changed = sum(count.new for count in self.counts), sum(count.changed for count in self.counts)
        return f"C'est chargé : {plural(new, 'nouveau', 'nouveaux')}, {plural(changed, 'changé', 'changés')}."


def read_files(files: Iterable[tuple[str, bytes]]) -> list[Source]:
    """Raises InputError, one sentence, for the first that cannot be read."""
    found = [Source(name, hashlib.sha256(data).hexdigest(), read_official(data, name)) for name, data in files]
    return sorted(found, key=lambda source: ORDER.index(source.read.level))


def prepare(sources: Sequence[Source], report: Report = silent) -> Loading:
    """Merges files into what is known, in memory."""
    atlas, total, done = Atlas(), sum(source.read.count for source in sources), 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % CHUNK == 0:
            report(READING, done, total)

    loading = Loading(list(sources), atlas)
    for source in sources:
        before = len(atlas.remarks)
        merge(atlas, [*source.read.areas, *source.read.neighbourhoods], tick)
        said = [*source.read.remarks, *atlas.remarks[before:]]
        loading.remarks += [f"{source.read.name}, {remark}" for remark in said]
        source.read.remarks = said
    atlas.repair()
    report(READING, total, total)
    return loading


def write(loading: Loading, report: Report = silent) -> None:
    """Writes what is new or changed, in the caller's transaction; then the lineage, when an outline has moved."""
    atlas = loading.atlas
    touched = {pk for found in atlas.changes.values() for pk in found.new | found.changed}
    known = {pk for found in atlas.changes.values() for pk in found.changed} | atlas.moved
    areas = [area for area in atlas.areas.values() if area.pk in touched]
    areas.sort(key=lambda area: (ORDER.index(Level(area.kind)), area.code))
    _upsert(Area, areas, ("kind", "code"), _AREA, "Communes et intercommunalités", report)
    now = timezone.now()
    touched |= atlas.moved
    ours = [one for one in atlas.neighbourhoods.values() if one.pk in touched]
    for one in ours:
        one.changed_at = now
    _upsert(PriorityNeighbourhood, ours, ("code",), _NEIGHBOURHOOD, "Quartiers", report)
    _attach(atlas, known)
    _draw(atlas, report)
    for source in loading.sources:
        OfficialSource.objects.update_or_create(
            name=source.read.name[:200], level=source.read.level.value,
            defaults={
                "digest": source.digest, "rows": source.read.count, "remarks": source.read.remarks[:50],
                "loaded_at": now,
            },
        )  # fmt: skip


def _upsert(
    model: type[Model], rows: Sequence[Model], unique: Sequence[str], fields: Sequence[str], what: str, report: Report
) -> None:
    """By chunks. The row that is there keeps its identity."""
    for start in range(0, len(rows), CHUNK):
        model._default_manager.bulk_create(
            rows[start : start + CHUNK], update_conflicts=True, unique_fields=unique, update_fields=fields
        )
        report(what, min(start + CHUNK, len(rows)), len(rows))


def _attach(atlas: Atlas, known: set[UUID]) -> None:
    through = PriorityNeighbourhood.communes.through
    through.objects.filter(priorityneighbourhood_id__in=atlas.moved & known).delete()
    links = [
        through(priorityneighbourhood_id=one, area_id=commune)
        for one in sorted(atlas.moved)
        for commune in sorted(atlas.communes[one])
    ]
    through.objects.bulk_create(links, batch_size=CHUNK, ignore_conflicts=True)


def _draw(atlas: Atlas, report: Report) -> None:
    if not atlas.outlines:
        return
    ours = {one.pk for one in atlas.neighbourhoods.values()}
    areas, neighbourhoods = [], []
    for identity, drawn in atlas.outlines.items():
        if identity in ours:
            neighbourhoods.append(NeighbourhoodOutline(pk=identity, **columns(drawn, NEIGHBOURHOOD_SKETCH_M)))
        else:
            areas.append(AreaOutline(pk=identity, **columns(drawn, AREA_SKETCH_M)))
    _upsert(AreaOutline, areas, ("area",), _OUTLINE, "Fonds de carte", report)
    _upsert(NeighbourhoodOutline, neighbourhoods, ("neighbourhood",), _OUTLINE, "Contours", report)
    if neighbourhoods:
        trace_lineage(report)


def columns(drawn: Drawn, tolerance_m: float) -> dict[str, object]:
    """The columns of an outline."""
    west, south, east, north = bounds(drawn.shape)
    return {
        "geometry": to_geojson(drawn.shape),
        "sketch": sketch(drawn.shape, tolerance_m=tolerance_m),
        "digest": drawn.digest,
        "west": west, "south": south, "east": east, "north": north,
    }  # fmt: skip


def shapes(generation: int) -> dict[str, Shape]:
    """Outlines by the code of their neighbourhood."""
    rows = NeighbourhoodOutline.objects.filter(neighbourhood__generation=generation).order_by("pk")
    return {code: outline(shape) for code, shape in rows.values_list("neighbourhood__code", "geometry")}


def trace_lineage(report: Report = silent) -> None:
    """The lineage of 2015 to 2024 anew, whole: it is computed from outlines and from nothing else."""
    report("Filiation 2015 → 2024", 0, 1)
    old, new = ({code: rings(shape) for code, shape in shapes(one).items()} for one in Generation)
    found = lineage(old, new, precision=ROUNDING_M).links
    identity = dict(PriorityNeighbourhood.objects.order_by().values_list("code", "pk"))
    PerimeterLineage.objects.all().delete()
    PerimeterLineage.objects.bulk_create(
        [
            PerimeterLineage(
                former_id=identity[one.old], latter_id=identity[one.new], share_of_former=one.of_old,
                share_of_latter=one.of_new, margin=one.margin, quality=one.quality,
            )
            for one in found
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    report("Filiation 2015 → 2024", 1, 1)
