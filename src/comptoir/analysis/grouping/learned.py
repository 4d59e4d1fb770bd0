"""What a contract's people taught by their decisions: words that mean the same here, words that tell apart.

Definition: docs/concepts/grouping.md, « Ce que les décisions apprennent ».
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from comptoir.analysis.errors import InputError

_ENOUGH = 0.5
"""Evidence from which two things are taken as one, or as telling two notes apart. One decision between two notes
that differ by one word each gives 1."""
_MOST = 12
"""Things proper to a note beyond which a decision teaches nothing: it could be any of them."""
_TOLD_APART = 0.6
_SIGN = {"=": "same", "/": "other"}

Evidence = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Learned:
    """`same` and `other`: how much was shown, for two features of statements (see `Statement.features`), that they say
    the same or that they tell apart. Immutable; the order of the decisions does not matter."""

    same: Evidence = field(default_factory=dict)
    other: Evidence = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """For each feature that is said to be another's equal, the name that stands for all of them."""
        above: dict[str, str] = {}

        def top(feature: str) -> str:
            while feature in above:
                feature = above[feature]
            return feature

        for pair, weight in sorted(self.same.items()):
            if weight - self.other.get(pair, 0.0) >= _ENOUGH:
                a, b = sorted(map(top, pair))
                if a != b:
                    above[b] = a
        return {feature: top(feature) for feature in above}

    @cached_property
    def _told_apart(self) -> frozenset[tuple[str, str]]:
        return frozenset(p for p, weight in self.other.items() if weight - self.same.get(p, 0.0) >= _ENOUGH)

    def doubt(self, ours: Iterable[str], theirs: Iterable[str]) -> float:
        """What is left of a likeness when the notes hold things that people said tell apart."""
        if not self._told_apart:
            return 1.0
        a, b = set(ours), set(theirs)
        pairs = (tuple(sorted((x, y))) for x in a - b for y in b - a)
        return _TOLD_APART if any(pair in self._told_apart for pair in pairs) else 1.0

    def with_decisions(
        self,
        together: Iterable[tuple[frozenset[str], frozenset[str]]],
        apart: Iterable[tuple[frozenset[str], frozenset[str]]],
    ) -> "Learned":
        """This, and what these decisions teach. A decision is the features of its two notes."""
        return Learned(_shown(self.same, together), _shown(self.other, apart))

    def text(self) -> str:
        """One line per pair: « = mot | mot : 0.5 » for the same, « / » for told apart. `parse` reads it back."""
        lines = [
            f"{sign} {a} | {b} : {round(weight, 4):g}"
            for sign, name in _SIGN.items()
            for (a, b), weight in sorted(getattr(self, name).items())
        ]
        return "".join(f"{line}\n" for line in lines)


NOTHING_LEARNED = Learned()


def _shown(known: Evidence, decisions: Iterable[tuple[frozenset[str], frozenset[str]]]) -> dict[tuple[str, str], float]:
    shown = dict(known)
    for ours, theirs in decisions:
        a, b = ours - theirs, theirs - ours
        if not a or not b or max(len(a), len(b)) > _MOST:
            continue
        for x in a:
            for y in b:
                low, high = sorted((x, y))
                shown[low, high] = shown.get((low, high), 0.0) + 1 / (len(a) * len(b))
    return {pair: round(shown[pair], 6) for pair in sorted(shown)}


def is_learned(line: str) -> bool:
    """Whether a line of a lexicon file is one of those that `Learned.text` writes."""
    return line[:2] in ("= ", "/ ") and " | " in line


def parse(lines: Iterable[tuple[int, str]], source: str = "") -> Learned:
    """What `Learned.text` wrote, from numbered lines. Raises InputError with the line that cannot be read."""
    found: dict[str, dict[tuple[str, str], float]] = {"same": {}, "other": {}}
    for number, line in lines:
        pair, _, weight = line[2:].rpartition(" : ")
        a, bar, b = pair.partition(" | ")
        try:
            value = float(weight)
        except ValueError:
            value = -1.0
        if not (a.strip() and bar and b.strip() and 0 < value < 1e9):
            message = "une ligne apprise s'écrit « = mot | mot : 1 » ou « / mot | mot : 1 »."
            raise InputError(message, source=source, line=number)
        low, high = sorted((a.strip(), b.strip()))
        found[_SIGN[line[0]]][low, high] = value
    return Learned(found["same"], found["other"])


def merged(one: Learned, other: Learned) -> Learned:
    """What either was shown: for each pair the greater evidence, so that reading a file twice adds nothing."""

    def greater(a: Evidence, b: Evidence) -> dict[tuple[str, str], float]:
        return {pair: max(a.get(pair, 0.0), b.get(pair, 0.0)) for pair in sorted({*a, *b})}

    return Learned(greater(one.same, other.same), greater(one.other, other.other))
