"""Words that stand for each other in these very notes: learned from what a note is without one of its words.

Definition: docs/concepts/grouping.md, « En masse ».
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from comptoir.analysis.grouping.stance import opposite
from comptoir.analysis.grouping.vocabulary import Vocabulary

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
_MASS = 4
"""Notes in a context from which, were there another way of saying, it would have been seen."""
_SHARE, _SHARE_OF_NOTHING = 0.5, 0.65
"""In how many of its contexts another word stands too, for both to be one; and nothing at all, for a filler."""
_CONTEXTS = 4
_FEW = 4
_OFTEN, _ALWAYS = 5, 0.85
_MANY = 4
_WIDEST = 40
_RIVALS, _SURER = 3, 3
_SPREAD = 2.0
_NOTHING = -1
_RARE = 2
_ALIKE = 60


class _Seen(NamedTuple):
    """What was seen in the contexts: `context` numbers, the token at `place` of the table (-1: none), notes."""

    context: Ints
    token: Ints
    place: Ints
    notes: Ints


def interchangeable(tokens: Ints, start: Ints, keys: Hashes, notes: Ints, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Places of the table of tokens and what to read there instead, -1 for nothing."""
    seen = _contexts(tokens, start, keys, notes, vocabulary.hashes)
    if not len(seen.token):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    width = int(max(tokens.max(initial=0), 0)) + 2
    everywhere = _everywhere(seen, vocabulary, width)
    renamed = everywhere[tokens]
    here, name = _here(seen, vocabulary)
    untouched = renamed[here] == tokens[here]
    here, name = here[untouched], name[untouched]
    renamed[here] = np.where(name >= 0, everywhere[name], _NOTHING)
    changed = np.flatnonzero(renamed != tokens)
    return changed, renamed[changed]


def inseparable(tokens: Ints, start: Ints, notes: Ints) -> tuple[Ints, Ints]:
    """Places of words that never come but with another (« Victor » with « Hugo »): the other says both. As above."""
    size = np.diff(start)
    owner = np.repeat(np.arange(len(size)), size)
    width = int(tokens.max(initial=0)) + 1
    said = np.bincount(tokens, weights=notes[owner], minlength=width)
    left = np.repeat(np.arange(len(tokens)), size[owner])
    step = np.arange(len(left)) - np.repeat(np.cumsum(size[owner]) - size[owner], size[owner])
    right = start[owner[left]] + step
    kept = left != right
    left, right = left[kept], right[kept]
    common = said[tokens[left]] >= _OFTEN
    near = said[tokens[right]]
    common &= (near <= said[tokens[left]] / _ALWAYS) & (near >= said[tokens[left]] * _ALWAYS)
    left, right = left[common], right[common]
    code, at = np.unique(tokens[left] * width + tokens[right], return_inverse=True)
    both = np.bincount(at, weights=notes[owner[left]], minlength=len(code))
    a, b = code // width, code % width
    always = (both >= _ALWAYS * np.maximum(said[a], said[b])) & (a > b) & (a % 4 == b % 4)
    leads = np.full(width, -1, np.int64)
    leads[a[always][::-1]] = b[always][::-1]
    places = left[leads[tokens[left]] == tokens[right]]
    return np.unique(places), np.full(len(np.unique(places)), _NOTHING)


def _contexts(tokens: Ints, start: Ints, keys: Hashes, notes: Ints, hashes: Hashes) -> _Seen:
    """Every token in its context; whole notes in the contexts that they are. Contexts of two words or more."""
    size = np.diff(start)
    owner = np.repeat(np.arange(len(size)), size)
    wide = np.flatnonzero(size[owner] >= 3)
    whole = np.flatnonzero(size >= 2)
    context = np.concatenate([keys[owner[wide]] - hashes[tokens[wide]], keys[whole]])
    token = np.concatenate([tokens[wide], np.full(len(whole), _NOTHING)])
    place = np.concatenate([wide, np.full(len(whole), -1)])
    said = np.concatenate([notes[owner[wide]], notes[whole]])
    _, number, many = np.unique(context, return_inverse=True, return_counts=True)
    alone = (token == _NOTHING) & (many[number] == 1)
    kept = np.flatnonzero(~alone)
    order = kept[np.lexsort((token[kept], -said[kept], number[kept]))]
    return _Seen(number[order].astype(np.int64), token[order], place[order], said[order].astype(np.int64))


def _everywhere(seen: _Seen, vocabulary: Vocabulary, width: int) -> Ints:
    """For each token, what it is read as wherever it stands (itself for most)."""
    names = np.arange(width, dtype=np.int64)
    mass = np.bincount(seen.context, weights=seen.notes)
    heavy = mass[seen.context] >= _MASS
    stands = np.bincount(seen.token[heavy & (seen.token >= 0)], minlength=width)
    total = np.bincount(seen.token[seen.token >= 0], weights=seen.notes[seen.token >= 0], minlength=width)
    a, b = _pairs(seen, heavy)
    if not len(a):
        return names
    code, together = np.unique(a * (width + 1) + b + 1, return_counts=True)
    a, b = code // (width + 1), code % (width + 1) - 1
    share = together / np.maximum(stands[a], 1)
    best = np.zeros(width)
    np.maximum.at(best, a, share)
    rivals = np.bincount(a[share >= best[a] / 2], minlength=width)
    sure = (share >= np.where(b == _NOTHING, _SHARE_OF_NOTHING, _SHARE)) & (stands[a] >= _CONTEXTS)
    sure &= (rivals[a] <= _FEW) & ((b == _NOTHING) | (total[a] < total[np.maximum(b, 0)]))
    sure &= np.where(b == _NOTHING, a % 4 == 0, a % 4 == b % 4)
    chosen = _telling(np.flatnonzero(sure), a, b, share, stands)
    chosen = chosen[_steady(a[chosen], b[chosen], seen, heavy)]
    order = chosen[np.lexsort((b[chosen], -share[chosen], a[chosen]))]
    for x, y in zip(a[order].tolist(), b[order].tolist(), strict=True):
        if names[x] == x and not _distinct(vocabulary, x, y):
            names[x] = y
    return _resolved(names)


def _telling(chosen: Ints, a: Ints, b: Ints, share: Floats, stands: Ints) -> Ints:
    """Of the pairs chosen, those where b goes with a more than with what else takes a's place.

    In a small world one thing stands beside every other: it is not each of them. Where half the rivals of a see b
    nearly as often, a says nothing of its own of it. Of nothing, rivals tell nothing: fillers all go with it.
    """
    width = int(b.max()) + 2
    codes = a * width + b + 1  # sorted: by a, then by b
    kept = []
    for pair in chosen.tolist():
        begin, end = np.searchsorted(a, [a[pair], a[pair] + 1])
        rivals = b[begin:end]
        rivals = rivals[(rivals >= 0) & (rivals != b[pair])]
        rivals = rivals[stands[rivals] >= _CONTEXTS]
        if b[pair] >= 0 and len(rivals) >= _RIVALS:
            wanted = rivals * width + b[pair] + 1
            at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
            median = float(np.median(np.where(codes[at] == wanted, share[at], 0.0)))
            if median > share[pair] / 2 and 1 - share[pair] > (1 - median) / _SURER:
                continue
        kept.append(pair)
    return np.array(kept, dtype=np.int64)


def _steady(a: Ints, b: Ints, seen: _Seen, heavy: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether a is said beside b in the same proportion from one context to the next, as chance would have it.

    Two ways of saying one thing are; two things have each their own count in each place (Pearson's dispersion).
    """
    at = np.flatnonzero(heavy)
    width = int(max(seen.token.max(initial=0), 0)) + 2
    code = seen.context[at] * width + seen.token[at] + 1
    order = np.argsort(code)
    code, notes = code[order], seen.notes[at][order].astype(float)
    by_token = at[np.argsort(seen.token[at], kind="stable")]
    tokens = seen.token[by_token]
    steady = np.zeros(len(a), dtype=bool)
    for k, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        own = by_token[slice(*np.searchsorted(tokens, [x, x + 1]))]
        wanted = seen.context[own] * width + y + 1
        place = np.minimum(np.searchsorted(code, wanted), len(code) - 1)
        ours, theirs = seen.notes[own].astype(float), np.where(code[place] == wanted, notes[place], 0.0)
        both = ours + theirs
        p = float(np.median(ours / both))
        spread = float(np.median((ours - both * p) ** 2 / np.maximum(both * p * (1 - p), 1e-9)))
        steady[k] = spread <= _SPREAD
    return steady


def _resolved(names: Ints) -> Ints:
    """Each name followed to its end: names only go from the rarer to the commoner, there is one."""
    while True:
        further = np.where(names >= 0, names[np.maximum(names, 0)], _NOTHING)
        if np.array_equal(further, names):
            return names
        names = further


def _distinct(vocabulary: Vocabulary, x: int, y: int) -> bool:
    """Whether two tokens may never be one: numbers, contraries."""
    ours = vocabulary.stems[x // 4]
    if y == _NOTHING:
        return ours.isdigit()
    theirs = vocabulary.stems[y // 4]
    return ours.isdigit() or theirs.isdigit() or opposite(ours, theirs)


def _pairs(seen: _Seen, heavy: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Ordered pairs of tokens that stand in one context, among the most said there."""
    at = np.flatnonzero(heavy)
    context, token = seen.context[at], seen.token[at]
    first = np.concatenate([[True], context[1:] != context[:-1]])
    rank = np.arange(len(at)) - np.maximum.accumulate(np.where(first, np.arange(len(at)), 0))
    at = np.flatnonzero(rank < _WIDEST)
    context, token = context[at], token[at]
    ends = np.searchsorted(context, context, side="right")
    begins = np.searchsorted(context, context, side="left")
    size = ends - begins
    left = np.repeat(np.arange(len(at)), size)
    step = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    right = np.repeat(begins, size) + step
    kept = (left != right) & (token[left] >= 0)
    return token[left[kept]], token[right[kept]]


def _here(seen: _Seen, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Places of rare words that, beside a more common one of nearly the same spelling in the same context, are it."""
    rare = (seen.token >= 0) & (vocabulary.counts[np.maximum(seen.token, 0) // 4] <= _RARE)
    begins = np.searchsorted(seen.context, seen.context, side="left")
    ends = np.searchsorted(seen.context, seen.context, side="right")
    places: list[int] = []
    names: list[int] = []
    for at in np.flatnonzero(rare & (ends - begins > 1)).tolist():
        token = int(seen.token[at])
        spelled = vocabulary.stems[token // 4]
        best = (_ALIKE - 1e-9, 0, 0)
        nothing = False
        for other in range(int(begins[at]), min(int(ends[at]), int(begins[at]) + _WIDEST)):
            name = int(seen.token[other])
            nothing |= name == _NOTHING and bool(seen.notes[other] >= _MANY)
            if name < 0 or name % 4 != token % 4 or vocabulary.counts[name // 4] <= _RARE:
                continue
            alike = fuzz.ratio(spelled, vocabulary.stems[name // 4])
            best = max(best, (alike, int(vocabulary.counts[name // 4]), -name))
        if spelled.isdigit() or not (best[1] or nothing):
            continue
        places.append(int(seen.place[at]))
        names.append(-best[2] if best[1] else _NOTHING)
    return np.array(places, np.int64), np.array(names, np.int64)
