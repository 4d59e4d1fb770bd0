"""What the demonstration says: plain data, without database, clock or randomness.

`SPACE`, `PEOPLE`          the invented agglomeration and one account per role
`COMPTOIRS_2026`           three comptoirs of one day: raw notes, groups already made, pairs kept apart
`SYNTHESIS_2025`           last year's published synthesis, as one would paste it (columns, asterisks, outline)
`PASTE_EXAMPLE`            a short pile of notes to try with
"""

from importlib import resources

from comptoir.demo.content.elected_officials import ELECTED_OFFICIALS
from comptoir.demo.content.model import (
    DemoComptoir,
    DemoGroup,
    DemoNote,
    DemoOrganisation,
    DemoPerson,
    DemoPlace,
    DemoSpace,
    Speaker,
)
from comptoir.demo.content.people import PEOPLE
from comptoir.demo.content.residents import RESIDENTS
from comptoir.demo.content.signatories import SIGNATORIES
from comptoir.demo.content.space import SPACE

COMPTOIRS_2026: tuple[DemoComptoir, ...] = (RESIDENTS, ELECTED_OFFICIALS, SIGNATORIES)
"""The day of 6 October 2026, one comptoir per subject, in the order of the programme."""


def _text(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


SYNTHESIS_2025: str = _text("synthesis_2025.txt")
"""Synthesis of the day of 7 October 2025: three tables (tabs between columns), then an outline of three headings."""

PASTE_EXAMPLE: str = _text("paste_example.txt")
"""Raw notes as copied from a spreadsheet: a header line, then one note a line, tabs between cells."""

__all__ = [
    "COMPTOIRS_2026",
    "ELECTED_OFFICIALS",
    "PASTE_EXAMPLE",
    "PEOPLE",
    "RESIDENTS",
    "SIGNATORIES",
    "SPACE",
    "SYNTHESIS_2025",
    "DemoComptoir",
    "DemoGroup",
    "DemoNote",
    "DemoOrganisation",
    "DemoPerson",
    "DemoPlace",
    "DemoSpace",
    "Speaker",
]
