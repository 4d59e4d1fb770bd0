"""Cells as people write them, and back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.accounts.enums import OrganisationKind
from comptoir.imports import parsers
from comptoir.imports.kinds import Field

KINDS = parsers.choice(OrganisationKind.choices, caf="family_fund", bailleur="landlord")


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (parsers.text(), "  Régie   de l'Orée ", "Régie de l'Orée"),
        (parsers.long_text(), "une\r\ndeux", "une\ndeux"),
        (parsers.day, "24/09/2026", date(2026, 9, 24)),
        (parsers.day, "2026-09-24", date(2026, 9, 24)),
        (parsers.day, "24/09/26", date(2026, 9, 24)),
        (parsers.whole, "12\u202f400", 12400),
        (parsers.whole, "−3", -3),
        (parsers.amount, "12 400,50 €", Decimal("12400.50")),
        (parsers.amount, "7,5 %", Decimal("7.5")),
        (parsers.yes_no, "Oui", True),
        (parsers.yes_no, "x", True),
        (parsers.yes_no, "non", False),
        (parsers.email, " Ama@Exemple.FR ", "ama@exemple.fr"),
        (parsers.phone, "612345678", "06 12 34 56 78"),
        (parsers.phone, "+33 6 12 34 56 78", "06 12 34 56 78"),
        (parsers.phone, "+262692123456", "+262692123456"),
        (KINDS, "bailleur SOCIAL", "landlord"),
        (KINDS, "Caf", "family_fund"),
    ],
)
def test_reads_what_people_write(parse: parsers.Parser, cell: str, value: Any) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "said"),
    [
        (parsers.text(5), "trop long", "9 signes"),
        (parsers.long_text(5), "trop long", "9 signes"),
        (parsers.day, "31/02/2026", "n'est pas une date"),
        (parsers.day, "24/09/0026", "n'est pas une date"),
        (parsers.whole, "12,5", "nombre entier"),
        (parsers.amount, "beaucoup", "n'est pas un nombre"),
        (parsers.amount, "nan", "n'est pas un nombre"),
        (parsers.yes_no, "peut-être", "oui ou non"),
        (parsers.email, "ama à exemple", "adresse électronique"),
        (parsers.phone, "06 12", "téléphone"),
        (KINDS, "zzz", "n'est pas connu : État"),
    ],
)
def test_says_in_one_sentence_what_it_cannot_read(parse: parsers.Parser, cell: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(cell)


VALUES = {
    "day": (Field("d", "D", parse=parsers.day, empty=None), st.dates(date(1900, 1, 1), date(2200, 12, 31))),
    "whole": (Field("n", "N", parse=parsers.whole, empty=None), st.integers(-(10**14), 10**14)),
    "amount": (
        Field("a", "A", parse=parsers.amount, empty=None),
        st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=2),
    ),
    "yes": (Field("y", "Y", parse=parsers.yes_no, empty=None), st.booleans()),
    "kind": (
        Field("k", "K", parse=KINDS, write=parsers.labelled(OrganisationKind.choices)),
        st.sampled_from(OrganisationKind.values),
    ),
}


@given(st.sampled_from(sorted(VALUES)), st.data())
def test_what_is_written_reads_back_the_same(name: str, data: st.DataObject) -> None:
    field, strategy = VALUES[name]
    value = data.draw(strategy)
    assert field.read(field.write(value)) == value


def test_headers_are_known_by_their_synonyms_whatever_their_accents() -> None:
    field = Field("held_on", "Date", ("jour", "date de la réunion"))
    assert all(field.recognises(one) for one in ("DATE", "Jour :", "date de la reunion *", "held_on"))
    assert not any(field.recognises(one) for one in ("", "Lieu", "Dates"))
