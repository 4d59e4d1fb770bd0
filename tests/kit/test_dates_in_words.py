"""Dates in words, as French writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.test import override_settings
from django.utils import translation

from comptoir.kit.dates import date_text


@pytest.mark.parametrize(
    ("day", "form", "told"),
    [
        (date(2026, 9, 1), "j F Y", "1er septembre 2026"),
        (date(2026, 9, 1), "j F", "1er septembre"),
        (date(2026, 9, 1), "l j F Y", "mardi 1er septembre 2026"),
        (date(2026, 9, 11), "j F Y", "11 septembre 2026"),
        (date(2026, 9, 21), "j F Y", "21 septembre 2026"),
        (date(2026, 9, 1), "F Y", "septembre 2026"),
        (date(2026, 9, 1), "d/m/Y", "01/09/2026"),
        (datetime(2026, 9, 1, 1, 5, tzinfo=UTC), "j F Y à H:i", "1er septembre 2026 à 01:05"),
        (date(2026, 9, 1), "DATE_FORMAT", "1er septembre 2026"),
        (None, "j F Y", ""),
    ],
)  # fmt: skip
def test_the_first_of_a_month_is_an_ordinal(day: object, form: str, told: str) -> None:
    assert date_text(day, form) == told


def test_another_language_has_its_own_way() -> None:
    with translation.override("en"):
        assert date_text(date(2026, 9, 1), "j F Y") == "1 September 2026"


@override_settings(TIME_ZONE="Europe/Paris", USE_TZ=True)
def test_every_template_writes_so_in_the_time_of_its_reader() -> None:
    shown = engines["django"].from_string("{{ at|date:'j F Y à H:i' }}")
    assert shown.render({"at": datetime(2026, 8, 31, 22, 30, tzinfo=UTC)}) == "1er septembre 2026 à 00:30"
