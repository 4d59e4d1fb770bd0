"""From the first page to the synthesis of one's own notes: at most ten clicks, on a phone and without script too."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Download, Locator, Page
from visits import Visits, button, link, unique

from comptoir.accounts.enums import Role
from comptoir.analysis.documents import FORMATS
from served import LEAD as LEAD_EMAIL
from served import PASSWORD

pytestmark = pytest.mark.browser
MOST_CLICKS = 10


class Hand:
    """Counts clicks, those that put the cursor in a field included."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()


def text_of(download: Download) -> str:
    content = zipfile.ZipFile(io.BytesIO(Path(download.path()).read_bytes())).read("content.xml").decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content)).replace("&apos;", "'")


def walk(page: Page, hand: Hand) -> Download:
    """What the page offers, step after step: paste, check, look at what is alike, reread, download."""
    hand.click(link(page, "Coller ou importer des notes"))
    field = page.get_by_label("Collez vos notes")
    hand.click(field)
    field.fill(unique())
    hand.click(button(page, "Lire"))
    hand.click(button(page, "C'est bien ça, importer"))
    hand.click(button(page, "Rapprocher").first)
    hand.click(link(page, "Relire ensemble").first)
    hand.click(link(page, "Télécharger").first)
    with page.expect_download() as found:
        hand.click(link(page, FORMATS["odt"].label))
    return found.value


@pytest.mark.parametrize(
    "options",
    [
        {"width": 1280},
        {"width": 390, "has_touch": True, "is_mobile": True},
        {"width": 1280, "java_script_enabled": False},
        {"width": 390, "java_script_enabled": False},
    ],
    ids=["desktop", "phone", "without script", "phone without script"],
)
def test_from_the_first_page_to_a_document_of_my_own_notes_in_ten_clicks(
    visits: Visits, options: dict[str, Any]
) -> None:
    hand, page = Hand(), visits.stranger("/", **options)
    hand.click(button(page, Role.PROJECT_LEAD.label.capitalize()))
    download = walk(page, hand)
    assert hand.clicks <= MOST_CLICKS
    assert download.suggested_filename.endswith(".odt")
    text = text_of(download)
    assert "Le banc sous le tilleul, on y reste discuter" in text
    assert "La soupe du vendredi devant la laverie" in text
    assert text.lower().count("trop de formulaires à remplir") == 1


def test_the_account_typed_by_hand_opens_the_same_page(visits: Visits) -> None:
    page = visits.stranger("/")
    page.get_by_label("Adresse électronique").fill(LEAD_EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    link(page, "Coller ou importer des notes").wait_for()


def test_a_wrong_password_is_one_sentence_and_keeps_the_address(visits: Visits) -> None:
    page = visits.stranger("/")
    page.get_by_label("Adresse électronique").fill(LEAD_EMAIL)
    page.get_by_label("Mot de passe").fill("ce-n-est-pas-le-bon")
    page.keyboard.press("Enter")
    page.get_by_text("ne vont pas ensemble").first.wait_for()
    assert page.get_by_label("Adresse électronique").input_value() == LEAD_EMAIL
