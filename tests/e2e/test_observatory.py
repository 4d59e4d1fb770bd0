"""The main path of the observatory in a browser: from the menu to a hidden figure, a comparison, a value typed."""

import re

import pytest
from playwright.sync_api import Page, expect
from visits import HOME, Visits, button, link

pytestmark = pytest.mark.browser


def test_from_the_menu_to_a_figure_that_says_why_it_is_hidden(visits: Visits) -> None:
    page = visits.enter(HOME, role="reader", width=390)
    page.goto(visits.url + f"{HOME}observatoire/")
    link(page, "Jeunes accompagnés vers l'emploi : filles").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jeunes accompagnés vers l'emploi : filles")
    hidden = page.get_by_role("row", name=re.compile("Lentajou"))
    expect(hidden.first).to_contain_text("moins de 11 jeunes")
    expect(page.locator("svg .gauge__why").first).to_be_visible()
    page.get_by_label("Millésime").select_option(label="2024")
    expect(page.locator("#valeurs-results, [id*=valeurs]").first).to_contain_text("2024")


def test_a_neighbourhood_is_beside_france_and_a_refusal_has_its_reason(visits: Visits) -> None:
    page = visits.enter(f"{HOME}observatoire/quartiers/QN08110M/", role="elected_official")
    row = page.get_by_role("row", name=re.compile("Médiane du revenu disponible"))
    expect(row.first).to_contain_text("21 930")
    expect(page.get_by_role("heading", name="Ce qu'il faut savoir pour lire")).to_be_visible()
    expect(page.locator(".reasons")).to_contain_text("ne dit pas de quelle année")
    page.goto(visits.url + f"{HOME}observatoire/quartiers/QN08106M/")
    link(page, "Les chiffres de l'ancien périmètre").click()
    expect(page.get_by_role("row", name=re.compile("Taux de pauvreté")).first).to_contain_text("66,8")


def _type(page: Page, name: str, text: str) -> None:
    page.get_by_label(re.compile(f"^{re.escape(name)} :")).fill(text)


def test_an_owner_types_values_and_keeps_what_was_wrong(visits: Visits) -> None:
    visits.forgive("422 (Unprocessable Entity)")  # what cannot be read is sent back
    page = visits.enter(f"{HOME}observatoire/saisies/", role="facilitator", width=390)
    link(page, "Jeunes accompagnés vers l'emploi").first.click()
    _type(page, "Cantepau", "une centaine")
    _type(page, "Lapanouse", "40")
    button(page, "Enregistrer").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label(re.compile("^Lapanouse :"))).to_have_value("40")
    _type(page, "Cantepau", "118")
    button(page, "Enregistrer").click()
    expect(page.get_by_text("Les valeurs sont enregistrées")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Cantepau")).first).to_contain_text("118")
