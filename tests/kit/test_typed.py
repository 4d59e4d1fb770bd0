"""What people type in a field of numbers is read as they mean it."""

from decimal import Decimal

import pytest
from django import forms

from comptoir.kit.typed import NumberField


class _Money(forms.Form):
    euros = NumberField(max_digits=12, decimal_places=2, required=False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3 000,50", "3000.50"), ("3\u00a0000,50", "3000.50"), ("1\u202f240", "1240"), (" 12 ", "12"), ("12.5", "12.5"),
        ("-4", "-4"),
    ],
)  # fmt: skip
def test_thousands_apart_and_decimals_after_a_comma(typed: str, read: str) -> None:
    form = _Money({"euros": typed})
    assert form.is_valid()
    assert form.cleaned_data["euros"] == Decimal(read)


@pytest.mark.parametrize("typed", ["douze", "1,2,3", "12 €", "--4"])
def test_what_is_no_number_is_refused_and_shown_back(typed: str) -> None:
    form = _Money({"euros": typed})
    assert not form.is_valid()
    assert f'value="{typed}"' in str(form["euros"])


def test_nothing_typed_is_no_number() -> None:
    form = _Money({"euros": "  "})
    assert form.is_valid()
    assert form.cleaned_data["euros"] is None
