"""What an import would do, row by row: a pure function of what was read and of what is there."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from comptoir.analysis.text import fold
from comptoir.imports.enums import Outcome
from comptoir.imports.kinds import Existing, Kind, ReadRow, Values


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changes, as people read it."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused, or how it was understood: the label of the field, empty for the whole row."""

    column: str
    message: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """`values`: what would be written. `pk`: what is already there, for a row that changes it."""

    line: int
    outcome: Outcome
    label: str
    values: Values
    pk: UUID | None = None
    differences: tuple[Difference, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Plan:
    rows: tuple[PlannedRow, ...]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Number of rows by outcome, zero included."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def written(self) -> list[PlannedRow]:
        """The rows that write something."""
        return [row for row in self.rows if row.outcome in (Outcome.CREATED, Outcome.CHANGED)]

    def without(self, lines: Iterable[int]) -> "Plan":
        """The same, but for the rows of these lines that would have been written: they are left aside."""
        left = set(lines)
        writing = (Outcome.CREATED, Outcome.CHANGED)
        return Plan(
            tuple(
                replace(row, outcome=Outcome.LEFT) if row.line in left and row.outcome in writing else row
                for row in self.rows
            )
        )

    @cached_property
    def digest(self) -> str:
        """What the person has seen: another one means that something has changed since."""
        seen = hashlib.sha256()
        for row in self.rows:
            values = sorted((name, str(value)) for name, value in row.values.items())
            seen.update(repr((row.line, row.outcome.value, str(row.pk), values, row.differences)).encode())
        return seen.hexdigest()


Key = tuple[int, tuple[str, ...]]


def plan(kind: Kind, rows: Sequence[ReadRow], existing: Iterable[Existing]) -> Plan:
    """What each row would do. A row that speaks of the same thing as an earlier one is refused: nobody can tell which
    is right. A thing that two objects match is refused too."""
    there = _index(kind, existing)
    seen: dict[Any, int] = {}
    planned = []
    for row in rows:
        last = _key(kind, len(kind.keys) - 1, row.values)
        found, faults = _found(kind, row, there, last)
        reasons = [Reason(kind.field(name).label if name else "", message) for name, message in (*row.faults, *faults)]
        if not reasons and found is None:
            missing = [one for one in kind.fields if one.required and one.name not in row.values]
            reasons = [Reason(one.label, "Cette case est vide.") for one in missing]
        identity = found.pk if found else last
        if not reasons and seen.setdefault(identity, row.line) != row.line:
            reasons.append(Reason("", f"Même chose que la ligne {seen[identity]} : gardez l'une des deux."))
        planned.append(_planned(kind, row, found, tuple(reasons)))
    return Plan(tuple(planned))


def _planned(kind: Kind, row: ReadRow, found: Existing | None, reasons: tuple[Reason, ...]) -> PlannedRow:
    label = found.label if found else _label(kind, row.values)
    given = {one.name: row.values[one.name] for one in kind.fields if one.name in row.values and not one.only_key}
    notes = tuple(Reason(kind.field(name).label if name else "", message) for name, message in row.notes)
    if reasons:
        return PlannedRow(row.line, Outcome.REFUSED, label, given, reasons=reasons)
    if found is None:
        return PlannedRow(row.line, Outcome.CREATED, label, given, notes=notes)
    changing = {name: value for name, value in given.items() if value != found.values.get(name)}
    kept = [name for name in changing if kind.field(name).kept and _text(kind, name, found.values)]
    notes += tuple(Reason(kind.field(name).label, kind.field(name).kept) for name in kept)
    differences = tuple(
        Difference(name, kind.field(name).label, _text(kind, name, found.values), kind.field(name).write(value))
        for name, value in changing.items()
        if name not in kept
    )
    if differences and found.locked:
        return PlannedRow(row.line, Outcome.REFUSED, label, given, reasons=(Reason("", found.locked),))
    outcome = Outcome.CHANGED if differences else Outcome.SAME
    changed = {one.name: given[one.name] for one in differences}
    return PlannedRow(row.line, outcome, label, changed, found.pk, differences, notes=notes)


def _text(kind: Kind, name: str, values: Values) -> str:
    value = values.get(name)
    return "" if value is None or value == "" else kind.field(name).write(value)


def _label(kind: Kind, values: Values) -> str:
    """How a new row is called: what its last key holds."""
    return ", ".join(text for name in kind.keys[-1] if (text := _text(kind, name, values)))[:200]


def _index(kind: Kind, existing: Iterable[Existing]) -> dict[Key, list[Existing]]:
    there: dict[Key, list[Existing]] = {}
    for one in existing:
        for number in range(len(kind.keys)):
            there.setdefault(_key(kind, number, one.values), []).append(one)
    return there


def _key(kind: Kind, number: int, values: Values) -> Key:
    return number, tuple(fold(_text(kind, name, values)) for name in kind.keys[number])


def _found(
    kind: Kind, row: ReadRow, there: Mapping[Key, list[Existing]], last: Key
) -> tuple[Existing | None, list[tuple[str, str]]]:
    """What a row speaks of, by the first key that knows it, and the fault when that is not one thing.

    `last`: its last key, which tells apart the rows that nothing knows.
    """
    for number, key in enumerate(kind.keys):
        if not all(name in row.values for name in key) and number < len(kind.keys) - 1:
            continue
        matches = there.get(last if number == last[0] else _key(kind, number, row.values), [])
        if len(matches) > 1:
            labels = " + ".join(kind.field(name).label for name in key)
            return None, [("", f"Plusieurs correspondent ({labels}) : précisez.")]
        if matches:
            return matches[0], []
        if all(kind.field(name).only_key for name in key):
            return None, [(key[0], "N'existe pas dans cet espace : laissez la case vide pour une nouvelle ligne.")]
    return None, []
