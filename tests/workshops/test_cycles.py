"""Cycles: comptoirs assigned, totals by subject, one space at a time."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, assign, open_workshop, save_cycle
from comptoir.workshops.cycles import SubjectTotal, totals_by_subject
from comptoir.workshops.models import Cycle, Workshop

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
Browser = Callable[[Actor], Any]


def held(lead: Actor, subject: Subject, *tallies: int) -> Workshop:
    workshop = open_workshop(actor=lead, title="Comptoir", held_on=FIRST)
    heading = add_comptoir(actor=lead, workshop=workshop, title="Table", subject=subject).occasion.headings.all()[0]
    for n, tally in enumerate(tallies):
        voices.add_note(actor=lead, heading=heading, words=f"Note {n}", tally=tally)
    return workshop


def test_the_totals_of_a_cycle_are_those_of_its_comptoirs_by_subject(lead: Actor) -> None:
    cycle = save_cycle(actor=lead, name="Hiver", starts_on=FIRST, ends_on=LAST)
    for subject, tallies in ((Subject.RESIDENTS, (3, 1)), (Subject.RESIDENTS, (2,)), (Subject.SIGNATORIES, (5,))):
        assign(actor=lead, workshop=held(lead, subject, *tallies), cycle=cycle)
    out = held(lead, Subject.RESIDENTS, 9)
    assign(actor=lead, workshop=out, cycle=cycle)
    assign(actor=lead, workshop=out, cycle=None)
    assert totals_by_subject(cycle) == [
        SubjectTotal("les habitants", 2, 3, 6), SubjectTotal("les signataires", 1, 1, 5),
    ]  # fmt: skip


def test_only_the_team_of_the_space_and_dates_in_order(lead: Actor, reader: Actor, stranger: Actor) -> None:
    with pytest.raises(Invalid, match="La fin vient après"):
        save_cycle(actor=lead, name="x", starts_on=LAST, ends_on=FIRST)
    with pytest.raises(Refused):
        save_cycle(actor=reader, name="x", starts_on=FIRST, ends_on=LAST)
    theirs = save_cycle(actor=stranger, name="x", starts_on=FIRST, ends_on=LAST)
    with pytest.raises(Refused):
        assign(actor=lead, workshop=held(lead, Subject.OTHER), cycle=theirs)
    with pytest.raises(Refused):
        save_cycle(actor=lead, name="y", starts_on=FIRST, ends_on=LAST, cycle=theirs)


@pytest.mark.parametrize("rows", [1, 20])
def test_pages_open_assign_and_cost_the_same(
    rows: int, lead: Actor, client_for: Browser, django_assert_max_num_queries: Any
) -> None:
    browser, slug = client_for(lead), lead.space.slug
    post = {"name": "Hiver", "starts_on": "2026-01-01", "ends_on": "2026-06-30"}
    assert browser.post(reverse("cycle_new", args=(slug,)), post | {"ends_on": "2025-01-01"}).status_code == 422
    assert browser.post(reverse("cycle_new", args=(slug,)), post).status_code == 302
    cycle = Cycle.objects.get()
    for _ in range(rows):
        workshop = held(lead, Subject.RESIDENTS, 1)
        browser.post(reverse("cycle_assign", args=(slug, cycle.code)), {"workshop": workshop.code})
    assert cycle.workshops.count() == rows
    for address in (reverse("cycles", args=(slug,)), reverse("cycle", args=(slug, cycle.code))):
        with django_assert_max_num_queries(12):
            assert browser.get(address).status_code == 200
