"""Days as people write due dates: « 30/06/2027 », « juin 2027 », « T2 2027 », « avant la fin de l'année 2027 ».

docs/concepts/extraction.md. A span of time is due on its last day; « avant » a span, on the day before it begins.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_MONTH = (
    r"(?P<month>janv(?:ier|\.)?|f[ée]vr(?:ier|\.)?|mars|avr(?:il|\.)|mai|juin|juil(?:let|\.)|ao[ûu]t|"
    r"sept(?:embre|\.)?|oct(?:obre|\.)|nov(?:embre|\.)|d[ée]c(?:embre|\.))"
)
_STARTS = ("jan", "f", "mar", "av", "mai", "juin", "juil", "ao", "s", "o", "n", "d")
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_RANK = {"1": 1, "premier": 1, "2": 2, "deuxième": 2, "second": 2, "3": 3, "troisième": 3, "4": 4, "quatrième": 4}
_RANKED = rf"(?P<rank>{'|'.join(_RANK)})\s*(?:er|re|e|ème|ᵉ|ᵉʳ)?"
_SEASONS = {"printemps": 5, "été": 8, "rentrée": 9, "automne": 11}
_OF = r"\s+(?:de\s+|scolaire\s+)?(?:l['’]année\s+)?"


@dataclass(frozen=True, slots=True)
class FoundDay:
    """`day` is the last day meant; `said` the words that tell it, from `start` to `end`; `exact`: a day was written."""

    day: date
    said: str
    start: int
    end: int
    exact: bool


def _month_of(text: str) -> int:
    folded = text.lower().replace("é", "e").replace("û", "u")
    return next(number for number, start in enumerate(_STARTS, 1) if folded.startswith(start))


def last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


_Span = tuple[date, date, bool]  # first day, last day, whether a day was written


def _day(found: re.Match[str]) -> _Span:
    year = int(found["year"])
    month = found["month"]
    number = int(month) if month.isdigit() else _month_of(month)
    one = date(year + 2000 if year < 100 else year, number, int(found["day"]))
    return one, one, True


def _month(found: re.Match[str]) -> _Span:
    month = int(found["month"]) if found["month"].isdigit() else _month_of(found["month"])
    year, part = int(found["year"]), (found.groupdict().get("part") or "").lower()
    last = date(year, month, 15) if part.startswith("mi") else last_of(year, month)
    return date(year, month, 1), date(year, month, 10) if part.startswith("début") else last, False


def _part(months: int) -> Callable[[re.Match[str]], _Span]:
    def read(found: re.Match[str]) -> _Span:
        rank = _RANK[found["rank"].lower()]
        if rank * months > 12:
            raise ValueError("no such part of a year")
        return date(int(found["year"]), (rank - 1) * months + 1, 1), last_of(int(found["year"]), rank * months), False

    return read


def _season(found: re.Match[str]) -> _Span:
    last = last_of(int(found["year"]), _SEASONS[found["season"].lower()])
    return last.replace(day=1), last, False


def _year(found: re.Match[str]) -> _Span:
    return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31), False


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Span]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d\d)\b(?:\s+\d\d:\d\d(?::\d\d)?)?", _day),
        (r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b(?:[ T]\d\d:\d\d(?::\d\d)?)?", _day),
        (rf"\b(?P<day>\d{{1,2}})(?:er)?\s+{_MONTH}\s+{_YEAR}\b", _day),
        (rf"\b(?P<part>(?:la\s+)?fin(?:\s+du\s+mois)?(?:\s+de)?\s+|mi[- ]|début\s+)?{_MONTH}\s+{_YEAR}\b", _month),
        (rf"\b(?P<month>0?[1-9]|1[0-2])/{_YEAR}\b", _month),
        (rf"\bT\s?(?P<rank>[1-4])\s*[-/]?\s*{_YEAR}\b", _part(3)),
        (rf"\b{_YEAR}\s*[-/]?\s*T(?P<rank>[1-4])\b", _part(3)),
        (rf"\b{_RANKED}\s+trimestre{_OF}{_YEAR}\b", _part(3)),
        (rf"\bS\s?(?P<rank>[12])\s*[-/]?\s*{_YEAR}\b", _part(6)),
        (rf"\b{_RANKED}\s+semestre{_OF}{_YEAR}\b", _part(6)),
        (rf"\b(?:l['’])?(?P<season>{'|'.join(_SEASONS)}){_OF}{_YEAR}\b", _season),
        (rf"\b(?:la\s+)?fin(?:{_OF}|\s+){_YEAR}\b", _year),
        (rf"\b(?:d['’]ici|en|courant|horizon|avant|pour|dès)\s+(?:l['’]année\s+)?{_YEAR}\b", _year),
    )
)
_BEFORE = re.compile(r"\bavant\s+(?:l[ae]\s+|l['’])?$", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:d['’]ici|au plus tard|avant|pour|échéance|le|la|l['’]|à|au|en|fin|courant|horizon|vers|[:,.()\s])*",
    re.IGNORECASE,
)


def _spans(text: str) -> Iterator[tuple[int, int, _Span]]:
    """The spans of time told, each stretch of text read once, by the most precise way first."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _WAYS:
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            try:
                span = read(found)
            except ValueError:  # the 31st of June is no day
                continue
            taken.append(found.span())
            yield *found.span(), span


def find_days(text: str) -> list[FoundDay]:
    """The days that a text tells, in its order.

    >>> [found.day.isoformat() for found in find_days("ouvrir d'ici juin 2027, bilan au T1 2028")]
    ['2027-06-30', '2028-03-31']
    """
    days = []
    for start, end, (first, last, exact) in _spans(text):
        before = _BEFORE.search(text[:start]) or text[start:end].lower().startswith("avant")
        whole = not re.match(r"(?:la\s+)?fin|mi", text[start:end], re.IGNORECASE)
        day = first - timedelta(days=1) if before and whole and not exact else last
        days.append(FoundDay(day, text[start:end], start, end, exact))
    return sorted(days, key=lambda found: found.start)


@lru_cache(4_096)
def read_day(cell: str) -> date:
    """The day of a cell that tells one only. ValueError otherwise, one French sentence. A column repeats its days."""
    text = cell.strip()
    if re.fullmatch(r"(?:19|20|21)\d\d", text):
        return date(int(text), 12, 31)
    found = find_days(text)
    rest = text[: found[0].start] + " " + text[found[0].end :] if len(found) == 1 else "?"
    if not _AROUND.fullmatch(rest) or not 1900 <= found[0].day.year <= 2200:
        raise ValueError(f"« {cell} » n'est pas une échéance : écrivez 30/06/2027, juin 2027 ou T2 2027.")
    return found[0].day


def in_full(day: date) -> str:
    """A day in French words.

    >>> in_full(date(2027, 6, 1))
    '1er juin 2027'
    """
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(4_096)
def told_day(cell: str, day: date) -> str:
    """How a cell was understood as this day; nothing where the day itself is written."""
    found = find_days(cell)
    return "" if found and found[0].exact else f"« {cell.strip()} » compris comme le {in_full(day)}."
