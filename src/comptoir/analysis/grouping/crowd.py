"""Groups of a great many notes, with what people decided and a reason for every link. See docs/concepts/grouping.md."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import overload

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from comptoir.analysis.grouping.decisions import Decisions, Forest
from comptoir.analysis.grouping.lexicon import tokens_of
from comptoir.analysis.grouping.masses import Masses
from comptoir.analysis.grouping.model import Constraints, Group, Pair, Reason, ReasonKind, Text
from comptoir.analysis.grouping.reasons import DECIDED, NEARLY_SAME, SAME, shown
from comptoir.analysis.grouping.words import STOP, stem

Ints = npt.NDArray[np.int64]
_A_SLIP = 70


def group_crowd(texts: Sequence[Text], constraints: Constraints) -> list[Group]:
    """Every text in one group: most occurrences first, then first appearance. See Grouping."""
    if not texts:
        return []
    decisions = Decisions(texts, constraints)
    masses = Masses(texts)
    home = _obeyed(masses.cell_of, decisions, texts)
    wording, rarest = masses.vocabulary.wordings()
    tally = np.fromiter((text.tally for text in texts), np.int64, len(texts))
    order = np.argsort(home, kind="stable")
    bounds = (
        np.concatenate([[0], np.flatnonzero(np.diff(home[order])) + 1, [len(order)]]) if len(order) else np.zeros(1)
    )
    label = _labels(home, wording, rarest, tally, texts)
    said = np.bincount(home, weights=tally) if len(order) else np.zeros(0)
    ids = [text.id for text in texts]
    decided = (
        set(np.flatnonzero(np.array(decisions.blocks) != np.arange(len(texts))).tolist())
        if constraints.together
        else set()
    )
    groups = []
    for begin, end in pairwise(bounds.astype(int).tolist()):
        members = order[begin:end]
        centre = label[int(home[members[0]])]
        links = Links(texts, members, centre, decided)
        groups.append(
            Group(
                texts[centre].text.strip(), tuple(ids[i] for i in members.tolist()), int(said[home[members[0]]]), links
            )
        )
    first = order[bounds[:-1].astype(int)].tolist() if len(order) else []
    ranked = sorted(range(len(groups)), key=lambda k: (-groups[k].occurrences, first[k]))
    return [groups[k] for k in ranked]


def _obeyed(cell_of: Ints, decisions: Decisions, texts: Sequence[Text]) -> Ints:
    """The cell of each text once decisions are followed: joined cells first, then what must leave one."""
    blocks = np.array(decisions.blocks, dtype=np.int64)
    bound = np.flatnonzero(np.bincount(blocks, minlength=len(texts))[blocks] > 1) if len(texts) else blocks
    home = cell_of.copy()
    if len(bound):
        forest = Forest(int(cell_of.max()) + 1)
        first: dict[int, int] = {}
        for i in bound.tolist():
            forest.join(int(cell_of[i]), int(cell_of[first.setdefault(int(blocks[i]), i)]))
        home = np.fromiter(map(forest.find, cell_of.tolist()), np.int64, len(texts))
    fresh = int(home.max(initial=0)) + 1
    rank = {block: min(texts[i].id for i in np.flatnonzero(blocks == block).tolist()) for block in decisions.apart}
    for block in sorted(decisions.apart, key=lambda b: rank[b]):
        if any(home[other] == home[block] for other in decisions.apart[block]):
            home[blocks == block] = fresh
            fresh += 1
    return np.unique(home, return_inverse=True)[1].astype(np.int64)


def _labels(
    home: Ints, wording: npt.NDArray[np.uint64], rarest: Ints, tally: Ints, texts: Sequence[Text]
) -> dict[int, int]:
    """The text that names each group: of the wording said most, then without a rare word, then well spelled."""
    if not len(home):
        return {}
    by = np.lexsort((wording, home))
    new = np.concatenate([[True], (np.diff(home[by]) != 0) | (np.diff(wording[by]) != 0)])
    number = np.cumsum(new) - 1
    said = np.bincount(number, weights=tally[by])
    at = by[new]
    best = np.lexsort((wording[at], -rarest[at], -said, home[at]))
    leads = np.concatenate([[True], np.diff(home[at][best]) != 0])
    chosen = np.zeros(len(at), dtype=bool)
    chosen[best[leads]] = True
    found: dict[int, int] = {}
    for i in by[chosen[number]].tolist():
        group = int(home[i])
        if group not in found or _spelled(texts[i]) < _spelled(texts[found[group]]):
            found[group] = i
    return found


def _spelled(text: Text) -> tuple[bool, int, int, str, str]:
    raw = text.text.strip()
    return raw.isupper(), raw.count("  "), -sum(not ch.isascii() for ch in raw), raw, text.id


class Links(Sequence[Pair]):
    """Each member of a group with the note that names it. A reason is only worked out when it is asked for."""

    def __init__(self, texts: Sequence[Text], members: Ints, centre: int, decided: set[int]):
        self._texts, self._centre, self._decided = texts, centre, decided
        self._others = [i for i in members.tolist() if i != centre]

    def __len__(self) -> int:
        return len(self._others)

    @overload
    def __getitem__(self, at: int) -> Pair: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Pair]: ...
    def __getitem__(self, at: int | slice) -> Pair | Sequence[Pair]:
        if isinstance(at, slice):
            return [self._pair(i) for i in self._others[at]]
        return self._pair(self._others[at])

    def __iter__(self) -> Iterator[Pair]:
        return map(self._pair, self._others)

    def _pair(self, other: int) -> Pair:
        score, reason = (
            (1.0, DECIDED) if other in self._decided else _why(self._texts[self._centre], self._texts[other])
        )
        return Pair(self._texts[self._centre].id, self._texts[other].id, score, reason)


def _why(first: Text, second: Text) -> tuple[float, Reason]:
    """How sure, and why: the words in common, those that are a slip, those taken for each other."""
    if first.text.strip() == second.text.strip():
        return 1.0, SAME
    if tokens_of(first.text) == tokens_of(second.text):
        return 1.0, NEARLY_SAME
    a, b = _words(first.text), _words(second.text)
    ours, theirs = [s for s in a if s not in b], [s for s in b if s not in a]
    common = [word for s, word in a.items() if s in b]
    slips: dict[str, str] = {}
    others = []
    for s in theirs:
        near = max((t for t in ours if t not in slips), key=lambda t: (fuzz.ratio(s, t), t), default="")
        if near and fuzz.ratio(s, near) >= _A_SLIP:
            slips[near] = s
        else:
            others.append(s)
    left = [s for s in ours if s not in slips]
    if slips and not others and not left:
        count = "une faute de frappe" if len(slips) == 1 else f"{len(slips)} fautes de frappe"
        ways = ", ".join(f"{a[x]} / {b[y]}" for x, y in slips.items())
        return 0.95, Reason(ReasonKind.TYPO, f"Presque la même phrase ({count} : {ways})")
    sentence = f"Mêmes mots : {shown(common)}" if common else "Mêmes mots, écrits autrement"
    if left and others:
        sentence += f" ; « {a[left[0]]} » et « {b[others[0]]} » vont l'un pour l'autre dans ces notes"
    return 0.9, Reason(ReasonKind.WORDS, sentence)


def _words(text: str) -> dict[str, str]:
    """The stems of a note that say something, each with the word that says it."""
    return {root: word for word in tokens_of(text) if (root := _root(word))}


@lru_cache(maxsize=1 << 16)
def _root(word: str) -> str:
    return "" if word in STOP or (len(word) < 2 and not word.isdigit()) else stem(word)
