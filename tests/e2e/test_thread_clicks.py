"""From any verbatim to its outcome and back in three clicks; a commitment linked in two."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visits import HOME, LEAD, Visits, button, link

pytestmark = pytest.mark.browser
MOST = 3
PROOF = "État des signalements de 2025"
WORDS = "Se renvoyer la balle entre mairie, agglo et bailleur"


class Hand:
    """Counts clicks."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()


def listed(page: Page) -> Locator:
    """The list that says what the picture says: on a phone it is all that is shown."""
    return page.get_by_role("region", name="Le même fil, en liste")


@pytest.mark.parametrize("role", [LEAD, "council_member"])
@pytest.mark.parametrize(
    "options", [{"width": 1280}, {"width": 390, "java_script_enabled": False}], ids=["laptop", "phone"]
)
def test_from_a_word_to_its_outcome_and_back(
    visits: Visits, book: dict[str, str], role: str, options: dict[str, object]
) -> None:
    page = visits.enter(book["thread_commitment"], role=role, **options)  # type: ignore[arg-type]  # of a browser
    link(listed(page), WORDS).click()  # type: ignore[arg-type]  # a part of the page
    expect(page.get_by_role("heading", name="Ce qui a été dit")).to_be_visible()
    expect(page.locator(".quote", has_text=WORDS).first).to_be_visible()  # someone's words, and from here we count
    hand = Hand()
    hand.click(link(page, "Tout le fil"))
    expect(listed(page).get_by_text("tenu", exact=True).first).to_be_visible()
    hand.click(link(listed(page), PROOF))  # type: ignore[arg-type]  # a part of the page
    expect(page).to_have_url(re.compile(f"{HOME}engagements/\\w+/#evidence$"))
    assert hand.clicks <= MOST
    back = Hand()
    back.click(link(page, "Tout le fil"))
    back.click(link(listed(page), WORDS))  # type: ignore[arg-type]  # a part of the page
    expect(page.locator(".quote", has_text=WORDS).first).to_be_visible()
    assert back.clicks <= MOST


def test_a_box_of_the_picture_opens_its_page(visits: Visits, book: dict[str, str]) -> None:
    page = visits.enter(book["thread_commitment"])
    page.locator("svg.trace__picture a", has_text="signalements").last.click()
    expect(page).to_have_url(re.compile(r"#evidence$"))


def test_a_commitment_is_linked_in_two_clicks_and_that_is_taken_back(visits: Visits, book: dict[str, str]) -> None:
    page = visits.enter(f"{HOME}fil/a-relier/engagements/")
    hand = Hand()
    hand.click(page.get_by_role("link", name=re.compile("permanence d'accès aux droits")))
    expect(page.get_by_text("Mêmes mots").or_(page.get_by_text("Même sujet")).first).to_be_visible()
    hand.click(page.get_by_role("button", name=re.compile("^Relier")).first)
    assert hand.clicks == 2
    expect(page.get_by_text("Relié.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Enlever")).click()
    expect(page.get_by_text("Lien enlevé.")).to_be_visible()
    expect(button(page, "Enlever")).to_have_count(0)


def test_a_definition_is_read_by_hovering_by_focus_and_in_the_text(visits: Visits) -> None:
    page = visits.enter(f"{HOME}fil/")
    term = button(page, "Dit, et devenu un engagement")
    note = page.get_by_role("note").filter(has_text="deux chemins compte une fois")
    expect(note).to_be_hidden()
    term.hover()
    expect(note).to_be_visible()
    page.mouse.move(0, 0)
    expect(note).to_be_hidden()
    page.get_by_role("button", name="Voir").focus()
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    expect(note).to_be_visible()
    page.get_by_text("Ce que veulent dire ces nombres").click()
    expect(page.locator("#definitions").get_by_text("deux chemins compte une fois")).to_be_visible()
