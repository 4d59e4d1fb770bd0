"""Where each piece of a thread goes in its picture, and where the lines between them pass. Pixels, no colour."""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from comptoir.thread.kinds import Column, Piece
from comptoir.thread.reading import Trace

BOX, GAP, STACK, HEAD = 204, 40, 14, 40  # width of a box; between columns; between boxes; height of the headings
_PAD, _SMALL, _TEXT = 12, 15, 19  # inside a box; height of a line of what it is; of a line of words
_SMALL_SIGNS, _TEXT_SIGNS, _TEXT_LINES = 27, 22, 5

_AFTER = re.compile(r" ([:;!?»])")
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A piece drawn: `small` says what it is, `words` what it says, `state` where it stands; each line with its
    baseline. `number` is that of the list that says the same; 0 for an open end."""

    x: int
    y: int
    height: int
    small: tuple[Line, ...]
    words: tuple[Line, ...]
    state: Line | None = None
    tone: str = ""
    url: str = ""
    number: int = 0
    is_here: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A piece in the list that says the same as the picture. `onward`: the numbers of those that it leads to."""

    number: int
    piece: Piece
    is_here: bool
    onward: tuple[int, ...] = ()


@dataclass(slots=True)
class Drawing:
    """`heads`: x and words of each column; `curves`: the `d` of each path; `sections`: the list, column by column, with
    the words of where it stops."""

    width: int = 0
    height: int = 0
    heads: list[tuple[int, str]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    curves: list[str] = field(default_factory=list)
    sections: list[tuple[str, list[Listed], str]] = field(default_factory=list)


def draw(trace: Trace) -> Drawing:
    """The picture and the list of a thread: a column for each kind of step that is there, or that is missing."""
    found = Drawing()
    columns = [column for column in Column if column in trace.pieces or column in trace.missing]
    where = {piece.key: columns.index(column) for column in columns for piece in trace.pieces.get(column, [])}
    ways = {link: [_Way(link, i) for i in range(where[link[0]] + 1, where[link[1]])] for link in trace.links}
    stacks: list[list[Piece | _Way]] = [[*trace.pieces.get(column, [])] for column in columns]
    for passing in ways.values():
        for way in passing:
            stacks[way.column].append(way)
    _untangle(stacks, trace.links, ways)
    pieces = [one for stack in stacks for one in stack if isinstance(one, Piece)]
    numbers = {piece.key: n for n, piece in enumerate(pieces, start=1)}
    places = _place(found, columns, stacks, numbers, trace)
    for (before, after), passing in ways.items():
        points = [places[before][1], *(point for way in passing for point in places[way.key]), places[after][0]]
        found.curves.append(_curve(points))
    onward: dict[str, list[int]] = defaultdict(list)
    for before, after in trace.links:
        onward[before].append(numbers[after])
    for column, stack in zip(columns, stacks, strict=True):
        listed = [
            Listed(numbers[one.key], one, one.key == trace.here, tuple(sorted(onward[one.key])))
            for one in stack
            if isinstance(one, Piece)
        ]
        found.sections.append((column.label, listed, trace.missing.get(column, "")))
    return found


@dataclass(frozen=True, slots=True)
class _Way:
    """Where a link that goes far passes between the boxes of a column, so that it never seems to enter one."""

    link: tuple[str, str]
    column: int

    @property
    def key(self) -> str:
        return f"{self.link} {self.column}"


def _place(
    found: Drawing, columns: Sequence[Column], stacks: Sequence[Sequence[Piece | _Way]], numbers: Mapping[str, int],
    trace: Trace,
) -> dict[str, tuple[Point, Point]]:  # fmt: skip
    """Draw the boxes of each column, centred; where lines come to each piece and leave it."""
    boxes: list[list[tuple[str, Box | None]]] = []
    for column, stack in zip(columns, stacks, strict=True):
        drawn = [(one.key, _box(one, trace, numbers[one.key]) if isinstance(one, Piece) else None) for one in stack]
        boxes.append([*drawn, ("", _open(trace.missing[column]))] if column in trace.missing else drawn)
    heights = [sum((box.height if box else 0) + STACK for _, box in stack) for stack in boxes]
    places: dict[str, tuple[Point, Point]] = {}
    for i, (column, standing) in enumerate(zip(columns, boxes, strict=True)):
        x, y = i * (BOX + GAP), HEAD + (max(heights) - heights[i]) // 2
        found.heads.append((x, column.label))
        for key, box in standing:
            middle = y + (box.height // 2 if box else 0)
            places[key] = (x, middle), (x + BOX, middle)
            if box:
                found.boxes.append(_moved(box, x, y))
            y += (box.height if box else 0) + STACK
    found.width, found.height = len(columns) * (BOX + GAP) - GAP, HEAD + max(heights)
    return places


def _untangle(
    stacks: list[list[Piece | _Way]], links: Iterable[tuple[str, str]],
    ways: Mapping[tuple[str, str], Sequence[_Way]],
) -> None:  # fmt: skip
    """Each column in the order of what comes before it: lines cross little. Those counted together stay last."""
    before: dict[str, list[str]] = defaultdict(list)
    for link in links:
        chain = [link[0], *(way.key for way in ways[link]), link[1]]
        for a, b in pairwise(chain):
            before[b].append(a)
    height: dict[str, float] = {}

    def place(key: str) -> tuple[bool, float]:
        known = [height[one] for one in before[key] if one in height]
        return key.endswith("-autres"), sum(known) / len(known) if known else 0.5

    for stack in stacks:
        stack.sort(key=lambda one: place(one.key))
        height.update({one.key: i / max(len(stack) - 1, 1) for i, one in enumerate(stack)})


def _cut(text: str, width: int, most: int) -> list[str]:
    """Lines of at most so many signs; French signs stay with their word."""
    held = _AFTER.sub("\u00a0\\1", text).replace("« ", "«\u00a0")
    return textwrap.wrap(held, width, max_lines=most, placeholder=" …") or [""]


def _box(piece: Piece, trace: Trace, number: int) -> Box:
    small = _cut(f"{number}. {piece.label}".rstrip(), _SMALL_SIGNS, 3)
    words = _cut(piece.text, _TEXT_SIGNS, _TEXT_LINES)
    y, lines = _PAD, []
    for text in small:
        y += _SMALL
        lines.append(Line(y, text))
    y += 3
    said = []
    for text in words:
        y += _TEXT
        said.append(Line(y, text))
    state = None
    if piece.state:
        y += _TEXT + 4
        state = Line(y, piece.state)
    return Box(0, 0, y + _PAD, tuple(lines), tuple(said), state, piece.tone, piece.url, number, piece.key == trace.here)


def _open(words: str) -> Box:
    lines = _cut(words, _TEXT_SIGNS, _TEXT_LINES)
    said = tuple(Line(_PAD + _TEXT * (i + 1), text) for i, text in enumerate(lines))
    return Box(0, 0, 2 * _PAD + _TEXT * len(lines), (), said, is_open=True)


def _moved(box: Box, x: int, y: int) -> Box:
    def down(lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(Line(y + one.y, one.text) for one in lines)

    state = Line(y + box.state.y, box.state.text) if box.state else None
    return replace(box, x=x, y=y, small=down(box.small), words=down(box.words), state=state)


def _curve(points: Sequence[Point]) -> str:
    """From the right of what comes before to the left of what comes after, level where it passes a column."""
    (x, y), *others = points
    drawn, bend = f"M{x} {y}", GAP // 2 + 4
    for i, (to_x, to_y) in enumerate(others):
        drawn += f" C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}" if i % 2 == 0 else f" H{to_x}"
        x, y = to_x, to_y
    return drawn
