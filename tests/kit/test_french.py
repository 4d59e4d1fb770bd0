"""Numbers and agreement, as French writes them."""

import pytest

from comptoir.kit.bars import layout
from comptoir.kit.french import number, plural, times


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1250, "1\u202f250"),
        (1234567, "1\u202f234\u202f567"),
        (12.5, "12,5"),
        (3.0, "3"),
        (1234.25, "1\u202f234,25"),
        (-4, "\u22124"),
    ],
)
def test_numbers_have_narrow_spaces_and_a_comma(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0\u00a0parole"), (1, "1\u00a0parole"), (2, "2\u00a0paroles"), (1500, "1\u202f500\u00a0paroles")],
)
def test_words_agree_from_two_on(count: int, written: str) -> None:
    assert plural(count, "parole", "paroles") == written


@pytest.mark.parametrize(
    ("count", "written"), [(0, "pas encore dit"), (1, "dit une fois"), (2, "dit 2\u00a0fois"), (4, "dit 4\u00a0fois")]
)
def test_how_often_something_was_said(count: int, written: str) -> None:
    assert times(count) == written


def test_bars_are_in_proportion_and_leave_room_for_the_number() -> None:
    bars, height = layout([("Bancs", 14), ("Ombre", 7), ("Fontaine", 0)])
    assert [bar.width for bar in bars] == ["84.00", "42.00", "0.00"]
    assert [bar.value for bar in bars] == ["14", "7", "0"]
    assert bars[0].y < bars[1].y < bars[2].y < height


def test_a_long_label_is_cut_into_lines_and_kept_whole_for_the_table() -> None:
    label = "Un arrêt de bus abrité près du collège et de la maison de santé"
    (bar, after), _ = layout([(label, 2), ("Bancs", 1)])
    assert " ".join(line for line, _ in bar.lines) == label == bar.label
    assert len(bar.lines) == 2
    assert all(line_y < bar.y for _, line_y in bar.lines)
    assert after.lines[0][1] > bar.y + 16, "the next label starts below this bar"


def test_nothing_to_draw_takes_no_room() -> None:
    assert layout([]) == ([], 0)
    bars, _ = layout([("Rien dit", 0)])
    assert bars[0].width == "0"


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="positifs"):
        layout([("Solde", -1)])
