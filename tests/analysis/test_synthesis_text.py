"""Pasted syntheses and outlines: docs/concepts/synthesis.md."""

from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from comptoir.analysis.errors import InputError
from comptoir.analysis.synthesis import (
    Board,
    ColumnKind,
    Item,
    Level,
    Notes,
    Reading,
    Subject,
    Synthesis,
    read_text,
)
from comptoir.analysis.synthesis.dates import dates_in, read_dates
from comptoir.analysis.synthesis.labels import kind_of, subject_of

SOURCE = Path(__file__).parents[3] / "shared" / "seed" / "synthese-2024-engagements-quartiers-2030.txt"

# The same form as the source document: both layouts, independent columns, marks, contradictory dates, an outline.
SAME_FORM = (
    "## **Rencontres de printemps**\n\n"
    "### **« Une année pour le quartier »**\n\n"
    "3 et 17 mai 2025\n\n"
    "Contact : l'équipe du projet [bonjour@exemple.fr](mailto:bonjour@exemple.fr)\n\n"
    "## **Synthèse des comptoirs, 3 mai 2025 matin**\n\n"
    "Les tables ont répondu à deux questions :\n\n"
    "- Y a-t-il un essai à transformer ?\n"
    "- Quels pièges évite-t-on ?\n\n"
    "## Atelier : Habitant·e·s\n\n"
    "Intérêt à impliquer ce public\tL'essai à transformer\tLes pièges à éviter\tL'invention à tester\n"
    "<p>Ils connaissent les raccourcis **</p> <p>Leur avis coute peu</p>\t<p>Café du lundi \\*\\*\\*</p>\t"
    '<p>Les "réunions tribune"</p> <p>Réunir à 14 h **</p>\t<p>"Clé du local" (prêtée) *****</p>\n\n'
    "\\* Le nombre d'astérisques dit combien de fois.\n\n"
    "## Atelier : Signataires\n\n"
    "Qui ?\tIntérêt à impliquer ce public\tL'essai à transformer\n"
    "Bailleur\tConnaitre les loyers\tVisites d'immeubles **\n"
    "Caisse des écoles\tPartager les plannings\t\n"
    "Région\t\t\n\n"
    "\\* Le nombre d'astérisques dit combien de fois.\n\n"
    "# Synthèse de la séquence Suivre le projet, 24 mai 2025\n\n"
    "*Trois points avant de commencer*\n\n"
    "## 1. Dire pourquoi\n\n- Choisir ce que l'on regarde\n- À quoi cela servira ?\n\n"
    "## 2. Dire avec qui\n\n- Élu·e·s\n"
)


def synthesis(text: str) -> Synthesis:
    reading = read_text(text)
    assert isinstance(reading, Synthesis)
    return reading


def counts(board: Board) -> list[tuple[int, int]]:
    return [(len(c.items), sum(i.occurrences for i in c.items)) for c in board.columns if c.kind.counted]


def messages(reading: Reading, level: Level | None = None) -> list[str]:
    return [r.message for r in reading.remarks if level in (None, r.level)]


def words(board: Board) -> list[list[str]]:
    return [[item.text for item in column.items] for column in board.columns]


@pytest.mark.skipif(not SOURCE.exists(), reason="the source document is not beside this checkout")
def test_the_source_document_gives_exactly_its_counts() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    reading = synthesis(text)
    assert [board.subject for board in reading.boards] == [
        Subject.RESIDENTS,
        Subject.ELECTED_OFFICIALS,
        Subject.SIGNATORIES,
    ]
    residents, officials, signatories = reading.boards
    assert (residents.items, residents.occurrences) == (44, 66)
    assert counts(residents) == [(9, 15), (8, 15), (12, 15), (15, 21)]
    assert (officials.items, officials.occurrences) == (21, 26)
    assert counts(officials) == [(11, 14), (3, 3), (3, 3), (4, 6)]
    assert (signatories.items, signatories.occurrences) == (38, 43)
    assert counts(signatories) == [(13, 13), (8, 9), (9, 12), (8, 9)]
    assert signatories.columns[0].kind is ColumnKind.WHO
    assert len(signatories.columns[0].items) == 14
    assert (reading.items, reading.occurrences) == (103, 135)
    assert [(len(outline.sections), outline.points) for outline in reading.outlines] == [(5, 23)]
    assert reading.dates == ("24 septembre et 22 octobre 2024", "24 septembre 2024", "24 octobre 2024")
    assert len([r for r in reading.remarks if "Deux dates différentes en octobre" in r.message]) == 1
    for _, _, item in reading.lines():
        assert item.line is not None
        assert item.text in text.split("\n")[item.line - 1]
    for outline in reading.outlines:
        assert all(point in text for section in outline.sections for point in section.points)


def test_a_document_of_the_same_form_is_read_whole() -> None:
    reading = synthesis(SAME_FORM)
    assert reading.title == "Rencontres de printemps"
    residents, signatories = reading.boards
    assert (residents.title, residents.subject) == ("Atelier : Habitant·e·s", Subject.RESIDENTS)
    assert [column.kind for column in residents.columns] == [
        ColumnKind.INTEREST,
        ColumnKind.TRY,
        ColumnKind.PITFALL,
        ColumnKind.INVENTION,
    ]
    assert residents.columns[0].items == (
        Item("Ils connaissent les raccourcis", 2, 19),
        Item("Leur avis coute peu", 1, 19),
    )
    assert residents.columns[3].items == (Item('"Clé du local" (prêtée)', 5, 19),)
    assert (residents.items, residents.occurrences) == (6, 14)
    assert words(signatories) == [
        ["Bailleur", "Caisse des écoles", "Région"],
        ["Connaitre les loyers", "Partager les plannings"],
        ["Visites d'immeubles"],
    ]
    assert (signatories.items, signatories.occurrences) == (3, 4)
    assert (reading.items, reading.occurrences) == (9, 18)
    (outline,) = reading.outlines
    assert outline.title == "Synthèse de la séquence Suivre le projet, 24 mai 2025"
    assert [(s.title, s.points) for s in outline.sections] == [
        ("1. Dire pourquoi", ("Choisir ce que l'on regarde", "À quoi cela servira ?")),
        ("2. Dire avec qui", ("Élu·e·s",)),
    ]


def test_what_stands_before_the_tables_is_kept_as_introduction() -> None:
    assert synthesis(SAME_FORM).introduction == (
        "« Une année pour le quartier »",
        "3 et 17 mai 2025",
        "Contact : l'équipe du projet bonjour@exemple.fr",
        "Synthèse des comptoirs, 3 mai 2025 matin",
        "Les tables ont répondu à deux questions :",
        "Y a-t-il un essai à transformer ?",
        "Quels pièges évite-t-on ?",
        "Trois points avant de commencer",
    )


def test_contradictory_dates_are_kept_and_told_with_their_line() -> None:
    reading = synthesis(SAME_FORM)
    assert reading.dates == ("3 et 17 mai 2025", "3 mai 2025", "24 mai 2025")
    (remark,) = [r for r in reading.remarks if "dates" in r.message]
    assert "« 3 et 17 mai 2025 » et « 24 mai 2025 »" in remark.message
    assert remark.level is Level.WARNING
    assert remark.line is not None
    assert "24 mai 2025" in SAME_FORM.split("\n")[remark.line - 1]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Comptoir du 1er avril 2025", ["1er avril 2025"]),
        ("les 3, 10 et 17 mars", ["3, 10 et 17 mars"]),
        ("du 30 mai au 2 juin 2025, 15 personnes", ["30 mai au 2 juin 2025"]),
        ("le 12/03/2025 à 14 h", ["12/03/2025"]),
        ("2024, année 1, 45 personnes", []),
        ("le 45 mars 2025", []),
        ("le mardi 9 fevrier 2025 et le mercredi", ["9 fevrier 2025"]),
    ],
)
def test_dates_are_found_as_written(text: str, dates: list[str]) -> None:
    assert dates_in(text) == dates


@pytest.mark.parametrize(
    ("lines", "contradictions"),
    [
        (["3 et 17 mai 2025", "17 mai 2025"], 0),
        (["3 mai 2025", "4 mai 2024"], 0),
        (["3 mai", "4 mai 2024"], 1),
        (["12/03/2025", "13 mars 2025", "14 mars 2025"], 1),
    ],
)
def test_only_lists_of_days_that_do_not_hold_one_another_contradict(lines: list[str], contradictions: int) -> None:
    _, remarks = read_dates((line, number) for number, line in enumerate(lines, 1))
    assert len(remarks) == contradictions


@pytest.mark.parametrize(
    "title",
    ["Habitant·e·s", "HABITANT-E-S", "Les habitant.e.s", "habitant(e)s", "Habitants et habitantes", "Habitant•e•s"],
)
def test_residents_are_recognised_in_every_spelling(title: str) -> None:
    assert subject_of(f"Atelier : {title}") is Subject.RESIDENTS


@pytest.mark.parametrize("title", ["Élu·e·s", "ELU-E-S", "les élues", "élu(e)s", "Élu/e/s", "élu.es"])
def test_elected_officials_are_recognised_in_every_spelling(title: str) -> None:
    assert subject_of(f"Comptoir « {title} »") is Subject.ELECTED_OFFICIALS


@pytest.mark.parametrize("title", ["", "Bailleurs", "Élection du conseil", "Élus et habitants"])
def test_a_title_that_names_no_subject_or_several_is_other(title: str) -> None:
    assert subject_of(title) is Subject.OTHER


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("INTÉRÊTS à impliquer", ColumnKind.INTEREST),
        ("Essai", ColumnKind.TRY),
        ("Quels pièges évite-t-on ?", ColumnKind.PITFALL),
        ("l’invention à tester", ColumnKind.INVENTION),
        ("Qui ?", ColumnKind.WHO),
        ("Avec qui", ColumnKind.WHO),
        ("Ce qui marche", ColumnKind.OTHER),
        ("Piégeage", ColumnKind.OTHER),
    ],
)
def test_columns_are_recognised_by_their_label(label: str, kind: ColumnKind) -> None:
    assert kind_of(label) is kind


def test_a_markdown_table_with_breaks_escapes_and_emphasis() -> None:
    reading = synthesis(
        "## Atelier : Élu·e·s\n\n"
        "| **Les pièges à éviter** | L'invention à tester |\n"
        "| --- | :---: |\n"
        "| Venir sans ordre du jour \\*\\*<br>Parler | trop \\| loin | Un carnet *** |\n"
        "| **Décider** seul | A &lt; B &amp; C<br/> |\n"
    )
    # The unescaped pipe after « Parler » makes a third cell on that row, as in any Markdown reader.
    assert words(reading.boards[0])[0] == ["Venir sans ordre du jour", "Parler", "Décider seul"]
    assert words(reading.boards[0])[1] == ["trop | loin", "A < B & C"]
    assert [item.occurrences for item in reading.boards[0].columns[0].items] == [2, 1, 1]
    assert any("pas de titre" in message for message in messages(reading, Level.WARNING))


def test_the_bullets_of_a_markdown_cell_are_taken_off_and_its_numbers_kept() -> None:
    reading = synthesis(
        "| Essai | Pièges |\n|---|---|\n| - Café<br>- Jardin | • Parler<br>• Oublier |\n| 1. Bal | – seul |\n"
    )
    assert words(reading.boards[0]) == [["Café", "Jardin", "1. Bal"], ["Parler", "Oublier", "– seul"]]


def test_a_cell_pasted_from_a_spreadsheet_may_hold_lines_between_quotes() -> None:
    reading = synthesis(
        "Atelier : Habitants\n"
        "L'essai à transformer\tLes pièges à éviter\n"
        '"Café du lundi **\n- Jardin ""partagé"""\tOublier\n'
        '"Porteur" à trouver\tAttendre ***\n'
    )
    (board,) = reading.boards
    assert board.title == "Atelier : Habitants"
    assert words(board) == [["Café du lundi", 'Jardin "partagé"', '"Porteur" à trouver'], ["Oublier", "Attendre"]]
    assert [item.line for item in board.columns[0].items] == [3, 3, 5]


def test_a_quote_that_nothing_closes_is_a_character() -> None:
    reading = synthesis('Essai\tPièges\n"Maison ouverte\tFermer tôt\nGouter\tOublier\n')
    assert words(reading.boards[0]) == [['"Maison ouverte', "Gouter"], ["Fermer tôt", "Oublier"]]


def test_pipes_without_dashes_and_one_row_of_labels_over_lists_are_tables_too() -> None:
    pipes = synthesis("| Essai | Pièges |\n| Café ** | Oublier |\n")
    assert words(pipes.boards[0]) == [["Café"], ["Oublier"]]
    one_row = synthesis("<p>Essai</p><p>Café **</p><p>Jardin</p>\t<p>Pièges</p><p>Oublier</p>\n")
    assert words(one_row.boards[0]) == [["Café", "Jardin"], ["Oublier"]]


def test_blank_lines_between_the_rows_of_a_pasted_table_do_not_part_it() -> None:
    spaced = synthesis("Essai\tPièges\n\nCafé\tParler\n\nJardin\tOublier\n")
    assert words(spaced.boards[0]) == [["Café", "Jardin"], ["Parler", "Oublier"]]


@pytest.mark.parametrize("line", ["## Avis\tdes jeunes", "* un astérisque\t= une fois"])
def test_a_heading_or_a_legend_with_a_tab_is_not_a_table(line: str) -> None:
    reading = read_text(f"{line}\nUn banc\n")
    assert isinstance(reading, Notes)
    assert [note.text for note in reading.notes] == ["Un banc"]


def test_two_identical_items_in_a_column_are_both_kept_and_told() -> None:
    reading = synthesis("Essai\tPièges\nCafé du lundi\tCafé du lundi\nCAFÉ du lundi **\t\n")
    assert [len(column.items) for column in reading.boards[0].columns] == [2, 1]
    (remark,) = [r for r in reading.remarks if "deux fois" in r.message]
    assert (remark.line, remark.column) == (3, "Essai")


def test_a_count_without_words_is_told_with_its_line_and_column() -> None:
    reading = synthesis("Essai\tPièges\nCafé\t***\nJardin\tOublier\n-\t\n")
    told = [(r.line, r.column) for r in reading.remarks if "sans mots" in r.message]
    assert told == [(4, "Essai"), (2, "Pièges")]
    assert words(reading.boards[0]) == [["Café", "Jardin"], ["Oublier"]]


def test_a_line_after_the_tables_is_kept_and_told() -> None:
    reading = synthesis("## Habitants\n\nEssai\tPièges\nCafé\tOublier\n\nProchaine rencontre chez les voisins\n")
    assert reading.introduction == ("Prochaine rencontre chez les voisins",)
    assert any("introduction" in message for message in messages(reading, Level.INFO))


def test_each_table_takes_the_heading_before_it() -> None:
    table = "Essai\tPièges\nCafé\tOublier\n\n"
    reading = synthesis(
        f"Synthèse\n========\n\n## Habitants\nAnimé à deux.\n\n{table}Comptoir des élues :\n{table}{table}"
    )
    assert reading.title == "Synthèse"
    assert [board.title for board in reading.boards] == ["Habitants", "Comptoir des élues", ""]
    assert reading.introduction == ("Animé à deux.",)


def test_legends_are_not_items() -> None:
    reading = synthesis("Essai\tPièges\nCafé **\tOublier\n* un astérisque = une fois\n\nUne nuit à la belle étoile\n")
    assert words(reading.boards[0]) == [["Café"], ["Oublier"]]
    assert reading.introduction == ("Une nuit à la belle étoile",)


def test_headings_with_points_and_no_table_are_an_outline() -> None:
    reading = synthesis(
        "# Avant de commencer\n\n## Le but\n1. Dire pourquoi\n2) Dire pour qui\n\n## La suite\n• Revenir\n"
    )
    (outline,) = reading.outlines
    assert outline.title == "Avant de commencer"
    assert [s.points for s in outline.sections] == [("Dire pourquoi", "Dire pour qui"), ("Revenir",)]
    assert not any(reading.lines())


def test_headings_that_name_columns_are_notes_not_an_outline() -> None:
    assert isinstance(read_text("## Les pièges\n- Oublier\n\n## Les essais\n- Café\n"), Notes)


@pytest.mark.parametrize("text", ["", "  \n\t\n", "---\n\n***\n", "\x00\x01"])
def test_nothing_to_read_is_one_clear_sentence(text: str) -> None:
    with pytest.raises(InputError, match="rien à lire"):
        read_text(text)


def test_a_text_of_one_endless_line_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="une parole par ligne") as refused:
        read_text("court\n" + "mot " * 500_000)
    assert refused.value.line == 2


@pytest.mark.parametrize("sign", ["*", '"', "|", "\t", "<p>", "# ", "1,", "[", "\\", " ", "**a", "3 et "])
def test_millions_of_hostile_signs_do_not_hang(sign: str) -> None:
    started = process_time()
    with suppress(InputError):
        read_text("essai\tpièges\n" + sign * (1_000_000 // len(sign)))
    assert process_time() - started < 5
