"""What a column of a list shows, how it is sorted, and what an export writes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from comptoir.analysis.tables.writing import Value
from comptoir.kit.dates import date_text
from comptoir.kit.french import number

Row = TypeVar("Row")
NOTHING = "—"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`name` stands in addresses (`?tri=-nom`). `value` is what a row shows: text, number, day, moment, yes or no, or
    HTML made by `format_html`; `link` the address of its page, if any.

    `sort`: the fields to order by (a folded one for texts); empty when the column does not sort. `export`: what files
    write, where it is not `value`. `number`: figures, set to the right. `only_export`: in the files, not on the page.
    """

    name: str
    label: str
    value: Callable[[Row], Any]
    sort: str | tuple[str, ...] = ()
    link: Callable[[Row], str] | None = None
    export: Callable[[Row], Any] | None = None
    number: bool = False
    only_export: bool = False

    @property
    def sorted_by(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    def order(self, model: type[Model], *, down: bool) -> list[OrderBy]:
        """The same order on both databases: where a field may be empty, empty ones come last either way."""
        found = []
        for path in self.sorted_by:
            last = True if _may_be_empty(model, path) else None
            found.append(F(path).desc(nulls_last=last) if down else F(path).asc(nulls_last=last))
        return found

    def shown(self, row: Row) -> str:
        return _shown(self.value(row))

    def exported(self, row: Row) -> Value:
        value = (self.export or self.value)(row)
        if isinstance(value, datetime):
            return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        if isinstance(value, SafeString):
            return unescape(strip_tags(value))
        if value is None or isinstance(value, bool | int | float | Decimal | date):
            return value
        return str(value)


def _shown(value: Any) -> str:
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "Oui" if value else "Non"
        case int() | float():
            return number(value)
        case datetime():
            return date_text(timezone.localtime(value) if timezone.is_aware(value) else value, "j F Y, H:i")
        case date():
            return date_text(value, "j F Y")
    return value if isinstance(value, SafeString) else str(value)


def _may_be_empty(model: type[Model], path: str) -> bool:
    """Whether a value to sort by may be missing; what is computed by the query may."""
    if path == "pk":
        return False
    try:
        return bool(getattr(model._meta.get_field(path), "null", True))
    except FieldDoesNotExist:
        return True
