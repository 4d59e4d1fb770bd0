"""The declaration of a list and what it answers: a page, its fragment for htmx, or a file."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, cast

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from comptoir.analysis.tables.writing import MAX_SHEET_ROWS, Value, csv_pieces, ods_table, xlsx_table
from comptoir.kit.errors import Invalid
from comptoir.kit.french import number, plural
from comptoir.kit.lists.columns import Column, Row
from comptoir.kit.lists.filters import Filter
from comptoir.kit.lists.shown import Head, ShownCell, ShownListing

CHUNK = 500  # rows of a file read at once: the memory that an export takes
MAX_ON_ONE_PAGE = 2_000
FORMATS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("LibreOffice (ODS)", "application/vnd.oasis.opendocument.spreadsheet"),
}
SORT, PAGE, WHOLE, FORMAT = "tri", "page", "tout", "format"


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """`queryset` is what the actor may see; `rows` turns the objects of one page (or one chunk of a file) into what
    columns read, in a fixed number of queries. `order` is a column's name, with a dash for the other way round.

    `unit`: one and many of what is counted. `name` stands in ids and in the names of files.
    """

    name: str
    title: str
    queryset: QuerySet[Any]
    columns: Sequence[Column[Row]]
    order: str
    filters: Sequence[Filter] = ()
    rows: Callable[[list[Any]], Sequence[Row]] = list
    unit: tuple[str, str] = ("ligne", "lignes")
    per_page: int = 50
    formats: Sequence[str] = field(default=tuple(FORMATS))

    def respond(self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The page (`listing` in its context), the fragment that a changed filter asks for, or the file asked for."""
        wanted = request.GET.get(FORMAT, "")
        if wanted in self.formats:
            return self._file(request.GET, wanted)
        shown = self.shown(request.GET)
        if _asks_fragment(request):
            response = render(request, "kit/parts/listing_results.html", {"listing": shown})
            usual = request.GET.get(SORT) == self.order
            query = _address(request.GET, **{PAGE: "", WHOLE: "", **({SORT: ""} if usual else {})})
            response.headers["HX-Replace-Url"] = request.path + (query if query != "?" else "")
            response.headers["HX-Trigger"] = json.dumps({"announce": shown.counted})
        else:
            response = render(request, template, {**(context or {}), "listing": shown})
        patch_vary_headers(response, ("HX-Request",))
        return response

    def shown(self, asked: QueryDict) -> ShownListing:
        """What the component draws for this address."""
        form = self._form(asked)
        chosen = self._narrowed(form)
        ordered, sort = self._ordered(chosen, form)
        whole = WHOLE in asked
        page = Paginator(ordered, MAX_ON_ONE_PAGE if whole else self.per_page).get_page(asked.get(PAGE))
        objects = list(page)
        items = self.rows(objects) if objects else []
        columns = [column for column in self.columns if not column.only_export]
        total = page.paginator.count
        said = [words for one in self.filters if (words := one.said(_values(form)))]
        return ShownListing(
            name=self.name, title=self.title, form=form, total=total, page=page, items=items, said=said,
            heads=[_head(column, sort, asked) for column in columns],
            rows=[[_cell(column, item) for column in columns] for item in items],
            counted=_counted(total, page, self.unit),
            clear_url=_address(QueryDict(), **{SORT: sort if sort != self.order else ""}),
            exports=[(FORMATS[one][0], _address(asked, **{FORMAT: one, PAGE: ""})) for one in self.formats],
            whole_url="" if whole or total > MAX_ON_ONE_PAGE or total <= self.per_page
            else _address(asked, **{WHOLE: "1", PAGE: ""}),
        )  # fmt: skip

    def _form(self, asked: QueryDict) -> forms.Form:
        fields: dict[str, forms.Field] = {}
        for one in self.filters:
            fields |= one.fields(self.queryset)
        sorts = [(c.name, c.label) for c in self.columns if c.sorted_by]
        choices = [pair for name, label in sorts for pair in ((name, label), (f"-{name}", f"{label}, en sens inverse"))]
        if choices:
            fields[SORT] = forms.ChoiceField(label="Trier par", choices=choices, required=False)
        for made in fields.values():
            made.one_of = True  # type: ignore[attr-defined]  # a filter is not said to be optional: each one is
        data = asked.copy()
        if data.get(SORT) not in dict(choices):  # an old address: the usual order, without a word
            data[SORT] = self.order
        form: forms.Form = type("FilterForm", (forms.Form,), fields)(data, auto_id=f"{self.name}_%s")
        form.is_valid()
        return form

    def _narrowed(self, form: forms.Form) -> QuerySet[Any]:
        """A filter with a fault in it is not applied: its field says why."""
        rows = self.queryset
        for one in self.filters:
            rows = one.narrow(rows, _values(form))
        return rows

    def _ordered(self, rows: QuerySet[Any], form: forms.Form) -> tuple[QuerySet[Any], str]:
        """Sorted as asked, and always the same way: the identity decides between equals."""
        sort = str(_values(form).get(SORT) or self.order)
        down = sort.startswith("-")
        column = next(column for column in self.columns if column.name == sort.lstrip("-"))
        keys = column.order(rows.model, down=down)
        if not set(column.sorted_by) & {"pk", rows.model._meta.pk.name}:
            return rows.order_by(*keys, "-pk" if down else "pk"), sort
        return rows.order_by(*keys), sort

    def _file(self, asked: QueryDict, wanted: str) -> HttpResponse:
        """The whole filtered list: CSV leaves as it is read; a workbook is bounded (see MAX_SHEET_ROWS)."""
        form = self._form(asked)
        if form.errors:
            raise Invalid("Un filtre de cette adresse n'est plus valable : corrigez-le sur la page, puis téléchargez.")
        rows, _ = self._ordered(self._narrowed(form), form)
        header = [column.label for column in self.columns]
        name = f"{self.name}-{timezone.localdate():%Y-%m-%d}.{wanted}"
        lines = self._lines(rows, timezone.get_current_timezone())
        if wanted == "csv":
            streamed = StreamingHttpResponse(csv_pieces(header, lines), content_type=FORMATS[wanted][1])
            response = cast("HttpResponse", streamed)  # middleware and server take both alike
        else:
            if rows.count() > MAX_SHEET_ROWS:
                raise Invalid(
                    f"Cette liste a plus de {number(MAX_SHEET_ROWS)} lignes : prenez le CSV, ou filtrez-la d'abord."
                )
            write = xlsx_table if wanted == "xlsx" else ods_table
            response = HttpResponse(write(self.title, header, lines), content_type=FORMATS[wanted][1])
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        return response

    def _lines(self, rows: QuerySet[Any], zone: Any) -> Iterator[list[Value]]:
        """Cells of each row, by chunks. A stream is read once the view has returned: it keeps the space's time zone."""
        chunk: list[Any] = []
        for found in rows.iterator(CHUNK):
            chunk.append(found)
            if len(chunk) == CHUNK:
                yield from self._cells(chunk, zone)
                chunk = []
        yield from self._cells(chunk, zone)

    def _cells(self, chunk: list[Any], zone: Any) -> list[list[Value]]:
        with timezone.override(zone):
            return [[column.exported(row) for column in self.columns] for row in (self.rows(chunk) if chunk else ())]


def _asks_fragment(request: HttpRequest) -> bool:
    """htmx wants the results alone; not when it goes back to a page that it no longer has."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def _values(form: forms.Form) -> dict[str, Any]:
    return form.cleaned_data


def _address(asked: QueryDict, **changes: str) -> str:
    """The address with these changes; what is empty is left out."""
    query = asked.copy()
    query.pop(FORMAT, None)
    for name, value in changes.items():
        query[name] = value
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return f"?{query.urlencode()}"


def _head(column: Column[Any], sort: str, asked: QueryDict) -> Head:
    if not column.sorted_by:
        return Head(column.label, column.number)
    current = sort.lstrip("-") == column.name
    other = f"-{column.name}" if sort == column.name else column.name
    direction = ("descending" if sort.startswith("-") else "ascending") if current else ""
    return Head(column.label, column.number, _address(asked, **{SORT: other, PAGE: ""}), direction)


def _cell(column: Column[Row], row: Row) -> ShownCell:
    return ShownCell(column.label, column.shown(row), column.link(row) if column.link else "", column.number)


def _counted(total: int, page: "Page[Any]", unit: tuple[str, str]) -> str:
    words = plural(total, *unit)
    if page.paginator.num_pages > 1:
        words += f", de {number(page.start_index())} à {number(page.end_index())}"
    return words
