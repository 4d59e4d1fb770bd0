"""Invented votes with planted opinion groups, always the same: uneven activity, statements seen the less the later."""

import numpy as np
from numpy.typing import NDArray

Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def planted(people: int, statements: int, density: float, *, seed: int = 11) -> Columns:
    """Participants, statements, votes in an order of chance, and the planted group of each participant."""
    chance = np.random.default_rng(seed + people)
    group = chance.choice(3, people, p=[0.5, 0.3, 0.2])
    shares = np.tile(chance.beta(2, 2, statements), (3, 1))
    dividing = chance.random(statements) < 0.4
    shares[:, dividing] = chance.choice([0.1, 0.2, 0.8, 0.9], (3, int(dividing.sum())))
    active = np.clip(chance.lognormal(np.log(density) - 0.32, 0.8, people), 7.5 / statements, 1)
    shown = np.linspace(1.3, 0.7, statements)
    parts = []
    for start in range(0, people, 5_000):
        rows = active[start : start + 5_000, None] * shown
        person, statement = np.nonzero(chance.random(rows.shape) < np.minimum(1, rows))
        agree = chance.random(len(person)) < shares[group[start + person], statement]
        passed = chance.random(len(person)) < 0.15
        parts.append((start + person, statement, np.where(passed, 0, np.where(agree, 1, -1))))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = chance.permutation(len(columns[0]))
    return (*(column[order] for column in columns), group)
