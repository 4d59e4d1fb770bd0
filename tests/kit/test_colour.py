"""Accents: whatever the colour chosen by a space, words stay readable in both themes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.kit.colour import (
    AA,
    DARK_GROUNDS,
    DEFAULT_ACCENT,
    LIGHT_GROUNDS,
    accent_css,
    accent_tokens,
    contrast,
)

THEME = (Path(__file__).parents[2] / "src/comptoir/kit/static/kit/theme.css").read_text("utf-8")
colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def tokens_of(selector: str) -> dict[str, str]:
    """The colours that theme.css gives under `selector`."""
    block = THEME.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT, DARK = tokens_of(":root, [data-bs-theme=light]"), tokens_of("[data-bs-theme=dark]")


def test_contrast_follows_the_definition() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#0b6e69", "#faf6ef") == contrast("#faf6ef", "#0b6e69")


@given(colours)
def test_words_on_an_accent_are_readable_whatever_the_colour(colour: str) -> None:
    tokens = accent_tokens(colour)
    for theme in ("", "dark-"):
        for fill in ("accent", "accent-strong"):
            assert contrast(tokens[f"{theme}accent-ink"], tokens[theme + fill]) >= AA


@given(colours)
def test_an_accent_used_as_text_is_readable_on_every_ground_of_its_theme(colour: str) -> None:
    tokens = accent_tokens(colour)
    for theme, grounds in (("", LIGHT_GROUNDS), ("dark-", DARK_GROUNDS)):
        for ground in (*grounds, tokens[f"{theme}accent-soft"]):
            assert contrast(tokens[f"{theme}accent-text"], ground) >= AA


@given(colours)
def test_ordinary_words_stay_readable_on_the_soft_accent(colour: str) -> None:
    tokens = accent_tokens(colour)
    for words in ("ink", "muted"):
        assert contrast(LIGHT[words], tokens["accent-soft"]) >= AA
        assert contrast(DARK[words], tokens["dark-accent-soft"]) >= AA


@given(colours)
def test_a_filled_button_stands_out_from_a_dark_page(colour: str) -> None:
    assert contrast(accent_tokens(colour)["dark-accent"], DARK_GROUNDS[1]) >= 3


@given(colours)
def test_the_chosen_colour_itself_fills_the_buttons_of_the_light_theme(colour: str) -> None:
    assert accent_tokens(colour.upper())["accent"] == colour


@pytest.mark.parametrize("wrong", ["", "teal", "#123", "#12345g", "0b6e69", "#0b6e69;", "#0b6e69\n"])
def test_anything_but_six_digits_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="#0b6e69"):
        accent_tokens(wrong)


@given(colours)
def test_the_stylesheet_of_a_space_sets_every_accent_of_both_themes_and_nothing_else(colour: str) -> None:
    light, dark = accent_css(colour).strip().split("\n")
    names = ["accent", "accent-ink", "accent-strong", "accent-soft", "accent-text"]
    assert re.findall(r"--([a-z-]+):#[0-9a-f]{6}", light) == names
    assert re.findall(r"--([a-z-]+):#[0-9a-f]{6}", dark) == names
    assert light.startswith(":root,[data-bs-theme=light]{")
    assert dark.startswith("[data-bs-theme=dark]{")


def test_theme_css_carries_the_accents_of_the_default_colour() -> None:
    expected = accent_tokens(DEFAULT_ACCENT)
    assert {name: value for name, value in LIGHT.items() if name.startswith("accent")} == {
        name: value for name, value in expected.items() if not name.startswith("dark-")
    }
    assert {f"dark-{name}": value for name, value in DARK.items() if name.startswith("accent")} == {
        name: value for name, value in expected.items() if name.startswith("dark-")
    }


def test_theme_css_has_the_grounds_that_the_accents_are_made_for() -> None:
    assert (LIGHT["bg"], LIGHT["surface"], LIGHT["sunk"]) == LIGHT_GROUNDS
    assert (DARK["bg"], DARK["surface"], DARK["sunk"]) == DARK_GROUNDS


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_of_the_theme_is_readable_where_it_stands(theme: dict[str, str]) -> None:
    grounds = [theme["bg"], theme["surface"], theme["sunk"]]
    for words in ("ink", "muted", "success", "warning", "danger", "info"):
        for ground in grounds:
            assert contrast(theme[words], ground) >= AA, (words, ground)
    for state in ("success", "warning", "danger", "info"):
        assert contrast(theme[state], theme[f"{state}-soft"]) >= AA
        assert contrast(theme["ink"], theme[f"{state}-soft"]) >= AA
    assert contrast(theme["ink"], theme["mark"]) >= AA
    for ground in grounds:
        assert contrast(theme["line-strong"], ground) >= 3, "borders of fields"
