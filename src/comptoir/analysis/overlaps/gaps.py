"""Themes × neighbourhoods where there is nothing (docs/concepts/overlaps.md, « Les trous »)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.analysis.overlaps.model import Action
from comptoir.analysis.text import fold


@dataclass(frozen=True, slots=True)
class Gap:
    """No action on this theme in this neighbourhood, where `expected` would be there if each neighbourhood had the
    mix of themes of all of them together; where a neighbourhood (or a theme) has nothing, its even share."""

    theme: str
    neighbourhood: str
    expected: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """`counts[theme, neighbourhood]`: how many actions; names as first written. `left_out` say no theme or no place."""

    themes: tuple[str, ...]
    neighbourhoods: tuple[str, ...]
    counts: Counter[tuple[str, str]]
    gaps: tuple[Gap, ...]
    left_out: int


def coverage_of(actions: Sequence[Action], neighbourhoods: Sequence[str] = (), themes: Sequence[str] = ()) -> Coverage:
    """`neighbourhoods` and `themes` add those that no action names, which is where nothing is done at all."""
    places: dict[str, str] = {fold(name): name for name in reversed(neighbourhoods)}
    places = dict(reversed(places.items()))
    subjects = dict(reversed({fold(name): name for name in reversed(themes)}.items()))
    counts: Counter[tuple[str, str]] = Counter()
    left_out = 0
    for action in actions:
        if not action.themes or not action.neighbourhoods:
            left_out += 1
        for theme in action.themes:
            subjects.setdefault(fold(theme), theme)
        for place in action.neighbourhoods:
            places.setdefault(fold(place), place)
        pairs = {(fold(theme), fold(place)) for theme in action.themes for place in action.neighbourhoods}
        counts.update(pairs)
    by_theme, by_place = Counter[str](), Counter[str]()
    for (theme, place), count in counts.items():
        by_theme[theme] += count
        by_place[place] += count
    total = sum(counts.values())
    size = len(subjects), len(places)
    gaps = [
        Gap(subjects[theme], places[place], _expected(by_theme[theme], by_place[place], total, *size))
        for theme in subjects
        for place in places
        if not counts[theme, place]
    ]
    gaps.sort(key=lambda gap: (-gap.expected, fold(gap.theme), fold(gap.neighbourhood)))
    named = Counter({(subjects[theme], places[place]): count for (theme, place), count in counts.items()})
    return Coverage(tuple(subjects.values()), tuple(places.values()), named, tuple(gaps), left_out)


def _expected(of_theme: int, of_place: int, total: int, themes: int, places: int) -> float:
    if not of_place:
        return of_theme / places
    if not of_theme:
        return of_place / themes
    return of_theme * of_place / total
