"""The method of the house: notes that state the same thing, in whatever words. See docs/concepts/grouping.md."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from comptoir.analysis.grouping.corpus import Corpus
from comptoir.analysis.grouping.crowd import group_crowd
from comptoir.analysis.grouping.index import NoteIndex
from comptoir.analysis.grouping.learned import NOTHING_LEARNED, Learned
from comptoir.analysis.grouping.lexical import LexicalGrouping, Reading
from comptoir.analysis.grouping.lexicon import Lexicon, neighbourhood
from comptoir.analysis.grouping.linkage import drawn
from comptoir.analysis.grouping.model import NO_CONSTRAINTS, Constraints, Group, Pair, Text

CROWD, CROWDS = 2_000, 10_000


def is_crowd(texts: Sequence[Text]) -> bool:
    """Whether there are more notes than are read one by one: in one place, or in all."""
    if len(texts) <= CROWD:
        return False
    return len(texts) > CROWDS or max(Counter(text.within for text in texts).values()) > CROWD


@dataclass(frozen=True, slots=True)
class DomainGrouping(LexicalGrouping):
    """`lexicon`: of what notes speak and in which words. `learned`: what the decisions of a contract taught."""

    asked: float = 0.25
    joined: float = 0.28
    lexicon: Lexicon = field(default_factory=neighbourhood)
    learned: Learned = NOTHING_LEARNED

    def group(self, texts: Sequence[Text], constraints: Constraints = NO_CONSTRAINTS) -> list[Group]:
        """See Grouping. Past `CROWD` notes in one place, word by word instead of note by note: `group_crowd`."""
        if is_crowd(texts):
            return group_crowd(texts, constraints)
        return LexicalGrouping.group(self, texts, constraints)

    def index(self, texts: Sequence[Text]) -> NoteIndex:
        """The notes read beforehand, to ask many times what a new one resembles."""
        return NoteIndex(texts, self.lexicon, self.learned, self.asked)

    def resembles(self, text: Text, among: Sequence[Text], limit: int = 5) -> list[Pair]:
        """See Grouping. For many questions on the same notes, keep an `index`."""
        if len(among) > CROWD:
            return self.index([other for other in among if other.id != text.id]).resembles(text, limit)
        return LexicalGrouping.resembles(self, text, among, limit)

    def _drawn(self, edges: Sequence[tuple[int, int, float]]) -> Sequence[tuple[int, int, float]]:
        return drawn(edges)

    def _read(self, texts: Sequence[Text], constraints: Constraints) -> Reading:
        lexicon = None if is_crowd(texts) else self.lexicon
        return Reading(texts, constraints, Corpus(texts, lexicon, self.learned))
