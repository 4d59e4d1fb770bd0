import re

import pytest
from documents_samples import BOARD, COLUMNS, HOSTILE, SIGNS
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.documents import Cell, Document, Look, Paragraph, Table, write
from comptoir.analysis.documents.markdown import escaped


def words(markdown: str) -> str:
    """The text behind the backslashes, as CommonMark defines them."""
    return re.sub(r"\\([!-/:-@\[-`{-~])|&#10;", lambda m: m.group(1) or "\n", markdown)


def tables(content: bytes) -> list[list[list[list[str]]]]:
    """Tables, rows, cells, paragraphs."""
    found: list[list[list[list[str]]]] = [[]]
    for line in content.decode().splitlines():
        if line.startswith("| "):
            cells = re.split(r"(?<!\\)\|", re.sub(r"\\\\", "\0", line.strip()))[1:-1]
            rows = [[words(p.replace("\0", "\\\\")) for p in cell.strip().split("<br>") if p] for cell in cells]
            found[-1].append(rows)
        elif found[-1]:
            found.append([])
    return [[table[0], *table[2:]] for table in found if table]


def test_the_tables_read_again_are_those_of_the_document() -> None:
    board, budget = tables(write(BOARD, "md"))
    assert board == [[[label] for label, _ in COLUMNS], [list(items) for _, items in COLUMNS]]
    assert budget == [[["Année"], ["Montant"]], [["2024"], ["1 200 €"]], [["2025"], []]]


def test_signs_of_markdown_come_back_as_they_were() -> None:
    signs, empty, long = tables(write(HOSTILE, "md"))
    assert signs == [[["A|B"], ["*C*"]], [list(SIGNS), ["abc", "deux\nlignes"]]]
    assert empty == [[["Seule"]]]
    assert len(long[1][0][0]) == 5100


def test_headings_lists_and_notes_are_where_they_were() -> None:
    lines = [line for line in write(BOARD, "md").decode().splitlines() if line]
    assert lines[0] == "# Les soirées du préau"
    assert "## Habitants" in lines
    assert "### 1\\. Se mettre d'accord" in lines
    assert lines.index("- Qui le lira ?") == lines.index("- À quoi cela sert-il ?") + 1
    assert "Une étoile pour chaque fois." in lines
    assert "**Budget**" in lines
    assert "**Habitants**" not in lines
    assert lines[-1] == "Agglomération des Trois-Vallons · Relu en comité"


@pytest.mark.parametrize("sign", ["#", "+", "-", "=", ">", "1.", "12)"])
def test_a_paragraph_that_begins_like_a_block_stays_a_paragraph(sign: str) -> None:
    line = write(Document("T", (Paragraph(f"{sign} suite"),)), "md").decode().splitlines()[2]
    assert "\\" in line
    assert words(line) == f"{sign} suite"


@given(st.text(alphabet=st.sampled_from("|\\*<br>&#10;-= \n1.é") | st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_text_survives_a_cell(text: str) -> None:
    assert words(escaped(text)) == text
    kept = text.strip()
    if kept:
        document = Document("T", (Table("T", ("a",), ((Cell((kept, "suite")),),)),))
        assert "suite" in tables(write(document, "md"))[0][1][0]


@pytest.mark.parametrize(
    ("name", "footer", "foot"),
    [
        ("Les Trois-Vallons", "Les Trois-Vallons · Contrat de ville", "Les Trois-Vallons · Contrat de ville"),
        ("Les Trois-Vallons", "Contrat de ville", "Les Trois-Vallons · Contrat de ville"),
        ("Les Trois-Vallons", "", "Les Trois-Vallons"),
        ("", "Contrat de ville", "Contrat de ville"),
    ],
)
def test_the_foot_says_the_name_of_the_space_once(name: str, footer: str, foot: str) -> None:
    content = write(Document("Titre", (), look=Look(name, footer=footer)), "md").decode()
    assert content.endswith(f"---\n\n{foot}\n")
