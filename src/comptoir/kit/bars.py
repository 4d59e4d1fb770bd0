"""Where each piece of a horizontal bar chart goes. Widths are in percent, so that the drawing follows the page and its
letters keep their size; heights are in pixels."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from comptoir.kit.french import number

_LINE, _BAR, _GAP = 23, 16, 18
_LABEL_CHARACTERS = 34  # fits a phone at the size of the text
_WIDEST = 84.0  # percent: the value is written after the bar


@dataclass(frozen=True, slots=True)
class Bar:
    """`label` as given; `lines` the same cut to fit, each with its baseline; `y` the top of the bar; `text_y` the
    baseline of the value; `width` in percent, with a point; `value` as written."""

    label: str
    lines: tuple[tuple[str, int], ...]
    y: int
    text_y: int
    width: str
    value: str


def layout(rows: Iterable[tuple[str, int]]) -> tuple[list[Bar], int]:
    """Bars in the order given, longest at `_WIDEST` percent, and the height of the drawing."""
    pairs = list(rows)
    if any(value < 0 for _, value in pairs):
        raise ValueError("Un diagramme en barres ne montre que des nombres positifs.")
    most = max((value for _, value in pairs), default=0)
    bars: list[Bar] = []
    y = 0
    for label, value in pairs:
        lines = textwrap.wrap(label, _LABEL_CHARACTERS) or [""]
        top = y + _LINE * len(lines)
        width = f"{_WIDEST * value / most:.2f}" if most else "0"
        placed = tuple((line, y + _LINE * (at + 1) - 8) for at, line in enumerate(lines))
        bars.append(Bar(label, placed, top, top + _BAR - 2, width, number(value)))
        y = top + _BAR + _GAP
    return bars, max(y - _GAP, 0)
