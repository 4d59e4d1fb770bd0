"""Tables as they come: encodings, separators, workbooks, and files that are not what they say."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Cell, Document, Table

from comptoir.analysis import tables
from comptoir.analysis.errors import InputError
from comptoir.analysis.tables import Row, Span, containers, read_sheets
from comptoir.analysis.tables.delimited import decode, parse, sniff

WORDS = "Sécurité près de l'école, côté cœur"


def xlsx(rows: list[list[object]], **more: object) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Notes")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if span := more.get("merge"):
            sheet.merge_range(span, "réuni")
        if more.get("hidden"):
            other = book.add_worksheet("Brouillon")
            other.write(0, 0, "secret")
            other.hide()
    return data.getvalue()


def ods(content: str) -> bytes:
    """An ODS whose only sheet holds `content` (XML rows)."""
    names = "office table text calcext style"
    urns = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in names.split()}
    urns["calcext"] = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    spaces = " ".join(f'xmlns:{name}="{urn}"' for name, urn in urns.items())
    body = f'<office:body><office:spreadsheet><table:table table:name="Notes">{content}</table:table>'
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return data.getvalue()


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts[part]
    return archive({**parts, part: parts[part].replace(old, new)})


def cells(data: bytes, name: str) -> list[tuple[str, ...]]:
    (sheet,) = read_sheets(data, name)
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
def test_each_encoding_of_french_offices_is_read(encoding: str) -> None:
    assert decode(f"a;{WORDS}".encode(encoding))[0] == f"a;{WORDS}"


def test_windows_encoding_is_told_so_that_a_person_can_correct_it() -> None:
    (sheet,) = read_sheets("note;table\nÉté;1\n".encode("cp1252"), "n.csv")
    assert "accents" in sheet.notices[0].message
    (sheet,) = read_sheets("note;table\nétå;1\n".encode("mac-roman"), "n.csv", encoding="mac-roman")
    assert sheet.rows[1].cells == ("étå", "1")
    assert sheet.notices == ()


@pytest.mark.parametrize(
    ("data", "encoding", "sentence"),
    [
        (b"a\x81\x8d", None, "pas lisible dans cet encodage"),
        ("été".encode("cp1252"), "utf-8", "pas lisible dans cet encodage"),
        (b"abc", "klingon", "« klingon » n'existe pas"),
        (b"note;table\nUn\x00banc;1", None, "ligne 2 : ce n'est pas un fichier de texte"),
    ],
)
def test_a_text_that_cannot_be_decoded_is_one_sentence(data: bytes, encoding: str | None, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        decode(data, encoding=encoding)


def test_lines_are_those_of_the_file_whatever_the_line_ends() -> None:
    text = 'a;b\r\n\r\n"x\r\ny";2\rz;3\n\n;\n'
    assert list(parse(text, ";")) == [Row(1, ("a", "b")), Row(3, ("x\r\ny", "2")), Row(5, ("z", "3"))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"a;b";c', ("a;b", "c")),
        ('"dire ""oui""";', ('dire "oui"', "")),
        ('"Clé" du local;"b"', ('"Clé" du local', "b")),
        ('"jamais fermé;b', ('"jamais fermé', "b")),
        ("l'un;l\"autre", ("l'un", 'l"autre')),
        ('"";b', ("", "b")),
    ],
)
def test_quotes_enclose_whole_cells_only(line: str, expected: tuple[str, ...]) -> None:
    assert [row.cells for row in parse(line, ";")] == [expected]


@given(
    st.lists(
        st.lists(st.text(alphabet='aé ";\n,|\t*', max_size=8).map(str.strip), min_size=2, max_size=4).filter(any),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([";", ",", "\t", "|"]),
)
def test_what_quotes_every_cell_is_read_back(rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert [list(row.cells) for row in parse(text, separator)] == rows


def known(row: object) -> int:
    return sum(cell in ("note", "table") for cell in row)  # type: ignore[attr-defined]  # rows are sequences of texts


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("note;table\nUn banc, deux arbres, une lampe;1\n", ";"),
        ("note,table\nUn banc;1\n", ","),
        ("Titre\nnote|table\nUn banc|1\n", "|"),
        ("Un banc, deux arbres\nMoins de bruit\nDu calme, oui, ici\n", None),
        ("heure;avis\n12;oui\n13;non\n", ";"),
        ("Un banc", None),
        ("note, table\nUn banc et une lampe\nDu calme\nDes arbres\n", None),
    ],
)
def test_a_separator_is_told_from_the_commas_of_sentences(text: str, separator: str | None) -> None:
    assert sniff(text, known) == separator


def test_a_workbook_gives_its_values_as_a_person_reads_them() -> None:
    data = xlsx([["note", "nombre"], [], [WORDS, 3], ["=1+1", 2.5], ["vrai", True]])
    assert cells(data, "n.xlsx") == [
        ("note", "nombre"),
        (WORDS, "3"),
        ("=1+1", "2,5"),
        ("vrai", "VRAI"),
    ]
    assert [row.line for row in read_sheets(data, "n.xlsx")[0].rows] == [1, 3, 4, 5]


def test_formulas_give_their_saved_result_and_are_told_when_they_have_none() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("Été")
        sheet.write_row(0, 0, ["note", "nombre"])
        sheet.write_formula(1, 0, '="Un"&" banc"', None, "Un banc")
        sheet.write_formula(2, 0, "=B2", None, "sans")
        sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")
    unsaved = rewritten(data.getvalue(), "xl/worksheets/sheet1.xml", b"<f>B2</f><v>sans</v>", b"<f>B2</f><v></v>")
    unsaved = rewritten(unsaved, "xl/worksheets/sheet1.xml", b'r="A3" t="str"', b'r="A3"')
    (sheet,) = read_sheets(unsaved, "n.xlsx")
    assert [row.cells[0] for row in sheet.rows] == ["note", "Un banc"]
    assert [(notice.line, notice.column) for notice in sheet.notices] == [(3, "A"), (4, "A")]
    assert "Feuille « Été », cellule A3 : elle contient une formule sans résultat" in sheet.notices[0].message
    assert "erreur de calcul" in sheet.notices[1].message


def test_merged_cells_and_hidden_sheets_are_told() -> None:
    first, hidden = read_sheets(xlsx([["note", "table"]], merge="B3:B5", hidden=True), "n.xlsx")
    assert first.spans == (Span(3, 5, 2, 2),)
    assert hidden.rows == ()
    assert hidden.notices[0].message == "La feuille masquée « Brouillon » n'est pas lue."


def test_an_ods_made_by_a_library_is_read() -> None:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Notes")
    for row in (["note", "nombre"], [WORDS, 3], ["fin", 2.5]):
        table.append_row(row_of(row))
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    assert cells(data.getvalue(), "n.ods") == [("note", "nombre"), (WORDS, "3"), ("fin", "2,5")]


def row_of(values: list[object]) -> object:
    from odfdo import Row as OdfRow

    row = OdfRow()
    for value in values:
        row.append_cell(Cell(value))
    return row


def test_an_ods_tells_repetitions_spans_formulas_comments_and_spaces() -> None:
    data = ods(
        "<table:table-row><table:table-cell><text:p>note</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>deux<text:s text:c="2"/>fois</text:p>'
        "<office:annotation><text:p>à revoir</text:p></office:annotation></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>un</text:p><text:p>banc</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=A1"/>'
        '<table:table-cell table:formula="of:=1/0" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    (sheet,) = read_sheets(data, "n.ods")
    assert sheet.rows == (
        Row(1, ("note",)),
        Row(5, ("", "", "deux  fois", "deux  fois")),
        Row(6, ("", "", "deux  fois", "deux  fois")),
        Row(7, ("un\nbanc",)),
    )
    assert sheet.spans == (Span(7, 8, 1, 1),)
    assert [(notice.line, notice.column) for notice in sheet.notices] == [(7, "B"), (7, "C")]


def test_a_small_file_that_unfolds_into_a_huge_table_is_refused() -> None:
    row = '<table:table-row table:number-rows-repeated="1000000">{}</table:table-row>'
    cell = '<table:table-cell table:number-columns-repeated="10000"><text:p>a</text:p></table:table-cell>'
    with pytest.raises(InputError, match="Découpez le fichier"):
        read_sheets(ods(row.format(cell)), "n.ods")
    corners = io.BytesIO()
    with xlsxwriter.Workbook(corners) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    with pytest.raises(InputError, match="trop grand ou abîmé"):
        read_sheets(corners.getvalue(), "n.xlsx")


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(InputError, match="plus de 200000 lignes"):
        read_sheets(b"a;b\n" * 200_001, "n.csv")
    assert len(read_sheets(b"a;b\n" * 200_000, "n.csv")[0].rows) == 200_000


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match="dépasse 20 Mo"):
        read_sheets(b"a" * (tables.MAX_BYTES + 1), "n.csv")


def test_an_archive_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive({"xl/workbook.xml": b"\0" * 5_000_000})
    assert len(bomb) < 10_000
    monkeypatch.setattr(containers, "MAX_UNCOMPRESSED", 4_000_000)
    with pytest.raises(InputError, match="une fois ouvert, est trop grand"):
        read_sheets(bomb, "n.xlsx")


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    bomb = archive({"xl/workbook.xml": b"\0" * 5_000_000})
    honest, lie = (5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little")
    assert bomb.count(honest) == 2
    with pytest.raises(InputError, match="abîmé"):
        read_sheets(bomb.replace(honest, lie), "n.xlsx")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "vide"),
        (b" \n\t ", "vide"),
        (b"%PDF-1.7 ...", "un PDF"),
        (b"\x89PNG\r\n\x1a\n....", "une image"),
        (b"\xff\xd8\xff\xe0....", "une image"),
        (b"{\\rtf1 bonjour}", "RTF"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "une page web"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"\x1f\x8b\x08....", "une archive"),
        (b"PK\x03\x04 abc", "abîmé"),
        (archive({"photo.txt": "bonjour"}), "ni un classeur ni un document"),
        (archive({"xl/workbook.bin": "bonjour"}), "XLSB"),
        (archive({"xl/workbook.xml": "<workbook/>"}), "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "ancien document Word"),
    ],
    ids=range(16),  # archives carry the hour: two workers would otherwise name them differently
)
def test_what_is_not_a_table_gets_one_clear_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refused:
        read_sheets(data, "notes.csv")
    assert str(refused.value).startswith("notes.csv : ")


def test_a_document_is_not_a_table() -> None:
    with pytest.raises(InputError, match="un document DOCX, pas un tableau"):
        read_sheets(archive({"word/document.xml": "<x/>"}), "n.docx")


def test_entities_are_never_expanded() -> None:
    content = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    for text in (content, content.encode("utf-16")):
        with pytest.raises(InputError, match="définitions interdites"):
            read_sheets(archive({"mimetype": kind, "content.xml": text}), "n.ods")


def test_an_encrypted_ods_is_told() -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": b"\x9a\x10", "META-INF/manifest.xml": "<m><encryption-data/></m>"}
    with pytest.raises(InputError, match="mot de passe"):
        read_sheets(archive(parts), "n.ods")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there to write an XLS")
def test_an_old_xls_is_read(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(f"note;table\n{WORDS};3\n", encoding="utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xls:MS Excel 97", "--infilter=CSV:59,34,76"]
    command += ["--outdir", str(tmp_path), str(tmp_path / "n.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert cells((tmp_path / "n.xls").read_bytes(), "n.xls") == [("note", "table"), (WORDS, "3")]
