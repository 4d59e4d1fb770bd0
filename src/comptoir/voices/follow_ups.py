"""Codes of six letters: how they are written, read back, and found (ADR 29). None leads to a person."""

import secrets

from comptoir.analysis.text import fold
from comptoir.spaces.models import Space
from comptoir.voices.models import FollowUp

LETTERS = "BCDFGHJKMNPRSTVWXZ"
"""No I, L, O, Q nor U, that are taken for others; no vowel, so that no code is a word."""
LENGTH = 6


def new_code() -> str:
    """Six letters drawn by chance: 34 million codes."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def as_code(typed: str) -> str:
    """What somebody typed, as a code: case, accents, blanks and dashes do not matter. Empty: it cannot be one."""
    code = "".join(sign for sign in fold(typed[:40]).upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def find(space: Space, typed: str) -> FollowUp | None:
    """What a code opens in this space; None when it opens nothing here."""
    code = as_code(typed)
    if not code:
        return None
    found = FollowUp.objects.filter(space=space, code=code)
    return found.select_related("verbatim__statement__heading", "verbatim__occasion").first()
