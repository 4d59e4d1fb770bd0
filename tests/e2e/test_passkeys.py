"""Passkeys in a real browser, with the virtual authenticator that it lends to tests."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from visits import KEYLESS_EMAIL, Visits, button

from served import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visits: Visits) -> Page:
    """A browser that holds an authenticator. WebAuthn wants a name, not a number: localhost."""
    found = visits.stranger("/connexion/")
    client = found.context.new_cdp_session(found)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    found.goto(f"http://localhost:{urlsplit(visits.url).port}/connexion/")
    return found


def enter(page: Page) -> None:
    page.get_by_label("Adresse électronique").fill(KEYLESS_EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    button(page, "Se connecter").click()


def leave(page: Page) -> None:
    page.locator("header summary").click()
    button(page, "Se déconnecter").click()
    page.get_by_label("Adresse électronique").wait_for()


def test_a_passkey_is_made_then_opens_alone_then_stands_as_second_factor(visits: Visits, page: Page) -> None:
    visits.forgive(" 422 ")
    button(page, "Utiliser une clé d'accès").click()  # this device holds none yet
    expect(page.get_by_role("alert")).to_contain_text("Rien n'a été fait")

    enter(page)
    page.goto(f"{page.url.rstrip('/')}/compte/second-facteur/")
    button(page, "Ajouter une clé d'accès").click()
    expect(page.get_by_text("La clé d'accès est ajoutée.")).to_be_visible()
    button(page, "Refaire des codes de secours").click()
    expect(page.locator("code")).to_have_count(8)
    leave(page)

    button(page, "Utiliser une clé d'accès").click()
    page.get_by_role("heading", name="Vous n'êtes encore membre d'aucun espace").wait_for()
    leave(page)

    enter(page)
    page.get_by_role("heading", name="Second facteur").wait_for()
    button(page, "Utiliser une clé d'accès").click()
    page.get_by_role("heading", name="Vous n'êtes encore membre d'aucun espace").wait_for()

    page.goto(f"{page.url.rstrip('/')}/compte/second-facteur/")
    button(page, "Ajouter une clé d'accès").click()
    expect(page.get_by_role("alert")).to_contain_text("a déjà une clé d'accès")
    button(page, "Retirer").click()
    expect(page.get_by_text("La clé d'accès est retirée.")).to_be_visible()
    leave(page)
    button(page, "Utiliser une clé d'accès").click()
    expect(page.get_by_role("alert")).to_contain_text("n'a pas été reconnue")
