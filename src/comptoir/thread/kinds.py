"""What a kind of thing and a kind of link are: a new link of the thread is one declaration (see `declared`).

Every kind gives its rows in the same columns, so that one query reads the pieces of a whole page, whatever their kinds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from comptoir.accounts.models import Actor
from comptoir.spaces.models import Space

Rows = QuerySet[Any]


class Column(IntEnum):
    """Where a thing stands in the picture, from what was said to what was answered."""

    SAID = 0
    LINE = 1
    OBJECTIVE = 2
    COMMITMENT = 3
    DONE = 4
    ANSWER = 5

    @property
    def label(self) -> str:
        return COLUMNS[self]


COLUMNS = ("Ce qui a été dit", "Lignes de synthèse", "Objectifs", "Engagements", "Nouvelles, résultats", "Réponses")


@dataclass(frozen=True, slots=True)
class Row:
    """A thing as its query gives it. `text` is already what this actor may read; empty where it may not.

    `number`: that of the published version in which it is read; 0 where there is none.
    """

    kind: str
    pk: UUID
    text: str
    said: int
    day: date | None
    code: str
    within: str
    more: str
    by: str
    number: int

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Row":
        """From what `ThingKind.read` gives: what is not known is empty."""
        kind, pk, text, said, day, code, within, more, by, number = values
        return cls(kind, pk, text or "", said or 0, day, code or "", within or "", more or "", by or "", number or 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing as it is shown. `label` says what it is; `state` and `tone` where it stands; `url` is its own page."""

    kind: str
    key: str
    text: str
    label: str
    url: str = ""
    state: str = ""
    tone: str = ""


Shown = Callable[[Actor, Row], Piece]
Told = Callable[[Sequence[UUID]], Mapping[UUID, tuple[str, str]]]


@dataclass(frozen=True)
class ThingKind:
    """`name` stands in addresses. `rows_of(space)`: those that are there. `seen(actor)`: which of them this actor may
    see; everybody sees all of them where it is left out.

    `columns(actor)`: expressions for text, said, day, code, within, more, by, number. They are also the public and raw
    rule of the kind: words that the actor may not read are not among them, and `hidden` says why. `told`: the state
    (word and tone) of many at once, where it is more than a row. `origin`: a thread may begin there. `news`: it says
    where a thing stands and proves nothing; the last ones are drawn first.
    """

    name: str
    one: str
    many: str
    column: Column
    rows_of: Callable[[Space], Rows]
    columns: Callable[[Actor], Mapping[str, Any]]
    shown: Shown
    told: Told | None = None
    seen: Callable[[Actor], Q] | None = None
    origin: bool = False
    news: bool = False
    found_by: str = "code"
    hidden: str = ""

    @property
    def private(self) -> bool:
        """Some are not for everybody: none is counted before it is known to be seen."""
        return self.seen is not None

    def rows(self, actor: Actor) -> Rows:
        """What this actor may see of these things."""
        rows = self.rows_of(actor.space)
        return rows.filter(self.seen(actor)) if self.seen else rows

    def read(self, actor: Actor, ids: Sequence[UUID]) -> Rows:
        """These things, in the columns that all kinds share, ready for a union."""
        rows = self.rows(actor).filter(pk__in=ids).order_by()
        columns = self.columns(actor)
        given = {name: Cast(columns.get(name, Value(None)), to) for name, to in _TYPES.items()}
        named = {f"_{name}": expression for name, expression in given.items()}
        kind = Value(self.name, CharField())
        found: Rows = rows.annotate(_kind=kind, _pk=F("pk"), **named).values_list("_kind", "_pk", *named)
        return found


_TYPES: dict[str, Any] = {
    "text": TextField(), "said": IntegerField(), "day": DateField(), "code": CharField(), "within": CharField(),
    "more": CharField(), "by": CharField(), "number": IntegerField(),
}  # fmt: skip


@dataclass(frozen=True)
class LinkKind:
    """`before` leads to `after`. `rows(space)`: the links that hold now; `start` and `end`: their fields that name what
    comes before and after. Both ways are read from these rows, so what is found one way is found the other.

    `weight`: the field that says how many times what comes before was said. `told_back`: what comes after goes back to
    those who spoke; it is read with all that comes before a thing, though it comes after none of it but the line.
    """

    name: str
    before: ThingKind
    after: ThingKind
    rows: Callable[[Space], Rows]
    start: str
    end: str
    weight: str = ""
    told_back: bool = False

    def read(self, space: Space, ids: Sequence[UUID] | None, *, on: bool) -> Rows:
        """The links that leave these things (`on`) or come to them, ready for a union; None: all of them."""
        rows = self.rows(space).order_by()
        if ids is not None:
            rows = rows.filter(**{f"{self.start if on else self.end}__in": ids})
        weight = Coalesce(Cast(F(self.weight) if self.weight else Value(1), IntegerField()), Value(1))
        found: Rows = rows.annotate(
            _link=Value(self.name, CharField()), _start=Cast(F(self.start), UUIDField()),
            _end=Cast(F(self.end), UUIDField()), _weight=weight,
        ).values_list("_link", "_start", "_end", "_weight")  # fmt: skip
        return found


@dataclass(frozen=True)
class Plan:
    """All kinds of links, and the order in which kinds are read so that each is read once."""

    links: tuple[LinkKind, ...]
    depth: Mapping[str, int] = field(init=False)
    things: Mapping[str, ThingKind] = field(init=False)

    def __post_init__(self) -> None:
        things = {thing.name: thing for link in self.links for thing in (link.before, link.after)}
        depth = dict.fromkeys(things, 0)
        for _ in things:
            for link in self.links:
                depth[link.after.name] = max(depth[link.after.name], depth[link.before.name] + 1)
        if any(depth[link.after.name] <= depth[link.before.name] for link in self.links) or max(
            depth.values(), default=0
        ) >= len(things):
            raise ValueError("the thread turns in a circle")
        object.__setattr__(self, "things", things)
        object.__setattr__(self, "depth", depth)

    def stages(self, *, on: bool) -> list[list[LinkKind]]:
        """The links to read together, in order: those that leave the earliest kinds first (`on`), or the latest."""
        side = "before" if on else "after"
        found: dict[int, list[LinkKind]] = {}
        for link in self.links:
            found.setdefault(self.depth[getattr(link, side).name], []).append(link)
        return [found[depth] for depth in sorted(found, reverse=not on)]
