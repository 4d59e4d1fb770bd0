"""The maps of neighbourhoods: they say what the list says, follow it, and can be done without a mouse."""

import json

import pytest
from playwright.sync_api import Page, expect
from visits import HOME, LEAD, Visits, button, link

pytestmark = pytest.mark.browser
MAP = "[data-map]"


def ready(page: Page, count: int | None = None) -> int:
    """Waits until the map shows its places (this many, where it is known). How many."""
    page.locator(f"{MAP}[data-ready]" if count is None else f"{MAP}[data-ready='{count}']").wait_for()
    return int(page.locator(MAP).get_attribute("data-ready") or "")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_follows_the_list(visits: Visits, width: int) -> None:
    page = visits.enter("/quartiers/", role="reader", width=width)
    assert ready(page) == 108
    page.get_by_label("Nom, code ou commune").fill("albi")
    ready(page, 3)
    assert page.get_by_role("rowheader").count() == 3
    page.get_by_label("Nom, code ou commune").fill("")
    page.get_by_label("Liste").select_option("2015")
    ready(page, 105)
    page.get_by_label("Département").select_option("81")
    ready(page, 11)
    page.reload()  # the address keeps what is asked
    ready(page, 11)
    assert page.get_by_role("rowheader").count() == 11


def test_the_list_shows_each_place_on_the_map_by_keyboard(visits: Visits) -> None:
    page = visits.enter("/quartiers/?q=albi", role="reader")
    ready(page, 3)
    link(page, "Cantepau").focus()
    expect(page.locator(".map .is-shown")).to_have_count(1)
    page.locator(".leaflet-tooltip", has_text="Cantepau").wait_for()
    page.locator(MAP).focus()
    ground = page.locator(".leaflet-map-pane")
    before = ground.get_attribute("style") or ""
    page.keyboard.press("ArrowRight")
    expect(ground).not_to_have_attribute("style", before)  # a function waited for would be refused by the page's policy
    link(page, "Cantepau").press("Enter")
    page.get_by_role("heading", name="Cantepau", level=1).wait_for()


def test_a_place_of_the_map_leads_to_its_page(visits: Visits) -> None:
    page = visits.enter("/quartiers/?q=QN08106M", role="reader")
    ready(page, 1)
    page.locator(".map path.map__place").first.click()
    page.wait_for_url("**/quartiers/QN08106M/")
    page = visits.enter(f"{HOME}quartiers/", role="reader")
    ready(page)
    assert page.locator(".map path.is-local").count() >= 2


def test_an_area_is_drawn_with_the_mouse_and_kept(visits: Visits) -> None:
    page = visits.enter(f"{HOME}quartiers/secteurs/nouveau/", role=LEAD)
    ready(page)
    page.get_by_label("Nom", exact=True).fill("Autour du pont")
    link(page, "Dessiner un contour").click()
    page.locator(MAP).evaluate("map => map.scrollIntoView({block: 'center'})")
    box = page.locator(MAP).bounding_box()
    assert box
    corners = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.4))
    for x, y in corners:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y, delay=30)
        page.wait_for_timeout(150)  # Leaflet.draw takes no second point in the 50 ms that follow one
    page.get_by_text("Le contour est dessiné").wait_for()
    written = json.loads(page.get_by_label("Contour (GeoJSON)").input_value())
    assert (written["type"], len(written["coordinates"][0])) == ("Polygon", 4)
    button(page, "Enregistrer le secteur").click()
    page.get_by_role("heading", name="Autour du pont").wait_for()
    assert page.get_by_role("img", name="Contour du secteur").is_visible()


def test_without_javascript_the_list_says_everything(visits: Visits) -> None:
    page = visits.enter("/quartiers/?q=albi", role="reader", java_script_enabled=False)
    assert not page.locator(MAP).is_visible()
    assert page.get_by_role("rowheader").count() == 3
    page = visits.enter(f"{HOME}quartiers/secteurs/nouveau/", role=LEAD, java_script_enabled=False)
    page.get_by_label("Nom", exact=True).fill("Deux quartiers")
    page.get_by_label("Ou des communes et des quartiers").fill("QN08106M\nLapanouse")
    button(page, "Enregistrer le secteur").click()
    page.get_by_role("heading", name="Deux quartiers").wait_for()
