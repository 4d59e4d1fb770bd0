"""Which neighbourhood of a generation became which of the next, by the area that they share."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from comptoir.analysis.errors import InputError

Ring = Sequence[tuple[float, float]]
Outline = Sequence[Sequence[Ring]]  # polygons: an outer ring, then holes; longitude and latitude in degrees
_EARTH = 6_371_007.2  # metres: the sphere of the same area
_SAME = 0.95
_LEAST = 0.01


class Became(StrEnum):
    """What happened to an old neighbourhood, or whence a new one comes."""

    SAME = "inchangé"
    LARGER = "agrandi"
    SMALLER = "réduit"
    MOVED = "modifié"
    SPLIT = "scindé"
    MERGED = "réuni"
    GONE = "sorti"
    NEW = "entré"


class Quality(StrEnum):
    """How far figures of one perimeter speak of the other: the area that both hold, over the area of either."""

    GOOD = "bonne"  # 95 % and more, or all that the precision of outlines allows
    FAIR = "moyenne"  # 80 % and more
    POOR = "faible"


@dataclass(frozen=True, slots=True)
class Link:
    """`of_old` and `of_new`: the shares of the two areas that they have in common; `common`: over their union.

    `margin`: how far the precision of the outlines may move these shares.
    """

    old: str
    new: str
    of_old: float
    of_new: float
    common: float
    margin: float
    quality: Quality


@dataclass(frozen=True, slots=True)
class Lineage:
    """The links, by old code then new; what each old one became, and each new one comes from."""

    links: tuple[Link, ...]
    old: Mapping[str, Became]
    new: Mapping[str, Became]


def lineage(old: Mapping[str, Outline], new: Mapping[str, Outline], *, precision: float = 10.0) -> Lineage:
    """`precision`: how far a point of an outline may stand from the truth, in metres. Overlaps of less than 1 % of
    both areas are the noise of outlines and are left out. Raises InputError for an outline that is none."""
    before = {code: _shape(outline, code) for code, outline in old.items()}
    after = {code: _shape(outline, code) for code, outline in new.items()}
    return lineage_of_areas(
        {code: shape.area for code, shape in before.items()},
        {code: shape.area for code, shape in after.items()},
        _overlaps(before, after),
        {code: shape.length * precision for code, shape in (before | after).items()},
    )


def lineage_of_areas(
    old: Mapping[str, float],
    new: Mapping[str, float],
    overlaps: Mapping[tuple[str, str], float],
    blur: Mapping[str, float] | None = None,
) -> Lineage:
    """The same from areas worked out elsewhere, in any one unit. `blur`: the area along an outline that is not sure."""
    links = []
    for (one, other), area in sorted(overlaps.items()):
        of_old, of_new = min(1.0, area / old[one]), min(1.0, area / new[other])
        if max(of_old, of_new) < _LEAST:
            continue
        both = min(1.0, area / (old[one] + new[other] - area))
        smaller = min(old[one], new[other])
        margin = min(1.0, min((blur or {}).get(one, 0.0), (blur or {}).get(other, 0.0)) / smaller)
        links.append(Link(one, other, of_old, of_new, both, margin, _quality(both, margin)))
    return Lineage(
        tuple(links),
        {code: _became([link for link in links if link.old == code], links) for code in sorted(old)},
        {code: _came_from([link for link in links if link.new == code], links) for code in sorted(new)},
    )


def _quality(common: float, margin: float) -> Quality:
    if common >= min(_SAME, max(0.8, 1 - margin)):
        return Quality.GOOD
    return Quality.FAIR if common >= 0.8 else Quality.POOR


def _became(mine: Sequence[Link], links: Sequence[Link]) -> Became:
    main = [link for link in mine if link.of_old >= 0.1 or link.of_new >= 0.5]
    if not main:
        return Became.GONE
    if len(main) > 1:
        return Became.SPLIT
    return _pair(main[0], [link for link in links if link.new == main[0].new])


def _came_from(mine: Sequence[Link], links: Sequence[Link]) -> Became:
    main = [link for link in mine if link.of_new >= 0.1 or link.of_old >= 0.5]
    if not main:
        return Became.NEW
    if len(main) > 1:
        return Became.MERGED
    parts = [link for link in links if link.old == main[0].old and (link.of_old >= 0.1 or link.of_new >= 0.5)]
    return Became.SPLIT if len(parts) > 1 else _pair(main[0], mine)


def _pair(link: Link, of_same_new: Sequence[Link]) -> Became:
    if sum(other.of_new >= 0.1 or other.of_old >= 0.5 for other in of_same_new) > 1:
        return Became.MERGED
    if link.quality is Quality.GOOD:
        return Became.SAME
    if link.of_old >= _SAME - link.margin:
        return Became.LARGER
    return Became.SMALLER if link.of_new >= _SAME - link.margin else Became.MOVED


def _overlaps(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    codes = list(after)
    tree = shapely.STRtree([after[code] for code in codes])
    found = {}
    for code, shape in before.items():
        for at in sorted(tree.query(shape).tolist()):
            area = shape.intersection(after[codes[at]]).area
            if area > 0:
                found[code, codes[at]] = float(area)
    return found


def _shape(outline: Outline, code: str) -> Any:
    """The outline in metres, on a projection that keeps areas (sinusoidal); mended where it crosses itself."""
    try:
        polygons = [Polygon([_metres(p) for p in rings[0]], [[_metres(p) for p in ring] for ring in rings[1:]])
                    for rings in outline]  # fmt: skip
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        raise InputError(f"le contour de « {code} » n'est pas un polygone.") from None
    shape = shapely.make_valid(MultiPolygon(polygons))
    if not shape.area:
        raise InputError(f"le contour de « {code} » est vide.")
    return shape


def _metres(point: Sequence[float]) -> tuple[float, float]:
    longitude, latitude = float(point[0]), float(point[1])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(point)
    return _EARTH * math.radians(longitude) * math.cos(math.radians(latitude)), _EARTH * math.radians(latitude)
