"""What stands around the tables: docs/concepts/synthesis.md, « Autour des tableaux »."""

import io

import odfdo
import pytest

from comptoir.analysis.synthesis import Level, Subject, Synthesis, read_file, read_text

TABLE = "Intérêt\tEssai\nConnaitre **\tJardin\n"
READ = [("Intérêt", [("Connaitre", 2)]), ("Essai", [("Jardin", 1)])]


def synthesis(text: str) -> Synthesis:
    reading = read_text(text)
    assert isinstance(reading, Synthesis)
    return reading


def boards(reading: Synthesis) -> list[tuple[str, list[tuple[str, list[tuple[str, int]]]]]]:
    return [
        (b.title, [(c.label, [(i.text, i.occurrences) for i in c.items]) for c in b.columns]) for b in reading.boards
    ]


def test_points_under_the_name_of_a_column_before_a_table_are_counted() -> None:
    reading = synthesis(f"# Notes du comptoir\n## Pièges à éviter\n- Promettre trop **\n- Se taire\n\n{TABLE}")
    pitfalls = ("Pièges à éviter", [("Promettre trop", 2), ("Se taire", 1)])
    assert boards(reading) == [("Notes du comptoir", [pitfalls, *READ])]
    assert (reading.items, reading.occurrences, reading.title) == (4, 6, "Notes du comptoir")
    assert [item.line for _, _, item in reading.lines()] == [3, 4, 7, 7]
    assert reading.remarks == ()


def test_the_same_points_are_counted_in_an_odt() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Notes du comptoir"))
    document.body.append(odfdo.Header(2, "Pièges à éviter"))
    document.body.append(odfdo.List(["Promettre trop **", "Se taire"]))
    table = odfdo.Table("Tableau1")
    for values in (["Intérêt", "Essai"], ["Connaitre **", "Jardin"]):
        row = odfdo.Row()
        for value in values:
            cell = odfdo.Cell()
            cell.append(odfdo.Paragraph(value))
            row.append_cell(cell)
        table.append_row(row)
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    reading = read_file(data.getvalue(), "t.odt")
    assert isinstance(reading, Synthesis)
    pitfalls = ("Pièges à éviter", [("Promettre trop", 2), ("Se taire", 1)])
    assert boards(reading) == [("Notes du comptoir", [pitfalls, *READ])]


def test_points_after_a_table_join_the_board_of_their_higher_heading() -> None:
    below = "### Pièges à éviter\n- Se taire **\n\n### Essai\n- jardin\n- Visites\n\n"
    reading = synthesis(f"# Notes\n## Habitants\n{TABLE}\n{below}## Élus\n{TABLE}")
    joined = [
        READ[0],
        ("Essai", [("Jardin", 1), ("jardin", 1), ("Visites", 1)]),
        ("Pièges à éviter", [("Se taire", 2)]),
    ]
    assert boards(reading) == [("Habitants", joined), ("Élus", READ)]
    assert [board.subject for board in reading.boards] == [Subject.RESIDENTS, Subject.ELECTED_OFFICIALS]
    assert [(r.line, "deux fois" in r.message) for r in reading.remarks] == [(10, True)]


def test_a_table_with_a_title_of_its_own_does_not_join_the_points_above() -> None:
    reading = synthesis(f"Pièges à éviter :\n- Se taire\n\nHabitants\n{TABLE}")
    assert boards(reading) == [("", [("Pièges à éviter", [("Se taire", 1)])]), ("Habitants", READ)]
    assert [(r.line, r.level) for r in reading.remarks] == [(1, Level.INFO)]
    alone = synthesis(f"## Pièges à éviter\n- Se taire\n\n{TABLE}")
    assert boards(alone) == [("", [("Pièges à éviter", [("Se taire", 1)]), *READ])]


def test_a_heading_that_has_points_is_not_the_title_of_the_table_below() -> None:
    reading = synthesis(f"# Rencontre du jardin\n## Remarques\n- Il pleuvait\n- Venir plus tôt **\n\n{TABLE}")
    assert boards(reading) == [("Rencontre du jardin", READ)]
    assert (reading.title, reading.introduction) == (
        "Rencontre du jardin",
        ("Remarques", "Il pleuvait", "Venir plus tôt **"),
    )
    assert [(r.line, "sans être comptée" in r.message) for r in reading.remarks] == [(3, True), (4, True)]


def test_a_heading_that_names_a_subject_is_the_title_even_with_points() -> None:
    reading = synthesis(f"## Atelier : Habitants\n- Animé à deux\n\n{TABLE}")
    assert boards(reading) == [("Atelier : Habitants", READ)]
    assert [remark.line for remark in reading.remarks] == [2]


@pytest.mark.parametrize("around", [f"- Se taire **\n\n{TABLE}", f"{TABLE}\n- Se taire **\n"])
def test_points_without_a_heading_are_told(around: str) -> None:
    reading = synthesis(f"Habitants\n{around}" if around.startswith("I") else around)
    assert reading.introduction == ("Se taire **",)
    assert len([r for r in reading.remarks if "« Se taire ** »" in r.message and "sans être comptée" in r.message]) == 1


def test_a_longer_title_with_the_name_of_a_column_is_one_only_over_counts() -> None:
    counted = synthesis(f"## Les pièges vus par les jeunes\n- Se taire **\n\n## Élus\n{TABLE}")
    assert boards(counted)[0] == ("", [("Les pièges vus par les jeunes", [("Se taire", 2)])])
    plan = synthesis(f"## Élus\n{TABLE}\n## 1. L'intérêt de la démarche\n- La dire\n## 2. La suite\n- Revenir **\n")
    (outline,) = plan.outlines
    assert [section.points for section in outline.sections] == [("La dire",), ("Revenir **",)]
    assert ["son compte n'est pas lu" in remark.message for remark in plan.remarks] == [True]
