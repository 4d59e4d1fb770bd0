"""The table of records, and our own exports read back: docs/concepts/synthesis.md, « Garanties »."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.documents import FORMATS, protect, synthesis_document
from comptoir.analysis.synthesis import (
    Board,
    Column,
    ColumnKind,
    Item,
    Outline,
    Section,
    Subject,
    Synthesis,
    read_file,
    read_text,
)

SOURCE = Path(__file__).parents[3] / "shared" / "seed" / "synthese-2024-engagements-quartiers-2030.txt"


def synthesis(data: bytes, name: str) -> Synthesis:
    reading = read_file(data, name)
    assert isinstance(reading, Synthesis)
    return reading


def content(reading: Synthesis) -> list[tuple[str, Subject, list[tuple[str, ColumnKind, list[tuple[str, int]]]]]]:
    return [
        (b.title, b.subject, [(c.label, c.kind, [(i.text, i.occurrences) for i in c.items]) for c in b.columns])
        for b in reading.boards
    ]


RECORDS = "subject,column,text,occurrences\r\n"


def test_records_make_boards_and_what_is_not_counted_makes_outlines() -> None:
    reading = synthesis(
        b"sujet;colonne;texte;occurrences\n"
        b"Signataires;Qui ?;Bailleur;0\n"
        b"Habitants;Essai;Un banc **;12\n"
        b"Signataires;Essai;'=Visites;trois\n"
        b"Avant de commencer;1. Le but;Dire pourquoi;0\n"
        b"Habitants;Essai;;2\n",
        "t.csv",
    )
    assert content(reading) == [
        (
            "Signataires",
            Subject.SIGNATORIES,
            [("Qui ?", ColumnKind.WHO, [("Bailleur", 1)]), ("Essai", ColumnKind.TRY, [("=Visites", 1)])],
        ),
        ("Habitants", Subject.RESIDENTS, [("Essai", ColumnKind.TRY, [("Un banc **", 12)])]),
    ]
    assert reading.outlines == (Outline("Avant de commencer", (Section("1. Le but", ("Dire pourquoi",)),)),)
    assert [remark.line for remark in reading.remarks] == [4, 6]


_cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
_words = _cells.map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(_words, _words, _words | st.sampled_from(["=1+1", "'-x", "a\nb", 'dire "oui"', "a;b,c\td"]))),
    st.integers(1, 10**9 - 1),
)
def test_the_csv_that_we_write_is_read_back_exactly(rows: list[tuple[str, str, str]], occurrences: int) -> None:
    rows = [("Élus", "Essai", "Un banc"), *rows]
    out = io.StringIO()
    out.write(RECORDS)
    csv.writer(out).writerows([*map(protect, row), occurrences] for row in rows)
    reading = synthesis(out.getvalue().encode("utf-8-sig"), "t.csv")
    read = [(board.title, column.label, item.text) for board, column, item in reading.lines()]
    order = sorted(rows, key=lambda row: (first(rows, 1, row), first(rows, 2, row)))
    assert read == order
    assert all(item.occurrences == occurrences for _, _, item in reading.lines())


def first(rows: list[tuple[str, str, str]], length: int, row: tuple[str, str, str]) -> int:
    """Where the subject of a row (length 1), or its subject and column (length 2), first appears."""
    return [other[:length] for other in rows].index(row[:length])


OURS = Synthesis(
    title="Rencontres *de* printemps",
    boards=(
        Board(
            "Atelier : Élu·e·s",
            Subject.ELECTED_OFFICIALS,
            (
                Column(
                    "Les pièges | à éviter",
                    ColumnKind.PITFALL,
                    (
                        Item("Un banc | un arbre", 3),
                        Item("*vraiment* essayer", 37),
                        Item("-10 % d'attente"),
                        Item("=2+2", 2),
                        Item("Gratuit*"),
                        Item("Fête (×3)", 4),
                        Item("1. D'abord <br> & ensuite"),
                        Item("'=a [lien](b) \\"),
                    ),
                ),
                Column("Qui ?", ColumnKind.WHO, (Item("Préau"),)),
            ),
        ),
    ),
    outlines=(Outline("Avant de commencer", (Section("1. Le but", ("Dire pourquoi **",)), Section("Et", ("Dire",)))),),
    introduction=("3 mai 2025", "Un mot : * et _ |"),
    dates=("3 mai 2025",),
)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "md", "odt", "docx"])
def test_our_own_exports_are_read_back_with_every_word_and_count(suffix: str) -> None:
    reading = synthesis(FORMATS[suffix].write(synthesis_document(OURS)), f"t.{suffix}")
    assert content(reading) == content(OURS)
    assert reading.outlines == OURS.outlines
    if suffix not in ("csv", "xlsx"):  # tables of records have no title and no introduction
        assert (reading.title, reading.introduction, reading.dates) == (OURS.title, OURS.introduction, OURS.dates)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "md", "odt", "docx"])
@pytest.mark.parametrize("mark", ["1.", "12)", "-", "*", "+", "•", "–", "—", "#", "=", "-10"])
def test_words_that_begin_like_a_bullet_or_a_number_come_back_from_our_exports(suffix: str, mark: str) -> None:
    items = (Item(f"{mark} Se taire", 2), Item("Partir"), Item(f"{mark} Venir seul"))
    board = Board("Atelier : Élus", Subject.ELECTED_OFFICIALS, (Column("Les pièges", ColumnKind.PITFALL, items),))
    outline = Outline("Plan", (Section("1. Le but", (f"{mark} Le dire",)), Section("2. La suite", ("Revenir",))))
    ours = Synthesis("Printemps", (board,), (outline,))
    reading = synthesis(FORMATS[suffix].write(synthesis_document(ours)), f"t.{suffix}")
    assert content(reading) == content(ours)
    assert reading.outlines == ours.outlines


@pytest.mark.skipif(not SOURCE.exists(), reason="the source document is not beside this checkout")
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "md", "odt", "docx"])
def test_the_source_document_comes_back_from_every_export(suffix: str) -> None:
    source = read_text(SOURCE.read_text(encoding="utf-8"))
    assert isinstance(source, Synthesis)
    reading = synthesis(FORMATS[suffix].write(synthesis_document(source)), f"t.{suffix}")
    assert content(reading) == content(source)
    assert reading.outlines == source.outlines
    assert (reading.items, reading.occurrences) == (103, 135)
