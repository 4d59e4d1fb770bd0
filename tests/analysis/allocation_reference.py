"""Plain and slow: each rule as docs/concepts/allocation.md writes it, voter by voter, in fractions."""

from fractions import Fraction

from hypothesis import strategies as st

from comptoir.analysis.allocation.model import Election, Utility
from comptoir.analysis.allocation.pabulib import read_pabulib
from comptoir.analysis.allocation.rule import Completion, Rule, Settings, Until

Ballot = dict[str, int]


class Plain:
    """An election as dictionaries, in the money of the file."""

    def __init__(self, costs: dict[str, int], ballots: list[Ballot], budget: int):
        self.costs, self.ballots, self.budget = costs, ballots, budget

    def __repr__(self) -> str:
        return f"Plain({self.costs}, {self.ballots}, {self.budget})"

    def text(self, kind: str = "approval") -> str:
        lines = ["META", "key;value", f"budget;{self.budget}", f"vote_type;{kind}", "PROJECTS", "project_id;cost"]
        lines += [f"{name};{cost}" for name, cost in self.costs.items()]
        lines += ["VOTES", "voter_id;vote" + (";points" if kind != "approval" else "")]
        for voter, ballot in enumerate(self.ballots):
            points = ";" + ",".join(map(str, ballot.values())) if kind != "approval" else ""
            lines.append(f"{voter};{','.join(ballot)}{points}")
        return "\n".join(lines) + "\n"

    def election(self, kind: str = "approval") -> Election:
        return read_pabulib(self.text(kind).encode(), "essai.pb")[0]

    def score(self, name: str) -> int:
        return sum(ballot.get(name, 0) for ballot in self.ballots)

    def spent(self, names: list[str]) -> int:
        return sum(self.costs[name] for name in names)


def reference(plain: Plain, settings: Settings) -> list[str]:
    """The projects selected, in order."""
    by_cost = settings.utility is Utility.COST
    if settings.rule is Rule.GREEDY:
        return _greedy(plain, by_cost, [])
    if settings.rule is Rule.PHRAGMEN:
        found = _phragmen(plain)
        return _greedy(plain, by_cost, found) if settings.completion is Completion.GREEDY else found
    share = Fraction(plain.budget, len(plain.ballots))
    found = _shares(plain, by_cost, share)
    if settings.completion in (Completion.ADD1, Completion.ADD1U):
        able = [name for name in plain.costs if plain.score(name) and plain.costs[name]]
        while True:
            out = [name for name in able if name not in found]
            exhausted = all(plain.costs[name] + plain.spent(found) > plain.budget for name in out)
            if not out or (exhausted and settings.until is Until.EXHAUSTED):
                break
            share += 1
            more = _shares(plain, by_cost, share)
            if plain.spent(more) > plain.budget:
                break
            found = more
    return _greedy(plain, by_cost, found) if settings.completion in (Completion.GREEDY, Completion.ADD1U) else found


def _greedy(plain: Plain, by_cost: bool, found: list[str]) -> list[str]:
    def density(name: str) -> float | Fraction:
        cost, score = plain.costs[name], plain.score(name)
        worth = score * cost if by_cost else score
        return Fraction(worth, cost) if cost else (float("inf") if worth else Fraction(0))

    found = list(found)
    for name in sorted(set(plain.costs) - set(found), key=lambda name: (-density(name), name)):
        if plain.spent(found) + plain.costs[name] <= plain.budget:
            found.append(name)
    return found


def _shares(plain: Plain, by_cost: bool, share: Fraction) -> list[str]:
    left = [share] * len(plain.ballots)
    free = [name for name in sorted(plain.costs) if not plain.costs[name] and plain.score(name)]
    found: list[str] = [] if by_cost else free
    while True:
        prices = {}
        for name, cost in plain.costs.items():
            if name not in found and cost and (price := _price(plain, name, left)) is not None:
                prices[name] = price
        if not prices:
            return found
        name = min(prices, key=lambda name: (prices[name] / plain.costs[name] if by_cost else prices[name], name))
        found.append(name)
        left = [
            have - min(have, prices[name] * ballot.get(name, 0))
            for have, ballot in zip(left, plain.ballots, strict=True)
        ]


def _price(plain: Plain, name: str, left: list[Fraction]) -> Fraction | None:
    held = [(have, ballot[name]) for have, ballot in zip(left, plain.ballots, strict=True) if name in ballot]
    cost = plain.costs[name]
    if sum(have for have, _ in held) < cost or not held:
        return None
    for limit in sorted({have / points for have, points in held}):
        rich = sum(points for have, points in held if have / points >= limit)
        poor = sum(have for have, points in held if have / points < limit)
        if (price := Fraction(cost - poor) / rich) <= limit:
            return price
    raise AssertionError("supporters have enough, so that a price exists")


def _phragmen(plain: Plain) -> list[str]:
    load = [Fraction(0)] * len(plain.ballots)
    found: list[str] = []
    open_ = {name for name, cost in plain.costs.items() if cost <= plain.budget}
    while open_:
        loads: dict[str, Fraction | float] = {}
        for name in open_:
            on = [have for have, ballot in zip(load, plain.ballots, strict=True) if name in ballot]
            loads[name] = (sum(on) + plain.costs[name]) / Fraction(len(on)) if on else float("inf")
        tied = [name for name in open_ if loads[name] == min(loads.values())]
        if any(plain.spent(found) + plain.costs[name] > plain.budget for name in tied):
            return found
        name = min(tied)
        for voter, ballot in enumerate(plain.ballots):
            if name in ballot:
                load[voter] = Fraction(loads[name])
        found.append(name)
        open_.remove(name)
    return found


@st.composite
def elections(draw: st.DrawFn, *, points: int = 1, free: bool = True) -> Plain:
    """Few projects and voters, small and round costs: ties everywhere."""
    names = [f"p{at}" for at in range(draw(st.integers(1, 7)))]
    unit = draw(st.sampled_from([1, 7, 50]))
    costs = {name: unit * draw(st.integers(0 if free else 1, 6)) for name in names}
    ballots = draw(
        st.lists(
            st.dictionaries(st.sampled_from(names), st.integers(1, points), max_size=len(names)),
            min_size=1,
            max_size=12,
        )
    )
    return Plain(costs, ballots, draw(st.integers(1, max(1, sum(costs.values())))))


settings_of_rules = st.builds(
    Settings,
    rule=st.just(Rule.EQUAL_SHARES),
    completion=st.sampled_from(Completion),
    utility=st.sampled_from(Utility),
    until=st.sampled_from(Until),
) | st.builds(
    Settings,
    rule=st.sampled_from([Rule.GREEDY, Rule.PHRAGMEN]),
    completion=st.sampled_from([Completion.NONE, Completion.GREEDY]),
    utility=st.sampled_from(Utility),
)
