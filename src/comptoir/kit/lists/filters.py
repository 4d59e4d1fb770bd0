"""What a list may be narrowed by. Each filter brings its form fields, narrows a queryset, and says what it did."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Protocol

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from comptoir.analysis.text import fold
from comptoir.kit.dates import date_text

Options = Iterable[tuple[str, str]]
MAX_WORDS = 8  # of a search; more would only make the query longer


class Filter(Protocol):
    """`values` is what the form has cleaned: a name that was not filled holds an empty text or None."""

    def fields(self, base: "QuerySet[Any]") -> dict[str, forms.Field]: ...

    def narrow(self, rows: "QuerySet[Any]", values: Mapping[str, Any]) -> "QuerySet[Any]": ...

    def said(self, values: Mapping[str, Any]) -> str:
        """« Rôle : lecture »; empty when nothing was asked."""
        ...


@dataclass(frozen=True, slots=True)
class Search:
    """Each word typed is in one of the folded columns (see kit.fields.FoldedField): no accent, no case."""

    columns: tuple[str, ...]
    label: str = "Rechercher"
    name: str = "q"

    def fields(self, base: "QuerySet[Any]") -> dict[str, forms.Field]:
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": 100})
        return {self.name: forms.CharField(label=self.label, required=False, max_length=100, widget=widget)}

    def narrow(self, rows: "QuerySet[Any]", values: Mapping[str, Any]) -> "QuerySet[Any]":
        for word in fold(values.get(self.name) or "").split()[:MAX_WORDS]:
            rows = rows.filter(reduce(or_, (Q(**{f"{column}__contains": word}) for column in self.columns)))
        return rows

    def said(self, values: Mapping[str, Any]) -> str:
        asked = values.get(self.name)
        return f"{self.label} : « {asked} »" if asked else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value among `options`: pairs, or a function that reads them from the whole list (one query).

    `lookup` is the field compared, where it is not called `name`; `narrowed` replaces the comparison.
    """

    name: str
    label: str
    options: Options | Callable[["QuerySet[Any]"], Options]
    lookup: str = ""
    every: str = "Tout"
    narrowed: Callable[["QuerySet[Any]", str], "QuerySet[Any]"] | None = None

    def fields(self, base: "QuerySet[Any]") -> dict[str, forms.Field]:
        found = self.options(base) if callable(self.options) else self.options
        choices = [("", self.every), *((str(value), str(label)) for value, label in found)]
        return {self.name: _Chosen(label=self.label, required=False, choices=choices)}

    def narrow(self, rows: "QuerySet[Any]", values: Mapping[str, Any]) -> "QuerySet[Any]":
        asked = values.get(self.name)
        if not asked:
            return rows
        return self.narrowed(rows, asked) if self.narrowed else rows.filter(**{self.lookup or self.name: asked})

    def said(self, values: Mapping[str, Any]) -> str:
        asked = values.get(self.name)
        return f"{self.label} : {getattr(asked, 'label', asked)}" if asked else ""


class _Label(str):
    """A chosen value that knows how it is called."""

    label: str


class _Chosen(forms.ChoiceField):
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": "Ce choix n'existe pas (ou plus) : choisissez dans la liste."
    }

    def clean(self, value: Any) -> Any:
        chosen = _Label(super().clean(value))
        chosen.label = dict(self.choices).get(str(chosen), str(chosen))  # type: ignore[arg-type]  # we gave pairs
        return chosen


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included. `lookup` is a field of days, or of moments (`moments=True`); `label` comes
    before « du » and « au »: « Tenu du »."""

    name: str
    lookup: str
    label: str = ""
    moments: bool = False

    def fields(self, base: "QuerySet[Any]") -> dict[str, forms.Field]:
        return {
            f"{self.name}_{end}": forms.DateField(
                label=f"{self.label} {word}".strip().capitalize(),
                required=False,
                widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            )
            for end, word in (("du", "du"), ("au", "au"))
        }

    def narrow(self, rows: "QuerySet[Any]", values: Mapping[str, Any]) -> "QuerySet[Any]":
        first, last = self._ends(values)
        if first:
            rows = rows.filter(**{f"{self.lookup}__gte": _moment(first, time.min) if self.moments else first})
        if last:
            rows = rows.filter(**{f"{self.lookup}__lte": _moment(last, time.max) if self.moments else last})
        return rows

    def said(self, values: Mapping[str, Any]) -> str:
        ends = zip(("à partir du", "jusqu'au"), self._ends(values), strict=True)
        words = " ".join(f"{word} {date_text(day, 'j F Y')}" for word, day in ends if day)
        return f"{self.label} {words}".strip().capitalize() if words else ""

    def _ends(self, values: Mapping[str, Any]) -> tuple[date | None, date | None]:
        return values.get(f"{self.name}_du"), values.get(f"{self.name}_au")


def _moment(day: date, hour: time) -> datetime:
    """A bound of a day in the time zone of the space."""
    return timezone.make_aware(datetime.combine(day, hour))
