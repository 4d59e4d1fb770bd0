"""The statements that tell a group from the others, chosen as Polis does (docs/concepts/opinions.md)."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.opinions.figures import Counts, Floats, Tally, smoothed

MOST_SHOWN = 5
_SURE = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that a group supports, or opposes, more than the others do."""

    statement: int
    agree: bool
    count: int
    votes: int
    share: float
    ratio: float
    """How many times more often than outside the group."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side, yes or no, of all statements in one group: smoothed share, its test, ratio to outside, its test."""

    count: Counts
    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def sure(self) -> NDArray[np.bool_]:
        return (self.share_test > _SURE) & (self.ratio_test > _SURE)

    @property
    def weight(self) -> Floats:
        return self.ratio * self.ratio_test * self.share * self.share_test


def representatives(groups: Tally, group: int) -> list[Representative]:
    """At most MOST_SHOWN statements, those agreed with first. At least one where anyone voted."""
    outside = groups.without(group)
    votes = groups.votes[group]
    yes = _side(groups.agree[group], votes, outside.agree, outside.votes)
    no = _side(groups.disagree[group], votes, outside.disagree, outside.votes)
    agreeing = yes.ratio_test > no.ratio_test
    weight = np.where(agreeing, yes.weight, no.weight)
    enough = np.flatnonzero(yes.sure | no.sure)
    head = _best_agreed(yes, no)
    if head is None and not len(enough) and len(votes):
        head = int(np.maximum(yes.ratio_test, no.ratio_test).argmax())
    if head is None:
        # As in Polis, the list hangs on its head: without one that is agreed with, none is shown.
        return []
    ranked = enough[np.lexsort((enough, -weight[enough]))].tolist()
    chosen = [head, *(at for at in ranked if at != head)][:MOST_SHOWN]
    chosen.sort(key=lambda at: not agreeing[at])
    found = []
    for at in chosen:
        side = yes if agreeing[at] else no
        share, ratio = float(side.share[at]), float(side.ratio[at])
        found.append(Representative(at, bool(agreeing[at]), int(side.count[at]), int(votes[at]), share, ratio))
    return found


def _side(inside: Counts, trials: Counts, outside: Counts, others: Counts) -> _Side:
    share, away = smoothed(inside, trials), smoothed(outside, others)
    share_test = 2 * np.sqrt(trials + 1) * ((inside + 1) / (trials + 1) - 0.5)
    a, b = (inside + 1) / (trials + 1), (outside + 1) / (others + 1)
    pooled = (inside + outside + 2) / (trials + others + 2)
    noise = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / (trials + 1) + 1 / (others + 1)))
    ratio_test = np.divide(a - b, noise, out=np.zeros(len(a)), where=noise > 0)
    return _Side(inside, share, share_test, share / away, ratio_test)


def _best_agreed(yes: _Side, no: _Side) -> int | None:
    """The statement that the group agrees with best, always shown first. One pass, as in Polis: what counts as better
    depends on whether the best so far is more agreed with inside than outside."""
    first = (yes.share_test > _SURE) | ((yes.ratio > 1) & (yes.share > 0.5))
    weight, plain, ratio = yes.weight.tolist(), (yes.share * yes.share_test).tolist(), yes.ratio.tolist()
    best: int | None = None
    for at in np.flatnonzero(yes.count + no.count).tolist():
        if best is None:
            better = bool(first[at])
        elif ratio[best] > 1:
            better = weight[at] > weight[best]
        else:
            better = plain[at] > plain[best]
        if better:
            best = at
    return best
