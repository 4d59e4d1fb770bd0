"""What residents said has changed, put beside the figures that the question follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.analysis.comparison import Refusal, change
from comptoir.analysis.text import fold
from comptoir.evaluation.around import Around
from comptoir.evaluation.following import Followed
from comptoir.evaluation.heard import Heard, Told, told
from comptoir.evaluation.models import PerceivedChange
from comptoir.evaluation.perceived import Agreement, Distance, Felt, Went, distance, felt, together, went
from comptoir.kit.french import NO_BREAK_SPACE, number
from comptoir.observatory.around import figure
from comptoir.observatory.enums import Direction
from comptoir.observatory.last_values import Latest, Spot
from comptoir.observatory.models import Series, Value
from comptoir.observatory.showing import shown

BADGES = {Agreement.SAME: "success", Agreement.APART: "warning", Agreement.OPPOSED: "danger", Agreement.NONE: "neutral"}
UP = {Direction.UP: True, Direction.DOWN: False}
Pair = tuple[tuple[Series, Value], tuple[Series, Value]]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure beside a feeling: « 66,8 % (2019), 64,1 % (2021) », the way it went, the gap."""

    name: str
    moved: str
    distance: Distance

    @property
    def kind(self) -> str:
        return BADGES[self.distance.agreement]


@dataclass(frozen=True, slots=True)
class Feeling:
    """`told`: what may be said of the answers. Where their number may not, nothing is shown of them."""

    perceived: PerceivedChange
    told: Told
    where: str
    beside: tuple[Beside, ...]

    @property
    def hidden(self) -> bool:
        return self.told.total is None

    @property
    def feeling(self) -> Felt | None:
        one = self.perceived
        return felt(one.better, one.same, one.worse)

    @property
    def shares(self) -> list[tuple[str, int]]:
        """In hundredths of those who answered, for the answers that may be told."""
        total = self.told.total
        parts = zip(("mieux", "pareil", "pire"), self.told.numbers, strict=True)
        return [(word, round(100 * part / total)) for word, part in parts if part is not None and total]

    @property
    def sentence(self) -> str:
        """« mieux 57 %, pareil 33 %, sur 21 réponses. », and why the rest is silent."""
        shares = "".join(f"{word} {part}{NO_BREAK_SPACE}%, " for word, part in self.shares)
        silent = f" Le reste est tu ({self.told.reason})." if None in self.told.numbers else ""
        return f"{shares}sur {number(self.told.total or 0)} réponses.{silent}"


def feelings_of(known: Around, followed: Sequence[Followed]) -> list[Feeling]:
    """The last gathered first. No query."""
    rows = known.perceived
    heard = [
        Heard(one.pk, (one.since, one.gathered_on, fold(one.whence)), one.place_code, (one.better, one.same, one.worse))
        for one in rows
    ]
    said = told(heard, known.threshold)
    names = {spot.code: spot.name for one in followed if one.latest for spot in one.latest.spots if spot.code}
    return [
        Feeling(one, said[one.pk], names.get(one.place_code, one.place_code),
                () if said[one.pk].total is None else tuple(_beside(one, followed)))
        for one in rows
    ]  # fmt: skip


def _beside(one: PerceivedChange, followed: Sequence[Followed]) -> list[Beside]:
    feeling = felt(one.better, one.same, one.worse)
    if feeling is None:
        return []
    found = []
    for indicator in followed:
        if indicator.latest is not None:
            way, moved = way_of(indicator.latest, one.place_code, one.since)
            found.append(Beside(indicator.latest.indicator.name, moved, distance(feeling, way)))
    return found


def way_of(latest: Latest, place_code: str, since: int) -> tuple[Went, str]:
    """The way a figure went since a year, in words too: of a neighbourhood, else of the whole where it is given, else
    of all neighbourhoods together."""
    if place_code:
        spots = [one for one in latest.spots if one.code == place_code]
    else:
        whole = [one for one in latest.spots if not one.code and _pair(one, since)]
        spots = whole or [one for one in latest.spots if one.code]
    ways = [_way(latest, one, since) for one in spots]
    moved = [words for _, words in ways if words]
    return together(way for way, _ in ways), moved[0] if len(moved) == 1 else ""


def _pair(spot: Spot, since: int) -> Pair | None:
    """The last figure at or before `since` (else the first), and the last of all; None where there are not two."""
    given = [(series, value) for series, value in spot.years if value.released is not None]
    if len(given) < 2:
        return None
    before = [pair for pair in given[:-1] if pair[0].year <= since]
    return (before[-1] if before else given[0]), given[-1]


def _way(latest: Latest, spot: Spot, since: int) -> tuple[Went, str]:
    pair = _pair(spot, since)
    if pair is None:
        return Went.UNKNOWN, ""
    (early, before), (late, after) = pair
    moved = change(figure(before, spot.name, early.moment[0]), figure(after, spot.name, late.moment[0]))
    if isinstance(moved, Refusal) or before.released is None or after.released is None:
        return Went.UNKNOWN, moved.reason if isinstance(moved, Refusal) else ""
    indicator = latest.indicator
    words = f"{shown(before, indicator).text} ({early.vintage}), {shown(after, indicator).text} ({late.vintage})"
    return went(before.released, after.released, UP.get(Direction(indicator.direction))), words
