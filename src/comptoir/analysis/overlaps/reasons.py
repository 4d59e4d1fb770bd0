"""Why two actions are brought together, and what speaks against it, in French."""

import math
import re
from datetime import date

import numpy as np

from comptoir.analysis.grouping.words import read_words
from comptoir.analysis.overlaps.likeness import SAME_SIREN
from comptoir.analysis.overlaps.model import TRAITS, Floats, Trait
from comptoir.analysis.overlaps.profile import Profile, Sets
from comptoir.analysis.text import fold

_WORDS_SHOWN = 6
_MUCH, _LITTLE = 0.5, 0.2
_NAMES = {Trait.NEIGHBOURHOOD: "quartier", Trait.THEME: "thème", Trait.PUBLIC: "public"}


def reasons_of(profile: Profile, a: int, b: int, likeness: Floats) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What brings two actions together and what keeps them apart; a trait that one does not tell says nothing."""
    reasons, against = [], []
    for trait, alike in zip(TRAITS, likeness.tolist(), strict=True):
        if math.isnan(alike):
            continue
        sentence = _sentence(profile, a, b, trait, alike)
        if alike >= (_LITTLE if trait is Trait.WORDING else _MUCH):
            reasons.append(sentence)
        elif alike <= _LITTLE:
            against.append(sentence)
    return tuple(reasons), tuple(against)


def _sentence(profile: Profile, a: int, b: int, trait: Trait, alike: float) -> str:
    if trait is Trait.HOLDER:
        return _holder(profile, a, b, alike)
    if trait is Trait.PERIOD:
        return _period(profile, a, b, alike)
    if trait is Trait.WORDING:
        return _wording(profile, a, b, alike)
    name = _NAMES[trait]
    if not alike:
        return f"{name}s différents"
    sets = {
        Trait.NEIGHBOURHOOD: profile.neighbourhoods,
        Trait.THEME: profile.themes,
        Trait.PUBLIC: profile.publics,
    }[trait]
    one, two = profile.actions[a], profile.actions[b]
    common = {sets.names[code] for code in _common(sets, a, b)}
    written = {Trait.NEIGHBOURHOOD: one.neighbourhoods, Trait.THEME: one.themes, Trait.PUBLIC: one.publics}[trait]
    said = [text for text in written if trait is Trait.PUBLIC or fold(text) in common]
    same = "même" if alike == 1 or trait is not Trait.PUBLIC else "proche :"
    if trait is Trait.PUBLIC and alike < 1:
        return f"publics proches : {', '.join(one.publics)} et {', '.join(two.publics)}"
    return f"{same} {name} : {', '.join(said)}"


def _holder(profile: Profile, a: int, b: int, alike: float) -> str:
    one, two = profile.actions[a], profile.actions[b]
    if alike == 1.0 and one.siret and one.siret == two.siret:
        return f"même SIRET : {one.siret}"
    if alike == SAME_SIREN and one.siret[:9] == two.siret[:9] and one.siret:
        return f"même SIREN : {one.siret[:9]}"
    if profile.holder[a] == profile.holder[b]:
        return f"même porteur : {one.holder}"
    if alike >= _MUCH:
        return f"noms de porteurs proches : « {one.holder} » et « {two.holder} »"
    return "porteurs différents"


def _period(profile: Profile, a: int, b: int, alike: float) -> str:
    if not alike:
        return "périodes distinctes"
    first = date.fromordinal(int(max(profile.first[a], profile.first[b])))
    last = date.fromordinal(int(min(profile.last[a], profile.last[b])))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"même période : {first.year}" if first.year == last.year else f"même période : {first.year}-{last.year}"
    return f"périodes qui se recouvrent du {first:%d/%m/%Y} au {last:%d/%m/%Y}"


def _wording(profile: Profile, a: int, b: int, alike: float) -> str:
    words = profile.words
    common = _common(words, a, b)
    if not common:
        return "aucun mot commun dans les intitulés"
    if fold(profile.actions[a].wording) == fold(profile.actions[b].wording):
        return "intitulés identiques" if alike > _LITTLE else "intitulés identiques mais trop généraux"
    told = sorted(common, key=lambda code: (-words.weights[code], code))[:_WORDS_SHOWN]
    written = _as_written(profile.actions[a].wording)
    names = ", ".join(written.get(words.names[code], words.names[code]) for code in told)
    if alike <= _LITTLE:
        return f"intitulés peu ressemblants (en commun : {names})"
    return f"intitulés ressemblants à {alike * 100:.0f} %, en commun : {names}"


def _as_written(wording: str) -> dict[str, str]:
    """Each root of a wording with the word that it was read from: roots are not words that people know."""
    return {root: word.lower() for word in re.findall(r"[^\W_]+", wording) for root in read_words(word).stems}


def _common(sets: Sets, a: int, b: int) -> list[int]:
    one, two = (sets.codes[sets.starts[at] : sets.starts[at + 1]] for at in (a, b))
    return [int(code) for code in np.intersect1d(one, two)]
