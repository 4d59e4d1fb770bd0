"""Which days a comptoir may have been held on: a slip of the keyboard is not one of them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

FIRST = date(1990, 1, 1)
AHEAD = timedelta(days=731)


def last_day() -> date:
    """The latest day that a comptoir may be planned for: in two years."""
    return timezone.localdate() + AHEAD


def plausible(day: date) -> bool:
    return FIRST <= day <= last_day()


def check_day(day: date) -> None:
    """A form's validator: one sentence when the day cannot be right."""
    if not plausible(day):
        raise ValidationError(
            f"Vérifiez l'année : la date va du 1er janvier {FIRST.year} au {last_day():%d/%m/%Y}.", code="day"
        )
