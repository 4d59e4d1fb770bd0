"""Every rule against its plain reading, and what docs/concepts/allocation.md guarantees."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from allocation_reference import Plain, elections, reference, settings_of_rules
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comptoir.analysis.allocation import equal_shares
from comptoir.analysis.allocation.audit import exact_count
from comptoir.analysis.allocation.equal_shares import EqualShares
from comptoir.analysis.allocation.floors import floors_of
from comptoir.analysis.allocation.missing import missing_supports, with_supporters
from comptoir.analysis.allocation.model import Election, Utility
from comptoir.analysis.allocation.pabulib import read_pabulib
from comptoir.analysis.allocation.rule import Completion, Rule, Settings, Stage, allocate
from comptoir.analysis.errors import InputError

ADD1U = Settings(completion=Completion.ADD1U)


def names(election: Election, chosen: Settings) -> list[str]:
    return [election.projects[at].id for at in allocate(election, chosen).selected]


def town(projects: int, voters: int, seed: int, *, unit: int = 100) -> Plain:
    """A larger election with tastes in common, heavy-tailed."""
    draw = random.Random(seed)
    costs = {f"p{at:02d}": unit * draw.randint(1, 60) for at in range(projects)}
    liked = [draw.expovariate(1) for _ in costs]
    ballots = [dict.fromkeys(draw.choices(list(costs), liked, k=draw.randint(1, 6)), 1) for _ in range(voters)]
    return Plain(costs, ballots, sum(costs.values()) // 4)


@settings(max_examples=200)
@given(elections(), settings_of_rules)
def test_approvals_are_counted_as_the_page_says(plain: Plain, chosen: Settings) -> None:
    assert names(plain.election(), chosen) == reference(plain, chosen)


@settings(max_examples=100)
@given(elections(points=4), settings_of_rules)
def test_points_are_counted_as_the_page_says(plain: Plain, chosen: Settings) -> None:
    assert names(plain.election("scoring"), chosen) == reference(plain, chosen)


@pytest.mark.parametrize("utility", Utility)
@pytest.mark.parametrize("rule", [Rule.EQUAL_SHARES, Rule.PHRAGMEN])
def test_larger_elections_are_counted_as_the_page_says(rule: Rule, utility: Utility) -> None:
    plain = town(12, 60, 7, unit=10)
    completion = Completion.ADD1U if rule is Rule.EQUAL_SHARES else Completion.GREEDY
    chosen = Settings(rule, completion, utility)
    assert names(plain.election(), chosen) == reference(plain, chosen)


@pytest.mark.parametrize("utility", Utility)
def test_the_fast_count_is_the_exact_one(utility: Utility) -> None:
    election = town(40, 3000, 11).election()
    share = Fraction(election.budget, election.ballots.voters)
    method = EqualShares(election, utility)
    for more in (0, 1, 5, 40):
        exact = exact_count(election, utility, tuple(range(40)), share + more)
        count = method.count(share + more)
        assert [at for at, _ in exact] == list(count.bought)
        assert [float(price) for _, price in exact] == pytest.approx(count.prices, rel=1e-8)


def test_a_tie_late_in_a_count_is_decided_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bound on errors so wide that every purchase must be compared in whole numbers, nothing changes."""
    plain = town(12, 200, 3)
    known = names(plain.election(), ADD1U)
    monkeypatch.setattr(equal_shares, "_LOOSE", 1e-3)
    assert names(plain.election(), ADD1U) == known == reference(plain, ADD1U)


@given(elections(), settings_of_rules)
def test_the_budget_is_never_exceeded(plain: Plain, chosen: Settings) -> None:
    selected = names(plain.election(), chosen)
    assert plain.spent(selected) <= plain.budget
    assert len(set(selected)) == len(selected)


@given(elections(), st.sampled_from([Completion.GREEDY, Completion.ADD1U]))
def test_completed_by_greedy_nothing_more_fits(plain: Plain, completion: Completion) -> None:
    selected = names(plain.election(), Settings(completion=completion))
    left = plain.budget - plain.spent(selected)
    assert all(cost > left for name, cost in plain.costs.items() if name not in selected)


@given(elections(), settings_of_rules, st.randoms(use_true_random=False))
def test_neither_the_order_of_ballots_nor_of_projects_matters(
    plain: Plain, chosen: Settings, draw: random.Random
) -> None:
    ballots, costs = list(plain.ballots), list(plain.costs.items())
    draw.shuffle(ballots)
    draw.shuffle(costs)
    other = Plain(dict(costs), ballots, plain.budget)
    assert names(other.election(), chosen) == names(plain.election(), chosen)


@given(elections(free=False), st.integers(2, 5))
def test_a_group_that_agrees_gets_what_its_shares_pay(plain: Plain, size: int) -> None:
    """Extended justified representation for one project, by cardinality, on every group of that size."""
    selected = set(names(plain.election(), Settings(utility=Utility.CARDINALITY)))
    assume(len(plain.ballots) >= size)
    for group in combinations(plain.ballots, size):
        due = Fraction(plain.budget * size, len(plain.ballots))
        for name in set.intersection(*(set(ballot) for ballot in group)):
            if plain.costs[name] <= due:
                assert any(selected & set(ballot) for ballot in group)


def test_ties_go_to_the_first_identifier() -> None:
    plain = Plain({"b": 10, "a": 10, "10": 10, "9": 10}, [dict.fromkeys(["a", "b", "9", "10"], 1)], 20)
    for rule in Rule:
        assert names(plain.election(), Settings(rule)) == ["10", "9"]


@settings(max_examples=40)
@given(elections(points=3), settings_of_rules, st.booleans())
def test_the_missing_supports_are_true(plain: Plain, chosen: Settings, compare: bool) -> None:
    """With that many ballots more, cast in the file itself, the project is selected; with one fewer it is not."""
    chosen = replace(chosen, compare_greedy=compare)
    election = plain.election("scoring")
    most = max((points for ballot in plain.ballots for points in ballot.values()), default=1)
    for at, more in missing_supports(election, allocate(election, chosen), limit=None).items():
        name = election.projects[at].id
        for added in (more, more - 1):
            larger = Plain(plain.costs, [*plain.ballots, *[{name: most}] * added], plain.budget).election("scoring")
            assert (name in names(larger, chosen)) is (added == more)
            if added:
                assert names(with_supporters(election, at, added), chosen) == names(larger, chosen)


def test_a_comparison_that_greedy_wins_keeps_greedy() -> None:
    ballots = [{"grand": 1}] * 6 + [{"petit": 1}] * 4
    election = Plain({"grand": 90, "petit": 40}, ballots, 100).election()
    assert names(election, Settings()) == ["petit"]
    found = allocate(election, Settings(compare_greedy=True))
    assert [election.projects[at].id for at in found.selected] == ["grand"]
    assert found.comparison
    assert (found.comparison.for_greedy, found.comparison.for_rule) == (6, 4)


FLOORS = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;category;district
a;50;parcs;Nord
b;50;sport;Nord
c;30;parcs,sport;Sud
d;25;sport;Sud
VOTES
voter_id;vote
1;a,b
2;a,b
3;a,b
4;c
5;d
6;c
"""


@pytest.mark.parametrize("rule", Rule)
def test_a_floor_is_spent_on_its_own_projects_first(rule: Rule) -> None:
    election = read_pabulib(FLOORS.encode(), "planchers.pb")[0]
    assert names(election, Settings(Rule.GREEDY)) == ["a", "b"]
    found = allocate(election, Settings(rule, Completion.GREEDY, floors=floors_of(election, ["sud=30"])))
    assert [election.projects[at].id for at in found.selected][:2] == ["c", "a"]
    assert found.steps[0].stage is Stage.FLOOR
    assert election.cost_of(found.selected) <= 100


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["Ouest=10"], "n'existe pas"),
        (["Sud"], "écrivez --floor"),
        (["Sud=beaucoup"], "montant positif"),
        (["Sud=-5"], "montant positif"),
        (["Sud=60", "parcs=60"], "plus que le budget"),
        (["Sud=10", "Sud=20"], "deux fois"),
    ],
)
def test_a_floor_that_cannot_be_is_refused(said: list[str], why: str) -> None:
    with pytest.raises(InputError, match=why):
        floors_of(read_pabulib(FLOORS.encode(), "planchers.pb")[0], said)


def test_a_completion_of_equal_shares_is_refused_elsewhere() -> None:
    with pytest.raises(InputError, match="add1u"):
        allocate(read_pabulib(FLOORS.encode(), "x")[0], Settings(Rule.PHRAGMEN, Completion.ADD1U))
