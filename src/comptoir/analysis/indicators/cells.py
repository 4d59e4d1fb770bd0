"""One cell of a published file: a number, or the mark that stands in its place. An empty cell is never a zero."""

import re
from dataclasses import dataclass
from enum import StrEnum

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NOTES = re.compile(r"(?:\s*(?:\((?:\d{1,2}|[a-df-oqs-z*])\)|\*+|[¹²³⁴⁵⁶⁷⁸⁹]+))+$")
_LETTER = re.compile(r"(?<=\d)\s*\(?([epr])\)?$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_THOUSANDS_BY_DOT = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d+")
_THOUSANDS_BY_COMMA = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+|(?:,\d{3})+)")
MOST = 1e15


class Mark(StrEnum):
    """What a file says of a value besides its number."""

    NONE = ""
    ESTIMATED = "estimated"
    PROVISIONAL = "provisional"
    SECRET = "secret"  # noqa: S105  # statistical secrecy, no password
    NOT_AVAILABLE = "not_available"
    NOT_SIGNIFICANT = "not_significant"
    UNSAID = "unsaid"  # an empty cell: not published, and the file does not say why


_WORDS = {
    "s": Mark.SECRET, "c": Mark.SECRET, "ss": Mark.SECRET, "secret": Mark.SECRET, "confidentiel": Mark.SECRET,
    "secret statistique": Mark.SECRET,
    "nd": Mark.NOT_AVAILABLE, "n.d.": Mark.NOT_AVAILABLE, "n.d": Mark.NOT_AVAILABLE, "na": Mark.NOT_AVAILABLE,
    "n/a": Mark.NOT_AVAILABLE, "#n/a": Mark.NOT_AVAILABLE, "non disponible": Mark.NOT_AVAILABLE,
    "non diffusé": Mark.NOT_AVAILABLE, "...": Mark.NOT_AVAILABLE, "…": Mark.NOT_AVAILABLE, "///": Mark.NOT_AVAILABLE,
    "//": Mark.NOT_AVAILABLE, "ns": Mark.NOT_SIGNIFICANT, "n.s.": Mark.NOT_SIGNIFICANT,
}  # fmt: skip
_LETTERS = {"e": Mark.ESTIMATED, "p": Mark.PROVISIONAL, "r": Mark.NONE}


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None where none is published; `percent`: the cell carries a percent sign."""

    value: float | None
    mark: Mark = Mark.NONE
    percent: bool = False


UNSAID = Reading(None, Mark.UNSAID)


def read_cell(cell: str) -> Reading:
    """Reads a cell: spaces of thousands (hard or not), comma or point, percent sign, footnotes, letters of secrecy.

    Raises ValueError, one French sentence, for what is neither a number nor a mark that we know.
    """
    try:  # nine cells out of ten: a plain number
        if _NUMBER.fullmatch(cell):
            return Reading(_bounded(float(cell), cell))
    except ValueError as error:
        raise ValueError(str(error)) from None
    text = _SPACES.sub(" ", cell).strip()
    if not text:
        return UNSAID
    mark = _WORDS.get(text.lower().strip("() "))
    if mark is not None:
        return Reading(None, mark)
    plain = _NOTES.sub("", text)
    letter = _LETTER.search(plain)
    if letter:
        plain = plain[: letter.start()]
    plain = plain.replace("\u2212", "-").strip()
    percent = plain.endswith("%")
    found = _number(plain.rstrip("%€ "), cell)
    return Reading(found, _LETTERS[letter.group(1).lower()] if letter else Mark.NONE, percent)


def _number(text: str, cell: str) -> float:
    plain = text.replace(" ", "")
    if plain in ("-", "–", "—"):
        raise ValueError("« - » peut vouloir dire zéro ou non publié : écrivez 0, ou « nd ».")
    if _THOUSANDS_BY_DOT.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _THOUSANDS_BY_COMMA.fullmatch(plain):
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"« {cell.strip()[:40]} » n'est ni un nombre, ni une marque connue (s, c, nd, ns).")
    return _bounded(float(plain), cell)


def _bounded(value: float, cell: str) -> float:
    if abs(value) >= MOST:
        raise ValueError(f"« {cell.strip()[:40]} » est trop grand pour être un chiffre de territoire.")
    return value
