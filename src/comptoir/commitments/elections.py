"""The pre-election period: a pure function of a day and a dated list (docs/concepts/periode-electorale.md).

No database, no clock. The list is data, each line with its source; a dissolution, or a decree that settles a day, is a
line changed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Election:
    """General elections. `month`: the first day of the month of the vote. `ends_on`: the day of the last round, or the
    last on which it may be held while no decree has settled it (`settled` False)."""

    name: str
    month: date
    ends_on: date
    source: str
    settled: bool = True

    @property
    def starts_on(self) -> date:
        """The first day of the sixth month before the month of the vote."""
        months = self.month.year * 12 + self.month.month - 1 - MONTHS_BEFORE
        return date(months // 12, months % 12 + 1, 1)


ELECTIONS: tuple[Election, ...] = (
    Election(
        "élections municipales", date(2026, 3, 1), date(2026, 3, 22),
        "décret du 27 août 2025 fixant la date du renouvellement des conseils municipaux",
    ),
    Election(
        "élection présidentielle", date(2027, 4, 1), date(2027, 5, 2),
        "Constitution, art. 7 : de vingt à trente-cinq jours avant le 13 mai 2027 ; second tour quatorze jours après",
        settled=False,
    ),
    Election(
        "élections départementales et régionales", date(2028, 3, 1), date(2028, 3, 31),
        "loi n° 2021-191 du 22 février 2021 : mandats jusqu'en mars 2028", settled=False,
    ),
    Election(
        "élections législatives et européennes", date(2029, 6, 1), date(2029, 6, 30),
        "code électoral, art. L.O. 121 ; loi n° 77-729 du 7 juillet 1977", settled=False,
    ),
    Election(
        "élections municipales", date(2032, 3, 1), date(2032, 3, 31), "code électoral, art. L. 227", settled=False,
    ),
)  # fmt: skip


def pre_election(day: date, elections: Sequence[Election] = ELECTIONS) -> Election | None:
    """The elections in whose period the day falls, both ends included; the nearest where there are several."""
    found = [one for one in elections if one.starts_on <= day <= one.ends_on]
    return min(found, key=lambda one: (one.ends_on, one.month), default=None)
