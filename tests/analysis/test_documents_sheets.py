import csv
import io
import re
import zipfile
from html import unescape

import pytest
from documents_samples import BOARD, COLUMNS, EMPTY, HOSTILE, SIGNS
from python_calamine import CalamineWorkbook

from comptoir.analysis.documents import Cell, Document, Look, Records, Table, unprotect, write
from comptoir.analysis.documents.sheets import sheet_name
from comptoir.analysis.errors import InputError


def rows(document: Document) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write(document, "csv").decode("utf-8-sig"), newline="")))


def sheets(document: Document) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(document, "xlsx")))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_csv_holds_the_records_and_their_exact_words() -> None:
    header, *lines = rows(BOARD)
    assert header == ["subject", "column", "text", "occurrences"]
    assert [[unprotect(cell) for cell in line] for line in lines] == [
        ["Habitants", label, item, "1"] for label, items in COLUMNS for item in items
    ]


def test_the_csv_has_a_mark_commas_and_lines_that_end_as_rfc_4180_says() -> None:
    content = write(BOARD, "csv")
    assert content.startswith(b"\xef\xbb\xbfsubject,column,text,occurrences\r\n")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == content.count(b"\n")


def test_no_cell_of_the_csv_starts_a_formula() -> None:
    cells = [cell for line in rows(BOARD) for cell in line]
    assert "'=2+2 gagnants" in cells
    assert "'@tous" in cells
    assert "'-10 % d'attente" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_without_records_the_csv_holds_the_paragraphs_of_the_tables() -> None:
    lines = rows(HOSTILE)
    assert lines[0] == ["tableau", "colonne", "texte"]
    assert [unprotect(line[2]) for line in lines[1 : len(SIGNS) + 1]] == list(SIGNS)


def test_whole_numbers_stay_numbers() -> None:
    document = Document("T", (), records=Records(("texte", "fois"), (("12", 12), ("-3", -3))))
    assert rows(document)[1:] == [["12", "12"], ["'-3", "-3"]]
    assert sheets(document) == {"Lignes": [["texte", "fois"], ["12", 12.0], ["-3", -3.0]]}


def test_the_workbook_has_one_sheet_per_table_with_one_item_per_row() -> None:
    found = sheets(BOARD)
    assert list(found) == ["Habitants", "Budget", "Lignes"]
    header, *lines = found["Habitants"]
    assert header == [label for label, _ in COLUMNS]
    columns = [[cell for cell in column if cell] for column in zip(*lines, strict=True)]
    assert columns == [list(items) for _, items in COLUMNS]
    assert found["Budget"] == [["Année", "Montant"], ["2024", "1 200 €"], ["2025", ""]]


def test_the_last_sheet_holds_the_records() -> None:
    assert sheets(BOARD)["Lignes"] == [
        ["subject", "column", "text", "occurrences"],
        *(["Habitants", label, item, 1.0] for label, items in COLUMNS for item in items),
    ]


def test_the_workbook_has_no_formula_and_no_link() -> None:
    with zipfile.ZipFile(io.BytesIO(write(HOSTILE, "xlsx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, part in parts.items() if b"<f>" in part or b"<hyperlink" in part]
    assert b"<dc:title>#Titre *\xc3\xa0* &lt;pi\xc3\xa8ges&gt;</dc:title>" in parts["docProps/core.xml"]
    assert b'state="frozen"' in parts["xl/worksheets/sheet1.xml"]


def sheet_xml(document: Document) -> str:
    with zipfile.ZipFile(io.BytesIO(write(document, "xlsx"))) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("court", 1),
        ("un\ndeux\ntrois", 3),
        ("une longue phrase " * 8, 4),  # 48 signs hold two and a half of them: nothing is cut inside a word
        ("anticonstitutionnellement " * 3, 3),
        ("x" * 96, 2),
        ("x" * 97, 3),
        ("x" * 9000, 27),
    ],
)
def test_a_row_is_as_tall_as_its_longest_text_and_no_taller(text: str, lines: int) -> None:
    sheet = sheet_xml(
        Document("T", (Table("T", ("une colonne assez large pour ses quarante signes",), ((Cell((text,)),),)),))
    )
    heights = re.findall(r'<row r="2"[^>]* ht="([0-9.]+)"', sheet)
    assert [float(height) for height in heights] == ([15 * lines] if lines > 1 else [])  # the usual height is not told


@pytest.mark.parametrize(
    "footer", ["", "2030 & après · Pied de page", "Agglomération & ses cinq quartiers · " * 12, "&" * 300]
)
def test_the_foot_of_a_printed_page_leaves_room_for_its_number(footer: str) -> None:
    sheet = sheet_xml(Document("T", (Table("T", ("a",), ()),), look=Look(footer=footer)))
    found = re.search("<oddFooter>(.*)</oddFooter>", sheet, re.DOTALL)
    assert found is not None
    codes = unescape(found[1])
    assert len(codes) <= 255
    left, right = codes.removeprefix('&L&8&"-,Regular"').split('&R&8&"-,Regular"')
    assert right == "&P / &N"
    lines = left.replace("&&", "&").split("\n")
    assert len(lines) <= 2
    assert max(map(len, lines)) <= 100
    assert footer.startswith(lines[0])


def test_an_empty_document_still_has_its_sheet() -> None:
    assert list(sheets(EMPTY)) == ["Lignes"]


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut() -> None:
    document = Document("T", (Table("T", ("a",), ((Cell(("é" * 32_768,)),),)),))
    with pytest.raises(InputError, match=r"32768 signes.*prenez un autre format"):
        write(document, "xlsx")
    assert len(rows(document)[1][2]) == 32_768


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Habitants", "Habitants"),
        ("Atelier : Habitant·e·s", "Atelier - Habitant·e·s"),
        ("[a]/b\\c*d?", "a - b - c - d"),
        ("'cité'", "cité"),
        ("History", "History (2)"),
        ("LIGNES", "LIGNES (2)"),
        ("???", "Tableau"),
        ("Ce que les habitants du quartier proposent", "Ce que les habitants du quarti"),
    ],
)
def test_a_sheet_has_a_name_that_spreadsheets_accept(caption: str, name: str) -> None:
    given = sheet_name(caption, {"lignes"})
    assert given.startswith(name)
    assert len(given) <= 31


def test_two_tables_of_the_same_name_have_two_sheets() -> None:
    long = "Ce que les habitants du quartier proposent"
    tables = tuple(Table(caption, ("a",), ()) for caption in (long, long, "Été", "été"))
    names = list(sheets(Document("T", tables)))
    assert len(names) == len({name.casefold() for name in names}) == 5
