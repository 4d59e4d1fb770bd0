"""Columns of whole numbers read from CSV bytes without a Python loop over rows.

Only for files as machines write them; anything else gives None, and the row-by-row reader takes over, which names
the line and the column of what is wrong (docs/concepts/opinions.md, « Lire des votes »).
"""

from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_CHUNK = 4 << 20
_DIGITS = 18
_LONGEST_LINE = 1 << 20
_NEWLINE, _RETURN, _QUOTE, _MINUS, _ZERO = (ord(c) for c in '\n\r"-0')
Ints = NDArray[np.int64]


def whole_numbers(stream: BinaryIO, separator: str, width: int, wanted: Sequence[int]) -> list[Ints] | None:
    """The columns at `wanted`, of the `width` columns of what is left to read. None if a row is not plain numbers."""
    parts: list[list[NDArray[np.signedinteger]]] = [[] for _ in wanted]
    left = b""
    while True:
        read = stream.read(_CHUNK)
        data = left + read
        if not read:
            if not data:
                break
            data, left = data + (b"" if data.endswith(b"\n") else b"\n"), b""
        else:
            end = data.rfind(b"\n") + 1
            data, left = data[:end], data[end:]
            if len(left) > _LONGEST_LINE:
                return None
            if not data:
                continue
        columns = _columns(np.frombuffer(data, dtype=np.uint8), ord(separator), width, wanted)
        if columns is None:
            return None
        for part, column in zip(parts, columns, strict=True):
            part.append(_narrow(column))
        if not read:
            break
    return [np.concatenate(part) if part else np.zeros(0, dtype=np.int64) for part in parts]


def _narrow(column: Ints) -> NDArray[np.signedinteger]:
    """Half the memory for what fits in it; `concatenate` widens again where a later part needs it."""
    fits = len(column) == 0 or (column.min() >= -(1 << 31) and column.max() < 1 << 31)
    return column.astype(np.int32) if fits else column


def _columns(data: NDArray[np.uint8], separator: int, width: int, wanted: Sequence[int]) -> list[Ints] | None:
    if (data == _QUOTE).any():
        return None
    ends = np.flatnonzero((data == separator) | (data == _NEWLINE))
    if len(ends) % width:
        return None
    stops = ends.reshape(-1, width)
    if not ((data[stops[:, -1]] == _NEWLINE).all() and (data[stops[:, :-1]] == separator).all()):
        return None
    found = []
    for at in wanted:
        stop = stops[:, at]
        start = np.concatenate(([0], stops[:-1, -1] + 1)) if at == 0 else stops[:, at - 1] + 1
        if at == width - 1:
            stop = stop - (data[stop - 1] == _RETURN)
        number = _numbers(data, start, stop)
        if number is None:
            return None
        found.append(number)
    return found


def _numbers(data: NDArray[np.uint8], start: Ints, stop: Ints) -> Ints | None:
    """Whole numbers between two places of the bytes. « 007 » is a name, not a number: it must come back as written."""
    negative = data[np.minimum(start, len(data) - 1)] == _MINUS
    first = start + negative
    length = stop - first
    if len(length) and (length.min() < 1 or length.max() > _DIGITS):
        return None
    if ((data[first] == _ZERO) & ((length > 1) | negative)).any():
        return None
    numbers = np.zeros(len(start), dtype=np.int64)
    longest = int(length.max()) if len(length) else 0
    for place in range(longest):
        here = length > place
        digit = data[np.where(here, stop - 1 - place, first)] - np.uint8(_ZERO)
        if (digit > 9).any():
            return None
        numbers += np.where(here, digit, 0).astype(np.int64) * 10**place
    return np.where(negative, -numbers, numbers)
