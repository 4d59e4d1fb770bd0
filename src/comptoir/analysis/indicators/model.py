"""The vocabulary of indicators: what a figure is, which way is better, what territory it speaks of."""

from dataclasses import dataclass
from enum import StrEnum

from comptoir.analysis.comparison.model import Kind as Compared


class Kind(StrEnum):
    """What a figure is. Only counts and amounts may add up."""

    COUNT = "count"
    AMOUNT = "amount"
    RATIO = "ratio"
    MEDIAN = "median"
    INDEX = "index"

    @property
    def compared(self) -> Compared:
        """The kind by which `analysis.comparison` allows or refuses."""
        return {
            Kind.COUNT: Compared.COUNT, Kind.AMOUNT: Compared.COUNT, Kind.RATIO: Compared.SHARE,
            Kind.MEDIAN: Compared.MEDIAN, Kind.INDEX: Compared.INDEX,
        }[self]  # fmt: skip


class Direction(StrEnum):
    """Which way is better, where anybody can say so."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class PlaceKind(StrEnum):
    """The kind of a territory. ALL_NEIGHBOURHOODS: the « Ensemble » line of a file; SPACE: the whole of a space."""

    NEIGHBOURHOOD = "qpv"
    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTMENT = "department"
    REGION = "region"
    EMPLOYMENT_ZONE = "employment_zone"
    FRANCE = "france"
    ALL_NEIGHBOURHOODS = "all_qpv"
    LOCAL_AREA = "local_area"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """A territory as a file names it. `generation`: of neighbourhoods (2015, 2024), 0 for all others."""

    kind: PlaceKind
    code: str
    generation: int = 0
