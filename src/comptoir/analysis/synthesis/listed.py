"""Points under a heading that names a column, beside the tables: they are a column too."""

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block, Heading, Paragraph, Point, has_words
from .boards import remark_twins
from .labels import COUNTED_KINDS, is_column_title, kind_of
from .model import Column, Item, Remark
from .notation import parse_item

_LOWEST = 9


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading that names a column and the points under it. `owner` is the nearest higher heading."""

    heading: Heading
    points: tuple[Point, ...]
    owner: Heading | None


def with_listed(blocks: Sequence[Block]) -> list[Block | Listed]:
    """The same blocks, each heading that names a column taken together with its points."""
    blocks = [_as_heading(block, blocks[at + 1 : at + 2]) for at, block in enumerate(blocks)]
    found: list[Block | Listed] = []
    above: list[Heading] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if not isinstance(block, Heading):
            found.append(block)
            continue
        above = [heading for heading in above if heading.level < block.level]
        end = at
        while end < len(blocks) and isinstance(blocks[end], Point | Paragraph):
            end += 1
        body = blocks[at:end]
        points = tuple(one for one in body if isinstance(one, Point))
        if points and names_a_column(block.text, points):
            first = body.index(points[0])
            found += body[:first]
            found.append(Listed(block, points, above[-1] if above else None))
            found += [one for one in body[first:] if not isinstance(one, Point)]
            at = end
        else:
            found.append(block)
        above.append(block)
    return found


def _as_heading(block: Block, following: Sequence[Block]) -> Block:
    """A plain line « Pièges à éviter : » right above points is their heading."""
    if isinstance(block, Paragraph) and is_column_title(block.text) and following and isinstance(following[0], Point):
        return Heading(block.text.removesuffix(":").strip(), _LOWEST, block.line)
    return block


def names_a_column(label: str, points: Sequence[Point]) -> bool:
    """The name of a column and nothing else, or a longer title that has the name, over points with counts."""
    if is_column_title(label):
        return True
    return kind_of(label) in COUNTED_KINDS and any(parse_item(point.text)[1] > 1 for point in points)


def column_of(listed: Listed) -> tuple[Column, list[Remark]]:
    """The column, with what is to be told of its points."""
    label = listed.heading.text
    items: list[Item] = []
    remarks: list[Remark] = []
    for point in listed.points:
        words, occurrences = parse_item(point.text)
        if has_words(words):
            items.append(Item(words.strip(), occurrences, point.line))
        else:
            message = f"« {point.text[:60]} » : une ligne sans mots, elle est laissée."
            remarks.append(Remark(message, line=point.line, column=label))
    remark_twins(items, label, remarks)
    return Column(label, kind_of(label), tuple(items)), remarks
