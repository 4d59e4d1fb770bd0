"""Dates as they are written in titles and introductions, and the days that contradict one another."""

import re
from collections.abc import Iterable
from datetime import date

from ..text import fold
from .model import Remark

_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_MONTHS = tuple(_MONTH.split("|"))
_FOLDED_MONTHS = [fold(month) for month in _MONTHS]
_DAY = r"(?:1er|[0-9]{1,2})"
_JOIN = r"\s{0,3}(?:,|et|ou|au|&|-|–|/|puis)\s{0,3}"
_ANY_MONTH = f"{_MONTH}|fevrier|aout|decembre"
_WHEN = rf"\s(?:{_ANY_MONTH})\b(?:\s[0-9]{{4}})?"
_WRITTEN = re.compile(rf"\b(?:{_DAY}(?:{_WHEN})?{_JOIN}(?:le\s)?){{0,15}}{_DAY}{_WHEN}(?![0-9])", re.IGNORECASE)
_NUMERIC = re.compile(r"\b([0-3]?[0-9])[/.]([01]?[0-9])[/.]((?:20|19)?[0-9]{2})\b")
_PART = re.compile(rf"({_DAY})(?:\s({_ANY_MONTH}))?(?:\s([0-9]{{4}}))?", re.IGNORECASE)
_LONGEST = 500

Day = tuple[int, int, int]


def dates_in(text: str) -> list[str]:
    """Dates as written, in order: « 3 et 17 mai 2025 » is one. Beyond a title's length they are not looked for."""
    text = text[:_LONGEST]
    found = [(m.start(), m.group()) for m in _NUMERIC.finditer(text) if _numeric_days(m)]
    for m in _WRITTEN.finditer(text):
        if days_of(m.group()):
            found.append((m.start(), m.group()))
    return [written for _, written in sorted(found)]


def days_of(written: str) -> set[Day]:
    """(year, month, day) of each day, year 0 where it is not said. A day takes the month and year written after it."""
    if numeric := _NUMERIC.fullmatch(written):
        return _numeric_days(numeric)
    days: set[Day] = set()
    month = year = 0
    for day, month_name, year_digits in reversed(_PART.findall(written)):
        if month_name:
            month = _FOLDED_MONTHS.index(fold(month_name)) + 1
        year = int(year_digits) if year_digits else year
        number = int(day.removesuffix("er").removesuffix("ER"))
        if month and 1 <= number <= 31:
            days.add((year, month, number))
    return days


def only_day(written: Iterable[str]) -> date | None:
    """The day that all these dates name, when it is a single real one with its year; None otherwise."""
    days = set().union(*(days_of(text) for text in written))
    if len(days) != 1:
        return None
    try:
        return date(*days.pop())
    except ValueError:  # no year, or the 31st of June
        return None


def _numeric_days(found: re.Match[str]) -> set[Day]:
    day, month, year = (int(part) for part in found.groups())
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return set()
    return {(year if year > 99 else 2000 + year, month, day)}


def read_dates(lines: Iterable[tuple[str, int | None]]) -> tuple[tuple[str, ...], list[Remark]]:
    """Every date once, as written, and a remark for each month that is given two different lists of days.

    Both are kept: which one is right is for the person to say. One list inside the other is no contradiction
    (« 3 et 17 mai », then « 17 mai »).
    """
    written: dict[str, int | None] = {}
    for text, line in lines:
        for found in dates_in(text):
            written.setdefault(found, line)
    remarks = []
    months: dict[tuple[int, int], tuple[str, set[int]]] = {}
    told: set[tuple[int, int]] = set()
    for named, line in written.items():
        days = days_of(named)
        for year, month in sorted({(y, m) for y, m, _ in days}):
            here = {d for y, m, d in days if (y, m) == (year, month)}
            key = next((k for k in months if k[1] == month and (k[0] == year or not k[0] or not year)), (year, month))
            before, known = months.setdefault(key, (named, here))
            if known <= here or here <= known or key in told:
                continue
            told.add(key)
            both = f"« {before} » et « {named} »"
            message = f"Deux dates différentes en {_MONTHS[month - 1]} : {both}. Les deux sont gardées, à vérifier."
            remarks.append(Remark(message, line=line))
    return tuple(written), remarks
