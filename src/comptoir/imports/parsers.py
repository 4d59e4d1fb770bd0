"""From the text of a cell to a value, and back. A parser raises ValueError with one French sentence, without the place.

`parse(write(value)) == value` for every value that `parse` gives.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from comptoir.analysis.tables.writing import in_words
from comptoir.analysis.text import fold

Parser = Callable[[str], Any]
_SPACES = re.compile(r"\s")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y %H:%M")
_YES, _NO = {"oui", "o", "vrai", "x", "1", "true", "yes"}, {"non", "n", "faux", "0", "false", "no"}


def text(longest: int = 200) -> Parser:
    """One line of at most `longest` signs."""

    def parse(cell: str) -> str:
        line = " ".join(cell.split())
        if len(line) > longest:
            raise ValueError(f"Ce texte compte {len(line)} signes : {longest} au plus.")
        return line

    return parse


def long_text(longest: int = 5_000) -> Parser:
    """A text whose line ends are kept."""

    def parse(cell: str) -> str:
        kept = cell.replace("\r\n", "\n").strip()
        if len(kept) > longest:
            raise ValueError(f"Ce texte compte {len(kept)} signes : {longest} au plus.")
        return kept

    return parse


def day(cell: str) -> date:
    """A day as it is written in France, or in figures from the year."""
    for form in _DAYS:
        try:
            found = datetime.strptime(cell.strip(), form).date()
        except ValueError:
            continue
        if 1900 <= found.year <= 2200:
            return found
    raise ValueError(f"« {cell} » n'est pas une date : écrivez 24/09/2026.")


def whole(cell: str) -> int:
    """A whole number, thousands apart or not."""
    plain = _SPACES.sub("", cell).replace("\u2212", "-")
    if not re.fullmatch(r"-?[0-9]{1,15}", plain):
        raise ValueError(f"« {cell} » n'est pas un nombre entier.")
    return int(plain)


def amount(cell: str) -> Decimal:
    """A number with decimals or not, with a euro or percent sign or not."""
    plain = _SPACES.sub("", cell).replace("\u2212", "-").rstrip("€%").replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= Decimal(10) ** 15:
        raise ValueError(f"« {cell} » n'est pas un nombre.")
    return found


def yes_no(cell: str) -> bool:
    plain = fold(cell)
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ValueError(f"« {cell} » : écrivez oui ou non.")


def email(cell: str) -> str:
    plain = cell.strip().removeprefix("mailto:").lower()
    try:
        validate_email(plain)
    except ValidationError:
        raise ValueError(f"« {cell} » n'est pas une adresse électronique.") from None
    return plain


def phone(cell: str) -> str:
    """Digits by two, as people write them; foreign numbers with their +."""
    plain = re.sub(r"[\s.()-]", "", cell).replace("+33", "0", 1)
    if re.fullmatch(r"[1-9][0-9]{8}", plain):  # a spreadsheet has eaten the first zero
        plain = f"0{plain}"
    if re.fullmatch(r"0[0-9]{9}", plain):
        return " ".join(plain[at : at + 2] for at in range(0, 10, 2))
    if re.fullmatch(r"\+[0-9]{8,15}", plain):
        return plain
    raise ValueError(f"« {cell} » n'est pas un numéro de téléphone.")


def choice(choices: Iterable[tuple[str, str]], **synonyms: str) -> Parser:
    """One of these values, by its name or its label; `synonyms`: other words, folded, to the value."""
    pairs = [(str(value), str(label)) for value, label in choices]
    known = {fold(value): value for value, _ in pairs} | {fold(label): value for value, label in pairs} | synonyms

    def parse(cell: str) -> str:
        found = known.get(fold(cell))
        if found is None:
            raise ValueError(f"« {cell} » n'est pas connu : {', '.join(label for _, label in pairs)}.")
        return found

    return parse


def labelled(choices: Iterable[tuple[str, str]]) -> Callable[[Any], str]:
    """How a value of `choice` is written: by its label."""
    labels = {str(value): str(label) for value, label in choices}
    return lambda value: labels.get(str(value), str(value)) if value else ""


def written(value: Any) -> str:
    """A value as a spreadsheet shows it."""
    return in_words(value)
