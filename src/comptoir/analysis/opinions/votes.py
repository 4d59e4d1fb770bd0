"""Votes as sparse triplets, one for each person and statement (docs/concepts/opinions.md, « Les votes »)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1
Ints = NDArray[np.integer]
_SPARE = 1 << 24  # identifiers that fit in a table of this many entries are coded without a sort


@dataclass(frozen=True, slots=True)
class Votes:
    """`value[i]` (1, 0, -1) is what `participants[person[i]]` said of `statements[statement[i]]`.

    Sorted by person then statement, each pair once; every participant and statement has at least one vote.
    `changed` votes were replaced by a later one of the same person on the same statement.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    person: NDArray[np.int32]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]
    changed: int = 0

    @property
    def cast(self) -> NDArray[np.int64]:
        """How many votes each participant cast."""
        return np.diff(self.starts, append=len(self.person))

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the votes of each participant begin."""
        return np.searchsorted(self.person, np.arange(len(self.participants), dtype=np.int32))

    def kept(self, people: NDArray[np.bool_] | None = None, statements: NDArray[np.bool_] | None = None) -> "Votes":
        """Only these people and statements, and of them only those that still have a vote."""
        keep = np.ones(len(self.value), dtype=np.bool_)
        if people is not None:
            keep &= people[self.person]
        if statements is not None:
            keep &= statements[self.statement]
        person, named = _renumbered(self.person[keep], self.participants)
        statement, asked = _renumbered(self.statement[keep], self.statements)
        return Votes(named, asked, person, statement, self.value[keep], self.changed)


def votes_of(
    people: Ints, statements: Ints, values: Ints, moments: Ints | None = None,
    *, participants: Sequence[str] | None = None, asked: Sequence[str] | None = None,
) -> Votes:  # fmt: skip
    """Votes from columns of equal length. `people` and `statements` hold whole identifiers, or positions in
    `participants` and `asked` where these are given. Of two votes of a person on a statement the one with the
    greatest moment counts, else the one that comes last."""
    person, named = _coded(people, participants)
    statement, headings = _coded(statements, asked)
    width, count = max(1, len(headings)), max(1, len(person))
    key = person * np.int64(width) + statement
    bits = count.bit_length()
    if bool((key[1:] > key[:-1]).all()):
        order = np.arange(len(key))
    elif len(named) * width < 1 << (62 - bits):
        # The place of each vote rides in the low bits of its key: one sort in place instead of one of positions.
        key <<= bits
        key |= np.arange(len(key))
        key.sort()
        order = key & ((1 << bits) - 1)
        key >>= bits
    else:
        order = np.argsort(key, kind="stable")
        key = key[order]
    last = np.ones(len(key), dtype=np.bool_)
    last[:-1] = key[1:] != key[:-1]
    if moments is not None and not last.all():
        order = _by_moment(key, order, last, moments)
    chosen = order if last.all() else order[last]
    value = np.asarray(values)[chosen].astype(np.int8)
    return Votes(named, headings, person[chosen], statement[chosen], value, len(order) - len(chosen))


def _by_moment(
    key: NDArray[np.int64], order: NDArray[np.int64], last: NDArray[np.bool_], moments: Ints
) -> NDArray[np.int64]:
    """The order with each run of a same key sorted by moment: only what was voted on twice is looked at."""
    twice = ~last
    twice[1:] |= ~last[:-1]
    at = np.flatnonzero(twice)
    inside = np.lexsort((order[at], np.asarray(moments)[order[at]], key[at]))
    order = order.copy()
    order[at] = order[at][inside]
    return order


def _coded(ids: Ints, names: Sequence[str] | None) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Positions among the identifiers that occur, in the order of numbers where all are numbers, else of words."""
    ids = np.asarray(ids)
    if not len(ids):
        return ids.astype(np.int32), ()
    if names is not None:
        rank = np.argsort(np.array(natural_order(names)))
        ids = rank[ids]
        names = [names[at] for at in np.argsort(rank)]
    low, high = int(ids.min()), int(ids.max())
    if high - low < _SPARE:
        there = np.zeros(high - low + 1, dtype=np.bool_)
        there[ids - low] = True
        seen = np.flatnonzero(there) + low
        codes = (np.cumsum(there, dtype=np.int32) - 1)[ids - low]
    else:
        seen, inverse = np.unique(ids, return_inverse=True)
        codes = inverse.astype(np.int32)
    texts = map(str, seen.tolist()) if names is None else (names[at] for at in seen.tolist())
    return codes, tuple(texts)


def natural_order(names: Sequence[str]) -> list[int]:
    """Positions sorted as numbers where all are whole numbers, else as words."""
    if all(name.isascii() and name.removeprefix("-").isdigit() for name in names):
        return sorted(range(len(names)), key=lambda at: (int(names[at]), names[at]))
    return sorted(range(len(names)), key=lambda at: names[at])


def _renumbered(codes: NDArray[np.int32], names: tuple[str, ...]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    there = np.zeros(len(names), dtype=np.bool_)
    there[codes] = True
    place = np.cumsum(there, dtype=np.int32) - 1
    return place[codes], tuple(name for name, kept in zip(names, there.tolist(), strict=True) if kept)
