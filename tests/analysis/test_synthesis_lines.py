"""Pasted lines that are not notes: titles, dates, subjects, tables (docs/concepts/synthesis.md, « Les notes »)."""

from time import process_time

import pytest

from comptoir.analysis.synthesis import Level, Notes, read_text


def pasted(text: str) -> Notes:
    reading = read_text(text)
    assert isinstance(reading, Notes)
    return reading


def places(reading: Notes) -> list[tuple[str, str, str, str]]:
    return [(note.table, note.subject, note.column, note.text) for note in reading.notes]


def test_the_first_lines_of_a_session_are_its_title_and_its_dates_and_say_so() -> None:
    reading = pasted(
        "Comptoir du jardin\nMardi 6 mai 2025, salle du fond\nPrésents : deux animateurs\n\n- Un banc **\n- Une lampe\n"
    )
    assert [note.text for note in reading.notes] == ["Un banc", "Une lampe"]
    assert (reading.title, reading.dates) == ("Comptoir du jardin", ("6 mai 2025",))
    assert [(remark.line, remark.level) for remark in reading.remarks] == [(n, Level.INFO) for n in (1, 2, 3)]
    assert reading.remarks[0].message == "« Comptoir du jardin » est lu comme le titre : cette ligne n'est pas comptée."


def test_a_line_without_bullet_among_bullets_is_a_note_and_is_told() -> None:
    reading = pasted("- Un banc\nIl a plu tout le soir\n- Une lampe\nPlus d'arbres (×3)\n- Un préau\n")
    assert len(reading.notes) == 5
    (remark,) = reading.remarks
    assert (remark.line, remark.level) == (2, Level.WARNING)
    assert remark.message == (
        "« Il a plu tout le soir » n'a pas de puce : est-ce une parole ? Elle est comptée comme une note."
    )


@pytest.mark.parametrize(
    "first", ["Le comptoir devrait ouvrir le soir", "Plus de réunions", "Mon atelier préféré", "Comptoir gratuit **"]
)
def test_a_first_line_that_only_has_the_word_stays_a_note(first: str) -> None:
    reading = pasted(f"{first}\n- Un banc\n- Une lampe\n")
    assert len(reading.notes) == 3
    assert reading.title == ""


def test_without_bullets_every_line_is_a_note_and_a_likely_title_is_told() -> None:
    reading = pasted("Réunion du 4 mars 2025\nUn banc\nMoins de bruit\n")
    assert len(reading.notes) == 3
    assert [(remark.line, "est-ce une parole ?" in remark.message) for remark in reading.remarks] == [(1, True)]
    assert pasted("Un banc\nMoins de bruit le 4 mars\n").remarks == ()


def test_short_lines_that_touch_bullets_give_the_table_the_subject_and_the_column() -> None:
    reading = pasted(
        "Table 1\nHabitants\nPièges\n- Se taire **\n- Parler\n\nTable 2 : élus\n- Venir seul\n\nÎlot n° 3\n- Partir\n"
    )
    assert places(reading) == [
        ("Table 1", "Habitants", "Pièges", "Se taire"),
        ("Table 1", "Habitants", "Pièges", "Parler"),
        ("Table 2", "élus", "", "Venir seul"),
        ("Îlot n° 3", "", "", "Partir"),
    ]
    assert reading.remarks == ()


def test_a_column_holds_for_the_tables_inside_it_and_a_new_subject_ends_it() -> None:
    reading = pasted("Pièges\nTable 1\n- a\nTable 2\n- b\n\nSignataires\n- c\n")
    assert places(reading) == [
        ("Table 1", "", "Pièges", "a"),
        ("Table 2", "", "Pièges", "b"),
        ("", "Signataires", "", "c"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Habitants oubliés le soir",
        "Les élus et les habitants",
        "Habitants.",
        "Table basse",
        "Un essai raté",
        "Groupe de voisins",
    ],
)
def test_a_line_over_bullets_that_says_more_than_a_label_stays_a_note(line: str) -> None:
    reading = pasted(f"{line}\n- Un banc\n- Une lampe\n")
    assert [note.text for note in reading.notes] == [line, "Un banc", "Une lampe"]


def test_a_subject_with_a_blank_line_below_is_a_note() -> None:
    reading = pasted("- Un banc\n- Une lampe\n\nHabitants\n\n- Un préau\n")
    assert [note.text for note in reading.notes] == ["Un banc", "Une lampe", "Habitants", "Un préau"]
    assert [remark.line for remark in reading.remarks] == [4]


def test_a_line_that_has_the_word_of_a_column_over_bullets_is_a_column_and_is_told() -> None:
    reading = pasted("Nos essais ratés\n- Café du lundi\n- Jardin\n")
    assert [(note.column, note.text) for note in reading.notes] == [
        ("Nos essais ratés", "Café du lundi"),
        ("Nos essais ratés", "Jardin"),
    ]
    assert [remark.line for remark in reading.remarks] == [1]


def test_a_first_heading_above_the_others_is_the_title() -> None:
    reading = pasted("# Le jardin partagé, 6 mai 2025\n## Pièges\n- Se taire\n## Essai\n- Café\n")
    assert (reading.title, reading.dates) == ("Le jardin partagé, 6 mai 2025", ("6 mai 2025",))
    assert [(note.column, note.text) for note in reading.notes] == [("Pièges", "Se taire"), ("Essai", "Café")]
    assert pasted("# Propreté\n- Des bacs\n").notes[0].column == "Propreté"
    session = pasted("# Comptoir des élus, 6 mai 2025\n- Venir seul\n")
    assert (session.title, session.notes[0].subject, session.notes[0].column) == (
        "Comptoir des élus, 6 mai 2025",
        "Comptoir des élus, 6 mai 2025",
        "",
    )


def test_headings_that_name_tables_or_subjects_hold_notes_not_an_outline() -> None:
    assert places(pasted("## Table 1\n- a\n## Table 2\n- b\n")) == [("Table 1", "", "", "a"), ("Table 2", "", "", "b")]
    assert [note.subject for note in pasted("## Habitants\n- a\n## Élus\n- b\n").notes] == ["Habitants", "Élus"]


def test_dates_of_a_session_that_contradict_are_told() -> None:
    reading = pasted("Comptoir du 6 mai 2025\nRéunion du 7 mai 2025\n- Un banc\n- Une lampe\n- Un préau\n")
    assert reading.dates == ("6 mai 2025", "7 mai 2025")
    assert "Deux dates différentes en mai" in reading.remarks[0].message


@pytest.mark.parametrize("lines", ["Un banc devant l'école\n", "- Un banc\nHabitants du quartier\n", "Habitants\n"])
def test_ten_thousand_lines_take_less_than_three_seconds_of_processor(lines: str) -> None:
    text = lines * (10_000 // lines.count("\n"))
    started = process_time()
    assert len(pasted(text).notes) == 10_000
    assert process_time() - started < 3
