"""A space taken away and brought back: the same rows, the same pages; never half, never tampered with."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from comptoir.accounts.models import Actor, Membership, Organisation, OrganisationUnit, Person
from comptoir.audit.models import Entry
from comptoir.imports.actions import confirm, plan_of, receive
from comptoir.keeping import belonging
from comptoir.keeping.belonging import cited_by, known_by, label_of, owned, rows_of, staying
from comptoir.keeping.exporting import MANIFEST, export_space
from comptoir.keeping.importing import import_space
from comptoir.kit import files as store
from comptoir.kit.errors import Conflict, InputError
from comptoir.spaces.models import Job, Space, StoredFile
from comptoir.workshops.calendar import CALENDAR
from comptoir.workshops.models import SynthesisVersion, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(demo: Space) -> Space:
    """The demonstration, with an import of a table and an organisation of the instance."""
    lead = Actor.of(Membership.objects.select_related("person", "space").get(space=demo, role="project_lead"))
    batch = receive(actor=lead, kind=CALENDAR, content=b"Titre;Date\nComptoir de juin;12/06/2026\n", name="juin.csv")
    confirm(actor=lead, batch=batch, seen=plan_of(lead, batch).digest, back_url="/")
    return demo


def taken(space: Space, folder: Path) -> Path:
    target = folder / "espace.zip"
    export_space(space, target)
    return target


def rows(space: Space) -> dict[str, int]:
    return {label_of(model): rows_of(model, space).count() for model in owned() if model._meta.model_name != "entry"}


def emptied() -> None:
    """As another instance, on which nothing was ever done."""
    connection.check_constraints()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("comptoir."):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # our own names
    assert not Space.objects.exists()
    assert not Person.objects.exists()


def page(client_for: Any, url: str, email: str) -> str:
    """What a member reads there, but for the tokens."""
    person = Person.objects.get(email=email)
    membership = Membership.objects.select_related("person", "space").get(person=person)
    text: str = client_for(Actor.of(membership)).get(url).content.decode()
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())


def test_another_instance_gives_the_same_pages(lived: Space, tmp_path: Path, client_for: Any) -> None:
    before, counts = rows(lived), {}
    published = SynthesisVersion.objects.published().select_related("workshop").filter(space=lived)
    version = published.latest("published_at")
    email = Membership.objects.get(space=lived, role="council_member").person.email
    urls = (f"/{lived.slug}/comptoirs/", f"/{lived.slug}/comptoirs/{version.workshop.code}/synthese/{version.number}/",
            f"/{lived.slug}/comptoirs/tableau/")  # fmt: skip
    shown = {url: page(client_for, url, email) for url in urls}
    digests = {file.digest: store.get(file.digest) for file in StoredFile.objects.filter(space=lived)}
    source = taken(lived, tmp_path)
    emptied()
    for digest in digests:
        store.remove(digest)
    brought = import_space(source)
    connection.check_constraints()
    counts = {label: count for label, count in brought.counts.items() if label != "audit.entry"}
    assert rows(brought.space) == before == counts
    assert {url: page(client_for, url, email) for url in urls} == shown
    assert {digest: store.get(digest) for digest in digests} == digests
    assert brought.met == 0
    assert Entry.objects.filter(action="keeping.import_space").count() == 1
    assert Entry.objects.filter(action="voices.gather").exists(), "the journal comes along"


def test_dates_and_order_are_those_of_then(lived: Space, tmp_path: Path) -> None:
    before = list(Workshop.objects.order_by("pk").values_list("pk", "created_at", "code"))
    entries = list(Entry.objects.filter(space=lived).order_by("pk").values_list("pk", "at", "details"))
    source = taken(lived, tmp_path)
    emptied()
    import_space(source)
    assert list(Workshop.objects.order_by("pk").values_list("pk", "created_at", "code")) == before
    assert list(Entry.objects.order_by("pk").values_list("pk", "at", "details"))[: len(entries)] == entries


def test_passwords_never_leave(lived: Space, tmp_path: Path) -> None:
    source = taken(lived, tmp_path)
    with zipfile.ZipFile(source) as archive:
        people = archive.read("cited/accounts.person.jsonl").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert "password" not in people
    assert "last_login" not in people
    assert all(person.password.encode() not in everything for person in Person.objects.all())
    emptied()
    import_space(source)
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_a_copy_beside_the_original_has_identities_of_its_own(lived: Space, tmp_path: Path) -> None:
    source = taken(lived, tmp_path)
    with pytest.raises(Conflict, match="déjà prise"):
        import_space(source)
    before, people = rows(lived), Person.objects.count()
    brought = import_space(source, slug="copie")
    assert brought.space.pk != lived.pk
    assert rows(brought.space) == rows(lived) == before
    with zipfile.ZipFile(source) as archive:
        cited_rows = sum(len(archive.read(n).splitlines()) for n in archive.namelist() if n.startswith("cited/"))
    assert brought.met == cited_rows, "every row of the instance that the space cites is known again"
    assert people == Person.objects.count(), "the people are the same"
    titles = [list(Workshop.objects.filter(space=one).order_by("pk").values_list("title", "code")) for one in
              (lived, brought.space)]  # fmt: skip
    assert titles[0] == titles[1]
    known = set(Workshop.objects.filter(space=lived).values_list("pk", flat=True))
    cited = Entry.objects.filter(space=brought.space).exclude(within_id=None).values_list("within_id", flat=True)
    assert cited
    assert not known & set(cited), "the journal of the copy speaks of the copy"


def test_people_and_organisations_already_there_are_known_again(lived: Space, tmp_path: Path) -> None:
    email = Membership.objects.get(space=lived, role="project_lead").person.email
    source = taken(lived, tmp_path)
    emptied()
    here = Person.objects.create_user(email=email, name="La même", password="un-mot-de-passe-long")
    brought = import_space(source)
    assert brought.met == 1
    assert Membership.objects.get(space=brought.space, role="project_lead").person == here
    here.refresh_from_db()
    assert (here.name, here.has_usable_password()) == ("La même", True)
    assert Entry.objects.filter(space=brought.space, actor_id=here.pk).exists(), "what they did is theirs"


def changed(source: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = source.with_name("changé.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def one_word(parts: dict[str, bytes]) -> None:
    name = "tables/voices.verbatim.jsonl"
    parts[name] = parts[name].replace(b"a", b"b", 1)


def one_less(parts: dict[str, bytes]) -> None:
    del parts["tables/voices.verbatim.jsonl"]


def one_more(parts: dict[str, bytes]) -> None:
    parts["tables/accounts.person.jsonl"] = b""


def no_manifest(parts: dict[str, bytes]) -> None:
    del parts[MANIFEST]


def manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, bytes]], None]:
    def apply(parts: dict[str, bytes]) -> None:
        found = json.loads(parts[MANIFEST])
        change(found)
        parts[MANIFEST] = json.dumps(found).encode()

    return apply


def forged(parts: dict[str, bytes]) -> None:
    """A row that cites nothing, with the right digest: the database says no, and nothing is kept."""
    name = "tables/voices.heading.jsonl"
    lines = parts[name].splitlines()
    row = json.loads(lines[0]) | {"occasion_id": "01890000-0000-7000-8000-000000000000"}
    parts[name] = b"\n".join([json.dumps(row).encode(), *lines[1:]]) + b"\n"
    found = json.loads(parts[MANIFEST])
    found["parts"][name] = hashlib.sha256(parts[name]).hexdigest()
    parts[MANIFEST] = json.dumps(found).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (one_word, "n'est pas tel qu'il a été exporté"),
        (one_less, "manquent ou sont en trop"),
        (one_more, "manquent ou sont en trop"),
        (no_manifest, "n'est pas un export"),
        (manifest(lambda m: m.update(format=99)), "format 99"),
        (manifest(lambda m: m["tables"][0]["fields"].append("avenir")), "mettez Comptoir à jour"),
        (manifest(lambda m: m["tables"][0].update(label="auth.permission")), "mettez Comptoir à jour"),
        (manifest(lambda m: m["tables"].append(m["cited"][0])), "n'appartient pas à un espace"),
        (forged, "ne se relit pas"),
    ],
)
def test_a_file_that_is_not_as_it_was_exported_is_refused_and_nothing_is_kept(
    change: Any, said: str, lived: Space, tmp_path: Path
) -> None:
    source = changed(taken(lived, tmp_path), change)
    before = {model: model._base_manager.count() for model in owned()}
    with pytest.raises(InputError, match=said):
        import_space(source, slug="ailleurs")
    assert {model: model._base_manager.count() for model in owned()} == before


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "x.zip"
    source.write_bytes(b"rien")
    with pytest.raises(InputError, match="archive lisible"):
        import_space(source)


def test_jobs_stay_and_lost_files_are_told(lived: Space, tmp_path: Path) -> None:
    Job.objects.create(space=lived, kind="essai", label="Import", subject_id=lived.pk, back_url="/")
    StoredFile.objects.create(space=lived, digest="0" * 64, name="perdu.pdf", media_type="application/pdf", size=1)
    source = taken(lived, tmp_path)
    emptied()
    assert import_space(source).missing == 1
    assert Job.objects.count() == 0


def test_every_row_of_a_space_goes_along_whatever_the_room() -> None:
    """A model with a foreign key to a space is taken along, or says that it stays."""
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("comptoir.")]
    holding = {m for m in ours if any(f.related_model is Space for f in m._meta.concrete_fields)}
    assert holding - staying() <= set(owned())
    assert Job not in owned()
    assert Person not in owned()
    outside = {field.related_model for model in owned() for field in cited_by(model)}
    assert all(known_by(model) for model in outside)
    assert known_by(Person) == [("email",)]
    assert known_by(OrganisationUnit) == [("organisation", "name")]
    assert known_by(Organisation)[0] == ("siren",)


def test_by_the_commands(lived: Space, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "e.zip"
    call_command("export_space", lived.slug, output=target)
    said = capsys.readouterr().out
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert f"SHA-256 {digest}" in said
    call_command("import_space", target, slug="copie", sha256=digest)
    assert "/copie/" in capsys.readouterr().out
    for wrong, said in (
        ({"slug": "copie"}, "déjà prise"),
        ({"slug": "autre", "sha256": "0" * 64}, "empreinte annoncée"),
        ({"slug": "Pas Une Adresse"}, "ne se relit pas"),
    ):
        with pytest.raises((InputError, Conflict), match=said):
            call_command("import_space", target, **wrong)
    with pytest.raises(InputError, match="aucun espace"):
        call_command("export_space", "nulle-part", output=target)
    with pytest.raises(InputError, match="n'existe pas"):
        call_command("export_space", lived.slug, output=tmp_path / "rien" / "e.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.zip"], "no draft is left"


def test_what_belongs_to_the_machine_stays_and_is_not_cited(
    lived: Space, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A logo would stay if files did: the space leaves without it, and so does everything that needs a file."""
    monkeypatch.setattr(belonging, "STAYS", frozenset({"spaces.storedfile"}))
    for cached in (owned, staying):
        cached.cache_clear()
    try:
        assert {label_of(model) for model in owned()} & {
            "spaces.storedfile",
            "workshops.import",
            "imports.batch",
        } == set()
        source = taken(lived, tmp_path)
        with zipfile.ZipFile(source) as archive:
            assert not [name for name in archive.namelist() if "storedfile" in name]
            assert json.loads(archive.read("tables/spaces.space.jsonl"))["logo_id"] is None
    finally:
        for cached in (owned, staying):
            cached.cache_clear()
