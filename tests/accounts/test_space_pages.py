"""The settings of a space, its colours and logo, and the frame that every page of it has."""

import io
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone
from lxml import html
from PIL import Image

from comptoir.accounts.actions import change_look
from comptoir.accounts.context import SpaceFrame, frame
from comptoir.accounts.forms import MAX_LOGO
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.spaces.models import Job, JobState, Space

pytestmark = pytest.mark.django_db
SETTINGS = "/val-clair/reglages/"
SOUND = {"name": "Val-Clair Agglo", "colour": "#123456", "footer": "Contrat de ville"}


def png(size: tuple[int, int] = (30, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_the_settings_are_kept_and_said(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    browser = client_for(lead)
    answer = browser.post(SETTINGS, SOUND | {"new_logo": upload(png())})
    assert answer.headers["Location"] == SETTINGS
    space = Space.objects.get()
    assert (space.name, space.colour, space.footer) == ("Val-Clair Agglo", "#123456", "Contrat de ville")
    page = browser.get(SETTINGS).content.decode()
    assert "L&#x27;apparence de l&#x27;espace est enregistrée." in page
    shown = html.fromstring(page)
    assert shown.xpath("//link[@rel='stylesheet']/@href")[-1] == "/val-clair/apparence-123456.css"
    assert browser.get(shown.xpath("//header//img/@src")[0]).content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": ""}, "name", "obligatoire"),
        ({"name": "n" * 121}, "name", "120"),
        ({"colour": "rouge"}, "colour", "Une couleur s'écrit #"),
        ({"footer": "n" * 201}, "footer", "200"),
        ({"new_logo": upload(b"pas une image", "logo.svg")}, "new_logo", "n'est pas une image PNG"),
        ({"new_logo": upload(bytes(MAX_LOGO + 1))}, "new_logo", "dépasse 5 Mo"),
        ({"new_logo": upload(png((7000, 7000)))}, "new_logo", "trop grande"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_changes(
    lead: Actor, client_for: Callable[[Actor], Any], wrong: dict[str, Any], field: str, sentence: str
) -> None:
    before = Space.objects.values().get()
    answer = client_for(lead).post(SETTINGS, SOUND | wrong)
    assert answer.status_code == 422
    page = html.fromstring(answer.content.decode())
    (control,) = page.xpath(f"//form//*[@name='{field}']")
    assert control.get("aria-invalid") == "true"
    told = " ".join(page.get_element_by_id(one).text_content() for one in control.get("aria-describedby").split())
    assert sentence in told
    if field != "name":
        assert page.xpath("//input[@name='name']/@value") == ["Val-Clair Agglo"], "what was typed is still there"
    assert Space.objects.values().get() == before
    assert not Entry.objects.filter(action="accounts.change_look").exists()


def test_the_logo_can_be_taken_off(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    change_look(actor=lead, name="Val-Clair", colour="#123456", footer="", logo=png())
    browser = client_for(lead)
    url = SpaceFrame.of(Space.objects.get()).logo_url
    assert browser.get(url).status_code == 200
    browser.post(SETTINGS, SOUND | {"remove_logo": "on"})
    assert Space.objects.get().logo is None
    assert browser.get(url).status_code == 404


def test_colours_and_logo_may_be_kept_by_the_browser_because_their_address_changes(
    lead: Actor, reader: Actor, client_for: Callable[[Actor], Any]
) -> None:
    change_look(actor=lead, name="Val-Clair", colour="#123456", footer="", logo=png())
    first = SpaceFrame.of(Space.objects.get())
    for url, kind in ((first.look_url, "text/css; charset=utf-8"), (first.logo_url, "image/png")):
        answer = client_for(reader).get(url)
        assert answer.headers["Content-Type"] == kind
        assert {"private", "immutable"} <= set(answer.headers["Cache-Control"].split(", "))
    assert "--accent:#123456" in client_for(reader).get(first.look_url).content.decode()
    change_look(actor=lead, name="Val-Clair", colour="#654321", footer="", logo=png((40, 40)))
    second = SpaceFrame.of(Space.objects.get())
    assert first.look_url != second.look_url
    assert first.logo_url != second.logo_url


def test_pages_speak_in_the_time_of_the_space(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    Space.objects.update(time_zone="Pacific/Noumea")
    answer = client_for(lead).get("/val-clair/journal/")
    there = timezone.localtime(Entry.objects.of(lead.space)[0].at, ZoneInfo("Pacific/Noumea"))
    assert there.strftime("%H:%M") in answer.content.decode()
    assert timezone.get_current_timezone_name() == "Europe/Paris", "and only in them"


def test_the_frame_of_a_stranger_is_empty_and_complete() -> None:
    request = RequestFactory().get("/val-clair/")
    request.user = AnonymousUser()
    shown = frame(request)
    assert shown == {
        "space": None, "actor": None, "person": None, "nav": [], "account_links": [],
        "sign_out_url": "/deconnexion/", "sign_in_url": "/connexion/",
    }  # fmt: skip
    assert frame(RequestFactory().get("/")) == shown, "even before anybody knows who asks"
    assert frame(RequestFactory().get("/connexion/")) == shown | {"sign_in_url": ""}, "one is there already"


def test_the_menu_says_where_one_is(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    browser = client_for(lead)
    for url, label in (
        ("/val-clair/", "Accueil"),
        ("/val-clair/comptoirs/", "Comptoirs"),
        ("/val-clair/comptoirs/importer/", "Comptoirs"),
        ("/val-clair/journal/", "Journal"),
    ):
        page = html.fromstring(browser.get(url).content.decode())
        assert page.xpath("//nav[@aria-label='Menu principal']//a[@aria-current]/text()") == [label]


def test_settings_are_offered_to_those_who_may_change_them(
    lead: Actor, facilitator: Actor, client_for: Callable[[Actor], Any]
) -> None:
    for actor, offered in ((lead, 1), (facilitator, 0)):
        page = html.fromstring(client_for(actor).get("/val-clair/").content.decode())
        assert len(page.xpath(f"//header//a[@href='{SETTINGS}']")) == offered


@pytest.mark.parametrize(
    ("state", "message", "told", "polls"),
    [
        (JobState.QUEUED, "", "0", True),
        (JobState.RUNNING, "", "30", True),
        (JobState.DONE, "", "C'est terminé.", False),
        (JobState.FAILED, "Ce fichier est illisible.", "Ce fichier est illisible.", False),
    ],
)
def test_the_page_of_a_job_asks_again_until_it_has_ended(
    lead: Actor, client_for: Callable[[Actor], Any], state: JobState, message: str, told: str, polls: bool
) -> None:
    job = Job.objects.create(
        space=lead.space, kind="essai", label="Import", subject_id=lead.space.pk, back_url="/val-clair/comptoirs/",
        state=state, message=message, total=100, done=30 if state == JobState.RUNNING else 0,
    )  # fmt: skip
    answer = client_for(lead).get(f"/val-clair/travaux/{job.code}/")
    shown = html.fromstring(answer.content.decode()).get_element_by_id("job")
    assert told in shown.text_content()
    assert (shown.get("hx-get") is not None) == polls
    assert (shown.xpath(".//a[@href='/val-clair/comptoirs/']") != []) == (not polls)
