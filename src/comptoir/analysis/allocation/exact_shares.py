"""Equal shares in whole numbers: what each voter has left, exactly. Asked where floating point cannot decide.

See docs/concepts/allocation.md, « Arithmétique ».
"""

from fractions import Fraction
from math import lcm

import numpy as np

from comptoir.analysis.allocation.model import Ints, Profile


class ExactShares:
    """Budgets of merged ballots over one common denominator. Ballots with the same budget share one class."""

    def __init__(self, profile: Profile, costs: tuple[int, ...], share: Fraction):
        self._profile, self._costs = profile, costs
        self._class: Ints = np.zeros(profile.distinct, dtype=np.int64)
        self._values = [share.numerator]
        self._denominator = share.denominator
        self.paid_for: list[int] = []
        """The projects paid so far, in order."""

    def _kinds(self, project: int) -> tuple[Ints, Ints, list[tuple[int, int, int]]]:
        """The supporters' rows, the kind of each, and per kind its class, its points, and how many voters it holds."""
        rows = self._profile.rows[project]
        points = self._profile.points
        given = np.ones(len(rows), dtype=np.int64) if points is None else points[project].astype(np.int64)
        most = int(given.max(initial=1)) + 1
        kinds, kind = np.unique(self._class[rows] * most + given, return_inverse=True)
        voters = np.bincount(kind, weights=self._profile.weights[project]).astype(np.int64)
        found = zip((kinds // most).tolist(), (kinds % most).tolist(), voters.tolist(), strict=True)
        return rows, kind, list(found)

    def price(self, project: int) -> Fraction | None:
        """The least price of a point at which supporters, each paying what they have left at most, cover the cost."""
        held = [(self._values[at], points, voters) for at, points, voters in self._kinds(project)[2]]
        common = lcm(*{points for _, points, _ in held})
        held.sort(key=lambda kind: kind[0] * (common // kind[1]))  # by what each has left for a point
        missing = self._costs[project] * self._denominator
        rich = sum(points * voters for _, points, voters in held)
        for value, points, voters in held:
            if missing * points <= value * rich:
                return Fraction(missing, rich * self._denominator)
            missing -= value * voters
            rich -= points * voters
        return None

    def pay(self, project: int) -> Fraction:
        """Supporters pay for a project that they can afford; its price of a point."""
        price = self.price(project)
        assert price is not None, "only a project that can be paid is paid"
        common = lcm(self._denominator, price.denominator)
        if common != self._denominator:
            factor = common // self._denominator
            self._values = [value * factor for value in self._values]
            self._denominator = common
        rows, kind, found = self._kinds(project)
        each = price.numerator * (common // price.denominator)
        known: dict[int, int] = {}
        renamed = []
        for at, points, _ in found:
            left = max(0, self._values[at] - each * points)
            if left not in known:
                known[left] = len(self._values)
                self._values.append(left)
            renamed.append(known[left])
        self._class[rows] = np.array(renamed, dtype=np.int64)[kind]
        self._forget()
        self.paid_for.append(project)
        return price

    def _forget(self) -> None:
        """Drop the classes that no ballot has any more."""
        used, self._class = np.unique(self._class, return_inverse=True)
        self._values = [self._values[at] for at in used.tolist()]

    def left(self, project: int) -> Fraction:
        """All that the supporters of a project have left together."""
        held = sum(self._values[at] * voters for at, _, voters in self._kinds(project)[2])
        return Fraction(held, self._denominator)

    def floats(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """The budget of each merged ballot, to the nearest floating-point number."""
        return np.array([value / self._denominator for value in self._values])[self._class]
