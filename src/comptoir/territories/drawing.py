"""Outlines as SVG: drawn by the server, readable in print and without a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH = 640.0
LEAST_RATIO, MOST_RATIO = 0.45, 1.0  # of height to width: neither a ribbon nor a tower
MARGIN = 12.0
NICE = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Path:
    """One outline: `d` of an SVG path, what it is, and its style (`now`, `before`, `local`)."""

    d: str
    label: str
    style: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of outlines at one scale. `scale_m` metres are `scale_px` wide."""

    width: int
    height: int
    paths: tuple[Path, ...]
    scale_m: int
    scale_px: int

    @property
    def scale_label(self) -> str:
        return f"{self.scale_m} m" if self.scale_m < 1000 else f"{self.scale_m // 1000} km"

    @property
    def scale_y(self) -> int:
        return self.height - 10


def draw(outlines: Sequence[tuple[dict[str, Any], str, str]]) -> Drawing | None:
    """The outlines (GeoJSON geometry, label, style) in one frame, north up. None when there is nothing to draw."""
    points = [point for geometry, _, _ in outlines for ring in rings(geometry) for point in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    across = cos(radians((south + north) / 2))
    wide = max((east - west) * across, 1e-6)
    high = max(north - south, 1e-6)
    ratio = min(max(high / wide, LEAST_RATIO), MOST_RATIO)
    width, height = WIDTH, round(WIDTH * ratio)
    factor = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    left, top = (width - wide * factor) / 2, (height - high * factor) / 2

    def place(point: Sequence[float]) -> str:
        return f"{left + (point[0] - west) * across * factor:.1f} {top + (north - point[1]) * factor:.1f}"

    paths = tuple(
        Path("".join(f"M{'L'.join(place(p) for p in ring)}Z" for ring in rings(geometry)), label, style)
        for geometry, label, style in outlines
    )
    per_pixel = METRES_PER_DEGREE / factor
    scale = max((n for n in NICE if n / per_pixel <= width / 4), default=NICE[0])
    return Drawing(round(width), round(height), paths, scale, round(scale / per_pixel))


def rings(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    """All rings of a Polygon or a MultiPolygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]
