"""The proof: a synthesis written in a format and read again has the same tables, wording untouched."""

import csv
import io
from itertools import chain
from pathlib import Path

import pytest
from documents_samples import Page, logo
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from comptoir.analysis.documents import (
    FORMATS,
    BulletList,
    Document,
    Heading,
    Logo,
    Look,
    Paragraph,
    Table,
    synthesis_document,
    unprotect,
    write,
)
from comptoir.analysis.synthesis import (
    Board,
    Column,
    ColumnKind,
    Item,
    Outline,
    Reading,
    Section,
    Subject,
    Synthesis,
    read_file,
    write_item,
)

SEED = Path(__file__).parents[3] / "shared" / "seed" / "synthese-2024-engagements-quartiers-2030.txt"


# Any sign that shows, often those that some format reads as its own.
WORDING = (
    st.text(st.sampled_from(" |*\\<>&_`[]()#=-+'@1.x×") | st.characters(exclude_categories=("C", "Z")), min_size=1)
    .map(str.strip)
    .filter(bool)
)


def column(label: str, kind: ColumnKind, *items: str | tuple[str, int]) -> Column:
    return Column(label, kind, tuple(Item(item) if isinstance(item, str) else Item(*item) for item in items))


HABITANTS = Board(
    "Atelier : Habitant·e·s",
    Subject.RESIDENTS,
    (
        column(
            "L'intérêt", ColumnKind.INTEREST, ("Le café du jeudi", 2), "-10 % d'attente au guichet", "Finir par x12"
        ),
        column(
            "L'essai à transformer", ColumnKind.TRY, ("Un banc | un arbre", 12), ("=2+2, en mieux", 10), "*Oser* dire"
        ),
        column(
            "Les pièges à éviter",
            ColumnKind.PITFALL,
            ("Trop de <sigles> & d'attente", 3),
            "'Cité' à part ?",
            "Se taire (ou presque)",
        ),
        column(
            "L'invention à tester",
            ColumnKind.INVENTION,
            "Une soupe dans chaque hall…",
            ("@tous : la lettre_du_quartier", 4),
        ),
    ),
)
SIGNATAIRES = Board(
    "Atelier : Signataires",
    Subject.SIGNATORIES,
    (
        column("Qui ?", ColumnKind.WHO, "Bailleur", "École", "Centre social"),
        column("L'invention à tester", ColumnKind.INVENTION, ("Un tableau commun", 37)),
        column("Les pièges à éviter", ColumnKind.PITFALL, "Se croiser sans se voir"),
    ),
)
AVANT = Outline(
    "Avant d'évaluer",
    (Section("1. Dire à quoi cela sert", ("Pour qui ?", "Pour décider quoi ?")), Section("2. Prévoir", ("Du temps",))),
)
OWN = Synthesis("Les soirées du préau", (HABITANTS, SIGNATAIRES), (AVANT,), introduction=("Trois soirées en mars.",))
LOOK = Look("Les Trois-Vallons", "#f2b705", (Logo(logo(), "Les Trois-Vallons"),), "Relu en comité")
READ_AGAIN = ("odt", "docx", "md", "csv", "xlsx")


def boards(reading: Reading) -> list[tuple[object, ...]]:
    """All that is said in the tables; where a line stood in its file is left out."""
    assert isinstance(reading, Synthesis)
    return [
        (b.title, b.subject, [(c.label, c.kind, [(i.text, i.occurrences) for i in c.items]) for c in b.columns])
        for b in reading.boards
    ]


def outlines(reading: Synthesis) -> list[Section]:
    return [section for outline in reading.outlines for section in outline.sections]


def page_text(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def seed() -> Synthesis:
    if not SEED.exists():
        pytest.skip("the source document is not beside this checkout (../shared/seed)")
    reading = read_file(SEED.read_bytes(), SEED.name)
    assert isinstance(reading, Synthesis)
    return reading


@pytest.mark.parametrize("for_people", [False, True])
@pytest.mark.parametrize("suffix", READ_AGAIN)
def test_a_synthesis_read_again_has_the_same_tables_and_outlines(suffix: str, for_people: bool) -> None:
    document = synthesis_document(OWN, look=LOOK, for_people=for_people)
    again = read_file(write(document, suffix), f"synthese.{suffix}")
    assert boards(again) == boards(OWN)
    assert isinstance(again, Synthesis)
    assert again.outlines == OWN.outlines
    assert (again.items, again.occurrences) == (OWN.items, OWN.occurrences)


@pytest.mark.parametrize("suffix", ["odt", "docx", "md"])
def test_a_text_read_again_has_the_same_title_and_introduction(suffix: str) -> None:
    again = read_file(write(synthesis_document(OWN), suffix), f"synthese.{suffix}")
    assert isinstance(again, Synthesis)
    assert (again.title, again.introduction) == (OWN.title, OWN.introduction)


@pytest.mark.parametrize("suffix", READ_AGAIN)
def test_the_source_document_written_and_read_again_is_the_same(suffix: str) -> None:
    source = seed()
    assert (source.items, source.occurrences) == (103, 135)
    again = read_file(write(synthesis_document(source), suffix), f"synthese.{suffix}")
    assert boards(again) == boards(source)
    assert isinstance(again, Synthesis)
    assert outlines(again) == outlines(source)
    assert (again.items, again.occurrences, sum(o.points for o in again.outlines)) == (103, 135, 23)


@pytest.mark.parametrize("which", ["own", "source"])
def test_the_page_and_the_pdf_say_the_same_words(which: str) -> None:
    synthesis = OWN if which == "own" else seed()
    document = synthesis_document(synthesis, look=LOOK)
    columns = [[write_item(i.text, i.occurrences) for i in c.items] for b in synthesis.boards for c in b.columns]
    page = Page(write(document, "html"))
    assert page.cells == columns
    assert page.texts["th"] == [c.label for b in synthesis.boards for c in b.columns]
    assert [caption.strip() for caption in page.texts["caption"]] == [b.title for b in synthesis.boards]
    points = [point for section in outlines(synthesis) for point in section.points]
    assert page.texts["li"][-len(points) :] == points
    printed = page_text(write(document, "pdf"))
    wanted = [*chain.from_iterable(columns), *points]
    assert [words for words in wanted if "".join(words.split()) not in printed] == []


@settings(max_examples=25)
@given(st.lists(st.tuples(WORDING, st.integers(1, 40)), min_size=1, max_size=4), st.booleans())
def test_any_wording_and_count_come_back_from_every_file(items: list[tuple[str, int]], for_people: bool) -> None:
    wanted = [(f"Mot {words}", count) for words, count in items]
    board = Board(
        "Atelier : Élus", Subject.ELECTED_OFFICIALS, (column("L'essai à transformer", ColumnKind.TRY, *wanted),)
    )
    document = synthesis_document(Synthesis(title="Soirée", boards=(board,)), for_people=for_people)
    for suffix in READ_AGAIN:
        again = read_file(write(document, suffix), f"synthese.{suffix}")
        assert isinstance(again, Synthesis)
        assert [(item.text, item.occurrences) for item in again.boards[0].columns[0].items] == wanted


def test_the_document_has_a_heading_a_table_of_one_row_and_a_legend_for_each_board() -> None:
    document = synthesis_document(OWN, look=LOOK, subtitle="Version 2")
    assert (document.title, document.subtitle, document.look) == ("Les soirées du préau", "Version 2", LOOK)
    introduction, heading, table, legend, *rest = document.blocks
    assert introduction == Paragraph("Trois soirées en mars.")
    assert heading == Heading(1, "Atelier : Habitant·e·s")
    assert isinstance(table, Table)
    assert [len(cell.paragraphs) for cell in table.rows[0]] == [3, 3, 3, 2]
    assert table.rows[0][0].paragraphs == ("Le café du jeudi **", "-10 % d'attente au guichet", "Finir par x12 (×1)")
    assert isinstance(legend, Paragraph)
    assert legend.small
    assert legend.text.startswith("11 idées, dites 37 fois en tout. Un astérisque pour chaque fois")
    assert legend.text.endswith("au-delà de dix, le nombre est écrit.")
    assert rest[-1] == BulletList(("Du temps",))
    assert Heading(2, "2. Prévoir") in rest


def test_records_have_one_row_per_line_and_no_count_for_what_is_not_counted() -> None:
    header, *lines = csv.reader(io.StringIO(write(synthesis_document(OWN), "csv").decode("utf-8-sig"), newline=""))
    assert header == ["subject", "column", "text", "occurrences"]
    lines = [[unprotect(cell) for cell in line] for line in lines]
    assert ["Atelier : Habitant·e·s", "L'essai à transformer", "=2+2, en mieux", "10"] in lines
    assert ["Atelier : Signataires", "Qui ?", "École", "0"] in lines
    assert lines[-1] == ["Avant d'évaluer", "2. Prévoir", "Du temps", "0"]
    assert sum(int(line[3]) for line in lines) == OWN.occurrences
    assert sum(line[3] != "0" for line in lines) == OWN.items


def test_data_for_people_has_french_names_and_opens_in_columns_in_a_french_spreadsheet() -> None:
    document = synthesis_document(OWN, for_people=True)
    first, _ = write(document, "csv").split(b"\r\n", 1)
    assert first == b"\xef\xbb\xbfsujet;colonne;texte;occurrences"
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(document, "xlsx")))
    assert book.get_sheet_by_name("Lignes").to_python()[0] == ["sujet", "colonne", "texte", "occurrences"]
    assert document.records is not None
    for_machines = synthesis_document(OWN).records
    assert for_machines is not None
    assert document.records.rows == for_machines.rows


def test_a_csv_for_people_whose_texts_hold_both_separators_is_read_again_as_it_was() -> None:
    texts = ("Des bancs ; de l'ombre, du calme", "a,b,c,d", "un;deux;trois;quatre", 'dire "oui", ou ; "non"', ",;")
    board = Board("Élus", Subject.ELECTED_OFFICIALS, (column("L'essai", ColumnKind.TRY, *texts),))
    content = write(synthesis_document(Synthesis(boards=(board,)), for_people=True), "csv")
    again = read_file(content, "synthese.csv")
    assert isinstance(again, Synthesis)
    assert [item.text for _, _, item in again.lines()] == list(texts)


def test_one_idea_said_once_is_counted_in_good_french() -> None:
    board = Board("Élus", Subject.ELECTED_OFFICIALS, (column("L'essai", ColumnKind.TRY, "Venir au marché"),))
    legend = synthesis_document(Synthesis(boards=(board,))).blocks[-1]
    assert isinstance(legend, Paragraph)
    assert legend.text.startswith("1 idée, dite 1 fois en tout.")


def test_an_empty_synthesis_and_empty_columns_are_written_in_every_format() -> None:
    empty = synthesis_document(Synthesis())
    assert empty == Document("Synthèse des échanges", (), records=empty.records)
    bare = synthesis_document(
        Synthesis(boards=(Board("", Subject.OTHER, (column("a", ColumnKind.OTHER),)),), outlines=(Outline("", ()),))
    )
    assert bare.blocks[0] == Table("Tableau 1", ("a",), bare.blocks[0].rows)  # type: ignore[union-attr]  # a table
    assert all(write(document, suffix) for document in (empty, bare) for suffix in FORMATS)


def test_an_outline_without_title_begins_at_level_one() -> None:
    document = synthesis_document(Synthesis(outlines=(Outline("", (Section("Un", ("a",)),)),)))
    assert document.blocks == (Heading(1, "Un"), BulletList(("a",)))
