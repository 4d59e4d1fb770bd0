"""Outlines: from GeoJSON in degrees to valid polygons, their area on the ellipsoid, a light sketch of them.

See docs/concepts/territories.md. Polygons are those of shapely, in longitude and latitude (WGS84, degrees).
"""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from ..errors import InputError

Shape: TypeAlias = Polygon | MultiPolygon
Box = tuple[float, float, float, float]

SEMI_MAJOR = 6_378_137.0  # metres, WGS84
ECCENTRICITY = 0.0818191908426215
METRES_PER_DEGREE = 111_320.0  # of latitude, and of longitude at the equator
SLIVER = 50.0  # m²: what repairing a rounded outline leaves behind
DECIMALS = 6  # 0.1 m
SKETCH_DECIMALS = 4  # about 10 m
_POLYGONS = ("Polygon", "MultiPolygon")


def outline(geometry: Any, *, where: str = "") -> Shape:
    """The polygon of a GeoJSON geometry, repaired where it crosses itself; slivers of the repair are left out.

    Raises InputError for what is not a polygon in degrees.
    """
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in _POLYGONS:
        raise InputError(f"un contour est un polygone, pas « {kind or 'rien'} ».", source=where)
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    except (ShapelyError, ValueError, TypeError):
        raise InputError("ce contour est mal écrit : ses points ne se lisent pas.", source=where) from None
    return _usable(shape, where)


def _usable(shape: BaseGeometry, where: str) -> Shape:
    if shape.is_empty:
        raise InputError("ce contour n'a aucun point.", source=where)
    check_degrees(tuple(shapely.bounds(shape)), where=where)
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type in _POLYGONS]
    pieces = [piece for part in parts for piece in shapely.get_parts(part)]
    if not pieces:
        raise InputError("ce contour n'entoure rien : ses points sont sur une ligne.", source=where)
    kept = [piece for piece in pieces if area_m2(piece) >= SLIVER] or [max(pieces, key=area_m2)]
    return kept[0] if len(kept) == 1 else MultiPolygon(kept)


def check_degrees(box: Box, *, where: str = "") -> None:
    """Refuses coordinates that are not longitude then latitude, in degrees."""
    west, south, east, north = box
    if not all(np.isfinite(box)):
        raise InputError("ce contour a un point sans coordonnées.", source=where)
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise InputError(
            "les coordonnées ne sont pas en degrés (Lambert 93, sans doute). Exportez ce fichier en WGS84 (EPSG:4326).",
            source=where,
        )
    if west > 41 and east < 52 and south > -6 and north < 10:
        raise InputError(
            "latitude et longitude sont inversées. Exportez ce fichier avec la longitude d'abord (GeoJSON, EPSG:4326).",
            source=where,
        )


def area_m2(shape: BaseGeometry) -> float:
    """Area on the WGS84 ellipsoid, in m²: that of the polygon in the cylindrical equal-area projection."""
    return float(shapely.area(shapely.transform(shape, _equal_area)))


def _equal_area(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Degrees to metres of a plane where areas are those of the ellipsoid (authalic latitude)."""
    sine = np.sin(np.radians(points[:, 1]))
    e = ECCENTRICITY
    q = (1 - e**2) * (sine / (1 - (e * sine) ** 2) - np.log((1 - e * sine) / (1 + e * sine)) / (2 * e))
    return np.column_stack((SEMI_MAJOR * np.radians(points[:, 0]), SEMI_MAJOR * q / 2))


def bounds(shape: BaseGeometry) -> Box:
    """West, south, east, north in degrees."""
    west, south, east, north = (float(value) for value in shapely.bounds(shape))
    return west, south, east, north


def middle(shape: BaseGeometry) -> tuple[float, float]:
    """Longitude and latitude of a point that is inside, whatever the form of the outline."""
    point = shapely.point_on_surface(shape)
    return round(float(point.x), DECIMALS), round(float(point.y), DECIMALS)


def rings(shape: BaseGeometry) -> list[list[list[tuple[float, float]]]]:
    """Plain polygons: for each, an outer ring then its holes, of points (longitude, latitude)."""
    return [
        [[(x, y) for x, y in ring.coords] for ring in (piece.exterior, *piece.interiors)]
        for piece in shapely.get_parts(shape)
    ]


def to_geojson(shape: BaseGeometry, *, decimals: int = DECIMALS) -> dict[str, Any]:
    """A GeoJSON geometry, coordinates rounded."""
    rounded = shapely.transform(shape, lambda points: points.round(decimals))
    written: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return written


def sketch(shape: Shape, *, tolerance_m: float) -> dict[str, Any]:
    """A GeoJSON geometry light enough for a map of the whole country: no detail smaller than `tolerance_m` metres."""
    light = shapely.simplify(shape, tolerance_m / METRES_PER_DEGREE, preserve_topology=True)
    pieces = [Polygon(piece.exterior, _holes(piece, tolerance_m)) for piece in shapely.get_parts(light)]
    kept = [piece for piece in pieces if area_m2(piece) >= tolerance_m**2] or [max(pieces, key=area_m2)]
    drawn = to_geojson(kept[0] if len(kept) == 1 else MultiPolygon(kept), decimals=SKETCH_DECIMALS)
    several = drawn["type"] == "MultiPolygon"
    polygons = drawn["coordinates"] if several else [drawn["coordinates"]]
    plain = [[_thinned(ring) for ring in polygon] for polygon in polygons]
    return {"type": drawn["type"], "coordinates": plain if several else plain[0]}


def _holes(piece: Polygon, tolerance_m: float) -> list[Any]:
    return [ring for ring in piece.interiors if area_m2(Polygon(ring)) >= tolerance_m**2]


def _thinned(ring: list[list[float]]) -> list[list[float]]:
    """Without the points that rounding has put on top of each other; a ring keeps four points."""
    kept = [point for point, before in zip(ring, [None, *ring], strict=False) if point != before]
    return kept if len(kept) >= 4 else ring
