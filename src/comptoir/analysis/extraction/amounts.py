"""Amounts as people write them: « 1 200 € », « 12 k€ », « 1,5 ETP », « un mi-temps », « 3 offres ».

docs/concepts/extraction.md.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class Unit(StrEnum):
    EURO = "euro"
    FTE = "fte"  # full-time equivalents
    OFFER = "offer"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """`said` are the words, from `start` to `end`."""

    value: Decimal
    unit: Unit
    said: str
    start: int
    end: int


_GAP = r"[  \u202f]"
_NUMBER = rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)*"
_SCALES = {"k": 1_000, "m": 1_000_000}
_WORDS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10}
_UNITS = {
    Unit.EURO: r"€|euros?\b|EUR\b",
    Unit.FTE: r"ETPT?\b|équivalents?[- ]temps[- ]pleins?\b|postes?\b",
    Unit.OFFER: r"offres?\b",
    Unit.PERCENT: r"%",
}
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER}|\b(?:{'|'.join(_WORDS)})\b)\s*(?P<scale>[kKM](?=\s*(?:€|EUR|euro))|mille\b|millions?\b)?"
    rf"\s*(?:d['’]|de\s+)?(?:{'|'.join(f'(?P<{unit}>{pattern})' for unit, pattern in _UNITS.items())})",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(?:(?:un|1)\s+)?(?:mi-temps|demi[- ]poste)\b", re.IGNORECASE)
_NAMES = {Unit.EURO: "euros", Unit.FTE: "ETP", Unit.OFFER: "offres", Unit.PERCENT: "%"}


def number_of(text: str, *, thousands: bool = False) -> Decimal:
    """The number written. `thousands`: a point before three digits parts thousands (1.200 €). ValueError otherwise."""
    word = _WORDS.get(text.strip().lower())
    if word:
        return Decimal(word)
    plain = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and (thousands or plain.count(".") > 1 or "," in plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"\d{1,15}(?:\.\d+)?", plain):
        raise ValueError(f"« {text.strip()} » n'est pas un nombre.")
    return Decimal(plain)


def find_amounts(text: str) -> list[FoundAmount]:
    """The amounts with their unit that a text tells, in its order.

    >>> [(str(found.value), found.unit.value) for found in find_amounts("12 k€ et un mi-temps")]
    [('12000', 'euro'), ('0.5', 'fte')]
    """
    amounts = []
    for found in _AMOUNT.finditer(text):
        unit = next(unit for unit in _UNITS if found[unit.value])
        if unit is not Unit.FTE and unit is not Unit.OFFER and found["number"].isalpha():
            continue  # « un euro » is a way to speak
        try:
            value = number_of(found["number"], thousands=unit is Unit.EURO)
        except ValueError:
            continue
        scale = (found["scale"] or "").lower()
        value *= 1_000 if scale == "mille" else _SCALES.get(scale[:1], 1)
        amounts.append(FoundAmount(value, unit, found[0], *found.span()))
    for found in _HALF.finditer(text):
        amounts.append(FoundAmount(Decimal("0.5"), Unit.FTE, found[0], *found.span()))
    return sorted(amounts, key=lambda one: one.start)


@lru_cache(4_096)
def read_amount(cell: str, unit: Unit) -> Decimal:
    """The amount of a cell in this unit, which it may leave out. For FTE, « 50 % » is half of one.

    ValueError, one French sentence, for anything else: another unit, zero, two amounts.
    """
    text = cell.strip()
    found = find_amounts(text)
    if not found:
        value = number_of(text, thousands=unit is Unit.EURO)
    elif len(found) > 1 or found[0].said.strip() != text.strip(" ."):
        raise ValueError(f"« {cell} » n'est pas une quantité seule : écrivez un nombre, en {_NAMES[unit]}.")
    elif found[0].unit is Unit.PERCENT and unit is Unit.FTE:
        value = found[0].value / 100
    elif found[0].unit is not unit:
        raise ValueError(f"« {cell} » n'est pas en {_NAMES[unit]} : mettez-le dans l'autre colonne.")
    else:
        value = found[0].value
    value = value.quantize(Decimal("0.01"))
    if not 0 < value < Decimal(10) ** 12:
        raise ValueError(f"« {cell} » : un moyen est un nombre plus grand que zéro.")
    return value


def in_figures(value: Decimal) -> str:
    """A number as French pages write it, with narrow spaces and no useless zero.

    >>> in_figures(Decimal("1200.50")).replace(chr(0x202f), " ")
    '1 200,5'
    """
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\u202f").replace(".", ",")


@lru_cache(4_096)
def told_amount(cell: str, value: Decimal) -> str:
    """How a cell was understood as this number; nothing where the number is plain to see."""
    digits = re.sub(r"[^\d]", "", cell).lstrip("0")
    plain = re.sub(r"[^\d]", "", in_figures(value)).lstrip("0")
    same = digits.rstrip("0") == plain.rstrip("0") and "%" not in cell and not re.search(r"\d\s*[kKM]|\d\.\d{3}", cell)
    return "" if same else f"« {cell.strip()} » compris comme {in_figures(value)}."
