"""Why two notes are paired, in the words that a person reads."""

from collections.abc import Sequence

from comptoir.analysis.grouping.model import Reason, ReasonKind

SAME = Reason(ReasonKind.IDENTICAL, "Identiques mot pour mot")
NEARLY_SAME = Reason(ReasonKind.IDENTICAL, "Identiques aux majuscules, accents et ponctuation près")
DECIDED = Reason(ReasonKind.DECIDED, "Rapprochées à la main")
_WORDS_SHOWN = 6


def shown(words: Sequence[str]) -> str:
    """The first words of a list, and a sign that there are more."""
    more = "…" if len(words) > _WORDS_SHOWN else ""
    return f"{', '.join(words[:_WORDS_SHOWN])}{more}"
