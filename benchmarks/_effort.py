"""A simulated facilitator: from the draft, takes out what is wrong, answers suggestions truthfully, moves the rest.

One action is one gesture: a note taken out of a line, an answer to a suggestion, a note or line moved by hand. Without
the method, every note is moved by hand to its line: one action a note.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.analysis.grouping import Constraints, DomainGrouping, Text
from comptoir.analysis.grouping.taught import learn
from comptoir.analysis.grouping.usefulness import most_useful_first

STOP_AFTER = 4
"""Refusals in a row after which the facilitator goes on by hand."""


@dataclass(frozen=True, slots=True)
class Effort:
    """`joined[k]`: pieces of true lines put together after k actions; `taken`, `answered`, `moved`: actions by kind."""

    notes: int
    lines: int
    taken: int
    answered: int
    moved: int
    joined: tuple[int, ...]

    @property
    def actions(self) -> int:
        return self.taken + self.answered + self.moved

    def line(self, label: str) -> str:
        share = 100 * self.actions / self.notes
        merges = self.notes - self.lines
        return (
            f"- {label} : {self.notes} notes, {self.lines} lignes. {share:.0f} gestes pour 100 notes, contre 100 à la "
            f"main ({self.taken} notes sorties, {self.answered} réponses, {self.moved} déplacements ; à la main, en ne "
            f"comptant que les notes qui en rejoignent une autre, {100 * merges / self.notes:.0f}). {self.steps()}."
        )

    def steps(self) -> str:
        """The curve: after so many actions, what is left to put together."""
        marks = sorted({0, *(len(self.joined) * k // 8 for k in range(1, 9))})
        return " · ".join(f"{k} gestes : reste {self.joined[k]}" for k in marks if k < len(self.joined))


def curve(notes: Sequence[str], truth: Sequence[str], *, useful: bool = True) -> Effort:
    """`useful`: the most useful suggestion is answered first, as the board asks it; else the surest."""
    texts = [Text(str(i), note) for i, note in enumerate(notes)]
    true = {text.id: group for text, group in zip(texts, truth, strict=True)}
    method = DomainGrouping()
    lines: list[set[str]] = []
    taken = 0
    for group in method.group(texts):
        kinds = Counter(true[member] for member in group.members)
        main = max(sorted(kinds), key=lambda kind: kinds[kind])
        lines.append({m for m in group.members if true[m] == main})
        lines += [{m} for m in group.members if true[m] != main]
        taken += len(group.members) - kinds[main]
    left = [_left(lines, true)] * (taken + 1)
    apart: set[tuple[str, str]] = set()
    answered, refused = 0, 0
    while refused < STOP_AFTER:
        together = {(min(line), member) for line in lines for member in line if member != min(line)}
        decided = Constraints(frozenset(together), frozenset(apart))
        taught = DomainGrouping(learned=learn(texts, decided, method.lexicon))
        found = taught.suggest(texts, decided, limit=None if useful else 1)
        if not found:
            break
        if useful:
            said = {member: len(line) for line in lines for member in line}
            found = most_useful_first(found, said)
        a, b = found[0].a, found[0].b
        answered += 1
        if true[a] == true[b]:
            refused = 0
            one, other = (next(line for line in lines if i in line) for i in (a, b))
            one |= other
            lines.remove(other)
        else:
            refused += 1
            apart.add((a, b))
        left.append(_left(lines, true))
    moved = left[-1]
    left += range(moved - 1, -1, -1)
    return Effort(len(notes), len(set(truth)), taken, answered, moved, tuple(left))


def _left(lines: Sequence[set[str]], true: dict[str, str]) -> int:
    """How many lines must still be put on another."""
    pieces: dict[str, int] = defaultdict(int)
    for line in lines:
        pieces[true[min(line)]] += 1
    return sum(n - 1 for n in pieces.values())
