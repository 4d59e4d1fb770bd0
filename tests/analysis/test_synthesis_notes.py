"""Raw notes, pasted or in a table: docs/concepts/synthesis.md, « Les notes »."""

import time

import pytest

from comptoir.analysis.errors import InputError
from comptoir.analysis.synthesis import Level, Note, Notes, Synthesis, read_file, read_text


def pasted(text: str) -> Notes:
    reading = read_text(text)
    assert isinstance(reading, Notes)
    return reading


def notes(text: str, name: str = "notes.csv", **options: dict[str, str]) -> Notes:
    reading = read_file(text.encode(), name, **options)
    assert isinstance(reading, Notes)
    return reading


def test_one_pasted_line_is_one_note_with_its_tally_and_its_line() -> None:
    reading = pasted("- Un banc devant l'école **\n\n• Des lampes\n  3. Moins de bruit***\nPlus d'arbres (×12)\n")
    assert reading.notes == (
        Note("Un banc devant l'école", tally=2, line=1),
        Note("Des lampes", line=3),
        Note("Moins de bruit", tally=3, line=4),
        Note("Plus d'arbres", tally=12, line=5),
    )
    assert reading.occurrences == 18
    assert reading.remarks == ()


def test_words_that_only_look_like_marks_are_kept() -> None:
    reading = pasted(
        '-10 degrés dans le hall\nTerrain de 4x4\n2 * 3 places\n35 m² de local\n"Garde-fous" d\'immeuble\n'
    )
    assert [note.text for note in reading.notes] == [
        "-10 degrés dans le hall",
        "Terrain de 4x4",
        "2 * 3 places",
        "35 m² de local",
        '"Garde-fous" d\'immeuble',
    ]


def test_headings_give_the_column_of_the_notes_below() -> None:
    reading = pasted(
        "# Les pièges à éviter\n- Oublier les jeunes\nParler trop\n\nL'essai à transformer\n- Café du lundi\n"
    )
    assert [(note.column, note.text) for note in reading.notes] == [
        ("Les pièges à éviter", "Oublier les jeunes"),
        ("Les pièges à éviter", "Parler trop"),
        ("L'essai à transformer", "Café du lundi"),
    ]


def test_a_line_ending_with_a_colon_over_bullets_is_their_column() -> None:
    reading = pasted("Propreté :\n- Plus de bacs\n- Moins de mégots\nUne note à part\nOn a dit :\nfermer plus tard\n")
    assert [(note.column, note.text) for note in reading.notes] == [
        ("Propreté", "Plus de bacs"),
        ("Propreté", "Moins de mégots"),
        ("", "Une note à part"),
        ("", "On a dit :"),
        ("", "fermer plus tard"),
    ]


def test_a_plain_line_that_names_a_subject_above_a_column_gives_the_subject() -> None:
    reading = pasted("Habitants\nPièges\nParler **\nHabitants oubliés le soir\n")
    assert [(n.subject, n.column, n.text) for n in reading.notes] == [
        ("Habitants", "Pièges", "Parler"),
        ("Habitants", "Pièges", "Habitants oubliés le soir"),
    ]


def test_a_pasted_line_with_a_tab_is_one_note() -> None:
    assert [note.text for note in pasted("Un banc\tdevant l'école\n").notes] == ["Un banc\tdevant l'école"]


def test_a_heading_that_names_a_subject_gives_the_subject() -> None:
    reading = pasted("## Atelier : Habitant·e·s\n### Pièges\n- Oublier **\n## Atelier : Élu·e·s\n- Venir seul\n")
    assert [(n.subject, n.column, n.text, n.tally) for n in reading.notes] == [
        ("Atelier : Habitant·e·s", "Pièges", "Oublier", 2),
        ("Atelier : Élu·e·s", "", "Venir seul", 1),
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "headers",
    [
        ("Sujet", "Rubrique", "Table", "Note", "Nombre"),
        ("Atelier", "Catégorie", "Groupe", "Verbatim", "Occurrences"),
        ("public", "colonne", "TABLE", "Idées", "Compte"),
        ("sujet", "Catégorie de la note", "Numéro de table", "Contribution", "Nombre de fois"),
    ],
)
def test_roles_are_found_by_header_whatever_the_separator(headers: tuple[str, ...], separator: str) -> None:
    rows = [headers, ("Habitants", "Pièges", "4", "Trop de promesses", "3"), ("", "", "", "Parler", "")]
    reading = notes("\r\n".join(separator.join(row) for row in rows))
    assert reading.notes == (
        Note("Trop de promesses", "Pièges", "Habitants", "4", 3, 2),
        Note("Parler", line=3),
    )
    assert reading.mapping == dict(zip(("subject", "column", "table", "text", "tally"), headers, strict=True))
    assert reading.headers == headers


@pytest.mark.parametrize(
    "header",
    ["De qui on parle", "de qui parle-t-on ?", "On parle de", "Public visé", "Sujet", "De qui ?", "Qui est concerné ?"],
)
def test_a_header_that_says_whom_one_speaks_about_is_the_subject(header: str) -> None:
    reading = notes(f"Parole;Qui parle;{header}\nLe bus du soir;élu;Habitants\n")
    assert reading.mapping == {"text": "Parole", "subject": header}
    assert [(note.text, note.subject) for note in reading.notes] == [("Le bus du soir", "Habitants")]
    assert [(r.message, r.level) for r in reading.remarks] == [("Colonne non utilisée : « Qui parle ».", Level.INFO)]


def test_the_columns_that_are_not_used_are_told_in_one_remark() -> None:
    reading = notes("note;Total;Vide;Remarques du soir\nUn banc;3;;calme\nUn arbre;1;;;sans titre\n")
    (remark,) = reading.remarks
    assert remark.message == "Colonnes non utilisées : « Total », « Remarques du soir », « Colonne 5 »."
    assert (remark.level, remark.line) == (Level.INFO, 1)


def test_semicolons_pasted_under_one_known_name_are_a_table_where_rows_are_alike() -> None:
    reading = pasted("parole;de qui on parle;qui parle\nLe bus, le soir;Habitants;élu\n\nDes bancs;Élus;\n")
    assert [(n.text, n.subject, n.line) for n in reading.notes] == [
        ("Le bus, le soir", "Habitants", 2),
        ("Des bancs", "Élus", 4),
    ]
    unlike = "parole;qui parle\nLe bus ; le soir ; la nuit\nDes bancs\n"
    assert [n.text for n in pasted(unlike).notes] == unlike.splitlines()
    sentences = "Espace public ; propreté\nPlace du marché ; le bruit\n"
    assert [n.text for n in pasted(sentences).notes] == sentences.splitlines()


def test_a_count_above_what_one_note_may_have_is_said_with_the_limit() -> None:
    reading = notes("note;nombre\nA;999999999999\nB;100000\nC;000\n")
    assert [note.tally for note in reading.notes] == [1, 100_000, 1]
    assert [remark.message for remark in reading.remarks] == [
        "« 999999999999 » dépasse 100 000 : la ligne est comptée une fois.",
        "« 000 » n'est pas un nombre entier à partir de 1 : la ligne compte pour 1.",
    ]
    written = pasted("- Un banc (×100001)\n- Des lampes (×100000)\n")
    assert [(note.text, note.tally) for note in written.notes] == [("Un banc (×100001)", 1), ("Des lampes", 100_000)]
    assert [(r.message, r.line) for r in written.remarks] == [
        ("« (×100001) » dépasse 100 000 : la ligne est comptée une fois.", 1)
    ]


def test_the_column_of_the_text_cannot_be_given_up() -> None:
    reading = notes("Table;Parole\nla table du fond de la salle;Un banc\n", mapping={"text": ""})
    assert [(note.text, note.table) for note in reading.notes] == [("Un banc", "la table du fond de la salle")]
    assert [r.message for r in reading.remarks] == ["La colonne de la parole est nécessaire : « Parole » est gardée."]


def test_quoted_cells_keep_separators_quotes_and_newlines_and_lines_stay_true() -> None:
    reading = notes('note;nombre\n"Un banc; deux\nbancs";2\n"Dire ""oui""";1\n"Porteur" à nommer;1\nfin;1\n')
    assert [(note.text, note.line) for note in reading.notes] == [
        ("Un banc; deux\nbancs", 2),
        ('Dire "oui"', 4),
        ('"Porteur" à nommer', 5),
        ("fin", 6),
    ]


def test_a_tally_that_is_not_a_whole_number_counts_for_one_and_says_so() -> None:
    reading = notes("note;nombre\nA;deux\nB;0\nC;-1\nD;1,5\nE;2,0\nF;×4\nG;***\nH; 5 \nI;1e3\n")
    assert [note.tally for note in reading.notes] == [1, 1, 1, 1, 2, 4, 3, 5, 1]
    assert [(remark.line, remark.column) for remark in reading.remarks] == [
        (line, "nombre") for line in (2, 3, 4, 5, 10)
    ]
    assert "« deux » n'est pas un nombre entier" in reading.remarks[0].message


def test_marks_are_read_in_the_text_only_where_there_is_no_tally_column() -> None:
    assert [(n.text, n.tally) for n in notes("note;table\nUn banc **;1\n").notes] == [("Un banc", 2)]
    assert [(n.text, n.tally) for n in notes("note;nombre\nUn banc **;3\n").notes] == [("Un banc **", 3)]


def test_a_row_without_text_is_left_and_told() -> None:
    reading = notes("note;table\nUn banc;1\n;2\n;\n")
    assert len(reading.notes) == 1
    (remark,) = reading.remarks
    assert (remark.line, remark.column) == (3, "note")


def test_a_mapping_wins_over_what_is_detected() -> None:
    text = "note;idée;où\nA1;Un banc;table 3\n"
    assert notes(text).notes[0].text == "A1"
    mapped = notes(text, mapping={"text": "IDEE", "table": "où"})
    assert mapped.notes == (Note("Un banc", table="table 3", line=2),)
    assert mapped.mapping == {"text": "idée", "table": "où"}
    assert notes("note;table\nUn banc;3\n", mapping={"table": ""}).notes[0].table == ""


def test_a_mapping_reads_as_notes_even_what_looks_like_a_synthesis() -> None:
    text = "Les pièges à éviter;L'essai à transformer\nParler;Café\n"
    assert isinstance(read_file(text.encode(), "t.csv"), Synthesis)
    assert [n.text for n in notes(text, mapping={"text": "Les pièges à éviter"}).notes] == ["Parler"]


def test_a_mapping_to_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match=r"« parole » n'existe pas.*« note », « table »"):
        notes("note;table\nUn banc;1\n", mapping={"text": "parole"})
    with pytest.raises(InputError, match="pas de colonnes"):
        notes("Un banc\n", mapping={"text": "note"})
    with pytest.raises(ValueError, match="unknown role"):
        notes("note;table\nUn banc;1\n", mapping={"couleur": "note"})


def test_headers_are_given_a_name_of_their_own() -> None:
    reading = notes("note;note;;table\nA;B;C;1\n")
    assert reading.headers == ("note", "note (2)", "Colonne 3", "table")
    assert notes("note;note;;table\nA;B;C;1\n", mapping={"text": "note (2)"}).notes[0].text == "B"


def test_without_a_known_header_the_longest_column_is_the_text_and_it_is_told() -> None:
    reading = notes("Horodateur;Dites-nous tout;Age\n12:01;Un banc devant l'école;34\n12:04;Moins de bruit la nuit;\n")
    assert [note.text for note in reading.notes] == ["Un banc devant l'école", "Moins de bruit la nuit"]
    assert "« Dites-nous tout » est lue comme le texte" in reading.remarks[0].message


def test_a_single_column_with_or_without_header_is_notes() -> None:
    assert [n.text for n in notes("Un banc, deux arbres\nMoins de bruit\nDu calme, le soir, dehors\n").notes] == [
        "Un banc, deux arbres",
        "Moins de bruit",
        "Du calme, le soir, dehors",
    ]
    assert [n.text for n in notes('Parole\n"Un banc,\nou deux"\nMoins de bruit\n').notes] == [
        "Un banc,\nou deux",
        "Moins de bruit",
    ]


def test_a_first_note_that_has_the_word_note_or_idea_is_not_taken_for_a_header() -> None:
    text = "Une idée simple : des bancs\nMoins de bruit\n"
    assert [n.text for n in notes(text).notes] == ["Une idée simple : des bancs", "Moins de bruit"]
    sentences = "Un atelier, une idée, une note\nMoins de bruit\nDu calme, le soir\n"
    assert [n.text for n in pasted(sentences).notes] == sentences.splitlines()
    assert [n.text for n in notes(sentences).notes] == sentences.splitlines()
    assert [n.text for n in notes("Vos idées\nMoins de bruit\n").notes] == ["Moins de bruit"]


def test_headers_told_by_sentences_only_are_told() -> None:
    reading = notes("Rue de la mairie;Mon idée de banc\nPlace;Moins de bruit\n")
    assert reading.remarks[0].message == "Cette ligne est lue comme les titres des colonnes."
    (unused,) = notes("Date;Quelle est votre idée ?;Table\n3;Moins de bruit;4\n").remarks
    assert unused.message == "Colonne non utilisée : « Date »."


def test_titles_above_the_header_are_left_and_told() -> None:
    reading = notes("Notes du comptoir;;\n;;\nnote;table;nombre\nUn banc;1;2\n")
    assert reading.notes == (Note("Un banc", table="1", tally=2, line=4),)
    assert [(r.line, r.level) for r in reading.remarks] == [(1, Level.INFO)]
    assert reading.title == "Notes du comptoir"


def test_the_points_beside_a_table_of_notes_are_notes() -> None:
    reading = pasted("# Comptoir du 3 mai 2025\n## Pièges\n- Se taire **\n\nNote\tTable\nUn banc\t3\n\n- Des lampes\n")
    assert reading.notes == (
        Note("Se taire", "Pièges", tally=2, line=3),
        Note("Des lampes", "Pièges", line=8),
        Note("Un banc", table="3", line=6),
    )
    assert (reading.title, reading.dates, reading.remarks) == ("Comptoir du 3 mai 2025", ("3 mai 2025",), ())


def test_notes_in_a_pasted_csv_and_in_a_markdown_table() -> None:
    assert pasted("sujet;note;nombre\nHabitants;Un banc;2\n").notes == (Note("Un banc", "", "Habitants", "", 2, 2),)
    table = pasted("| Note | Table |\n|---|---|\n| Un banc<br>en bois \\*\\* | 3 |\n")
    assert table.notes == (Note("Un banc\nen bois", table="3", tally=2, line=3),)


def test_excel_s_own_first_line_is_understood() -> None:
    assert notes("sep=,\nnote,table\nUn banc,3\n").notes == (Note("Un banc", table="3", line=3),)


def test_many_remarks_are_cut_short_and_counted() -> None:
    reading = notes("note;nombre\n" + "Un banc;beaucoup\n" * 1000)
    assert len(reading.notes) == 1000
    assert len(reading.remarks) == 201
    assert reading.remarks[-1].message == "Et 800 autres remarques de ce genre."


def test_ten_thousand_rows_take_less_than_a_second_of_processor() -> None:
    text = "sujet;colonne;note;nombre\n" + "Habitants;Pièges;Un banc devant l'école de la place;2\n" * 10_000
    started = time.process_time()
    assert notes(text).occurrences == 20_000
    assert time.process_time() - started < 1
