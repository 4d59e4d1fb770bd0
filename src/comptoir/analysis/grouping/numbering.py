"""The numbers of a note that set it apart: those that name a thing, and how many there are of it.

Definition: docs/concepts/grouping.md, « La lecture d'une note ».
"""

import re
from collections.abc import Sequence

from comptoir.analysis.grouping.lexicon import EMPTY
from comptoir.analysis.grouping.marks import NUMBERS, words
from comptoir.analysis.grouping.words import STOP, stem

_MEASURE = words(
    """an ans mois semaine semaines jour jours euro euros eur metre metres m km minute minutes min mn seconde etage
    etages degre degres fois e eme er ere eleve eleves enfant enfants personne personnes pers place places logement
    logements tour tours pour pourcent h heure heures"""
)
_NUMBERED = words(
    """bus ligne lignes tram tramway batiment bat tour hall entree escalier cage rue lot numero n no quartier ecole
    section t f cp ce cm zone porte appartement appart parking bloc barre ilot secteur route gymnase salle parcelle"""
)
"""What a number after it names: « la ligne 7 »."""
_AMONG, _OR = words("dans par sur chez"), words("ou a et")
_AMOUNT = re.compile(r"(\d[\d .,]*)\s?[€%]|(\d+,\d+)")
_SINCE, _YEAR = words("en depuis fin debut rentree avant apres annee"), re.compile(r"(?:19|20)\d\d")


def numbers_of(text: str, tokens: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Each number with the stem of what it counts, empty where it names a thing; `tokens` are those of the text. A
    measure (« 3 semaines », « 200 € »), a year and a number of people in something say neither.

    >>> sorted(numbers_of("Ligne 7 : trois bus", ["ligne", "7", "trois", "bus"]))
    [('', '7'), ('bus', '3')]
    """
    amounts = {part for amount in _AMOUNT.finditer(text) for part in re.findall(r"\d+", amount.group())}
    found: set[tuple[str, str]] = set()
    for at, token in enumerate(tokens):
        if not (token.isdigit() or token in NUMBERS) or token in amounts:
            continue
        before, after = tokens[at - 1] if at else "", [*tokens[at + 1 : at + 4], "", "", ""]
        if before not in _NUMBERED and after[0] in _OR and (after[1].isdigit() or after[1] in NUMBERS):
            after = [*after[2:], "", ""]  # « 4 ou 5 priorités »
        if after[0] in _MEASURE or (_YEAR.fullmatch(token) and before in _SINCE):
            continue
        if before in _NUMBERED:
            found.add(("", NUMBERS.get(token, token)))
        elif after[0] not in _AMONG:
            counted = next((word for word in after[:2] if word and word not in EMPTY and word not in STOP), "")
            found.add((stem(counted), NUMBERS.get(token, token)))
    return frozenset(found)


def numbers_differ(a: frozenset[tuple[str, str]], b: frozenset[tuple[str, str]]) -> bool:
    """Whether two notes name two things by their numbers, or count the same thing otherwise. Symmetric."""
    for counted in {what for what, _ in a} & {what for what, _ in b}:
        if {one for one in a if one[0] == counted} != {one for one in b if one[0] == counted}:
            return True
    return False
