"""What is spoken of in a neighbourhood, and the words to say it: concepts, found in a note whatever its wording.

Format and rules: docs/concepts/grouping.md, « Le lexique ». The table shipped with the package is data/lexicon.txt.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping.typos import known_words
from comptoir.analysis.grouping.words import STOP, spelled_out, stem
from comptoir.analysis.text import fold

KINDS = "+*-=!plat&"
SIDE_KINDS = "plat"
"""The kinds found besides what a note speaks of: they take no word from it."""
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_WALKS = re.compile(r"\bmarch(?:e|es|er|ent|ait|aient)\b", re.IGNORECASE)
# words that never make an expression: articles, prepositions, pronouns. « pas », « plus », « trop », « même » do.
_EMPTY = """
a au aux c ce ces cet cette d de du des en es est et il ils elle elles j je l la le les leur leurs lui m ma me mes
mon n ne nos notre nous on par pour qu que qui s sa se ses son sont sur t ta te tu un une vos votre vous y dans ete
etre avoir ai as ont avons avez chez si donc ca cela
"""
EMPTY = frozenset(_EMPTY.split())
# said of anything: an expression that a fuller one has left with only these says nothing more
_SAID_OF_ANYTHING = """
pas plus trop jamais rien aucun aucune manque trouver trouve avoir faire fait place places gens personne toujours tout
tous toute toutes bas devant nouveau nouveaux jour jours soir nuit matin heure heures vite cher chere
"""
_GENERAL = frozenset(_SAID_OF_ANYTHING.split())
# said in any note on any subject: they neither bring notes together nor tell them apart
_SAID_ON_ANY_SUBJECT = """
quartier quartiers gens habitant habitants habitante habitantes ville cite devant rue rues jour jours semaine
semaines mois annee annees ans heure heures minute minutes metre metres plein pleine immeuble immeubles batiment
cause voit voient voir vois monde vie quelqu quelque personne personnes part reste restent rester prennent prend
prendre passe passent passer rend rendent rendre arrive arrivent arriver font faire fait faites vont aller va vais
met mettent rien tout toute tous toutes toujours encore deja souvent parfois vite loin pres cote derniere dernier
premier premiere grand grande petit petite nouveau nouvelle bon bonne mauvais mauvaise vrai vraie fois moment
temps week end weekend lundi mardi mercredi jeudi vendredi samedi dimanche matin midi apres avant pendant depuis
jusqu entre autour partout nulle ailleurs dehors dedans ensemble seulement juste meme aussi enfin donc car mais
existe existent trouve trouvent trouver besoin envie peux peut peuvent doit doivent devrait faudrait aide aider
vrai vraiment trop tres bien mal mieux pire point lieu endroit coin bout place attend attendre finir finit dit
dire dites savoir sais sait commence donne donner donnent ouvre ouvrir ferme fermer marche marchent vient viennent
venir revenir rentre rentrer sort sortir parle parler tient tenir suffit manque manquent mon ma mes fils fille
pied pieds tour tours etage etages bas haut frere soeur voisin voisine voisins copain ami amis urgent urgence chez
moi nous nos leur moins an demi demie
"""
WEAK = frozenset(_SAID_ON_ANY_SUBJECT.split())
_LOOSE_ROOTS = frozenset(map(stem, _GENERAL | WEAK | STOP))
FAMILY = "&"
GOOD = "~"
"""Before an expression of something complained of: it says the good thing whose lack is the complaint."""
_SHORT_HEAD = 4
_REACH, _CLOSE = 8, 3
"""How many words apart the words of one expression may stand in a long note; those said of anything, at most."""


class Concept(NamedTuple):
    """`kind`: + wanted, * wanted and may be broken, - complained of, = spoken of, ! praised, p people, l place, a what
    of it (its price, its opening hours), t moment, & a family, whose expressions are the names of its subjects."""

    kind: str
    name: str


class Match(NamedTuple):
    """A concept found in a note: the places of the words that say it, among the note's tokens. `good`: what is
    complained of is said by a thing that one wants (the lamps of « éclairage »): its absence is the complaint.
    `again`: the places of other words that say it too."""

    concept: Concept
    at: tuple[int, ...]
    good: bool = False
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Expression:
    concept: Concept
    words: tuple[str, ...]  # stems, or the beginning of a word followed by *
    lead: int = -1  # words that follow each other, the one at `lead` being the fullest; -1: in any order, anywhere
    good: bool = False
    close: bool = False  # in this order, and near: its words are said of anything


def tokens_of(text: str) -> list[str]:
    """The folded words of a text, empty ones included.

    >>> tokens_of("S'asseoir à l'ombre")
    ['s', 'asseoir', 'a', 'l', 'ombre']
    """
    return _TOKEN.findall(spelled_out(fold(_walking(text))))


def _walking(text: str) -> str:
    """« Marche » and « marchent » without an accent walk or work: the one word where losing it misleads (« marché »).

    >>> tokens_of("Le marché ne marche pas")
    ['le', 'marche', 'ne', 'marchons', 'pas']
    """
    return _WALKS.sub("marchons", unicodedata.normalize("NFC", text)) if "marche" in text.lower() else text


class Lexicon:
    """Concepts by their expressions. Immutable; equal tables find the same things in the same order. `language`: stems
    that are words of the language, those of the expressions among them."""

    def __init__(self, concepts: Mapping[Concept, Sequence[str]]):
        self.concepts = {concept: tuple(said) for concept, said in concepts.items()}
        self._exact: dict[str, list[_Expression]] = {}
        self._begin: dict[str, list[_Expression]] = {}
        self.words: set[str] = set()
        self.family = {name: c.name for c, names in self.concepts.items() if c.kind == FAMILY for name in names}
        for concept, said in self.concepts.items():
            if concept.kind == FAMILY:
                continue
            for expression in filter(None, (_expression(concept, one) for one in said)):
                self.words.update(word for word in expression.words if not word.endswith("*"))
                head = expression.words[max(expression.lead, 0)]
                table = self._begin if head.endswith("*") else self._exact
                table.setdefault(head.rstrip("*"), []).append(expression)
        self.language = known_words() | self.words
        self._lengths = sorted({len(head) for head in self._begin})
        self._short = {stem(head) for head in self._begin if len(head) > _SHORT_HEAD}

    def knows(self, root: str) -> bool:
        """Whether a stem is a word of the language, or is what a beginning of the lexicon leaves of one."""
        if root in self.language or stem(root) in self._short:
            return True
        return any(root[:length] in self._begin for length in self._lengths if _SHORT_HEAD < length <= len(root))

    def extended(self, more: Mapping[Concept, Sequence[str]]) -> "Lexicon":
        """This lexicon with other expressions; a concept of the same name keeps its kind and its own."""
        kept = {concept.name: concept for concept in self.concepts}
        merged = dict(self.concepts)
        for concept, said in more.items():
            home = kept.get(concept.name, concept)
            merged[home] = (*merged.get(home, ()), *said)
        return Lexicon(merged)

    def find(self, tokens: Sequence[str]) -> list[Match]:
        """The concepts of a note, one match each at most, the fullest expression first.

        Words that a longer expression holds do not speak again alone: « parking à vélos » is not « parking ». People
        and places are found besides, whatever the rest says.
        """
        stems = [stem(token) for token in tokens]
        found: list[tuple[bool, int, int, int, Concept, tuple[int, ...], bool]] = []
        for at, token in enumerate(tokens):
            if token in EMPTY:
                continue
            for expression in self._heads(token, stems[at]):
                places = _places(expression, tokens, stems, at)
                if places is not None:
                    size = sum(len(tokens[p]) for p in places)
                    weak = all(tokens[p] in _GENERAL for p in places)
                    told = -sum(len(word) for word in expression.words)
                    found.append((weak, -len(places), -size, told, expression.concept, places, not expression.good))
        taken: set[int] = set()
        matches: dict[Concept, Match] = {}
        for _, _, _, _, concept, places, bad in sorted(found):
            if concept.kind not in SIDE_KINDS:
                left = [p for p in places if p not in taken]
                if not left or (len(left) < len(places) and all(tokens[p] in _GENERAL for p in left)):
                    continue
                taken.update(places)
            first = matches.setdefault(concept, Match(concept, places, not bad))
            if first.at != places:
                matches[concept] = first._replace(again=(*first.again, *places))
        return list(matches.values())

    def _heads(self, token: str, root: str) -> Iterable[_Expression]:
        yield from self._exact.get(root, ())
        for length in self._lengths:
            if length > len(token):
                break
            yield from self._begin.get(token[:length], ())


def words_of_expression(said: str) -> list[str]:
    """The words of an expression: « aires de jeux » is aire, de, jeu; « dépôt* » keeps its star."""
    written = re.findall(r"(\d+|[^\W\d_]+)(\*?)", fold(_walking(said)))
    return [word + star if star else stem(word) for word, star in written]


def _expression(concept: Concept, said: str) -> _Expression | None:
    """Full words in any order, but where all are said of anything; where only one is full among several, all of them as
    they follow each other."""
    good, words = said.startswith(GOOD), words_of_expression(said)
    full = [word for word in words if word not in EMPTY and len(word) > 1]
    if not full:
        return None
    if len(full) == 1 and len(words) > 1:
        return _Expression(concept, tuple(words), words.index(full[0]), good)
    return _Expression(concept, tuple(full), good=good, close=all(word in _LOOSE_ROOTS for word in full))


def _places(found: _Expression, tokens: Sequence[str], stems: Sequence[str], head: int) -> tuple[int, ...] | None:
    """Where the words of an expression stand, its head at `head`; None where one is missing or far."""

    def says(at: int, word: str) -> bool:
        return tokens[at].startswith(word[:-1]) if word[-1] == "*" else stems[at] == word

    if found.lead >= 0:
        start = head - found.lead
        if start < 0 or start + len(found.words) > len(tokens):
            return None
        run = range(start, start + len(found.words))
        return tuple(run) if all(says(at, word) for at, word in zip(run, found.words, strict=True)) else None
    places = [head]
    for word in found.words[1:]:
        near = range(max(0, head - _REACH), min(len(tokens), head + _REACH + 1))
        at = next((p for p in near if p not in places and says(p, word)), None)
        if at is None:
            return None
        places.append(at)
    if found.close and any(not 0 < b - a <= _CLOSE for a, b in pairwise(places)):
        return None
    between = tokens[places[0] + 1 : places[1]] if found.close and len(places) == 2 else ()
    if any(token not in EMPTY and not token.isdigit() for token in between):
        return None  # « petits pas », not « les petits ne savent pas »
    return tuple(sorted(places))


def parse(text: str, source: str = "") -> dict[Concept, tuple[str, ...]]:
    """The concepts of a table in text. Raises InputError with the line that cannot be read."""
    concepts: dict[Concept, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        head, colon, said = line.partition(":")
        mark, _, name = head.strip().partition(" ")
        if mark not in KINDS + GOOD or not mark or (mark.isalpha() and not name):
            mark, name = "+", head
        name = " ".join(name.split())
        expressions = tuple(one.strip() for one in said.split(",") if one.strip())
        if mark == GOOD:
            mark, expressions = "-", tuple(GOOD + one for one in expressions)
        if not colon or not name or not any(_expression(Concept("+", name), one) for one in expressions):
            message = "écrivez « nom : expression, expression », par exemple « bancs : banc, s'asseoir »."
            raise InputError(message, source=source, line=number)
        known = (c for c in concepts if c.name == name and (c.kind == FAMILY) == (mark == FAMILY))
        concept = next(known, Concept(mark, name))
        concepts[concept] = (*concepts.get(concept, ()), *expressions)
    return concepts


@cache
def neighbourhood() -> Lexicon:
    """The lexicon shipped with the package: neighbourhood life in French."""
    return Lexicon(parse(files("comptoir.analysis.grouping").joinpath("data/lexicon.txt").read_text("utf-8")))
