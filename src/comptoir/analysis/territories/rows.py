"""One row of an official file to one value, and what is odd about a file told once."""

import re
from collections.abc import Callable
from typing import TypeVar

import shapely

from .columns import several
from .model import AreaRow, Level, NeighbourhoodRow, OfficialFile
from .outlines import Shape, outline, to_geojson

Fields = dict[str, str]
Number = TypeVar("Number", int, float)
# QN08106M, QN97101M, QN02A01M: the list of 2024. QP081001, QP02A001: that of 2015.
_CODE = re.compile(r"Q[NP](?:\d{3}|02[AB])\d{2,3}[A-Z]?")
_WATCH = re.compile(r"QV|QVA|AQV", re.I)
_FORMER = ("commune-deleguee", "commune-associee", "comd", "coma")
LONGEST_CODE = 9  # a SIREN
_NOT_AREAS = ("", "0", "ZZZZZZZZZ")  # INSEE's code of a commune that is in no EPCI
_DIGITS = {"commune": 5, "department": 2, "region": 2}  # spreadsheets drop the zeros in front


def add(read: OfficialFile, fields: Fields, shape: Shape | None, place: str) -> None:
    """Adds a row to what has been read, or a remark when it cannot be used."""
    if read.level is Level.NEIGHBOURHOOD:
        _add_neighbourhood(read, fields, shape, place)
    else:
        row = _area(read.level, fields, shape)
        if row is None:
            read.remarks.append(f"{place} : sans code qui convienne, laissée de côté.")
        else:
            read.areas.append(row)


def _add_neighbourhood(read: OfficialFile, fields: Fields, shape: Shape | None, place: str) -> None:
    code = fields.get("qp", "").upper().replace(" ", "")
    if not code or _WATCH.match(code) or _WATCH.fullmatch(fields.get("nature", "")):
        what = "quartier en veille active, son code n'est pas unique" if code else "sans code"
        read.remarks.append(f"{place} : {what} ; laissé de côté.")
    elif not _CODE.fullmatch(code):
        read.remarks.append(
            f"{place} : « {code} » n'est pas un code de quartier (QN08106M, QP081001) ; laissé de côté."
        )
    else:
        read.neighbourhoods.append(
            NeighbourhoodRow(
                code=code,
                generation=2024 if code.startswith("QN") else 2015,
                name=fields.get("qp_name") or fields.get("name", ""),
                communes=_pairs(fields, "commune"),
                epci=_first(fields, "epci"),
                ept=_first(fields, "ept"),
                department=_first(fields, "department"),
                region=_first(fields, "region"),
                contract=";".join(several(fields.get("contract", ""))[:6]),
                surface_km2=_number(fields.get("surface", ""), float),
                point=_point(fields),
                outline=shape,
            )
        )


def _pairs(fields: Fields, what: str) -> tuple[tuple[str, str], ...]:
    """Codes with their names. Names that are not as many as codes (a comma in a name) are left out."""
    codes = [code.zfill(_DIGITS.get(what, 0)) for code in several(fields.get(what, ""))]
    names = several(fields.get(f"{what}_name", "")) if len(codes) > 1 else (fields.get(f"{what}_name", ""),)
    return tuple(zip(codes, names if len(names) == len(codes) else [""] * len(codes), strict=True))


def _first(fields: Fields, what: str) -> tuple[str, str]:
    return next(iter(_pairs(fields, what)), ("", ""))


def _number(cell: str, kind: Callable[[str], Number]) -> Number | None:
    plain = "".join(cell.split()).replace(",", ".")
    try:
        return kind(plain) if plain.casefold() not in ("nan", "inf", "-inf") else None
    except ValueError:
        return None


def _point(fields: Fields) -> tuple[float, float] | None:
    longitude, latitude = (_number(fields.get(name, ""), float) for name in ("longitude", "latitude"))
    if longitude is None or latitude is None or abs(longitude) > 180 or abs(latitude) > 90:
        return None
    return longitude, latitude


def _area(level: Level, fields: Fields, shape: Shape | None) -> AreaRow | None:
    kind = fields.get("type", "").casefold()
    if level is Level.COMMUNE and kind in _FORMER:
        level = Level.FORMER_COMMUNE
    if level is Level.EPCI and kind in ("ept", "epci"):  # the EPT of Grand Paris stand among EPCI in one file
        level = Level(kind)
    own = {
        Level.REGION: "region",
        Level.DEPARTMENT: "department",
        Level.EPCI: "epci",
        Level.EPT: "ept",
        Level.COMMUNE: "commune",
        Level.FORMER_COMMUNE: "commune",
    }[level]
    code = fields.get("code") or fields.get(own, "")
    if not code or len(code) > LONGEST_CODE:
        return None
    above = {"department": "", "region": "", "epci": "", "ept": ""}
    for name in above:
        if name != own and fields.get(name, "") not in _NOT_AREAS:
            above[name] = fields[name].zfill(_DIGITS.get(name, 0))
    return AreaRow(
        level=level,
        code=code.zfill(_DIGITS.get(own, 0)),
        name=fields.get("name") or fields.get(f"{own}_name", ""),
        successor=fields.get("successor", "") if level is Level.FORMER_COMMUNE else "",
        population=_number(fields.get("population", ""), int),
        point=_point(fields),
        outline=shape,
        **above,
    )


def finish(read: OfficialFile) -> None:
    """Makes one row of those that have the same code, and shortens the remarks that say the same thing many times."""
    known: dict[str, NeighbourhoodRow] = {}
    for row in read.neighbourhoods:
        first = known.setdefault(row.code, row)
        if first is not row:
            read.remarks.append(f"{row.code} : présent plusieurs fois ; ses contours sont réunis.")
            first.outline = _together(first.outline, row.outline)
    read.neighbourhoods = list(known.values())
    seen: dict[tuple[Level, str], AreaRow] = {}
    for area in read.areas:
        if seen.setdefault((area.level, area.code), area) is not area:
            read.remarks.append(f"{area.code} : présent plusieurs fois ; la première ligne est gardée.")
    read.areas = list(seen.values())
    read.remarks = _grouped(read.remarks)


def _together(first: Shape | None, second: Shape | None) -> Shape | None:
    if first is None or second is None:
        return first or second
    return outline(to_geojson(shapely.union(first, second)))


def _grouped(remarks: list[str]) -> list[str]:
    """Three examples at most of each remark, then how many others."""
    places: dict[str, list[str]] = {}
    for remark in remarks:
        place, what = remark.split(" : ", 1)
        if place not in (known := places.setdefault(what, [])):
            known.append(place)
    return [
        f"{', '.join(found[:3])}{f' et {len(found) - 3} autres' if len(found) > 3 else ''} : {what}"
        for what, found in places.items()
    ]
