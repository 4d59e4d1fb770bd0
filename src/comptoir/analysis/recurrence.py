"""What two comptoirs both say, what comes back, what falls silent. See docs/concepts/recurrences.md."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comptoir.analysis.grouping import Group, Grouping, LexicalGrouping, Text


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a comptoir: `count` is how many times it was said, `day` when, None where nobody noted it."""

    id: str
    text: str
    place: str
    count: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """Lines that say the same thing. `label` is the words of the most central one, `reasons` why they are together."""

    label: str
    lines: tuple[Said, ...]
    reasons: tuple[str, ...] = ()

    def count_in(self, place: str) -> int:
        return sum(line.count for line in self.lines if line.place == place)

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def places(self) -> tuple[str, ...]:
        """Where it was said, in order of day."""
        return tuple(dict.fromkeys(line.place for line in self.lines))

    @property
    def last(self) -> date | None:
        return max((line.day for line in self.lines if line.day), default=None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`both`, `here` and `there` share out the themes of two comptoirs: each line is in one theme exactly."""

    both: tuple[Theme, ...]
    here: tuple[Theme, ...]
    there: tuple[Theme, ...]


def themes(lines: Iterable[Said], method: Grouping | None = None) -> list[Theme]:
    """The lines by theme, the most said first; the lines of a theme from the oldest to the latest."""
    known = {line.id: line for line in lines}
    texts = [Text(id=line.id, text=line.text, tally=max(1, line.count)) for line in known.values()]
    return [_theme(group, known) for group in (method or LexicalGrouping()).group(texts)]


def compare(here: Sequence[Said], there: Sequence[Said], method: Grouping | None = None) -> Comparison:
    """What two comptoirs both say, and what one alone does."""
    ours, theirs = {line.id for line in here}, {line.id for line in there}
    found = themes([*here, *there], method)
    return Comparison(
        tuple(theme for theme in found if _touches(theme, ours) and _touches(theme, theirs)),
        tuple(theme for theme in found if not _touches(theme, theirs)),
        tuple(theme for theme in found if not _touches(theme, ours)),
    )


def recurring(found: Iterable[Theme]) -> list[Theme]:
    """The themes that two comptoirs at least have said, on different days, in order of the number of comptoirs."""
    kept = [theme for theme in found if len({line.day for line in theme.lines if line.day}) > 1]
    return sorted((theme for theme in kept if len(theme.places) > 1), key=lambda theme: -len(theme.places))


def silent(found: Iterable[Theme], *, today: date, months: int) -> list[Theme]:
    """The themes whose last voice is at least so many months old, the oldest first. Undated ones are not judged."""
    limit = months_before(today, months)
    kept = [(theme.last, theme) for theme in found if theme.last is not None and theme.last <= limit]
    return [theme for _, theme in sorted(kept, key=lambda pair: pair[0])]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _theme(group: Group, known: dict[str, Said]) -> Theme:
    lines = sorted((known[member] for member in group.members), key=lambda line: line.day or date.max)
    return Theme(group.label, tuple(lines), group.reasons)


def _touches(theme: Theme, ids: Collection[str]) -> bool:
    return any(line.id in ids for line in theme.lines)
