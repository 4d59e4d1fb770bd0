"""The texts of one call, made comparable: notes of the same words in one cell, and the cells that share enough words.

A cell is a place (`within`), a set of stems and a stance. Definitions: docs/concepts/grouping.md.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from comptoir.analysis.grouping.learned import NOTHING_LEARNED, Learned
from comptoir.analysis.grouping.lexicon import Lexicon
from comptoir.analysis.grouping.meaning import Meanings
from comptoir.analysis.grouping.model import Text
from comptoir.analysis.grouping.profiles import profiles_of
from comptoir.analysis.grouping.stance import Stance, contrary, sides, stance
from comptoir.analysis.grouping.statement import read_statement
from comptoir.analysis.grouping.typos import canonical_spellings
from comptoir.analysis.grouping.words import read_words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_PRIOR = 50
"""Notes that count as already read when a word's rarity is measured, so that five notes are not weighed by chance."""
_PAIRS_AT_ONCE = 2_000_000


class Corpus:
    """`cell_of[i]` is the cell of text i; `members[c]` its texts; `stances[c]`, `stems[c]` what they hold and say.

    Cells are numbered in the order of their words, whatever the order of the texts.
    """

    def __init__(self, texts: Sequence[Text], lexicon: Lexicon | None = None, learned: Learned = NOTHING_LEARNED):
        self.words = [read_words(text.text) for text in texts]
        distinct = {words.key: words for words in self.words}
        said_in = Counter(s for words in distinct.values() for s in words.stems)
        known = lexicon.language | frozenset(filter(lexicon.knows, said_in)) if lexicon else frozenset()
        self.meant = canonical_spellings(said_in, known)
        roots = {key: frozenset(self.meant.get(s, s) for s in words.stems) for key, words in distinct.items()}
        frequency = Counter(root for stems in roots.values() for root in stems)
        contraries = sides(frequency)
        stances = {key: stance(words, self.meant, contraries) for key, words in distinct.items()}
        said = {key: (tuple(sorted(stems)) or (key,), stances[key]) for key, stems in roots.items()}
        first: dict[tuple[tuple[str, ...], tuple[str, ...], Stance], str] = {}
        keys = [(text.within, *said[words.key]) for text, words in zip(texts, self.words, strict=True)]
        for key, words in zip(keys, self.words, strict=True):
            first[key] = min(first.get(key, words.key), words.key)
        ordered = sorted(first, key=lambda key: (key[0], key[1], first[key]))
        number = {key: c for c, key in enumerate(ordered)}
        self.cell_of = [number[key] for key in keys]
        self.members: list[list[int]] = [[] for _ in ordered]
        for i, cell in enumerate(self.cell_of):
            self.members[cell].append(i)
        self.stances = [key[2] for key in ordered]
        self.stems = [roots[first[key]] for key in ordered]
        self._index(ordered, frequency, len(distinct))
        self.meanings = None
        if lexicon:
            statements = [read_statement(text, lexicon, self.meant) for text in self._wordings(texts)]
            self.meanings = Meanings(statements, self.stances, self._place.tolist(), profiles_of(lexicon), learned)

    def _wordings(self, texts: Sequence[Text]) -> list[str]:
        """The wording that stands for each cell, whatever the order of the texts."""
        return [min((self.words[i].key, texts[i].text) for i in cell)[1] for cell in self.members]

    def contrary(self, a: int, b: int) -> bool:
        """Whether two cells hold contraries."""
        return self.meanings.contrary(a, b) if self.meanings else contrary(self.stances[a], self.stances[b])

    def _index(
        self, ordered: list[tuple[tuple[str, ...], tuple[str, ...], Stance]], frequency: Counter[str], notes: int
    ) -> None:
        rare_first = sorted(frequency, key=lambda root: (frequency[root], root))
        rank = {root: r for r, root in enumerate(rare_first)}
        self._weight = np.array([math.log((notes + _PRIOR) / (frequency[r] + 1)) for r in rare_first], dtype=float)
        places = {within: p for p, within in enumerate(sorted({key[0] for key in ordered}))}
        self._place = np.array([places[key[0]] for key in ordered], dtype=np.int64)
        ranks = [sorted(rank[root] for root in stems) for stems in self.stems]
        self._start = np.concatenate([[0], np.cumsum([len(r) for r in ranks])]).astype(np.int64)
        self._tokens = np.array([r for row in ranks for r in row], dtype=np.int64)
        owner = np.repeat(np.arange(len(ranks)), np.diff(self._start))
        self._sorted_keys = owner * max(len(rank), 1) + self._tokens
        self._total = np.bincount(owner, weights=self._weight[self._tokens], minlength=len(ranks))
        self._owner = owner

    def edges(self, threshold: float, only: int | None = None) -> Iterator[tuple[int, int, float]]:
        """Pairs of cells (a < b) in one place, not contrary, with a likeness of `threshold` or more.

        `only` keeps the pairs of one cell. All such pairs are found, none is missed.
        """
        if self.meanings:
            yield from self.meanings.edges(threshold, only)
            return
        known: dict[tuple[Stance, Stance], bool] = {}
        chunks = self._sharing(threshold) if only is None else iter([self._sharing_with(only)])
        for a, b in chunks:
            score = self._likeness(a, b)
            enough = np.flatnonzero(score >= threshold)
            for i, j, s in zip(a[enough].tolist(), b[enough].tolist(), score[enough].tolist(), strict=True):
                pair = (self.stances[i], self.stances[j])
                if pair not in known:
                    known[pair] = contrary(*pair)
                if not known[pair]:
                    yield i, j, round(s, 6)

    def _sharing_with(self, cell: int) -> tuple[Ints, Ints]:
        shared = np.isin(self._tokens, self._tokens[self._start[cell] : self._start[cell + 1]])
        others = np.unique(self._owner[shared])
        others = others[(others != cell) & (self._place[others] == self._place[cell])]
        return np.minimum(others, cell), np.maximum(others, cell)

    def _sharing(self, threshold: float) -> Iterator[tuple[Ints, Ints]]:
        """Pairs of cells that share one of their rarest stems.

        Two cells that are alike share at least `threshold` of the weight of each: so they share a stem among the
        rarest that hold together more than the rest, `1 - threshold`, of its weight.
        """
        weight = self._weight[self._tokens]
        before = np.cumsum(weight) - weight
        start = self._start[self._owner]
        before -= before[start] if len(start) else 0.0
        head = before <= (1 - threshold) * self._total[self._owner] + 1e-9
        bucket = self._place[self._owner[head]] * max(len(self._weight), 1) + self._tokens[head]
        owner = self._owner[head]
        order = np.lexsort((owner, bucket))
        owner, bucket = owner[order], bucket[order]
        ends = np.searchsorted(bucket, bucket, side="right")
        follow = ends - np.arange(len(owner)) - 1
        done = 0
        while done < len(owner):
            sizes = np.cumsum(follow[done:])
            upto = done + max(1, int(np.searchsorted(sizes, _PAIRS_AT_ONCE, side="right")))
            counts = follow[done:upto]
            left = np.repeat(np.arange(done, upto), counts)
            step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
            a, b = owner[left], owner[left + 1 + step]
            # a pair that shares several rare stems is kept under the first of them only
            yield self._once(a, b, bucket[left] % max(len(self._weight), 1))
            done = upto

    def _once(self, a: Ints, b: Ints, shared: Ints) -> tuple[Ints, Ints]:
        first = np.ones(len(a), dtype=bool)
        longest = int((self._start[a + 1] - self._start[a]).max(initial=0))
        for k in range(longest):
            at = self._start[a] + k
            token = self._tokens[np.minimum(at, len(self._tokens) - 1)]
            earlier = np.flatnonzero(first & (at < self._start[a + 1]) & (token < shared))
            if not len(earlier):
                break
            first[earlier[self._holds(b[earlier], token[earlier])]] = False
        return a[first], b[first]

    def _holds(self, cells: Ints, tokens: Ints) -> npt.NDArray[np.bool_]:
        wanted = cells * max(len(self._weight), 1) + tokens
        at = np.searchsorted(self._sorted_keys, wanted)
        held: npt.NDArray[np.bool_] = self._sorted_keys[np.minimum(at, len(self._sorted_keys) - 1)] == wanted
        return held

    def _likeness(self, a: Ints, b: Ints) -> Floats:
        """Weight of the stems that both hold, over it plus what is only in one, a swap of one for another counted
        once more: another street is another statement, a precision is not."""
        counts = self._start[a + 1] - self._start[a]
        left = np.repeat(np.arange(len(a)), counts)
        step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        tokens = self._tokens[self._start[a][left] + step]
        held = self._holds(b[left], tokens)
        shared = np.bincount(left[held], weights=self._weight[tokens[held]], minlength=len(a))
        only_a, only_b = self._total[a] - shared, self._total[b] - shared
        likeness: Floats = shared / np.maximum(shared + only_a + only_b + np.minimum(only_a, only_b), 1e-12)
        return likeness
