"""Are the groups real? A permutation test (docs/concepts/opinions.md, « Les groupes sont-ils réels ? »)."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.opinions.clustering import Labels, groupings
from comptoir.analysis.opinions.projection import plane_of
from comptoir.analysis.opinions.votes import Votes

SHUFFLES = 99
LEVEL = 0.05
_PEOPLE = 1_000


@dataclass(frozen=True, slots=True)
class Reality:
    """`explained`: share of the differences between votes that lies between the groups. `p`: how often votes dealt
    out at random do as well; `shuffles` times tried, on `people` people."""

    p: float
    explained: float
    by_chance: float
    shuffles: int
    people: int

    @property
    def real(self) -> bool:
        return self.p <= LEVEL


def reality_of(votes: Votes, count: int, seed: int) -> Reality:
    """The test for `count` groups, on all people or on _PEOPLE of them drawn with `seed`. It stops as soon as the
    groups can no longer be real."""
    chance = np.random.default_rng(seed)
    total = len(votes.participants)
    if total > _PEOPLE:
        drawn = np.zeros(total, dtype=np.bool_)
        drawn[chance.permutation(total)[:_PEOPLE]] = True
        votes = votes.kept(people=drawn)
    observed = _explained(votes, count)
    column = np.argsort(votes.statement, kind="stable")
    place = votes.statement[column].astype(np.float64)
    as_good, tried, sums = 0, 0, 0.0
    while tried < SHUFFLES and (1 + as_good) / (1 + SHUFFLES) <= LEVEL:
        dealt = np.empty_like(votes.value)
        dealt[column] = votes.value[column[np.argsort(place + chance.random(len(place)))]]
        found = _explained(replace(votes, value=dealt), count)
        as_good += found >= observed
        sums += found
        tried += 1
    # Stopped early, the votes of chance not yet dealt are all counted as they were so far: p is what was seen.
    return Reality((1 + as_good) / (1 + tried), observed, sums / tried, tried, len(votes.participants))


def _explained(votes: Votes, count: int) -> float:
    found = groupings(plane_of(votes).people, count)
    return between(votes, found[count], count) if count in found else 0.0


def between(votes: Votes, labels: Labels, count: int) -> float:
    """Of the variance of votes around the mean of each statement, the share that the groups' means explain."""
    m = len(votes.statements)
    cell = np.repeat(labels, votes.cast) * m + votes.statement
    sizes = np.bincount(cell, minlength=count * m).reshape(count, m)
    sums = np.bincount(cell, weights=votes.value, minlength=count * m).reshape(count, m)
    means = sums.sum(axis=0) / sizes.sum(axis=0)
    whole = float(np.abs(votes.value).sum() - (means**2 * sizes.sum(axis=0)).sum())
    apart: NDArray[np.float64] = np.divide(sums, sizes, out=np.zeros(sums.shape), where=sizes > 0) - means
    return float((apart**2 * sizes).sum()) / whole if whole > 1e-12 else 0.0
