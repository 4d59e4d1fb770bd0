"""Reads an official file, table or GeoJSON, and tells what it is by its columns. See docs/concepts/territories.md."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from ..errors import InputError
from ..tables import read_sheets
from .columns import ours, recognised
from .geojson import features
from .model import Level, OfficialFile
from .outlines import Shape, check_degrees, outline
from .rows import Fields, add, finish


def read_official(data: bytes, name: str) -> OfficialFile:
    """Areas or priority neighbourhoods of a CSV, XLSX, ODS or GeoJSON file.

    Raises InputError, one French sentence, for what is none of these, says nothing that is known, or is not in degrees.
    """
    spatial = data.lstrip()[:1] == b"{"
    found = _geojson(data, name) if spatial else _table(data, name)
    read: OfficialFile | None = None
    for place, fields, shape in found:
        read = read or OfficialFile(PurePath(name).name, _level(fields, name))
        add(read, fields, shape, place)
    if read is None or not read.count:
        raise InputError("ce fichier n'a aucune ligne à charger.", source=name)
    finish(read)
    return read


def _level(fields: Fields, name: str) -> Level:
    """What a file is about, by the columns that it has."""
    has = fields.keys()
    kind = fields.get("type", "").casefold()
    if "iris" in has:
        raise InputError("ce sont des IRIS : Comptoir ne s'en sert pas.", source=name)
    if "qp" in has:
        return Level.NEIGHBOURHOOD
    if "successor" in has or kind.startswith(("commune-", "arrondissement", "com", "arm")):
        return Level.COMMUNE
    if ("ept" in has and "epci" not in has) or kind == "ept":
        return Level.EPT
    if "commune" in has or (fields.get("code", "").isalnum() and len(fields.get("code", "")) == 5):
        return Level.COMMUNE
    if "epci" in has or len(fields.get("code", "")) == 9:
        return Level.EPCI
    if "department" in has or ("code" in has and "region" in has):
        return Level.DEPARTMENT
    if "region" in has or ("code" in has and "seat" in has):
        return Level.REGION
    raise InputError(
        "ses colonnes ne sont pas connues. Sont lus : quartiers (code_qp), communes, anciennes communes, EPCI, EPT, "
        "départements et régions, tels que l'ANCT, l'INSEE et l'IGN les publient.",
        source=name,
    )


def _table(data: bytes, name: str) -> Iterator[tuple[str, Fields, Shape | None]]:
    sheets = read_sheets(data, name, known=recognised)
    best = max(sheets, key=lambda sheet: max((recognised(row.cells) for row in sheet.rows[:20]), default=0))
    head = max(best.rows[:20], key=lambda row: recognised(row.cells), default=None)
    if head is None or recognised(head.cells) < 2:
        raise InputError(
            "aucune ligne d'en-têtes n'est connue : il faut au moins un code et un nom (code_qp et lib_qp…).",
            source=name,
        )
    names = [ours(cell) for cell in head.cells]
    for row in best.rows:
        if row.line > head.line:
            yield f"ligne {row.line}", _fields(zip(names, row.cells, strict=False)), None


def _fields(pairs: Iterable[tuple[str | None, Any]]) -> Fields:
    """Values by our name of their column. Of two columns of the same meaning, the first that says something."""
    found: Fields = {}
    for name, value in pairs:
        if name and not found.get(name):
            found[name] = "" if value is None else str(value).strip()
    return found


def _geojson(data: bytes, name: str) -> Iterator[tuple[str, Fields, Shape | None]]:
    for place, properties, geometry in features(data, name):
        fields, shape = _fields((ours(key), value) for key, value in properties.items()), None
        if geometry and geometry.get("type") == "Point":
            fields |= _point(geometry, f"{name}, {place}")
        elif geometry:
            shape = outline(geometry, where=f"{name}, {place}")
        yield place, fields, shape


def _point(geometry: Mapping[str, Any], where: str) -> Fields:
    try:
        longitude, latitude = (float(value) for value in geometry["coordinates"][:2])
    except (KeyError, TypeError, ValueError):
        raise InputError("ce point est mal écrit : il lui faut une longitude et une latitude.", source=where) from None
    check_degrees((longitude, latitude, longitude, latitude), where=where)
    return {"longitude": str(longitude), "latitude": str(latitude)}
