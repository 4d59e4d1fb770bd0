"""Bets beside the figure: the answers offered, who bet what by college, what the figure became."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count

from comptoir.accounts.models import Actor
from comptoir.disclosure.models import threshold_of
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import BetRound
from comptoir.kit.french import NO_BREAK_SPACE, number
from comptoir.observatory.last_values import Latest, Spot, latest_of
from comptoir.observatory.models import Series
from comptoir.observatory.showing import NONE, Shown, rounded, shown
from comptoir.territories.models import PriorityNeighbourhood


def answers_of(bounds: Sequence[float], unit: str) -> list[str]:
    """The answers in words: « moins de 20 % », « de 20 à moins de 30 % », « 30 % ou plus »."""
    end = f"{NO_BREAK_SPACE}{unit}" if unit else ""
    said = [number(one) for one in bounds]
    between = [f"de {low} à moins de {high}{end}" for low, high in pairwise(said)]
    return [f"moins de {said[0]}{end}", *between, f"{said[-1]}{end} ou plus"]


def bracket_of(value: float, bounds: Sequence[float]) -> int:
    """The rank of the answer that holds a value; a bound belongs to the answer that it begins."""
    return bisect_right(list(bounds), value)


@dataclass(frozen=True, slots=True)
class Column:
    """The bets of a college, in hundredths by answer; none where it is under the threshold (`hidden`)."""

    college: str
    bets: int
    hidden: bool
    shares: tuple[int, ...]


def columns_of(counted: Mapping[College, Mapping[int, int]], answers: int, threshold: int) -> list[Column]:
    """The colleges that bet. Under the threshold not even how many: another total would give it back."""
    found = []
    for college in College:
        parts = counted.get(college, {})
        total = sum(parts.values())
        if total:
            hidden = total < threshold
            shares = () if hidden else tuple(round(100 * parts.get(at, 0) / total) for at in range(answers))
            found.append(Column(str(college.label), 0 if hidden else total, hidden, shares))
    return found


@dataclass(frozen=True, slots=True)
class Figure:
    """What the indicator became, as it may be read; `rank`: the answer that holds it, None where it is not shown.
    `there`: the observatory still has the indicator."""

    said: Shown
    vintage: str
    rank: int | None
    before: str
    there: bool


@dataclass(frozen=True, slots=True)
class Revealed:
    """A closed round. `rows`: each answer, whether it holds the figure, the college and the share of each column."""

    figure: Figure
    columns: list[Column]
    rows: list[tuple[str, bool, list[tuple[str, int | None]]]]
    threshold: int


def revealed(actor: Actor, round: BetRound) -> Revealed:
    """The bets beside the figure. Asked of a closed round only: before, nothing here may be read."""
    assert round.closed_on is not None
    answers = answers_of(round.bounds, round.unit)
    threshold = threshold_of(actor.space)
    columns = columns_of(_counted(round), len(answers), threshold)
    figure = figure_of(actor, round)
    rows: list[tuple[str, bool, list[tuple[str, int | None]]]] = [
        (label, at == figure.rank, [(one.college, None if one.hidden else one.shares[at]) for one in columns])
        for at, label in enumerate(answers)
    ]
    return Revealed(figure, columns, rows, threshold)


def _counted(round: BetRound) -> dict[College, Counter[int]]:
    found: dict[College, Counter[int]] = defaultdict(Counter)
    rows = round.bets.values_list("college", "bracket").annotate(number=Count("pk")).order_by("college", "bracket")
    for college, bracket, times in rows:
        found[College(college)][bracket] += times
    for one in round.room_bets.order_by("pk"):
        found[College(one.college)][one.bracket] += one.number
    return found


def latest_for(actor: Actor, round: BetRound) -> tuple[Latest | None, Spot | None]:
    """What the observatory may show of the indicator, and its figures at the place of the bet."""
    here = (
        list(PriorityNeighbourhood.objects.filter(code=round.place_code).order_by("code")) if round.place_code else []
    )
    latest = latest_of(actor, [round.indicator_code], list(here)).get(round.indicator_code)
    spots = latest.spots if latest else ()
    return latest, next((one for one in spots if one.code == round.place_code), None)


def last_given(spot: Spot | None) -> Series | None:
    """The last vintage of which something may be shown there."""
    given = [series for series, value in spot.years if value.released is not None] if spot else []
    return given[-1] if given else None


def figure_of(actor: Actor, round: BetRound) -> Figure:
    """At the vintage kept when bets were closed; where none could be read that day, at the last one of today."""
    latest, spot = latest_for(actor, round)
    if latest is None or spot is None or not spot.years:
        return Figure(NONE, "", None, "", latest is not None)
    years = [pair for pair in spot.years if pair[0].vintage == round.vintage] or list(spot.years[-1:])
    series, value = years[-1]
    said = shown(value, latest.indicator)
    earlier = [pair for pair in spot.years if pair[0].moment < series.moment and pair[1].released is not None]
    before = f"{shown(earlier[-1][1], latest.indicator).text} ({earlier[-1][0].vintage})" if earlier else ""
    rank = None if said.value is None else bracket_of(rounded(said.value, latest.indicator), round.bounds)
    return Figure(said, series.vintage, rank, before, there=True)
