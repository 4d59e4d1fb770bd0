"""A neighbourhood beside its commune, its likes and its past, where that is fair. See docs/concepts/comparison.md."""

from comptoir.analysis.comparison.gaps import against, catching_up, change, slope, total
from comptoir.analysis.comparison.likes import Like, Place, likes, place
from comptoir.analysis.comparison.lineage import Became, Lineage, Link, Quality, lineage, lineage_of_areas
from comptoir.analysis.comparison.model import Figure, Gap, Indicator, Kind, Perimeter, Refusal

__all__ = [
    "Became",
    "Figure",
    "Gap",
    "Indicator",
    "Kind",
    "Like",
    "Lineage",
    "Link",
    "Perimeter",
    "Place",
    "Quality",
    "Refusal",
    "against",
    "catching_up",
    "change",
    "likes",
    "lineage",
    "lineage_of_areas",
    "place",
    "slope",
    "total",
]
