"""Which pairs are worth a look: those that share a key, never all of them (docs/concepts/overlaps.md, « Passage à
l'échelle »)."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from comptoir.analysis.overlaps.profile import Ints, Profile

EVERY = 1_000
WINDOW = 12
_NEAR = 6
_RAREST = 4


def candidate_pairs(profile: Profile) -> tuple[Ints, Ints]:
    """Pairs (a, b), a < b, each once, in order: all of them up to EVERY actions, else at most WINDOW neighbours for
    each key of an action."""
    count = len(profile.actions)
    if count <= EVERY:
        a, b = np.triu_indices(count, 1)
        return a.astype(np.int64), b.astype(np.int64)
    packed = [np.zeros(0, dtype=np.int64)]
    for key, order, window in _keys(profile):
        packed.append(_neighbours(key, order, window, count))
    pairs = np.unique(np.concatenate(packed))
    return pairs // max(count, 1), pairs % max(count, 1)


def _keys(profile: Profile) -> Iterator[tuple[Ints, Ints, int]]:
    """Keys with what sorts actions of a same key, so that a large block still brings its likeliest together."""
    rarest = _rarest(profile)
    place = _first_code(profile)
    yield profile.siren, rarest[:, 0], WINDOW
    yield profile.holder, rarest[:, 0], WINDOW
    whole = _word_sets(profile)
    yield whole, place, WINDOW
    yield whole, profile.first, WINDOW
    width = len(profile.words.names) + 1
    for at in range(3):
        yield rarest[:, at], place * width + rarest[:, (at + 1) % 3], _NEAR
    for one in range(_RAREST):
        for two in range(one + 1, _RAREST):
            both = (rarest[:, one] >= 0) & (rarest[:, two] >= 0)
            low, high = np.minimum(rarest[:, one], rarest[:, two]), np.maximum(rarest[:, one], rarest[:, two])
            yield np.where(both, low * width + high, -1), place, _NEAR


def _neighbours(key: Ints, order: Ints, window: int, count: int) -> Ints:
    """Each action of a key with those that follow it within the window, packed as a × count + b."""
    there = np.flatnonzero(key >= 0)
    there = there[np.lexsort((there, order[there], key[there]))]
    keys = key[there]
    found = []
    for step in range(1, window + 1):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            break
        one, two = there[same], there[same + step]
        found.append(np.minimum(one, two) * count + np.maximum(one, two))
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _rarest(profile: Profile) -> Ints:
    """The rarest words of each action that another holds too (n, _RAREST), rarest first, -1 where there are fewer."""
    words = profile.words
    owners = np.repeat(np.arange(len(words.sizes)), words.sizes)
    held = np.bincount(words.codes, minlength=len(words.names))
    kept = held[words.codes] > 1
    owners, codes = owners[kept], words.codes[kept]
    order = np.lexsort((codes, held[codes], owners))
    owners, codes = owners[order], codes[order]
    sizes = np.bincount(owners, minlength=len(words.sizes))
    rank = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    table = np.full((len(words.sizes), _RAREST), -1, dtype=np.int64)
    near = rank < _RAREST
    table[owners[near], rank[near]] = codes[near]
    return table


def _word_sets(profile: Profile) -> Ints:
    """A code for each set of words, -1 for none."""
    words = profile.words
    known: dict[bytes, int] = {}
    edges = pairwise(words.starts.tolist())
    sets = (words.codes[start:end].tobytes() for start, end in edges)
    return np.array([known.setdefault(own, len(known)) if own else -1 for own in sets], dtype=np.int64)


def _first_code(profile: Profile) -> Ints:
    """The first neighbourhood of each action, else its first theme, as one number to sort by."""
    order = np.full(len(profile.actions), -1, dtype=np.int64)
    for sets, shift in ((profile.themes, 0), (profile.neighbourhoods, len(profile.themes.names))):
        some = np.flatnonzero(sets.sizes > 0)
        order[some] = sets.codes[sets.starts[some]] + shift
    return order
