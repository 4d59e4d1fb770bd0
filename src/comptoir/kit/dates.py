"""Dates in words: Django's own, but that French writes the first of a month « 1er »."""

import re
from datetime import date
from typing import Any

from django.template.defaultfilters import date as written
from django.utils.translation import get_language

_FIRST = re.compile(r"(?<!\d)1 (?=[^\W\d])")  # the day alone, before the name of a month


def date_text(value: Any, form: str | None = None) -> str:
    """« 1er septembre 2026 ». `form` is a format of Django (« j F Y »); a moment is written as it is, in its own zone.

    Empty for what is no date, as Django's filter.
    """
    text: str = written(value, form)
    if isinstance(value, date) and value.day == 1 and (get_language() or "").startswith("fr"):
        return _FIRST.sub("1er ", text, count=1)
    return text
