"""The small scripts in a real browser: menus, dialogs, theme, dropped files, announcements; and axe on the gallery."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser import chromium

__all__ = ["chromium"]  # a fixture, used by its name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """() => {
  const carried = new DataTransfer();
  carried.items.add(new File(["x".repeat(2500)], "notes.csv"));
  const zone = document.querySelector("[data-drop]");
  for (const name of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: carried}));
  }
}"""


@pytest.fixture
def open_gallery(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Opens the gallery; whatever the console says (a blocked script, an error) fails the test at its end."""
    said: list[str] = []
    opened: list[Page] = []

    def go(width: int = 1280, scheme: Any = "light", **options: Any) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        opened.append(page)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{live_server.url}/composants/")
        return page

    yield go
    for page in opened:
        page.close()
    assert said == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_gallery_and_nothing_overflows(open_gallery: Any, width: int, scheme: str) -> None:
    page = open_gallery(width, scheme)
    assert page.evaluate("document.documentElement.dataset.bsTheme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_gallery: Any) -> None:
    page = open_gallery()
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    menu.locator("a").first.focus()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    page.locator("h1").first.click()
    assert menu.get_attribute("open") is None


def test_a_dialog_opens_over_the_page_and_closes(open_gallery: Any) -> None:
    page = open_gallery()
    opener, shown = page.locator("[data-dialog]").first, page.locator("dialog[open]")
    opener.click()
    assert shown.count() == 1
    shown.locator("[data-close]").last.click()
    assert shown.count() == 0
    opener.click()
    page.mouse.click(5, 5)
    assert shown.count() == 0


def test_the_chosen_theme_stays_and_auto_follows_the_device(open_gallery: Any) -> None:
    page = open_gallery(scheme="light")
    page.locator("[data-theme-switch] input[value=sombre]").check()
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.locator("[data-theme-switch] input[value=sombre]").is_checked()
    page.locator("[data-theme-switch] input[value=auto]").check()
    assert page.locator("html").get_attribute("data-bs-theme") == "light"
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-bs-theme=dark]").wait_for()


def test_a_dropped_file_fills_the_field_and_is_named(open_gallery: Any) -> None:
    page = open_gallery()
    page.evaluate(DROP)
    assert page.locator("[data-drop-name]").first.text_content() == "notes.csv (2,5 ko)"
    assert page.evaluate("document.querySelector('[data-drop] input').files.length") == 1


def test_the_server_can_have_a_sentence_read_aloud(open_gallery: Any) -> None:
    page = open_gallery()
    page.evaluate("document.dispatchEvent(new CustomEvent('announce', {detail: {value: 'Deux idées rapprochées'}}))")
    page.locator("#live", has_text="Deux idées rapprochées").wait_for()
    assert page.locator("#live").get_attribute("aria-live") == "polite"


def test_a_definition_opens_beside_its_word(open_gallery: Any) -> None:
    page = open_gallery()
    note = page.locator(".definition-note").first
    page.locator("button.definition").first.click()
    assert note.is_visible()
    page.keyboard.press("Escape")
    assert note.is_hidden()


def test_without_javascript_the_page_keeps_its_words_and_hides_what_would_not_work(open_gallery: Any) -> None:
    page = open_gallery(java_script_enabled=False)
    menu = page.locator("details.menu").first
    menu.locator("summary").click()
    assert menu.locator("a").first.is_visible()
    assert page.locator(".theme-switch").is_hidden()
    assert page.locator("text=ou lâchez-le ici").first.is_hidden()
    assert page.locator("input[type=file]").first.is_visible()
