"""Every page: nothing for axe in both themes at both widths, no overflow, all reached by keyboard, light, silent."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from django.urls import resolve
from pages import ACTIONS, NOT_PAGES, STOPS, address_map
from playwright.sync_api import Page
from visits import Visits

pytestmark = pytest.mark.browser
MOST_REQUESTS, MOST_BYTES = 10, 100 * 1024
MOST_MAP_REQUESTS, MOST_MAP_BYTES = 9, 400 * 1024  # the map is apart (design, budgets): its code and its outlines
NEWS = re.compile(r"/relire/\w+/etat/$")  # every three seconds: not of the first time
MAP = re.compile(r"/vendor/leaflet/|/territories/map\.|/(?:carte|fond)\.json")
# What passes is not described: it takes longer than to check. A theme changes colours and nothing else.
RULES = {
    "light": {"resultTypes": ["violations"]},
    "dark": {
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    },
}
Come = Callable[..., Page]
# What the keyboard must reach: every control that is shown, one radio button a group.
TO_REACH = """() => {
  const radios = new Set();
  const shown = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((e) => !e.disabled && e.tabIndex >= 0 && e.type !== "hidden")
    .filter((e) => e.checkVisibility({visibilityProperty: true}))
    .filter((e) => e.type !== "radio" || (!radios.has(e.name) && radios.add(e.name)));
  window.toReach = new Set(shown.map((e) => e.type === "radio" ? `radio ${e.name}` : e));
  window.reached = new Set();
  window.unseen = [];
  const drawn = (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none";
  document.addEventListener("focusin", ({target: e}) => {
    window.reached.add(e.type === "radio" ? `radio ${e.name}` : e);
    const places = [e, e.closest("label"), e.parentElement].filter(Boolean).map((one) => getComputedStyle(one));
    const seen = [...places, getComputedStyle(e, "::after")].some(drawn);
    if (!seen) window.unseen.push(e.outerHTML.slice(0, 160));
  });
  document.activeElement?.blur();
  const dates = shown.filter((e) => e.type === "date").length;  // day, month, year and calendar are four stops
  return shown.length + 3 * dates;
}"""
MISSED = "() => [...window.toReach].filter((e) => !window.reached.has(e)).map((e) => (e.outerHTML ?? e).slice(0, 160))"


@pytest.fixture
def come(visits: Visits, book: dict[str, str]) -> Come:
    """Bring the visitor of a stop to it."""

    def come(name: str, **options: Any) -> Page:
        visits.forgive(" 403 ", " 404 ", " 410 ", " 422 ")  # a refused form or page comes with its status
        stop = STOPS[name]
        path = stop.path.format(**book)
        page = visits.enter(path, role=stop.role, **options) if stop.role else visits.stranger(path, **options)
        if stop.act:
            stop.act(page)
        if page.locator("[data-map]").count():
            page.locator("[data-map][data-ready]").wait_for()
        return page

    return come


def test_every_address_of_the_product_is_a_known_page_or_no_page_at_all() -> None:
    pages = {name.split("/")[0] for name in STOPS} - {"not found", "refused"}
    assert {pattern.name for pattern in address_map()} == pages | ACTIONS | NOT_PAGES
    for pattern in address_map():
        if pattern.name in ACTIONS:
            assert pattern.callback(RequestFactory().get("/")).status_code == 405, pattern.name


@pytest.mark.parametrize("name", STOPS)
def test_a_page_is_for_everybody(come: Come, name: str) -> None:
    """One visit a page: coming to some takes longer than looking at them."""
    page = come(name)
    known = name.split("/")[0]
    if known in {pattern.name for pattern in address_map()}:
        assert resolve(urlsplit(page.url).path).url_name == known
    if STOPS[name].act is None and name != "gallery":  # the gallery shows fields that take the focus
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.matches('.skip, [autofocus], form *')")
        assert first, "the first stop is neither « Aller au contenu » nor the field to fill"
    check_keyboard(page)
    if name != "gallery":  # axe: tests/kit/test_manners.py
        check_axe(page)
    if STOPS[name].act is None:
        check_weight(page)


def check_keyboard(page: Page) -> None:
    """Everything is reached by keyboard, and the focus is seen."""
    for _ in range(page.evaluate(TO_REACH) + 3):  # once round, the browser's own stop included
        page.keyboard.press("Tab")
    assert page.evaluate(MISSED) == []
    assert page.evaluate("window.unseen") == []


def check_axe(page: Page) -> None:
    """Axe finds nothing, and nothing overflows."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its own words
        page.locator(f"html[data-bs-theme={scheme}]").wait_for()
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options=RULES[scheme]).response["violations"]
            faults = [(fault["id"], [node["html"][:200] for node in fault["nodes"]][:3]) for fault in found]
            assert faults == [], (scheme, width)
    for width in (640, 320):  # 1280 points wide at 200 %, and 400 %
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def check_weight(page: Page) -> None:
    """It is light the first time that it is opened."""
    client = page.context.new_cdp_session(page)
    sizes: dict[str, int] = {}
    asked: dict[str, str] = {}
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    client.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    client.on(
        "Network.requestWillBeSent",
        lambda event: (
            asked.update({event["requestId"]: event["request"]["url"]})
            if event["request"]["url"].startswith("http") and not NEWS.search(event["request"]["url"])
            else None
        ),
    )
    page.reload(wait_until="networkidle")
    names = [re.sub(r"\.[0-9a-f]{12}\.", ".", url) for url in asked.values()]
    assert len(set(names)) == len(names), "the same file under two names"
    of_map = {key for key, url in asked.items() if MAP.search(url)}
    assert len(asked) - len(of_map) <= MOST_REQUESTS, json.dumps(asked, indent=1)
    assert len(of_map) <= MOST_MAP_REQUESTS, json.dumps(asked, indent=1)
    assert sum(size for key, size in sizes.items() if key not in of_map) <= MOST_BYTES
    assert sum(size for key, size in sizes.items() if key in of_map) <= MOST_MAP_BYTES
