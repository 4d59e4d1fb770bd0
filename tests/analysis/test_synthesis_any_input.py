"""Whatever comes in, a reading or one French sentence comes out, never another error."""

import io
import zipfile
from contextlib import suppress

import docx
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comptoir.analysis.errors import InputError
from comptoir.analysis.synthesis import Notes, Synthesis, read_file, read_text

_SIGNS = [
    "\n",
    "\t",
    "|",
    ";",
    ",",
    '"',
    "*",
    "**",
    "# ",
    "## ",
    "- ",
    "1. ",
    ":",
    " ",
    "\\",
    "\r",
    "\x1e",
    "_",
    "\u2028",
]
_MARKS = ["<p>", "</p>", "<br>", "---", "|---|", "(×3)", "&lt;", "[a](b)", "sep=;\n", "=1+1"]
_WORDS = ["note", "Pièges", "Essai", "Qui ?", "Atelier : Élu·e·s", "nombre", "3", "3 mai 2025", "été"]
_RECORDS = ["subject", "column", "text", "occurrences"]
_PIECES = st.sampled_from([*_SIGNS, *_MARKS, *_WORDS, *_RECORDS])


def outcome(data: bytes, name: str) -> Notes | Synthesis | str:
    try:
        return read_file(data, name)
    except InputError as error:
        return str(error)


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text())
@example("&#10;")
@settings(max_examples=300)
def test_any_pasted_text(text: str) -> None:
    with suppress(InputError):
        reading = read_text(text)
        if isinstance(reading, Notes):
            assert all(note.text and note.text == note.text.strip() for note in reading.notes)
            assert reading.occurrences >= len(reading.notes) > 0
        else:
            assert reading.occurrences >= reading.items
            assert any(reading.lines()) or reading.outlines


@given(st.binary() | st.lists(_PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode()))
@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_any_bytes(name: str, data: bytes) -> None:
    assert outcome(data, name)


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("Habitants", 1)
    table = document.add_table(2, 2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Essai", "Pièges", "a **", "b"], strict=True):
        cell.text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _rebuilt(data: bytes, part: str, change: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            made.writestr(name, change if name == part else source.read(name))
    return out.getvalue()


@given(st.data())
@settings(max_examples=60)
def test_a_word_document_with_any_part_cut_or_broken(data: st.DataObject) -> None:
    whole = _docx()
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        xml = source.read("word/document.xml")
    cut = data.draw(st.integers(0, len(xml)))
    put = data.draw(st.sampled_from([b"", b"<", b"<w:tbl>", b"</w:p>", b'w:val="x"', b"&a;", b"\xff"]))
    assert outcome(_rebuilt(whole, "word/document.xml", xml[:cut] + put + xml[cut + len(put) :]), "a.docx")
    assert outcome(whole[:cut], "a.docx")


@given(st.data())
@settings(max_examples=12)
def test_a_workbook_with_any_part_cut_or_broken(data: st.DataObject) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Notes")
        sheet.write_row(0, 0, ["note", "nombre"])
        sheet.write_row(1, 0, ["Un banc", 3])
    whole = out.getvalue()
    part = data.draw(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]))
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        xml = source.read(part)
    cut = data.draw(st.integers(0, len(xml)))
    put = data.draw(st.sampled_from([b"", b"<", b"<f>", b'r="ZZZ99999999"', b"<v>99999999</v>", b"\xff"]))
    assert outcome(_rebuilt(whole, part, xml[:cut] + put + xml[cut + len(put) :]), "a.xlsx")
