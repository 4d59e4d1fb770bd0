"""The steps of an import, on the calendar of comptoirs: columns remembered, preview, once, progress, undo."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.analysis.tables.writing import ods_table, xlsx_table
from comptoir.audit.models import Entry
from comptoir.imports import actions
from comptoir.imports.actions import confirm, leave_out, plan_of, receive, run, set_columns
from comptoir.imports.enums import BatchState
from comptoir.imports.models import Batch, BatchRow, RememberedColumns
from comptoir.imports.undoing import foreseen, void
from comptoir.kit.errors import Conflict, InputError, Invalid, Refused
from comptoir.spaces.models import Job
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, change_workshop, open_workshop
from comptoir.workshops.calendar import CALENDAR
from comptoir.workshops.models import Workshop

pytestmark = pytest.mark.django_db
HEADERS = ("Intitulé", "Jour", "Salle", "Remarque")
CSV = """\
Intitulé;Jour;Salle;Remarque
Comptoir des jeunes;24/09/2026;Salle des fêtes;
Comptoir des écoles;25/09/2026;Préau;à confirmer
Comptoir sans jour;;;
Comptoir d'hier;24/09/1980;Préau;
"""


def brought(actor: Actor, text: str = CSV, name: str = "calendrier.csv") -> Batch:
    return receive(actor=actor, kind=CALENDAR, content=text.encode(), name=name)


def done(actor: Actor, text: str = CSV) -> Batch:
    batch = brought(actor, text)
    confirm(actor=actor, batch=batch, seen=plan_of(actor, batch).digest, back_url="/")
    batch.refresh_from_db()
    return batch


def calendar() -> list[tuple[str, date | None, str]]:
    shown = Workshop.objects.filter(withdrawn_at=None).order_by("title")
    return [(w.title, w.held_on, w.place) for w in shown]


def test_imports_what_it_showed_and_leaves_what_it_refused(lead: Actor) -> None:
    batch = done(lead)
    assert batch.state == BatchState.DONE
    assert calendar() == [
        ("Comptoir des jeunes", date(2026, 9, 24), "Salle des fêtes"),
        ("Comptoir des écoles", date(2026, 9, 25), "Préau"),
        ("Comptoir sans jour", None, ""),
    ]
    assert [row.line for row in BatchRow.objects.order_by("line")] == [2, 3, 4]


@pytest.mark.parametrize("name", ["calendrier.xlsx", "calendrier.ods"])
def test_reads_workbooks_too(name: str, lead: Actor) -> None:
    write = xlsx_table if name.endswith("xlsx") else ods_table
    content = write("Calendrier", HEADERS, [("Comptoir des jeunes", date(2026, 9, 24), "=1+1", None)])
    batch = receive(actor=lead, kind=CALENDAR, content=content, name=name)
    confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    assert calendar() == [("Comptoir des jeunes", date(2026, 9, 24), "=1+1")]


def test_runs_once_however_often_it_is_sent(lead: Actor) -> None:
    batch = brought(lead)
    seen = plan_of(lead, batch).digest
    for _ in range(3):
        confirm(actor=lead, batch=batch, seen=seen, back_url="/")
    assert len(calendar()) == 3
    assert Entry.objects.filter(action="imports.confirm").count() == 1


def test_what_changed_since_the_preview_is_shown_before_it_is_written(lead: Actor) -> None:
    batch = brought(lead)
    seen = plan_of(lead, batch).digest
    open_workshop(actor=lead, title="Comptoir des jeunes", held_on=date(2026, 9, 24), place="Gymnase")
    with pytest.raises(Conflict, match="relisez-le"):
        confirm(actor=lead, batch=batch, seen=seen, back_url="/")
    assert len(calendar()) == 1


def test_the_same_file_again_has_nothing_new_to_say(lead: Actor) -> None:
    done(lead)
    batch = brought(lead)
    assert plan_of(lead, batch).counts["same"] == 3
    with pytest.raises(Invalid, match="rien à importer"):
        confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")


def test_columns_are_remembered_for_the_same_headers_and_for_each_header(lead: Actor, stranger: Actor) -> None:
    odd = "Quoi donc;Quand donc\nComptoir des jeunes;24/09/2026\n"
    batch = brought(lead, odd)
    assert batch.mapping == {}
    set_columns(actor=lead, batch=batch, mapping={"title": 0, "held_on": 1})
    batch.refresh_from_db()
    confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    assert brought(lead, odd).mapping == {"title": 0, "held_on": 1}
    moved = "Remarque;Quand donc;Quoi donc\n;24/09/2026;Autre\n"
    assert brought(lead, moved).mapping == {"title": 2, "held_on": 1}
    assert brought(stranger, odd).mapping == {}, "another space learns nothing of it"
    assert RememberedColumns.objects.count() == 1


def test_undoing_removes_what_was_created_and_keeps_what_served(lead: Actor) -> None:
    batch = done(lead)
    used = Workshop.objects.get(title="Comptoir des jeunes")
    add_comptoir(actor=lead, workshop=used, title="Habitants", subject=Subject.RESIDENTS)
    changed = Workshop.objects.get(title="Comptoir des écoles")
    change_workshop(actor=lead, workshop=changed, title=changed.title, held_on=changed.held_on, place="Cour",
                    introduction="")  # fmt: skip
    told = foreseen(lead, batch)
    assert void(actor=lead, batch=batch) == told
    assert (told.removed, told.restored) == (1, 0)
    assert [label.split(",")[0] for label, _ in told.kept] == ["Comptoir des jeunes", "Comptoir des écoles"]
    assert {why for _, why in told.kept} == {"un tableau y est ouvert", "modifiée depuis"}
    assert [title for title, _, _ in calendar()] == ["Comptoir des jeunes", "Comptoir des écoles"]
    assert len(void(actor=lead, batch=batch).kept) == 2, "undone once: the second time says the same"


def test_undoing_puts_back_field_by_field_what_nobody_changed_since(lead: Actor) -> None:
    one = open_workshop(actor=lead, title="Ouvert à la main", held_on=None, place="Cour")
    batch = done(lead, f"Code;Titre;Date;Lieu\n{one.code};Repris au tableur;24/09/2026;Préau\n")
    one.refresh_from_db()
    assert (one.title, one.held_on, one.place) == ("Repris au tableur", date(2026, 9, 24), "Préau")
    change_workshop(actor=lead, workshop=one, title="Titre d'après", held_on=one.held_on, place=one.place,
                    introduction="")  # fmt: skip
    told = void(actor=lead, batch=batch)
    one.refresh_from_db()
    assert (one.title, one.held_on, one.place) == ("Titre d'après", None, "Cour")
    assert (told.restored, told.kept) == (1, [("Ouvert à la main", "modifiée depuis")])


def long_calendar(count: int) -> str:
    return "Titre;Date\n" + "".join(
        f"Comptoir n° {n:05};{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/2026\n" for n in range(count)
    )


class Killed(BaseException):
    pass


def test_a_long_import_is_a_job_that_goes_on_where_it_was_killed(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = brought(lead, long_calendar(1_201))
    job = confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    assert job is not None
    assert Workshop.objects.count() == 0
    write, chunks = actions._write_chunk, []

    def dies(*args: Any) -> None:
        write(*args)
        chunks.append(len(args[2]))
        if len(chunks) == 2:
            raise Killed

    monkeypatch.setattr(actions, "_write_chunk", dies)
    seen: list[tuple[int, int]] = []
    with pytest.raises(Killed):
        run(batch.pk, lambda n, total: seen.append((n, total)))  # type: ignore[arg-type, return-value]  # as Progress
    run(batch.pk, lambda n, total: seen.append((n, total)))  # type: ignore[arg-type, return-value]  # as Progress
    assert (chunks, seen) == ([500, 500, 201], [(500, 1201), (1201, 1201)])
    assert Workshop.objects.count() == BatchRow.objects.count() == 1_201
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert confirm(actor=lead, batch=batch, seen="", back_url="/") == job


def test_a_job_stops_when_who_confirmed_has_left(lead: Actor, member: Any) -> None:
    facilitator = member("facilitator")
    batch = brought(facilitator, long_calendar(501))
    confirm(actor=facilitator, batch=batch, seen=plan_of(facilitator, batch).digest, back_url="/")
    Membership.objects.filter(person=facilitator.person_id).delete()
    with pytest.raises(Refused, match="n'est plus membre"):
        run(batch.pk, None)


def test_only_those_whom_the_rule_allows(lead: Actor, reader: Actor, stranger: Actor) -> None:
    batch = brought(lead)
    with pytest.raises(Refused):
        brought(reader)
    with pytest.raises(Refused):
        confirm(actor=reader, batch=batch, seen="", back_url="/")
    with pytest.raises(Refused, match="pas dans votre espace"):
        void(actor=stranger, batch=batch)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Titre;Date\r\n"[:0]])
def test_nothing_is_kept_of_what_cannot_be_read(content: bytes, lead: Actor) -> None:
    with pytest.raises((InputError, Invalid)):
        receive(actor=lead, kind=CALENDAR, content=content, name="calendrier.pdf")
    assert Batch.objects.count() == 0


def test_the_journal_holds_no_word_of_the_file(lead: Actor) -> None:
    void(actor=lead, batch=done(lead))
    assert {"imports.receive", "imports.confirm", "imports.void"} <= set(Entry.objects.values_list("action", flat=True))
    assert not Entry.objects.filter(details__icontains="jeunes").exists()


def words(answer: Any) -> str:
    return " ".join(html.document_fromstring(answer.content.decode()).text_content().split())


def test_the_whole_way_by_the_pages(lead: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    new = "/val-clair/imports/calendrier/nouveau/"
    assert "ou intitulé, nom, comptoir, atelier" in words(browser.get(new))
    sent = browser.post(new, {"file": SimpleUploadedFile("été.csv", CSV.encode("cp1252"))})
    columns = sent.headers["Location"]
    assert "Laissées de côté : Remarque" in words(browser.get(columns))
    preview = browser.post(columns, {"field_title": "0", "field_held_on": "1", "field_place": "2"}).headers["Location"]
    page = browser.get(preview)
    assert "Vérifiez l'année" in words(page)
    refused = browser.get(f"{preview}refus.csv").content.decode("utf-8-sig").splitlines()
    assert refused[0] == "Intitulé;Jour;Salle;Remarque;Pourquoi refusée"
    assert refused[1].startswith("Comptoir d'hier;24/09/1980;Préau;;Date : Vérifiez")
    seen = html.document_fromstring(page.content.decode()).xpath("//input[@name='seen']/@value")[0]
    stale = browser.post(preview, {"seen": "autre"}, follow=True)
    assert "relisez-le" in words(stale)
    assert calendar() == []
    assert browser.post(preview, {"seen": seen}).headers["Location"] == preview
    assert browser.post(preview, {"seen": seen}).headers["Location"] == preview
    assert "3 lignes créées" in words(browser.get(preview)).replace("\xa0", " ")
    assert browser.get(columns).headers["Location"] == preview, "a stale tab leads to what was done"
    assert browser.get(f"{preview}refus.csv").status_code == 404
    assert "3 lignes créées seront retirées" in words(browser.get(f"{preview}annuler/")).replace("\xa0", " ")
    assert "Rien n'en reste" in words(browser.post(f"{preview}annuler/", follow=True))
    assert "été.csv" in words(browser.get("/val-clair/imports/"))


def test_what_is_unticked_is_left_aside(lead: Actor, client_for: Any) -> None:
    batch = brought(lead)
    browser, url = client_for(lead), f"/val-clair/imports/{batch.code}/"
    seen = plan_of(lead, batch).digest
    none = browser.post(url, {"seen": seen, "shown": ["2", "3", "4"]}, follow=True)
    assert "Toutes les lignes sont laissées de côté" in words(none)
    assert calendar() == []
    browser.post(url, {"seen": seen, "shown": ["2", "3", "4"], "taken": ["3"]})
    assert [title for title, _, _ in calendar()] == ["Comptoir des écoles"]
    batch.refresh_from_db()
    assert (batch.state, batch.left_out) == (BatchState.DONE, [2, 4])
    with pytest.raises(Conflict, match="déjà confirmé"):
        leave_out(actor=lead, batch=batch, shown=[2], taken=[2])


def test_choices_are_kept_from_one_page_to_the_next(lead: Actor, client_for: Any) -> None:
    batch = brought(lead, long_calendar(250))
    browser, url = client_for(lead), f"/val-clair/imports/{batch.code}/"
    assert "Page 1 sur 3" in words(browser.get(url))
    first = [str(line) for line in range(2, 102)]
    moved = browser.post(url, {"seen": "x", "shown": first, "taken": first[1:], "go": "2"})
    assert moved.headers["Location"] == f"{url}?page=2"
    page = html.document_fromstring(browser.get(moved.headers["Location"]).content.decode())
    assert page.xpath("//input[@name='shown']/@value")[0] == "102"
    seen = page.xpath("//input[@name='seen']/@value")[0]
    browser.post(url, {"seen": seen, "shown": ["102", "103"], "taken": ["102"]})
    assert (len(calendar()), BatchRow.objects.filter(line__in=(2, 103)).exists()) == (248, False)


def test_a_column_cannot_be_two_things_and_one_must_name_the_rows(lead: Actor, client_for: Any) -> None:
    batch = brought(lead)
    url = f"/val-clair/imports/{batch.code}/colonnes/"
    for sent, said in (
        ({"field_title": "0", "field_place": "0"}, "choisie deux fois"),
        ({"field_place": "2"}, "reconnaître les lignes : Code ou Titre"),
        ({"field_title": "99"}, "n'est pas dans le fichier"),
    ):
        answer = client_for(lead).post(url, sent)
        assert (answer.status_code, said in words(answer)) == (422, True), sent


def test_another_sheet_begins_again_from_its_own_headers(lead: Actor, client_for: Any) -> None:
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in (("Notes", [["Divers"], ["x"]]), ("2026", [["Titre", "Lieu"], ["Un", "Préau"]])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    batch = receive(actor=lead, kind=CALENDAR, content=out.getvalue(), name="deux.xlsx")
    assert (batch.sheet, batch.mapping) == (1, {"title": 0, "place": 1})
    url = f"/val-clair/imports/{batch.code}/colonnes/"
    assert client_for(lead).post(url, {"sheet": "0", "field_title": "0"}).headers["Location"] == url
    batch.refresh_from_db()
    assert (batch.sheet, batch.mapping) == (0, {})


def test_the_list_taken_away_comes_back_without_a_difference(lead: Actor, client_for: Any) -> None:
    done(lead)
    answer = client_for(lead).get("/val-clair/comptoirs/tableau/?format=csv")
    batch = brought(lead, b"".join(answer.streaming_content).decode("utf-8-sig"))
    found = plan_of(lead, batch)
    assert dict(found.counts) == {"created": 0, "changed": 0, "same": 3, "refused": 0, "left": 0}


def test_the_preview_costs_as_many_questions_for_many_rows_as_for_one(lead: Actor, client_for: Any) -> None:
    browser = client_for(lead)

    def cost(count: int) -> int:
        batch = brought(lead, long_calendar(count))
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(f"/val-clair/imports/{batch.code}/").status_code == 200
        return len(caught)

    assert cost(1) == cost(400) <= 12


def test_what_an_import_knows_of_the_roles(lead: Actor, member: Any, client_for: Any) -> None:
    code = brought(lead).code
    for role in Role:
        may = role in {Role.PROJECT_LEAD, Role.FACILITATOR}
        some = may or role == Role.REFERENT  # who brings back the workbook of commitments
        assert (client_for(member(role)).get("/val-clair/imports/").status_code == 200) is some
        for path in ("calendrier/nouveau/", "calendrier/modele.xlsx", f"{code}/", f"{code}/annuler/"):
            status = client_for(member(role)).get(f"/val-clair/imports/{path}").status_code
            assert (status in {200, 302}) is may, (role, path, status)
    assert client_for(lead).get("/val-clair/imports/zzz/nouveau/").status_code == 404


def test_a_stopped_import_can_be_taken_up(lead: Actor, client_for: Any) -> None:
    batch = brought(lead, long_calendar(501))
    job = confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    assert job is not None
    url, browser = f"/val-clair/imports/{batch.code}/", client_for(lead)
    assert browser.get(url).headers["Location"].endswith(f"/travaux/{job.code}/")
    Job.objects.filter(pk=job.pk).update(state="failed", message="Le courant est parti.")
    assert "Le courant est parti." in words(browser.get(url))
    again = browser.post(url).headers["Location"]
    assert again.startswith("/val-clair/travaux/")
    assert job.code not in again
