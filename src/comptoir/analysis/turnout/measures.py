"""Newcomers, those who come back, concentration, balance, load: nothing about fewer people than the threshold."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.comparison.gaps import wilson
from comptoir.analysis.disclosure import Cell, Rule, Table, protect
from comptoir.analysis.errors import InputError
from comptoir.analysis.turnout.model import (
    UNKNOWN_BAND,
    BandBalance,
    Concentration,
    HandCount,
    Light,
    Load,
    Presence,
    Share,
)

_TOTAL, _NEW, _KNOWN, _ONCE, _AGAIN = "Ensemble", "nouveaux", "déjà venus", "une fois", "plusieurs fois"
_DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class Turnout:
    """What may be told of a series of events. `newcomers` by event, in order of day, the first event left out: all are
    new there. Hidden shares are protected together. `concentration` is None below the threshold or by hand."""

    events: int
    people: int | None
    presences: int | None
    newcomers: tuple[tuple[str, Share], ...]
    again: Share
    concentration: Concentration | None
    balance: tuple[BandBalance, ...]
    alike: float | None
    remarks: tuple[str, ...]


def of_presences(
    presences: Sequence[Presence],
    population: Mapping[str, float] | None = None,
    *,
    threshold: int = 11,
    seed: int = 0,
) -> Turnout:
    """From pseudonyms. A token counts once an event. `population`: people of each band where one lives.

    Raises InputError where a token has two bands, or an event two days.
    """
    once = _each_once(presences)
    order = _events_in_order({(one.event, one.day) for one in once})
    visits = Counter(one.token for one in once)
    bands = {one.token: one.band or UNKNOWN_BAND for one in once}
    came: dict[str, set[str]] = defaultdict(set)
    for one in once:
        came[one.event].add(one.token)
    seen: set[str] = set()
    new: dict[str, tuple[int, int]] = {}
    for event in order:
        there = came[event]
        new[event] = (len(there - seen), len(there & seen))
        seen |= there
    counted = Counter(bands.values()) if population is not None else Counter[str]()
    again = (sum(times == 1 for times in visits.values()), sum(times > 1 for times in visits.values()))
    shown = _shown(new, again, counted, threshold)
    people = len(visits)
    enough = ("v", _TOTAL) in shown
    balance = _balance(counted, population or {}, shown, threshold) if population is not None else ()
    known = [one for one in balance if one.came.value is not None]
    whole = bool(balance) and len(known) == len(balance)
    return Turnout(
        events=len(order),
        people=people if enough else None,
        presences=len(once) if ("e", _TOTAL, _TOTAL) in shown else None,
        newcomers=tuple((event, _share(new[event], ("e", event), _NEW, shown, threshold)) for event in order[1:]),
        again=_share((again[1], again[0]), ("v",), _AGAIN, shown, threshold),
        concentration=_concentration(visits, threshold, seed) if enough else None,
        balance=balance,
        alike=1 - sum(abs((b.came.value or 0) - b.expected) for b in balance) / 2 if whole else None,
        remarks=() if people >= threshold else (f"Moins de {threshold} personnes : rien n'est montré.",),
    )


def of_counts(counts: Sequence[HandCount], *, threshold: int = 11) -> Turnout:
    """From hand counts: newcomers, and how often people come on average; not who comes back, which needs pseudonyms.

    Raises InputError for more first times than people, or an event given twice.
    """
    for count in counts:
        if not 0 <= count.first_time <= count.present:
            message = f"« {count.event} » a {count.first_time} nouveaux pour {count.present} présents."
            raise InputError(message)
    order = _events_in_order({(count.event, count.day) for count in counts})
    if len(order) < len(counts):
        raise InputError("Un événement est compté deux fois.")
    new = {count.event: (count.first_time, count.present - count.first_time) for count in counts}
    shown = _shown(new, None, {}, threshold)
    total = sum(count.present for count in counts)
    firsts = sum(count.first_time for count in counts)
    remarks = ["Comptage à la main : qui revient et la concentration ne peuvent pas être connus."]
    if firsts >= threshold and ("e", _TOTAL, _TOTAL) in shown and all(("e", f"e {e}", _NEW) in shown for e in order):
        remarks.append(f"En moyenne, {total / firsts:.1f} présences par personne venue pour la première fois.")
    return Turnout(
        events=len(order),
        people=None,
        presences=total if ("e", _TOTAL, _TOTAL) in shown else None,
        newcomers=tuple((event, _share(new[event], ("e", event), _NEW, shown, threshold)) for event in order),
        again=Share(None, None, None, None, None, "il faut des pseudonymes pour savoir qui revient"),
        concentration=None,
        balance=(),
        alike=None,
        remarks=tuple(remarks),
    )


def loads(requests: Sequence[tuple[str, date]], *, calm: float = 1.0, busy: float = 2.0) -> tuple[Load, ...]:
    """What is asked of each group, each month from its first request to the last month of all.

    Green up to `calm` requests a month on average over three months, orange up to `busy`, red beyond. A group is an
    organisation or a neighbourhood; its members are not counted here.
    """
    asked: dict[str, Counter[int]] = defaultdict(Counter)
    for group, day in requests:
        asked[group][12 * day.year + day.month - 1] += 1
    last = max((month for months in asked.values() for month in months), default=0)
    found = []
    for group in sorted(asked):
        for month in range(min(asked[group]), last + 1):
            mean = sum(asked[group][month - back] for back in range(3)) / 3
            worst = max(mean, asked[group][month] / 2)  # a month alone weighs half: a rush is seen at once
            light = Light.GREEN if worst <= calm else Light.ORANGE if worst <= busy else Light.RED
            found.append(Load(group, f"{month // 12:04}-{month % 12 + 1:02}", asked[group][month], mean, light))
    return tuple(found)


def gini(visits: NDArray[np.float64]) -> float:
    """0 when everybody comes as often; towards 1 when one person makes all presences."""
    values, counts = np.unique(visits, return_counts=True)
    return float(_ginis(values, counts[None, :])[0])


def _ginis(values: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """One per row of `counts`: how many people have each of the `values`, that ascend."""
    size = counts.sum(axis=1, keepdims=True)
    before = np.cumsum(counts, axis=1) - counts
    return np.asarray((counts * (2 * before + counts - size)) @ values / (size[:, 0] * (counts @ values)))


def _top_shares(values: NDArray[np.float64], counts: NDArray[np.int64], top: int) -> NDArray[np.float64]:
    """The share of the sum that the `top` largest make, for each row of `counts`."""
    above = counts[:, ::-1].cumsum(axis=1)[:, ::-1] - counts
    return np.asarray(np.clip(top - above, 0, counts) @ values / (counts @ values))


def _concentration(visits: Mapping[str, int], threshold: int, seed: int) -> Concentration | None:
    """The tenth of people who come most, never fewer than the threshold; nor may the others be fewer."""
    size = len(visits)
    if size < 2 * threshold:
        return None
    top = max(threshold, -(-size // 10))
    values, counts = np.unique(np.array(list(visits.values()), dtype=np.float64), return_counts=True)
    # People drawn again with replacement: only how many have each number of visits matters.
    draws = np.random.default_rng(seed).multinomial(size, counts / size, _DRAWS)
    share_low, share_high = (float(end) for end in np.quantile(_top_shares(values, draws, top), (0.025, 0.975)))
    gini_low, gini_high = (float(end) for end in np.quantile(_ginis(values, draws), (0.025, 0.975)))
    own = counts[None, :]
    share, index = float(_top_shares(values, own, top)[0]), float(_ginis(values, own)[0])
    return Concentration(size, top, share, share_low, share_high, index, gini_low, gini_high)


def _each_once(presences: Sequence[Presence]) -> list[Presence]:
    kept: dict[tuple[str, str], Presence] = {}
    bands: dict[str, str] = {}
    for one in presences:
        if one.band and bands.setdefault(one.token, one.band) != one.band:
            raise InputError(f"Un même pseudonyme a deux tranches : « {bands[one.token]} » et « {one.band} ».")
        kept.setdefault((one.token, one.event), one)
    return [Presence(p.token, p.event, p.day, bands.get(p.token, "")) for p in kept.values()]


def _events_in_order(days: set[tuple[str, date]]) -> list[str]:
    names = [event for event, _ in days]
    twice = sorted(event for event, times in Counter(names).items() if times > 1)
    if twice:
        raise InputError(f"L'événement « {twice[0]} » a deux dates. Donnez un nom à chaque séance.")
    return [event for _, event in sorted((day, event) for event, day in days)]


def _shown(
    new: Mapping[str, tuple[int, int]], again: tuple[int, int] | None, bands: Mapping[str, int], threshold: int
) -> frozenset[tuple[str, ...]]:
    """The counts that may be told once all are protected together: presences by event, people by visits and band."""
    rule = Rule(threshold=threshold)
    presences: dict[tuple[str, ...], Cell] = {}
    for event, (fresh, known) in new.items():
        for kind, count in ((_NEW, fresh), (_KNOWN, known), (_TOTAL, fresh + known)):
            presences[(f"e {event}", kind)] = Cell(float(count))
    presences[(_TOTAL, _TOTAL)] = Cell(float(sum(map(sum, new.values()))))
    tables = [Table("e", ("événement", "venue"), presences, rule, "présences")]
    total: dict[tuple[str, ...], Cell] = {(_TOTAL,): Cell(float(sum(again)))} if again else {}
    if again:
        cells: dict[tuple[str, ...], Cell] = {(_ONCE,): Cell(float(again[0])), (_AGAIN,): Cell(float(again[1]))}
        tables.append(Table("v", ("visites",), cells | total, rule, "personnes"))
    if bands:
        in_bands: dict[tuple[str, ...], Cell] = {(f"t {band}",): Cell(float(count)) for band, count in bands.items()}
        tables.append(Table("t", ("tranche",), in_bands | total, rule, "personnes"))
    return frozenset(
        (release.table, *cell.modalities)
        for release in protect(tables).releases
        for cell in release.cells
        if cell.value is not None
    )


def _share(
    counts: tuple[int, int], where: tuple[str, ...], kind: str, shown: frozenset[tuple[str, ...]], threshold: int
) -> Share:
    """`counts`: those of the kind, the others."""
    table, *place = where
    key = (table, *(f"{table} {name}" for name in place), kind)
    among = sum(counts)
    # Told with its total, a share tells the other count too: both must be fit to be shown.
    others = [(*key[:-1], other) for other in _siblings(kind)]
    if key not in shown or any(other not in shown for other in others) or not among:
        return Share(None, None, None, None, None, f"moins de {threshold} personnes, ou protège un autre chiffre")
    low, high = wilson(counts[0] / among, among)
    return Share(counts[0], among, counts[0] / among, low, high)


def _siblings(kind: str) -> tuple[str, ...]:
    return (_KNOWN, _TOTAL) if kind == _NEW else (_ONCE, _TOTAL)


def _balance(
    counted: Mapping[str, int], population: Mapping[str, float], shown: frozenset[tuple[str, ...]], threshold: int
) -> tuple[BandBalance, ...]:
    """Each band of the population, in its order, among the people whose band is known."""
    everybody = sum(population.values())
    if everybody <= 0 or min(population.values()) < 0:
        raise InputError("La population de référence est vide ou négative.")
    strangers = [band for band in counted if band not in population and band != UNKNOWN_BAND]
    if strangers:
        raise InputError(f"La tranche « {strangers[0]} » n'est pas dans la population.")
    told = all(("t", f"t {band}") in shown for band in counted)  # shares of the known ones would tell the hidden one
    among = sum(counted.get(band, 0) for band in population)
    found = []
    for band, people in population.items():
        expected = people / everybody
        if not told or among < threshold:
            hidden = f"une tranche compte moins de {threshold} personnes"
            found.append(BandBalance(band, Share(None, None, None, None, None, hidden), expected, None, None, None))
            continue
        came = counted.get(band, 0)
        low, high = wilson(came / among, among)
        share = Share(came, among, came / among, low, high)
        ratios = [part / expected for part in (came / among, low, high)] if expected else [None] * 3
        found.append(BandBalance(band, share, expected, *ratios))
    return tuple(found)
