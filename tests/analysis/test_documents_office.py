"""ODT and DOCX: read again by odfdo, by python-docx and by LibreOffice itself."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import odfdo
import pytest
from documents_samples import BOARD, COLUMNS, EMPTY, FROM_THE_RIGHT, HOSTILE, SIGNS, TWO_WAYS, logo
from docx.enum.section import WD_ORIENT
from pypdf import PdfReader

from comptoir.analysis.documents import Cell, Document, Heading, Paragraph, Table, write

BOARD_TABLE = [[[label] for label, _ in COLUMNS], [list(items) or [""] for _, items in COLUMNS]]


def word(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(write(document, "docx")))


def odt(document: Document) -> odfdo.Document:
    return odfdo.Document(io.BytesIO(write(document, "odt")))


def odt_tables(document: Document) -> list[list[list[list[str]]]]:
    return [
        [
            [[p.inner_text for p in cell.get_elements("text:p")] for cell in row.get_elements("table:table-cell")]
            for row in table.get_elements("descendant::table:table-row")
        ]
        for table in odt(document).body.get_elements("//table:table")
    ]


def word_tables(document: Document) -> list[list[list[list[str]]]]:
    return [
        [[[p.text for p in cell.paragraphs] for cell in row.cells] for row in table.rows]
        for table in word(document).tables
    ]


@pytest.mark.parametrize("tables", [odt_tables, word_tables], ids=["odt", "docx"])
def test_the_tables_read_again_are_those_of_the_document(tables) -> None:
    board, budget = tables(BOARD)
    assert board == BOARD_TABLE
    assert budget == [[["Année"], ["Montant"]], [["2024"], ["1 200 €"]], [["2025"], [""]]]


@pytest.mark.parametrize("tables", [odt_tables, word_tables], ids=["odt", "docx"])
def test_signs_spaces_and_line_ends_are_kept(tables) -> None:
    signs = tables(HOSTILE)[0]
    assert signs == [[["A|B"], ["*C*"]], [list(SIGNS), ["abc", "deux\nlignes"]]]
    texts = ("  deux   espaces  ", "une\ttabulation", " mot **")
    document = Document("T", (Table("T", ("a",), ((Cell(texts),),)),))
    assert tables(document)[0][1] == [list(texts)]


def test_odt_headings_are_headings_and_header_rows_are_header_rows() -> None:
    body = odt(BOARD).body
    headings = [(h.get_attribute("text:outline-level"), h.inner_text) for h in body.get_elements("//text:h")]
    assert headings == [("1", "Habitants"), ("1", "Avant de conclure"), ("2", "1. Se mettre d'accord")]
    assert len(body.get_elements("//table:table-header-rows/table:table-row")) == 2
    assert [title.inner_text for title in body.get_elements("//table:title")] == ["Habitants", "Budget"]
    assert [item.inner_text for item in body.get_elements("//text:list-item/text:p")] == [
        "À quoi cela sert-il ?",
        "Qui le lira ?",
    ]
    assert [title.inner_text for title in body.get_elements("//svg:title")] == ["Les Trois-Vallons"]


def test_odt_says_its_title_and_language() -> None:
    file = odt(BOARD)
    assert file.meta.title == "Les soirées du préau"
    assert file.meta.language == "fr-FR"
    assert b'fo:language="fr" fo:country="FR"' in file.get_part("styles.xml").serialize()


def test_odt_begins_with_its_media_type_and_lists_all_its_parts() -> None:
    content = write(BOARD, "odt")
    assert content[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        manifest = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
        assert archive.read("Pictures/logo1.png") == logo()
    paths = {entry.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for entry in manifest}
    assert paths == names - {"mimetype", "META-INF/manifest.xml"} | {"/"}


def test_docx_headings_are_headings_and_header_rows_are_header_rows() -> None:
    file = word(BOARD)
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", "Les soirées du préau"),
        ("Heading 1", "Habitants"),
        ("Heading 1", "Avant de conclure"),
        ("Heading 2", "1. Se mettre d'accord"),
    ]
    assert [p.text for p in file.paragraphs if p.style.name == "List Bullet"] == [
        "À quoi cela sert-il ?",
        "Qui le lira ?",
    ]
    assert len(file.element.body.xpath("//w:tr[w:trPr/w:tblHeader]")) == 2
    assert file.element.body.xpath("//w:tblCaption/@w:val") == ["Habitants", "Budget"]
    assert file.element.body.xpath("//wp:docPr/@descr") == ["Les Trois-Vallons"]


def test_docx_says_its_title_and_language() -> None:
    file = word(BOARD)
    assert file.core_properties.title == "Les soirées du préau"
    assert file.core_properties.language == "fr-FR"
    assert set(file.styles.element.xpath("//w:lang/@w:val")) == {"fr-FR"}
    assert "Relu en comité\t" in file.sections[0].footer.paragraphs[0].text


def test_docx_pages_turn_where_a_wide_table_is() -> None:
    assert [s.orientation for s in word(BOARD).sections] == [WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [s.orientation for s in word(EMPTY).sections] == [WD_ORIENT.PORTRAIT]


def test_a_very_long_title_is_kept_in_the_page_if_not_in_the_properties() -> None:
    title = "Très long " * 40
    file = word(Document(title, ()))
    assert file.paragraphs[0].text == title.strip()
    assert len(file.core_properties.title) == 255


@pytest.fixture(scope="module")
def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed: install libreoffice-writer-nogui")
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.mark.parametrize("suffix", ["odt", "docx"])
def test_libreoffice_opens_the_file_and_finds_every_word(suffix: str, soffice: str, tmp_path: Path) -> None:
    for name, document in (("board", BOARD), ("empty", EMPTY), ("hostile", HOSTILE)):
        (tmp_path / f"{name}.{suffix}").write_bytes(write(document, suffix))
    convert = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run(
        [*convert, "pdf:writer_pdf_Export", "--outdir", tmp_path, *sorted(tmp_path.glob(f"*.{suffix}"))],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = PdfReader(tmp_path / "board.pdf").pages
    found = " ".join(" ".join(page.extract_text() for page in pages).split())
    wanted = [item for label, items in COLUMNS for item in (label, *items)]
    assert [words for words in wanted if " ".join(words.split()) not in found] == []
    assert "Relu en comité 1 / 2" in found
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [True, False]
    assert len(PdfReader(tmp_path / "empty.pdf").pages) == 1
    hostile = " ".join(page.extract_text() for page in PdfReader(tmp_path / "hostile.pdf").pages)
    assert "<script>alert('x')</script> & &amp;" in " ".join(hostile.split())


def test_a_heading_after_a_table_turns_the_page_without_an_empty_one() -> None:
    wide = Table("Large", tuple("abcd"), ())
    blocks = (Heading(1, "Un"), wide, Heading(1, "Deux"), Paragraph("fin"), Heading(1, "Trois"), wide)
    names = odt(Document("T", blocks)).get_part("content.xml").serialize().count(b"style:master-page-name=")
    assert names == 3


def test_word_is_told_which_texts_are_read_from_the_right() -> None:
    file = word(TWO_WAYS)
    cells = [p for row in file.tables[0].rows for cell in row.cells for p in cell.paragraphs]
    told = [p for p in [*file.paragraphs, *cells] if p._p.xpath("./w:pPr/w:bidi")]
    assert sorted(p.text for p in told) == sorted(FROM_THE_RIGHT)
    assert all(p.runs[0].font.rtl for p in told)
    for name in ("Normal", "Heading 1", "Table Contents", "Table Heading"):
        size, other = (file.styles[name].element.xpath(f".//w:{tag}")[0] for tag in ("sz", "szCs"))
        assert size.values() == other.values(), name


def test_libreoffice_is_told_which_texts_are_read_from_the_right() -> None:
    body = odt(TWO_WAYS).body
    found = [p.inner_text for p in body.get_elements("//text:p | //text:h") if str(p.style).endswith("_rtl")]
    assert sorted(found) == sorted(FROM_THE_RIGHT)
