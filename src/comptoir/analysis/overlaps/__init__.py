"""Actions that double each other, and themes where a neighbourhood has nothing (docs/concepts/overlaps.md)."""

from comptoir.analysis.overlaps.gaps import Coverage, Gap, coverage_of
from comptoir.analysis.overlaps.model import Action, Model, Trait, Verdict
from comptoir.analysis.overlaps.search import Overlap, learned_from, overlaps_of

__all__ = [
    "Action",
    "Coverage",
    "Gap",
    "Model",
    "Overlap",
    "Trait",
    "Verdict",
    "coverage_of",
    "learned_from",
    "overlaps_of",
]
