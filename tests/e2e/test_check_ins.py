"""« Où en est-on ? » from the lead's first click to the answer in their week, by a telephone without an account."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visits import HOME, LEAD, PATIENCE, Visits, button, link

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ELSEWHERE = "/rive-haute/"


def letter_to(folder: Path, address: str, *, but: str = "") -> str:
    """The address in the letter that the worker has sent to somebody, as soon as it is there. `but`: one known."""
    end = time.monotonic() + 3 * PATIENCE / 1000
    while time.monotonic() < end:
        for kept in sorted(folder.glob("*.log")) if folder.exists() else ():
            text = kept.read_text().replace("=\n", "").replace("=3D", "=")
            found = re.search(r"https?://[^/\s]+(/\S+/ou-en-est-on/[\w.-]+/)", text)
            if f"To: {address}" in text and found and found[1] != but:
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address}")


def tap(page: Page, name: str) -> None:
    page.locator(".check-in__answer", has_text=name).tap()


def test_a_lead_asks_a_referent_answers_on_the_telephone_and_the_week_says_so(visits: Visits, letters: Path) -> None:
    desk = visits.enter(f"{ELSEWHERE}ma-semaine/", role="newcomer")
    link(desk, "Ouvrir le prochain point d'étape").click()
    expect(desk.get_by_text("1 personne, 2 questions")).to_be_visible()
    button(desk, "Ouvrir et envoyer").click()
    desk.get_by_role("heading", level=1, name=re.compile("Point d'étape du")).wait_for()
    round_url = desk.url
    link(desk, "Zélie Armand").first.click()
    early = button(desk, "Envoyer maintenant")  # on a Saturday or a Sunday, letters wait for Monday
    if early.count():
        early.click()

    phone = visits.stranger(letter_to(letters, "zelie@rive-haute.example"), width=390, **PHONE)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Rouvrir le local de la tour 4")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    box = phone.locator(".check-in__answer").first.bounding_box()
    assert box is not None
    assert box["height"] >= 64
    tap(phone, "Ça coince")
    phone.get_by_label("Une phrase").fill("Le serrurier n'est pas venu")
    button(phone, "Envoyer").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Réparer l'ascenseur de la tour 2")
    tap(phone, "C'est fait")
    phone.get_by_text("Joindre une photo").tap()
    phone.get_by_label("Ou un lien").fill("https://exemple.fr/ascenseur")
    button(phone, "Envoyer").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci")
    phone.get_by_role("link", name=re.compile("Corriger : Rouvrir")).tap()
    phone.get_by_label("Une phrase").fill("Le serrurier vient jeudi")
    button(phone, "Corriger ma réponse").tap()
    expect(phone.get_by_role("listitem").filter(has_text="Rouvrir le local")).to_contain_text(
        "Le serrurier vient jeudi"
    )

    desk.goto(round_url)
    expect(desk.get_by_role("list", name="Questions par état")).to_contain_text("répondu")
    desk.goto(f"{ELSEWHERE}ma-semaine/")
    week = desk.get_by_role("main")
    expect(week.locator("section", has=desk.get_by_role("heading", name="Réponses reçues"))).to_contain_text(
        "Le serrurier vient jeudi"
    )
    expect(week.locator("section", has=desk.get_by_role("heading", name="À appeler"))).to_contain_text("Zélie Armand")
    meeting = week.locator("section", has=desk.get_by_role("heading", name="Préparer la réunion"))
    expect(meeting).to_contain_text("Pièces à confirmer")


def test_a_question_is_passed_on_without_an_account(visits: Visits, book: dict[str, str], letters: Path) -> None:
    desk = visits.enter(book["check_in_person"])
    button(desk, "Renvoyer le courriel").click()
    desk.get_by_text("La question repart").wait_for()
    address = desk.locator(".reach-line").inner_text().split()[-1]
    theirs = letter_to(letters, address)
    phone = visits.stranger(theirs, width=390, **PHONE)
    asked = phone.get_by_role("heading", level=1).inner_text()
    link(phone, "Transmettre à un collègue").tap()
    phone.get_by_label("Son nom").fill("Odile Sarrazin")
    phone.get_by_label("Son adresse électronique").fill("odile@exemple.fr")
    button(phone, "Transmettre").tap()
    expect(phone.get_by_role("main")).to_contain_text("Transmise à Odile Sarrazin")
    other = visits.stranger(letter_to(letters, "odile@exemple.fr"), width=390, **PHONE)
    expect(other.get_by_role("heading", level=1)).to_have_text(asked)


def test_answers_are_typed_during_a_call(visits: Visits) -> None:
    page = visits.enter(f"{HOME}ma-semaine/", role=LEAD)
    first = page.get_by_role("link", name=re.compile("Remplir sa feuille")).first
    name = (first.text_content() or "").partition(" : ")[2].strip()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("radio", name="En cours").first.check()
    page.get_by_label("Une phrase").first.fill("Rappeler lundi")
    button(page, "Enregistrer").click()
    expect(page.get_by_role("row", name=re.compile("Rappeler lundi"))).to_contain_text(name)


def test_sheets_print_one_person_a_page(visits: Visits, book: dict[str, str]) -> None:
    page = visits.enter(f"{book['check_in_round']}feuilles/")
    sheets = page.locator("article.paper")
    people = sheets.count()
    assert people >= 1
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Menu principal")).to_be_hidden()
    pages = page.pdf(format="A4").count(b"/Type /Page\n")
    assert pages == people
