"""The body of `comptoir turnout`: attendance sheets, hand counts and requests read from files."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from comptoir.analysis.errors import InputError
from comptoir.analysis.tables.headed import HeadedTable, read_headed
from comptoir.analysis.tables.model import Row
from comptoir.analysis.turnout.measures import Turnout
from comptoir.analysis.turnout.model import HandCount, Load, Presence, Share


def read_presences(data: bytes, source: str, token: str, event: str, day: str, band: str) -> list[Presence]:
    """One row per person at an event."""
    read = read_headed(data, source, (token, event, day, band), holding="présence")
    token_at, event_at, day_at = (read.position(name) for name in (token, event, day))
    band_at = read.position(band) if band else None
    return [
        Presence(
            _word(read, row, token_at),
            _word(read, row, event_at),
            _day(read, row, day_at),
            "" if band_at is None else " ".join(row.cells[band_at].split()),
        )
        for row in read.rows
    ]


def read_counts(data: bytes, source: str, event: str, day: str, present: str, first: str) -> list[HandCount]:
    """One row per event, counted by hand."""
    read = read_headed(data, source, (event, day, present, first), holding="séance")
    event_at, day_at, present_at, first_at = (read.position(name) for name in (event, day, present, first))
    found: dict[str, HandCount] = {}
    for row in read.rows:
        name = _word(read, row, event_at)
        if name in found:
            raise read.error(row, event_at, f"« {name[:40]} » est déjà compté.")
        there, new = _count(read, row, present_at), _count(read, row, first_at)
        if new > there:
            raise read.error(row, first_at, f"{new} nouveaux pour {there} présents.")
        found[name] = HandCount(name, _day(read, row, day_at), there, new)
    return list(found.values())


def read_requests(data: bytes, source: str, group: str, day: str) -> list[tuple[str, date]]:
    """One row per request made to a group."""
    read = read_headed(data, source, (group, day), holding="sollicitation")
    group_at, day_at = read.position(group), read.position(day)
    return [(_word(read, row, group_at), _day(read, row, day_at)) for row in read.rows]


def read_population(data: bytes, source: str, band: str, people: str) -> dict[str, float]:
    """The people of each band."""
    read = read_headed(data, source, (band, people), holding="tranche")
    band_at, people_at = read.position(band), read.position(people)
    found: dict[str, float] = {}
    for row in read.rows:
        name = _word(read, row, band_at)
        if name in found:
            raise read.error(row, band_at, f"« {name[:40]} » est donné deux fois.")
        found[name] = float(_count(read, row, people_at))
    return found


def _word(read: HeadedTable, row: Row, at: int) -> str:
    said = " ".join(row.cells[at].split())
    if not said or len(said) > 200:
        raise read.error(row, at, "cette case est vide." if not said else "ce texte est trop long (200 caractères).")
    return said


def _count(read: HeadedTable, row: Row, at: int) -> int:
    value = read.number(row, at)
    if value is None or value < 0 or value != int(value):
        said = row.cells[at].strip()[:40]
        raise read.error(row, at, f"« {said} » n'est pas un nombre de personnes. Écrivez 0, 1, 2…")
    return int(value)


def _day(read: HeadedTable, row: Row, at: int) -> date:
    """2026-03-14 or 14/03/2026."""
    said = row.cells[at].strip()
    french = said.split("/")
    try:
        if len(french) == 3:
            return date(int(french[2]), int(french[1]), int(french[0]))
        return date.fromisoformat(said[:10])
    except ValueError:
        raise read.error(row, at, f"« {said[:40]} » n'est pas une date. Écrivez 2026-03-14 ou 14/03/2026.") from None


def turnout_json(found: Turnout) -> bytes:
    told = asdict(found)
    told["newcomers"] = [{"event": event} | asdict(share) for event, share in found.newcomers]
    return _json(told)


def loads_json(found: Sequence[Load]) -> bytes:
    return _json({"loads": [asdict(load) for load in found]})


def turnout_csv(found: Turnout) -> bytes:
    """mesure, pour quoi, nombre, sur, part, au moins, au plus, non montré."""
    lines: list[list[str]] = [["mesure", "pour", "nombre", "sur", "part", "au moins", "au plus", "non montré"]]
    lines += [["nouveaux", event, *_plain(share)] for event, share in found.newcomers]
    lines.append(["reviennent", "", *_plain(found.again)])
    if found.concentration:
        c = found.concentration
        bounds = [f"{c.share:.4f}", f"{c.share_low:.4f}", f"{c.share_high:.4f}", ""]
        lines.append(["part des présences", f"les {c.top} plus présents", str(c.top), str(c.people), *bounds])
        lines.append(["gini", "", "", "", f"{c.gini:.4f}", f"{c.gini_low:.4f}", f"{c.gini_high:.4f}", ""])
    lines += [["tranche", one.band, *_plain(one.came)] for one in found.balance]
    return _csv(lines)


def loads_csv(found: Sequence[Load]) -> bytes:
    head = ["groupe", "mois", "sollicitations", "moyenne sur trois mois", "feu"]
    rows = [[load.group, load.month, str(load.requests), f"{load.mean:.2f}", load.light.value] for load in found]
    return _csv([head, *rows])


def _plain(share: Share) -> list[str]:
    numbers = [share.count, share.among]
    parts = [share.value, share.low, share.high]
    return [
        *("" if n is None else str(n) for n in numbers),
        *("" if p is None else f"{p:.4f}" for p in parts),
        share.hidden,
    ]


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def _json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(_rounded(told), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6) + 0.0
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def check_seed(said: str) -> int:
    """The seed as typed. Raises InputError for what is not a whole number."""
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise InputError(f"L'option --seed attend un nombre entier, pas « {said[:40]} ».")
    return int(said)
