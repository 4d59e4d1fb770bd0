"""People who open the product in a browser, and the notes that they bring."""

import re
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState

from comptoir.demo.content import PEOPLE, SPACE
from served import PASSWORD

NOTES = """\
# Intérêt
Le banc sous le tilleul, on y reste discuter ***
Les voisins se prêtent la remorque
# Essai à transformer
La soupe du vendredi devant la laverie **
Peindre les boîtes aux lettres
# Pièges à éviter
Trop de formulaires à remplir
trop de formulaires à remplir !!
# Invention à tester
Un carnet de recettes par escalier
"""
PATIENCE = 10_000  # ms
HOME = f"/{SPACE.slug}/"
EMAILS = {person.role: person.email for person in PEOPLE}
NEWCOMER, NEWCOMER_EMAIL = "newcomer", "nouvelle@exemple.fr"  # leads two spaces just opened, empty
PROTECTED_EMAIL = "double@exemple.fr"  # has an application as second factor
KEYLESS_EMAIL = "cle@exemple.fr"  # has no passkey yet
LEAD, FACILITATOR = "project_lead", "facilitator"


class Visits:
    """Opens pages as somebody, and keeps what their consoles said: a test ends with silence, or forgives by name."""

    def __init__(self, browser: Browser, url: str, signed_in: dict[str, StorageState]):
        self.url, self._browser, self._signed_in = url, browser, signed_in
        self._contexts: list[BrowserContext] = []
        self._said: list[str] = []
        self._forgiven: list[str] = []

    def stranger(self, path: str = "/", *, width: int = 1280, **options: Any) -> Page:
        """Somebody who has not signed in, at this address."""
        return self._open(path, width, None, options)

    def enter(self, path: str = HOME, *, role: str = LEAD, width: int = 1280, **options: Any) -> Page:
        """The member of the demonstration who has this role, at this address."""
        if role not in self._signed_in:
            self._signed_in[role] = self._sign_in(EMAILS.get(role, NEWCOMER_EMAIL))
        return self._open(path, width, self._signed_in[role], options)

    def forgive(self, *parts: str) -> None:
        """What the console says with one of these parts is expected in this test."""
        self._forgiven += parts

    def said(self) -> list[str]:
        return [line for line in self._said if not any(part in line for part in self._forgiven)]

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _open(self, path: str, width: int, state: StorageState | None, options: dict[str, Any]) -> Page:
        known = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce", "locale": "fr-FR"}
        context = self._browser.new_context(base_url=self.url, storage_state=state, **{**known, **options})
        self._contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda fault: self._said.append(str(fault.error)))
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(path)
        return page

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self._said.append(f"{message.page.url if message.page else ''} {message.text}")

    def _sign_in(self, email: str) -> StorageState:
        context = self._browser.new_context(base_url=self.url)
        form = {"username": email, "password": PASSWORD, "csrfmiddlewaretoken": token_at(context, "/connexion/")}
        answer = context.request.post("/connexion/", form=form)
        assert "/connexion/" not in answer.url
        state = context.storage_state()
        context.close()
        return state


def token_at(context: BrowserContext, path: str) -> str:
    """The token that the forms of a page carry."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', context.request.get(path).text())
    assert found
    return found[1]


def unique(notes: str = NOTES) -> str:
    """These notes and one more: the same content is not imported twice unasked."""
    return f"{notes}Le troc de plantes du palier {uuid4().hex[:6]}\n"


def bring(page: Page, notes: str = NOTES, title: str = "") -> str:
    """Paste notes and import them, as the team does. Returns the address of their comptoir."""
    notes = unique(notes)
    page.goto(f"{HOME}comptoirs/importer/")
    page.get_by_label("Collez vos notes").fill(notes)
    button(page, "Lire").click()
    page.get_by_label(re.compile("^Titre")).fill(title or f"Comptoir du banc {uuid4().hex[:6]}")
    button(page, "C'est bien ça, importer").click()
    page.wait_for_url("**/ressemblances/")
    return page.url.removesuffix("ressemblances/")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)
