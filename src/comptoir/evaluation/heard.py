"""How many said better, the same, worse, as it may leave: docs/concepts/evaluation.md (« Petits nombres »). Pure."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from comptoir.analysis.disclosure import Cell, ReleasedCell, Rule, Table, protect

_ALL, _REST = "Ensemble", "…"
_WORDS = ("mieux", "pareil", "pire")


@dataclass(frozen=True, slots=True)
class Heard:
    """The answers of a place. `place` empty: all of them. `source`: what was gathered together."""

    key: Hashable
    source: Hashable
    place: str
    numbers: tuple[int, int, int]  # better, the same, worse


@dataclass(frozen=True, slots=True)
class Told:
    """What may be said of them; None where it may not, and `reason` then says why."""

    total: int | None
    numbers: tuple[int | None, int | None, int | None]
    reason: str


def told(heard: Sequence[Heard], threshold: int, *, secondary: bool = True) -> dict[Hashable, Told]:
    """By key. Places and their whole, gathered together, are protected together.

    `secondary=False` leaves out the cells that protect others: for tests that show what would leak, never otherwise.
    """
    rule = Rule(threshold=threshold, unit="réponses", distinct=False)
    sources: dict[Hashable, list[Heard]] = defaultdict(list)
    for one in heard:
        sources[one.source].append(one)
    found: dict[Hashable, Told] = {}
    for rows in sources.values():
        whole = next((one for one in rows if not one.place), None)
        rest = _rest(whole, rows) if whole else None
        if rest is None:
            for one in rows:
                found |= _protected({"": one}, (0, 0, 0), rule, secondary=secondary)
        else:
            found |= _protected({one.place: one for one in rows}, rest, rule, secondary=secondary)
    return found


def _rest(whole: Heard, rows: Sequence[Heard]) -> tuple[int, ...] | None:
    """The answers of all that are of no place told; None where the places and their whole do not add up."""
    places = [one for one in rows if one.place]
    if len({one.place for one in rows}) < len(rows):
        return None
    rest = tuple(whole.numbers[at] - sum(one.numbers[at] for one in places) for at in range(len(_WORDS)))
    return None if min(rest) < 0 else rest


def _protected(
    rows: dict[str, Heard], rest: tuple[int, ...], rule: Rule, *, secondary: bool
) -> dict[Hashable, Told]:  # fmt: skip
    numbers = {place or _ALL: one.numbers for place, one in rows.items()} | ({_REST: rest} if any(rest) else {})
    linked = len(numbers) > 1
    cells = {
        (*((place,) if linked else ()), word): Cell(number)
        for place, three in numbers.items()
        for word, number in zip((*_WORDS, _ALL), (*three, sum(three)), strict=True)
    }
    table = Table("réponses", (*(("quartier",) if linked else ()), "ressenti"), cells, rule)
    (release,) = protect([table], secondary=secondary, most_work=0).releases
    made = {cell.modalities: cell for cell in release.cells}
    return {
        one.key: _told([made[(*((place or _ALL,) if linked else ()), word)] for word in (*_WORDS, _ALL)])
        for place, one in rows.items()
    }


def _told(cells: Sequence[ReleasedCell]) -> Told:
    better, same, worse, total = (None if cell.value is None else int(cell.value) for cell in cells)
    reason = next((cell.reason for cell in cells if cell.reason), "")
    return Told(total, (better, same, worse), reason)
