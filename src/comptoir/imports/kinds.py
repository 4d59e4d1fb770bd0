"""The declaration of a kind of import, and their registry. A room declares its kinds in `AppConfig.ready`.

The machinery reads, maps, compares, shows, writes once, reports and undoes; the kind says what its rows are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.analysis.text import fold
from comptoir.imports import parsers

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """Who imports, and into what (for kinds that need it)."""

    actor: Actor
    within_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A column that a file may have. `synonyms` are other headers that people give it (accents and case do not count).

    `required`: a new row without it is refused. `only_key`: it finds a row, it is never written. An empty cell changes
    nothing; `empty` is what an object has before a value was ever given. `told`: how a cell was understood, when that
    is not plain to see (« juin 2027 » is the 30th of June); empty otherwise. `kept`: why a value that is there is never
    replaced by that of a file.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    parse: parsers.Parser = field(default=parsers.text())
    write: Callable[[Any], str] = parsers.written
    only_key: bool = False
    empty: Any = ""
    told: Callable[[str, Any], str] | None = None
    kept: str = ""

    def recognises(self, header: str) -> bool:
        folded = fold(header).strip(" *:.?")
        return bool(folded) and folded in {fold(one) for one in (self.name, self.label, *self.synonyms)}

    def read(self, written: str) -> Any:
        """The inverse of `write`."""
        return self.parse(written) if written else self.empty


@dataclass(frozen=True, slots=True)
class Existing:
    """Something already there: its values by field name (all fields that are not `only_key`, and the keys).

    `locked`: why who imports may not change it. A row that says the same of it is no fault.
    """

    pk: UUID
    label: str
    values: Values
    locked: str = ""


@dataclass(slots=True)
class ReadRow:
    """A row understood: `values` of the cells that were filled; `faults` and `notes` as (field name, sentence)."""

    line: int
    values: dict[str, Any]
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, name: str, message: str) -> None:
        self.faults.append((name, message))

    def note(self, name: str, message: str) -> None:
        """Something to say beside the row, which is imported all the same."""
        self.notes.append((name, message))


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`name` stands in addresses. `keys`: ways to find what a row speaks of, tried in order; each but the last needs
    all its fields filled. Functions on several rows at once are called with at most 500, in one transaction; they use
    the room's own actions, which ask their rule and write the journal.

    `existing`: all that this kind could change, in a fixed number of queries. `check`: what needs the database to be
    told right from wrong; it may complete values or refuse rows. `create` gives the identities in order. `used`: of
    created objects, those that something stands on now, and why; undoing keeps them. `within`: the name of the thing
    imported into, or a refusal; `usual`: the one meant where none is said.
    """

    name: str
    title: str
    unit: tuple[str, str]
    rule: Callable[[Actor], bool]
    fields: tuple[Field, ...]
    keys: tuple[tuple[str, ...], ...]
    existing: Callable[[Ground], Iterable[Existing]]
    create: Callable[[Ground, Sequence[Values]], Sequence[UUID]]
    change: Callable[[Ground, Sequence[tuple[UUID, Values]]], None]
    remove: Callable[[Ground, Sequence[UUID]], None]
    used: Callable[[Ground, Sequence[UUID]], Mapping[UUID, str]]
    back_url: Callable[[Ground], str]
    check: Callable[[Ground, Sequence[ReadRow]], None] | None = None
    within: Callable[[Actor, UUID], str] | None = None
    usual: Callable[[Actor], UUID | None] | None = None
    help: str = ""

    def field(self, name: str) -> Field:
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    known = {one.name for one in kind.fields}
    if not kind.keys or not all(key and set(key) <= known for key in kind.keys):
        raise ValueError(f"{kind.name}: a key names a field that is not declared")
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)


def allowed(actor: Actor) -> list[Kind]:
    """The kinds that this actor may import, in the order in which rooms were loaded."""
    return [kind for kind in _kinds.values() if kind.rule(actor)]
