"""Tables of notes in, groups out; raw notes in, a synthesis out."""

import io
import json

import pytest
import xlsxwriter

from comptoir.analysis.errors import InputError
from comptoir.analysis.grouping.files import Columns, group_table, read_notes_table
from comptoir.analysis.grouping.notes import NO_COLUMN, NO_SUBJECT, synthesis_of_notes
from comptoir.analysis.synthesis.model import ColumnKind, Level, Note, Notes, Remark, Subject

TABLE = """note;table;fois
Un kiosque à musique;A;2
"Une fête ; avec les voisins";A;
un kiosque à musique !;A;1
Un kiosque à musique;B;4
;B;1
"""


def grouped(text: str, columns: Columns, name: str = "notes.csv"):
    return group_table(read_notes_table(text.encode(), name, columns.asked), columns)


def workbook(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Vide")
        sheet = book.add_worksheet("Notes")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_every_row_and_column_comes_back_with_its_group() -> None:
    done = grouped(TABLE, Columns("note", ("table",), "fois"))
    assert done.csv().decode().splitlines() == [
        "note;table;fois;group_id",
        "Un kiosque à musique;A;2;g0001",
        '"Une fête ; avec les voisins";A;;g0002',
        "un kiosque à musique !;A;1;g0001",
        "Un kiosque à musique;B;4;g0003",
        ";B;1;",
    ]
    assert done.remarks == ("notes.csv, ligne 6 : pas de texte, cette ligne n'a pas de groupe.",)


def test_groups_say_their_label_count_members_and_reasons() -> None:
    done = json.loads(grouped(TABLE, Columns("note", ("table",), "fois")).json())
    assert done["groups"][0] == {
        "id": "g0001",
        "label": "Un kiosque à musique",
        "occurrences": 3,
        "members": [1, 3],
        "reasons": ["Identiques aux majuscules, accents et ponctuation près"],
    }
    assert [g["occurrences"] for g in done["groups"]] == [3, 1, 4]


def test_without_within_notes_meet_across_tables() -> None:
    done = grouped(TABLE, Columns("note"))
    assert done.ids == ("g0001", "g0002", "g0001", "g0001", "")


def test_a_workbook_gives_the_same_groups() -> None:
    data = workbook(("Note", "Fois"), ("Un kiosque", 2), ("un kiosque !", 1), ("Une piscine", 1))
    columns = Columns("note", tally="fois")
    done = group_table(read_notes_table(data, "notes.xlsx", columns.asked), columns)
    assert done.ids == ("g0001", "g0001", "g0002")
    assert done.csv().startswith(b"\xef\xbb\xbfNote,Fois,group_id\r\n")


def test_a_windows_file_is_written_in_utf8_with_its_mark() -> None:
    columns = Columns("note")
    table = read_notes_table("note\nUne fête\n".encode("cp1252"), "notes.csv", columns.asked)
    assert group_table(table, columns).csv() == "note,group_id\r\nUne fête,g0001\r\n".encode("utf-8-sig")


def test_texts_that_hold_separators_quotes_and_newlines_come_back_unchanged() -> None:
    text = 'note,lieu\r\n"Un « banc », ""vert"",\net un arbre",ici\r\nAutre chose,là\r\n'
    done = grouped(text, Columns("note"))
    assert done.csv().decode() == (
        'note,lieu,group_id\r\n"Un « banc », ""vert"",\net un arbre",ici,g0001\r\nAutre chose,là,g0002\r\n'
    )


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("note;lieu\nUn banc;ici\n", Columns("texte"), "colonne « texte » n'existe pas.*« note », « lieu »"),
        ("note;lieu\nUn banc;ici\n", Columns("note", ("zone",)), "colonne « zone » n'existe pas"),
        ("note;fois\nUn banc;2\nUn arbre;deux\n", Columns("note", tally="fois"), "ligne 3, colonne fois : « deux »"),
        ("note;fois\nUn banc;-1\n", Columns("note", tally="fois"), "ligne 2, colonne fois"),
        ("note;fois\nUn banc;" + "9" * 5000 + "\n", Columns("note", tally="fois"), "ligne 2, colonne fois"),
        ("note;lieu\nUn banc;ici\nUn arbre;là;en trop\n", Columns("note"), "ligne 3 : 3 cellules sous 2 en-têtes"),
        ("note;lieu\n" + "mot " * 6000 + ";ici\n", Columns("note"), "ligne 2, colonne note : cette note fait 23999"),
        ("note;lieu\n", Columns("note"), "une ligne d'en-têtes et au moins une note"),
        ("note;lieu\n;ici\n", Columns("note"), "aucune note dans cette colonne"),
        ("  \n", Columns("note"), "vide"),
        ("note\0\x01\nUn banc\n", Columns("note"), "caractères de commande"),
        ("%PDF-1.7\n", Columns("note"), "PDF"),
    ],
)
def test_a_bad_table_gives_one_sentence_with_its_place(text: str, columns: Columns, expected: str) -> None:
    with pytest.raises(InputError, match=expected) as refused:
        grouped(text, columns)
    assert str(refused.value).startswith("notes.csv")
    assert "\n" not in str(refused.value)


def test_raw_notes_become_a_synthesis_that_loses_no_occurrence() -> None:
    remark = Remark("Une remarque.", Level.INFO)
    notes = Notes(
        (
            Note("Une fête des voisins", "Les pièges à éviter", "Habitant·e·s", line=2),
            Note("Un kiosque", "L'invention à tester", "Habitant·e·s", tally=2, line=3),
            Note("Fête des voisins !", "les pieges a eviter", "habitant·e·s", tally=3, line=4),
            Note("Trop de réunions", "Les pièges à éviter", "Élu·e·s", line=5),
            Note("Un kiosque", "Les pièges à éviter", "Habitant·e·s", line=6),
        ),
        remarks=(remark,),
    )
    made = synthesis_of_notes(notes)
    assert [(b.title, b.subject) for b in made.boards] == [
        ("Habitant·e·s", Subject.RESIDENTS),
        ("Élu·e·s", Subject.ELECTED_OFFICIALS),
    ]
    pitfalls, inventions = made.boards[0].columns
    assert (pitfalls.label, pitfalls.kind) == ("Les pièges à éviter", ColumnKind.PITFALL)
    assert [(i.text, i.occurrences, i.line) for i in pitfalls.items] == [
        ("Fête des voisins !", 4, 2),
        ("Un kiosque", 1, 6),
    ]
    assert [(i.text, i.occurrences) for i in inventions.items] == [("Un kiosque", 2)]
    assert made.occurrences == notes.occurrences == 8
    assert made.remarks == (remark,)


def test_notes_without_subject_nor_column_make_one_table() -> None:
    (board,) = synthesis_of_notes(Notes((Note("Un kiosque"), Note("Une piscine", tally=2)))).boards
    assert (board.title, board.columns[0].label) == (NO_SUBJECT, NO_COLUMN)
    assert [(i.text, i.occurrences) for i in board.columns[0].items] == [("Une piscine", 2), ("Un kiosque", 1)]
