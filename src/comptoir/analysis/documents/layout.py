"""How a document is laid out on paper, whatever the format: colours, orientation, widths, marks of counts."""

import math
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from comptoir.analysis.documents.model import Block, Heading, Logo, Table

WIDE = 4  # a table with this many columns is read on a landscape page
LINE = 150  # letters on one line across a landscape page, in the size of tables
PAGE_CM = (17.0, 25.7)  # the width between the margins of an A4 page, portrait and landscape
_LOGO_CM = (6.0, 1.6)  # the largest width and height of a logo
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARK = re.compile(r"(.*\S\s)(\*+|\(×\d+\))", re.DOTALL)


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 (black) to 1 (white), as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two #rrggbb colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """White or black, whichever reads better on this colour (always at least 4.5)."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, colour))


def accent(colour: str) -> str:
    """The same hue, darkened just enough to be read as text on white (contrast of 4.5 or more)."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    while contrast(colour, "#ffffff") < 4.5:
        channels = [int(c * 0.95) for c in channels]
        colour = "#" + "".join(f"{c:02x}" for c in channels)
    return colour


def right_to_left(text: str) -> bool:
    """True where the first letter that has a direction is of Arabic, Hebrew or another script read from the right.

    >>> right_to_left("« مرحبا » (bonjour)"), right_to_left("Bonjour (مرحبا)")
    (True, False)
    """
    if not _RIGHT_TO_LEFT.search(text):
        return False
    directions = map(bidirectional, text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"


def split_mark(text: str) -> tuple[str, str]:
    """The words and the count set after them: « Plus de bancs ** » gives (« Plus de bancs », « ** »).

    The two parts put together are the text itself; the mark is empty where there is none.
    """
    match = _MARK.fullmatch(text)
    return (match.group(1), match.group(2)) if match else (text, "")


def split_last(text: str) -> tuple[str, str, str]:
    """The words, the last of them and the mark: the count is kept on the line of the last word, unless it is very long.

    The three put together are the text itself; the last two are empty where there is no mark.
    """
    words, mark = split_mark(text)
    if not mark:
        return words, "", ""
    last = words.split()[-1]
    start = len(words) - len(last) - 1
    return (words[:start], words[start:], mark) if len(last) < 20 else (words, "", mark)


def longest_word(table: Table) -> int:
    """Words up to this many letters hold on one line of the table's columns; longer ones have to be cut."""
    return max(8, min(24, LINE // len(table.header) - 3))


def widths(table: Table) -> tuple[float, ...]:
    """The share of the width that each column gets (sums to 1): fuller columns are wider, every usual word holds."""
    texts = [[label, *(p for row in table.rows for p in row[i].paragraphs)] for i, label in enumerate(table.header)]
    roots = [math.sqrt(1 + sum(map(len, column))) for column in texts]
    mean = sum(roots) / len(roots)
    limit = longest_word(table)
    words = [min(limit, max(len(word) for text in column for word in text.split() or [""])) for column in texts]
    wanted = [min(max(root / mean, 0.65), 1.5) / len(roots) for root in roots]
    bounded = [max(share, (word + 3) / LINE) for share, word in zip(wanted, words, strict=True)]
    return tuple(share / sum(bounded) for share in bounded)


def logo_size(logo: Logo) -> tuple[float, float]:
    """Width and height in centimetres, in the proportions of the image."""
    width, height = struct.unpack(">II", logo.png[16:24])  # a PNG begins with its size
    scale = min(_LOGO_CM[0] / width, _LOGO_CM[1] / height)
    return width * scale, height * scale


def caption_repeats(before: Block | None, table: Table) -> bool:
    """True where the heading just above already says the caption: it need not be shown twice."""
    return isinstance(before, Heading) and before.text == table.caption


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share an orientation."""

    wide: bool
    blocks: tuple[Block, ...]


def sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The document cut where the page turns: a level 1 heading begins a part, a part with a wide table is landscape.

    What comes before the first heading takes the orientation of what follows it, so that no first page is left bare.
    """
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            parts.append([])
        parts[-1].append(block)
    turned = [any(isinstance(b, Table) and len(b.header) >= WIDE for b in part) for part in parts]
    if len(parts) > 1:
        turned[0] = turned[0] or turned[1]
    merged: list[Section] = []
    for part, wide in zip(parts, turned, strict=True):
        if merged and merged[-1].wide == wide:
            merged[-1] = Section(wide, (*merged[-1].blocks, *part))
        else:
            merged.append(Section(wide, tuple(part)))
    return tuple(merged)
