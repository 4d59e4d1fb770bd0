"""What each role sees, and does not see, when it comes in."""

import re

import pytest
from playwright.sync_api import expect
from visits import EMAILS, FACILITATOR, HOME, LEAD, Visits, link

from comptoir.accounts.enums import Role

pytestmark = pytest.mark.browser
TEAM = {LEAD, FACILITATOR}
HEARS_RAW = TEAM | {"evaluator"}
READS_JOURNAL = {LEAD, "evaluator"}


@pytest.mark.parametrize("role", EMAILS)
def test_a_role_sees_what_it_may_do_and_nothing_else(visits: Visits, role: str) -> None:
    page = visits.enter(role=role)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Synthèses publiées")).to_be_visible()
    expect(link(page, "Coller ou importer des notes")).to_have_count(int(role in TEAM))
    expect(link(page, "Ouvrir un tableau vide")).to_have_count(int(role in TEAM))
    drafts = main.get_by_text("En préparation", exact=True)
    if role in HEARS_RAW:
        expect(drafts.first).to_be_visible()
    else:
        expect(drafts).to_have_count(0)
    menu = page.get_by_role("navigation", name="Menu principal")
    expect(menu.get_by_role("link", name="Journal")).to_have_count(int(role in READS_JOURNAL))
    page.locator("header summary").click()
    expect(link(page, "Réglages de l'espace")).to_have_count(int(role == LEAD))
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


@pytest.mark.parametrize("role", EMAILS)
def test_a_role_reads_the_published_synthesis_down_to_its_words(visits: Visits, role: str) -> None:
    page = visits.enter(role=role)
    page.locator("section", has_text="Synthèses publiées").get_by_role("link").first.click()
    expect(page.get_by_text("Publiée", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Publier"))).to_have_count(0)
    documents = page.get_by_role("navigation", name="Télécharger la synthèse")
    with page.expect_download() as found:
        documents.get_by_role("link").first.click()
    assert found.value.suggested_filename.endswith(".pdf")
    page.locator(".sheet").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Ce qui a été dit")).to_be_visible()
    expect(link(page, "La ligne comme elle est maintenant")).to_have_count(int(role in HEARS_RAW))


@pytest.mark.parametrize("role", sorted(set(EMAILS) - HEARS_RAW))
def test_raw_notes_are_closed_to_those_who_read_syntheses_only(visits: Visits, book: dict[str, str], role: str) -> None:
    visits.forgive(" 403 ", " 404 ")
    page = visits.enter(book["draft"], role=role)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n'existe pas")
    page.goto(f"{HOME}comptoirs/importer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page ne vous est pas ouverte")


def test_signing_out_from_the_board_closes_the_door(visits: Visits, book: dict[str, str]) -> None:
    page = visits.stranger("/")  # a session of their own: the others stay open
    page.get_by_role("button", name=Role.FACILITATOR.label.capitalize(), exact=True).click()
    page.goto(book["board"])
    page.locator("header summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("heading", name="Entrer dans la démonstration").wait_for()
    page.goto(HOME)
    page.get_by_role("heading", name="Entrer dans la démonstration").wait_for()
