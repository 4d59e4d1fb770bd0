"""The same winners as pabutools, in the same order, on elections full of ties. Only where it is installed."""

import random
from typing import Any

import pytest
from allocation_reference import Plain

from comptoir.analysis.allocation.model import Utility
from comptoir.analysis.allocation.rule import Completion, Rule, Settings, Until, allocate

rules: Any = pytest.importorskip("pabutools.rules", reason="pabutools (group bench) is not installed")
peer: Any = pytest.importorskip("pabutools.election")
pabulib: Any = pytest.importorskip("pabutools.election.pabulib")


def some(seed: int) -> Plain:
    draw = random.Random(seed)
    names = [f"p{at}" for at in range(draw.randint(1, 8))]
    unit = draw.choice([1, 5, 100])
    costs = {name: unit * draw.randint(1, 6) for name in names}
    ballots = [dict.fromkeys(draw.sample(names, draw.randint(0, len(names))), 1) for _ in range(draw.randint(1, 14))]
    return Plain(costs, ballots, draw.randint(1, sum(costs.values())))


def by_peer(instance: Any, profile: Any, chosen: Settings) -> list[str]:
    sat = {"sat_class": peer.Cost_Sat if chosen.utility is Utility.COST else peer.Cardinality_Sat}
    if chosen.rule is Rule.GREEDY:
        found = rules.greedy_utilitarian_welfare(instance, profile, **sat)
    elif chosen.rule is Rule.PHRAGMEN:
        found = rules.sequential_phragmen(instance, profile)
    elif chosen.until is Until.OVERSPENT:
        step = {"budget_step": profile.num_ballots(), "exhaustive_stop": False, "budget_bound": 10**6}
        found = rules.exhaustion_by_budget_increase(instance, profile, rules.method_of_equal_shares, sat, **step)
    else:
        more = 1 if chosen.completion in (Completion.ADD1, Completion.ADD1U) else None
        found = rules.method_of_equal_shares(instance, profile, voter_budget_increment=more, **sat)
    if chosen.completion in (Completion.GREEDY, Completion.ADD1U):
        found = rules.greedy_utilitarian_welfare(instance, profile, initial_budget_allocation=found, **sat)
    return [project.name for project in found]


@pytest.mark.parametrize("utility", Utility)
@pytest.mark.parametrize(
    ("rule", "completion"),
    [
        (Rule.GREEDY, Completion.NONE),
        (Rule.PHRAGMEN, Completion.NONE),
        (Rule.PHRAGMEN, Completion.GREEDY),
        *((Rule.EQUAL_SHARES, completion) for completion in Completion),
    ],
)
def test_the_peer_has_the_same_winners(rule: Rule, completion: Completion, utility: Utility) -> None:
    chosen = Settings(rule, completion, utility)
    for seed in range(120):
        plain = some(seed)
        election = plain.election()
        ours = [election.projects[at].id for at in allocate(election, chosen).selected]
        theirs = by_peer(*pabulib.parse_pabulib_from_string(plain.text()), chosen)
        assert set(ours) == set(theirs), plain
        if rule is not Rule.PHRAGMEN:  # the peer gives its list back in order of names
            assert ours == theirs, plain
