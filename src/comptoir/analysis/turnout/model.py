"""Who comes, without knowing who they are. See docs/concepts/turnout.md."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNKNOWN_BAND = "non précisé"


@dataclass(frozen=True, slots=True)
class Presence:
    """Someone at an event. `token` is a pseudonym that means nothing outside; `band` an age band, a sex…"""

    token: str
    event: str
    day: date
    band: str = ""


@dataclass(frozen=True, slots=True)
class HandCount:
    """What was counted by hand at an event: people there and, among them, those who said it was their first time."""

    event: str
    day: date
    present: int
    first_time: int


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `among` people, `value` from 0 to 1, bounds at 95 %. All None where it would tell of too few people:
    `hidden` then says why, in French."""

    count: int | None
    among: int | None
    value: float | None
    low: float | None
    high: float | None
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much the same people come. `top` of `people` make `share` of the presences; `gini` is 0 when all come as
    often. Bounds at 95 % (bootstrap on people)."""

    people: int
    top: int
    share: float
    share_low: float
    share_high: float
    gini: float
    gini_low: float
    gini_high: float


@dataclass(frozen=True, slots=True)
class BandBalance:
    """A band among those who came beside its share of the population: `ratio` 1 is as many as expected."""

    band: str
    came: Share
    expected: float
    ratio: float | None
    low: float | None
    high: float | None


class Light(StrEnum):
    """Whether a group can be asked once more: it can, not much more, not now."""

    GREEN = "vert"
    ORANGE = "orange"
    RED = "rouge"


@dataclass(frozen=True, slots=True)
class Load:
    """What was asked of a group in a month, `mean` over the three months that end with it, and what follows."""

    group: str
    month: str
    requests: int
    mean: float
    light: Light
