"""What a note states: of what it speaks, in which direction, for whom, where, with what numbers.

Definitions: docs/concepts/grouping.md, « La lecture d'une note ».
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comptoir.analysis.grouping.lexicon import EMPTY, SIDE_KINDS, WEAK, Concept, Lexicon, Match, tokens_of
from comptoir.analysis.grouping.marks import (
    AGAINST,
    ASKING,
    BROKEN,
    FAR,
    GOOD_SIDE,
    INFINITIVE,
    LACKING,
    LOST,
    NUMBERS,
    REMOVED,
    UNMENDED,
    Way,
    marks_of,
    words,
)
from comptoir.analysis.grouping.numbering import numbers_differ, numbers_of
from comptoir.analysis.grouping.profiles import spoken_words
from comptoir.analysis.grouping.words import STOP, stem

_STREET = words(
    "rue rues avenue av place pl boulevard bd allee allees cite residence square ecole college lycee parc tour "
    "batiment bat chemin impasse quai gymnase"
)
_HOUR = words("h heure heures")
_KIN, _OWN = words("filles garçons femmes hommes"), words("ma mon ta ton sa son")
_ONLY = tuple([first, second] for first in ("que", "uniquement", "seulement") for second in ("des", "les"))
_AGES = re.compile(r"(?<!\d)(\d{1,2}) ?[-/] ?(\d{1,2})(?!\d|[/-]|h)")
_DAY = ((6, "soir"), (12, "matin"), (17, "journée"), (24, "soir"))
_NO_SLIP: Mapping[str, str] = {}
_WHERE = words("devant dans sur sous pres cote autour abords derriere face pied")
_OF = words("de du des d la le les l")
_PEOPLE_OPPOSED = (
    frozenset({"aînés"}), frozenset({"jeunes", "enfants", "étudiants"}),
), (frozenset({"filles", "femmes"}), frozenset({"garçons", "hommes"}))  # fmt: skip
_TIMES = (("matin", "soir"), ("jour", "nuit"), ("ete", "hiver"), ("nord", "sud"), ("gauche", "droit"))
_SIDE = {stem(word): (axis, side) for axis, pair in enumerate(_TIMES) for side, word in enumerate(pair)}


@dataclass(frozen=True, slots=True)
class Statement:
    """`ways`: each concept with its direction. `words`: stems that no concept explains. `people`, `numbers`, `places`
    and `sides` keep notes apart. `settings`: the concepts that only say where. `refused`: the verbs that « ne pas »
    forbids. `aspects`: what of the thing, its price or its hours. `moments`: when. `families`: that of each concept
    that has one. `said`: the words that say each concept, folded. `spoken`: every full word, for the note's profile."""

    ways: tuple[tuple[Concept, Way], ...]
    people: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    places: frozenset[str]
    sides: frozenset[tuple[int, int]]
    settings: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    moments: frozenset[str] = frozenset()
    families: Mapping[str, str] = field(default_factory=dict, compare=False)
    said: Mapping[str, str] = field(default_factory=dict, compare=False)
    spoken: tuple[str, ...] = field(default=(), compare=False)

    @property
    def features(self) -> dict[str, Concept | None]:
        """What two notes may share, in one order: concepts by their name, « p:… » people, the other words."""
        found: dict[str, Concept | None] = {concept.name: concept for concept, _ in sorted(self.ways)}
        families = frozenset(self.families.values())
        for sign, names in (("f", families), ("p", self.people), ("a", self.aspects), ("t", self.moments)):
            found |= {f"{sign}:{name}": None for name in sorted(names)}
        return found | {f"m:{word}": None for word in sorted(self.words)}


def read_statement(text: str, lexicon: Lexicon, meant: Mapping[str, str] = _NO_SLIP) -> Statement:
    """The statement of a note; `meant` gives, for the stem of a slip, the stem that was meant."""
    tokens = [meant.get(stem(token), token) if len(token) > 3 else token for token in tokens_of(text)]
    matches = [match for match in lexicon.find(tokens) if not _is_kin(match, tokens)]
    # a place said in several words, « au pied de la tour », is only where; in one it may be what the note is about
    taken = {at for m in matches if m.concept.kind not in "lt" or len(m.at) > 1 for at in (*m.at, *m.again)}
    marks = marks_of(tokens, {at for match in matches if match.concept.kind not in "lat" for at in match.at})
    core = [match for match in matches if match.concept.kind not in SIDE_KINDS]
    better = any(m.concept.name == "amélioré" for m in matches)
    ways = tuple((m.concept, _improved(_way(m, tokens, marks), better)) for m in core)
    places = _named_places(text, tokens, taken)
    others = frozenset(
        stem(token)
        for at, token in enumerate(tokens)
        if at not in taken and at not in marks and token not in EMPTY and token not in STOP and len(token) > 1
        and not token.isdigit() and token not in NUMBERS and token not in WEAK
    )  # fmt: skip
    return Statement(
        ways=ways,
        people=frozenset(match.concept.name for match in matches if match.concept.kind == "p") | _of_age(text),
        aspects=frozenset(match.concept.name for match in matches if match.concept.kind == "a"),
        moments=frozenset(match.concept.name for match in matches if match.concept.kind == "t") | _hours(tokens),
        words=others,
        numbers=numbers_of(text, tokens),
        places=places,
        sides=frozenset(_SIDE[stem(token)] for token in tokens if stem(token) in _SIDE),
        said={m.concept.name: " ".join(tokens[at] for at in m.at if tokens[at] not in EMPTY) for m in core},
        families={m.concept.name: lexicon.family[m.concept.name] for m in core if m.concept.name in lexicon.family},
        refused=frozenset(
            stem(verb)
            for no, step, verb in zip(tokens, tokens[1:], tokens[2:], strict=False)
            if (no, step) == ("ne", "pas") and verb.endswith(INFINITIVE)
        ),
        spoken=spoken_words(tokens),
        settings=frozenset(match.concept.name for match in core if _is_setting(match.at[0], tokens)),
    )


def _is_kin(match: Match, tokens: Sequence[str]) -> bool:
    """« Ma fille attend un médecin »: someone of mine; « que des garçons »: the others are who lacks. Neither is the
    public of the note."""
    if match.concept.name not in _KIN or len(match.at) != 1:
        return False
    before = tokens[max(0, match.at[0] - 2) : match.at[0]]
    return before[-1:] != [] and (before[-1] in _OWN or before in _ONLY)


def _is_setting(at: int, tokens: Sequence[str]) -> bool:
    """Whether what stands there only says where: « devant l'école », « dans le parc »."""
    before = [token for token in tokens[max(0, at - 3) : at] if token not in _OF and token not in ("aux", "notre")]
    return bool(before) and before[-1] in _WHERE


def _of_age(text: str) -> frozenset[str]:
    """The public of a range of ages: « les 13-18 », « les 6/10 ans »."""
    upto = (int(last) for first, last in _AGES.findall(text) if int(first) < int(last))
    return frozenset("enfants" if last <= 12 else "jeunes" for last in upto if last <= 30)


def _hours(tokens: Sequence[str]) -> frozenset[str]:
    """The moment of the day of an hour: « après 20h », « 3 h du mat »."""
    said = (int(number) for number, sign in pairwise(tokens) if sign in _HOUR and number.isdigit())
    return frozenset(next(name for upto, name in _DAY if hour < upto) for hour in said if hour < 24)


def _way(match: Match, tokens: Sequence[str], marks: Mapping[int, Way]) -> Way:
    """The direction of a concept said at these places: that of the nearest mark before it, else after it."""
    concept, at = match.concept, match.at
    here = at[0]
    said = {p: way for p, way in marks.items() if p not in at or tokens[p] == "plus"}
    if concept.kind == "-":
        there_is = {p for p in said if tokens[p] == "a"}
        said = {p: way for p, way in said.items() if p not in there_is}
    near = [way for p, way in said.items() if 0 <= here - p <= _reach(tokens[p])]
    if not near:
        near = [way for p, way in said.items() if here < p <= here + FAR and tokens[p] != "trop"][:1]
    way = near[-1] if near else Way.NAMED
    if way is Way.PRAISED and (Way.ASKED in near or _is_over(tokens)):
        way = Way.ASKED
    if concept.kind == "-":
        return _way_of_remedy(here, tokens, way) if match.good else _way_of_nuisance(here, at, tokens, marks, way)
    if concept.kind == "!":
        return Way.PRAISED if way in (Way.NAMED, Way.BROKEN) else way
    inside = [tokens[p] for p in at]
    if any(AGAINST.fullmatch(token) and token.endswith(INFINITIVE) for token in inside):
        return Way.AGAINST
    if (Way.BROKEN in said.values() and way is not Way.AGAINST) or any(map(BROKEN.fullmatch, inside)):
        return Way.BROKEN if concept.kind == "*" else Way.ASKED
    if any(map(ASKING.fullmatch, inside)) or any(LOST.fullmatch(tokens[p]) for p in _around(at, tokens)):
        return Way.ASKED
    if concept.kind == "=" and any(p < here and tokens[p] in LACKING for p in said):
        return Way.AGAINST
    return way


def _is_over(tokens: Sequence[str]) -> bool:
    """« C'était bien, ça n'existe plus » : what was liked is missed."""
    return any(token in ("existe", "existent") and after == "plus" for token, after in pairwise(tokens))


def _improved(way: Way, better: bool) -> Way:
    """« Enfin réparé » : what was complained of is over, what was broken works."""
    return Way.PRAISED if better and way in (Way.NAMED, Way.BROKEN, Way.WISHED) else way


def _around(at: Sequence[int], tokens: Sequence[str]) -> range:
    """The places of an expression and of the words that touch it."""
    return range(max(0, at[0] - 2), min(len(tokens), at[-1] + 3))


def _way_of_remedy(here: int, tokens: Sequence[str], way: Way) -> Way:
    """A nuisance said by the good thing that lacks or fails: to ask for it, or to name it, is to complain."""
    before = tokens[max(0, here - 4) : here]
    if any(REMOVED.fullmatch(token) for token in before) or before[-2:] in (["trop", "de"], ["trop", "d"]):
        return Way.NAMED if UNMENDED.fullmatch(tokens[here]) else Way.AGAINST
    return Way.PRAISED if way is Way.PRAISED else Way.NAMED


def _way_of_nuisance(here: int, at: Sequence[int], tokens: Sequence[str], marks: Mapping[int, Way], way: Way) -> Way:
    """A nuisance is complained of however it is said, but where it is said not to be there, or by its good side."""
    if any(GOOD_SIDE.fullmatch(tokens[p]) and not tokens[p].endswith(INFINITIVE) for p in at):
        if any(tokens[p] in LACKING for p in (*marks, *at) if p <= here):
            return Way.NAMED
        return Way.ASKED if way is Way.ASKED else Way.WISHED
    return Way.PRAISED if way is Way.PRAISED or _absent(here, tokens) else Way.NAMED


def _reach(mark: str) -> int:
    """« Trop de » speaks of what follows at once, the other marks of the whole clause."""
    return 3 if mark == "trop" else FAR


def _absent(here: int, tokens: Sequence[str]) -> bool:
    """Whether a nuisance is said not to be there: « pas de bruit », « aucun bruit »."""
    before = tokens[max(0, here - 2) : here]
    if here > 2 and tokens[here - 3] == "trop":
        return False
    return before[-2:] in (["pas", "de"], ["pas", "d"], ["jamais", "de"], ["peu", "de"]) or before[-1:] in (
        ["aucun"], ["aucune"], ["sans"],
    )  # fmt: skip


def _named_places(text: str, tokens: Sequence[str], taken: set[int]) -> frozenset[str]:
    """The proper names that follow « rue », « école », « bâtiment »…, and other names in capitals inside the note."""
    raw = re.findall(r"\d+|[^\W\d_]+", text)
    same = len(raw) == len(tokens)
    places: set[str] = set()
    for at, token in enumerate(tokens):
        if token not in _STREET:
            continue
        p = at + 1
        particle = False
        while p < len(tokens) and tokens[p] in _OF:
            particle, p = True, p + 1
        while p < len(tokens) and p not in taken and tokens[p] not in EMPTY and tokens[p] not in STOP:
            capital = same and raw[p][0].isupper() and not text.isupper()
            if (
                tokens[p] in WEAK
                or stem(tokens[p]) in _SIDE
                or not (capital or (particle and p == at + 2 and tokens[at] != "ecole"))
            ):
                break
            places.add(stem(tokens[p]))
            p += 1
    return frozenset(places)


_CLASH = {
    frozenset(pair)
    for pair in (
        (Way.ASKED, Way.AGAINST), (Way.ASKED, Way.PRAISED), (Way.ASKED, Way.BROKEN), (Way.NAMED, Way.AGAINST),
        (Way.NAMED, Way.PRAISED), (Way.NAMED, Way.WISHED), (Way.NAMED, Way.BROKEN), (Way.AGAINST, Way.BROKEN),
        (Way.AGAINST, Way.PRAISED), (Way.AGAINST, Way.WISHED), (Way.BROKEN, Way.PRAISED), (Way.BROKEN, Way.WISHED),
    )
}  # fmt: skip


def clash(a: Way, b: Way) -> bool:
    return frozenset((a, b)) in _CLASH


def opposed(a: Statement, b: Statement, of_hours: bool = False) -> bool:
    """Whether two statements are contrary or speak of two different places, numbers, moments or publics. Symmetric.
    `of_hours`: both are about hours, which one may complain of as they are, or wish otherwise."""
    if numbers_differ(a.numbers, b.numbers) or a.refused != b.refused:
        return True
    if a.places and b.places and not a.places & b.places:
        return True
    if not of_hours and a.moments and b.moments and not a.moments & b.moments:
        return True
    theirs = dict(b.sides)
    if not a.sides & b.sides and any(theirs.get(axis, side) != side for axis, side in a.sides):
        return True
    for one, other in _PEOPLE_OPPOSED:
        for x, y in ((a.people, b.people), (b.people, a.people)):
            if x & one and not x & other and y & other and not y & one:
                return True
    return False
