"""The journal says on what each thing was done, without keeping anybody's words itself."""

from typing import Any

import pytest

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.workshops.actions import add_comptoir, open_workshop

pytestmark = pytest.mark.django_db


def test_names_and_leads_to_the_line_or_the_comptoir(lead: Actor, client_for: Any) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir de l'Orée")
    comptoir = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS)
    line = voices.add_note(actor=lead, heading=comptoir.occasion.headings.all()[0], words="Un banc au soleil")
    page = client_for(lead).get("/val-clair/journal/").content.decode()
    assert f'<a href="/val-clair/comptoirs/{workshop.code}/lignes/{line.code}/">Un banc au soleil</a>' in page
    assert "Comptoir de l&#x27;Orée" in page
    voices.withdraw(actor=lead, line=line)
    page = client_for(lead).get("/val-clair/journal/").content.decode()
    assert "Un banc au soleil" not in page
    assert "Retrait" in page


def test_costs_as_many_questions_for_many_entries_as_for_one(
    lead: Actor, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir")
    comptoir = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS)
    heading = comptoir.occasion.headings.all()[0]
    for rank in range(30):
        voices.add_note(actor=lead, heading=heading, words=f"Note {rank}")
    browser = client_for(lead)
    with django_assert_max_num_queries(10):  # two of them: what one may filter by
        browser.get("/val-clair/journal/")
