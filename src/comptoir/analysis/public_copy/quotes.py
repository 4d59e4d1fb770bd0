"""What, in someone's words, may tell who they are: suggestions (docs/concepts/public-copy.md)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from comptoir.analysis.text import fold


class Clue(StrEnum):
    """Why a passage may identify; the value is what a masked copy shows in its place."""

    EMAIL = "adresse électronique"
    PHONE = "téléphone"
    ADDRESS = "adresse"
    AGE = "âge"
    KIN = "un proche"
    NAME = "nom"


SENTENCES = {
    Clue.EMAIL: "une adresse électronique",
    Clue.PHONE: "un numéro de téléphone",
    Clue.ADDRESS: "une adresse précise",
    Clue.AGE: "un âge exact",
    Clue.KIN: "un proche de la personne",
    Clue.NAME: "peut-être le nom de quelqu'un",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """`start` and `end` are places in the text, as a slice takes them."""

    clue: Clue
    start: int
    end: int
    words: str

    @property
    def sentence(self) -> str:
        return f"« {self.words} » : {SENTENCES[self.clue]}"


_WORD = "[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ][a-zàâäçéèêëîïôöùûüÿœæ]+"
_FULL = rf"{_WORD}(?:[-' ]{_WORD})*(?!\w)"
_ROAD = "rue|avenue|av\\.|boulevard|bd|allée|impasse|place|chemin|square|quai|cours|résidence|sentier|route|passage"
_KIN = (
    "fille|fils|garçon|enfant|bébé|mère|père|maman|papa|mari|femme|époux|épouse|compagnon|compagne|conjoint|conjointe|"
    "frère|sœur|soeur|grand-mère|grand-père|mamie|papi|tante|oncle|cousine|cousin|nièce|neveu|voisine|voisin|copine|"
    "copain|belle-mère|beau-père|petite-fille|petit-fils|patron|patronne"
)
_PATTERNS: Sequence[tuple[Clue, re.Pattern[str]]] = (
    (Clue.EMAIL, re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")),
    (Clue.PHONE, re.compile(r"(?<!\d)(?:(?:\+|00)\d{2,3}[\s.\-]?(?:\(0\)\s?)?\d|0\s?\d)(?:[\s.\-/]?\d{2}){4}(?!\d)")),
    (Clue.ADDRESS, re.compile(rf"\b\d{{1,4}}\s?(?:bis|ter|quater)?,?\s(?:{_ROAD})\s[^,.;:!?\n]{{2,40}}", re.I)),
    (Clue.ADDRESS, re.compile(
        r"\b(?:appartement|appart|apt|logement|porte|bâtiment|bât|bat|escalier|entrée|hall)\.?\s(?:n°\s?)?"
        r"(?:\d{1,4}\w?|(?-i:[A-Z]\d{0,3}))\b", re.I)),
    (Clue.AGE, re.compile(
        r"(?:(?<=\bde )|(?<=\bd'|\bd’)|(?<=\bai )|(?<=\ba )(?<!y a )|(?<=\bà )|(?<=\bavait )|(?<=\bavais )|"
        r"(?<=\bmes )|(?<=\bses )|(?<=, )|(?<=\())\d{1,3}\s?(?:ans(?:\set\sdemi)?|mois)\b", re.I)),
    (Clue.AGE, re.compile(r"\bnée?\s(?:en\s\d{4}|le\s\d{1,2}\s[^,.;\n]{2,20})", re.I)),
    (Clue.KIN, re.compile(
        rf"\b(?:ma|mon|sa|son|ta|ton|notre|leur)\s(?:(?:petite?|grande?|ex)[\s-])?(?:{_KIN})\b", re.I)),
    (Clue.NAME, re.compile(rf"\b(?:M\.|MM\.|Mr\.?|Mme|Mlle|Dr|Me|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)\s{_FULL}")),
    (Clue.NAME, re.compile(rf"\b(?:[Jj]e m['’]appelle|[Mm]on nom est)\s{_FULL}")),
)  # fmt: skip


def _words(text: str) -> list[str]:
    return text.split()


_CAPITALISED = re.compile(rf"\b{_FULL}")
_SHOUTED = re.compile(r"\b[A-ZÀÂÇÉÈÊËÎÏÔÙÛ]{3,}\b")
# Words that French writes with a capital, or that people of a contrat de ville do, without naming anyone.
_NOT_NAMES = frozenset(_words(
    """etat france francais francaise paris europe republique ville villes agglo agglomeration metropole mairie
    prefecture departement region conseil comite copil pole emploi caf cpam ars bailleur bailleurs signataires
    habitants habitantes habitant habitante elus elue elu elues quartier quartiers politique contrat education
    nationale maison centre social sociaux facebook whatsapp instagram internet google noel paques ramadan aid
    toussaint covid janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi
    mercredi jeudi vendredi samedi dimanche engagements banque territoires action logement police gendarmerie
    justice tour table bleue verte rouge jaune citoyen citoyens fonds participation projet projets associations
    association reussite educative dieu wifi ok budget participatif aucun vis ma vie nord sud est ouest"""
))  # fmt: skip
_FIRST_NAMES = frozenset(_words(
    """adam ahmed aicha alain alice ali amadou amelie amina amine anais andre anne antoine aurelie awa bernard bilal
    brahim brigitte camille catherine chantal charlotte chloe christine christophe claire claude clement daniel
    david denis didier djamila dominique elodie emma emilie enzo eric fabrice fanny fatima fatiha fatou fatoumata
    florence francis francois francoise frederic gabriel gerard guillaume hassan helene henri hugo ibrahim ines
    isabelle issa jacques jean jeanne jerome jean-pierre jean-marc jessica josiane julie julien juliette kader kamel
    karim karima karine kevin khadija lamine laura laurence laurent lea leila leo linda louis louise lucas lucie
    malika mamadou manon marc marie marie-claude marine marion martine mathieu mathilde maxime medhi mehdi michel
    michele mohamed mohammed monique moussa mourad mustapha myriam nabil nadia nadine nathalie nicolas nicole nora
    omar oumar ousmane pascal patricia patrick paul pauline philippe pierre quentin rachid rachida rayan rene robert
    romain salima samia samir samira samuel sandrine sara sarah sebastien serge simon sofia sonia sophie stephane
    stephanie sylvie theo thierry thomas valerie veronique victor vincent virginie yacine yann yasmine youssef yves
    zohra"""
))  # fmt: skip


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a text that may identify someone, in reading order, none over another."""
    found: list[Passage] = []
    for passage in (*_by_pattern(text), *_by_capital(text)):
        if all(passage.end <= other.start or other.end <= passage.start for other in found):
            found.append(passage)
    return tuple(sorted(found, key=lambda passage: passage.start))


def masked(text: str) -> str:
    """The copy that is proposed: each passage replaced by what it was, between brackets."""
    for passage in reversed(passages(text)):
        text = f"{text[: passage.start]}[{passage.clue.value}]{text[passage.end :]}"
    return text


def _by_pattern(text: str) -> Iterator[Passage]:
    for clue, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, words = match.start(), match.group().rstrip()
            yield Passage(clue, start, start + len(words), words)


def _by_capital(text: str) -> Iterator[Passage]:
    """Capitalised words that do not begin a sentence and that nothing explains; first names wherever they are."""
    for match in _CAPITALISED.finditer(text):
        at = match.start()
        for run in _runs(match.group(), first=_begins(text, at)):
            yield Passage(Clue.NAME, at + run[0], at + run[1], match.group()[run[0] : run[1]])
    for match in _SHOUTED.finditer(text):
        if fold(match.group()) in _FIRST_NAMES:
            yield Passage(Clue.NAME, match.start(), match.end(), match.group())


def _runs(words: str, *, first: bool) -> Iterator[tuple[int, int]]:
    """Where in these capitalised words names stand: « Le Karim Benali » is a first word, then one name."""
    start = end = -1
    for n, match in enumerate(re.finditer(r"[^\s']+", words)):
        word = fold(match.group())
        known = word in _FIRST_NAMES or any(part in _FIRST_NAMES for part in word.split("-"))
        named = known or (word not in _NOT_NAMES and not (first and n == 0))
        if named:
            start, end = (match.start() if start < 0 else start), match.end()
        elif start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" «\"'’([-–—•*→>#0123456789")
    return not before or before[-1] in ".!?:;…\n\t/+=,|"
