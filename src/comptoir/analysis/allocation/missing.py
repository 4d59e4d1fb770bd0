"""How many supports a project lacked: found, then proved by counting again with that many more ballots, and one fewer.

See docs/concepts/allocation.md, « Ce qui a manqué ».
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from math import ceil, isfinite

import numpy as np

from comptoir.analysis.allocation.equal_shares import Count, EqualShares
from comptoir.analysis.allocation.model import Ballots, Election, Profile, Utility
from comptoir.analysis.allocation.rule import Allocation, Completion, Part, Rule, Settings, allocate
from comptoir.analysis.allocation.sequences import Phragmen, greedy

LIMIT = 3 * 10**7
"""How many supports may be looked at again to prove these numbers: some seconds. Past it, only the nearest have one."""
_SMALL = 20_000  # looking at fewer supports than this costs about as much as looking at this many
_TRIES = 4


def points_of_one(election: Election) -> int:
    """What one more ballot gives: 1 for an approval, else the most points that any ballot of the file gives."""
    return 1 if election.ballots.points is None else int(election.ballots.points.max(initial=1))


def with_supporters(election: Election, project: int, more: int) -> Election:
    """The same election with `more` voters more, whose ballots name this project alone."""
    ballots, profile, points = election.ballots, election.profile, points_of_one(election)
    start = np.concatenate((ballots.start, ballots.start[-1] + np.arange(1, more + 1)))
    named = np.concatenate((ballots.project, np.full(more, project)))
    given = None if ballots.points is None else np.concatenate((ballots.points, np.full(more, points)))
    larger = replace(election, ballots=Ballots(start, named, given), vote_rows=())

    def longer(parts: tuple[np.ndarray, ...], value: float) -> tuple[np.ndarray, ...]:
        return (*parts[:project], np.append(parts[project], parts[project].dtype.type(value)), *parts[project + 1 :])

    larger.__dict__["tie_rank"] = election.tie_rank
    larger.__dict__["profile"] = Profile(
        np.append(profile.start, profile.start[-1] + 1),
        np.append(profile.project, project),
        np.append(profile.weight, more),
        longer(profile.rows, profile.distinct),
        longer(profile.weights, more),
        None if profile.points is None else longer(profile.points, points),
    )
    return larger


def missing_supports(election: Election, allocation: Allocation, *, limit: int | None = LIMIT) -> dict[int, int]:
    """For projects not selected, the number of ballots more, for it alone, that select it: one fewer does not.

    A project that no number selects is absent, and past `limit` (None for none) the farthest ones are too.
    """
    settings = allocation.settings
    guesses = _guesses(election, allocation)
    nnz = max(len(election.profile.project), _SMALL)
    work = sum(part.counts for part in allocation.parts) * nnz * _TRIES
    found: dict[int, int] = {}
    spent = 0
    for at in sorted(guesses, key=lambda one: (guesses[one], one)):
        spent += work
        if limit is not None and spent > limit:
            break
        number = _least(lambda more, at=at: _selects(election, settings, at, more), guesses[at], election)  # type: ignore[misc]  # bound now
        if number is not None:
            found[at] = number
    return found


def _selects(election: Election, settings: Settings, project: int, more: int) -> bool:
    return project in allocate(with_supporters(election, project, more), settings).selected


def _least(selects: Callable[[int], bool], guess: int, election: Election) -> int | None:
    """A number that selects while one fewer does not, looked for from a guess outwards."""
    most = 4 * election.ballots.voters + 1000
    low, high, step = 0, max(1, min(guess, most)), 1
    while not selects(high):
        if high >= most:
            return None
        low, high, step = high, min(high + step, most), step * 2
    step = 1
    while high - low > 1:
        middle = max(low + 1, high - step) if low == 0 else (low + high) // 2
        if selects(middle):
            high, step = middle, step * 2
        else:
            low = middle
    return high


def _guesses(election: Election, allocation: Allocation) -> dict[int, int]:
    """A first number for every project that was not selected and that the budget could pay."""
    chosen = set(allocation.selected)
    lost = [at for at, one in enumerate(election.projects) if at not in chosen and one.cost <= election.budget]
    part = allocation.parts[-1]
    points = points_of_one(election)
    wanted = _wanted(election, allocation.settings, part, lost, points)
    settings = allocation.settings
    by_greedy = settings.rule is Rule.GREEDY or (
        allocation.comparison is not None and allocation.comparison.greedy_wins
    )
    if by_greedy or settings.completion in (Completion.GREEDY, Completion.ADD1U):
        for at in lost:
            wanted[at] = min(wanted.get(at, float("inf")), _wanted_by_greedy(election, allocation, part, at, points))
    return {at: max(1, ceil(more - 1e-9)) for at, more in wanted.items() if isfinite(more)}


def _wanted(election: Election, settings: Settings, part: Part, lost: Iterable[int], points: int) -> dict[int, float]:
    if part.share is not None:
        bought = [step for step in part.steps if step.price is not None]
        count = Count(part.share, tuple(s.project for s in bought), tuple(s.price or 0.0 for s in bought))
        method = EqualShares(election, settings.utility, part.among)
        return method.shortfalls(count, list(lost), points) if part.share > Fraction(0) else {}
    if settings.rule is not Rule.PHRAGMEN:
        return {}
    count_again = Phragmen(election, part.among, part.budget)
    count_again.wanted = dict.fromkeys(lost, float("inf"))
    count_again.count()
    return count_again.wanted


def _wanted_by_greedy(election: Election, allocation: Allocation, part: Part, project: int, points: int) -> float:
    """The least number of ballots that greedy needs to buy a project, all bought before by another rule staying so."""
    before = [step.project for step in part.steps if step.rule is not Rule.GREEDY]
    left = part.budget - election.cost_of(before)
    if election.projects[project].cost > left:
        return float("inf")
    among = set(part.among) - set(before)
    scores = list(election.scores)
    low, high = 0, max(1, -(-max(scores) // points) + 1)
    if allocation.settings.utility is Utility.CARDINALITY:
        high *= 1 + election.projects[project].cost
    while high - low > 1:
        middle = (low + high) // 2
        scores[project] = election.scores[project] + middle * points
        taken = project in greedy(election, allocation.settings.utility, among, left, scores)
        low, high = (low, middle) if taken else (middle, high)
    return float(high)
