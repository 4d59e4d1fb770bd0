"""Short lists of several kinds, read in one query: each as lines of a union, every column cast.

What stands where is said once, by the query of its kind and by what is made of its lines.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, DecimalField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

_WORDS = ("first", "second", "third", "fourth", "fifth")
_NUMBERS = ("one", "two", "three", "four")


class Line(NamedTuple):
    """`day` and `moment` are None, words empty, numbers None where the kind has none."""

    kind: str
    pk: str
    code: str
    day: date | None
    moment: datetime | None
    first: str
    second: str
    third: str
    fourth: str
    fifth: str
    one: Decimal | None
    two: Decimal | None
    three: Decimal | None
    four: Decimal | None

    @property
    def key(self) -> UUID:
        return UUID(self.pk)

    @property
    def dated(self) -> date:
        """`day`, of a kind that always has one."""
        assert self.day is not None
        return self.day

    @property
    def at(self) -> datetime:
        """`moment`, of a kind that always has one."""
        assert self.moment is not None
        return self.moment


def united(queries: Iterable[Any]) -> list[Line]:
    """The lines of what `lines_of` gave, by kind, then in the order in which they were made. One query."""
    first, *others = queries
    return [Line(*row) for row in first.union(*others, all=True).order_by("told", "pk_text")]


def lines_of(
    rows: "QuerySet[Any]", kind: str, *words: Any, code: Any = None, day: Any = None, moment: Any = None,
    numbers: Iterable[Any] = (),
) -> Any:  # fmt: skip
    """One kind; every column cast, so that both databases agree on its type."""
    texts = dict(zip(_WORDS, [*words, *[Value("")] * (len(_WORDS) - len(words))], strict=True))
    given = [*numbers]
    figures = dict(zip(_NUMBERS, [*given, *[Value(None)] * (len(_NUMBERS) - len(given))], strict=True))
    told = rows.order_by().annotate(
        told=Value(kind, CharField()), pk_text=Cast(F("pk"), CharField()), which=Cast(code or Value(""), CharField()),
        on=Cast(day or Value(None), DateField()), when=Cast(moment or Value(None), DateTimeField()),
        **{f"words_{name}": Cast(text, TextField()) for name, text in texts.items()},
        **{
            f"number_{name}": Cast(number, DecimalField(max_digits=18, decimal_places=2))
            for name, number in figures.items()
        },
    )  # fmt: skip
    columns = (*(f"words_{name}" for name in _WORDS), *(f"number_{name}" for name in _NUMBERS))
    return told.values_list("told", "pk_text", "which", "on", "when", *columns)


def whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)
