"""Stored files go out through the rule of the room that owns them; what people upload is told by its content."""

import io
from typing import Any

import pytest
from PIL import Image

from comptoir.accounts import serving
from comptoir.accounts.history import history_of
from comptoir.accounts.models import Actor
from comptoir.analysis.tables.writing import ods_table
from comptoir.kit import files as store
from comptoir.kit.errors import Invalid
from comptoir.spaces import files
from comptoir.spaces.files import MAX_PICTURE, PICTURE_SIDE, keep, keep_upload
from comptoir.spaces.models import StoredFile
from comptoir.workshops.actions import change_workshop, open_workshop, receive

pytestmark = pytest.mark.django_db


def photo(kind: str = "JPEG", size: tuple[int, int] = (3000, 2000), mode: str = "RGB") -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "Devant chez Samira"
    exif.get_ifd(0x8825)[2] = (44.0, 50.0, 12.0)  # GPSLatitude
    out = io.BytesIO()
    fill = "teal" if mode == "RGB" else (0, 128, 128, 90)
    Image.new(mode, size, fill).save(out, kind, exif=exif, **({"comment": b"Samira"} if kind == "JPEG" else {}))
    return out.getvalue()


def url(file: StoredFile) -> str:
    return f"/val-clair/fichiers/{file.code}/"


@pytest.fixture
def vouched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_rules", [lambda actor, file: actor.role != "reader"])


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")])
def test_a_picture_is_drawn_again_without_place_or_name(kind: str, mode: str, lead: Actor) -> None:
    file = keep_upload(space=lead.space, content=photo(kind, mode=mode), name="IMG 12.HEIC.jpeg")
    kept = store.get(file.digest)
    with Image.open(io.BytesIO(kept)) as drawn:
        assert max(drawn.size) == PICTURE_SIDE
        assert not drawn.getexif()
        assert "comment" not in drawn.info
    assert b"Samira" not in kept
    assert (file.media_type, file.name) == (
        ("image/png", "IMG 12.HEIC.png") if mode == "RGBA" else ("image/jpeg", "IMG 12.HEIC.jpg")
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><script>alert(1)</script>", "page web"),
        (b"<?xml version='1.0'?><svg onload='x'/>", "XML"),
        (b"\x7fELF\0\0", "ni une image, ni un document"),
        (b"\xff\xd8\xffrien d'autre", "image PNG, JPEG ou WebP lisible"),
        (b"\xff\xd8\xff" + bytes(MAX_PICTURE), "dépasse 15 Mo"),
        (b"GIF89a", "image"),
        (b"", "vide"),
    ],
)
def test_what_is_neither_a_picture_nor_a_document_is_refused_in_one_sentence(
    content: bytes, said: str, lead: Actor
) -> None:
    with pytest.raises(Invalid, match=said):
        keep_upload(space=lead.space, content=content, name="cv.pdf")
    assert not StoredFile.objects.exists()


def test_the_type_of_a_document_is_told_by_its_content(lead: Actor) -> None:
    sheet = ods_table("Feuille", ["a"], [("b",)])
    assert keep_upload(space=lead.space, content=sheet, name="x.html").media_type.endswith("spreadsheet")
    assert keep_upload(space=lead.space, content=b"%PDF-1.7 etc", name="bilan.pdf").media_type == "application/pdf"
    assert keep_upload(space=lead.space, content="é;è".encode(), name="a.csv").media_type == "text/plain"


def test_a_picture_is_shown_and_a_document_handed_over(vouched: None, lead: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    shown = browser.get(url(keep_upload(space=lead.space, content=photo(), name="place.jpg")))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"] == 'inline; filename="place.jpg"'
    for media_type, served in (("text/html", "application/octet-stream"), ("image/svg+xml", "application/octet-stream"),
                               ("application/pdf", "application/pdf")):  # fmt: skip
        file = keep(
            space=lead.space, content=b"<script>alert(1)</script>", name=f"é{media_type[-3:]}", media_type=media_type
        )
        answer = browser.get(url(file))
        assert answer.headers["Content-Type"] == served
        assert answer.headers["Content-Disposition"].startswith("attachment; filename")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]


def test_a_file_that_no_room_vouches_for_stays_in(lead: Actor, client_for: Any) -> None:
    file = keep(space=lead.space, content=b"a", name="a.txt", media_type="text/plain")
    assert client_for(lead).get(url(file)).status_code == 404


def test_only_those_whom_the_rule_of_the_room_allows(
    vouched: None, lead: Actor, reader: Actor, stranger: Actor, client: Any, client_for: Any
) -> None:
    file = keep(space=lead.space, content=b"a", name="a.txt", media_type="text/plain")
    assert client_for(lead).get(url(file)).status_code == 200
    assert client_for(reader).get(url(file)).status_code == 404
    assert client_for(stranger).get(url(file)).status_code == 404
    assert client_for(stranger).get(f"/autre-rive/fichiers/{file.code}/").status_code == 404
    assert client.get(url(file)).status_code == 302
    assert client_for(lead).get("/val-clair/fichiers/zzzzzzzzzz/").status_code == 404


def test_a_file_that_the_disk_has_lost_is_not_found(vouched: None, lead: Actor, client_for: Any) -> None:
    file = StoredFile.objects.create(space=lead.space, digest="0" * 64, name="a", media_type="text/plain", size=1)
    assert client_for(lead).get(url(file)).status_code == 404


def test_the_team_opens_again_what_it_imported(lead: Actor, evaluator: Actor, client_for: Any) -> None:
    source = receive(actor=lead, content="Un banc à l'ombre".encode(), name="notes.txt")
    answer = client_for(lead).get(url(source.file))
    assert answer.content.decode() == "Un banc à l'ombre"
    assert client_for(evaluator).get(url(source.file)).status_code == 404


def test_every_file_has_a_code_of_its_own(lead: Actor) -> None:
    made = [keep(space=lead.space, content=bytes([n]), name=f"{n}", media_type="text/plain") for n in range(20)]
    assert len({file.code for file in made}) == 20
    assert all(len(file.code) == 10 for file in made)
    assert {"image/png", "image/jpeg"} == files.PICTURES


def test_the_history_of_a_thing_is_told_by_organisation(
    lead: Actor, facilitator: Actor, stranger: Actor, client_for: Any, django_assert_num_queries: Any
) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir de l'Orée")
    for place in ("Préau", "Cour"):
        change_workshop(actor=facilitator, workshop=workshop, title=workshop.title, held_on=None, place=place,
                        introduction="")  # fmt: skip
    with django_assert_num_queries(1):
        told = history_of(lead.space, workshop.pk)
    assert [(one.label, one.organisation) for one in told] == [
        ("Comptoir corrigé", "Régie de quartier"),
        ("Comptoir corrigé", "Régie de quartier"),
        ("Comptoir ouvert", "Agglomération"),
    ]
    assert history_of(stranger.space, workshop.pk) == []
    page = client_for(lead).get(f"/val-clair/comptoirs/{workshop.code}/").content.decode()
    history = page.split('class="history')[1].split("</section>")[0]
    assert "Régie de quartier" in history
    assert "Camille" not in history
