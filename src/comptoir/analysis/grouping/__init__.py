"""Which notes say the same thing: the interface, and the plain lexical method behind it (docs/concepts/grouping.md)."""

from comptoir.analysis.grouping.domain import DomainGrouping
from comptoir.analysis.grouping.lexical import LexicalGrouping
from comptoir.analysis.grouping.model import (
    NO_CONSTRAINTS,
    Constraints,
    Group,
    Grouping,
    Pair,
    Reason,
    ReasonKind,
    Text,
)

__all__ = [
    "NO_CONSTRAINTS",
    "Constraints",
    "DomainGrouping",
    "Group",
    "Grouping",
    "LexicalGrouping",
    "Pair",
    "Reason",
    "ReasonKind",
    "Text",
]
