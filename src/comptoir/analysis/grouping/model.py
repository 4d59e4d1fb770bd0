"""What every grouping method takes and gives. Definition and guarantees: docs/concepts/grouping.md."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Text:
    """One note. `id` is unique in a call; `within` says where it stands (subject, column…); `tally`, times said.

    Only texts with the same `within` are ever paired.
    """

    id: str
    text: str
    within: tuple[str, ...] = ()
    tally: int = 1


class ReasonKind(StrEnum):
    IDENTICAL = "identical"
    TYPO = "typo"
    WORDS = "words"
    MEANING = "meaning"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two notes are paired: `sentence` is French, for the person who decides."""

    kind: ReasonKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two notes that seem to say the same thing. `score` goes from 0 to 1 (the same words)."""

    a: str
    b: str
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Constraints:
    """What people decided, as pairs of ids in any order. Always obeyed.

    `together` is transitive; `apart` also keeps apart the groups of the two notes. Ids that are not among the texts
    are ignored, and so is a pair whose notes do not stand in the same place (`within`).
    """

    together: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    apart: frozenset[tuple[str, str]] = field(default_factory=frozenset)


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, slots=True)
class Group:
    """Notes that say the same thing. `members` are ids in the order given, `links` the pairs that hold them together
    (one fewer than the members), `label` the words of the most central note, `occurrences` the sum of the tallies."""

    label: str
    members: tuple[str, ...]
    occurrences: int
    links: Sequence[Pair] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The distinct sentences of the links, in order."""
        return tuple(dict.fromkeys(link.reason.sentence for link in self.links))


class Grouping(Protocol):
    """A method that finds which notes say the same thing. Same texts and decisions, same answer, in any order.

    Each raises InputError where an id comes twice or where `together` and `apart` contradict each other.
    """

    def suggest(
        self, texts: Sequence[Text], constraints: Constraints = NO_CONSTRAINTS, limit: int | None = None
    ) -> list[Pair]:
        """Pairs to show to a person, the surest first, at most one between two groups already decided.

        Pairs already together or apart are left out.
        """
        ...

    def resembles(self, text: Text, among: Sequence[Text], limit: int = 5) -> list[Pair]:
        """The notes that a new one resembles, the surest first. `a` is always the new note's id."""
        ...

    def group(self, texts: Sequence[Text], constraints: Constraints = NO_CONSTRAINTS) -> list[Group]:
        """Every note in exactly one group: most occurrences first, then first appearance."""
        ...
