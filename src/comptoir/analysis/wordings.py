"""What changed between two wordings, word by word. See docs/concepts/deux-redactions.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+['’]?|\s+|[^\w\s]")  # « l'école » is two words: « l' » may stay when « école » changes


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that had one fate."""

    fate: Fate
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order, what was removed before what was added in its place.

    KEPT and REMOVED put end to end are `before`; KEPT and ADDED are `after`, to the letter. Two pieces that follow each
    other never have the same fate. A lone space between two changes changes with them: it is easier to read.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    removed = added = ""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, i, j, k, m) in enumerate(steps):
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if kind == "equal" and (gone.strip() or at in (0, len(steps) - 1)):
            found += [*_change(removed, added), Piece(Fate.KEPT, gone)]
            removed = added = ""
        else:
            removed, added = removed + gone, added + come
    return (*found, *_change(removed, added))


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Fate.REMOVED, removed)
    if added:
        yield Piece(Fate.ADDED, added)


def share_kept(before: str, after: str) -> float:
    """How much of the longer text both have in common, counted in characters without spaces: 0 to 1; 1 when both are
    empty."""
    size = max(_size(before), _size(after))
    kept = sum(_size(piece.text) for piece in differences(before, after) if piece.fate is Fate.KEPT)
    return kept / size if size else 1.0


def _size(text: str) -> int:
    return len("".join(text.split()))
