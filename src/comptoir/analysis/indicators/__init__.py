"""Files of indicators as Insee and others publish them, read cell by cell. See docs/concepts/observatory.md."""

from comptoir.analysis.indicators.catalogue import KNOWN, Definition, definition_of, year_spoken_of
from comptoir.analysis.indicators.cells import Mark, Reading, read_cell
from comptoir.analysis.indicators.model import Direction, Kind, PlaceKey, PlaceKind
from comptoir.analysis.indicators.published import Fault, Published, SeriesKey, read_published

__all__ = [
    "KNOWN",
    "Definition",
    "Direction",
    "Fault",
    "Kind",
    "Mark",
    "PlaceKey",
    "PlaceKind",
    "Published",
    "Reading",
    "SeriesKey",
    "definition_of",
    "read_cell",
    "read_published",
    "year_spoken_of",
]
