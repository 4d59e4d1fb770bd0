"""The method of equal shares: floating point with a bound on its error, whole numbers where the bound cannot decide.

See docs/concepts/allocation.md. D. Peters, G. Pierczyński, P. Skowron, « Proportional Participatory Budgeting with
Additive Utilities », NeurIPS 2021.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from comptoir.analysis.allocation.exact_shares import ExactShares
from comptoir.analysis.allocation.model import Election, Floats, Utility

_EPS = 2.0**-52
_LOOSE = 1e-14  # NumPy's pairwise sums of up to 10^9 positive terms are nearer than this, relatively
_TINY = 1e-290  # what one who may have nothing left has: 0 is kept for those who surely have nothing
_NEAR = 1e-9  # a price known less well than this, relatively, is worked out exactly


class _TooNearError(Exception):
    """Floating point cannot tell: the numbers are nearer to each other than their error."""


@dataclass(frozen=True, slots=True)
class Count:
    """One count: the projects bought in order and, for each, the price of a point (what an approving voter pays).

    Where asked, `payers`: for each purchase, how many voters pay that in full, and how many give all they have left.
    """

    share: Fraction
    bought: tuple[int, ...]
    prices: tuple[float, ...]
    payers: tuple[tuple[int, int], ...] = ()


class EqualShares:
    """Counts the same ballots for one share after another, a larger share being the quicker to count.

    `among`: only these projects can be bought (all by default).
    """

    def __init__(self, election: Election, utility: Utility, among: Collection[int] | None = None):
        self.profile = election.profile
        self.costs = tuple(project.cost for project in election.projects)
        self._tie, self._by_cost = election.tie_rank, utility is Utility.COST
        self._rows, self._weights, self._points = self.profile.rows, self.profile.weights, self.profile.points
        scores = election.scores
        open_ = [at for at in (range(len(self.costs)) if among is None else sorted(among)) if scores[at] > 0]
        # A free project is worth nothing where utility is the cost: a completion takes it.
        self._free = (
            [] if self._by_cost else sorted((at for at in open_ if not self.costs[at]), key=self._tie.__getitem__)
        )
        priced = [at for at in open_ if self.costs[at]]
        self._score = {at: float(scores[at]) for at in priced}
        self._worth = {at: 1.0 / self.costs[at] if self._by_cost else 1.0 for at in priced}
        first = {at: Fraction(self.costs[at], scores[at]) for at in priced}
        self._first = {at: float(price) for at, price in first.items()}
        self._order = sorted(priced, key=lambda at: (self._exact_key(at, first[at]), self._tie[at]))
        self.purchasable = tuple(priced)
        self._begin()

    def _exact_key(self, project: int, price: Fraction) -> Fraction:
        """What a unit of utility costs: the least is bought first."""
        return price / self.costs[project] if self._by_cost else price

    def with_payers(self, count: Count) -> Count:
        """The same count, with how many voters pay for each purchase."""
        run, payers = _Run(self, count.share, [], paid=False), []
        for project, price in zip(count.bought, count.prices, strict=True):
            held, weights = run.held(project), self._weights[project]
            full = held >= self._dues(project, price) * (1 - _NEAR)
            some = ~full & (held > float(count.share) * _NEAR)
            payers.append((int(weights[full].sum()), int(weights[some].sum())))
            run.pay(project, price)
        return replace(count, payers=tuple(payers))

    def shortfalls(self, count: Count, lost: Collection[int], points: int) -> dict[int, float]:
        """About how many more voters, each with a share and `points` for it alone, would have a project bought."""
        run = _Run(self, count.share, [], paid=False)
        wanted = dict.fromkeys(lost, float("inf"))
        rounds = [*zip(count.bought, count.prices, strict=True), (None, float("inf"))]
        for project, price in rounds:
            for at in lost:
                worth = 1.0 / self.costs[at] if self._by_cost and self.costs[at] else 1.0
                most = float(count.share) / points
                most = most if project is None else min(most, price * self._worth.get(project, 1.0) / worth)
                got = np.minimum(run.held(at), self._dues(at, most)) * self._weights[at]
                if most > 0:
                    wanted[at] = min(wanted[at], (self.costs[at] - float(got.sum())) / (most * points))
            if project is not None:
                run.pay(project, price)
        return wanted

    def _begin(self) -> None:
        self._paid: Floats = np.zeros(self.profile.distinct)
        self._prefix = 0
        self._last = Fraction(0)

    def _advance(self, share: Fraction) -> None:
        """As long as everyone can pay in full, purchases follow the order of the first prices, whatever the share."""
        if share < self._last:
            self._begin()
        self._last = share
        have = float(share) * (1 - 1e-9)
        while self._prefix < len(self._order):
            project = self._order[self._prefix]
            rows = self._rows[project]
            due = self._paid[rows] + self._dues(project, self._first[project])
            if due.max() > have:
                return
            self._paid[rows] = due
            self._prefix += 1

    def _dues(self, project: int, price: float) -> "Floats | float":
        return price if self._points is None else price * self._points[project]

    def count(self, share: Fraction) -> Count:
        """What is bought when each voter has `share` (in the election's units)."""
        self._advance(share)
        run = _Run(self, share, self._order[: self._prefix])
        run.to_the_end(self._order[self._prefix :])
        prices = [0.0] * len(self._free) + [self._first[at] for at in self._order[: self._prefix]] + run.prices
        return Count(share, (*self._free, *run.bought), tuple(prices))

    def steady(self, count: Count, far: Fraction) -> bool:
        """True only if every share from the one just counted to `far` buys the same projects in the same order.

        Each voter's money is followed as an interval: the poorest case pays the highest prices, the richest the lowest.
        """
        known = self._order[: self._prefix]
        poor, rich = _Run(self, count.share, known), _Run(self, far, known)
        heap = [(self._first[at] * self._worth[at], at) for at in self._order[self._prefix :]]
        heapify(heap)
        try:
            for project in count.bought[len(self._free) + self._prefix :]:
                low = rich.near_price(project, self._first[project])
                high = poor.near_price(project, self._first[project])
                if low is None or high is None or not rich.passed_over(heap, project, high[0] * (1 + _NEAR)):
                    return False
                rich.pay(project, low[0] * (1 - _NEAR))
                poor.pay(project, high[0] * (1 + _NEAR))
            return rich.passed_over(heap, None, float("inf"))
        except _TooNearError:
            return False


class _Run:
    """One count after the purchases that all can pay in full.

    `_doubt` bounds the sum, over all voters, of the errors of their budgets: a purchase moves errors from those who
    give all they have to those who keep something, and adds only its own rounding (docs/concepts/allocation.md).
    """

    def __init__(self, method: EqualShares, share: Fraction, bought: list[int], *, paid: bool = True):
        self._method, self._share = method, share
        self._budgets: Floats = float(share) - (method._paid if paid else np.zeros(len(method._paid)))
        money = float(share) * float(method.profile.weight.sum())
        self._rounding = money * _EPS * 2
        self._doubt = self._rounding * (len(bought) + 1) * 2
        self._exact: ExactShares | None = None
        self.bought = list(bought)
        self.prices: list[float] = []

    def to_the_end(self, projects: list[int]) -> None:
        method = self._method
        heap = [(method._first[at] * method._worth[at] * (1 - 1e-15), at) for at in projects]
        heapify(heap)
        while heap:
            seen: list[tuple[float, float, int, float]] = []  # key, error of the key, project, price
            most = float("inf")
            while heap and heap[0][0] <= most:
                key, project = heappop(heap)
                found = self._price(project, key / method._worth[project])
                if found is None:
                    continue
                price, error = found
                key, error = price * method._worth[project], error * method._worth[project]
                most = min(most, key + error)
                seen.append((key, error, project, price))
            if not seen:
                return
            close = {at: price for key, error, at, price in seen if key - error <= most}
            chosen = next(iter(close)) if len(close) == 1 else self._decided(close)
            for key, error, project, price in seen:
                if project == chosen:
                    self.pay(project, price)
                else:
                    heappush(heap, (key - error, project))

    def _price(self, project: int, least: float) -> tuple[float, float] | None:
        """The price of a point and a bound on its error; None when supporters cannot pay. `least` is never above it."""
        try:
            return self.near_price(project, least)
        except _TooNearError:
            price = self._catch_up().price(project)
            return None if price is None else (float(price), float(price) * _EPS * 2)

    def near_price(self, project: int, least: float) -> tuple[float, float] | None:
        """`_price` in floating point only. Raises _TooNearError where it cannot tell.

        Money got at a price is concave in the price, so tangents from the left never go past the answer.
        """
        method = self._method
        cost = float(method.costs[project])
        weights = method._weights[project]
        held = self._budgets[method._rows[project]]
        points = None if method._points is None else method._points[project]
        doubt = self._doubt + cost * _LOOSE
        short = cost - float((held * weights).sum())
        if short > doubt:
            return None
        if short > -doubt:
            raise _TooNearError
        per_point = weights if points is None else weights * points
        price = least
        while True:
            dues = price if points is None else price * points
            got = np.minimum(held, dues)
            got *= weights
            missing = cost - float(got.sum())
            if missing <= cost * _LOOSE:
                break
            rich = float(per_point[held > dues].sum())
            if rich <= 0:
                raise _TooNearError
            price += missing / rich
        rich = float(per_point[held > dues * (1 + _NEAR)].sum())
        error = (doubt + cost * _LOOSE) / rich if rich > 0 else price
        if error >= price * _NEAR:
            raise _TooNearError
        return price, error

    def passed_over(self, heap: list[tuple[float, int]], chosen: int | None, price: float) -> bool:
        """No project of the heap but the chosen one can be bought as cheaply as at `price`; those out of reach go."""
        worth = self._method._worth
        most = price if chosen is None else price * worth[chosen]
        while heap and heap[0][0] * (1 - _NEAR) <= most:
            key, project = heappop(heap)
            if project == chosen:
                continue
            found = self.near_price(project, key / worth[project] * (1 - _NEAR))
            if found is not None:
                key = found[0] * worth[project]
                if key * (1 - _NEAR) <= most:
                    return False
                heappush(heap, (key, project))
        return True

    def _catch_up(self) -> ExactShares:
        if self._exact is None:
            self._exact = ExactShares(self._method.profile, self._method.costs, self._share)
        for project in self.bought[len(self._exact.paid_for) :]:
            self._exact.pay(project)
        return self._exact

    def _decided(self, close: dict[int, float]) -> int:
        """The cheapest of projects that floating point cannot tell apart; at equality, by the rule of ties."""
        method = self._method
        keys = {}
        for project, near in close.items():
            price = self._plain_price(project, near) or self._catch_up().price(project)
            if price is not None:
                keys[project] = (method._exact_key(project, price), method._tie[project])
        return min(keys, key=lambda project: keys[project])

    def _plain_price(self, project: int, price: float) -> Fraction | None:
        """The exact price where each supporter surely pays in full or surely has nothing left."""
        method = self._method
        held, dues = self.held(project), method._dues(project, price)
        points = method._weights[project] * (1.0 if method._points is None else method._points[project])
        rich = float(points[held > dues * (1 + _NEAR)].sum())
        if not rich or rich + float(points[held == 0].sum()) != method._score[project]:
            return None
        return Fraction(method.costs[project], int(rich))

    def held(self, project: int) -> Floats:
        """What each merged ballot that supports a project has left."""
        return self._budgets[self._method._rows[project]]

    def pay(self, project: int, price: float) -> None:
        rows = self._method._rows[project]
        held, dues = self._budgets[rows], self._method._dues(project, price)
        left = np.maximum(held - dues, _TINY)
        left[held < dues * (1 - _NEAR)] = 0.0
        self._budgets[rows] = left
        self._doubt += self._method.costs[project] * _LOOSE * 2 + self._rounding
        self.bought.append(project)
        self.prices.append(price)
