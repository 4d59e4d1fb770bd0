"""Groups of points in the plane (docs/concepts/opinions.md, « Les groupes »). No chance in it: no seed."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
MOST = 5
_SIDE, _DIRECT = 32, 1024
_TURNS, _STILL = 300, 2_000


def groupings(points: Floats, most: int = MOST) -> dict[int, Labels]:
    """For each count of groups, from 2, the group of each point (n, 2): k-means, each count grown from the one before
    by splitting each of its groups in turn and keeping what leaves the points closest to their centres.

    The largest group is 0. A count for which there are not enough distinct points is left out.
    """
    seeds, weights = _condensed(points)
    centres = np.average(seeds, axis=0, weights=weights)[None]
    found: dict[int, Labels] = {}
    for count in range(2, most + 1):
        if len(seeds) < count:
            break
        centres = _grown(seeds, weights, centres)
        if len(centres) < count:
            break
        final, labels = _settle(points, None, centres)
        if not np.bincount(labels, minlength=count).all():
            break
        found[count] = ordered(labels, final)
    return found


def ordered(labels: Labels, centres: Floats) -> Labels:
    """Groups renamed from the largest; of two as large, the one whose centre lies first."""
    sizes = np.bincount(labels, minlength=len(centres))
    order = np.lexsort((centres[:, 1], centres[:, 0], -sizes))
    name = np.empty(len(order), dtype=np.int64)
    name[order] = np.arange(len(order))
    return name[labels]


def _condensed(points: Floats) -> tuple[Floats, Floats]:
    """Distinct points with how many lie there; many points are first gathered in cells, each at its own centre."""
    if len(points) <= _DIRECT:
        in_order = points[np.lexsort((points[:, 1], points[:, 0]))]
        at = np.flatnonzero(np.append(True, (in_order[1:] != in_order[:-1]).any(axis=1)))
        return in_order[at], np.diff(at, append=len(points)).astype(np.float64)
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    place = np.minimum(((points - low) * (_SIDE / np.where(span > 0, span, 1))).astype(np.int64), _SIDE - 1)
    cell = place[:, 0] * _SIDE + place[:, 1]
    weights = np.bincount(cell, minlength=_SIDE * _SIDE).astype(np.float64)
    full = np.flatnonzero(weights)
    sums = [np.bincount(cell, weights=points[:, side], minlength=_SIDE * _SIDE)[full] for side in (0, 1)]
    return np.stack(sums, axis=1) / weights[full, None], weights[full]


def _grown(points: Floats, weights: Floats, centres: Floats) -> Floats:
    """One more centre than before: the best of splitting each group along its longest direction."""
    labels = _nearest(points, centres)
    best: tuple[float, Floats] | None = None
    for group in range(len(centres)):
        split = _split(points[labels == group], weights[labels == group])
        if split is None:
            continue
        settled, home = _settle(points, weights, np.vstack([np.delete(centres, group, axis=0), split]))
        loss = float((weights * ((points - settled[home]) ** 2).sum(axis=1)).sum())
        if best is None or loss < best[0] * (1 - 1e-12):
            best = (loss, settled)
    return centres if best is None else best[1]


def _split(points: Floats, weights: Floats) -> Floats | None:
    """Two centres on either side of a group, None for a single point."""
    if len(points) < 2:
        return None
    centre = np.average(points, axis=0, weights=weights)
    away = points - centre
    strengths, directions = np.linalg.eigh((away * weights[:, None]).T @ away / weights.sum())
    step = directions[:, 1] * np.sqrt(max(float(strengths[1]), 0.0))
    return np.stack([centre - step, centre + step])


def _settle(points: Floats, weights: Floats | None, centres: Floats) -> tuple[Floats, Labels]:
    """Lloyd's turns until no point changes group, or one in _STILL of many. A group left empty keeps its centre."""
    labels = _nearest(points, centres)
    sides = np.ascontiguousarray((points if weights is None else points * weights[:, None]).T)
    count = len(centres)
    for _ in range(_TURNS):
        sizes = np.bincount(labels, weights=weights, minlength=count)
        sums = np.stack([np.bincount(labels, weights=side, minlength=count) for side in sides], axis=1)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1e-300)[:, None], centres)
        moved = _nearest(points, centres)
        changed = np.count_nonzero(moved != labels)
        labels = moved
        if changed <= len(points) // _STILL:
            break
    return centres, labels


def _nearest(points: Floats, centres: Floats) -> Labels:
    """The nearest centre of each point, the first of two as near."""
    nearness = centres @ points.T
    nearness -= (centres**2).sum(axis=1)[:, None] / 2
    best, labels = nearness[0].copy(), np.zeros(len(points), dtype=np.int64)
    for group in range(1, len(centres)):
        closer = nearness[group] > best
        np.copyto(labels, group, where=closer)
        np.maximum(best, nearness[group], out=best)
    return labels
