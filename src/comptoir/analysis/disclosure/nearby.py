"""Where to look for cells that could protect another one: those that share its lines, the cheapest first."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.disclosure.lattice import Key

_ALL = 2_500
_WIDTHS = (5, 20)

Pairs = tuple[tuple[str, str], ...]


class Nearby:
    """Sets of candidates, wider and wider, for any cell of a set of tables."""

    def __init__(self, keys: Sequence[Key], usable: NDArray[np.bool_], weight: NDArray[np.float64]):
        self._keys, self._usable, self._weight = keys, usable, weight
        self._index = {key: at for at, key in enumerate(keys)}
        self._lines: dict[tuple[str, str, Pairs], list[tuple[str, int]]] = {}
        self._axes: dict[str, dict[str, None]] = {}
        for at, (measure, pairs) in enumerate(keys):
            for name, modality in pairs:
                self._axes.setdefault(measure, {})[name] = None
                rest = tuple(pair for pair in pairs if pair[0] != name)
                self._lines.setdefault((measure, name, rest), []).append((modality, at))

    def around(self, cell: int, hidden: NDArray[np.bool_]) -> Iterator[list[int]]:
        """Candidate cells, each list larger than the one before; the last holds every cell that may be hidden."""
        if len(self._keys) > _ALL:
            for width in _WIDTHS:
                yield self._grid(cell, hidden, width)
        yield np.flatnonzero(self._usable | hidden).tolist()

    def hidden_around(self, cell: int, hidden: NDArray[np.bool_]) -> list[int]:
        """Hidden cells only: all of them in a small set, the nearest ones in a large one."""
        near = self._grid(cell, hidden, _WIDTHS[-1]) if len(self._keys) > _ALL else range(len(hidden))
        return [at for at in near if hidden[at]]

    def _grid(self, cell: int, hidden: NDArray[np.bool_], width: int) -> list[int]:
        measure, pairs = self._keys[cell]
        own = dict(pairs)
        choices: list[list[tuple[str, str | None]]] = []
        for name in self._axes.get(measure, {}):
            rest = tuple(pair for pair in pairs if pair[0] != name)
            line = [one for one in self._lines.get((measure, name, rest), ()) if self._usable[one[1]] or hidden[one[1]]]
            line.sort(key=lambda one: (not hidden[one[1]], self._weight[one[1]], one[0]))
            names = [own.get(name), None, *(modality for modality, _ in line[:width])]
            choices.append([(name, modality) for modality in dict.fromkeys(names)])
        found = {cell}
        for combination in product(*choices):
            key = tuple(sorted((name, modality) for name, modality in combination if modality is not None))
            at = self._index.get((measure, key))
            if at is not None and (self._usable[at] or hidden[at]):
                found.add(at)
        return sorted(found)
