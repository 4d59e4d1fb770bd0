"""What the lexical method sees of a note: the stems that carry its meaning, and the marks that turn it round.

Definitions: docs/concepts/grouping.md.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from comptoir.analysis.text import fold

# articles, pronouns, prepositions, conjunctions, verbs that say nothing
_EMPTY = """
a au aux afin ainsi alors as aucune auquel aussi autre autres avec c ce ceci cela celle celles celui ces cet cette
ceux chaque chez ci comme comment concernant d dans de depuis des dont du durant elle elles en encore entre envers est
et etc eux g il ils j je jusque l la le les leur leurs lors lorsque lui m ma mais me meme memes mes mi moi mon n nos
notre nous o on ont or ou par parce pendant peut peuvent plusieurs pour pourquoi puis puisque qu quand que quel quelle
quelles quelque quelques quels qui quoi s sa se selon ses si son sont sous suite sur t ta tandis te tel telle telles
tels tes toi ton tous tout toute toutes tres trop tu un une va vers via voici voila vos votre vous y ca ni ne pas afin
cas chose choses fait faits etre etait etaient sera serait soient soit suis sommes etes avoir ai avons avez avait
avaient aurait ayant eu faire fais font fasse ici toujours souvent deja tellement vraiment beaucoup assez peu plutot
surtout notamment aujourd hui maintenant
"""
# how people open and close a note
_POLITE = """
faudrait faut faudra falloir propose proposons proposer souhaite souhaitons souhaiterais souhaiter voudrais voudrait
voudrions veux voulons veulent vouloir aimerais aimerait aimerions aimer merci svp plait plaise avance pouvez pourrait
pourriez pourrions pouvoir puisse puissions demande demandons demander pense penser penses besoin bien bon bonjour
urgent important importante idee idees envisager prevoir possible possibilite
"""
STOP = frozenset((_EMPTY + _POLITE).split())
_SAME_IN_PLURAL = """
acces avis bois bras bus colis concours corps cours discours dos gaz parcours pays permis prix proces progres repas
secours souris succes tapis temps tiers velours voix choix noix croix debris compris univers fois parce fils
"""
_INVARIABLE = frozenset(_SAME_IN_PLURAL.split())
_NUMBERS = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9",
    "dix": "10", "onze": "11", "douze": "12", "treize": "13", "quatorze": "14", "quinze": "15", "seize": "16",
    "vingt": "20", "trente": "30", "quarante": "40", "cinquante": "50", "cent": "100",
}  # fmt: skip
_ENDINGS = (("trice", "teur"), ("euse", "eur"), ("enne", "en"), ("onne", "on"), ("elle", "el"), ("ive", "if"))
# words of seven letters or so that end like a verb of the third person plural
_IN_ENT = """
absent accident adherent adolescent antecedent apparent argent client coherent competent concurrent conscient content
continent contingent corpulent couvent decent deficient detergent different diligent dissident divergent docent
efficient emergent equivalent evident excellent exigent frequent impatient incident inconscient inconvenient indecent
independent indigent indulgent ingredient innocent insolent intelligent negligent occident orient parent patient
permanent pertinent precedent present president prudent recent referent resident reticent serpent souvent strident
talent torrent transparent turbulent urgent violent
"""
_NOT_VERBS_IN_ENT = frozenset(_IN_ENT.split())
_NOUNS_IN_ER = frozenset(["papier", "cahier", "clavier"])
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_PLUS = re.compile(r"(?<!\S)\+(?!\S)|(?<!\S)\+(?=[^\W\d_])")
_MINUS = re.compile(r"(?<!\S)-\s*(?=d(?:e\b|'))|(?<=\S )-(?=\s*$| ?[,;)])")
SET_UP = re.compile(r"\b(?:mettre|mise) en (?:place|oeuvre)\b")
WHY_NOT = re.compile(r"\bpourquoi (?:ne )?pas\b")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A folded word without plural, feminine nor the commonest verb ending: `partagées` and `partager` meet.

    >>> stem("locaux"), stem("animatrices"), stem("cours")
    ('local', 'animateur', 'cours')
    """
    if len(word) < 4 or word in _INVARIABLE:
        return word
    if word in ("course", "courses"):
        return "course"  # errands, which are no lessons (« cours »)
    if word in ("danse", "danses", "danser", "dansent"):
        return "danse"  # no « dans »
    if word.endswith("aux") and not word.endswith("eaux"):
        word = word[:-3] + "al"
    elif word[-1] in "sx":
        word = word[:-1]
    for feminine, masculine in _ENDINGS:
        if word.endswith(feminine) and len(word) > len(feminine) + 2:
            word = word[: -len(feminine)] + masculine
            break
    if word.endswith("ent") and len(word) >= 7 and word[-4] != "m" and word not in _NOT_VERBS_IN_ENT:
        return stem(word[:-3] + "er")
    word = word.rstrip("e") or word
    if word.endswith("er") and len(word) >= 6 and word not in _NOUNS_IN_ER:
        word = word[:-2]
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word


class Mark(StrEnum):
    """A word that turns what follows it. MORE and LACK both ask for something; the others must be the same."""

    MORE = "more"
    LACK = "lack"
    LESS = "less"
    NEGATED = "negated"
    WITHOUT = "without"
    RISING = "rising"
    FALLING = "falling"


def _forms(stems: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{stems.replace(' ', '|')})(?:e|er|es|ez|ee|ees|ent|ons|ant|era|erait|ait|aient)?")


_ADDING = _forms("ajout install augment renforc multipli cre developp rajout instaur amplifi implant")
_REMOVING = _forms("supprim enlev retir diminu limit baiss evit arret cess empech elimin")
_LACKING = _forms("manqu")
_WORDS_OF_MARKS = {
    Mark.MORE: "davantage creation ajout installation developpement renforcement augmentation mettre mettez mis mise",
    Mark.LESS: "moins suppression reduction reduire reduisez reduit reduite diminution stop marre fin excessif contre",
    Mark.LACK: "penurie carence absence insuffisance insuffisant insuffisante insuffisants insuffisantes",
    Mark.NEGATED: "jamais aucun aucune rien ni non nul nulle guere",
    Mark.WITHOUT: "sans",
}
_MARK_OF_WORD = {word: mark for mark, words in _WORDS_OF_MARKS.items() for word in words.split()}
_NOT_VERBS = frozenset(["arret", "arrets", "retraite", "cree", "limites"])


def _mark_of_plus(before: list[str], after: list[str]) -> Mark | None:
    if "ne" in before or "n" in before or before[-2:] == ["y", "a"]:
        return Mark.NEGATED
    if before[-1:] == ["de"] and after[:2] == ["en", "plus"]:
        return Mark.RISING
    if before[-2:-1] == ["plus"] or (before and before[-1] in ("non", "la", "le", "les", "au", "des")):
        return None
    return None if after and after[0] in ("aucun", "aucune", "rien", "jamais", "personne") else Mark.MORE


def _mark(tokens: list[str], at: int) -> Mark | None:
    """The mark that the word at this place makes, with its neighbours."""
    word, before, after = tokens[at], tokens[max(0, at - 4) : at], tokens[at + 1 : at + 3]
    following = after[0] if after else ""
    if word == "plus":
        return _mark_of_plus(before, after)
    if word == "moins":
        if before[-1:] == ["de"] and after[:2] == ["en", "moins"]:
            return Mark.FALLING
        return None if before[-1:] in (["au"], ["du"]) or before[-2:-1] == ["moins"] else Mark.LESS
    if word == "pas":
        return None if following in ("assez", "suffisamment") else Mark.NEGATED
    if word in ("assez", "suffisamment"):
        return Mark.LACK if before[-1:] == ["pas"] else None
    if word == "trop":
        return None if following == "peu" else Mark.LESS
    if word == "peu":
        return None if before[-1:] == ["un"] else Mark.LACK
    if word in _MARK_OF_WORD:
        return _MARK_OF_WORD[word]
    for pattern, mark in ((_ADDING, Mark.MORE), (_REMOVING, Mark.LESS), (_LACKING, Mark.LACK)):
        if word not in _NOT_VERBS and pattern.fullmatch(word):
            return mark
    return None


def mark_of_word(word: str) -> Mark | None:
    """The mark of a word without its neighbours: « trop » and « moins » want less, « pas » denies."""
    return {"moins": Mark.LESS, "trop": Mark.LESS, "pas": Mark.NEGATED}.get(word) or _mark([word], 0)


def number_of(word: str) -> str | None:
    """The digits of a number in letters."""
    return _NUMBERS.get(word)


@dataclass(frozen=True, slots=True)
class Words:
    """`key`: every word, folded (equal keys: the same note but for punctuation, case and accents).
    `stems`: what it speaks of, each once, in order. `marks`: what is said of each ('' where it speaks of nothing)."""

    key: str
    stems: tuple[str, ...]
    marks: frozenset[tuple[Mark, str]]
    numbers: frozenset[str]


def spelled_out(folded: str) -> str:
    """A folded text with its signs as words: « + de bancs » is « plus de bancs »."""
    return _PLUS.sub(" plus ", _MINUS.sub(" moins ", folded))


@lru_cache(maxsize=1 << 17)
def read_words(text: str) -> Words:
    """The words of one note. Total: any text has words, if only itself."""
    folded = fold(text)
    signed = spelled_out(folded)
    key = " ".join(_TOKEN.findall(signed))
    tokens = SET_UP.sub("creation", WHY_NOT.sub("pourquoi", key)).split()
    stems: dict[str, None] = {}
    marks: set[tuple[Mark, str]] = set()
    waiting: list[Mark] = []
    for at, word in enumerate(tokens):
        mark = _mark(tokens, at)
        if mark is not None:
            waiting.append(mark)
        elif word not in STOP and word not in ("plus", "moins", "suffisamment"):
            root = _NUMBERS.get(word) or stem(word)
            if len(root) == 1 and not root.isdigit():
                continue
            stems[root] = None
            marks.update((mark, root) for mark in waiting)
            waiting.clear()
    last = next(reversed(stems), "")
    marks.update((mark, last) for mark in waiting)
    return Words(key or folded, tuple(stems), frozenset(marks), frozenset(s for s in stems if s.isdigit()))
