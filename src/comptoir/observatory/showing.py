"""How a figure is written, and why there is none: the same words on pages, in files and under charts."""

from dataclasses import dataclass

from comptoir.kit.french import NO_BREAK_SPACE, number
from comptoir.observatory.enums import IndicatorKind, Release, Said
from comptoir.observatory.models import Indicator, Value

ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` is the number with its unit, or a dash; `why` says what stands in its place; `value` is what may leave."""

    text: str
    value: float | None = None
    why: str = ""
    hidden: bool = False


NONE = Shown(ABSENT, None, "aucune valeur")


def rounded(value: float, indicator: Indicator) -> float:
    """As it is written: no decimal for a count or a median, two for an index, one for the rest."""
    if indicator.kind in (IndicatorKind.COUNT, IndicatorKind.MEDIAN):
        return round(value)
    return round(value, 2 if indicator.kind == IndicatorKind.INDEX else 1)


def written(value: float, indicator: Indicator) -> str:
    """A number in the unit of its indicator, rounded."""
    text = number(rounded(value, indicator))
    return f"{text}{NO_BREAK_SPACE}{indicator.unit}" if indicator.unit else text


def reason(value: Value, indicator: Indicator) -> str:
    """Why a value is not shown, or what has to be said of the one that is."""
    if value.release in (Release.SHOWN, Release.NOTHING):
        return Said(value.mark).label
    unit = indicator.unit if indicator.kind == IndicatorKind.COUNT and indicator.unit else "personnes"
    return Release(value.release).label.format(threshold=value.threshold, unit=unit)


def shown(value: Value | None, indicator: Indicator) -> Shown:
    if value is None:
        return NONE
    why = reason(value, indicator)
    if value.released is None:
        return Shown(ABSENT, None, why or "aucune valeur", value.release not in (Release.SHOWN, Release.NOTHING))
    return Shown(written(value.released, indicator), value.released, why)
