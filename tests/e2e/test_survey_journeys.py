"""A resident answers on a phone while the network comes and goes: nothing is lost, one answer arrives."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from visits import Visits, button

pytestmark = pytest.mark.browser
PHONE = 390


def came(visits: Visits, book: dict[str, str]) -> int:
    """How many answers the team sees."""
    page = visits.enter(book["survey_open"])
    return int(page.locator("dd").first.inner_text())


def fill(page: Page, words: str) -> None:
    page.get_by_text("Jamais", exact=True).click()
    page.get_by_label(re.compile("en éloigne")).fill(words)
    page.get_by_text("De l'ombre").click()


def test_the_network_is_cut_in_the_middle_and_one_answer_arrives(visits: Visits, book: dict[str, str]) -> None:
    visits.forgive("ERR_INTERNET_DISCONNECTED")
    before = came(visits, book)
    page = visits.stranger(book["survey_answer"], width=PHONE)
    page.context.set_offline(True)
    fill(page, "Rien à faire pour les grands")
    button(page, "Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Votre réponse est gardée sur cet appareil")).to_be_visible()
    expect(page.get_by_text("Pas de réseau pour l'instant")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Merci, votre réponse est arrivée")).to_be_visible()
    assert came(visits, book) == before + 1
    page.reload()
    expect(page.get_by_label("Jamais", exact=True)).not_to_be_checked()  # the device has forgotten it
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('enquete'))") == []


def test_the_answer_of_the_server_is_lost_on_the_way_and_counts_once(visits: Visits, book: dict[str, str]) -> None:
    visits.forgive("ERR_FAILED", "ERR_CONNECTION")
    before = came(visits, book)
    page = visits.stranger(book["survey_answer"], width=PHONE)
    lost: list[str] = []

    def swallow(route: Route) -> None:
        """It reaches the server; its answer never comes back, the first time."""
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    page.route("**/enquete/*/", lambda route: swallow(route) if route.request.method == "POST" else route.continue_())
    fill(page, "Trop de soleil")
    button(page, "Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci, votre réponse est arrivée")).to_be_visible(timeout=20_000)
    assert "received" in lost[0]
    assert came(visits, book) == before + 1


def test_a_page_closed_before_it_is_sent_comes_back_as_it_was(visits: Visits, book: dict[str, str]) -> None:
    page = visits.stranger(book["survey_answer"], width=PHONE)
    fill(page, "Je reviens dans une heure")
    page.goto("about:blank")
    page.goto(book["survey_answer"])
    expect(page.get_by_label(re.compile("en éloigne"))).to_have_value("Je reviens dans une heure")
    expect(page.get_by_label("Jamais", exact=True)).to_be_checked()
    button(page, "Effacer ce que j'ai rempli").click()
    expect(page.get_by_label("Jamais", exact=True)).not_to_be_checked()
    expect(page.get_by_label(re.compile("en éloigne"))).to_be_hidden()


def test_several_people_answer_on_one_device_without_network(visits: Visits, book: dict[str, str]) -> None:
    visits.forgive("ERR_INTERNET_DISCONNECTED")
    before = came(visits, book)
    page = visits.stranger(book["survey_answer"], width=PHONE)
    page.context.set_offline(True)
    for words in ("La première", "La seconde"):
        fill(page, words)
        button(page, "Envoyer mes réponses").click()
        button(page, "Une autre personne répond ici").click()
    page.context.set_offline(False)
    fill(page, "La troisième")
    button(page, "Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci, votre réponse est arrivée")).to_be_visible()
    assert came(visits, book) == before + 3


def test_without_script_it_is_a_plain_form(visits: Visits, book: dict[str, str]) -> None:
    before = came(visits, book)
    page = visits.stranger(book["survey_answer"], width=PHONE, java_script_enabled=False)
    expect(page.get_by_text("Seulement si vous avez répondu « Jamais » à la question 1.")).to_be_visible()
    fill(page, "Le bruit")
    button(page, "Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci, votre réponse est arrivée")).to_be_visible()
    assert came(visits, book) == before + 1
