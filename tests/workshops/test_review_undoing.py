"""Undoing an import asks first, leaves nothing empty behind, moves no frozen version; the list has one order."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from workshop_samples import NOTES, lines_of

from comptoir.accounts.models import Actor
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading, Statement
from comptoir.workshops.actions import add_comptoir, open_workshop, validate, void_import
from comptoir.workshops.board import tabs_of
from comptoir.workshops.models import Import, SynthesisVersion, Workshop
from comptoir.workshops.sheets import Sheet, draft, frozen, totals

Bring = Callable[..., Import]
MORE = (
    "Sujet;Colonne;Note\nHabitants;Essai à transformer;Un tour à pied\nHabitants;Une autre fois;Merci\nÉlus;Essai;Oui\n"
)


def columns(sheets: list[Sheet]) -> list[tuple[str, list[str]]]:
    return [(sheet.occasion.title, [column.heading.label for column in sheet.columns]) for sheet in sheets]


@pytest.fixture
def workshop(lead: Actor) -> Workshop:
    found = open_workshop(actor=lead, title="Soirée")
    comptoir = add_comptoir(actor=lead, workshop=found, title="Les habitants", subject=Subject.RESIDENTS)
    voices.add_note(actor=lead, heading=comptoir.occasion.headings.all()[0], words="Ils sont là")
    return found


def test_what_an_undone_import_had_opened_is_no_longer_shown(lead: Actor, bring: Bring, workshop: Workshop) -> None:
    before = columns(draft(workshop))
    source = bring(lead, MORE, name="n.csv", workshop=workshop)
    assert columns(draft(workshop)) != before
    void_import(actor=lead, source=source)
    assert columns(draft(workshop)) == before
    assert columns(frozen(validate(actor=lead, workshop=workshop))) == before
    assert [entry.occasion.title for entry in totals(workshop)] == ["Les habitants"]
    assert [occasion.title for occasion, _ in tabs_of(workshop)] == ["Les habitants"]


def test_a_line_kept_keeps_its_column_and_one_that_comes_back_too(
    lead: Actor, bring: Bring, workshop: Workshop
) -> None:
    source = bring(lead, MORE, name="n.csv", workshop=workshop)
    line = Statement.objects.get(verbatim__words="Merci")
    voices.tally(actor=lead, line=line)
    moved = voices.move(actor=lead, line=line, heading=Heading.objects.get(label="Pièges à éviter"))
    assert moved is not None
    void_import(actor=lead, source=source)
    assert "Une autre fois" not in columns(draft(workshop))[0][1]
    voices.undo(actor=lead, change=moved)
    assert "Une autre fois" in columns(draft(workshop))[0][1]
    assert ("Les habitants", "Une autre fois", "Merci", 2) in lines_of(workshop)


def test_an_import_after_an_undone_one_opens_its_own_columns(lead: Actor, bring: Bring, workshop: Workshop) -> None:
    void_import(actor=lead, source=bring(lead, MORE, name="n.csv", workshop=workshop))
    bring(lead, MORE, name="n.csv", workshop=workshop)
    assert {row[:3] for row in lines_of(workshop)} >= {
        ("Les habitants", "Une autre fois", "Merci"), ("Élus", "Essai", "Oui"),
    }  # fmt: skip
    assert [title for title, _ in columns(draft(workshop))] == ["Les habitants", "Élus"]
    assert columns(draft(workshop))[0][1].count("Une autre fois") == 1


def test_a_frozen_version_keeps_the_columns_that_it_had(lead: Actor, bring: Bring, workshop: Workshop) -> None:
    source = bring(lead, MORE, name="n.csv", workshop=workshop)
    line = Statement.objects.get(verbatim__words="Merci")
    voices.move(actor=lead, line=line, heading=Heading.objects.get(label="Pièges à éviter"))
    version = validate(actor=lead, workshop=workshop)
    then = columns(frozen(version))
    assert "Une autre fois" in then[0][1]
    void_import(actor=lead, source=source)
    assert columns(frozen(SynthesisVersion.objects.get(pk=version.pk))) == then


def test_undoing_asks_first_and_leads_back_to_the_comptoir(
    lead: Actor, bring: Bring, workshop: Workshop, client_for: Callable[[Actor], Any]
) -> None:
    source = bring(lead, MORE, name="suite.csv", workshop=workshop)
    voices.tally(actor=lead, line=Statement.objects.get(verbatim__words="Merci"))
    browser = client_for(lead)
    here = f"/val-clair/comptoirs/{workshop.code}/"
    address = f"/val-clair/comptoirs/importer/{source.code}/annuler/"
    assert address in browser.get(here).content.decode()
    asked = browser.get(address).content.decode()
    for words in ("suite.csv", "2\xa0lignes", "1\xa0ligne", "Merci", here):
        assert words in asked
    assert Statement.objects.live().count() == 4
    done = browser.post(address, follow=True).content.decode()
    assert Statement.objects.live().count() == 2
    assert here in done
    assert "Merci" in done
    assert browser.get(address, follow=True).status_code == 200  # asked again: nothing left to ask


def test_undoing_the_import_that_opened_a_comptoir_says_that_it_is_gone(
    lead: Actor, bring: Bring, client_for: Callable[[Actor], Any]
) -> None:
    source = bring(lead, NOTES)
    assert source.workshop is not None
    done = client_for(lead).post(f"/val-clair/comptoirs/importer/{source.code}/annuler/").content.decode()
    assert f"/val-clair/comptoirs/{source.workshop.code}/" not in done
    assert "retiré" in done


def test_comptoirs_come_by_day_and_those_without_one_by_the_day_they_were_opened(
    lead: Actor, client_for: Callable[[Actor], Any]
) -> None:
    days = {"Ancien": date(2024, 5, 2), "Sans date": None, "À venir": date(2026, 9, 1), "Même jour": date(2024, 5, 2)}
    for title, day in days.items():
        found = open_workshop(actor=lead, title=title, held_on=day)
        opened = datetime(2025, 6, 1, 12, tzinfo=UTC)
        Workshop.objects.filter(pk=found.pk).update(created_at=opened)
    wanted = ["À venir", "Sans date", "Même jour", "Ancien"]
    assert [w.title for w in Workshop.objects.recent_first()] == wanted
    for address in ("/val-clair/comptoirs/", "/val-clair/"):
        page = client_for(lead).get(address).content.decode()
        assert sorted(wanted, key=page.index) == wanted
