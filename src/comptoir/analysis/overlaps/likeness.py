"""How alike two actions are on each trait, for many pairs at once (docs/concepts/overlaps.md, « Les six traits »)."""

import math

import numpy as np
from rapidfuzz import fuzz, process

from comptoir.analysis.overlaps.model import Trait
from comptoir.analysis.overlaps.profile import UNKNOWN_DAY, Floats, Ints, Profile, Sets

SAME_SIREN = 0.95
_TELLING = 0.75
"""Words in common tell all they can from this share of what a word held by a single action weighs."""


def likeness_of(profile: Profile, a: Ints, b: Ints, trait: Trait) -> Floats:
    """From 0, contrary, to 1, the same (p,); NaN where one of the two says nothing."""
    if trait is Trait.HOLDER:
        return _holders(profile, a, b)
    if trait is Trait.PERIOD:
        return _periods(profile, a, b)
    if trait is Trait.WORDING:
        return _wordings(profile, a, b)
    sets = {
        Trait.NEIGHBOURHOOD: profile.neighbourhoods,
        Trait.THEME: profile.themes,
        Trait.PUBLIC: profile.publics,
    }[trait]
    smaller = np.minimum(sets.sizes[a], sets.sizes[b])
    return np.where(smaller > 0, shared(sets, a, b) / np.maximum(smaller, 1), np.nan)


def shared(sets: Sets, a: Ints, b: Ints) -> Floats:
    """What the codes common to two sets weigh (p,)."""
    width = max(1, len(sets.names))
    held = np.repeat(np.arange(len(sets.sizes)), sets.sizes) * width + sets.codes
    if not len(held):
        return np.zeros(len(a))
    sizes = sets.sizes[a]
    pair = np.repeat(np.arange(len(a)), sizes)
    inside = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    code = sets.codes[np.repeat(sets.starts[a], sizes) + inside]
    asked = b[pair] * width + code
    place = np.minimum(np.searchsorted(held, asked), len(held) - 1)
    common = held[place] == asked
    return np.bincount(pair[common], weights=sets.weights[code[common]], minlength=len(a)).astype(np.float64)


def _holders(profile: Profile, a: Ints, b: Ints) -> Floats:
    """The same SIRET, the same SIREN, else how much names look alike whatever the order of their words."""
    one, two = profile.holder[a], profile.holder[b]
    named = (one >= 0) & (two >= 0)
    alike = np.where(named, (one == two).astype(np.float64), np.nan)
    differ = np.flatnonzero(named & (one != two))
    if len(differ):
        width = len(profile.holders)
        low, high = np.minimum(one[differ], two[differ]), np.maximum(one[differ], two[differ])
        pairs, place = np.unique(low * width + high, return_inverse=True)
        left = [profile.holders[at] for at in (pairs // width).tolist()]
        right = [profile.holders[at] for at in (pairs % width).tolist()]
        ratio = process.cpdist(left, right, scorer=fuzz.token_sort_ratio, workers=1).astype(np.float64) / 100
        alike[differ] = _name_likeness(ratio)[place]
    both = (profile.siren[a] >= 0) & (profile.siren[b] >= 0)
    same = both & (profile.siren[a] == profile.siren[b])
    alike = np.where(both & ~same, np.minimum(np.nan_to_num(alike), 0.5), alike)
    alike = np.where(same, SAME_SIREN, alike)
    whole = (profile.siret[a] >= 0) & (profile.siret[a] == profile.siret[b])
    return np.where(whole, 1.0, alike)


def _name_likeness(ratio: Floats) -> Floats:
    """Names of two holders taken at random look alike by half: that is nothing, nine tenths is much."""
    stretched: Floats = np.clip((ratio - 0.6) / 0.4, 0, 1)
    return stretched


def _periods(profile: Profile, a: Ints, b: Ints) -> Floats:
    """The share of the shorter period that is common."""
    known = (profile.first[a] != UNKNOWN_DAY) & (profile.first[b] != UNKNOWN_DAY)
    common = np.minimum(profile.last[a], profile.last[b]) - np.maximum(profile.first[a], profile.first[b]) + 1
    shorter = np.minimum(profile.last[a] - profile.first[a], profile.last[b] - profile.first[b]) + 1
    return np.where(known, np.clip(common / np.maximum(shorter, 1), 0, 1), np.nan)


def _wordings(profile: Profile, a: Ints, b: Ints) -> Floats:
    """The weight of common words in that of all words, less where they are too few or too usual to tell."""
    words = profile.words
    known = (words.sizes[a] > 0) & (words.sizes[b] > 0)
    common = shared(words, a, b)
    whole = words.totals[a] + words.totals[b] - common
    telling = _TELLING * math.log(len(words.sizes) + 1)
    alike = common / np.maximum(whole, 1e-12) * np.minimum(1, common / telling)
    return np.where(known, np.minimum(alike, 1), np.nan)
