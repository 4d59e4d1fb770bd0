"""Slides and posters (docs/concepts/documents.md): they open, keep every word, say a title and an order to a reader."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from documents_samples import logo
from pypdf import PdfReader

from comptoir.analysis.documents import DECK_FORMATS, Cell, Deck, Figure, Logo, Look, Slide, Table, Words
from comptoir.analysis.documents.pdf import NOTE

JUDGED = Table("Qui juge quoi", ("Habitants", "Élus"), ((Cell(("Non", "confiance forte")), Cell(("Plutôt oui",))),))
LOOK = Look("Val-Clair", "#7a1f4e", (Logo(logo(), "Logo de Val-Clair"),), "Relu en comité")
DECK = Deck(
    "Mi-parcours", "Contrat de Val-Clair",
    (
        Slide("À quoi ça sert", "Décider de la suite"),
        Slide(
            "Répond-on <aux> locataires & voisins ?", "Pas encore.", (Figure("61 %", "réponses à temps", "2025"),),
            (Words("Personne ne rappelle", "dit 4 fois"), Words("لا أحد يتصل", "dit une fois")), ("Un point",), JUDGED,
            ("Ce que l'on dit à voix haute",),
        ),
    ),
    source="État figé", look=LOOK,
)  # fmt: skip
WORDS = (
    "Mi-parcours", "Décider de la suite", "Répond-on <aux> locataires & voisins ?", "Pas encore.", "61 %",
    "réponses à temps", "Personne ne rappelle", "Un point", "Habitants", "confiance forte", "État figé",
)  # fmt: skip
NAMES = {
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
}


def made(kind: str, deck: Deck = DECK) -> bytes:
    return DECK_FORMATS[kind].write(deck)


def pages(deck: Deck = DECK) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(made("diapositives", deck))) as archive:
        assert archive.namelist()[0] == "mimetype"
        return ElementTree.fromstring(archive.read("content.xml")).findall(".//draw:page", NAMES)


def said(page: ElementTree.Element) -> list[str]:
    return ["".join(one.itertext()) for one in page.iter(f"{{{NAMES['text']}}}p")]


def test_each_slide_has_a_name_of_its_own_and_its_title_first() -> None:
    found = pages()
    assert [page.get(f"{{{NAMES['draw']}}}name") for page in found] == [
        "1. Mi-parcours", "2. À quoi ça sert", "3. Répond-on <aux> locataires & voisins ?",
    ]  # fmt: skip
    first = [page.find("draw:frame", NAMES) for page in found]
    assert {one.get(f"{{{NAMES['presentation']}}}class") for one in first if one is not None} == {"title"}


def test_a_slide_is_read_in_order_and_ends_with_what_is_said_aloud() -> None:
    assert said(pages()[2]) == [
        "Répond-on <aux> locataires & voisins ?", "Pas encore.", "61 %", "réponses à temps", "2025", "Un point",
        "« Personne ne rappelle »", "dit 4 fois", "« لا أحد يتصل »", "dit une fois", "Qui juge quoi", "Habitants",
        "Élus", "Non", "confiance forte", "Plutôt oui", "Ce que l'on dit à voix haute",
    ]  # fmt: skip


def test_pictures_and_tables_have_their_text() -> None:
    titles = [[one.text for one in page.iterfind(".//svg:title", NAMES)] for page in pages()]
    assert titles == [["Logo de Val-Clair"], [], ["Qui juge quoi"]]


@pytest.mark.parametrize("kind", list(DECK_FORMATS))
def test_the_same_deck_gives_the_same_bytes(kind: str) -> None:
    assert made(kind) == made(kind)


def test_nothing_stands_below_the_foot_of_a_slide() -> None:
    for page in pages():
        for frame in page.findall("draw:frame", NAMES):
            box = {name: float(str(frame.get(f"{{{NAMES['svg']}}}{name}"))[:-2]) for name in ("y", "height")}
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 14.8


def test_the_poster_is_one_tagged_a3_sheet_with_every_word() -> None:
    reader = PdfReader(io.BytesIO(made("affiche")))
    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 1191)
    found = " ".join(page.extract_text().split())
    assert [words for words in WORDS if words not in found] == []
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_poster_with_much_to_say_takes_more_sheets_and_loses_nothing() -> None:
    slides = tuple(replace(DECK.slides[1], title=f"Question {number} ?") for number in range(14))
    reader = PdfReader(io.BytesIO(made("affiche", replace(DECK, slides=slides))))
    found = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) > 1
    assert [number for number in range(14) if f"Question {number} ?" not in found] == []


def test_a_sign_that_no_font_has_is_told() -> None:
    deck = replace(DECK, slides=(Slide("Un signe", "\U000f0000"),))
    found = " ".join(PdfReader(io.BytesIO(made("affiche", deck))).pages[0].extract_text().split())
    assert NOTE in found


def test_the_printable_page_says_the_same_and_obeys_nothing() -> None:
    page = made("affiche-web").decode()
    text = re.sub(r"<[^>]+>", "", re.sub(r"<style>.*</style>", "", page, flags=re.DOTALL))
    for words in ("Répond-on &lt;aux&gt; locataires &amp; voisins ?", "61 %", "confiance forte", "Relu en comité"):
        assert words in text
    assert re.findall(r"<h\d", page) == ["<h1", "<h2", "<h2"]
    assert 'alt="Logo de Val-Clair"' in page
    assert "<script" not in page


@pytest.fixture(scope="module")
def impress() -> str:
    found = os.environ.get("COMPTOIR_TEST_SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    if found and (Path(found).resolve().parent / "libsdlo.so").exists():
        return found
    if os.environ.get("CI"):
        pytest.fail("LibreOffice Impress is not installed: install libreoffice-impress")
    pytest.skip("LibreOffice Impress is not installed")


@pytest.mark.parametrize(("kind", "name"), [("diapositives", "deck.odp"), ("diaporama", "deck.pptx")])
def test_libreoffice_opens_the_slides_and_finds_every_word(impress: str, tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / name).write_bytes(made(kind))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [impress, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True, timeout=120)
    reader = PdfReader(tmp_path / "deck.pdf")
    found = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert len(reader.pages) == 3
    assert [words for words in WORDS if words not in found] == []
