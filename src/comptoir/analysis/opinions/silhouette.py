"""How well points stand in their groups (docs/concepts/opinions.md, « Combien de groupes »)."""

import math
from collections.abc import Mapping

import numpy as np
from numpy import fft

from comptoir.analysis.opinions.clustering import Floats, Labels

EXACT = 2_000
DOUBT = 0.003
"""Two silhouettes closer than this are taken for equal when they were read on the grid: twice their largest error
in the tests, which compare it with the exact figure."""
_SETTLED = 20_000
_BLOCK = 128
_GRIDS = (96, 128, 192, 256, 384, 512)
_FINE = 0.07  # the step of a grid, in standard deviations of the points, where people far away stretch it


def best_count(points: Floats, found: Mapping[int, Labels]) -> tuple[int, dict[int, float]]:
    """The count of groups whose mean silhouette is greatest, and the silhouette of each count.

    Exact up to EXACT points, on a grid beyond; exact again where the grid cannot tell, up to 20,000 points; the
    smallest count of those that cannot be told apart above that.
    """
    exact = len(points) <= EXACT
    scores = silhouettes(points, found, exact=exact)
    top = max(scores.values())
    near = [count for count, score in scores.items() if score >= top - (0 if exact else DOUBT)]
    if len(near) > 1 and not exact and len(points) <= _SETTLED:
        scores |= silhouettes(points, {count: found[count] for count in near}, exact=True)
        return max(near, key=lambda count: (scores[count], -count)), scores
    return min(near), scores


def silhouettes(points: Floats, found: Mapping[int, Labels], *, exact: bool) -> dict[int, float]:
    """The mean silhouette of the points (n, 2) for each grouping, in one pass over distances for all of them."""
    sums = (_exact_sums if exact else _grid_sums)(points, found)
    return {count: _mean_silhouette(sums[count], labels) for count, labels in found.items()}


def _mean_silhouette(sums: Floats, labels: Labels) -> float:
    """`sums` (k, n): from each point, the distances to all points of each group. A lonely point counts for 0."""
    sizes = np.bincount(labels, minlength=len(sums))
    rows = np.arange(len(labels))
    own = sizes[labels]
    inside = sums[labels, rows] / np.maximum(own - 1, 1)
    means = sums / np.maximum(sizes, 1)[:, None]
    means[labels, rows] = np.inf
    outside = means.min(axis=0)
    most = np.maximum(inside, outside)
    return float(np.where((own > 1) & (most > 0), (outside - inside) / np.where(most > 0, most, 1), 0.0).mean())


def _exact_sums(points: Floats, found: Mapping[int, Labels]) -> dict[int, Floats]:
    n = len(points)
    counts = list(found)
    member = np.zeros((n, sum(counts)))
    edges = np.cumsum([0, *counts])
    for start, labels in zip(edges, found.values(), strict=False):
        member[np.arange(n), start + labels] = 1
    sums = np.empty((n, member.shape[1]))
    x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    for start in range(0, n, _BLOCK):
        across = x[start : start + _BLOCK, None] - x
        across *= across
        along = y[start : start + _BLOCK, None] - y
        along *= along
        across += along
        sums[start : start + _BLOCK] = np.sqrt(across, out=across) @ member
    return {count: sums[:, start : start + count].T for start, count in zip(edges, counts, strict=False)}


def _grid_sums(points: Floats, found: Mapping[int, Labels]) -> dict[int, Floats]:
    """Sums of distances in time that grows with points, not with pairs: each point is shared between the four knots
    of a grid around it, the knots are convolved with the distance (FFT), and each point reads its four knots."""
    low, span = points.min(axis=0), float(np.ptp(points, axis=0).max()) or 1.0
    wanted = _FINE * math.sqrt(float(points.var(axis=0).sum()))
    side = next((grid for grid in _GRIDS if span <= wanted * (grid - 2)), _GRIDS[-1])
    step = span / (side - 2)
    place = (points - low) / step
    corner = place.astype(np.int64)
    part = place - corner
    knots, shares = _shares(corner, part, side)
    reach = np.minimum(np.arange(2 * side), 2 * side - np.arange(2 * side))
    kernel = fft.rfft2(np.hypot(reach[:, None], reach[None]))
    self_distance = _self_distance(part) * step
    sums = {}
    for count, labels in found.items():
        laid = np.zeros(count * side * side)
        for knot, share in zip(knots, shares, strict=True):
            laid += np.bincount(labels * (side * side) + knot, weights=share, minlength=len(laid))
        field = np.empty((count, side * side))
        for group, spread in enumerate(laid.reshape(count, side, side)):
            whole = fft.irfft2(fft.rfft2(spread, s=(2 * side, 2 * side)) * kernel)
            field[group] = whole[:side, :side].reshape(-1) * step
        read = np.zeros((count, len(points)))
        for knot, share in zip(knots, shares, strict=True):
            read += field[:, knot] * share
        read[labels, np.arange(len(points))] -= self_distance
        sums[count] = np.maximum(read, 0)
    return sums


def _shares(corner: Labels, part: Floats, side: int) -> tuple[list[Labels], list[Floats]]:
    """The four knots around each point and what each takes of it."""
    knots, shares = [], []
    for right in (0, 1):
        for up in (0, 1):
            knots.append((corner[:, 0] + right) * side + corner[:, 1] + up)
            across = part[:, 0] if right else 1 - part[:, 0]
            along = part[:, 1] if up else 1 - part[:, 1]
            shares.append(across * along)
    return knots, shares


def _self_distance(part: Floats) -> Floats:
    """The distance that the grid gives from a point to itself, in steps: to be taken off."""
    across, along = 2 * part[:, 0] * (1 - part[:, 0]), 2 * part[:, 1] * (1 - part[:, 1])
    distance: Floats = across + along - (2 - math.sqrt(2)) * across * along
    return distance
