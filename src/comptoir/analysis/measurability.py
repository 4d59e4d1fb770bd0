"""Can anybody tell, one day, whether a commitment was kept? Advice in plain French (docs/concepts/measurability.md).

A pure function of what is written. It never blocks: a commitment can be saved with a wording and a signatory.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from .extraction.amounts import find_amounts
from .extraction.dates import find_days
from .text import fold


class Point(StrEnum):
    """What a commitment that can be checked has."""

    WHO = "who"
    VERB = "verb"
    TARGET = "target"
    MEASURE = "measure"
    PROOF = "proof"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Fields:
    """What is written of a commitment. `who`: a person named, or the referent of its signatory."""

    wording: str
    who: bool = False
    due_on: date | None = None
    yearly: bool = False
    measure: str = ""
    expected_proof: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence of what is missing and what to do, and an example."""

    point: Point
    text: str
    example: str


# Verbs of which nobody can see the end: said at the start, they need another one.
VAGUE = (
    "accompagner", "agir", "ameliorer", "appuyer", "approfondir", "aider", "collaborer", "consolider", "contribuer",
    "cooperer", "developper", "dynamiser", "encourager", "etudier", "explorer", "faciliter", "favoriser", "impulser",
    "inciter", "lutter", "mobiliser", "optimiser", "oeuvrer", "participer", "poursuivre", "prendre en compte",
    "prioriser", "promouvoir", "reflechir", "renforcer", "s'impliquer", "se mobiliser", "sensibiliser", "soutenir",
    "tendre", "travailler", "valoriser", "veiller", "viser",
)  # fmt: skip
_VAGUE = re.compile(rf"^(?:{'|'.join(map(re.escape, VAGUE))})\b")
_FUTURE_VAGUE = re.compile(
    r"\b(?:ameliorera|accompagnera|contribuera|favorisera|soutiendra|renforcera|veillera|participera|developpera|"
    r"facilitera|encouragera|poursuivra|sensibilisera|valorisera|promouvra|oeuvrera)(?:nt)?\b"
)
_NUMBER_WORDS = re.compile(
    r"\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|cent|chaque|tous les|"
    r"toutes les|mensuel\w*|hebdomadaire\w*|trimestriel\w*|annuel\w*|moitie|tiers|quart)\b"
)
_RATE = re.compile(r"\d|\b(?:part|taux|nombre|pourcentage|delai|duree|frequence|montant|effectif)s?\b|%|€")
_STATE = re.compile(
    r"\best (?:installe|adopte|publie|recrute|nomme|en service|rendu)\w*|\b(?:ouvert|signe|livre)e?s?\b"
)
_SEVERAL = re.compile(r";|\bainsi que\b|\bd'une part\b|\n\s*[-–•]|\bet (?:a|de) \w+(?:er|ir|re)\b")
_EXAMPLES = {
    Point.WHO: "« Salma Roucairol, directrice de l'agence »",
    Point.VERB: "« ouvrir une permanence » plutôt que « favoriser l'accès aux droits »",
    Point.TARGET: "« 12 permanences par an », « avant le 30 juin 2027 »",
    Point.MEASURE: "« nombre de permanences tenues », « le local est ouvert cinq jours sur sept »",
    Point.PROOF: "« le bilan annuel », « la délibération », « une photo du local ouvert »",
    Point.ONE: "« ouvrir le local » d'un côté, « former deux agents » de l'autre",
}
_TEXTS = {
    Point.WHO: "On ne sait pas à qui demander où ça en est : nommez une personne.",
    Point.VERB: "« {} » ne se voit pas fini : dites ce qui sera fait.",
    Point.TARGET: "Rien ne dit combien ni pour quand : mettez un nombre ou une date.",
    Point.MEASURE: "Dites ce qui se comptera ou se constatera, avec son unité.",
    Point.PROOF: "Dites quelle pièce le montrera.",
    Point.ONE: "Il y a sans doute plusieurs engagements ici : un par ligne se suit mieux.",
}


def measurability(fields: Fields) -> list[Advice]:
    """What would make this commitment easier to check, the most useful first. Empty: anybody could tell.

    >>> [one.point.value for one in measurability(Fields("Favoriser l'accès aux droits"))]
    ['verb', 'target', 'measure', 'proof', 'who']
    """
    advice: list[Advice] = []
    verb = vague_verb(fields.wording)
    if verb:
        advice.append(Advice(Point.VERB, _TEXTS[Point.VERB].format(verb), _EXAMPLES[Point.VERB]))
    if not has_target(fields):
        advice.append(_said(Point.TARGET))
    if not has_unit(fields.measure):
        advice.append(_said(Point.MEASURE))
    if not fields.expected_proof.strip():
        advice.append(_said(Point.PROOF))
    if not fields.who:
        advice.append(_said(Point.WHO))
    if _SEVERAL.search(fold(fields.wording)) or "\n" in fields.wording.strip():
        advice.append(_said(Point.ONE))
    return advice


@lru_cache(1 << 14)  # a table asks it of each of its lines, at each page
def anybody_could_tell(fields: Fields) -> bool:
    """Whether there is nothing to advise: `measurability` is empty. What costs least is looked at first."""
    if not fields.who or not fields.expected_proof.strip() or not has_unit(fields.measure):
        return False
    return not measurability(fields)


def _said(point: Point) -> Advice:
    return Advice(point, _TEXTS[point], _EXAMPLES[point])


def vague_verb(wording: str) -> str:
    """The verb of which nobody can see the end, as it is written; empty where there is none."""
    folded = re.sub(r"^(?:(?:a|de) |d')", "", fold(wording).strip())
    found = _VAGUE.search(folded) or _FUTURE_VAGUE.search(folded)
    if not found:
        return ""
    said = fold(found[0])
    return next((word.strip(".,;:«»() ") for word in wording.split() if fold(word.strip(".,;:«»() ")) == said), said)


def has_target(fields: Fields) -> bool:
    """A number or a date, in its fields or in its words."""
    if fields.due_on or fields.yearly:
        return True
    text = f"{fields.wording} {fields.measure}"
    folded = fold(text)
    return bool(re.search(r"\d", text) or find_days(text) or find_amounts(text) or _COUNTED.search(folded))


# « une permanence » is not a number that one aims at; « deux permanences », « chaque mois » are.
_COUNTED = re.compile(_NUMBER_WORDS.pattern.replace("un|une|", ""))


def has_unit(measure: str) -> bool:
    """Something that is counted with its unit, or a state that is seen: more than one word."""
    folded = fold(measure)
    return len(folded.split()) >= 2 and bool(
        _RATE.search(folded) or _NUMBER_WORDS.search(folded) or _STATE.search(folded)
    )
