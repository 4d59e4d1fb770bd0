"""People reached, summed by year and territory: docs/concepts/evaluation.md (« Les bilans ») says what a sum is."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Told(Generic[P]):
    """A review: its year, where (None: everywhere, or not said), people reached (None: not said)."""

    year: int
    place: P | None
    reached: int | None


@dataclass(frozen=True, slots=True)
class Sum(Generic[P]):
    """`place` None: the whole of the territory, every review of the year in it. `unknown`: reviews without a number."""

    year: int
    place: P | None
    reached: int
    reviews: int
    unknown: int


def sums(told: Iterable[Told[P]]) -> list[Sum[P]]:
    """By year, then in the order in which places come, the whole last. Where no review has a number there is no sum."""
    places: dict[int, dict[P, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    whole: dict[int, list[int | None]] = defaultdict(list)
    for one in told:
        whole[one.year].append(one.reached)
        if one.place is not None:
            places[one.year][one.place].append(one.reached)
    found: list[Sum[P]] = []
    for year in sorted(whole):
        groups: list[tuple[P | None, list[int | None]]] = [*places[year].items(), (None, whole[year])]
        for place, numbers in groups:
            known = [number for number in numbers if number is not None]
            if known:
                found.append(Sum(year, place, sum(known), len(numbers), len(numbers) - len(known)))
    return found
