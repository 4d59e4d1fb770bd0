"""Who is served: voters who see at least one of their projects selected. See docs/concepts/allocation.md."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from comptoir.analysis.allocation.floors import PLACES, labels_of
from comptoir.analysis.allocation.model import Election

THRESHOLD = 11
OTHERS = "autres, regroupés"


@dataclass(frozen=True, slots=True)
class Served:
    """Voters of a group, and how many of them have at least one of their projects."""

    group: str
    voters: int
    served: int

    @property
    def share(self) -> float:
        return self.served / self.voters if self.voters else 0.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Of a neighbourhood or category: projects proposed and selected, and the money spent on the selected ones."""

    group: str
    projects: int
    selected: int
    spent: int


def served(election: Election, selected: Collection[int]) -> tuple[Served, tuple[Served, ...]]:
    """Everyone; then by the neighbourhood that ballots state, groups under 11 voters put together to reach 11."""
    ballots = election.ballots
    won = np.zeros(len(election.projects), dtype=bool)
    won[list(selected)] = True
    happy = np.zeros(ballots.voters, dtype=bool)
    happy[ballots.owner[won[ballots.project]]] = True
    everyone = Served("", ballots.voters, int(happy.sum()))
    column = next((at for name in PLACES for at, h in enumerate(election.vote_header) if h == name), None)
    if column is None or len(election.vote_rows) != ballots.voters:
        return everyone, ()
    counts: dict[str, list[int]] = {}
    for row, one in zip(election.vote_rows, happy.tolist(), strict=True):
        place = row[column].strip() if column < len(row) else ""
        group = counts.setdefault(place or "non précisé", [0, 0])
        group[0] += 1
        group[1] += one
    return everyone, _protected([Served(name, *count) for name, count in counts.items()])


def _protected(groups: list[Served]) -> tuple[Served, ...]:
    """Small groups become one, with the next smallest as long as it is small itself: no difference gives one back."""
    groups.sort(key=lambda group: (group.voters, group.group))
    voters = happy = taken = 0
    while taken < len(groups) and (groups[taken].voters < THRESHOLD or 0 < voters < THRESHOLD):
        voters, happy, taken = voters + groups[taken].voters, happy + groups[taken].served, taken + 1
    kept = sorted(groups[taken:], key=lambda group: group.group)
    if not taken:
        return tuple(kept)
    return (*kept, Served(OTHERS, voters, happy)) if voters >= THRESHOLD else ()


def spent_by_group(election: Election, selected: Collection[int]) -> tuple[Spent, ...]:
    """By neighbourhood or category of the projects; a project of several counts in each."""
    members: dict[str, list[int]] = {}
    for at in range(len(election.projects)):
        for label in labels_of(election, at):
            members.setdefault(label, []).append(at)
    chosen = set(selected)
    return tuple(
        Spent(label, len(all_), len(chosen & set(all_)), election.cost_of([at for at in all_ if at in chosen]))
        for label, all_ in sorted(members.items())
    )
