"""The notation of counts: « Former ** » was said twice. Rules: docs/concepts/synthesis.md, « La notation »."""

import re

MOST_ASTERISKS = 10
MOST_OCCURRENCES = 999_999_999

_NUMBER = r"(?P<n>[1-9][0-9]{0,8})"
# At most one space goes with the mark: the spaces before it belong to the text, which makes this form exact.
_IN_BRACKETS = re.compile(rf" ?\((?:[×xX] ?{_NUMBER}|(?P<m>[1-9][0-9]{{0,8}}) ?fois)\)\s*\Z")
_TIMES = re.compile(rf"(?<=\S)\s[×xX]\s?{_NUMBER}\s*\Z")
# Read from the end, so that the time taken grows with the length of the mark only.
_ASTERISKS_BACKWARDS = re.compile(r"\s*(?:\*\\?\s*)+")
_LONGEST_MARK = 40


def parse_item(text: str) -> tuple[str, int]:
    """The words and how many times they were said.

    Marks are read at the end only, and only one: asterisks (`**`, `\\*\\*`, close to the words or not), `(×12)`,
    `(12 fois)`, ` x12`. One asterisk is one time. Without a mark, or with nothing but asterisks, the text is itself,
    once.

    >>> parse_item("Redéfinir les règles **")
    ('Redéfinir les règles', 2)
    """
    if text.rstrip()[-1:] == "*":
        return _parse_asterisks(text)
    start = max(0, len(text.rstrip()) - _LONGEST_MARK)
    for mark in (_IN_BRACKETS, _TIMES):
        if found := mark.search(text, start):
            return text[: found.start()], int(found["n"] or found["m"])
    return text, 1


def _parse_asterisks(text: str) -> tuple[str, int]:
    found = _ASTERISKS_BACKWARDS.match(text[::-1])
    assert found, "the caller saw an asterisk"
    words = text[: len(text) - found.end()]
    return (words, found.group().count("*")) if words else (text, 1)


def write_item(text: str, occurrences: int) -> str:
    """The words with the mark of their count; `parse_item` gives back exactly both, whatever the words.

    Asterisks from 2 to 10, ` (×n)` beyond, nothing for once. Where the words themselves end like a mark, the count is
    always written ` (×n)`, once included: only the last mark is ever read, so theirs stays theirs.

    Raises ValueError when `occurrences` is not between 1 and 999,999,999.
    """
    if not 1 <= occurrences <= MOST_OCCURRENCES:
        raise ValueError(f"occurrences must be between 1 and {MOST_OCCURRENCES}: {occurrences}")
    if occurrences <= MOST_ASTERISKS:
        short = text if occurrences == 1 else f"{text} {'*' * occurrences}"
        if parse_item(short) == (text, occurrences):
            return short
    return f"{text} (×{occurrences})"
