"""One allocation: a rule and its settings on an election. See docs/concepts/allocation.md."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import numpy as np

from comptoir.analysis.allocation.equal_shares import Count, EqualShares
from comptoir.analysis.allocation.floors import Floor
from comptoir.analysis.allocation.model import Election, Utility
from comptoir.analysis.allocation.sequences import Phragmen, greedy
from comptoir.analysis.errors import InputError


class Rule(StrEnum):
    GREEDY = "greedy"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"


class Completion(StrEnum):
    """What is done with the money that a rule leaves: nothing; greedy; one more unit of money to every voter as long as
    the budget holds (equal shares only); that, then greedy."""

    NONE = "none"
    GREEDY = "greedy"
    ADD1 = "add1"
    ADD1U = "add1u"


class Until(StrEnum):
    """When shares stop being raised: once no project with support fits, or only before the budget is passed."""

    EXHAUSTED = "exhausted"
    OVERSPENT = "overspent"


class Stage(StrEnum):
    """When a project was bought."""

    FLOOR = "floor"
    RULE = "rule"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True)
class Settings:
    rule: Rule = Rule.EQUAL_SHARES
    completion: Completion = Completion.NONE
    utility: Utility = Utility.COST
    compare_greedy: bool = False
    floors: tuple[Floor, ...] = ()
    until: Until = Until.EXHAUSTED


@dataclass(frozen=True, slots=True)
class Step:
    """A purchase. `price`: what a supporter pays for a point (equal shares), or the load they reach (Phragmén), in the
    election's units; None for greedy. `payers`: how many pay in full, and how many all they have left."""

    project: int
    stage: Stage
    rule: Rule
    price: float | None = None
    payers: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many voters get more utility from one result than from the other."""

    for_rule: int
    for_greedy: int

    @property
    def greedy_wins(self) -> bool:
        return self.for_greedy > self.for_rule


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an allocation: a floor, or what is left. `share`: each voter's money at its end, after `increments`.

    `counts`: how many times the ballots were counted for it.
    """

    budget: int
    among: tuple[int, ...]
    steps: tuple[Step, ...]
    floor: Floor | None = None
    share: Fraction | None = None
    increments: int = 0
    counts: int = 1


@dataclass(frozen=True, slots=True)
class Allocation:
    """The projects selected, in the order in which they were; how; and the result that greedy would have given."""

    settings: Settings
    parts: tuple[Part, ...]
    comparison: Comparison | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for part in self.parts for step in part.steps)

    @property
    def selected(self) -> tuple[int, ...]:
        return tuple(step.project for step in self.steps)


def stated_until(election: Election) -> Until:
    """Towns that write « equalshares/add1… » in their file raised shares to the last one that the budget holds."""
    town = election.meta.get("rule", "").strip().lower().startswith("equalshares/add1")
    return Until.OVERSPENT if town else Until.EXHAUSTED


def allocate(election: Election, settings: Settings) -> Allocation:
    """Who gets what. Raises InputError for settings that do not go together or cannot be met."""
    if settings.completion in (Completion.ADD1, Completion.ADD1U) and settings.rule is not Rule.EQUAL_SHARES:
        message = f"la complétion « {settings.completion} » n'existe que pour la règle « {Rule.EQUAL_SHARES} »."
        raise InputError(message)
    parts = _parts(election, settings)
    if not settings.compare_greedy:
        return Allocation(settings, parts)
    by_greedy = _parts(election, replace(settings, rule=Rule.GREEDY, completion=Completion.NONE))
    comparison = compared(election, settings.utility, _bought(parts), _bought(by_greedy))
    return Allocation(settings, by_greedy if comparison.greedy_wins else parts, comparison)


def _parts(election: Election, settings: Settings) -> tuple[Part, ...]:
    """The floors first, each with the same rule on its own projects and completed; then all the rest."""
    left, open_ = election.budget, set(range(len(election.projects)))
    parts: list[Part] = []
    inside = replace(settings, completion=Completion.GREEDY)
    for floor in settings.floors:
        members = open_ & set(floor.projects)
        reserve = floor.amount - election.cost_of([at for at in _bought(parts) if at in floor.projects])
        if reserve <= 0 or not members:
            continue
        part = _part(election, inside, members, min(reserve, left), floor)
        open_ -= set(_bought([part]))
        left -= election.cost_of(_bought([part]))
        parts.append(part)
    parts.append(_part(election, settings, open_, left, None))
    return tuple(parts)


def _bought(parts: Collection[Part]) -> list[int]:
    return [step.project for part in parts for step in part.steps]


def _part(election: Election, settings: Settings, among: Collection[int], budget: int, floor: Floor | None) -> Part:
    rule = settings.rule
    stage = Stage.RULE if floor is None else Stage.FLOOR
    share, increments, counts = None, 0, 1
    if rule is Rule.GREEDY:
        steps = [Step(at, stage, rule) for at in greedy(election, settings.utility, among, budget)]
    elif rule is Rule.PHRAGMEN:
        found = Phragmen(election, among, budget).count()
        loads = [None if load is None else float(load) for load in found.loads]
        steps = [Step(at, stage, rule, load) for at, load in zip(found.bought, loads, strict=True)]
    else:
        count, increments, counts = _equal_shares(election, settings, among, budget)
        share = count.share
        told = zip(count.bought, count.prices, count.payers, strict=True)
        steps = [Step(at, stage, rule, price, payers) for at, price, payers in told]
    if rule is not Rule.GREEDY and settings.completion in (Completion.GREEDY, Completion.ADD1U):
        spent = election.cost_of([step.project for step in steps])
        rest = set(among) - {step.project for step in steps}
        after = Stage.COMPLETION if floor is None else Stage.FLOOR
        steps += [Step(at, after, Rule.GREEDY) for at in greedy(election, settings.utility, rest, budget - spent)]
    return Part(budget, tuple(sorted(among)), tuple(steps), floor, share, increments, counts)


def _equal_shares(
    election: Election, settings: Settings, among: Collection[int], budget: int
) -> tuple[Count, int, int]:
    """The last count, how many times its share was raised by one unit of money, and how many counts that took.

    Never so far that the budget does not hold, nor past the point where all projects with support are bought.
    """
    share = Fraction(budget, election.ballots.voters)
    method = EqualShares(election, settings.utility, among)
    count = method.count(share)
    raised, span, counts = 0, 1, 1
    cheapest_first = sorted(method.purchasable, key=lambda at: election.projects[at].cost)
    while settings.completion in (Completion.ADD1, Completion.ADD1U):
        inside = set(count.bought)
        open_ = next((at for at in cheapest_first if at not in inside), None)
        if open_ is None:
            break
        exhausted = election.projects[open_].cost > budget - election.cost_of(count.bought)
        if exhausted and settings.until is Until.EXHAUSTED:
            break
        counts += 1
        far = share + (raised + span) * election.scale
        if span > 1 and method.steady(count, far):
            count, raised, span = replace(count, share=far), raised + span, span * 2
            continue
        more = method.count(share + (raised + 1) * election.scale)
        if election.cost_of(more.bought) > budget:
            break
        span = max(2, span // 4) if more.bought == count.bought else 1
        count, raised = more, raised + 1
    if raised:
        count = method.count(share + raised * election.scale)
    return method.with_payers(count), raised, counts


def compared(election: Election, utility: Utility, first: Collection[int], second: Collection[int]) -> Comparison:
    """How many voters get strictly more from one set of projects than from another."""
    profile = election.profile
    worth = [project.cost if utility is Utility.COST else 1 for project in election.projects]
    gain = np.zeros(profile.distinct, dtype=object if max(worth) * len(worth) > 10**11 else np.int64)
    for sign, only in ((1, set(first) - set(second)), (-1, set(second) - set(first))):
        for at in only:
            points = 1 if profile.points is None else profile.points[at].astype(gain.dtype)
            gain[profile.rows[at]] += sign * worth[at] * points
    weight = profile.weight
    return Comparison(int(weight[gain > 0].sum()), int(weight[gain < 0].sum()))
