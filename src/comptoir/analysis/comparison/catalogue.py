"""What is known of the indicators that Insee publishes by neighbourhood: kind, unit, and what does not compare."""

import re

from comptoir.analysis.comparison.model import Indicator, Kind

# In order: the first pattern that fits the name of the column. Names follow the dictionary published by Insee.
_KNOWN: tuple[tuple[str, Kind, str, int, str], ...] = (
    (r"C|CC2S|CCMUC|C_C2S\w*", Kind.COUNT, "personnes", 2, "assurance maladie (CNAM)"),
    (r"TX_\w+|TP60|PMIMP|PART_\w+|PACT|PPEN|PPSOC|PPAT|PIMPOT|P(?:ACT|PEN|PSOC|PAT|IMPOT)19", Kind.SHARE, "%", 1, ""),
    (r"(?:DISP|DECUC)_(?:Q[123]|D[19])|[QD][1-9]19|D\d19", Kind.MEDIAN, "€ par an", 1, ""),
    (r"IND_\w+|(?:DISP|DECUC)_D1D9|GI19|RD|S80S2019", Kind.INDEX, "", 1, ""),
    (r"POP_\w+|A|A[A-Z]\w*|PERCOU|ENF\w*|NB\w+|EVOL_\w+", Kind.COUNT, "", 1, ""),
)


def indicator_of(name: str, kind: Kind | None = None, *, apart: int | None = None) -> Indicator:
    """The indicator of a column, from its name where it is one of Insee's; a share where nothing is known."""
    for pattern, known, unit, years, source in _KNOWN:
        if re.fullmatch(pattern, name, re.IGNORECASE):
            label = f"{name} ({source})" if source else name
            return Indicator(name, label, kind or known, unit if kind in (None, known) else "", apart=apart or years)
    return Indicator(name, name, kind or Kind.SHARE, "%" if kind in (None, Kind.SHARE) else "", apart=apart or 1)
