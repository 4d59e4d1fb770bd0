"""What is compared, and the reasons for which a comparison is refused. See docs/concepts/comparison.md."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a figure is. Only counts add up; a share has a base; a median or an index is of one territory only."""

    COUNT = "count"
    SHARE = "share"
    MEDIAN = "median"
    INDEX = "index"


class Perimeter(StrEnum):
    """The kinds of territory, and the generation of neighbourhoods."""

    QPV_2015 = "QPV 2015"
    QPV_2024 = "QPV 2024"
    COMMUNE = "commune"
    EPCI = "EPCI"
    URBAN_UNIT = "unité urbaine"
    FRANCE = "France"
    OTHER = "autre territoire"


@dataclass(frozen=True, slots=True)
class Indicator:
    """`name` identifies the definition: two names are two definitions. `unit`: « % », « € par an »…

    `breaks`: vintages from which figures no longer compare with earlier ones. `apart`: fewest years between two
    vintages that make a change (CNAM: 2, because consecutive vintages are not a change). `base`: what an index is
    100 of.
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    breaks: tuple[int, ...] = ()
    apart: int = 1
    base: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of an indicator, for a territory and a reference year. `value` in the unit of the indicator, a share
    in %; None where it is not published. `size`: the people that a share is taken on, where that is known."""

    indicator: Indicator
    territory: str
    perimeter: Perimeter
    vintage: int
    value: float | None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A comparison that is not made. `reason` is a French sentence to show in its place."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """`difference` in the unit of the indicator (points for a share), `ratio` where the reference is not 0.

    `low` and `high` bound the difference at 95 %, None where sizes are not known: then nobody can say more.
    """

    difference: float
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def sure(self) -> bool | None:
        """Whether the two really differ, None where it cannot be said."""
        if self.low is None or self.high is None:
            return None
        return self.low > 0 or self.high < 0
