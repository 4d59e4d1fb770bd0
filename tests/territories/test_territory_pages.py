"""Pages of neighbourhoods: the list and the map say the same; local areas drawn, chosen, imported; who may."""

import gzip
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_loading import SQUARE, geojson, load, load_demo

from comptoir.accounts.actions import give_instance_role
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.models import Actor, Person
from comptoir.audit.models import Entry
from comptoir.kit.slots import Piece
from comptoir.territories import slots
from comptoir.territories.models import LocalArea, OfficialSource, PriorityNeighbourhood

pytestmark = pytest.mark.django_db
CSV = b"code_qp;lib_qp;insee_com;lib_com\nQN08106M;Cantepau;81004;Albi\n"


@pytest.fixture
def france(db: None) -> None:
    load_demo()


def codes_of(answer: Any) -> set[str]:
    body = gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") == "gzip" else answer.content
    return {feature["properties"]["code"] for feature in json.loads(body)["features"]}


@pytest.mark.parametrize(
    "query",
    ["", "q=albi", "q=CANTEPAU", "q=qn08106m", "q=albi+rayssac", "liste=2015", "departement=81", "region=76&q=saint",
     "liste=2015&departement=81", "q=introuvable", "q=%00"],
)  # fmt: skip
def test_the_list_and_the_map_say_the_same(france: None, reader: Actor, client_for: Any, query: str) -> None:
    browser = client_for(reader)
    page = browser.get(f"/quartiers/?tout=1&{query}")
    listed = {row[1].text for row in page.context["listing"].rows}
    assert page.status_code == 200
    assert codes_of(browser.get(f"/quartiers/carte.json?{query}")) == listed
    assert (query == "q=introuvable") == (not listed)


def test_search_ignores_accents_case_and_order(france: None) -> None:
    everything = PriorityNeighbourhood.objects.of(2024)
    assert {one.code for one in everything.matching("VEYRIERES albi")} == {"QN08107M"}
    assert {one.code for one in everything.matching("Álbi")} == {"QN08106M", "QN08107M", "QN08108M"}
    assert everything.matching("").count() == everything.count()


def test_the_map_is_asked_again_cheaply_and_changes_with_the_list(france: None, reader: Actor, client_for: Any) -> None:
    browser = client_for(reader)
    first = browser.get("/quartiers/carte.json", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    mark = first.headers["ETag"]
    assert browser.get("/quartiers/carte.json", headers={"If-None-Match": mark}).status_code == 304
    plain = browser.get("/quartiers/carte.json", headers={"Accept-Encoding": "identity"})
    assert codes_of(plain) == codes_of(first)
    load(a_json=geojson(code_qp="QN08199N", lib_qp="Nouveau"))
    again = browser.get("/quartiers/carte.json", headers={"If-None-Match": mark})
    assert again.status_code == 200
    assert codes_of(again) - codes_of(first) == {"QN08199N"}
    ground = browser.get("/quartiers/fond.json")
    assert len(codes_of(ground)) == 101
    assert browser.get("/quartiers/fond.json", headers={"If-None-Match": ground.headers["ETag"]}).status_code == 304


def test_a_page_for_each_neighbourhood(france: None, reader: Actor, client_for: Any) -> None:
    browser = client_for(reader)
    page = browser.get("/quartiers/QN08106M/").content.decode()
    for said in ("Cantepau", "Albi (81004)", "CA de l&#x27;Albigeois", "CN08102I", "QP081006", "Agrandi", "<svg"):
        assert said in page
    assert "Ce qu&#x27;il est devenu" in browser.get("/quartiers/QP081006/").content.decode().replace("'", "&#x27;")
    assert browser.get("/quartiers/qn08106m/").status_code == 200
    assert browser.get("/quartiers/QN99999X/").status_code == 404
    assert browser.get("/val-clair/quartiers/QN08106M/").status_code == 200


def test_a_neighbourhood_without_an_outline_has_a_page(reader: Actor, client_for: Any) -> None:
    load(qp_csv=CSV.decode())
    page = client_for(reader).get("/quartiers/QN08106M/")
    assert "n'est pas publié" in page.content.decode()
    assert codes_of(client_for(reader).get("/quartiers/carte.json")) == set()


def test_lists_cost_the_same_with_one_and_with_many(reader: Actor, client_for: Any) -> None:
    browser = client_for(reader)

    def cost(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert browser.get(url).status_code == 200
        return len(made)

    load(qp_csv=CSV.decode())
    pages = ("/quartiers/", "/val-clair/quartiers/", "/quartiers/QN08106M/")
    few = [cost(url) for url in pages]
    load_demo()
    many = [cost(url) for url in pages]
    assert max(few + many) <= 12
    assert many[0] == few[0]


def test_pages_are_for_who_has_signed_in(client: Any) -> None:
    for url in ("/quartiers/", "/quartiers/carte.json", "/quartiers/fond.json", "/quartiers/fichiers/"):
        assert client.get(url).headers["Location"].startswith("/connexion/")


def test_higher_rooms_show_their_pieces_and_say_the_perimeter(
    france: None, reader: Actor, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "_perimeters", [])
    browser = client_for(reader)
    assert codes_of(browser.get("/val-clair/quartiers/carte.json")) == set()
    slots.fill_perimeter(lambda space: PriorityNeighbourhood.objects.filter(code__in=["QN08106M", "QN08107M"]))
    slots.fill_perimeter(lambda space: PriorityNeighbourhood.objects.filter(code="QN08108M"))
    assert codes_of(browser.get("/val-clair/quartiers/carte.json")) == {"QN08106M", "QN08107M", "QN08108M"}
    assert "Lapanouse" in browser.get("/val-clair/quartiers/").content.decode()

    monkeypatch.setattr(slots.space_pieces, "_fillings", [])
    words = {"label": "Deux engagements ici", "kind": "info", "icon": ""}
    slots.space_pieces.fill(
        lambda viewer, items: {one.pk: [Piece("kit/ui/badge.html", words)] for one in items},
        rule=lambda viewer, item: True,
    )
    assert words["label"] in browser.get("/val-clair/quartiers/QN08106M/").content.decode()
    assert words["label"] not in browser.get("/quartiers/QN08106M/").content.decode()


# Official files by page ----------------------------------------------------------------------------------------------


@pytest.fixture
def host(stranger: Actor) -> Actor:
    """Whoever hosts the instance, and is a member of another space."""
    give_instance_role(person=Person.objects.get(pk=stranger.person_id), kind=InstanceRoleKind.HOST)
    return stranger


def test_a_file_is_shown_then_loaded_once(host: Actor, client_for: Any) -> None:
    browser = client_for(host)
    assert "Chargez les fichiers officiels" in browser.get("/quartiers/").content.decode()
    shown = browser.post("/quartiers/fichiers/", {"file": SimpleUploadedFile("liste.csv", CSV)})
    assert shown.status_code == 200
    assert PriorityNeighbourhood.objects.count() == 0
    token = shown.context["token"]
    for _ in range(2):
        assert browser.post("/quartiers/fichiers/charger/", {"file": token}).status_code == 302
    assert (PriorityNeighbourhood.objects.count(), OfficialSource.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="territories.load").count() == 1
    again = browser.post("/quartiers/fichiers/", {"file": SimpleUploadedFile("liste.csv", CSV)})
    assert "il n'y a rien à charger" in again.content.decode()
    assert "liste.csv" in browser.get("/quartiers/fichiers/").content.decode()


def test_a_file_that_cannot_be_read_is_told_on_its_field(host: Actor, client_for: Any) -> None:
    answer = client_for(host).post("/quartiers/fichiers/", {"file": SimpleUploadedFile("a.csv", b"bonjour\n")})
    assert answer.status_code == 422
    assert "en-têtes" in answer.content.decode()
    forged = client_for(host).post("/quartiers/fichiers/charger/", {"file": "abc"})
    assert forged.status_code == 422


def test_files_are_for_the_host(lead: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    assert browser.get("/quartiers/fichiers/").status_code == 403
    assert browser.post("/quartiers/fichiers/charger/", {"file": "x"}).status_code == 403
    assert "Fichiers officiels" not in browser.get("/quartiers/").content.decode()


# Local areas ---------------------------------------------------------------------------------------------------------

RING = json.dumps({"type": "Polygon", "coordinates": SQUARE})


def test_an_area_is_drawn_corrected_and_withdrawn(france: None, facilitator: Actor, client_for: Any) -> None:
    browser = client_for(facilitator)
    sent = {"name": "L'île d'en face", "kind": "lived", "geometry": RING, "members": ""}
    where = browser.post("/val-clair/quartiers/secteurs/nouveau/", sent).headers["Location"]
    area = LocalArea.objects.get()
    assert "L&#x27;île d&#x27;en face" in browser.get(where).content.decode()
    assert (area.west, area.north, area.sketch is not None) == (2.1, 44.0, True)
    assert "Cantepau" in browser.get(where).content.decode()  # it overlaps this neighbourhood
    form = browser.get(f"{where}corriger/").context["form"]
    sent = {"name": "Rives", "kind": "pocket", "geometry": form["geometry"].value(), "members": ""}
    assert browser.post(f"{where}corriger/", sent).status_code == 302
    area.refresh_from_db()
    assert (area.name, area.search, area.kind, area.digest != "") == ("Rives", "rives", "pocket", True)
    assert browser.post(f"{where}retirer/").status_code == 302
    assert browser.get(where).status_code == 404
    assert browser.post(f"{where}retirer/").status_code == 404
    actions = list(Entry.objects.filter(object_id=area.pk).order_by("pk").values_list("action", flat=True))
    assert [one.split(".")[1] for one in actions] == ["add_local_area", "change_local_area", "withdraw_local_area"]


def test_an_area_is_chosen_among_communes_and_neighbourhoods(france: None, lead: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    sent = {"name": "Ensemble", "kind": "other", "geometry": "", "members": "cantepau\nQN08107M\n81060\n"}
    assert browser.post("/val-clair/quartiers/secteurs/nouveau/", sent).status_code == 302
    area = LocalArea.objects.get()
    assert {one.code for one in area.neighbourhoods.all()} == {"QN08106M", "QN08107M"}
    assert [one.name for one in area.communes.all()] == ["Carmaux"]
    assert area.geometry["type"] == "MultiPolygon"
    assert codes_of(browser.get("/val-clair/quartiers/carte.json")) == {area.code}


@pytest.mark.parametrize(
    ("geometry", "members", "sentence"),
    [
        ("", "", "Dites où est ce secteur"),
        ("pas du json", "", "coupé ou mal écrit"),
        ('{"type":"Point","coordinates":[2,43]}', "", "Ce contour ne va pas"),
        (RING.replace("2.1", "650000"), "", "WGS84"),
        ("", "Nulle-Part", "n&#x27;est ni une commune ni un quartier"),
        ("", "centre ville", "peut être"),
    ],
)
def test_what_says_no_place_is_told_and_nothing_typed_is_lost(
    france: None, lead: Actor, client_for: Any, geometry: str, members: str, sentence: str
) -> None:
    sent = {"name": "Ici", "kind": "lived", "geometry": geometry, "members": members}
    answer = client_for(lead).post("/val-clair/quartiers/secteurs/nouveau/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="Ici"' in page
    assert LocalArea.objects.count() == 0


def test_a_file_of_areas_is_shown_then_added_once(lead: Actor, stranger: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    data = geojson(nom="Les Aubes", id="7").encode()

    def look() -> Any:
        file = SimpleUploadedFile("a.geojson", data)
        return browser.post("/val-clair/quartiers/secteurs/importer/ajouter/", {"file": file, "kind": "watch"})

    shown = look()
    assert shown.context["names"] == ["Les Aubes"]
    sent = {"seen": shown.context["token"], "kind": "watch", "key": "nom"}
    for _ in range(2):
        assert browser.post("/val-clair/quartiers/secteurs/importer/ajouter/", sent).status_code == 302
    assert [(one.name, one.kind) for one in LocalArea.objects.all()] == [("Les Aubes", "watch")]
    there = client_for(stranger).post("/autre-rive/quartiers/secteurs/importer/ajouter/", sent)
    assert there.status_code == 404  # a file shown in one space is not loaded in another
    data = b"{"
    assert look().status_code == 422


def test_ten_thousand_areas_are_listed_by_pages(lead: Actor, client_for: Any) -> None:
    areas = [LocalArea(space=lead.space, name=f"Îlot {n}", sketch=None) for n in range(10_000)]
    LocalArea.objects.bulk_create(areas, batch_size=2000)
    page = client_for(lead).get("/val-clair/quartiers/?secteurs=3").content
    assert page.count(b"/quartiers/secteurs/") < 70
    assert len(page) < 60_000
