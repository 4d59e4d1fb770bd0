"""Lists from one declaration: what an address shows, how many questions it asks, what files hold."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import format_html
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.accounts.enums import OrganisationKind
from comptoir.accounts.models import Actor, Organisation
from comptoir.analysis.documents.protection import unprotect
from comptoir.analysis.tables import read_sheets
from comptoir.analysis.tables.writing import MAX_SHEET_ROWS, csv_pieces, ods_table, xlsx_table
from comptoir.kit.errors import InputError, Invalid
from comptoir.kit.lists import Choice, Column, Listing, Period, Search

pytestmark = pytest.mark.django_db
NAMES = ("Régie de l'Orée", "=1+1", "Ville de Valmoran", "École des Tilleuls", "ville haute")


def organisations(**changes: Any) -> Listing[Organisation]:
    declared: dict[str, Any] = {
        "name": "organismes",
        "title": "Organismes",
        "queryset": Organisation.objects.all(),
        "columns": (
            Column[Organisation]("nom", "Nom", lambda o: o.name, sort="search", link=lambda o: f"/o/{o.siren or 'x'}/"),
            Column[Organisation]("nature", "Nature", lambda o: o.get_kind_display(), sort="kind"),
            Column[Organisation]("siren", "SIREN", lambda o: o.siren, only_export=True),
        ),
        "filters": (Search(("search",)), Choice("kind", "Nature", OrganisationKind.choices)),
        "order": "nom",
        "unit": ("organisme", "organismes"),
    }
    return Listing(**{**declared, **changes})


@pytest.fixture
def five(db: None) -> list[Organisation]:
    kinds = (OrganisationKind.ASSOCIATION, OrganisationKind.OTHER, OrganisationKind.TOWN, OrganisationKind.OTHER)
    return [
        Organisation.objects.create(name=name, kind=kind)
        for name, kind in zip(NAMES, (*kinds, OrganisationKind.TOWN), strict=True)
    ]


def names(query: str, **changes: Any) -> list[str]:
    return [row[0].text for row in organisations(**changes).shown(QueryDict(query)).rows]


def test_sorts_without_accent_or_case_both_ways(five: list[Organisation]) -> None:
    up = ["=1+1", "École des Tilleuls", "Régie de l'Orée", "ville haute", "Ville de Valmoran"]
    assert sorted(names("")) == sorted(up)
    assert names("")[1:3] == up[1:3]
    assert names("tri=-nom") == names("")[::-1]
    assert names("tri=inconnu") == names("")


def test_searches_every_word_without_accent_or_case(five: list[Organisation]) -> None:
    assert names("q=ECOLE") == ["École des Tilleuls"]
    assert names("q=valmoran+ville") == ["Ville de Valmoran"]
    assert names("q=%25") == []  # a sign of LIKE is a sign like another
    assert len(names("q=+")) == 5


def test_a_choice_narrows_and_is_said(five: list[Organisation]) -> None:
    shown = organisations().shown(QueryDict("kind=town&q=ville"))
    assert shown.total == 2
    assert list(shown.said) == ["Rechercher : « ville »", "Nature : Ville"]
    assert shown.clear_url == "?"
    assert ("CSV", "?kind=town&q=ville&format=csv") in shown.exports


def test_a_choice_that_does_not_exist_is_told_and_no_file_is_given(five: list[Organisation]) -> None:
    shown = organisations().shown(QueryDict("kind=zzz"))
    assert "Ce choix n'existe pas" in shown.form.errors["kind"][0]
    assert shown.total == 5
    with pytest.raises(Invalid, match="n'est plus valable"):
        exported("csv", "kind=zzz")


def test_heads_sort_the_other_way_round_and_leave_the_page(five: list[Organisation]) -> None:
    heads = organisations().shown(QueryDict("kind=town&page=2")).heads
    assert [(head.label, head.url, head.direction) for head in heads] == [
        ("Nom", "?kind=town&tri=-nom", "ascending"),
        ("Nature", "?kind=town&tri=nature", ""),
    ]


def test_knows_an_empty_list_from_one_that_filters_have_emptied(db: None) -> None:
    assert organisations().shown(QueryDict("")).is_empty
    assert not organisations().shown(QueryDict("q=rien")).is_empty


def test_asks_as_many_questions_for_ten_thousand_rows_as_for_one(db: None) -> None:
    def cost(query: str = "") -> int:
        with CaptureQueriesContext(connection) as caught:
            organisations().shown(QueryDict(query))
        return len(caught)

    Organisation.objects.create(name="Une seule")
    before = cost()
    Organisation.objects.bulk_create(Organisation(name=f"Association n° {n:05}") for n in range(10_000))
    assert cost() == cost("page=120&q=association&tri=-nature") == before == 2
    shown = organisations().shown(QueryDict("page=150"))
    assert (len(shown.rows), shown.total) == (50, 10_001)
    assert "de 7\u202f451 à 7\u202f500" in shown.counted
    assert shown.whole_url == ""
    seen = [row[0].text for page in range(1, 6) for row in organisations().shown(QueryDict(f"page={page}")).rows]
    assert len(set(seen)) == 250, "no row comes twice when pages are turned"


def test_everything_fits_on_one_page_to_print(db: None) -> None:
    Organisation.objects.bulk_create(Organisation(name=f"Association n° {n}") for n in range(120))
    shown = organisations().shown(QueryDict("q=asso"))
    assert shown.whole_url == "?q=asso&tout=1"
    assert len(organisations().shown(QueryDict("q=asso&tout=1")).rows) == 120


def test_empty_values_come_last_either_way(lead: Actor) -> None:
    from comptoir.workshops.actions import open_workshop
    from comptoir.workshops.models import Workshop

    for title, day in (("sans jour", None), ("avant", date(2026, 1, 2)), ("après", date(2026, 3, 4))):
        open_workshop(actor=lead, title=title, held_on=day)
    listing = Listing(
        name="c", title="C", queryset=Workshop.objects.all(), order="jour",
        columns=(Column[Workshop]("jour", "Jour", lambda w: w.title, sort="held_on"),),
        filters=(Period("quand", "held_on", "Tenu"), Period("ouvert", "created_at", moments=True)),
    )  # fmt: skip

    def order(query: str) -> list[str]:
        return [row[0].text for row in listing.shown(QueryDict(query)).rows]

    assert order("tri=jour") == ["avant", "après", "sans jour"]
    assert order("tri=-jour") == ["après", "avant", "sans jour"]
    assert order("quand_du=2026-01-03&quand_au=2026-03-04") == ["après"]
    assert list(listing.shown(QueryDict("quand_du=2026-01-03")).said) == ["Tenu à partir du 3 janvier 2026"]
    assert order("quand_du=hier") == ["avant", "après", "sans jour"]
    today = timezone.localdate().isoformat()
    assert len(order(f"ouvert_du={today}&ouvert_au={today}")) == 3
    assert order("ouvert_au=2001-01-01") == []


def exported(kind: str, query: str = "", **changes: Any) -> bytes:
    answer: Any = organisations(**changes).respond(RequestFactory().get(f"/?{query}&format={kind}"), "kit/base.html")
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="organismes-{timezone.localdate()}')
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_files_hold_the_filtered_list_and_are_read_again_the_same(kind: str, five: list[Organisation]) -> None:
    content = exported(kind, "kind=other")
    (sheet,) = read_sheets(content, f"organismes.{kind}")
    assert [[unprotect(cell) for cell in row.cells[:2]] for row in sheet.rows] == [
        ["Nom", "Nature"],
        ["=1+1", "Autre organisme"],
        ["École des Tilleuls", "Autre organisme"],
    ]


def test_csv_opens_in_a_french_spreadsheet_and_runs_nothing(five: list[Organisation]) -> None:
    content = exported("csv")
    assert content.startswith(b"\xef\xbb\xbfNom;Nature;SIREN\r\n")
    assert b"\r\n'=1+1;" in content


def test_a_file_takes_as_many_rows_as_there_are(db: None) -> None:
    Organisation.objects.bulk_create(Organisation(name=f"Association n° {n:04}") for n in range(1_201))
    calls: list[int] = []

    def counted(found: list[Organisation]) -> list[Organisation]:
        calls.append(len(found))
        return found

    lines = exported("csv", rows=counted).decode("utf-8-sig").splitlines()
    assert len(lines) == 1_202
    assert calls == [500, 500, 201], "read by chunks: the memory does not grow"


def test_a_workbook_too_long_is_refused_with_what_to_do() -> None:
    lines = ((n,) for n in range(MAX_SHEET_ROWS + 1))
    with pytest.raises(InputError, match="prenez le CSV"):
        ods_table("Liste", ["n"], lines)


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(["=1+1", "+33 1", "-5", "@x", "\t=1", "'=1", "l'an 1", "deux\nlignes", "a  b", " bord "]),
    st.integers(-(10**9), 10**9),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.booleans(),
    st.none(),
)
WRITTEN: dict[str, Callable[[list[Any]], bytes]] = {
    "csv": lambda rows: b"".join(csv_pieces(["a", "b"], rows)),
    "xlsx": lambda rows: xlsx_table("Feuille", ["a", "b"], rows),
    "ods": lambda rows: ods_table("Feuille", ["a", "b"], rows),
}


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), st.sampled_from(sorted(WRITTEN)))
@settings(max_examples=40)
def test_no_cell_is_ever_a_formula(rows: list[tuple[Any, Any]], kind: str) -> None:
    content = WRITTEN[kind](rows)
    if kind == "csv":
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
            for cell in line:
                number = cell.lstrip("-").isdigit()
                assert number or not cell or cell[0] not in "=+-@\t\r\n", cell
    else:
        part = "content.xml" if kind == "ods" else "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            written = archive.read(part)
        assert b"table:formula" not in written
        assert b"<f>" not in written


def test_days_moments_and_numbers_are_what_they_are_in_a_workbook() -> None:
    row = (date(2026, 3, 4), datetime(2026, 3, 4, 15, 30), 2.5, -3, True, None, "deux\nlignes")
    for write, name in ((xlsx_table, "t.xlsx"), (ods_table, "t.ods")):
        (sheet,) = read_sheets(write("T", list("abcdefg"), [row]), name)
        assert sheet.rows[1].cells[:6] == ("04/03/2026", "04/03/2026 15:30", "2,5", "-3", "Oui", ""), name


def drawn(listing: Listing[Organisation]) -> str:
    context = {"listing": listing.shown(QueryDict(""))}
    return render_to_string("kit/parts/listing_results.html", context, RequestFactory().get("/"))


def test_what_people_typed_stays_words_on_the_page(db: None) -> None:
    Organisation.objects.create(name="<script>alert(1)</script>")
    page = drawn(organisations())
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    safe = Column[Organisation]("nom", "Nom", lambda o: format_html("<b>{}</b>", o.name), sort="name")
    assert "<b>&lt;script" in drawn(organisations(columns=(safe,), order="nom"))
    assert safe.exported(Organisation(name="R & D")) == "R & D"
