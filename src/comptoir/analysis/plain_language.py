"""Is this easy to read? Advice on a text in plain French (docs/concepts/langage-clair.md).

A pure function of what is written. It advises, never rewrites, never scores, never blocks.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 15  # in a sentence
MOST_LETTERS = 12  # in a word


class Mark(StrEnum):
    """What makes a sentence hard, in the order in which it is told."""

    LONG = "long"
    IDEAS = "ideas"
    WORD = "word"
    ACRONYM = "acronym"
    PASSIVE = "passive"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Advice:
    """`number`: of the sentence, from 1; `found`: what is in it; `text`: what to do, in French."""

    mark: Mark
    number: int
    found: str
    text: str


_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?=\d)[^.!?…\n]+)*[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,}\d*\b")
_PASSIVE = re.compile(
    r"\b(?:(?:est|sont|était|étaient|sera|seront|serait|seraient|soit|soient)\s+\w+(?:é|i|u|s|t)e?s?\s+par"
    r"|(?:a|ont|avait|avaient|aura|auront)\s+été\s+\w+)\b",
    re.IGNORECASE,
)
_NUMBERS = [
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "cent",
    "cents",
    "mille",
]
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[;()]")


def sentences(text: str) -> list[str]:
    """The sentences: what ends with a full stop, a mark or the end of a line.

    >>> sentences("Il y a 2.5 km. C'est loin !\\nOui")
    ['Il y a 2.5 km.', "C'est loin !", 'Oui']
    """
    return [found for part in _SENTENCE.findall(text) if (found := part.strip())]


def advice(text: str) -> list[Advice]:
    """Sentence by sentence, what makes it hard to read."""
    found: list[Advice] = []
    for number, sentence in enumerate(sentences(text), 1):
        found += _of(sentence, number)
    return found


def _of(sentence: str, number: int) -> list[Advice]:
    words = _WORD.findall(sentence)
    acronyms = _ACRONYM.findall(sentence)
    long_words = [word for word in words if max(map(len, word.split("-"))) > MOST_LETTERS and word not in acronyms]
    told: list[tuple[Mark, str, str]] = []
    if len(words) > MOST_WORDS:
        told.append((Mark.LONG, sentence, f"{len(words)} mots : coupez en plusieurs phrases, une idée chacune."))
    if _SEVERAL.search(sentence):
        told.append((Mark.IDEAS, sentence, "Une parenthèse ou un point-virgule : faites une autre phrase."))
    told += [(Mark.WORD, word, f"« {word} » est long : un mot plus courant ?") for word in dict.fromkeys(long_words)]
    told += [
        (Mark.ACRONYM, word, f"« {word} » : écrivez ce que ce sigle veut dire.") for word in dict.fromkeys(acronyms)
    ]
    told += [
        (Mark.PASSIVE, one, f"« {one} » : dites qui fait quoi.") for one in dict.fromkeys(_PASSIVE.findall(sentence))
    ]
    told += [
        (Mark.NUMBER, one, f"« {one} » : écrivez le nombre en chiffres.")
        for one in dict.fromkeys(_NUMBER.findall(sentence))
    ]
    return [Advice(mark, number, where, text) for mark, where, text in told]
