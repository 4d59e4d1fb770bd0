"""PowerPoint slides (docs/concepts/documents.md): what the OpenDocument ones hold, where they hold it."""

import io
import re
import zipfile
from dataclasses import replace

import pptx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.presentation import Presentation
from pptx.util import Cm
from test_documents_deck import DECK, pages, said

from comptoir.analysis.documents import DECK_FORMATS, Deck, Figure, Slide
from comptoir.analysis.documents.deck import cleaned_deck
from comptoir.analysis.documents.deck_layout import PAGE, SIZES, Texts, sheets
from comptoir.analysis.documents.pptx import fitting

LONG = "Une réponse qui prend bien plus de place que son cadre n'en a. " * 12


def made(deck: Deck = DECK) -> bytes:
    return DECK_FORMATS["diaporama"].write(deck)


def opened(deck: Deck = DECK) -> Presentation:
    return pptx.Presentation(io.BytesIO(made(deck)))


def parts(deck: Deck = DECK) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(made(deck))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def read(presentation: Presentation) -> list[list[str]]:
    """The paragraphs of each slide, in the order of its frames, then its notes."""
    found = []
    for slide in presentation.slides:
        texts = []
        for shape in slide.shapes:
            cells = [cell for row in shape.table.rows for cell in row.cells] if shape.has_table else []
            frames = (
                [cell.text_frame for cell in cells] if cells else [shape.text_frame] if shape.has_text_frame else []
            )
            texts += [paragraph.text for frame in frames for paragraph in frame.paragraphs]
        if slide.has_notes_slide:
            texts += slide.notes_slide.notes_text_frame.text.split("\n")
        found.append(texts)
    return found


def test_it_says_word_for_word_and_in_the_same_order_what_the_other_slides_say() -> None:
    deck = replace(DECK, slides=(*DECK.slides, Slide("", LONG, notes=("Première", "Deuxième"))))
    assert read(opened(deck)) == [said(page) for page in pages(deck)]


def test_each_slide_has_a_real_title_and_it_is_read_first() -> None:
    for slide, sheet in zip(opened().slides, sheets(cleaned_deck(DECK)), strict=True):
        first = next(iter(slide.shapes))
        assert first.is_placeholder
        assert first.placeholder_format.type == PP_PLACEHOLDER.TITLE
        assert first.text_frame.text == sheet.title


def test_the_table_is_one_with_a_header_and_pictures_and_tables_have_their_text() -> None:
    found = [
        (shape.shape_type, shape._element.xpath(".//p:cNvPr/@descr"))
        for slide in opened().slides for shape in slide.shapes
        if shape.shape_type in {MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.TABLE}
    ]  # fmt: skip
    assert found == [(MSO_SHAPE_TYPE.PICTURE, ["Logo de Val-Clair"]), (MSO_SHAPE_TYPE.TABLE, ["Qui juge quoi"])]
    (table,) = [shape.table for shape in opened().slides[2].shapes if shape.has_table]
    assert table.first_row
    assert [cell.text for cell in table.rows[0].cells] == ["Habitants", "Élus"]


def test_words_read_from_the_right_are_set_so() -> None:
    (slide,) = [text for name, text in parts().items() if name == "ppt/slides/slide3.xml"]
    assert re.findall(r'rtl="1".*?<a:t>(.*?)</a:t>', slide) == ["« لا أحد يتصل »"]


def test_every_text_says_its_language_and_nothing_says_when_or_where_it_was_made() -> None:
    found = parts()
    slides = "".join(text for name, text in found.items() if name.startswith(("ppt/slides/", "ppt/notesSlides/")))
    runs = re.findall(r"<a:rPr[^>]*", slides)
    assert runs
    assert [run for run in runs if 'lang="fr-FR"' not in run] == []
    assert "2000-01-01" in found["docProps/core.xml"]
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert [name for name in archive.namelist() if "thumbnail" in name or "printer" in name] == []
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_foot_says_of_what_state_these_are_the_slides_and_obeys_nothing() -> None:
    layout = opened(replace(DECK, source="État <figé> & scellé")).slide_layouts[0]
    assert [shape.text_frame.text for shape in layout.shapes if shape.name == "Pied"] == ["État <figé> & scellé"]


def test_nothing_stands_outside_of_a_slide() -> None:
    file = opened()
    assert (file.slide_width, file.slide_height) == (Cm(PAGE[0]), Cm(PAGE[1]))
    for slide in file.slides:
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0
            assert shape.left + shape.width <= Cm(PAGE[0])
            assert shape.top + shape.height <= Cm(14.8)


@pytest.mark.parametrize(("text", "scales"), [("Court", []), (LONG, ["40000"])], ids=("short", "long"))
def test_a_long_text_is_shrunk_and_never_cut_and_the_file_says_by_how_much(text: str, scales: list[str]) -> None:
    written = parts(Deck("Titre", "", (Slide("Question", text),)))["ppt/slides/slide2.xml"]
    assert re.findall(r'fontScale="(\d+)"', written) == scales
    assert text.strip() in written


def test_a_frame_that_holds_a_figure_and_what_it_counts_keeps_its_proportions() -> None:
    frame = Texts((0, 0, 12.2, 2.0), (("Value", "61 %"), ("Text", "réponses à temps"), ("Source", "2025")))
    assert fitting(frame) < 100
    assert SIZES["Value"] > SIZES["Text"] > SIZES["Source"]
    slide = parts(Deck("Titre", "", (Slide("Q", figures=(Figure("61 %", "réponses", "2025"),) * 5),)))
    assert slide["ppt/slides/slide2.xml"].count("fontScale=") == 5
