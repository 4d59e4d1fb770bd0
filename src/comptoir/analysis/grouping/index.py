"""What does this note resemble? Answered while one types, among a hundred thousand notes read beforehand.

Definition: docs/concepts/grouping.md, « À quoi ressemble une note qui arrive ».
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from comptoir.analysis.grouping.corpus import Corpus
from comptoir.analysis.grouping.learned import NOTHING_LEARNED, Learned
from comptoir.analysis.grouping.lexical import Reading
from comptoir.analysis.grouping.lexicon import SIDE_KINDS, Lexicon
from comptoir.analysis.grouping.model import NO_CONSTRAINTS, Pair, Text
from comptoir.analysis.grouping.slips import slips_of
from comptoir.analysis.grouping.vocabulary import Vocabulary
from comptoir.analysis.grouping.words import number_of

Ints = npt.NDArray[np.int64]
_SHORTLIST = 24
_LEAST = 5


class NoteIndex:
    """Notes read once; `resembles` then looks only at those that share a rare word or a subject with the new one."""

    def __init__(
        self, texts: Sequence[Text], lexicon: Lexicon, learned: Learned = NOTHING_LEARNED, asked: float = 0.25
    ):
        self._texts, self._lexicon, self._learned, self._asked = texts, lexicon, learned, asked
        vocabulary = Vocabulary(text.text for text in texts)
        meant, second = slips_of(vocabulary)
        owner, tokens = vocabulary.tokens(meant, second)
        self._stems = vocabulary.stems
        self._number = {root: s for s, root in enumerate(vocabulary.stems)}
        self._meant = meant
        subjects = self._subjects()
        about = subjects[tokens // 4]
        features = np.concatenate([tokens // 4, len(self._stems) + about[about >= 0]])
        owner = np.concatenate([owner, owner[about >= 0]])
        places = sorted({text.within for text in texts})
        self._place_number = {within: p for p, within in enumerate(places)}
        self._place = np.fromiter((self._place_number[t.within] for t in texts), np.int64, len(texts))
        width = len(self._stems) + len(lexicon.concepts)
        pair = np.unique(features * max(len(texts), 1) + owner)
        self._owner = (pair % max(len(texts), 1)).astype(np.int32)
        self._start = np.searchsorted(pair // max(len(texts), 1), np.arange(width + 1))
        held = np.diff(self._start)
        self._weight = np.log((len(texts) + 50) / (held + 1)).astype(np.float32)
        self._total = np.bincount(self._owner, weights=np.repeat(self._weight, held), minlength=len(texts))

    def _subjects(self) -> Ints:
        """For each stem, the number of the concept that it says alone, or -1."""
        number = {concept: k for k, concept in enumerate(self._lexicon.concepts)}
        self._concepts = number
        found = np.full(len(self._stems), -1, dtype=np.int64)
        for s, root in enumerate(self._stems):
            match = next((m for m in self._lexicon.find([root]) if m.concept.kind not in SIDE_KINDS), None)
            if match:
                found[s] = number[match.concept]
        return found

    def resembles(self, text: Text, limit: int = 5) -> list[Pair]:
        """The notes of the same place that a new one resembles, the surest first; `a` is always the new note's id."""
        features = self._features(text.text)
        place = self._place_number.get(text.within, -1)
        if not len(features) or place < 0:
            return []
        shared = np.zeros(len(self._texts), dtype=np.float32)
        for feature in features:
            shared[self._owner[self._start[feature] : self._start[feature + 1]]] += self._weight[feature]
        shared[self._place != place] = 0
        own = float(self._weight[features].sum())
        likeness = shared / (own + self._total - shared)
        count = min(_SHORTLIST, int(np.count_nonzero(shared)))
        if not count:
            return []
        best = np.argpartition(-likeness, count - 1)[:count]
        order = best[np.lexsort((best, -np.round(likeness[best], 6)))]
        chosen = [self._texts[i] for i in order.tolist() if self._texts[i].id != text.id]
        reading = Reading([text, *chosen], NO_CONSTRAINTS, Corpus([text, *chosen], self._lexicon, self._learned))
        return reading.resembling(self._asked, limit)

    def _features(self, text: str) -> Ints:
        """The stems and subjects of a note that the notes of the index hold too; a slip is read as what was meant."""
        vocabulary = Vocabulary([text])
        found: set[int] = set()
        for root in vocabulary.stems:
            s = self._number.get(root, -1)
            if s < 0 and len(root) >= _LEAST:
                s = self._nearest(root)
            if s >= 0 and self._meant[s] >= 0:
                found.add(int(self._meant[s]))
        for match in self._lexicon.find([number_of(word) or word for word in vocabulary.words]):
            if match.concept.kind not in SIDE_KINDS:
                found.add(len(self._stems) + self._concepts[match.concept])
        return np.array(sorted(found), dtype=np.int64)

    def _nearest(self, root: str) -> int:
        near = process.extractOne(root, self._stems, scorer=OSA.distance, score_cutoff=1)
        return int(near[2]) if near and near[0][0] == root[0] else -1
