"""When two notes may not say the same thing, however many words they share: the contraries.

Definitions: docs/concepts/grouping.md, « Les contraires ».
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from comptoir.analysis.grouping.words import Mark, Words, stem

_CONTRARIES = """
ouvrir ouvrez ouvert ouverture ouvrons / fermer ferme fermeture
autoriser autorise autorisation / interdire interdit interdite interdiction
garder conserver maintenir maintien / abandonner abandon
construire construction / demolir demolition
allumer / eteindre
propre proprete / sale salete
facile simple / difficile complique
gratuit gratuite gratuitement / payant
ensemble / separement separe
calme tranquille / bruyant bruit
rapide vite / lent lenteur
tot / tard
avant / apres
matin / soir
jour journee / nuit
ete / hiver
interieur / exterieur dehors
entree entrer / sortie sortir
gauche / droite
nord / sud
haut / bas
filles fille femmes femme / garcons garcon hommes homme
enfants enfant / adultes adulte / seniors senior ages agees agee aines retraites / jeunes jeune ados ado adolescents
parents parent / enfants enfant
velo velos / voiture voitures
locataires locataire / proprietaires proprietaire
content satisfait / mecontent insatisfait
bon bonne / mauvais mauvaise
meilleur ameliorer amelioration / pire degrader degradation
confiance / mefiance
present presence / absent
visible / cache
proche proximite / loin eloigne
ancien vieux / nouveau neuf
centraliser / decentraliser
individuel / collectif
public / prive
acheter / vendre
accepter / refuser refus
commencer debut / finir
""".strip().splitlines()
_PREFIXES = ("in", "im", "ir", "il", "mal", "non", "de", "des")
Side = tuple[str, int]


def _table() -> dict[str, frozenset[Side]]:
    found: dict[str, set[Side]] = {}
    for axis, line in enumerate(_CONTRARIES):
        for side, words in enumerate(line.split(" / ")):
            for word in words.split():
                found.setdefault(stem(word), set()).add((str(axis), side))
    return {root: frozenset(sides) for root, sides in found.items()}


_TABLE = _table()


def sides(vocabulary: Collection[str]) -> dict[str, frozenset[Side]]:
    """The stems of a vocabulary that have a contrary: from the table, or by a prefix (`égalité`, `inégalité`)."""
    found = {root: _TABLE[root] for root in vocabulary if root in _TABLE}
    for root in vocabulary:
        for prefix in _PREFIXES:
            base = root.removeprefix(prefix)
            if base != root and len(base) >= 4 and base in vocabulary:
                found[root] = found.get(root, frozenset()) | {(base, 0)}
                found[base] = found.get(base, frozenset()) | {(base, 1)}
    return found


def opposite(a: str, b: str) -> bool:
    """Whether two stems are the two sides of one axis."""
    ours, theirs = dict(_TABLE.get(a, ())), dict(_TABLE.get(b, ()))
    return any(ours[axis] != theirs[axis] for axis in ours.keys() & theirs.keys())


class Stance(NamedTuple):
    """What a note holds about what it speaks of. Hashable: few notes of many differ by it, they are compared once."""

    fixed: frozenset[tuple[Mark, str]]
    asked: frozenset[str]
    lacking: frozenset[str]
    numbers: frozenset[str]
    sides: frozenset[Side]


def stance(words: Words, canonical: Mapping[str, str], sides: Mapping[str, frozenset[Side]]) -> Stance:
    """The stance of a note, its stems as `canonical` spells them; `sides` as the function of that name gives them."""
    marks = {(mark, canonical.get(root, root)) for mark, root in words.marks}
    lacking = frozenset(root for mark, root in marks if mark is Mark.LACK)
    return Stance(
        fixed=frozenset((mark, root) for mark, root in marks if mark not in (Mark.MORE, Mark.LACK)),
        asked=lacking | {root for mark, root in marks if mark is Mark.MORE},
        lacking=lacking,
        numbers=words.numbers,
        sides=frozenset().union(*(sides.get(canonical.get(root, root), ()) for root in words.stems)),
    )


def contrary(a: Stance, b: Stance) -> bool:
    """Whether two notes may not be paired because of what they hold. Symmetric; never true of a note with itself."""
    if a.fixed != b.fixed or not (a.lacking <= b.asked and b.lacking <= a.asked):
        return True
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return True
    return _two_sides(a, b)


def _two_sides(a: Stance, b: Stance) -> bool:
    """Whether each holds one side of an axis of which the other holds another."""
    ours, theirs = a.sides - b.sides, b.sides - a.sides
    if not ours or not theirs:
        return False
    axes = dict(ours)
    return any(axes.get(axis, side) != side for axis, side in theirs)


def at_odds(a: Stance, b: Stance, common: Collection[str]) -> bool:
    """Whether two notes turn the same words two ways: `common` are the stems that both say. Symmetric."""
    if not common:
        return False
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return True
    return _two_sides(a, b) or any(root in common for _, root in a.fixed ^ b.fixed)


def turned(a: Stance, b: Stance) -> bool:
    """Whether one note asks for more of what the other wants less of. Symmetric."""
    less = [{root for mark, root in one.fixed if mark is Mark.LESS} for one in (a, b)]
    return bool(a.asked & less[1] or b.asked & less[0])


def denied(one: Stance) -> frozenset[str]:
    """The stems that a note denies, or wants less of: « pas de réunion », « sans portable »."""
    return frozenset(root for mark, root in one.fixed if mark in (Mark.NEGATED, Mark.LESS, Mark.WITHOUT))
