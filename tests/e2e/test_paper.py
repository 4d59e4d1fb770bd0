"""What comes out of the printer: the words, without what only a screen can use."""

import io
import re
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from visits import HOME, Visits

from comptoir.evaluation.methods import methods

pytestmark = pytest.mark.browser
NOT_ON_PAPER = ("Menu principal", "Aller au contenu", "Apparence", "Se déconnecter", "Ajouter une note", "Chercher")


def flat(text: str) -> str:
    """Without line breaks and ligatures, which the paper has and the page has not."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("place", ["{version}", "{draft}synthese/", "{board}"], ids=["version", "draft", "board"])
def test_a_printed_page_has_all_its_words_and_no_navigation(visits: Visits, book: dict[str, str], place: str) -> None:
    page = visits.enter(place.format(**book))
    words = page.locator(".note").first.get_by_role("link").first.inner_text()
    notes = page.locator(".note").count()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=False)))
    text = flat(" ".join(sheet.extract_text() for sheet in reader.pages))
    assert flat(words) in text
    assert notes > 20
    assert len(text) > notes * 20
    assert [label for label in NOT_ON_PAPER if label in text] == []


def test_a_dark_screen_prints_on_white(visits: Visits, book: dict[str, str]) -> None:
    page = visits.enter(book["version"], color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_what_is_folded_by_neighbourhood_is_read_on_paper_and_folded_again(
    visits: Visits, book: dict[str, str]
) -> None:
    page = visits.enter(f"{book['survey_stopped']}resultats/")
    folded = page.locator("details.unfolds")
    headings = page.locator("details.unfolds th[scope=col]").all_text_contents()
    assert len(headings) > 2
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = flat(" ".join(sheet.extract_text() for sheet in reader.pages))
    assert text.count("Nombre de réponses, par quartier") == folded.count() + 1  # and where the answers come from
    expect(page.locator("details.unfolds[open]")).to_have_count(0)


@pytest.mark.parametrize("key", sorted(methods()))
def test_the_sheet_of_a_method_fits_on_one_page(visits: Visits, key: str) -> None:
    page = visits.enter(f"{HOME}evaluation/methodes/{key}/")
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=False)))
    text = flat(" ".join(sheet.extract_text() for sheet in reader.pages))
    assert len(reader.pages) == 1
    assert flat(methods()[key].answer) in text
    assert flat(methods()[key].traps[0]) not in text
