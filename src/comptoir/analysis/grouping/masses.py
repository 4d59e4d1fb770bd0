"""A great many notes at once: word by word instead of note by note. See docs/concepts/grouping.md, « En masse ».

Notes become sets of whole numbers; two notes of one set are one cell. What a set is without one of its words (its
contexts) tells which words stand for each other in these very notes, slips and synonyms alike.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from comptoir.analysis.grouping.interchange import inseparable, interchangeable
from comptoir.analysis.grouping.model import Text
from comptoir.analysis.grouping.slips import slips_of
from comptoir.analysis.grouping.vocabulary import Vocabulary
from comptoir.analysis.text import fold

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
_ROUNDS = 2


class Sets(NamedTuple):
    """Rows of distinct tokens, sorted: those of row r are `tokens[start[r] : start[r + 1]]`."""

    tokens: Ints
    start: Ints

    @property
    def owner(self) -> Ints:
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


class Masses:
    """`cell_of[i]` is the cell of text i. Notes of one cell say the same; cells are numbered by nothing that means."""

    def __init__(self, texts: Sequence[Text]):
        self.vocabulary = Vocabulary(text.text for text in texts)
        places: dict[tuple[str, ...], int] = {}
        place = np.fromiter((places.setdefault(t.within, len(places)) for t in texts), np.int64, len(texts))
        names = [repr(within) for within in places]
        salt = _hash_of_strings(names)[place]
        meant, second = slips_of(self.vocabulary)
        owner, tokens = self.vocabulary.tokens(meant, second)
        sets = _sets(owner, tokens, len(texts))
        cell_of, cells, keys = _cells(sets, salt, self.vocabulary, texts)
        for turn in range(2 * _ROUNDS):
            notes = np.bincount(cell_of, minlength=len(keys))
            if turn % 2 == 0:
                same = inseparable(cells.tokens, cells.start, notes)
            else:
                same = interchangeable(cells.tokens, cells.start, keys, notes, self.vocabulary)
            if len(same[0]):
                cells, keys, merged = _renamed(cells, keys, same, self.vocabulary)
                cell_of = merged[cell_of]
        self.cell_of = cell_of
        self.cells = cells


def _hash_of_strings(strings: Sequence[str]) -> Hashes:
    """A number for each string, the same on every machine and in every run."""
    digests = b"".join(blake2b(s.encode(), digest_size=8).digest() for s in strings)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def _sets(owner: Ints, tokens: Ints, rows: int) -> Sets:
    width = int(tokens.max(initial=0)) + 1
    key = np.unique(owner * width + tokens)
    start = np.searchsorted(key, np.arange(rows + 1) * width)
    return Sets(key % width, start)


def _sums(sets: Sets, values: Hashes) -> Hashes:
    """The sum of the values of each row's tokens, modulo 2^64."""
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values[sets.tokens], dtype=np.uint64)])
    sums: Hashes = total[sets.start[1:]] - total[sets.start[:-1]]
    return sums


def _cells(sets: Sets, salt: Hashes, vocabulary: Vocabulary, texts: Sequence[Text]) -> tuple[Ints, Sets, Hashes]:
    """The cell of each row, the sets of the cells, and their keys. A note without a word is a cell by its text."""
    keys = _sums(sets, vocabulary.hashes) + salt
    empty = np.flatnonzero(np.diff(sets.start) == 0)
    if len(empty):
        keys[empty] += _hash_of_strings([fold(texts[i].text) for i in empty.tolist()])
    found, first, cell_of = np.unique(keys, return_index=True, return_inverse=True)
    return cell_of.astype(np.int64), _rows(sets, first), found


def _rows(sets: Sets, rows: Ints) -> Sets:
    size = sets.start[rows + 1] - sets.start[rows]
    start = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    at = np.arange(start[-1]) - np.repeat(start[:-1], size) + np.repeat(sets.start[rows], size)
    return Sets(sets.tokens[at], start)


def _renamed(cells: Sets, keys: Hashes, same: tuple[Ints, Ints], vocabulary: Vocabulary) -> tuple[Sets, Hashes, Ints]:
    """The cells once the token at each place of `same[0]` reads as `same[1]` (-1: as nothing), and where each went."""
    salt = keys - _sums(cells, vocabulary.hashes)
    tokens = cells.tokens.copy()
    tokens[same[0]] = same[1]
    owner = cells.owner
    kept = tokens >= 0
    renamed = _sets(owner[kept], tokens[kept], len(keys))
    fresh = _sums(renamed, vocabulary.hashes) + salt
    found, first, merged = np.unique(fresh, return_index=True, return_inverse=True)
    return _rows(renamed, first), found, merged.astype(np.int64)
