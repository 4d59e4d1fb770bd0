import io
import re

import pytest
from documents_samples import BOARD, COLUMNS, EMPTY, HOSTILE, SIGNS, large
from pypdf import PdfReader

from comptoir.analysis.documents import Cell, Document, Heading, Paragraph, Table, write
from comptoir.analysis.documents.pdf import NOTE, STAND_IN

SILENT = re.compile("[\u200b\u00ad]")


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(write(document, "pdf")))


def text(document: Document) -> str:
    """Every word of the file, lines joined."""
    pages = " ".join(page.extract_text() for page in read(document).pages)
    return " ".join(SILENT.sub("", pages).split())


def tags(reader: PdfReader) -> list[str]:
    """The structure types of the file, in reading order."""
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            found.extend([str(node["/S"])] if "/S" in node else [])
            walk(node.get("/K"))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_every_word_of_the_document_is_in_the_file() -> None:
    found = text(BOARD)
    for words in (item for label, items in COLUMNS for item in (label, *items)):
        assert " ".join(words.split()) in found
    assert "Les soirées du préau" in found
    assert "Relu en comité 1 / " in found


def test_the_file_is_tagged_and_says_its_language_and_title() -> None:
    reader = read(BOARD)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Les soirées du préau"


def test_tables_headings_lists_and_logos_have_their_tags() -> None:
    found = tags(read(BOARD))
    assert found.count("/Table") == 2
    assert found.count("/TH") == 6
    assert found.count("/TD") == 8
    assert found.count("/H1") + found.count("/H2") == 3
    assert found.count("/LI") == 2
    assert found.count("/Figure") == 1


def test_a_wide_table_is_on_a_landscape_page_and_the_rest_is_not() -> None:
    shapes = [page.mediabox.width > page.mediabox.height for page in read(BOARD).pages]
    assert shapes == [True, False]


def test_the_header_is_repeated_on_each_page() -> None:
    reader = read(large(400))
    assert len(reader.pages) > 3
    assert all(re.search(r"\bA\s+B\s+C\s+D\b", page.extract_text()) for page in reader.pages)


def test_a_table_that_holds_on_one_page_is_not_cut_in_two() -> None:
    table = Table("T", ("a",), ((Cell(tuple(f"Idée {i}" for i in range(12))),),))
    for lines in range(20, 40, 3):
        blocks = (*(Paragraph(f"Ligne {i}") for i in range(lines)), Heading(1, "Tableau"), table)
        pages = [page.extract_text() for page in read(Document("T", blocks)).pages]
        holding = [page for page in pages if "Idée" in page]
        assert len(holding) == 1
        assert "Tableau" in holding[0]


def test_signs_of_typst_are_shown_not_obeyed() -> None:
    found = text(HOSTILE)
    for words in SIGNS:
        assert " ".join(words.split()) in found
    assert "#Titre *à* <pièges>" in found


def test_a_sign_that_no_font_draws_is_replaced_and_the_reader_is_told() -> None:
    found = text(Document("T", (Paragraph("Bravo \U0010fffd !"),)))
    assert f"Bravo {STAND_IN} !" in found
    assert NOTE in found
    assert NOTE not in text(BOARD)


@pytest.mark.parametrize("columns", [1, 3, 6, 12])
def test_long_words_never_leave_their_column(columns: int) -> None:
    row = tuple(Cell(("W" * 60,)) for _ in range(columns))
    table = Table("T", tuple("abcdefghijkl"[:columns]), (row,))
    page = read(Document("T", (table,))).pages[0]
    found = SILENT.sub("", page.extract_text()).replace("\n", "")
    assert found.count("W") == 60 * columns
    right: list[float] = []
    page.extract_text(
        visitor_text=lambda piece, cm, tm, font, size: right.append(cm[4] + tm[4]) if "W" in piece else None
    )
    assert 56 < max(right) < float(page.mediabox.width) - 56


def test_an_empty_document_is_one_page() -> None:
    assert len(read(EMPTY).pages) == 1


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page() -> None:
    filler = tuple(Paragraph(f"Ligne {i}") for i in range(200))
    blocks = tuple(b for i, p in enumerate(filler) for b in ((Heading(1, f"Titre {i}"), p) if i % 5 == 0 else (p,)))
    for page in read(Document("T", blocks)).pages:
        lines = [line for line in page.extract_text().splitlines() if line.startswith(("Titre", "Ligne"))]
        assert lines[-1].startswith("Ligne")


def test_a_text_read_from_the_right_stands_at_the_right() -> None:
    blocks = (Paragraph("תודה"), Paragraph("Merci"), Heading(1, "שלום"), Heading(1, "Salut"))
    page = read(Document("T", (*blocks, Table("T", ("a",), ((Cell(("תודה", "Merci")),),))))).pages[0]
    starts: dict[str, list[float]] = {}
    page.extract_text(
        visitor_text=lambda piece, cm, tm, font, size: starts.setdefault(piece.strip(), []).append(cm[4] + tm[4])
    )
    assert len(starts["תודה"] + starts["שלום"]) == 3
    assert min(starts["תודה"] + starts["שלום"]) > 480
    assert max(starts["Merci"] + starts["Salut"]) < 80
