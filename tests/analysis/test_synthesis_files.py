"""Files of every format, and our own exports read back: docs/concepts/synthesis.md."""

import csv
import io
import os
import zipfile

import docx
import odfdo
import pytest
import xlsxwriter
from docx.oxml import parse_xml

from comptoir.analysis.errors import InputError
from comptoir.analysis.synthesis import (
    ColumnKind,
    Level,
    Note,
    Notes,
    Outline,
    Section,
    Subject,
    Synthesis,
    read_file,
    read_text,
)

HEADER = ["Qui ?", "L'essai à transformer", "Les pièges à éviter"]
COLUMNS = [["Bailleur", "Région"], ["Café du lundi **", "Jardin d'hiver", "Visites ***"], ["Parler trop *"]]
ONE_PER_ROW = [
    HEADER,
    ["Bailleur", "Café du lundi **", "Parler trop *"],
    ["Région", "Jardin d'hiver"],
    ["", "Visites ***"],
]
IN_ONE_CELL = [HEADER, ["\n".join(column) for column in COLUMNS]]
LAYOUTS = pytest.mark.parametrize("rows", [ONE_PER_ROW, IN_ONE_CELL], ids=["one per row", "in one cell"])
LEGEND = "* Le nombre d'astérisques dit combien de fois."


def synthesis(data: bytes, name: str) -> Synthesis:
    reading = read_file(data, name)
    assert isinstance(reading, Synthesis)
    return reading


def content(reading: Synthesis) -> list[tuple[str, Subject, list[tuple[str, ColumnKind, list[tuple[str, int]]]]]]:
    return [
        (b.title, b.subject, [(c.label, c.kind, [(i.text, i.occurrences) for i in c.items]) for c in b.columns])
        for b in reading.boards
    ]


def expected(title: str) -> object:
    kinds = [ColumnKind.WHO, ColumnKind.TRY, ColumnKind.PITFALL]
    items = [
        [("Bailleur", 1), ("Région", 1)],
        [("Café du lundi", 2), ("Jardin d'hiver", 1), ("Visites", 3)],
        [("Parler trop", 1)],
    ]
    return [(title, Subject.SIGNATORIES, list(zip(HEADER, kinds, items, strict=True)))]


def workbook(**sheets: list[list[object]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def docx_bytes(document: docx.document.Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def docx_table(document: docx.document.Document, rows: list[list[str]]) -> docx.table.Table:
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            cell = table.cell(row, column)
            first, *others = text.split("\n")
            cell.text = first
            for paragraph in others:
                cell.add_paragraph(paragraph)
    return table


@LAYOUTS
def test_csv(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["Atelier : Signataires"], [], *rows, [], [LEGEND]])
    assert content(synthesis(out.getvalue().encode("cp1252"), "t.csv")) == expected("Atelier : Signataires")


@LAYOUTS
def test_xlsx(rows: list[list[str]]) -> None:
    data = workbook(Feuil1=[["Atelier : Signataires"], [], *rows, [], [LEGEND]])
    assert content(synthesis(data, "t.xlsx")) == expected("Atelier : Signataires")


@LAYOUTS
def test_ods(rows: list[list[str]]) -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Signataires")
    for values in rows:
        row = odfdo.Row()
        for value in values:
            cell = odfdo.Cell()
            for line in value.split("\n") if value else []:
                cell.append(odfdo.Paragraph(line))
            row.append_cell(cell)
        table.append_row(row)
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    assert content(synthesis(data.getvalue(), "t.ods")) == expected("Signataires")


@LAYOUTS
def test_docx(rows: list[list[str]]) -> None:
    document = docx.Document()
    document.add_heading("Rencontres de printemps", 0)
    document.add_paragraph("3 mai 2025")
    document.add_heading("Atelier : Signataires", 2)
    docx_table(document, rows)
    document.add_paragraph(LEGEND)
    reading = synthesis(docx_bytes(document), "t.docx")
    assert content(reading) == expected("Atelier : Signataires")
    assert (reading.title, reading.introduction, reading.dates) == (
        "Rencontres de printemps",
        ("3 mai 2025",),
        ("3 mai 2025",),
    )


@LAYOUTS
def test_odt(rows: list[list[str]]) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Rencontres de printemps"))
    document.body.append(odfdo.Header(2, "Atelier : Signataires"))
    table = odfdo.Table("Tableau1")
    for values in rows:
        row = odfdo.Row()
        for value in values:
            cell = odfdo.Cell()
            for line in value.split("\n"):
                cell.append(odfdo.Paragraph(line))
            row.append_cell(cell)
        table.append_row(row)
    document.body.append(table)
    document.body.append(odfdo.Paragraph(LEGEND))
    data = io.BytesIO()
    document.save(data)
    reading = synthesis(data.getvalue(), "t.odt")
    assert content(reading) == expected("Atelier : Signataires")
    assert reading.title == "Rencontres de printemps"


def test_several_tables_in_one_sheet_and_several_sheets() -> None:
    one = [["Habitants"], ["Essai", "Pièges"], ["Café", "Parler"], [], ["Élus"], ["Essai", "Pièges"], ["Visites"]]
    other = [["Essai", "Pièges"], ["Visites"], ["Visites"]]
    reading = synthesis(workbook(Feuil1=one, Signataires=other, Vide=[]), "t.xlsx")
    assert [(board.title, board.items) for board in reading.boards] == [
        ("Habitants", 2),
        ("Élus", 1),
        ("Signataires", 2),
    ]
    assert [item.line for _, _, item in reading.lines()] == [3, 3, 7, 2, 3]
    assert reading.remarks[0].message.startswith("Feuille « Signataires » : « Visites » est écrit deux fois")


def test_a_row_after_a_blank_one_belongs_to_the_table_unless_it_stands_first_and_alone() -> None:
    reading = synthesis(b"Habitants;\n;\nEssai;Pieges\nParc;Parler\n;\n;Oublier\n;\nSource : nous;\n", "t.csv")
    assert [c[2] for c in content(reading)[0][2]] == [[("Parc", 1)], [("Parler", 1), ("Oublier", 1)]]
    assert reading.introduction == ("Source : nous",)


def test_notes_in_a_workbook_with_merged_cells_take_the_value_that_one_sees() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("Élus")
        sheet.write_row(0, 0, ["Rubrique", "Note", "Nombre"])
        sheet.merge_range("A2:A3", "Pièges")
        sheet.write_row(1, 1, ["Parler trop", 2])
        sheet.write_row(2, 1, ["Oublier", 1])
        sheet.write_row(3, 1, ["Attendre"])
    reading = read_file(data.getvalue(), "n.xlsx")
    assert isinstance(reading, Notes)
    assert reading.notes == (
        Note("Parler trop", "Pièges", "Élus", "", 2, 2),
        Note("Oublier", "Pièges", "Élus", "", 1, 3),
        Note("Attendre", "", "Élus", "", 1, 4),
    )


def test_items_across_merged_columns_are_told() -> None:
    document = docx.Document()
    table = docx_table(document, [["Essai", "Pièges"], ["Café", "Parler"], ["Visites", ""]])
    table.cell(2, 0).merge(table.cell(2, 1))
    reading = synthesis(docx_bytes(document), "t.docx")
    assert [item.text for item in reading.boards[0].columns[0].items] == ["Café", "Visites"]
    assert [r.line for r in reading.remarks if "fusionnées" in r.message] == [3]


def test_a_cell_merged_downwards_is_read_once() -> None:
    document = docx.Document()
    table = docx_table(document, [["Essai", "Pièges"], ["Café", "Parler"], ["", "Oublier"]])
    table.cell(1, 0).merge(table.cell(2, 0))
    assert content(synthesis(docx_bytes(document), "t.docx"))[0][2] == [
        ("Essai", ColumnKind.TRY, [("Café", 1)]),
        ("Pièges", ColumnKind.PITFALL, [("Parler", 1), ("Oublier", 1)]),
    ]


def test_tracked_changes_line_breaks_and_bullets_of_a_word_document() -> None:
    document = docx.Document()
    table = docx_table(document, [["Essai", "Pièges"], ["", "- Parler"]])
    paragraph = table.cell(1, 0).paragraphs[0]
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for xml in (
        "<w:ins {}><w:r><w:t>Café</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText> du mardi</w:delText></w:r></w:del>",
        "<w:r {}><w:t> **</w:t><w:br/><w:t>Jardin</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml.format(names)))
    reading = synthesis(docx_bytes(document), "t.docx")
    assert [c[2] for c in content(reading)[0][2]] == [[("Café", 2), ("Jardin", 1)], [("Parler", 1)]]
    assert "modifications suivies" in reading.remarks[0].message


def test_a_word_document_of_headings_and_lists_is_an_outline() -> None:
    document = docx.Document()
    document.add_heading("Avant de commencer", 1)
    for title, points in (("Le but", ["Dire pourquoi", "Dire pour qui"]), ("La suite", ["Revenir"])):
        document.add_heading(title, 2)
        for point in points:
            document.add_paragraph(point, style="List Bullet")
    (outline,) = synthesis(docx_bytes(document), "t.docx").outlines
    assert outline == Outline(
        "Avant de commencer",
        (Section("Le but", ("Dire pourquoi", "Dire pour qui")), Section("La suite", ("Revenir",))),
    )


def test_a_word_document_of_plain_lines_is_notes() -> None:
    document = docx.Document()
    for line in ("Un banc **", "Moins de bruit"):
        document.add_paragraph(line)
    reading = read_file(docx_bytes(document), "n.docx")
    assert isinstance(reading, Notes)
    assert [(note.text, note.tally) for note in reading.notes] == [("Un banc", 2), ("Moins de bruit", 1)]


def test_text_and_markdown_files_are_read_like_pasted_text() -> None:
    text = "## Habitants\n\n| Essai | Pièges |\n|---|---|\n| Café ** | Parler |\n"
    for name in ("t.md", "t.txt", "sans-suffixe"):
        assert content(synthesis(text.encode(), name)) == content(synthesis(text.encode("utf-16"), name))
        assert read_file(text.encode(), name) == read_text(text)


def test_a_file_is_read_by_its_content_and_a_wrong_name_is_told() -> None:
    data = workbook(Notes=[["note", "table"], ["Un banc", 3]])
    reading = read_file(data, "notes.csv")
    assert isinstance(reading, Notes)
    assert reading.notes == (Note("Un banc", table="3", line=2),)
    assert reading.remarks[0].level is Level.INFO
    assert reading.remarks[0].message == "Ce fichier s'appelle « .csv » mais son contenu est du XLSX : il est lu ainsi."
    assert (
        read_file(b"note;table\nUn banc;3\n", "notes.xlsx").remarks[0].message.endswith("du texte : il est lu ainsi.")
    )


def test_windows_encoding_is_a_remark() -> None:
    reading = read_file("note;table\nÉté;1\n".encode("cp1252"), "n.csv")
    (remark,) = reading.remarks
    assert remark.message == "Des accents sont faux ? Enregistrez le fichier en UTF-8 et recommencez."
    assert remark.level is Level.INFO
    assert read_file("note;table\nété;1\n".encode("cp1252"), "n.csv", encoding="cp1252").remarks == ()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.docx"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"note;table\n"])
def test_what_cannot_be_read_is_one_sentence_that_names_the_file(data: bytes, name: str) -> None:
    with pytest.raises(InputError) as refused:
        read_file(data, name)
    assert str(refused.value).startswith(f"{name} : ")


def test_a_workbook_of_formulas_without_results_says_which() -> None:
    data = workbook(Notes=[["note", "table"], ["Un banc", 3], ["x", 3]])
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b'<c r="A3" t="s"><v>3</v></c>', b'<c r="A3"><f>A2</f></c>')
    assert b"<f>" in parts[part]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, part_data in parts.items():
            made.writestr(name, part_data)
    reading = read_file(out.getvalue(), "n.xlsx")
    assert [(remark.line, remark.column) for remark in reading.remarks] == [(3, "A"), (3, "note")]


@pytest.mark.parametrize(
    ("inner", "sentence"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "définitions interdites"),
        ("<a><b></a>", "abîmé"),
        (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            + "<w:sdt>" * 100_000
            + "</w:sdt>" * 100_000
            + "</w:body></w:document>",
            "trop imbriqué",
        ),
        ('<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>', "strict"),
    ],
)
def test_hostile_word_documents_are_refused(inner: str, sentence: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", inner)
    with pytest.raises(InputError, match=sentence):
        read_file(data.getvalue(), "t.docx")


def test_ten_thousand_rows_of_a_workbook_take_less_than_a_second_of_processor() -> None:
    rows: list[list[object]] = [["Sujet", "Rubrique", "Note", "Nombre"]]
    rows += [["Habitants", "Pièges", f"Un banc devant le numéro {n}", 2] for n in range(10_000)]
    data = workbook(Notes=rows)
    started = sum(os.times()[:4])
    reading = read_file(data, "n.xlsx")
    assert sum(os.times()[:4]) - started < 1  # its process apart included
    assert isinstance(reading, Notes)
    assert reading.occurrences == 20_000
