"""Who comes, who comes back, who is asked too often, without identities. See docs/concepts/turnout.md."""

from comptoir.analysis.turnout.measures import Turnout, gini, loads, of_counts, of_presences
from comptoir.analysis.turnout.model import BandBalance, Concentration, HandCount, Light, Load, Presence, Share

__all__ = [
    "BandBalance",
    "Concentration",
    "HandCount",
    "Light",
    "Load",
    "Presence",
    "Share",
    "Turnout",
    "gini",
    "loads",
    "of_counts",
    "of_presences",
]
