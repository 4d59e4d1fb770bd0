"""Erasure reaches everywhere and leaves the count; retention keeps no more than a space wants. Dry until told."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from docx import Document as Docx

from comptoir.accounts.actions import give_role
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.analysis.tables.writing import ods_table, xlsx_table
from comptoir.audit.models import Entry
from comptoir.imports.actions import confirm, plan_of
from comptoir.imports.actions import receive as receive_table
from comptoir.imports.models import Batch, BatchRow
from comptoir.keeping.actions import set_retention
from comptoir.keeping.erasing import TOMBSTONE, contains, erase_person, erase_words
from comptoir.keeping.retention import expire, expire_instance
from comptoir.kit import files as store
from comptoir.kit.errors import Gone, InputError, Refused
from comptoir.kit.ids import uuid7
from comptoir.spaces.files import keep
from comptoir.spaces.models import Job, JobState
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading, Statement, Verbatim
from comptoir.workshops.actions import (
    add_comptoir,
    confirm_import,
    leave_others,
    open_workshop,
    publish,
    receive,
    validate,
)
from comptoir.workshops.calendar import CALENDAR
from comptoir.workshops.models import Import, SynthesisLine, Workshop

SECRET = "Ma voisine Zénobie du 12 n'ouvre plus à personne"
QUOTED = f"Isolement : « {SECRET.upper()} »"


def everywhere(text: str) -> list[str]:
    """The tables in which a text is found, whatever the column."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # our own names
            if any(text.lower() in str(cell).lower() for row in cursor.fetchall() for cell in row):
                found.append(model._meta.label)
    return found


@pytest.fixture
def said(lead: Actor) -> Workshop:
    """A synthesis in which the secret was imported, reworded, quoted, gathered and published."""
    source = receive(actor=lead, content=f"# Intérêt\n{SECRET} ***\nUn banc\n".encode(), name="notes.txt")
    confirm_import(actor=lead, source=source, back_url="/")
    workshop = Workshop.objects.get()
    line = (
        Statement.objects.get(verbatim__words=SECRET)
        if Verbatim.objects.exists()
        else Statement.objects.get(reported_wording=SECRET)
    )
    heading = line.heading
    other = voices.add_note(actor=lead, heading=heading, words="Des gens seuls")
    voices.reword(actor=lead, line=other, text=QUOTED)
    voices.reword(actor=lead, line=line, text="Des personnes âgées seules")
    version = validate(actor=lead, workshop=workshop)
    leave_others(actor=lead, version=version)  # reread, and left as it is
    publish(actor=lead, version=version)
    return workshop


@pytest.mark.django_db(transaction=True)
def test_words_are_erased_everywhere_and_their_count_stays(said: Workshop, lead: Actor, client_for: Any) -> None:
    line = next(s for s in Statement.objects.order_by("pk") if s.original == SECRET)
    before = list(SynthesisLine.objects.order_by("position").values_list("occurrences", flat=True))
    source = Import.objects.get()
    dry = erase_words(lead.space, line.code, do=False)
    assert not dry.done
    assert len(everywhere("zénobie")) >= 2
    assert any("notes.txt" in one for one in dry.lines)
    erase_words(lead.space, line.code, do=True)
    assert everywhere("zénobie") == everywhere("zenobie") == []
    with pytest.raises(Gone):
        store.get(source.file.digest)
    assert list(SynthesisLine.objects.order_by("position").values_list("occurrences", flat=True)) == before
    page = client_for(lead).get(f"/val-clair/comptoirs/{said.code}/synthese/1/").content.decode()
    assert TOMBSTONE in page
    assert "Zénobie" not in page
    for path in (f"lignes/{line.code}/", "synthese/", "relire/", f"synthese/1/lignes/{line.code}/"):
        assert client_for(lead).get(f"/val-clair/comptoirs/{said.code}/{path}", follow=True).status_code == 200
    assert Entry.objects.get(action="keeping.erase_words").object_id == line.pk
    with pytest.raises(InputError, match="déjà effacées"):
        erase_words(lead.space, line.code, do=True)


@pytest.mark.django_db
def test_the_verbatim_says_when_it_was_erased_and_twins_are_told(lead: Actor) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir")
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    heading = Heading.objects.filter(occasion=occasion)[0]
    first, twin = (
        voices.add_note(actor=lead, heading=heading, words=words, tally=3) for words in (SECRET, SECRET.upper())
    )
    told = erase_words(lead.space, first.code, do=True)
    assert any(twin.code in one for one in told.left)
    verbatim = Verbatim.objects.get(statement=first)
    assert (verbatim.words, verbatim.tally, verbatim.erased_at is not None) == (TOMBSTONE, 3, True)
    assert Verbatim.objects.get(statement=twin).words == SECRET.upper()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_another_space_holds_too_is_left_and_told(lead: Actor, stranger: Actor) -> None:
    content = f"# Intérêt\n{SECRET}\n".encode()
    for actor in (lead, stranger):
        confirm_import(actor=actor, source=receive(actor=actor, content=content, name="notes.txt"), back_url="/")
    line = next(s for s in Statement.objects.filter(space=lead.space) if s.original == SECRET)
    told = erase_words(lead.space, line.code, do=True)
    assert any("aussi dans un autre espace" in one for one in told.left)
    assert SECRET in store.get(Import.objects.get(space=stranger.space).file.digest).decode()
    assert Statement.objects.get(space=stranger.space).original == SECRET


@pytest.mark.django_db
def test_an_import_whose_file_is_gone_says_so(lead: Actor, client_for: Any) -> None:
    source = receive(actor=lead, content=b"Un banc", name="n.txt")
    pasted = receive(actor=lead, content=b"Un autre banc")
    table = receive_table(actor=lead, kind=CALENDAR, content=b"Titre\nJuin\n", name="juin.csv")
    for file in (source.file, pasted.file, table.file):
        store.remove(file.digest)
    for path in (f"comptoirs/importer/{source.code}/", f"comptoirs/importer/?reprendre={pasted.code}",
                 f"imports/{table.code}/", f"imports/{table.code}/colonnes/"):  # fmt: skip
        answer = client_for(lead).get(f"/val-clair/{path}")
        assert answer.status_code == 410
        assert "n&#x27;est plus gardé" in answer.content.decode()


@pytest.mark.django_db
def test_words_are_found_inside_office_documents(lead: Actor) -> None:
    document = Docx()
    paragraph = document.add_paragraph("On dit : ")
    paragraph.add_run("Ma voisine Zéno").bold = True
    paragraph.add_run("bie du 12 n'ouvre plus à personne")
    out = io.BytesIO()
    document.save(out)
    contents = {
        "a.docx": out.getvalue(),
        "a.xlsx": xlsx_table("F", ["a"], [(SECRET,)]),
        "a.ods": ods_table("F", ["a"], [(SECRET,)]),
        "a.csv": SECRET.encode("cp1252"),
        "a.txt": SECRET.upper().encode("utf-8-sig"),
    }
    for name, content in contents.items():
        file = keep(space=lead.space, content=content, name=name, media_type="text/plain")
        assert contains(file, SECRET), name
        assert not contains(file, "Zénobie du 13"), name


@pytest.mark.django_db(transaction=True)
def test_a_person_is_erased_and_what_they_did_stays_without_a_name(lead: Actor, member: Any) -> None:
    facilitator = member("facilitator")
    person = Person.objects.get(pk=facilitator.person_id)
    open_workshop(actor=facilitator, title="Comptoir")
    content = f"Titre;Lieu\nComptoir de juin;{person.email}\n".encode()
    batch = receive_table(actor=lead, kind=CALENDAR, content=content, name="contacts.csv")
    confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    Workshop.objects.filter(title="Comptoir de juin").update(place="")
    Client().force_login(person)
    dry = erase_person(person.email, do=False)
    assert "Sessions ouvertes : 1." in dry.lines
    assert "Lignes d'imports qui portent cette adresse : 1." in dry.lines
    assert Person.objects.filter(pk=person.pk).exists()
    erase_person(f" {person.email.upper()} ", do=True)
    assert everywhere(person.email) == everywhere(person.name) == []
    with pytest.raises(Gone):
        store.get(batch.file.digest)
    assert Entry.objects.filter(actor_id=person.pk, action="workshops.open_workshop").count() == 1
    assert Entry.objects.get(action="keeping.erase_person").object_id == person.pk
    with pytest.raises(InputError, match="personne n'a de compte"):
        erase_person(person.email, do=True)


@pytest.mark.django_db
def test_the_only_lead_of_a_space_is_not_erased(lead: Actor) -> None:
    email = Person.objects.get(pk=lead.person_id).email
    with pytest.raises(Refused, match="donnez d'abord ce rôle"):
        erase_person(email, do=True)
    other = Person.objects.create_user(email="autre@exemple.fr", name="Autre")
    give_role(actor=lead, person=other, role=Role.PROJECT_LEAD)
    erase_person(email, do=True)
    assert Membership.objects.get().person == other


@pytest.mark.django_db(transaction=True)
def test_retention_removes_what_has_had_its_time_and_nothing_else(lead: Actor) -> None:
    old, recent = (receive(actor=lead, content=f"Un banc {n}".encode(), name=f"{n}.txt") for n in range(2))
    for source in (old, recent):
        confirm_import(actor=lead, source=source, back_url="/")
    batch = receive_table(actor=lead, kind=CALENDAR, content=b"Titre\nComptoir de juin\n", name="juin.csv")
    confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    long_ago = timezone.now() - timedelta(days=400)
    Import.objects.filter(pk=old.pk).update(done_at=long_ago)
    Batch.objects.filter(pk=batch.pk).update(done_at=long_ago)
    for state, ended in ((JobState.DONE, long_ago), (JobState.RUNNING, None), (JobState.FAILED, timezone.now())):
        Job.objects.create(space=lead.space, kind="k", label="x", subject_id=uuid7(), back_url="/", state=state,
                           finished_at=ended)  # fmt: skip
    dry = expire(lead.space, do=False)
    assert (dry.files, dry.rows, dry.jobs) == (2, 1, 1)
    assert store.exists(old.file.digest)
    assert expire(lead.space, do=True) == dry
    assert not store.exists(old.file.digest)
    assert not store.exists(batch.file.digest)
    assert store.exists(recent.file.digest)
    assert BatchRow.objects.get().after == {}
    assert Job.objects.count() == 2
    assert Statement.objects.count() == 2, "what was imported stays"
    assert not expire(lead.space, do=True).any
    assert Entry.objects.filter(action="keeping.expire").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_content_that_a_recent_import_or_another_space_holds_is_kept(lead: Actor, stranger: Actor) -> None:
    first, again, theirs = (receive(actor=actor, content=b"Un banc", name="n.txt") for actor in (lead, lead, stranger))
    long_ago = timezone.now() - timedelta(days=400)
    Import.objects.filter(pk=first.pk).update(created_at=long_ago)
    assert expire(lead.space, do=True).files == 0
    Import.objects.filter(pk=again.pk).update(created_at=long_ago)
    expire(lead.space, do=True)
    assert store.exists(theirs.file.digest)


@pytest.mark.django_db
def test_each_space_chooses_and_the_lead_alone(lead: Actor, facilitator: Actor, client_for: Any) -> None:
    set_retention(actor=lead, files_months=60, jobs_days=10, mails_days=90, answers_months=6)
    source = receive(actor=lead, content=b"Un banc", name="n.txt")
    Import.objects.filter(pk=source.pk).update(created_at=timezone.now() - timedelta(days=400))
    assert expire(lead.space, do=False).files == 0
    with pytest.raises(Refused):
        set_retention(actor=facilitator, files_months=1, jobs_days=1, mails_days=1, answers_months=6)
    browser, url = client_for(lead), "/val-clair/conservation/"
    sent = {"files_months": "6", "jobs_days": "5", "mails_days": "90", "answers_months": "6"}
    assert browser.post(url, sent | {"files_months": "0"}).status_code == 422
    browser.post(url, sent)
    assert "1\xa0fichier importé" in browser.get(url).content.decode()


@pytest.mark.django_db
def test_sessions_that_are_over_go(client: Any, lead: Actor) -> None:
    client.force_login(Person.objects.get(pk=lead.person_id))
    later = timezone.now() + timedelta(days=60)
    assert expire_instance(do=True).sessions == 0
    assert expire_instance(do=False, now=later).sessions == expire_instance(do=True, now=later).sessions == 1


@pytest.mark.django_db(transaction=True)
def test_commands_are_dry_until_told(said: Workshop, lead: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    line = next(s for s in Statement.objects.order_by("pk") if s.original == SECRET)
    call_command("erase_words", line.code)
    call_command("erase_words", line.code, do=True, dry_run=True)
    assert "rien n'est fait sans --do" in capsys.readouterr().out
    assert everywhere("zénobie")
    call_command("erase_words", line.code, space="val-clair", do=True)
    assert capsys.readouterr().out.startswith("Effacé :")
    assert everywhere("zénobie") == []
    call_command("retention")
    assert "sessions finies : 0" in capsys.readouterr().out
    with pytest.raises(InputError, match="aucun espace n'a de ligne"):
        call_command("erase_words", "zzz")
    with pytest.raises(Refused):
        call_command("erase_person", Person.objects.get(pk=lead.person_id).email, do=True)


@pytest.mark.django_db
def test_what_is_still_found_elsewhere_is_told(lead: Actor, member: Any) -> None:
    person = Person.objects.get(pk=member("facilitator").person_id)
    open_workshop(actor=lead, title="Comptoir", place=f"Demander à {person.email}")
    assert "Se trouve aussi dans workshops.Workshop : 1." in erase_person(person.email, do=True).left
    workshop = open_workshop(actor=lead, title="Autre", introduction=f"Quelqu'un a dit : {SECRET}")
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    line = voices.add_note(actor=lead, heading=Heading.objects.filter(occasion=occasion)[0], words=SECRET)
    assert erase_words(lead.space, line.code, do=True).left == ["Se trouve aussi dans workshops.Workshop : 1."]
