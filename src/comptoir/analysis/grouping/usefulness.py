"""Which question to ask first. Definition: docs/concepts/grouping.md, « La question la plus utile d'abord »."""

import math
from collections.abc import Mapping, Sequence

from comptoir.analysis.grouping.model import Pair

_SIZE = 0.1
"""How much more a question is worth when the smaller of its two lines is e times bigger."""


def usefulness(pair: Pair, said: Mapping[str, int]) -> float:
    """Certainty times what would be joined: the occurrences of the smaller of the two lines, by their logarithm.

    `said`: how many times the line of each note was said, 1 where it is missing. Never below the certainty.
    """
    smaller = max(1, min(said.get(pair.a, 1), said.get(pair.b, 1)))
    return round(pair.score * (1 + _SIZE * math.log(smaller)), 6)


def most_useful_first(pairs: Sequence[Pair], said: Mapping[str, int]) -> list[Pair]:
    """The same pairs, the most useful first; at equal use, in the order in which they came (the surest first)."""
    return sorted(pairs, key=lambda pair: -usefulness(pair, said))
