"""Which rare spellings are a slip of a more common one. Two words of the language are kept apart as far as known."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from comptoir.analysis.grouping.words import stem

_SHORTEST = 5
_LONG, _QUITE_LONG = 10, 7
_OFTEN = 3
"""How many notes must say a word for a spelling two slips away, or of another first letter, to be meant for it."""
_KNOWN = 9
"""How many times more a word of the language counts than it was said."""
_PAIRS = """
maire/mairie interet/internet travail/travaux centre/contre facile/famille proprete/propriete commerce/commencer
agent/argent agence/agent recours/retour securite/securiser dechet/decret debat/debut debat/debit debut/debit
demain/domaine organiser/organisme salaire/salarie materiel/maternelle redaction/reduction source/sourd
acteur/auteur autorite/autoriser publier/public imposer/impot depense/defense nombreux/nombreuse realiser/realite
collegue/college repas/repos paysage/passage place/plage place/plante ville/village mission/maison
chasse/classe danse/dense cousine/cuisine secours/secteur course/courte verre/verte piste/poste table/stable
chantier/chanter emploi/employer moyen/moyenne livre/livret chaine/chaise compte/conte forum/forme
couleur/couloir bassin/besoin voiture/voirie boite/botte terrain/terrasse bruit/brut route/roue
garderie/garder hotel/hopital vieux/voeux parking/parkour conseil/concert police/policier
presence/present facilite/fragilite sortie/sortir benefice/beneficier recevoir/revoir
"""
_LOOK_ALIKE = frozenset(frozenset(map(stem, pair.split("/"))) for pair in _PAIRS.split())


def look_alike(a: str, b: str) -> bool:
    """Whether two stems one slip apart are known to be two words."""
    return frozenset((a, b)) in _LOOK_ALIKE


@cache
def known_words() -> frozenset[str]:
    """Stems of the language of neighbourhoods and public debate, five letters or more: none of them is a slip."""
    return frozenset(files("comptoir.analysis.grouping").joinpath("data/known.txt").read_text("utf-8").split())


@lru_cache(maxsize=8)
def _by_first(words: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST:
            found.setdefault(word[0], []).append(word)
    return {first: tuple(same) for first, same in found.items()}


def _slips(roots: list[str], known: frozenset[str]) -> dict[str, dict[str, int]]:
    """Each stem with those that one slip of the finger makes of it (two in a long word with the same end), and how
    many slips."""
    found: dict[str, dict[str, int]] = {}
    language = _by_first(known)
    for first, same_first in _by_first(frozenset(roots)).items():
        asked = [root for root in same_first if root not in known]
        every = sorted({*same_first, *language.get(first, ())}) if asked else []
        distances = process.cdist(asked, every, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        for i, j in zip(*np.nonzero(distances <= 2), strict=True):
            a, b = asked[i], every[j]
            if a == b or look_alike(a, b):
                continue
            if distances[i, j] == 1 or (min(len(a), len(b)) >= _LONG and a[-3:] == b[-3:]):
                found.setdefault(a, {})[b] = int(distances[i, j])
    return found


def _farther_slips(roots: Sequence[str], often: Sequence[str]) -> dict[str, dict[str, int]]:
    """Stems said once, of no language, with those that come often: two slips away, or one in the first letter."""
    found: dict[str, dict[str, int]] = {}
    distances = process.cdist(roots, often, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    for i, j in zip(*np.nonzero(distances <= 2), strict=True):
        a, b = roots[i], often[j]
        one = distances[i, j] == 1 and max(len(a), len(b)) >= _SHORTEST
        if one or (min(len(a), len(b)) >= _QUITE_LONG and a[0] == b[0]):
            found.setdefault(a, {})[b] = int(distances[i, j])
    return found


def canonical_spellings(frequency: Mapping[str, int], known: frozenset[str] = frozenset()) -> dict[str, str]:
    """For each stem taken as a slip, the stem that was meant; the others are absent.

    `frequency` is in how many distinct notes a stem stands. A slip is rare: once, or five times less than what was
    meant. A stem that others lean on never leans itself, so that spellings do not chain. Those of `known` are words of
    the language: they never lean, and count as said a few times more. The order has no effect.
    """

    def said(root: str) -> int:
        return frequency.get(root, 0) + (_KNOWN if root in known else 0)

    long = [root for root in frequency if len(root) >= _SHORTEST and not root.isdigit()]
    slips = _slips(long, known)
    alone = sorted(root for root in long if root not in known and root not in slips and frequency[root] == 1)
    often = (root for root in frequency if len(root) >= _SHORTEST - 1 and not root.isdigit())
    slips |= _farther_slips(alone, sorted(root for root in often if frequency[root] >= _OFTEN))
    meant: dict[str, str] = {}
    centres: set[str] = set()
    for root in sorted(slips, key=lambda r: (-said(r), r)):
        near = [
            c for c in slips[root]
            if (c in centres or c in known or c not in slips) and (said(root) == 1 or said(c) >= 5 * said(root))
        ]  # fmt: skip
        if near:
            meant[root] = min(near, key=lambda c: (slips[root][c], -said(c), c))
        else:
            centres.add(root)
    return meant
