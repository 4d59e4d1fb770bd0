"""What each statement gathers, in all and by group (docs/concepts/opinions.md, « Les chiffres d'une affirmation »)."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.opinions.clustering import Labels
from comptoir.analysis.opinions.votes import AGREE, DISAGREE, Votes

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
RISK = 0.05
_SEEN_BY_NONE = 9


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of agreements, disagreements and votes, passes included: (m,) over all, (k, m) by group."""

    agree: Counts
    disagree: Counts
    votes: Counts

    def without(self, group: int) -> "Tally":
        """The tally of everyone outside one group."""
        return Tally(*(part.sum(axis=0) - part[group] for part in (self.agree, self.disagree, self.votes)))


@dataclass(frozen=True, slots=True)
class Gaps:
    """For each statement the two groups furthest apart in their share of agreement, that gap and its bounds."""

    high: Labels
    low: Labels
    gap: Floats
    least: Floats
    most: Floats
    sure: NDArray[np.bool_]


def tally_of(votes: Votes) -> Tally:
    return Tally(*(part[0] for part in _counted(votes, None, 1)))


def tally_by_group(votes: Votes, labels: Labels, count: int) -> Tally:
    """`labels` (n,): the group of each participant, -1 for those in none."""
    return Tally(*_counted(votes, labels, count))


def _counted(votes: Votes, labels: Labels | None, count: int) -> tuple[Counts, Counts, Counts]:
    """One count of all (group, statement, vote) at once."""
    m = len(votes.statements)
    cell = votes.statement * np.int64(3)
    cell += votes.value
    cell += 1
    if labels is not None:
        # Those in no group are counted in one more, which is dropped.
        cell += np.repeat(np.where(labels < 0, count, labels) * (3 * m), votes.cast)
    found = np.bincount(cell, minlength=count * m * 3)[: count * m * 3].reshape(count, m, 3)
    return found[:, :, AGREE + 1], found[:, :, DISAGREE + 1], found.sum(axis=2)


def wilson(successes: Counts, trials: Counts, risk: float = RISK) -> tuple[Floats, Floats]:
    """Wilson's bounds of a share; 0 and 1 where nothing was tried."""
    z = NormalDist().inv_cdf(1 - risk / 2)
    trials = np.asarray(trials, dtype=np.float64)
    share = np.divide(successes, trials, out=np.full(trials.shape, 0.5), where=trials > 0)
    centre = share * trials + z * z / 2
    reach = z * np.sqrt(share * (1 - share) * trials + z * z / 4)
    low, high = (centre - reach) / (trials + z * z), (centre + reach) / (trials + z * z)
    return np.clip(np.where(trials > 0, low, 0), 0, share), np.clip(np.where(trials > 0, high, 1), share, 1)


def gaps(groups: Tally) -> Gaps:
    """Newcombe's bounds of the difference of two shares. `sure` keeps the risk of a single mistake among all
    statements and pairs of groups under RISK (Bonferroni). Groups that did not vote on a statement are left out."""
    count, m = groups.votes.shape
    seen = groups.votes > 0
    share = np.divide(groups.agree, groups.votes, out=np.zeros((count, m)), where=seen)
    high = np.where(seen, share, -1).argmax(axis=0)
    low = np.where(seen, share, 2).argmin(axis=0)
    both = seen.sum(axis=0) > 1
    columns = np.arange(m)
    gap = np.where(both, share[high, columns] - share[low, columns], 0.0)
    least, most = _newcombe(groups, share, high, low, RISK)
    strict, _ = _newcombe(groups, share, high, low, RISK / max(1, m * count * (count - 1) // 2))
    return Gaps(high, low, gap, np.where(both, least, 0), np.where(both, most, 0), both & (strict > 0))


def _newcombe(groups: Tally, share: Floats, high: Labels, low: Labels, risk: float) -> tuple[Floats, Floats]:
    columns = np.arange(share.shape[1])
    bottom, top = wilson(groups.agree, groups.votes, risk)
    a, b = share[high, columns], share[low, columns]
    under = np.hypot(a - bottom[high, columns], top[low, columns] - b)
    over = np.hypot(top[high, columns] - a, b - bottom[low, columns])
    return np.maximum(a - b - under, -1), np.minimum(a - b + over, 1)


def agreed_by_all(groups: Tally) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Statements to which every group says yes, and no: more than half in each, whatever the chance of the draw, with
    the risk of a single mistake among all statements under RISK."""
    strict = RISK / max(1, groups.votes.shape[1])
    yes = wilson(groups.agree, groups.votes, strict)[0].min(axis=0)
    no = wilson(groups.disagree, groups.votes, strict)[0].min(axis=0)
    return yes > 0.5, no > 0.5


def consensus(groups: Tally) -> tuple[Floats, Floats]:
    """Polis's group-aware consensus, yes and no: the product over groups of their smoothed shares."""
    return smoothed(groups.agree, groups.votes).prod(axis=0), smoothed(groups.disagree, groups.votes).prod(axis=0)


def smoothed(successes: Counts, trials: Counts) -> Floats:
    """A share with one vote of each kind added (Laplace)."""
    return (successes + 1) / (trials + 2)


def priority(tally: Tally, extremity: Floats) -> Floats:
    """Polis's priority (m,): agreed with, seldom passed, far from the centre; a statement few have seen comes first."""
    passes = tally.votes - tally.agree - tally.disagree
    importance = smoothed(tally.agree, tally.votes) * (1 - smoothed(passes, tally.votes)) * (1 + extremity)
    fresh = 1 + (_SEEN_BY_NONE - 1) * 2.0 ** (-tally.votes / 5)
    return (importance * fresh) ** 2
