"""Slips of the finger in a large vocabulary: rare stems read as the common stem that was meant.

Two spellings within one slip have a spelling in common once a letter is taken out of each: only such pairs are measured
(W. Garbe's symmetric deletion). Definition: docs/concepts/grouping.md, « En masse ».
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from comptoir.analysis.grouping.typos import known_words, look_alike
from comptoir.analysis.grouping.vocabulary import Vocabulary
from comptoir.analysis.grouping.words import STOP, stem

Ints = npt.NDArray[np.int64]
_SHORTEST, _SHORT, _LONG = 3, 5, 7
_RARER, _MUCH_RARER = 5, 30
"""How many times rarer a slip is than what was meant; in a short word, or with two slips in a long one."""
_CENTRE = 3
_RUN_TOGETHER = 6


def slips_of(vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """For each stem what was meant: a stem (itself where it is no slip), or as in `Vocabulary.stem_of` a word that says
    nothing or marks; and a second stem where two words were run together, or -1. What others lean on never leans."""
    own = len(vocabulary.stems)
    more, said, meaning = _silent(vocabulary)
    stems, counts = [*vocabulary.stems, *more], np.concatenate([vocabulary.counts, said])
    meant = np.arange(len(stems), dtype=np.int64)
    known = known_words()
    slip, centre = _near(stems, counts, own)
    if len(slip):
        words = np.array(stems, dtype=object)
        distance = process.cpdist(words[slip], words[centre], scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        length = np.fromiter(map(len, stems), np.int64, len(stems))
        least = np.minimum(length[slip], length[centre])
        ratio = np.where((least >= _SHORT) & (distance == 1), _RARER, _MUCH_RARER)
        sure = (distance == 1) | ((distance == 2) & (least >= _LONG))
        kept = np.flatnonzero(sure & (counts[centre] >= ratio * counts[slip]))
        order = kept[np.lexsort((centre[kept], -counts[centre[kept]], distance[kept], slip[kept], -counts[slip[kept]]))]
        for s, c in zip(slip[order].tolist(), centre[order].tolist(), strict=True):
            if meant[s] == s and meant[c] == c and stems[s] not in known and not look_alike(stems[s], stems[c]):
                meant[s] = c
    second = np.full(own, -1, dtype=np.int64)
    for s, (one, other) in _run_together(vocabulary.stems, counts[:own], meant, known):
        meant[s], second[s] = one, other
    meant = meant[:own]
    silent = meant >= own
    meant[silent] = meaning[meant[silent] - own]
    return meant, second


def _silent(vocabulary: Vocabulary) -> tuple[list[str], Ints, Ints]:
    """The words that say nothing or mark, as stems that a slip may lean on: spelling, times said, what they mean."""
    found: dict[str, tuple[int, int]] = {}
    for w in np.flatnonzero(vocabulary.stem_of < 0).tolist():
        word = vocabulary.words[w]
        if len(word) > _SHORTEST and not word.isdigit():
            root = stem(word)
            times, meaning = found.get(root, (0, int(vocabulary.stem_of[w])))
            found[root] = (times + int(vocabulary.said[w]), meaning)
    said = np.array([n for n, _ in found.values()], np.int64)
    return list(found), said, np.array([m for _, m in found.values()], np.int64)


def _near(stems: list[str], counts: Ints, own: int) -> tuple[Ints, Ints]:
    """Pairs (rare, common) of stems that are the same once a letter at most is taken out of each; `rare` < own."""
    spelled: dict[str, list[int]] = {}
    enough = counts >= _CENTRE
    fit = [len(s) >= _SHORTEST and not s.isdigit() for s in stems]
    for c in np.flatnonzero(enough).tolist():
        if fit[c]:
            for way in _less_one(stems[c]):
                spelled.setdefault(way, []).append(c)
    rare: list[int] = []
    common: list[int] = []
    for s, root in enumerate(stems[:own]):
        if not fit[s]:
            continue
        most = counts[s] * _RARER
        near = {c for way in _less_one(root) for c in spelled.get(way, ()) if counts[c] >= most}
        near.discard(s)
        rare.extend([s] * len(near))
        common.extend(sorted(near))
    return np.array(rare, np.int64), np.array(common, np.int64)


def _less_one(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _run_together(
    stems: list[str], counts: Ints, meant: Ints, known: frozenset[str]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Rare stems that are two common words without their space, or with a letter in its place."""
    number = {root: s for s, root in enumerate(stems)}

    def common(piece: str, least: int) -> int:
        s = number.get(stem(piece), -1) if len(piece) >= _SHORTEST else -1
        return s if s >= 0 and counts[s] >= least and meant[s] == s else -1

    for s, root in enumerate(stems):
        if meant[s] != s or len(root) < _RUN_TOGETHER or root in known or not root.isalpha():
            continue
        least = counts[s] * _MUCH_RARER
        for i in range(2, len(root) - 2):
            for right in (root[i:], root[i + 1 :]):
                one, other = common(root[:i], least), common(right, least)
                if other >= 0 and (one >= 0 or root[:i] in STOP):
                    yield s, (one, other) if one >= 0 else (other, -1)
                    break
            else:
                continue
            break
