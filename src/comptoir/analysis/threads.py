"""How much of what was said reached a commitment, a kept result, an answer: docs/concepts/thread.md. No database."""

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field

NOTHING: frozenset[Hashable] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Times that a line was said by one kind of people about one subject. `line` None: lines that lead nowhere."""

    line: Hashable | None
    occurrences: int
    speaker: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Occurrences, not people: all, then those of which a line reached each step. Each counts once, whatever its ways.

    `through_objective`: those of `committed` that only an objective leads there. `kept`: tenu or tenu en partie;
    `wholly`: those of `kept` for which a commitment is wholly kept.
    """

    occurrences: int = 0
    committed: int = 0
    through_objective: int = 0
    kept: int = 0
    wholly: int = 0
    answered: int = 0

    @property
    def unanswered(self) -> int:
        return self.occurrences - self.answered

    def share(self, part: int) -> float | None:
        """Part of all occurrences, from 0 to 1; None where nothing was said."""
        return part / self.occurrences if self.occurrences else None


@dataclass(frozen=True, slots=True)
class Ways:
    """Where lines lead: to commitments, directly and through an objective that cites them; those that were answered.

    `kept` and `wholly`: the commitments kept at least in part, and those kept wholly.
    """

    direct: Mapping[Hashable, Set[Hashable]] = field(default_factory=dict)
    through: Mapping[Hashable, Set[Hashable]] = field(default_factory=dict)
    kept: Set[Hashable] = NOTHING
    wholly: Set[Hashable] = NOTHING
    answered: Set[Hashable] = NOTHING


@dataclass(frozen=True, slots=True)
class Account:
    """The whole, then the same by who speaks and, apart, by whom it is about: the two are never crossed."""

    whole: Reached
    by_speaker: Mapping[str, Reached]
    by_subject: Mapping[str, Reached]


@dataclass(slots=True)
class _Sum:
    occurrences: int = 0
    committed: int = 0
    through_objective: int = 0
    kept: int = 0
    wholly: int = 0
    answered: int = 0

    def closed(self) -> Reached:
        return Reached(self.occurrences, self.committed, self.through_objective, self.kept, self.wholly, self.answered)


def account(said: Iterable[Said], ways: Ways) -> Account:
    """What became of what was said. Raises ValueError where a count is negative."""
    whole, by_speaker, by_subject = _Sum(), dict[str, _Sum](), dict[str, _Sum]()
    for one in said:
        if one.occurrences < 0:
            raise ValueError("a line is said zero times or more")
        direct = ways.direct.get(one.line, NOTHING) if one.line is not None else NOTHING
        through = ways.through.get(one.line, NOTHING) if one.line is not None else NOTHING
        for total in (
            whole,
            by_speaker.setdefault(one.speaker, _Sum()),
            by_subject.setdefault(one.subject, _Sum()),
        ):
            _add(total, one, direct, through, ways)
    return Account(
        whole.closed(), {key: one.closed() for key, one in by_speaker.items()},
        {key: one.closed() for key, one in by_subject.items()},
    )  # fmt: skip


def _add(total: _Sum, one: Said, direct: Set[Hashable], through: Set[Hashable], ways: Ways) -> None:
    n = one.occurrences
    total.occurrences += n
    if direct or through:
        total.committed += n
        total.through_objective += 0 if direct else n
    if not (ways.kept.isdisjoint(direct) and ways.kept.isdisjoint(through)):
        total.kept += n
        if not (ways.wholly.isdisjoint(direct) and ways.wholly.isdisjoint(through)):
            total.wholly += n
    if one.line is not None and one.line in ways.answered:
        total.answered += n
