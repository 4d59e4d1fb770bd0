"""Which neighbourhood a point is in: one point by a question to the database, many by a tree kept in the process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from comptoir.analysis.territories import Locator, outline
from comptoir.territories.enums import Generation
from comptoir.territories.loading import shapes
from comptoir.territories.models import NeighbourhoodOutline, PriorityNeighbourhood

Stamp = tuple[int, datetime | None]


@dataclass
class _Kept:
    stamp: Stamp
    locator: Locator


_kept: dict[int, _Kept] = {}


def neighbourhood_at(
    longitude: float, latitude: float, generation: int = Generation.G2024
) -> PriorityNeighbourhood | None:
    """The neighbourhood of this list that holds the point (degrees, WGS84); the first by code when there are two.

    Bounding boxes leave a handful of candidates, read with their outline.
    """
    boxes = NeighbourhoodOutline.objects.filter(
        neighbourhood__generation=generation,
        west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude,
    )  # fmt: skip
    near = {
        row.neighbourhood.code: row for row in boxes.select_related("neighbourhood").order_by("neighbourhood__code")
    }
    code = Locator({code: outline(row.geometry) for code, row in near.items()}).at(longitude, latitude)
    return near[code].neighbourhood if code else None


def neighbourhoods_at(
    points: Sequence[tuple[float, float]], generation: int = Generation.G2024
) -> list[PriorityNeighbourhood | None]:
    """The same for many points, in their order."""
    codes = codes_at(points, generation)
    known = PriorityNeighbourhood.objects.in_bulk({code for code in codes if code}, field_name="code")
    return [known[code] if code else None for code in codes]


def codes_at(points: Sequence[tuple[float, float]], generation: int = Generation.G2024) -> list[str | None]:
    """The code of the neighbourhood of each point. The tree of this process is made again when the list has changed."""
    stamp = stamp_of(generation)
    kept = _kept.get(generation)
    if kept is None or kept.stamp != stamp:
        kept = _kept[generation] = _Kept(stamp, Locator(shapes(generation)))
    return kept.locator.all_at(points)


def stamp_of(generation: int) -> Stamp:
    """What tells one state of a list from another: how many neighbourhoods, and when one last changed."""
    found = PriorityNeighbourhood.objects.of(generation).aggregate(n=Count("pk"), last=Max("changed_at"))
    return found["n"], found["last"]
