"""A list as its component draws it: plain values, no query left to make."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Page


@dataclass(frozen=True, slots=True)
class Head:
    """`url` sorts by this column, the other way round when it already does; `direction`: ascending or descending."""

    label: str
    number: bool = False
    url: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    label: str
    text: str
    url: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class ShownListing:
    """`rows` are lines of cells. `said`: the filters in force, in words. `whole_url`: everything on one page, to print;
    empty when that would be too much. `total` counts what the filters leave."""

    name: str
    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[ShownCell]]
    form: forms.Form
    total: int
    counted: str
    said: Sequence[str] = ()
    clear_url: str = ""
    exports: Sequence[tuple[str, str]] = ()
    whole_url: str = ""
    page: "Page[Any] | None" = None
    items: Sequence[Any] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Nothing at all, whatever the filters: the page says what to do first."""
        return not self.total and not self.said and not self.form.errors

    @property
    def pages_label(self) -> str:
        return f"Pages : {self.title}"
