"""Whether more was promised than can be kept: open promises beside the number that the project lead has set. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excess:
    """`where` is empty for the whole contract, else the name of a neighbourhood. `open` is more than `most`."""

    where: str
    open: int
    most: int


def excesses(numbers: Iterable[tuple[str, str, int]], places: Iterable[str]) -> list[Excess]:
    """What exceeds its number, the whole contract first.

    `numbers`: (code and name of a neighbourhood, both empty for the whole contract, the most). `places`: the code of
    the neighbourhood of each open promise, empty for one that concerns no neighbourhood in particular.
    """
    codes = Counter(places)
    counted = [(name, codes[code] if code else codes.total(), most) for code, name, most in numbers]
    found = [Excess(name, open_, most) for name, open_, most in counted if open_ > most]
    return sorted(found, key=lambda one: one.where)
