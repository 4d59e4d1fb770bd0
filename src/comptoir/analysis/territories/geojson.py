"""GeoJSON as people send it: a collection, one feature, or a bare geometry; always in degrees."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InputError
from .outlines import Shape, outline

MAX_GEOJSON = 200 * 1024 * 1024
MAX_FEATURES = 20_000
_DEGREES = ("CRS84", "4326", "4258", "RGF93", "WGS84")
_NAMES = ("name", "nom", "libelle", "lib", "label", "title", "titre", "quartier")

Feature = tuple[str, Mapping[str, Any], Mapping[str, Any] | None]


def features(data: bytes, name: str) -> Iterator[Feature]:
    """(place in the file, properties, geometry) of each feature. Raises InputError, one French sentence."""
    if len(data) > MAX_GEOJSON:
        raise InputError(f"ce fichier dépasse {MAX_GEOJSON // 1024 // 1024} Mo. Découpez-le.", source=name)
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("ce fichier n'est pas en UTF-8, comme le veut GeoJSON.", source=name) from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InputError("ce GeoJSON est coupé ou mal écrit.", source=name, line=line) from None
    kind = whole.get("type") if isinstance(whole, Mapping) else None
    found = whole.get("features") if kind == "FeatureCollection" else [whole]
    if kind in ("Polygon", "MultiPolygon"):
        found = [{"properties": {}, "geometry": whole}]
    elif kind not in ("FeatureCollection", "Feature") or not isinstance(found, list):
        raise InputError("ce JSON n'est pas du GeoJSON : ni collection, ni élément, ni polygone.", source=name)
    if len(found) > MAX_FEATURES:
        raise InputError(f"plus de {MAX_FEATURES} éléments. Découpez le fichier.", source=name)
    _check_projection(whole, name)
    for number, feature in enumerate(found, 1):
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        if not isinstance(feature, Mapping) or not (properties is None or isinstance(properties, Mapping)):
            raise InputError(f"l'élément {number} n'a pas de propriétés.", source=name)
        geometry = feature.get("geometry")
        yield f"élément {number}", properties or {}, geometry if isinstance(geometry, Mapping) else None


def named_outlines(data: bytes, name: str, key: str = "") -> tuple[list[str], list[tuple[str, Shape]]]:
    """The properties that may hold a name, best first, and (name, outline) of each polygon of a file.

    Without `key`, the first of them names. Features without an outline, points and lines are left out.
    """
    kept = [(place, properties, geometry) for place, properties, geometry in features(data, name) if geometry]
    keys = list(dict.fromkeys(k for _, properties, _ in kept for k, v in properties.items() if isinstance(v, str)))
    keys.sort(key=lambda k: not any(word in k.casefold() for word in _NAMES))
    chosen = key if key in keys else keys[0] if keys else ""
    found = [
        (str(properties.get(chosen) or place).strip()[:200], outline(geometry, where=f"{name}, {place}"))
        for place, properties, geometry in kept
        if geometry and geometry.get("type") in ("Polygon", "MultiPolygon")
    ]
    if not found:
        raise InputError("ce fichier n'a aucun contour (polygone).", source=name)
    return keys, found


def _check_projection(whole: Mapping[str, Any], name: str) -> None:
    """GeoJSON of before 2016 may name its projection: only degrees are taken."""
    crs = whole.get("crs")
    said = str((crs.get("properties") or {}).get("name", "")) if isinstance(crs, Mapping) else ""
    if said and not any(word in said.upper().replace(" ", "") for word in _DEGREES):
        raise InputError(
            f"ce fichier est dans une autre projection ({said}). Exportez-le en WGS84 (EPSG:4326).", source=name
        )
