"""Numbers of people written as evidence, as they may leave: docs/concepts/evaluation.md (« Petits nombres »).

Nothing says which of these numbers add up: the sums are looked for, as a reader would. Pure: no database.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from comptoir.analysis.disclosure import Cell, Dimension, Rule, Status, Table, protect
from comptoir.analysis.text import fold

MOST = 12  # numbers of one year among which sums are looked for; beyond, all are silent where one is
PROTECTS = "masqué pour protéger un autre chiffre"
_AXIS, _ALL = "chiffre", "Ensemble"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PEOPLE = re.compile(
    r"\b(?:personnes?|habitant\w*|jeunes?|enfants?|eleves?|familles?|menages?|foyers?|locataires?|salaries?|femmes?|"
    r"hommes?|filles?|garcons?|allocataires?|beneficiaires?|participants?|usagers?|demandeurs?)\b"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number written with its unit and its period."""

    key: Hashable
    number: Decimal
    unit: str
    period: str = ""

    @property
    def of_people(self) -> bool:
        """It counts people, or households. A number with decimals is an average: it counts nobody."""
        return self.number == self.number.to_integral_value() and bool(_PEOPLE.search(fold(self.unit)))


def few(threshold: int) -> str:
    return f"moins de {threshold}"


def silenced(counted: Sequence[Counted], threshold: int, *, secondary: bool = True) -> dict[Hashable, str]:
    """Those that may not be told, by key, and what stands in their place. Give all that is shown together.

    `secondary=False` leaves out those that protect others: for tests that show what would leak, never otherwise.
    """
    years: dict[tuple[str, ...], list[Counted]] = defaultdict(list)
    for one in counted:
        if one.of_people and one.number:
            years[tuple(sorted(set(_YEAR.findall(one.period))))].append(one)
    found: dict[Hashable, str] = {}
    for group in years.values():
        small = {one.key for one in group if abs(one.number) < threshold}
        found |= dict.fromkeys(small, few(threshold))
        if small and secondary:
            found |= dict.fromkeys(_protecting(group, small, threshold), PROTECTS)
    return found


def _protecting(group: Sequence[Counted], small: set[Hashable], threshold: int) -> set[Hashable]:
    """The numbers that would give back a small one."""
    if len(group) > MOST:
        return {one.key for one in group} - small
    names = {f"{at}": one for at, one in enumerate(group) if one.number > 0}
    sums = tuple(_sums(names))
    cells: dict[tuple[str, ...], Cell] = {(name,): Cell(float(one.number)) for name, one in names.items()}
    (release,) = protect(
        [Table("chiffres", (_AXIS,), cells, Rule(threshold=threshold))], [Dimension(_AXIS, _ALL, sums)]
    ).releases
    chosen = {names[cell.modalities[0]].number for cell in release.cells if cell.status is Status.SECONDARY}
    # The same number written twice is the same cell.
    return {one.key for one in group if one.number in chosen and one.key not in small}


def _sums(names: dict[str, Counted]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every number that is the sum of others: the reader who knows what they are knows that too."""
    for total, whole in names.items():
        parts = [name for name, one in names.items() if one.number < whole.number]
        for size in range(2, len(parts) + 1):
            for some in combinations(parts, size):
                if sum(names[name].number for name in some) == whole.number:
                    yield total, some
