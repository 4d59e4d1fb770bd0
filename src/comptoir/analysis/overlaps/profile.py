"""Actions as columns of numbers: what makes hundreds of thousands of them comparable (docs/concepts/overlaps.md)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comptoir.analysis.grouping.words import read_words
from comptoir.analysis.overlaps.model import Action
from comptoir.analysis.text import fold

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_LEGAL = re.compile(r"\b(?:association|assoc|asso|ass|loi 1901|l|la|le|les|de|des|du|d|et|en|a|au|aux)\b")
_SIGNS = re.compile(r"[^a-z0-9]+")
UNKNOWN_DAY = -1


@dataclass(frozen=True, slots=True)
class Sets:
    """For each action a set of codes, sorted: `codes[starts[i]:starts[i + 1]]`, and what each code weighs."""

    starts: Ints
    codes: Ints
    weights: Floats
    names: tuple[str, ...]

    @property
    def sizes(self) -> Ints:
        return np.diff(self.starts)

    @property
    def totals(self) -> Floats:
        """What the whole set of each action weighs."""
        owners = np.repeat(np.arange(len(self.sizes)), self.sizes)
        return np.bincount(owners, weights=self.weights[self.codes], minlength=len(self.sizes)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Profile:
    """Columns of the same actions, in their order. Codes are -1 where nothing is known."""

    actions: Sequence[Action]
    holder: Ints
    holders: tuple[str, ...]
    siret: Ints
    siren: Ints
    neighbourhoods: Sets
    themes: Sets
    publics: Sets
    first: Ints
    last: Ints
    words: Sets


def profile_of(actions: Sequence[Action]) -> Profile:
    holder, holders = _codes(holder_key(action.holder) for action in actions)
    siret, _ = _codes(action.siret if len(action.siret) == 14 else "" for action in actions)
    siren, _ = _codes(action.siret[:9] for action in actions)
    dated = [(a.first, a.last) if a.first is not None and a.last is not None else (UNKNOWN_DAY,) * 2 for a in actions]
    days = np.array(dated, dtype=np.int64).reshape(-1, 2)
    return Profile(
        actions, holder, holders, siret, siren,
        _sets([tuple(map(fold, action.neighbourhoods)) for action in actions]),
        _sets([tuple(map(fold, action.themes)) for action in actions]),
        _sets([tuple(stem for text in action.publics for stem in read_words(text).stems) for action in actions]),
        days[:, 0], days[:, 1],
        _sets([read_words(action.wording).stems if action.wording else () for action in actions], rare=True),
    )  # fmt: skip


def holder_key(name: str) -> str:
    """A holder's name without case, accents, signs, legal form nor small words."""
    plain = " ".join(_SIGNS.sub(" ", fold(name)).split())
    return " ".join(_LEGAL.sub(" ", plain).split()) or plain


def _codes(keys: Iterable[str]) -> tuple[Ints, tuple[str, ...]]:
    named = list(keys)
    known = _ranked(named)
    return np.array([known.get(key, -1) for key in named], dtype=np.int64), tuple(known)


def _ranked(names: Iterable[str]) -> dict[str, int]:
    """A code for each name that is not empty, which owes nothing to the order of actions."""
    return {name: at for at, name in enumerate(sorted({name for name in names if name}))}


def _sets(sets: Sequence[tuple[str, ...]], *, rare: bool = False) -> Sets:
    """`rare`: a word weighs the more, the fewer actions hold it; else each weighs one."""
    known = _ranked(name for own in sets for name in own)
    rows = [sorted({known[name] for name in own if name}) for own in sets]
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(row) for row in rows]) if rows else 0
    codes = np.array([code for row in rows for code in row], dtype=np.int64)
    held = np.bincount(codes, minlength=len(known))
    weights = np.log((len(rows) + 1) / np.maximum(held, 1)) if rare else np.ones(len(known))
    return Sets(starts, codes, weights, tuple(known))
