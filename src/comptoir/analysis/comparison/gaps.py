"""A neighbourhood against a larger territory, or against itself some years before; and sums. Each may be refused."""

import math
from collections.abc import Sequence

from comptoir.analysis.comparison.model import Figure, Gap, Kind, Perimeter, Refusal

_Z = 1.959963984540054  # 95 %
_NEIGHBOURHOODS = (Perimeter.QPV_2015, Perimeter.QPV_2024)


def against(one: Figure, other: Figure) -> Gap | Refusal:
    """The gap of `one` to a reference. Refused where definition, vintage, perimeters or kind do not allow it."""
    reason = _unlike(one, other)
    if not reason and one.vintage != other.vintage:
        reason = f"les millésimes diffèrent : {one.vintage} et {other.vintage}"
    if not reason and one.perimeter != other.perimeter and {one.perimeter, other.perimeter} == set(_NEIGHBOURHOODS):
        reason = "un quartier de 2015 et un quartier de 2024 n'ont pas été dessinés de la même façon"
    if not reason and one.indicator.kind is Kind.COUNT:
        reason = "deux nombres de territoires de tailles différentes ne se comparent pas : comparez des parts"
    return _refused(reason, one) if reason else _gap(one, other)


def change(earlier: Figure, later: Figure, *, same_outline: bool = True) -> Gap | Refusal:
    """How much a territory has changed between two vintages. `same_outline`: its perimeter did not move (lineage)."""
    indicator = earlier.indicator
    reason = _unlike(later, earlier)
    years = later.vintage - earlier.vintage
    if not reason and years <= 0:
        reason = f"le millésime {later.vintage} n'est pas après {earlier.vintage}"
    if not reason and (earlier.perimeter != later.perimeter or not same_outline):
        reason = "le périmètre a changé entre les deux millésimes"
    if not reason and any(earlier.vintage < year <= later.vintage for year in indicator.breaks):
        reason = f"la définition a changé entre {earlier.vintage} et {later.vintage}"
    if not reason and years < indicator.apart:
        reason = (
            f"{earlier.vintage} et {later.vintage} sont trop proches : pour cette source, deux millésimes à moins de "
            f"{indicator.apart} ans d'écart ne font pas une évolution"
        )
    return _refused(reason, later) if reason else _gap(later, earlier)


def catching_up(
    earlier: tuple[Figure, Figure], later: tuple[Figure, Figure], *, same_outline: bool = True
) -> Gap | Refusal:
    """How much the gap of a territory to its reference has changed: (territory, reference) at each vintage."""
    moves = []
    for before, after, outline in zip(earlier, later, (same_outline, True), strict=True):
        moved = change(before, after, same_outline=outline)
        if isinstance(moved, Refusal):
            return moved
        moves.append(moved)
    for one, reference in (earlier, later):
        gap = against(one, reference)
        if isinstance(gap, Refusal):
            return gap
    own, other = moves
    low = high = None
    if own.low is not None and own.high is not None and other.low is not None and other.high is not None:
        low, high = _combined(own.difference - other.difference, own, other)
    return Gap(own.difference - other.difference, None, low, high)


def slope(figures: Sequence[Figure], *, same_outline: bool = True) -> float | Refusal:
    """The median of the yearly changes between all pairs of vintages (Theil-Sen): one odd year does not move it.

    Pairs of vintages that do not compare are left out; refused where none does.
    """
    slopes = []
    reason = Refusal("il faut deux millésimes pour une tendance")
    for at, earlier in enumerate(figures):
        for later in figures[at + 1 :]:
            moved = change(earlier, later, same_outline=same_outline)
            if isinstance(moved, Refusal):
                reason = moved
            else:
                slopes.append(moved.difference / (later.vintage - earlier.vintage))
    if not slopes:
        return reason
    slopes.sort()
    half = len(slopes) // 2
    return slopes[half] if len(slopes) % 2 else (slopes[half - 1] + slopes[half]) / 2


def total(figures: Sequence[Figure]) -> float | Refusal:
    """The sum over territories. Refused for all that does not add up, and where a value is missing."""
    if not figures:
        return Refusal("il n'y a rien à additionner")
    first = figures[0]
    for figure in figures:
        reason = "deux indicateurs différents" if figure.indicator.name != first.indicator.name else ""
        if not reason and figure.vintage != first.vintage:
            reason = f"les millésimes diffèrent : {first.vintage} et {figure.vintage}"
        if not reason and figure.perimeter != first.perimeter:
            reason = f"les périmètres diffèrent : {first.perimeter} et {figure.perimeter}"
        if reason:
            return Refusal(f"Somme refusée : {reason}.")
    if first.indicator.kind is not Kind.COUNT:
        what = {Kind.SHARE: "un taux", Kind.MEDIAN: "une médiane", Kind.INDEX: "un indice"}[first.indicator.kind]
        return Refusal(f"Somme refusée : {what} ne s'additionne pas. Additionnez les nombres, puis recalculez.")
    if len({figure.territory for figure in figures}) < len(figures):
        return Refusal("Somme refusée : un territoire y est deux fois.")
    values = [figure.value for figure in figures]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Refusal("Somme refusée : une valeur n'est pas publiée, et non publié ne veut pas dire zéro.")
    return math.fsum(known)


def _unlike(one: Figure, other: Figure) -> str:
    """Why two figures are not the same measure, or cannot be read."""
    if one.indicator.name != other.indicator.name:
        return f"« {one.indicator.label} » et « {other.indicator.label} » n'ont pas la même définition"
    if one.indicator.kind is Kind.INDEX and (not one.indicator.base or one.indicator.base != other.indicator.base):
        return "un indice ne se compare qu'à un indice de même base, et la base n'est pas la même ou n'est pas dite"
    missing = next((figure for figure in (one, other) if figure.value is None), None)
    if missing is not None:
        return f"la valeur n'est pas publiée pour {missing.territory} ({missing.vintage})"
    return ""


def _refused(reason: str, figure: Figure) -> Refusal:
    return Refusal(f"{figure.indicator.label} : comparaison refusée, {reason}.")


def _gap(one: Figure, other: Figure) -> Gap:
    assert one.value is not None, "refused before"
    assert other.value is not None, "refused before"
    difference = one.value - other.value
    low = high = None
    if one.indicator.kind is Kind.SHARE and one.size and other.size:
        low, high = newcombe(one.value / 100, one.size, other.value / 100, other.size)
        low, high = 100 * low, 100 * high
    elif one.indicator.kind is Kind.COUNT:
        spread = _Z * math.sqrt(max(one.value, 1.0) + max(other.value, 1.0))  # two Poisson counts
        low, high = difference - spread, difference + spread
    return Gap(difference, one.value / other.value if other.value else None, low, high)


def wilson(share: float, size: int) -> tuple[float, float]:
    """Bounds at 95 % of a proportion seen on `size` people (Wilson 1927), shares from 0 to 1."""
    middle = share + _Z**2 / (2 * size)
    half = _Z * math.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2))
    scale = 1 + _Z**2 / size
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def newcombe(one: float, size: int, other: float, other_size: int) -> tuple[float, float]:
    """Bounds at 95 % of the difference of two independent proportions (Newcombe 1998, method 10)."""
    low, high = wilson(one, size)
    other_low, other_high = wilson(other, other_size)
    difference = one - other
    below = math.sqrt((one - low) ** 2 + (other_high - other) ** 2)
    above = math.sqrt((high - one) ** 2 + (other - other_low) ** 2)
    return difference - below, difference + above


def _combined(difference: float, own: Gap, other: Gap) -> tuple[float, float]:
    """The bounds of a difference of two changes, from those of each (the same squares as above)."""
    assert own.low is not None, "both are known"
    assert own.high is not None, "both are known"
    assert other.low is not None, "both are known"
    assert other.high is not None, "both are known"
    below = math.hypot(own.difference - own.low, other.high - other.difference)
    above = math.hypot(own.high - own.difference, other.difference - other.low)
    return difference - below, difference + above
