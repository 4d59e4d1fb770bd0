"""What a space's local areas are made of: outlines read, communes and neighbourhoods found by their code or name."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.db.models import Q

from comptoir.analysis.errors import InputError
from comptoir.analysis.territories import area_m2, named_outlines, outline, to_geojson
from comptoir.analysis.territories.outlines import Shape
from comptoir.analysis.text import fold
from comptoir.kit.errors import Invalid
from comptoir.territories.atlas import Drawn
from comptoir.territories.enums import AreaKind, Generation
from comptoir.territories.loading import NEIGHBOURHOOD_SKETCH_M, columns
from comptoir.territories.models import Area, LocalArea, NeighbourhoodOutline, PriorityNeighbourhood

LEAST_SHARE = 0.005
MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Members:
    """Communes and neighbourhoods chosen for a local area."""

    communes: tuple[Area, ...]
    neighbourhoods: tuple[PriorityNeighbourhood, ...]

    def shape(self) -> Shape | None:
        """The outlines of the neighbourhoods together; communes have none here."""
        rows = NeighbourhoodOutline.objects.filter(pk__in=[one.pk for one in self.neighbourhoods]).order_by("pk")
        found = [outline(row.geometry) for row in rows]
        return outline(to_geojson(shapely.union_all(found))) if found else None


@dataclass(frozen=True, slots=True)
class Shared:
    """A neighbourhood that a local area overlaps: percentages of the neighbourhood and of the area."""

    neighbourhood: PriorityNeighbourhood
    share_of_neighbourhood: int
    share_of_area: int


def read_outline(text: str) -> Shape:
    """One outline of what was drawn or pasted; several are put together. Raises Invalid on the field."""
    try:
        _, found = named_outlines(text.encode(), "")
    except InputError as error:
        raise Invalid(f"Ce contour ne va pas : {error.reason}", field="geometry") from error
    if len(found) == 1:
        return found[0][1]
    return outline(to_geojson(shapely.union_all([shape for _, shape in found])))


def find_members(text: str) -> Members:
    """Communes and neighbourhoods by code or name, one a line. Invalid for a line that names none, or several."""
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > MOST_MEMBERS:
        raise Invalid(f"Pas plus de {MOST_MEMBERS} communes et quartiers par secteur.", field="members")
    communes: dict[Area, None] = {}
    neighbourhoods: dict[PriorityNeighbourhood, None] = {}
    for line in lines:
        found = _named(line)
        if isinstance(found, Area):
            communes[found] = None
        else:
            neighbourhoods[found] = None
    return Members(tuple(communes), tuple(neighbourhoods))


def _named(line: str) -> Area | PriorityNeighbourhood:
    folded = fold(line)
    named: list[Area | PriorityNeighbourhood] = [
        *PriorityNeighbourhood.objects.filter(
            Q(code=line.upper()) | Q(search=folded, generation=Generation.G2024)
        ).order_by("code")[:4],
        *Area.objects.filter(Q(code=line.upper()) | Q(search=folded), kind=AreaKind.COMMUNE).order_by("code")[:4],
    ]
    if len(named) == 1:
        return named[0]
    if not named:
        raise Invalid(f"« {line[:60]} » n'est ni une commune ni un quartier connus : vérifiez.", field="members")
    codes = ", ".join(f"{one.code} ({one.name})" for one in named)
    raise Invalid(f"« {line[:60]} » peut être {codes} : écrivez le code.", field="members")


def outline_columns(shape: Shape | None) -> dict[str, object]:
    """The columns of a local area's outline."""
    if shape is None:
        return {}
    digest = hashlib.sha256(shape.wkb).hexdigest()[:16]
    return columns(Drawn(shape, digest), NEIGHBOURHOOD_SKETCH_M)


def overlapped(area: LocalArea) -> list[Shared]:
    """The 2024 neighbourhoods that the area overlaps, the largest share first."""
    if not area.geometry:
        return []
    shape = outline(area.geometry)
    rows = NeighbourhoodOutline.objects.filter(
        neighbourhood__generation=Generation.G2024,
        west__lte=area.east, east__gte=area.west, south__lte=area.north, north__gte=area.south,
    )  # fmt: skip
    whole, found = area_m2(shape), []
    for row in rows.select_related("neighbourhood").order_by("neighbourhood__code"):
        theirs = outline(row.geometry)
        shared = area_m2(shapely.intersection(shape, theirs))
        of_theirs, of_ours = shared / area_m2(theirs), shared / whole
        if max(of_theirs, of_ours) >= LEAST_SHARE:
            found.append(Shared(row.neighbourhood, round(100 * of_theirs), round(100 * of_ours)))
    return sorted(found, key=lambda one: -one.share_of_area)


def surface_km2(area: LocalArea) -> float | None:
    return round(area_m2(outline(area.geometry)) / 1e6, 2) if area.geometry else None


def chosen(area: LocalArea) -> Sequence[str]:
    """The lines that would choose the same communes and neighbourhoods."""
    communes = area.communes.order_by("code").values_list("code", flat=True)
    return [*communes, *area.neighbourhoods.order_by("code").values_list("code", flat=True)]
