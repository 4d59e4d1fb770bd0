"""Codes of authenticator applications: RFC 6238 (time) on RFC 4226 (HOTP), SHA-1, six digits, thirty seconds."""

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

PERIOD = 30
DIGITS = 6
DRIFT = 1  # steps accepted before and after: clocks differ


def new_secret() -> str:
    """160 random bits, in base 32: what the QR code carries."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of one step of thirty seconds since 1970."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def matching_step(secret: str, given: str, now: float, *, after: int = 0) -> int | None:
    """The step of which `given` is the code, around `now` (seconds since 1970) and later than `after`; else None.

    Keep it as the next `after`: a code that somebody has seen does not serve again.
    """
    here = int(now) // PERIOD
    steps = range(max(here - DRIFT, after + 1), here + DRIFT + 1)
    found = [step for step in steps if hmac.compare_digest(code(secret, step).encode(), given.encode())]
    return found[0] if found else None


def uri(secret: str, account: str) -> str:
    """What an application reads in the QR code."""
    label = quote(f"Comptoir:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': 'Comptoir'})}"
