"""Advice on a text in plain French: docs/concepts/langage-clair.md."""

import pytest

from comptoir.analysis.plain_language import MOST_WORDS, Mark, advice, sentences

CLEAR = "Le bailleur répond 6 fois sur 10.\nIl donne une date.\nParfois la date passe."


def test_short_sentences_ask_for_nothing() -> None:
    assert advice(CLEAR) == []
    assert advice("") == []


@pytest.mark.parametrize(
    ("text", "mark", "found"),
    [
        ("Le comité s'est réuni (deux fois n'est pas rien)", Mark.IDEAS, "Le comité"),
        ("On parle d'intercommunalité ici.", Mark.WORD, "intercommunalité"),
        ("Le QPV est petit.", Mark.ACRONYM, "QPV"),
        ("La place est nettoyée par la ville.", Mark.PASSIVE, "est nettoyée par"),
        ("La place a été nettoyée.", Mark.PASSIVE, "a été nettoyée"),
        ("Il y a Vingt bancs.", Mark.NUMBER, "Vingt"),
    ],
)
def test_each_mark_is_told_with_what_was_found(text: str, mark: Mark, found: str) -> None:
    told = next(one for one in advice(text) if one.mark is mark)
    assert told.found.startswith(found)
    assert told.number == 1


def test_the_length_counts_words_and_cutting_ends_the_advice() -> None:
    words = ["mot"] * (MOST_WORDS + 1)
    assert [one.mark for one in advice(" ".join(words) + ".")] == [Mark.LONG]
    assert advice(" ".join(words[:8]) + ". " + " ".join(words[8:]) + ".") == []


def test_a_compound_word_counts_by_its_parts_and_one_is_no_number() -> None:
    assert advice("Un rendez-vous, une arrière-boutique.") == []


def test_sentences_are_numbered_through_lines_and_marks() -> None:
    assert sentences("Oui ! Non ?\nIl y a 2.5 km… Fin") == ["Oui !", "Non ?", "Il y a 2.5 km…", "Fin"]
    assert [one.number for one in advice("Court.\nCourt.\nLe QPV.")] == [3]
