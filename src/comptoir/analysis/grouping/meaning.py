"""How alike two notes are in what they state. Definition: docs/concepts/grouping.md, « La ressemblance de sens »."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from comptoir.analysis.grouping.learned import NOTHING_LEARNED, Learned
from comptoir.analysis.grouping.lexicon import SIDE_KINDS, WEAK, Concept
from comptoir.analysis.grouping.profiles import Profiles
from comptoir.analysis.grouping.stance import Stance, at_odds, contrary, denied, turned
from comptoir.analysis.grouping.statement import Statement, clash, opposed
from comptoir.analysis.grouping.words import stem

Floats = npt.NDArray[np.float32]

_PRIOR = 50
"""Notes that count as already read when a rarity is measured, so that five notes are not weighed by chance."""
_BESIDE = 0.6
"""What a thing weighs beside a complaint: in « des rats près des poubelles » it is the rats."""
_SETTING = 0.3
"""What a thing weighs that only says where: the school of « des bancs devant l'école »."""
_FAMILY = 0.5
"""What of a subject is that of its family, shared with the others of it: « bus » in « ponctualité des bus »."""
_WORD, _WORD_OF_FEW, _FEW = 0.8, 1.3, 60
"""A word that no concept explains, shared; among few notes it is less likely to be so by chance."""
_WORD_LOST, _WORD_LOST_MORE, _WORD_LOST_MOST = 0.12, 0.08, 0.8
_WORD_LOST_ALONE = 0.4
_BESIDES = {"p:": (0.8, 0.4), "a:": (0.8, 0.4), "t:": (0.6, 0.3)}
"""What a public, an aspect and a moment bring when shared, and cost when they are not."""
_ASIDE = 0.6
"""What is left of a likeness where one note says the price and the other the hours, or denies what the other says."""
_AT_ODDS = 0.9
"""What is left of what two notes state where they turn the same words two ways."""
_KIN = 0.85
"""What is left where the two have no subject in common, but two of one family: near, not the same."""
_NEAR, _MANY = 0.7, 300
"""What the nearness of two profiles weighs, beside what the two notes state; in a place of more notes than that, less
and less, for the more notes the more are near by chance."""
_SWAPPED = 0.5
"""How much more than a precision added costs a thing put in the place of another."""
_PASSING = 0.5
"""What is left of the cost of a subject said in one word, beside another said in several."""
_HOURS = "horaires"
"""In the name of a subject: a wrong hour is complained of by it, or the right one asked for."""
_ROWS_AT_ONCE = 512
_WEAK_ROOTS = frozenset(map(stem, WEAK))


class Meanings:
    """The statements of one call, compared. `places[i]` is where statement i stands: only those of one place meet."""

    def __init__(
        self,
        statements: Sequence[Statement],
        stances: Sequence[Stance],
        places: Sequence[int],
        profiles: Profiles,
        learned: Learned = NOTHING_LEARNED,
    ):
        self.statements, self._stances, self._learned = statements, stances, learned
        self._ways = [dict(statement.ways) for statement in statements]
        self._features = [_features(statement, learned) for statement in statements]
        frequency = Counter(feature for features in self._features for feature in features)
        self._frequency = frequency
        self._rarity = {f: math.log((len(statements) + _PRIOR) / (n + 1)) for f, n in frequency.items()}
        self._of_place: dict[int, list[int]] = {}
        for i, place in enumerate(places):
            self._of_place.setdefault(place, []).append(i)
        self._place = list(places)
        self._roots = [frozenset(map(stem, statement.spoken)) for statement in statements]
        self._profiles = profiles
        self._profile = profiles.of([statement.spoken for statement in statements])

    def edges(self, threshold: float, only: int | None = None) -> Iterator[tuple[int, int, float]]:
        """Pairs a < b of one place, not opposed, with a likeness of `threshold` or more; those of `only` if given."""
        for place, members in sorted(self._of_place.items()):
            if only is None:
                yield from self._within(members, members, threshold)
            elif place == self._place[only]:
                yield from self._within([only], members, threshold)

    def _within(self, rows: list[int], members: list[int], threshold: float) -> Iterator[tuple[int, int, float]]:
        table = _Table(self, members)
        position = {i: k for k, i in enumerate(members)}
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            chosen = rows[start : start + _ROWS_AT_ONCE]
            shared = table.likeness([position[i] for i in chosen])
            likeness = self._with_profiles(shared, chosen, members)
            for r, c in zip(*np.nonzero(likeness >= threshold), strict=True):
                a, b = chosen[r], members[c]
                if a == b or (len(rows) > 1 and a > b):
                    continue
                # words that two notes turn two ways make nothing nearer than what the notes state
                alike = _AT_ODDS * min(shared[r, c], likeness[r, c]) if self._at_odds(a, b) else likeness[r, c]
                score = float(alike) * self._doubt(a, b)
                if score >= threshold and not self.contrary(a, b):
                    yield min(a, b), max(a, b), round(score, 4)

    def _with_profiles(self, likeness: Floats, rows: list[int], members: list[int]) -> Floats:
        """The weighed mean of what two notes state and of how near their profiles are; the first where one has none."""
        near = self._profile[rows] @ self._profile[members].T
        both = np.outer(self._profile[rows].any(axis=1), self._profile[members].any(axis=1))
        weight = _NEAR * min(1.0, _MANY / max(len(members), 1))
        found: Floats = np.where(both, (likeness + weight * near) / (1 + weight), likeness)
        return found

    def _doubt(self, a: int, b: int) -> float:
        """Below 1 where something was learned against it, where each says another aspect of the same thing, or where
        one denies a word, of no subject, that the other says."""
        ours, theirs = self.statements[a].aspects, self.statements[b].aspects
        aside = _ASIDE if ours and theirs and not ours & theirs else 1.0
        if not self._ways[a].keys() & self._ways[b].keys() and self._same_family(a, b):
            aside *= _KIN
        words = self.statements[a].words & self.statements[b].words
        if words & (denied(self._stances[a]) ^ denied(self._stances[b])):
            aside *= _ASIDE
        return aside * self._learned.doubt(self._features[a], self._features[b])

    def _same_family(self, a: int, b: int) -> bool:
        ours, theirs = (self.statements[i].families.values() for i in (a, b))
        return not set(ours).isdisjoint(theirs)

    def _at_odds(self, a: int, b: int) -> bool:
        common = self._roots[a] & self._roots[b]
        return at_odds(self._stances[a], self._stances[b], common if common - _WEAK_ROOTS else ())

    def contrary(self, a: int, b: int) -> bool:
        """Whether two notes may never be paired by themselves. Symmetric."""
        common = self._ways[a].keys() & self._ways[b].keys()
        if opposed(self.statements[a], self.statements[b], of_hours=any(_HOURS in concept.name for concept in common)):
            return True
        if turned(self._stances[a], self._stances[b]):
            return True
        if common:
            return any(clash(self._ways[a][c], self._ways[b][c]) for c in common)
        return not (self._ways[a] or self._ways[b]) and contrary(self._stances[a], self._stances[b])

    def reason(self, a: int, b: int) -> str:
        """What two statements have in common, in French; empty where only words do."""
        ours, theirs = self._features[a], self._features[b]
        common = [(feature, concept) for feature, concept in ours.items() if feature in theirs]
        subjects = [concept.name for _, concept in common if concept and concept.kind not in SIDE_KINDS]
        if not subjects:
            return self._near_subject(a, b)
        people = [feature.removeprefix("p:") for feature, _ in common if feature.startswith("p:")]
        first, second = self.statements[a].said.get(subjects[0]), self.statements[b].said.get(subjects[0])
        words = f" (« {first} » / « {second} »)" if first and second and first != second else ""
        sentence = f"Même sujet : {' ; '.join(subjects[:2])}{words}"
        return f"{sentence}, pour {' et '.join(people)}" if people else sentence

    def _near_subject(self, a: int, b: int) -> str:
        """The subject of which the words of two notes are most said, and the word of each that says it."""
        both = self._profile[a] * self._profile[b]
        subject = int(both.argmax())
        if both[subject] <= 0:
            return ""
        first, second = (self._profiles.telling(self.statements[i].spoken, subject) for i in (a, b))
        words = f"« {first} »" if first == second else f"« {first} » / « {second} »"
        return f"Mots d'un même sujet : {self._profiles.subjects[subject]} ({words})"

    def weights(self, i: int) -> dict[str, tuple[float, float]]:
        """What each feature of a statement brings when shared, and costs when it is not."""
        found: dict[str, tuple[float, float]] = {}
        statement = self.statements[i]
        shared = _WORD_OF_FEW if len(self._of_place[self._place[i]]) <= _FEW else _WORD
        complains = any(c.kind == "-" for c, _ in statement.ways)
        core = any(c.name not in statement.settings for c, _ in statement.ways)
        fuller = any(" " in statement.said.get(c.name, "") for c, _ in statement.ways)
        for feature, concept in self._features[i].items():
            rarity = self._rarity[feature]
            if concept is None and feature[:2] in _BESIDES:
                found[feature] = _BESIDES[feature[:2]]
            elif concept is None and feature.startswith("f:"):
                found[feature] = (_FAMILY * rarity, _FAMILY * rarity)
            elif concept is None:
                lost = _lost(self._frequency[feature]) if statement.ways else _WORD_LOST_ALONE
                found[feature] = (shared * rarity, lost * rarity)
            else:
                if concept.name in statement.families:
                    rarity *= 1 - _FAMILY
                if complains and concept.kind in "+*=":
                    rarity *= _BESIDE
                if core and concept.name in statement.settings:
                    rarity *= _SETTING
                passing = fuller and " " not in statement.said.get(concept.name, "")
                found[feature] = (rarity, rarity * _PASSING if passing else rarity)
        return found


def _lost(notes: int) -> float:
    """What a word costs on one side only, where a concept says what the note is about: little when it comes once, more
    when notes keep coming back to it, for then it tells them apart."""
    return min(_WORD_LOST_MOST, _WORD_LOST + _WORD_LOST_MORE * max(0, notes - 2))


class _Table:
    """The statements of one place as rows of weights."""

    def __init__(self, meanings: Meanings, members: Sequence[int]):
        rows = [meanings.weights(i) for i in members]
        columns = {f: k for k, f in enumerate(sorted({f for row in rows for f in row}))}
        shape = (len(members), len(columns))
        self._gain, self._loss = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        for r, row in enumerate(rows):
            for feature, (gain, loss) in row.items():
                self._gain[r, columns[feature]] = math.sqrt(gain)
                self._loss[r, columns[feature]] = loss
        self._held = (self._loss > 0).astype(np.float32)
        self._total = self._loss.sum(axis=1)

    def likeness(self, rows: Sequence[int]) -> Floats:
        """What is shared, over it plus what is only on one side, half of the smaller side counted once more."""
        at = list(rows)
        shared = self._gain[at] @ self._gain.T
        ours = self._total[at, None] - self._loss[at] @ self._held.T
        theirs = self._total[None, :] - self._held[at] @ self._loss.T
        ours, theirs = np.maximum(ours, 0), np.maximum(theirs, 0)
        found: Floats = shared / (shared + ours + theirs + _SWAPPED * np.minimum(ours, theirs) + 1e-6)
        return found


def _features(statement: Statement, learned: Learned) -> dict[str, Concept | None]:
    """The features of a statement under the names that people gave them, with the concept where they are one."""
    found: dict[str, Concept | None] = {}
    for feature, concept in statement.features.items():
        name = learned.names.get(feature, feature)
        found[name] = concept or found.get(name)
    return found
