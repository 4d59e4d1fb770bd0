"""Codes of authenticator applications: the vectors of RFC 6238, the drift of clocks, and a code that serves once."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.accounts import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(  # RFC 6238, appendix B, SHA-1
    ("at", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_vectors_of_the_standard(at: int, code: str) -> None:
    assert totp.code(SECRET, at // 30, digits=8) == code
    assert totp.matching_step(SECRET, code[2:], at) == at // 30


@given(st.integers(2, 2**33), st.integers(-2, 2))
def test_a_code_is_good_half_a_minute_before_and_after(step: int, drift: int) -> None:
    given_ = totp.code(SECRET, step + drift)
    found = totp.matching_step(SECRET, given_, step * 30 + 15)
    if abs(drift) <= 1:
        assert found is not None
        assert totp.code(SECRET, found) == given_
    else:
        assert found is None or totp.code(SECRET, found) == given_  # two steps may by chance have the same code


def test_a_code_that_has_served_does_not_serve_again() -> None:
    now = 1_800_000_000
    step = totp.matching_step(SECRET, totp.code(SECRET, now // 30), now)
    assert step == now // 30
    assert totp.matching_step(SECRET, totp.code(SECRET, step), now, after=step) is None


@pytest.mark.parametrize("typed", ["", "abc", "é", "12345", "1234567", "000 000"])
def test_anything_else_is_refused(typed: str) -> None:
    assert totp.matching_step(SECRET, typed, 59) is None


def test_what_the_application_reads_names_the_account() -> None:
    secret = totp.new_secret()
    assert len(secret) == 32
    assert totp.new_secret() != secret
    uri = totp.uri(secret, "ama@exemple.fr")
    assert uri == f"otpauth://totp/Comptoir%3Aama%40exemple.fr?secret={secret}&issuer=Comptoir"
