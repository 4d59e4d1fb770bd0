"""Tables, the rule that each must keep, and what may be published of them. See docs/concepts/disclosure.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from comptoir.analysis.errors import InputError


class Zeros(StrEnum):
    """What a zero is: known by all and shown, or as private as one person."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class Cost(StrEnum):
    """What secondary suppression keeps as small as it can: the number of hidden cells, or the sum of ln(1 + value)."""

    CELLS = "cells"
    VALUES = "values"


class Status(StrEnum):
    SHOWN = "shown"
    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a source asks for. `threshold`: fewest units (people, firms) that a shown cell may describe.

    `dominance`: the share of an amount that one contributor may hold, `p_percent`: how close (in %) the second
    contributor may come to the first; both where the contributors are known. `margin`: how far, as a share of it, an
    amount hidden by the threshold must stay unknown. `distinct`: a hidden cell says whether it is small or protects
    another one. `unit` is the French plural of what is counted.
    """

    threshold: int = 11
    dominance: float | None = 0.85
    p_percent: float | None = None
    margin: float = 0.15
    zeros: Zeros = Zeros.SHOWN
    distinct: bool = True
    unit: str = "personnes"

    def __post_init__(self) -> None:
        if self.threshold < 1:
            raise InputError(f"Le seuil {self.threshold} n'a pas de sens : il vaut 1 ou plus.")
        if self.dominance is not None and not 0 < self.dominance <= 1:
            raise InputError(f"La dominance {self.dominance} n'a pas de sens : c'est une part, entre 0 et 1.")
        if self.margin < 0 or (self.p_percent is not None and self.p_percent < 0):
            raise InputError("Une marge de protection ne peut pas être négative.")

    @property
    def floor(self) -> int:
        """The least that a hidden count may be, for whoever reads the tables."""
        return 0 if self.zeros is Zeros.HIDDEN else 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. A count is its own number of units; an amount has `units` (its contributors) and, where
    they are known, its largest contribution `top` and the next one `second`. `line` is that of the file.

    `kept`: shown whatever happens, because it is published already; refused where the rule forbids it.
    `hidden_as`: of a published cell whose value is hidden (NaN), what its reason says of it, where it says something.
    """

    value: float
    units: int | None = None
    top: float | None = None
    second: float | None = None
    line: int | None = None
    kept: bool = False
    hidden_as: "Status | None" = None

    @classmethod
    def of(cls, contributions: Sequence[float]) -> "Cell":
        """The amount that these contributions add up to."""
        largest = [*sorted(contributions, reverse=True), 0.0, 0.0]
        return cls(float(sum(contributions)), len(contributions), largest[0], largest[1])


@dataclass(frozen=True, slots=True)
class Dimension:
    """A variable that tables are crossed by. `total`: the modality that holds all others.

    `sums`: which modality is the sum of which, beyond the total. Modalities under no other one add up to the total.
    """

    name: str
    total: str = "Ensemble"
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by their modalities, one for each of `dimensions`. A combination that is absent is a zero.

    Cells of two tables are the same when they have the same `measure` and the same modalities, totals left aside.
    With `amounts`, values are sums of contributions; otherwise whole numbers of people or things.
    """

    name: str
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, ...], Cell]
    rule: Rule = field(default_factory=Rule)
    measure: str = "nombre"
    amounts: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A cell as it may leave the house: `value` is None where it is hidden, and `reason` says why, in French.

    `low` and `high`: what anybody can deduce of it from the whole set (None: no bound), reasons included.
    """

    modalities: tuple[str, ...]
    value: float | None
    status: Status
    reason: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Release:
    """A table as it may leave the house, in the order of the table given."""

    table: str
    cells: tuple[ReleasedCell, ...]


@dataclass(frozen=True, slots=True)
class Protection:
    """The releases of a set of tables, and how they were found.

    `cost` is that of the secondary cells and `bound` the least that any valid choice can cost; `optimal` when it is
    proved that none costs less. A cell that stands in several tables counts once.
    """

    releases: tuple[Release, ...]
    primary: int
    secondary: int
    cost: float
    bound: float
    optimal: bool


def reason_of(status: Status, rule: Rule, *, dominated: bool = False) -> str:
    """Why a cell is hidden, as it is shown in its place."""
    few = f"moins de {rule.threshold} {rule.unit}"
    if status is Status.SHOWN:
        return ""
    if not rule.distinct:
        return f"secret statistique : {few}, ou case masquée pour en protéger une autre"
    if status is Status.SECONDARY:
        return "masqué pour protéger une autre case"
    return "un contributeur domine cette case" if dominated else few
