"""People and statements in the plane: principal components of the votes (docs/concepts/opinions.md, « Le plan »)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.opinions.votes import Votes

Floats = NDArray[np.float64]
_ROWS = 512
_WHOLE = 1_000  # statements up to which all components are found at once
_BLOCK, _ROUNDS, _STILL = 12, 400, 1e-10


@dataclass(frozen=True, slots=True)
class Plane:
    """`people` (n, 2), already spread by how few votes each cast; `axes` (m, 2) of length one; `means` (m,)."""

    people: Floats
    axes: Floats
    means: Floats
    explained: tuple[float, float]

    @property
    def extremity(self) -> Floats:
        """How far from the centre a person stands who only agrees with this statement (m,)."""
        reach: Floats = np.hypot(self.axes[:, 0], self.axes[:, 1]) * np.abs(1 - self.means)
        reach *= np.sqrt(len(self.means))
        return reach


def plane_of(votes: Votes) -> Plane:
    """The two directions along which votes differ most, a missing vote being the mean of its statement.

    What is missing is then 0 once centred: only what was voted is ever stored.
    """
    n, m = len(votes.participants), len(votes.statements)
    means = np.bincount(votes.statement, weights=votes.value) / np.bincount(votes.statement)
    centred = votes.value - means[votes.statement]
    scatter = _scatter(votes, centred, n, m)
    strengths, axes = _first_two(scatter)
    total = float(np.trace(scatter)) or 1.0
    starts = votes.starts
    spread = np.sqrt(m / np.diff(starts, append=len(centred)))
    people = np.empty((n, 2))
    for side in (0, 1):
        people[:, side] = np.add.reduceat(centred * axes[votes.statement, side], starts) * spread
    return Plane(people, axes, means, (float(strengths[0]) / total, float(strengths[1]) / total))


def _scatter(votes: Votes, centred: Floats, n: int, m: int) -> Floats:
    """The products of statements two by two (m, m), a few rows of people at a time; each block in 32 bits, their sum
    in 64."""
    scatter = np.zeros((m, m))
    starts = np.searchsorted(votes.person, np.arange(0, n + _ROWS, _ROWS))
    rows = np.zeros((_ROWS, m), dtype=np.float32)
    flat = rows.reshape(-1)
    for block, (start, end) in enumerate(pairwise(starts.tolist())):
        at = (votes.person[start:end] - np.int64(block * _ROWS)) * m + votes.statement[start:end]
        flat.fill(0)
        flat[at] = centred[start:end]
        scatter += rows.T @ rows
    return scatter


def _first_two(scatter: Floats) -> tuple[Floats, Floats]:
    """The two greatest eigenvalues and their directions (m, 2), each turned so that its greatest part is positive."""
    m = len(scatter)
    if m == 1:
        return np.array([scatter[0, 0], 0.0]), np.array([[1.0, 0.0]])
    if m <= _WHOLE:
        strengths, directions = np.linalg.eigh(scatter)
        strengths, axes = strengths[::-1][:2], directions[:, ::-1][:, :2]
    else:
        strengths, axes = _by_rounds(scatter)
    for side in (0, 1):
        if axes[np.argmax(np.abs(axes[:, side])), side] < 0:
            axes[:, side] *= -1
    return np.maximum(strengths, 0), np.ascontiguousarray(axes)


def _by_rounds(scatter: Floats) -> tuple[Floats, Floats]:
    """Subspace iteration from a fixed start, until the two first directions stand still."""
    block = np.linalg.qr(scatter @ np.random.default_rng(0).standard_normal((len(scatter), _BLOCK)))[0]
    strengths = np.zeros(2)
    for _ in range(_ROUNDS):
        product = scatter @ block
        values, turn = np.linalg.eigh(block.T @ product)
        turned = block @ turn[:, ::-1]
        strengths = values[::-1][:2]
        left = product @ turn[:, ::-1][:, :2] - turned[:, :2] * strengths
        if float(np.abs(left).max()) <= _STILL * max(float(strengths[0]), 1e-300):
            return strengths, turned[:, :2].copy()
        block = np.linalg.qr(product)[0]
    return strengths, turned[:, :2].copy()
