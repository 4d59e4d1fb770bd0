"""On « Se ressemblent ? » the last gathering can be taken back where it was made."""

from typing import Any

import pytest

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Statement
from comptoir.workshops.actions import add_comptoir, open_workshop

pytestmark = pytest.mark.django_db


def test_takes_back_the_last_gathering_and_proposes_the_pair_again(lead: Actor, client_for: Any) -> None:
    workshop = open_workshop(actor=lead, title="Comptoir")
    comptoir = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS)
    heading = comptoir.occasion.headings.all()[0]
    one, other = (voices.add_note(actor=lead, heading=heading, words=w) for w in ("Un banc au parc", "un banc au parc"))
    voices.refresh_resemblances(heading)
    page, browser = f"/val-clair/comptoirs/{workshop.code}/ressemblances/", client_for(lead)
    assert "1\xa0paire à regarder" in browser.get(page).content.decode()
    browser.post(f"{page}decider/", {"first": one.pk, "second": other.pk, "decision": "together"})
    shown = browser.get(page)
    assert "Annuler le dernier rapprochement" in shown.content.decode()
    browser.post(f"{page}decider/", {"change": shown.context["last"].pk, "decision": "undo"})
    assert Statement.objects.roots().filter(heading=heading).count() == 2
    again = browser.get(page).content.decode()
    assert "1\xa0paire à regarder" in again
    assert "Annuler le dernier rapprochement" not in again
