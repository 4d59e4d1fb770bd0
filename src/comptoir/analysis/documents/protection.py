"""Spreadsheets run a cell that begins with certain signs as a formula. In CSV we put an apostrophe before them."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n]")


def protect(cell: str) -> str:
    """A text that no spreadsheet runs: one apostrophe more where it begins with `=`, `+`, `-`, `@` or a control sign.

    A text that already begins with apostrophes followed by such a sign gets one more too, so that `unprotect` is exact.

    >>> protect("=1+1"), protect("'=1+1"), protect("l'an 1")
    ("'=1+1", "''=1+1", "l'an 1")
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def unprotect(cell: str) -> str:
    """The exact inverse of `protect`.

    >>> unprotect("'=1+1"), unprotect("l'an 1"), unprotect("'hier'")
    ('=1+1', "l'an 1", "'hier'")
    """
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
