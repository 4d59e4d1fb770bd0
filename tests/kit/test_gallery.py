"""The gallery shows every component with its contract; the frame of the pages keeps to the safety and weight rules."""

import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from comptoir.kit.gallery import SAMPLES, TEMPLATES, contracts, gallery

KIT = TEMPLATES.parents[2]


class Person:
    name = "Nour Lefèvre"


@pytest.fixture(scope="module")
def page() -> str:
    return gallery(RequestFactory().get("/composants/")).content.decode()


def base(**context: Any) -> str:
    return render_to_string("kit/base.html", context)


def test_every_component_begins_with_its_contract() -> None:
    for name, contract in contracts().items():
        assert contract, f"{name}.html does not begin with a comment"
        assert "Paramètres : " in contract, name
        assert f"Exemple : {{% {name} " in contract, name


def test_every_component_is_in_the_gallery(page: str) -> None:
    assert set(SAMPLES) == set(contracts()) == {path.stem for path in TEMPLATES.iterdir()}
    shown = html.fromstring(page)
    for name, contract in contracts().items():
        section = shown.get_element_by_id(f"c-{name}")
        assert contract.split("\n")[0] in section.text_content()
        assert [pane.get("data-bs-theme") for pane in section.find_class("gallery-pane")] == ["light", "dark"]


def test_the_gallery_has_each_id_once(page: str) -> None:
    ids = [node.get("id") for node in html.fromstring(page).iter() if node.get("id")]
    once = [one for one in ids if not re.fullmatch(r"i[0-9a-f]{8}", one)]  # a definition shown twice is the same one
    assert len(once) == len(set(once))


def test_the_gallery_does_not_exist_where_it_is_not_wanted(settings: Any) -> None:
    settings.COMPTOIR_GALLERY = False
    with pytest.raises(Http404):
        gallery(RequestFactory().get("/composants/"))


def test_nothing_is_inline(page: str) -> None:
    framed = base(person=Person(), sign_out_url="/sortie/", space={"name": "Val", "slug": "val", "look_url": "/l.css"})
    for text in (page, framed):
        for node in html.fromstring(text).iter():
            if not isinstance(node.tag, str):
                continue
            assert node.tag != "style"
            assert node.tag != "script" or (node.get("src") and not node.text)
            assert "style" not in node.attrib
            assert not [name for name in node.attrib if name.startswith("on")]


def test_every_drawing_asked_for_exists() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (KIT / "static/kit/icons.svg").read_text("utf-8")))
    package = KIT.parent
    asked: set[str] = set()
    for path in (*package.rglob("*.html"), *package.rglob("*.py")):
        text = path.read_text("utf-8")
        asked |= set(re.findall(r'\{% icon "([^"{]+)"', text))
        asked |= set(re.findall(r'\{%[^%]* icon="([^"]+)"', text))
    assert asked <= drawn


def test_the_frame_names_the_space_and_lets_one_skip_to_the_content() -> None:
    page = html.fromstring(base(space={"name": "Val-Clair", "slug": "val", "look_url": "/val/l.css", "logo_url": ""}))
    assert page.get("lang") == "fr"
    assert page.find_class("skip")[0].get("href") == f"#{page.find('.//main').get('id')}"
    assert "Val-Clair" in page.find_class("brand")[0].text_content()
    sheets = [link.get("href") for link in page.findall(".//link[@rel='stylesheet']")]
    assert sheets[-1] == "/val/l.css", "the colours of the space have the last word"


def test_signing_out_is_a_form_of_the_person_signed_in() -> None:
    page = html.fromstring(base(person=Person(), sign_out_url="/sortie/", csrf_token="jeton"))
    form = page.find(".//form")
    assert (form.get("method"), form.get("action")) == ("post", "/sortie/")
    assert form.find("input").get("value") == "jeton"
    assert page.find("body").get("hx-headers") == '{"X-CSRFToken": "jeton"}'
    stranger = html.fromstring(base(sign_out_url="/sortie/", sign_in_url="/entrer/", csrf_token="jeton"))
    assert stranger.find(".//form") is None
    assert stranger.find("body").get("hx-headers") is None
    assert stranger.xpath("//a[@href='/entrer/']")


def test_the_menu_marks_the_page_one_is_on() -> None:
    nav = [{"label": "Comptoirs", "url": "/c", "current": True}, {"label": "Documents", "url": "/d", "current": False}]
    links = html.fromstring(base(nav=nav)).findall(".//nav//a")
    assert [(link.text, link.get("aria-current")) for link in links] == [("Comptoirs", "page"), ("Documents", None)]


def test_messages_are_read_as_they_deserve() -> None:
    messages = [Message(constants.SUCCESS, "Enregistré."), Message(constants.ERROR, "Refusé.")]
    alerts = html.fromstring(base(messages=messages)).find_class("alert")
    assert [(alert.get("role"), alert.text_content().strip()) for alert in alerts] == [
        ("status", "Enregistré."),
        ("alert", "Refusé."),
    ]


@pytest.mark.parametrize(("status", "said"), [(404, "n'existe pas"), (403, "ne vous est pas ouverte"), (409, "passé")])
def test_an_error_page_says_one_thing_and_leads_back(status: int, said: str) -> None:
    page = html.fromstring(render_to_string("kit/page_error.html", {"status": status, "message": "Voici pourquoi."}))
    main = page.find(".//main")
    assert said in main.find(".//h1").text
    assert "Voici pourquoi." in main.text_content()
    assert main.find(".//a").get("href") == "/"


def test_the_frame_weighs_little_and_asks_for_little() -> None:
    page = base(
        person=Person(), sign_out_url="/s/", space={"name": "V", "slug": "v", "look_url": "/l", "logo_url": "/g"}
    )
    asked = set(re.findall(r'(?:href|src)="(/?static/[^"#]+)', page))
    weight = sum(len(brotli.compress(static_file(name).read_bytes())) for name in asked)
    assert weight + len(brotli.compress(page.encode())) < 60_000, "40 KB are left to the page itself"
    own = 3  # the page, the colours and the logo of the space
    assert len(asked) + own <= 9, "one more is left to the page itself"


def static_file(address: str) -> Path:
    found = finders.find(address.split("static/", 1)[1])
    assert isinstance(found, str), address
    return Path(found)


def test_scripts_are_short_and_harmless() -> None:
    for path in (KIT / "static/kit").glob("*.js"):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 200, path.name
        assert not re.search(r"\beval\(|innerHTML|insertAdjacentHTML|document\.write", text), path.name
