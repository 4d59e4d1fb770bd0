"""One day, when a document names one and only one (docs/concepts/synthesis.md)."""

from datetime import date

import pytest

from comptoir.analysis.synthesis.dates import only_day


@pytest.mark.parametrize("written", [["7 octobre 2025"], ["7 octobre 2025", "07/10/2025"], ["1er mars 2026"]])
def test_a_single_day_is_found(written: list[str]) -> None:
    assert only_day(written) in {date(2025, 10, 7), date(2026, 3, 1)}


@pytest.mark.parametrize(
    "written", [[], ["7 octobre"], ["3 et 17 mai 2025"], ["7 octobre 2025", "8 octobre 2025"], ["31 juin 2025"]]
)
def test_no_day_is_chosen_among_several_nor_invented(written: list[str]) -> None:
    assert only_day(written) is None
