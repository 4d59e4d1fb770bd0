import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.documents import Cell, Document, Heading, Paragraph, Table
from comptoir.analysis.documents.layout import (
    accent,
    contrast,
    ink_on,
    right_to_left,
    sections,
    split_last,
    split_mark,
    widths,
)
from comptoir.analysis.documents.protection import protect, unprotect

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@given(COLOURS)
def test_text_on_any_colour_and_in_any_colour_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5
    assert contrast(accent(colour), "#ffffff") >= 4.5


def test_a_colour_that_already_reads_well_is_kept() -> None:
    assert accent("#1f4e79") == "#1f4e79"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Plus de bancs **", ("Plus de bancs ", "**")),
        ("Plus de bancs (×37)", ("Plus de bancs ", "(×37)")),
        ("Plus de bancs", ("Plus de bancs", "")),
        ("**", ("**", "")),
        ("un * deux", ("un * deux", "")),
        ("", ("", "")),
    ],
)
def test_the_mark_of_a_count_is_parted_from_the_words(text: str, parts: tuple[str, str]) -> None:
    assert split_mark(text) == parts


@given(st.text() | st.text().map(lambda words: f"{words} ***"))
def test_words_and_mark_put_together_are_the_text(text: str) -> None:
    assert "".join(split_mark(text)) == text
    assert "".join(split_last(text)) == text


def test_the_mark_stays_with_the_last_word_unless_it_is_very_long() -> None:
    assert split_last("Plus de bancs **") == ("Plus de ", "bancs ", "**")
    assert split_last(f"{'x' * 20} **") == (f"{'x' * 20} ", "", "**")
    assert split_last("Plus de bancs") == ("Plus de bancs", "", "")


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n a1é") | st.characters()))
def test_protected_text_never_starts_a_formula_and_comes_back_exactly(text: str) -> None:
    assert not protect(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unprotect(protect(text)) == text


def test_the_widths_of_columns_share_the_page_and_follow_what_they_hold() -> None:
    table = Table("T", ("Qui ?", "Quoi ?", "Quand ?"), ((Cell(("CAF",)), Cell(("une idée " * 60,)), Cell()),))
    shares = widths(table)
    assert sum(shares) == pytest.approx(1)
    assert shares[1] == max(shares)
    assert min(shares) > 0.12


def test_a_part_with_a_wide_table_is_landscape_and_the_opening_follows_it() -> None:
    wide = Table("T", ("a", "b", "c", "d"), ())
    blocks = (Paragraph("intro"), Heading(1, "Un"), wide, Heading(1, "Deux"), Heading(2, "Suite"), Paragraph("fin"))
    cut = sections(blocks)
    assert [(s.wide, len(s.blocks)) for s in cut] == [(True, 3), (False, 3)]
    assert tuple(block for s in cut for block in s.blocks) == blocks


def test_a_document_without_wide_table_is_one_portrait_part() -> None:
    cut = sections(Document("t", (Heading(1, "Un"), Heading(1, "Deux"))).blocks)
    assert [s.wide for s in cut] == [False]
    assert [s.wide for s in sections(())] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour", False),
        ("", False),
        ("123 !", False),
        ("שלום", True),
        ("« مرحبا » (bonjour)", True),
        ("1. שלום", True),
        ("Bonjour (שלום)", False),
        ("\u0661\u0662", False),  # figures alone
    ],
)
def test_the_first_letter_tells_from_which_side_a_text_is_read(text: str, expected: bool) -> None:
    assert right_to_left(text) is expected
