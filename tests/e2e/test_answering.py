"""From a line to a published answer, as the project lead; from the QR code of a hall to that answer, on a phone."""

import re
from datetime import date
from uuid import uuid4

import pytest
from pages_answers import ANSWERS, PUBLIC
from playwright.sync_api import Page, expect
from visits import HOME, LEAD, Visits, button, link

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}


def first_slip(page: Page, codes: str) -> tuple[str, str]:
    """The code and the words of a slip."""
    page.goto(codes)
    slip = page.locator(".slips li").first
    words = slip.locator(".slip-words").inner_text().strip("« »\u00a0")
    return slip.locator(".slip-code").inner_text(), words


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with script", "without"])
def test_a_resident_goes_from_the_poster_to_the_answer(
    visits: Visits, book: dict[str, str], options: dict[str, bool]
) -> None:
    visits.forgive(" 422 ")
    code, words = first_slip(visits.enter(role=LEAD), book["codes"])
    poster = visits.stranger(f"{PUBLIC}affiche/")
    assert poster.get_by_role("img", name="Code QR vers").get_attribute("src", timeout=2_000)
    shown = re.search(r"https?://\S+", poster.locator(".poster-foot").inner_text())
    assert shown
    page = visits.stranger("/" + shown[0].split("/", 3)[3], **PHONE, **options)
    page.get_by_role("heading", name="Vous avez dit, voici la suite").wait_for()
    link(page, "J'ai un code : où en est ma demande ?").click()
    page.get_by_label("Votre code").fill("zzz zzz")
    button(page, "Voir la suite").click()
    page.get_by_text("Ce code n'ouvre rien ici").wait_for()
    expect(page.get_by_label("Votre code")).to_have_value("zzz zzz")
    page.get_by_label("Votre code").fill(f"{code[:3].lower()} {code[3:].lower()}")
    button(page, "Voir la suite").click()
    page.get_by_role("heading", name="Ce que vous avez dit").wait_for()
    expect(page.get_by_role("main")).to_contain_text(words[:30])
    page.get_by_role("heading", name="Ce qui a été répondu").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 if not options else True
    assert code not in page.url


def test_a_resident_chooses_their_neighbourhood_and_english(visits: Visits) -> None:
    page = visits.stranger(PUBLIC, **PHONE)
    page.get_by_label("Mon quartier").select_option("QN08109M")
    button(page, "Voir").click()
    page.wait_for_url("**quartier=QN08109M*")
    expect(page.get_by_role("region", name="Décidé, par qui, pour quand")).to_contain_text("grande tablée")
    link(page, "English").click()
    page.get_by_role("heading", name="You said it, here is what follows").wait_for()
    expect(page.get_by_label("My neighbourhood")).to_have_value("QN08109M")
    link(page, "I have a code: what became of my request?").click()
    page.get_by_role("heading", name="What became of my request?").wait_for()


def test_the_project_lead_answers_a_line_and_everybody_reads_it(visits: Visits) -> None:
    visits.forgive(" 422 ")
    page = visits.enter(ANSWERS, role=LEAD)
    reasons = f"La réunion suivante est affichée dans les halls, {uuid4().hex[:6]}"
    line = page.locator("label.tick").nth(2)
    words = line.inner_text().strip()
    line.click()
    button(page, "Répondre aux lignes cochées").click()
    page.get_by_role("heading", name="Répondre", exact=True).wait_for()
    page.get_by_label("Pourquoi").fill(reasons)
    button(page, "Enregistrer la réponse").click()  # no choice made: nothing typed is lost
    expect(page.get_by_label("Pourquoi")).to_have_value(reasons)
    page.get_by_label("Retenu, en l'adaptant").check()
    page.get_by_label("Décidé par").fill("le comité de pilotage")
    page.get_by_label("Le", exact=True).fill(date(2026, 10, 8).isoformat())
    button(page, "Enregistrer la réponse").click()
    page.get_by_role("heading", name="Relire et publier").wait_for()
    button(page, "Publier").click()
    page.get_by_text("La réponse est publiée.").wait_for()
    page.goto(ANSWERS)
    expect(page.locator("label.tick", has_text=words)).to_have_count(0)
    everybody = visits.stranger(f"{PUBLIC}dit/?reponse=adapted")
    expect(everybody.get_by_role("row", name=words)).to_contain_text(reasons)


def test_the_project_lead_closes_the_page_and_opens_it_again(visits: Visits) -> None:
    visits.forgive(" 404 ")
    page = visits.enter(f"{HOME}page-publique/", role=LEAD)
    button(page, "Fermer la page publique").click()
    page.get_by_text("La page publique est fermée.").wait_for()
    visits.stranger(PUBLIC).get_by_role("heading", name="Cette page n'existe pas").wait_for()
    button(page, "Ouvrir la page publique").click()
    page.get_by_text("La page publique est ouverte.").wait_for()
    visits.stranger(PUBLIC).get_by_role("heading", name="Vous avez dit, voici la suite").wait_for()
