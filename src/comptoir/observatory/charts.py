"""Where each piece of a chart goes: bars, a line of years, a map in shades. Made by the server, legible in grey.

Only released values come here: what is hidden has no length, no point and no shade, and says so in letters.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from comptoir.territories.drawing import MARGIN, WIDTH, rings

_LINE, _BAR, _GAP, _LETTERS = 23, 16, 16, 36
_WIDEST = 60.0  # percent of the width: the number is written at the end of the line
SHADES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` and `width` in percent; `y` and `text_y` in pixels; `style`: here, other or none (hidden, absent)."""

    label: str
    lines: tuple[tuple[str, int], ...]
    y: int
    text_y: int
    x: str
    width: str
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    height: int
    zero: str


def bars(rows: Sequence[tuple[str, float | None, str, str]]) -> Bars:
    """Horizontal bars from zero, negative ones to the left: (label, value, text, style)."""
    known = [value for _, value, _, _ in rows if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0
    zero = _WIDEST * -low / span
    found, y = [], 0
    for label, value, text, style in rows:
        lines = textwrap.wrap(label, _LETTERS) or [""]
        top = y + _LINE * len(lines)
        left = _WIDEST * (min(value or 0.0, 0.0) - low) / span
        width = _WIDEST * abs(value or 0.0) / span
        placed = tuple((line, y + _LINE * (at + 1) - 8) for at, line in enumerate(lines))
        found.append(
            Bar(label, placed, top, top + _BAR - 2, f"{left:.2f}", f"{width:.2f}", text,
                style if value is not None else "none")
        )  # fmt: skip
        y = top + _BAR + _GAP
    return Bars(tuple(found), max(y - _GAP, 0), f"{zero:.2f}")


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of years in a frame of 240 by 72: runs of points without a hole; `points` all of them."""

    paths: tuple[str, ...]
    points: tuple[Point, ...]
    first: str
    last: str


LINE_WIDTH, LINE_HEIGHT, _PAD = 240, 72, 8


def line(rows: Sequence[tuple[int, float | None, str]]) -> Line | None:
    """The values of a territory by year: (year, value, what is said of it). None with fewer than two known."""
    known = [(year, value) for year, value, _ in rows if value is not None]
    if len(known) < 2:
        return None
    first, last = known[0][0], known[-1][0]
    low, high = min(value for _, value in known), max(value for _, value in known)
    span, years = (high - low) or 1.0, (last - first) or 1

    def place(year: int, value: float) -> tuple[float, float]:
        x = _PAD + (year - first) / years * (LINE_WIDTH - 2 * _PAD)
        return x, LINE_HEIGHT - _PAD - (value - low) / span * (LINE_HEIGHT - 2 * _PAD)

    runs: list[list[str]] = [[]]
    points = []
    for year, value, said in rows:
        if value is None:
            runs.append([])
            continue
        x, y = place(year, value)
        runs[-1].append(f"{x:.1f} {y:.1f}")
        points.append(Point(round(x, 1), round(y, 1), said))
    paths = tuple("M" + "L".join(run) for run in runs if len(run) > 1)
    return Line(paths, tuple(points), str(first), str(last))


@dataclass(frozen=True, slots=True)
class Spot:
    """A neighbourhood on the map: its outline and a disc at (x, y) that carries its number in the list."""

    d: str
    x: float
    y: float
    number: int
    label: str
    shade: str


@dataclass(frozen=True, slots=True)
class Step:
    """A shade of the legend: what it stands for."""

    shade: str
    label: str


@dataclass(frozen=True, slots=True)
class Map:
    width: int
    height: int
    spots: tuple[Spot, ...]
    steps: tuple[Step, ...]


def shades(values: Sequence[float | None]) -> list[str]:
    """The shade of each value, from 1 (least) to SHADES, by equal steps between the least and the greatest.

    One in the middle where there is a single value: the lightest would be taken for none.
    """
    known = [value for value in values if value is not None]
    if not known:
        return ["none"] * len(values)
    low, high = min(known), max(known)
    if low == high:
        return ["none" if v is None else str(SHADES // 2 + 1) for v in values]
    width = (high - low) / SHADES
    return ["none" if v is None else str(min(int((v - low) / width), SHADES - 1) + 1) for v in values]


def choropleth(
    rows: Sequence[tuple[str, float | None, dict[str, Any] | None, tuple[float, float] | None]],
    write: Any,
) -> Map | None:
    """Neighbourhoods shaded by value: (label, value, GeoJSON outline, point). `write` writes a bound of the legend."""
    placed = [(at, row) for at, row in enumerate(rows) if row[3] is not None]
    if not placed:
        return None
    marks = [p for _, row in placed for p in _points(row)]
    west, east = min(p[0] for p in marks), max(p[0] for p in marks)
    south, north = min(p[1] for p in marks), max(p[1] for p in marks)
    across = cos(radians((south + north) / 2))
    wide, high = max((east - west) * across, 1e-4), max(north - south, 1e-4)
    height = round(WIDTH * min(max(high / wide, 0.4), 0.9))
    pad = 3 * MARGIN
    factor = min((WIDTH - 2 * pad) / wide, (height - 2 * pad) / high)
    left, top = (WIDTH - wide * factor) / 2, (height - high * factor) / 2

    def put(point: Sequence[float]) -> tuple[float, float]:
        return left + (point[0] - west) * across * factor, top + (north - point[1]) * factor

    found = []
    tones = shades([row[1] for row in rows])
    for at, (label, _, outline, point) in placed:
        assert point is not None, "kept above"
        path = "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (put(p) for p in ring)) + "Z" for ring in rings(outline)
        ) if outline else ""  # fmt: skip
        x, y = put(point)
        found.append(Spot(path, round(x, 1), round(y, 1), at + 1, label, tones[at]))
    return Map(round(WIDTH), height, tuple(_apart(found)), _steps([row[1] for row in rows], write))


def _points(row: Any) -> list[Sequence[float]]:
    return [row[3], *(point for ring in (rings(row[2]) if row[2] else ()) for point in ring)]


def _apart(spots: list[Spot]) -> list[Spot]:
    """Discs that would cover one another are moved down, in their order."""
    found: list[Spot] = []
    for spot in sorted(spots, key=lambda one: one.number):
        x, y = spot.x, spot.y
        while any(abs(x - other.x) < 30 and abs(y - other.y) < 30 for other in found):
            y += 8
        found.append(Spot(spot.d, x, y, spot.number, spot.label, spot.shade))
    return found


def _steps(values: Sequence[float | None], write: Any) -> tuple[Step, ...]:
    known = [value for value in values if value is not None]
    found = []
    if known:
        low, high = min(known), max(known)
        width = (high - low) / SHADES
        used = sorted(set(shades(known)))
        for shade in used:
            start = low + (int(shade) - 1) * width
            label = write(low) if not width else f"de {write(start)} à {write(start + width)}"
            found.append(Step(shade, label))
    if len(known) < len(values):
        found.append(Step("none", "non diffusé, ou aucune valeur"))
    return tuple(found)
