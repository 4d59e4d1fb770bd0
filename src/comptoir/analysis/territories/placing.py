"""Which outline a point is in. See docs/concepts/territories.md, « Placer un point »."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from .outlines import Shape


class Locator:
    """Outlines by code, made once, asked often: a tree of bounding boxes, then the exact test.

    A point on an outline is inside. One that is inside several is in the first by order of code.
    """

    def __init__(self, outlines: Mapping[str, Shape]):
        self.codes = sorted(outlines)
        self._tree = shapely.STRtree([outlines[code] for code in self.codes])

    def at(self, longitude: float, latitude: float) -> str | None:
        return self.all_at([(longitude, latitude)])[0]

    def all_at(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """The code for each (longitude, latitude), or None."""
        found: list[str | None] = [None] * len(points)
        if not points or not self.codes:
            return found
        which, inside = self._tree.query(shapely.points(np.asarray(points, dtype=float)), predicate="intersects")
        for point, outline in sorted(zip(which.tolist(), inside.tolist(), strict=True), reverse=True):
            found[point] = self.codes[outline]
        return found
