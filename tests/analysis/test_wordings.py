"""The guarantees of docs/concepts/deux-redactions.md."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.wordings import Fate, Piece, differences, share_kept

WORDS = st.lists(
    st.sampled_from(["l'", "école", "Réduire", "le", "renoncement", " ", "  ", "\n", ",", "’", "aux", "soins", "É"])
).map("".join)
TEXTS = WORDS | st.text(max_size=60)


def joined(pieces: tuple[Piece, ...], *fates: Fate) -> str:
    return "".join(piece.text for piece in pieces if piece.fate in fates)


@given(TEXTS, TEXTS)
def test_both_texts_are_found_again_to_the_letter(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert joined(pieces, Fate.KEPT, Fate.REMOVED) == before
    assert joined(pieces, Fate.KEPT, Fate.ADDED) == after
    assert all(piece.text for piece in pieces)
    assert all(one.fate != other.fate for one, other in itertools.pairwise(pieces))
    assert pieces == differences(before, after)


@given(TEXTS)
def test_equal_texts_have_one_kept_piece(text: str) -> None:
    assert differences(text, text) == ((Piece(Fate.KEPT, text),) if text else ())
    assert share_kept(text, text) == 1.0


@given(TEXTS, TEXTS)
def test_the_share_is_between_none_and_all(before: str, after: str) -> None:
    assert 0.0 <= share_kept(before, after) <= 1.0


def test_a_changed_word_is_removed_then_added_and_its_article_stays() -> None:
    pieces = differences("Ouvrir l'école le soir", "Ouvrir l'antenne le samedi soir")
    assert pieces == (
        Piece(Fate.KEPT, "Ouvrir l'"), Piece(Fate.REMOVED, "école"), Piece(Fate.ADDED, "antenne"),
        Piece(Fate.KEPT, " le "), Piece(Fate.ADDED, "samedi "), Piece(Fate.KEPT, "soir"),
    )  # fmt: skip


def test_words_changed_side_by_side_are_read_as_one_change() -> None:
    assert differences("réduire les délais", "supprimer nos délais") == (
        Piece(Fate.REMOVED, "réduire les"), Piece(Fate.ADDED, "supprimer nos"), Piece(Fate.KEPT, " délais"),
    )  # fmt: skip


@pytest.mark.parametrize(("before", "after", "share"), [("abcd", "", 0.0), ("un deux", "un deux", 1.0), ("", "", 1.0)])
def test_the_share_counts_characters_without_spaces(before: str, after: str, share: float) -> None:
    assert share_kept(before, after) == share
    assert share_kept("un deux", "un six") == 2 / 6
