"""What residents feel has changed, against the way a figure went: docs/concepts/evaluation.md (« Ressenti »)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LEANS = 5  # a fifth of the answers: from this balance on, a group leans to a side
MOVES = 0.02  # of the earlier value: under it, a figure has hardly moved


class Felt(StrEnum):
    BETTER = "c'est mieux"
    SAME = "c'est pareil"
    WORSE = "c'est pire"
    SPLIT = "les avis sont partagés"


class Went(StrEnum):
    BETTER = "s'améliore"
    SAME = "bouge peu"
    WORSE = "se dégrade"
    MIXED = "ne va pas du même côté partout"
    UNSIGNED = "n'a pas de bon sens : ni mieux, ni moins bien"
    UNKNOWN = "ne se compare pas"


class Agreement(StrEnum):
    """How far apart the two are. NONE: nothing can be said of it."""

    SAME = "d'accord"
    APART = "écart"
    OPPOSED = "à l'opposé"
    NONE = "pas d'écart dit"


@dataclass(frozen=True, slots=True)
class Distance:
    agreement: Agreement
    sentence: str


def felt(better: int, same: int, worse: int) -> Felt | None:
    """What a group feels, from its answers; None where nobody answered."""
    total = better + same + worse
    if not total:
        return None
    lean = better - worse
    if LEANS * abs(lean) >= total:
        return Felt.BETTER if lean > 0 else Felt.WORSE
    return Felt.SAME if 2 * same >= total else Felt.SPLIT


def went(earlier: float, later: float, up_is_better: bool | None) -> Went:
    """How a figure went between two years. `up_is_better` None: it is neither good nor bad that it rises."""
    if up_is_better is None:
        return Went.UNSIGNED
    if abs(later - earlier) <= MOVES * abs(earlier):
        return Went.SAME
    return Went.BETTER if (later > earlier) == up_is_better else Went.WORSE


def together(ways: Iterable[Went]) -> Went:
    """The way of several territories: theirs where it is the same, else MIXED. Those that do not compare are left."""
    found = {way for way in ways if way != Went.UNKNOWN}
    if not found:
        return Went.UNKNOWN
    return found.pop() if len(found) == 1 else Went.MIXED


_ORDER = {Felt.WORSE: -1, Felt.SAME: 0, Felt.BETTER: 1}
_WAYS = {Went.WORSE: -1, Went.SAME: 0, Went.BETTER: 1}
_SENTENCES = {
    (Felt.BETTER, Went.BETTER): "Le chiffre s'améliore, et les habitants le ressentent.",
    (Felt.BETTER, Went.SAME): "Les habitants ressentent un mieux que le chiffre ne montre pas.",
    (Felt.BETTER, Went.WORSE): "Le chiffre se dégrade, et les habitants ressentent un mieux.",
    (Felt.SAME, Went.BETTER): "Le chiffre s'améliore, mais les habitants ne voient pas de changement.",
    (Felt.SAME, Went.SAME): "Ni le chiffre ni les habitants ne disent de changement.",
    (Felt.SAME, Went.WORSE): "Le chiffre se dégrade, mais les habitants ne voient pas de changement.",
    (Felt.WORSE, Went.BETTER): "Le chiffre s'améliore, et les habitants disent que c'est pire.",
    (Felt.WORSE, Went.SAME): "Les habitants disent que c'est pire ; le chiffre bouge peu.",
    (Felt.WORSE, Went.WORSE): "Le chiffre se dégrade, et les habitants le ressentent.",
}


def distance(feeling: Felt, way: Went) -> Distance:
    """The gap between what is felt and the way the figure went, and its sentence."""
    if way not in _WAYS:
        return Distance(Agreement.NONE, f"Le chiffre {way.value} : aucun écart n'est dit.")
    if feeling not in _ORDER:
        return Distance(Agreement.NONE, f"Le chiffre {way.value} ; les habitants sont partagés.")
    steps = abs(_ORDER[feeling] - _WAYS[way])
    return Distance((Agreement.SAME, Agreement.APART, Agreement.OPPOSED)[steps], _SENTENCES[feeling, way])
