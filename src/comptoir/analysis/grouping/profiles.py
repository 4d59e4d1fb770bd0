"""Of which subjects the words of a note are usually said, whether or not an expression of the lexicon is found whole.

Definition: docs/concepts/grouping.md, « Le profil d'une note ».
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from comptoir.analysis.grouping.lexicon import EMPTY, FAMILY, SIDE_KINDS, WEAK, Lexicon, words_of_expression
from comptoir.analysis.grouping.words import STOP, number_of, stem

Floats = npt.NDArray[np.float32]

_PRIOR = 50
"""Notes that count as already read when a rarity is measured, as in `meaning`."""
_SHARPER = 1.5
"""The power given to a profile: what several words of a note agree on stands out from what one of them hints at."""

_UNKNOWN = 0.5
"""What a word that no subject explains counts for in the length of a profile, beside one that a single subject has."""


class Profiles:
    """Each word as a share in the subjects of a lexicon: much in a subject whose expressions are made of it, and the
    more telling the fewer the subjects. Nothing is learnt elsewhere: a team's own words count at once."""

    def __init__(self, lexicon: Lexicon):
        spoken = [c for c in lexicon.concepts if c.kind not in SIDE_KINDS and c.kind != FAMILY]
        self.subjects = tuple(concept.name for concept in spoken)
        self._said: dict[str, dict[int, float]] = {}
        for column, concept in enumerate(spoken):
            for expression in lexicon.concepts[concept]:
                words = [w for w in words_of_expression(expression) if _speaks(w.rstrip("*"))]
                for word in words:
                    self._add(word, column, 1 / len(words))
            for word in words_of_expression(concept.name):
                if _speaks(word):
                    self._add(word, column, 1.0)
        self._unknown = _UNKNOWN * math.log(len(spoken) + 1)
        self._lengths = sorted({len(word) - 1 for word in self._said if word.endswith("*")})
        self._known: dict[str, tuple[npt.NDArray[np.intp], Floats]] = {}

    def _add(self, word: str, column: int, share: float) -> None:
        shares = self._said.setdefault(word, {})
        shares[column] = shares.get(column, 0.0) + share

    def word(self, token: str) -> tuple[npt.NDArray[np.intp], Floats]:
        """The subjects of a folded word, by their number, and what it says of each; both empty where it is unknown."""
        found = self._known.get(token)
        if found is None:
            if len(self._known) > 1 << 16:
                self._known.clear()
            found = self._known[token] = self._shares(token)
        return found

    def _shares(self, token: str) -> tuple[npt.NDArray[np.intp], Floats]:
        shares: Counter[int] = Counter(self._said.get(stem(token), {}))
        for length in self._lengths:
            if length > len(token):
                break
            shares.update(self._said.get(token[:length] + "*", {}))
        columns = np.array(sorted(shares), dtype=np.intp)
        held = np.log1p(np.array([shares[int(column)] for column in columns], dtype=np.float32))
        telling = math.log((len(self.subjects) + 1) / (len(columns) + 1))
        return columns, (held / max(float(np.linalg.norm(held)), 1e-9) * telling).astype(np.float32)

    def of(self, notes: Sequence[Iterable[str]]) -> Floats:
        """One row a note: the product of two rows is the cosine of the profiles, words of no subject counted as things
        of their own. A row is 0 where no word says a subject, or only words said of anything do."""
        rarity = Counter(root for words in notes for root in set(map(stem, words)))
        rows = np.zeros((len(notes), len(self.subjects)), dtype=np.float32)
        length = np.zeros(len(notes), dtype=np.float32)
        for i, words in enumerate(notes):
            telling = False
            for word in words:
                columns, held = self.word(word)
                weight = math.log((len(notes) + _PRIOR) / (rarity[stem(word)] + 1))
                rows[i, columns] += held * weight
                if word not in WEAK:
                    telling = telling or len(columns) > 0
                    length[i] += 0 if len(columns) else (self._unknown * weight) ** (2 * _SHARPER)
            rows[i] *= telling
        rows **= _SHARPER
        rows /= np.maximum(np.sqrt((rows**2).sum(axis=1) + length), 1e-9)[:, None]
        return rows

    def telling(self, words: Iterable[str], subject: int) -> str:
        """The word that says most of a subject; the first of equals, empty where none does."""
        best, most = "", 0.0
        for word in words:
            columns, held = self.word(word)
            share = float(held[columns == subject].sum())
            if share > most:
                best, most = word, share
        return best


def spoken_words(tokens: Iterable[str]) -> tuple[str, ...]:
    """The words of a note that a profile is made of, each once, in order."""
    return tuple(dict.fromkeys(token for token in tokens if _speaks(token)))


def _speaks(word: str) -> bool:
    return len(word) > 1 and word not in EMPTY and word not in STOP and not word.isdigit() and not number_of(word)


@lru_cache(maxsize=8)
def profiles_of(lexicon: Lexicon) -> Profiles:
    """The profiles of a lexicon, made once for those in use."""
    return Profiles(lexicon)
