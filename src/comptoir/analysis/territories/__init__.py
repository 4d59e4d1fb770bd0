"""Territories as published: official files read whatever their columns are called, outlines, lineage, placing.

Plain values in longitude and latitude (WGS84). See docs/concepts/territories.md.
"""

from .geojson import named_outlines
from .model import AreaRow, NeighbourhoodRow, OfficialFile
from .outlines import area_m2, bounds, check_degrees, middle, outline, sketch, to_geojson
from .placing import Locator
from .reading import read_official

__all__ = [
    "AreaRow",
    "Locator",
    "NeighbourhoodRow",
    "OfficialFile",
    "area_m2",
    "bounds",
    "check_degrees",
    "middle",
    "named_outlines",
    "outline",
    "read_official",
    "sketch",
    "to_geojson",
]
