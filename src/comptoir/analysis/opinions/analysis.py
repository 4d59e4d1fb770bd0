"""From votes to opinion groups and the figures of each statement (docs/concepts/opinions.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.opinions.clustering import MOST, Labels, groupings
from comptoir.analysis.opinions.figures import Gaps, Tally, agreed_by_all, consensus, gaps, priority, tally_by_group
from comptoir.analysis.opinions.figures import tally_of as tally_of_all
from comptoir.analysis.opinions.projection import Plane, plane_of
from comptoir.analysis.opinions.representative import Representative, representatives
from comptoir.analysis.opinions.significance import Reality, reality_of
from comptoir.analysis.opinions.silhouette import best_count
from comptoir.analysis.opinions.votes import Votes

FEWEST_VOTERS = 50
FEWEST_VOTES = 7
HELD = 0.02
"""By how much another count of groups must be better before an earlier one is given up."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`labels[i]`: the group of participant i, 0 the largest, -1 where there were too few votes of theirs."""

    count: int
    labels: Labels
    silhouettes: Mapping[int, float]
    plane: Plane
    tally: Tally
    agree: NDArray[np.float64]
    disagree: NDArray[np.float64]
    everyone: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    gaps: Gaps
    representatives: tuple[tuple[Representative, ...], ...]

    @property
    def sizes(self) -> list[int]:
        return [int(size) for size in np.bincount(self.labels[self.labels >= 0], minlength=self.count)]


@dataclass(frozen=True, slots=True)
class Opinions:
    """`groups` is None where only counts may be shown; `warnings` say why, in French."""

    votes: Votes
    grouped: int
    tally: Tally
    priority: NDArray[np.float64]
    groups: Groups | None
    reality: Reality | None
    warnings: tuple[str, ...] = field(default=())


def opinions_of(votes: Votes, *, seed: int = 0, previous: Mapping[str, int] | None = None) -> Opinions:
    """Groups where there are enough voters and the groups are real; counts always.

    `previous`: the group that each participant had; the names of groups, and their count when it does nearly as well,
    are then kept.
    """
    enough = voting_enough(votes)
    able = int(enough.sum())
    tally = tally_of_all(votes)
    warnings = [f"{votes.changed} vote(s) changé(s) : le dernier compte."] if votes.changed else []
    groups, reality = None, None
    if able < FEWEST_VOTERS:
        voters = f"{able} votant{'s' if able > 1 else ''} avec assez de votes"
        warnings.append(f"Trop peu de votants : {voters}, il en faut {FEWEST_VOTERS}. Seuls les comptes sont donnés.")
    else:
        groups = groups_of(votes, previous)
        if groups is not None:
            reality = reality_of(votes.kept(people=enough), groups.count, seed)
        if groups is None or reality is None or not reality.real:
            warnings.append(
                "Pas de groupes d'opinion : des votes distribués au hasard se séparent aussi bien. "
                "Seuls les comptes sont donnés."
            )
            groups = None
    seen = tally if groups is None else Tally(*(part.sum(axis=0) for part in _parts(groups.tally)))
    extremity = np.zeros(len(votes.statements)) if groups is None else groups.plane.extremity
    return Opinions(votes, able, tally, priority(seen, extremity), groups, reality, tuple(warnings))


def _parts(tally: Tally) -> tuple[NDArray[np.int64], ...]:
    return tally.agree, tally.disagree, tally.votes


def voting_enough(votes: Votes) -> NDArray[np.bool_]:
    """Who voted on FEWEST_VOTES statements, or on all where there are fewer."""
    return votes.cast >= min(FEWEST_VOTES, len(votes.statements))


def groups_of(votes: Votes, previous: Mapping[str, int] | None = None) -> Groups | None:
    """Groups and all that is counted from them, real or not; None where everyone votes alike."""
    plane = plane_of(votes)
    enough = voting_enough(votes)
    points = plane.people[enough]
    found = groupings(points, min(MOST, len(points) - 1))
    if not found:
        return None
    count, scores = best_count(points, found)
    before = None if previous is None else _before(votes, enough, previous)
    if before is not None:
        former = int(before.max()) + 1
        if former in scores and scores[former] >= scores[count] - HELD:
            count = former
    mine = found[count]
    labels = np.full(len(enough), -1, dtype=np.int64)
    labels[enough] = mine if before is None else _renamed(mine, before, count)
    tally = tally_by_group(votes, labels, count)
    agree, disagree = consensus(tally)
    chosen = tuple(tuple(representatives(tally, group)) for group in range(count))
    return Groups(count, labels, scores, plane, tally, agree, disagree, agreed_by_all(tally), gaps(tally), chosen)


def _before(votes: Votes, enough: NDArray[np.bool_], previous: Mapping[str, int]) -> Labels | None:
    """The former group of each of those to be grouped, -1 for newcomers; None where nobody had one."""
    names = (name for name, kept in zip(votes.participants, enough.tolist(), strict=True) if kept)
    former = np.array([previous.get(name, -1) for name in names], dtype=np.int64)
    return former if len(former) and former.max() >= 0 else None


def _renamed(labels: Labels, before: Labels, count: int) -> Labels:
    """Each group takes the former name that it shares most people with, the greatest shares first."""
    known = (before >= 0) & (before < count)
    shared = np.bincount(labels[known] * count + before[known], minlength=count * count).reshape(count, count)
    name = np.full(count, -1, dtype=np.int64)
    for at in np.argsort(-shared, axis=None, kind="stable").tolist():
        group, former = divmod(at, count)
        if name[group] < 0 and former not in name:
            name[group] = former
    return name[labels]


def next_statements(opinions: Opinions, participant: str, most: int = 5) -> list[str]:
    """The statements to show to someone, by priority, among those they have not voted on."""
    votes = opinions.votes
    answered: set[int] = set()
    if participant in votes.participants:
        who = votes.participants.index(participant)
        answered = set(votes.statement[votes.person == who].tolist())
    order = np.argsort(-opinions.priority, kind="stable").tolist()
    return [votes.statements[at] for at in order if at not in answered][:most]
