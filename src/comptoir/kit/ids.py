"""Identities are made where the thing is made: UUIDs of version 7, and the short codes that stand in addresses."""

import secrets
import time
from uuid import UUID

# Crockford's alphabet: no i, l, o, u, so that a code survives being read aloud or copied by hand.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 10


def uuid7() -> UUID:
    """A time-ordered UUID (RFC 9562, version 7): 48 bits of milliseconds, 12 of their fraction, 62 random bits.

    The fraction (method 3 of the RFC, a quarter of a microsecond) keeps the rows of one request in the order in which
    they were made: lists of changes, journal and words are sorted by identity.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62))


def short_code(identity: UUID) -> str:
    """Ten characters from the random end of an identity. Unique within a space by constraint, not by hope."""
    bits = identity.int
    return "".join(_ALPHABET[bits >> 5 * i & 31] for i in range(CODE_LENGTH - 1, -1, -1))
