"""Days and amounts as people write them (docs/concepts/extraction.md, « Dates » and « Montants »)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.analysis.extraction.amounts import Unit, find_amounts, in_figures, read_amount, told_amount
from comptoir.analysis.extraction.dates import find_days, in_full, read_day, told_day

SPANS = {
    "juin 2027": date(2027, 6, 30),
    "févr. 2028": date(2028, 2, 29),
    "fin août 2027": date(2027, 8, 31),
    "début mars 2027": date(2027, 3, 10),
    "mi-mars 2027": date(2027, 3, 15),
    "06/2027": date(2027, 6, 30),
    "T2 2027": date(2027, 6, 30),
    "2027 T4": date(2027, 12, 31),
    "2e trimestre 2027": date(2027, 6, 30),
    "premier semestre de l'année 2027": date(2027, 6, 30),
    "S2 2027": date(2027, 12, 31),
    "rentrée scolaire 2027": date(2027, 9, 30),
    "été 2027": date(2027, 8, 31),
    "2027": date(2027, 12, 31),
    "d'ici la fin de l'année 2027": date(2027, 12, 31),
    "avant 2027": date(2026, 12, 31),
    "avant juin 2027": date(2027, 5, 31),
    "avant fin juin 2027": date(2027, 6, 30),
}
EXACT = ("30/06/2027", "2027-06-30", "2027-06-30 00:00:00", "30.06.27", "30 juin 2027", "au plus tard le 30 juin 2027")


@pytest.mark.parametrize("cell", SPANS)
def test_a_span_is_due_on_its_last_day_and_says_so(cell: str) -> None:
    assert read_day(cell) == SPANS[cell]
    assert told_day(cell, SPANS[cell]) == f"« {cell} » compris comme le {in_full(SPANS[cell])}."


@pytest.mark.parametrize("cell", EXACT)
def test_a_day_that_is_written_needs_no_explanation(cell: str) -> None:
    assert (read_day(cell), told_day(cell, date(2027, 6, 30))) == (date(2027, 6, 30), "")


@pytest.mark.parametrize("cell", ["31/06/2027", "bientôt", "juin 2027 puis mars 2028", "T5 2027", "en juin", ""])
def test_what_is_not_one_day_is_refused_in_one_sentence(cell: str) -> None:
    with pytest.raises(ValueError, match=r"n'est pas une échéance : écrivez 30/06/2027, juin 2027 ou T2 2027\.$"):
        read_day(cell)


def test_several_days_of_a_text_come_in_its_order() -> None:
    found = find_days("La ville ouvre un local avant juin 2027, puis un bilan au T1 2028 et le 2 mars 2029.")
    assert [one.day for one in found] == [date(2027, 5, 31), date(2028, 3, 31), date(2029, 3, 2)]
    assert [one.exact for one in found] == [False, False, True]


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_any_day_reads_back_as_it_is_written(day: date) -> None:
    assert read_day(f"{day:%d/%m/%Y}") == read_day(day.isoformat()) == read_day(in_full(day)) == day


AMOUNTS = {
    ("1 200 €", Unit.EURO): "1200",
    ("1\u202f200,50 euros", Unit.EURO): "1200.5",
    ("1.200 €", Unit.EURO): "1200",
    ("12 k€", Unit.EURO): "12000",
    ("1,2 M€", Unit.EURO): "1200000",
    ("2 millions d'euros", Unit.EURO): "2000000",
    ("15000", Unit.EURO): "15000",
    ("1,5 ETP", Unit.FTE): "1.5",
    ("0.5", Unit.FTE): "0.5",
    ("50 %", Unit.FTE): "0.5",
    ("un mi-temps", Unit.FTE): "0.5",
    ("deux postes", Unit.FTE): "2",
    ("3 offres", Unit.OFFER): "3",
}


@pytest.mark.parametrize(("cell", "unit"), AMOUNTS)
def test_amounts_are_read_in_their_unit(cell: str, unit: Unit) -> None:
    assert read_amount(cell, unit) == Decimal(AMOUNTS[cell, unit])


@pytest.mark.parametrize(
    ("cell", "unit", "said"),
    [
        ("1,5 ETP", Unit.EURO, "n'est pas en euros : mettez-le dans l'autre colonne."),
        ("10 € puis 20 €", Unit.EURO, "n'est pas une quantité seule"),
        ("beaucoup", Unit.EURO, "n'est pas un nombre."),
        ("0", Unit.FTE, "plus grand que zéro"),
        ("10 %", Unit.EURO, "n'est pas en euros"),
    ],
)
def test_another_unit_or_no_number_is_refused(cell: str, unit: Unit, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_amount(cell, unit)


@pytest.mark.parametrize("cell", ["12 k€", "50 %", "un mi-temps", "deux postes", "1.200 €"])
def test_what_was_interpreted_is_told(cell: str) -> None:
    unit = Unit.EURO if "€" in cell else Unit.FTE
    assert "compris comme" in told_amount(cell, read_amount(cell, unit))


@pytest.mark.parametrize("cell", ["1 200 €", "1200", "1200.0", "1,5 ETP", "0,5"])
def test_a_plain_number_needs_no_explanation(cell: str) -> None:
    unit = Unit.FTE if "5" in cell else Unit.EURO
    assert told_amount(cell, read_amount(cell, unit)) == ""


@given(st.decimals("0.01", "999999999", places=2))
def test_any_amount_reads_back_as_it_is_written(value: Decimal) -> None:
    assert read_amount(in_figures(value), Unit.EURO) == value
    assert read_amount(f"{in_figures(value)} €", Unit.EURO) == value


def test_the_amounts_of_a_text_come_with_their_unit() -> None:
    found = find_amounts("La CAF finance 12 k€ et un poste, soit 30 % du coût de 40 000 euros.")
    assert [(str(one.value), one.unit) for one in found] == [
        ("12000", Unit.EURO), ("1", Unit.FTE), ("30", Unit.PERCENT), ("40000", Unit.EURO),
    ]  # fmt: skip
