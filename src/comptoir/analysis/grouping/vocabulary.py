"""The words of a great many notes, each read once: its stem, what it marks, how often it is said."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice

import numpy as np
import numpy.typing as npt

from comptoir.analysis.grouping.words import SET_UP, STOP, WHY_NOT, Mark, mark_of_word, number_of, spelled_out, stem
from comptoir.analysis.text import fold

Ints = npt.NDArray[np.int64]
_CHUNK = 20_000
_BREAK = "\x00"
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\x00")
_NO_LONGER = re.compile(r"\b(n(?:'|e )(?:[^\s\x00]+ ){1,3})plus\b")
_NOTHING, _MARK = -1, -2
TURNS = (None, Mark.LESS, Mark.NEGATED, Mark.WITHOUT)
"""How a stem may be turned; its token is `stem * 4 + turn`."""


class _Numbers(dict[str, int]):
    """Each new word gets the next number."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Vocabulary:
    """`words[w]` is a word, `said[w]` how many times, `stem_of[w]` its stem (-1: says nothing, -2 - turn: a mark),
    `stems` and `counts` the stems and how often each is said, `hashes[t]` a number for each token."""

    def __init__(self, texts: Iterable[str]):
        numbers = _Numbers({_BREAK: 0})
        flows = [_numbered(chunk, numbers) for chunk in _chunks(texts)]
        self._flow = np.concatenate(flows) if flows else np.zeros(0, np.int32)
        self.words = list(numbers)
        self.said = np.bincount(self._flow, minlength=len(self.words))
        self.said[0] = 0
        stems: dict[str, int] = {}
        self.stem_of = np.fromiter((_meaning(word, stems) for word in self.words), np.int64, len(self.words))
        self.stems = list(stems)
        full = self.stem_of >= 0
        self.counts = np.bincount(self.stem_of[full], weights=self.said[full], minlength=len(stems)).astype(np.int64)
        self.hashes = _hashes(self.stems)

    def wordings(self) -> tuple[npt.NDArray[np.uint64], Ints]:
        """For each text a number for its words as they follow each other, and how often its rarest word is said."""
        if not len(self._flow):
            return np.zeros(0, np.uint64), np.zeros(0, np.int64)
        text = np.cumsum(self._flow == 0) - (self._flow == 0)
        ends = np.flatnonzero(self._flow == 0)
        begin = np.concatenate([[0], ends[:-1] + 1])
        place = np.arange(len(self._flow)) - begin[text]
        salted = _digests(self.words, 8)[self._flow] * (2 * place.astype(np.uint64) + np.uint64(1)) ** np.uint64(3)
        sums = np.add.reduceat(salted, begin)
        said = self.said.copy()
        said[0] = np.iinfo(np.int64).max
        rarest = np.minimum.reduceat(said[self._flow], begin)
        return sums, rarest

    def tokens(self, meant: Ints, second: Ints) -> tuple[Ints, Ints]:
        """(text, token) of every word that says something. `meant[s]` is the stem that stem s is a slip of, `second[s]`
        the other stem when two words were run together, or -1."""
        if not len(self._flow):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        text = np.cumsum(self._flow == 0)
        read = np.where(self.stem_of >= 0, meant[np.maximum(self.stem_of, 0)], self.stem_of)
        run = np.where(self.stem_of >= 0, second[np.maximum(self.stem_of, 0)], -1)
        stem_of, other = read[self._flow], run[self._flow]
        kept = np.flatnonzero((stem_of != _NOTHING) & (self._flow != 0))
        text, stem_of, other = text[kept], stem_of[kept], other[kept]
        mark = np.where(stem_of <= _MARK, _MARK - stem_of, 0)
        before = np.concatenate([[0], mark[:-1]])
        before[np.concatenate([[True], text[1:] != text[:-1]])] = 0
        full = stem_of >= 0
        after = np.concatenate([mark[1:], [0]])  # a mark that ends the note turns the last word
        last = np.concatenate([text[1:] != text[:-1], [True]])
        closing = np.concatenate([last[1:], [False]]) & (np.concatenate([text[1:] == text[:-1], [False]]))
        turn = np.where(before > 0, before, np.where(closing, after, 0))[full]
        owner, stem_of, other = text[full], stem_of[full], other[full]
        tokens = stem_of * 4 + turn
        more = other >= 0
        return np.concatenate([owner, owner[more]]), np.concatenate([tokens, other[more] * 4])


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    texts = iter(texts)
    while chunk := list(islice(texts, _CHUNK)):
        yield chunk


def _numbered(chunk: list[str], numbers: _Numbers) -> npt.NDArray[np.int32]:
    """The words of some texts as numbers, 0 after each text. Folding works on all of them at once."""
    joined = f" {_BREAK} ".join(text.replace(_BREAK, " ") for text in chunk) + f" {_BREAK}"
    folded = WHY_NOT.sub("pourquoi", spelled_out(SET_UP.sub("creation", fold(joined))))
    folded = _NO_LONGER.sub(r"\1jamais", folded)
    found = _TOKEN.findall(folded)
    return np.fromiter(map(numbers.__getitem__, found), np.int32, len(found))


def _meaning(word: str, stems: dict[str, int]) -> int:
    mark = mark_of_word(word)
    if mark is not None:
        turn = TURNS.index(mark) if mark in TURNS else 0
        return _MARK - turn if turn else _NOTHING
    if word in STOP or word in ("plus", "suffisamment") or (len(word) == 1 and not word.isdigit()):
        return _NOTHING
    return stems.setdefault(number_of(word) or stem(word), len(stems))


def _hashes(stems: list[str]) -> npt.NDArray[np.uint64]:
    """Four numbers a stem, one for each turn, the same on every machine and in every run."""
    return _digests(stems, 32)


def _digests(words: list[str], size: int) -> npt.NDArray[np.uint64]:
    digests = b"".join(blake2b(word.encode(), digest_size=size).digest() for word in words)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
