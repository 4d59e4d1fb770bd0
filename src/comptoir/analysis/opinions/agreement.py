"""How far two groupings of the same people agree (docs/concepts/opinions.md, « Comparer deux regroupements »)."""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb


def adjusted_rand(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> float:
    """1 when equal but for names, about 0 by chance (Hubert and Arabie, 1985)."""
    both = sum(comb(count, 2) for count in Counter(zip(ours, theirs, strict=True)).values())
    one = sum(comb(count, 2) for count in Counter(ours).values())
    other = sum(comb(count, 2) for count in Counter(theirs).values())
    pairs = comb(len(ours), 2)
    expected = one * other / pairs if pairs else 0.0
    most = (one + other) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
