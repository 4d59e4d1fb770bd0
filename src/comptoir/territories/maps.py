"""What maps are fed with: light GeoJSON, compressed once for each state, with a mark to ask again cheaply."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from comptoir.territories.enums import AreaKind
from comptoir.territories.listing import Wanted, everywhere
from comptoir.territories.models import AreaOutline, LocalArea, NeighbourhoodQuerySet
from comptoir.territories.placing import stamp_of

_kept: dict[str, tuple[str, bytes]] = {}


def served(request: HttpRequest, kind: str, mark: str, features: Any, *, keep: bool) -> HttpResponse:
    """GeoJSON of what `features()` gives, or 304 when the browser has this state. `keep`: for the next who asks."""
    etag = '"' + hashlib.sha256(f"{kind} {mark}".encode()).hexdigest()[:20] + '"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        return _labelled(HttpResponseNotModified(), etag)
    known = _kept.get(kind)
    body = known[1] if known and known[0] == etag else _packed(features())
    if keep:
        _kept[kind] = etag, body
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return _labelled(HttpResponse(gzip.decompress(body), content_type="application/geo+json"), etag)
    answer = HttpResponse(body, content_type="application/geo+json")
    answer.headers["Content-Encoding"] = "gzip"
    return _labelled(answer, etag)


def _labelled(answer: HttpResponse, etag: str) -> HttpResponse:
    for name, value in (("ETag", etag), ("Cache-Control", "private, no-cache"), ("Vary", "Accept-Encoding, Cookie")):
        answer.headers[name] = value
    return answer


def _packed(features: Iterable[dict[str, Any]]) -> bytes:
    whole = {"type": "FeatureCollection", "features": list(features)}
    return gzip.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def of_neighbourhoods(neighbourhoods: NeighbourhoodQuerySet) -> list[dict[str, Any]]:
    """One feature for each that has a place; without an outline, a point."""
    columns = ("code", "name", "longitude", "latitude", "outline__sketch")
    return [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": name, "lon": longitude, "lat": latitude},
            "geometry": sketch or {"type": "Point", "coordinates": [longitude, latitude]},
        }
        for code, name, longitude, latitude, sketch in neighbourhoods.order_by("code").values_list(*columns)
        if longitude is not None
    ]


def of_local_areas(areas: Iterable[LocalArea]) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "properties": {"code": area.code, "nom": area.name, "secteur": 1}, "geometry": area.sketch}
        for area in areas
        if area.sketch
    ]


def national(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """The map of what is asked for: the same neighbourhoods as the list."""
    mark = f"{wanted} {stamp_of(wanted.generation)}"
    return served(
        request, f"quartiers {wanted.generation}", mark, lambda: of_neighbourhoods(wanted.among(everywhere())),
        keep=wanted.everything,
    )  # fmt: skip


def background(request: HttpRequest) -> HttpResponse:
    """Departments, and regions where the former are not known."""
    outlines = AreaOutline.objects.filter(area__kind__in=(AreaKind.DEPARTMENT, AreaKind.REGION))
    state = list(outlines.order_by("pk").values_list("area__code", "digest"))

    def features() -> list[dict[str, Any]]:
        columns = ("area__kind", "area__code", "area__name", "sketch")
        found = list(outlines.order_by("area__kind", "area__code").values_list(*columns))
        best = AreaKind.DEPARTMENT if any(kind == AreaKind.DEPARTMENT for kind, *_ in found) else AreaKind.REGION
        return [
            {"type": "Feature", "properties": {"code": code, "nom": name}, "geometry": sketch}
            for kind, code, name, sketch in found
            if kind == best
        ]

    return served(request, "fond", str(state), features, keep=True)


def tiles() -> dict[str, str]:
    """The background of streets, when the host has chosen one."""
    return {"url": settings.TILES, "credit": settings.TILES_CREDIT}


def compact(geometry: dict[str, Any]) -> str:
    """GeoJSON on one line, for a form."""
    return json.dumps(geometry, separators=(",", ":"))
