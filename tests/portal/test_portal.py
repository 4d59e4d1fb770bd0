"""The doors: home, the first page of a space, the journal, what is not found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from comptoir.accounts.actions import give_role, open_space
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Person
from comptoir.audit.models import Entry
from comptoir.voices import actions as voices
from comptoir.voices.enums import Subject
from comptoir.voices.models import Heading
from comptoir.workshops.actions import add_comptoir, open_workshop, publish, validate
from comptoir.workshops.models import Workshop

Browser = Callable[[Actor], Any]


def workshop_with(actor: Actor, title: str, *words: str) -> Workshop:
    workshop = open_workshop(actor=actor, title=title)
    occasion = add_comptoir(actor=actor, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    for said in words:
        voices.add_note(actor=actor, heading=Heading.objects.filter(occasion=occasion)[0], words=said)
    return workshop


def titles(page: Any) -> str:
    return " ".join(html.document_fromstring(page.content.decode()).text_content().split())


def test_home_is_the_only_space_of_someone_and_the_list_of_those_who_have_several(
    lead: Actor, stranger: Actor, client_for: Browser
) -> None:
    assert client_for(lead).get("/").headers["Location"] == "/val-clair/"
    give_role(actor=stranger, person=Person.objects.get(pk=lead.person_id), role=Role.READER)
    page = client_for(lead).get("/")
    assert page.status_code == 200
    assert "Val-Clair" in titles(page)
    assert "Autre-Rive" in titles(page)


def test_someone_without_a_space_is_told_whom_to_ask(db: None, client: Any) -> None:
    client.force_login(Person.objects.create_user(email="seule@exemple.fr", name="Noa"))
    assert "Demandez à la personne qui conduit le projet" in titles(client.get("/"))


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_shows_what_each_role_may_open(
    role: Role, lead: Actor, member: Callable[[str], Actor], client_for: Browser
) -> None:
    published = workshop_with(lead, "Soirée publiée", "Un banc")
    publish(actor=lead, version=validate(actor=lead, workshop=published))
    workshop_with(lead, "Soirée en cours", "Un secret de travail")
    page = titles(client_for(member(role)).get("/val-clair/"))
    assert "Soirée publiée" in page
    hears = role in {Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR}
    assert ("Soirée en cours" in page) is hears
    assert "Un secret de travail" not in page


def test_the_first_page_never_shows_another_space(lead: Actor, stranger: Actor, client_for: Browser) -> None:
    workshop = workshop_with(stranger, "Chez les voisins", "Un banc")
    publish(actor=stranger, version=validate(actor=stranger, workshop=workshop))
    assert "Chez les voisins" not in titles(client_for(lead).get("/val-clair/"))
    assert client_for(lead).get("/autre-rive/").status_code == 404


def test_the_journal_says_who_did_what_and_keeps_nothing_of_what_was_said(
    lead: Actor, evaluator: Actor, reader: Actor, client_for: Browser
) -> None:
    workshop_with(lead, "Soirée", "Des mots qui ne sont que là")
    page = titles(client_for(evaluator).get("/val-clair/journal/"))
    assert "Ama Lestrade" in page
    assert "Ajout" in page
    assert "Des mots qui ne sont que là" in page  # read with the line, by those who hear it: see portal/journal.py
    assert not Entry.objects.filter(details__icontains="ne sont que là").exists()
    assert client_for(reader).get("/val-clair/journal/").status_code == 403


def test_the_journal_has_pages_of_one_cost(lead: Actor, client_for: Browser) -> None:
    browser = client_for(lead)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get("/val-clair/journal/").status_code == 200
        return len(caught)

    before = cost()
    workshop_with(lead, "Soirée", *(f"Parole {n}" for n in range(120)))
    assert cost() == before <= 12
    rows = html.document_fromstring(browser.get("/val-clair/journal/?page=3").content.decode()).xpath("//tbody/tr")
    assert 0 < len(rows) < 50
    for page in ("0", "-2", "mille", "9" * 5_000):
        assert browser.get("/val-clair/journal/", {"page": page}).status_code == 200


def test_an_entry_of_another_space_is_not_in_the_journal(lead: Actor, client_for: Browser) -> None:
    person = Person.objects.create_user(email="elle@exemple.fr", name="Yaël Montbrun")
    workshop_with(open_space(slug="rive-sud", name="Rive-Sud", lead=person), "Là-bas", "Un banc")
    assert "Yaël Montbrun" not in titles(client_for(lead).get("/val-clair/journal/"))


def test_what_is_not_found_is_one_sentence(lead: Actor, client_for: Browser) -> None:
    for url in ("/nulle-part/", "/val-clair/comptoirs/zzzzzzzzzz/", "/val-clair/rien/du/tout/"):
        page = client_for(lead).get(url)
        assert page.status_code == 404
        assert "pas dans un espace dont vous êtes membre" in titles(page)


def test_the_journal_is_narrowed_by_action_organisation_and_day_and_taken_away(
    lead: Actor, member: Callable[[str], Actor], client_for: Browser
) -> None:
    workshop = workshop_with(lead, "Soirée", "Un banc")
    give_role(actor=lead, person=Person.objects.create_user(email="o@exemple.fr", name="Oriane"), role=Role.READER)
    heading = Heading.objects.filter(occasion__comptoir__workshop=workshop)[0]
    voices.add_note(actor=member("facilitator"), heading=heading, words="=2+2")
    browser = client_for(lead)

    def rows(query: str) -> list[str]:
        page = html.document_fromstring(browser.get(f"/val-clair/journal/?{query}").content.decode())
        return [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]

    assert len(rows("action=voices.add")) == 2
    assert len(rows("action=voices.add&organisation=Agglomération")) == 1
    assert len(rows("organisation=Régie+de+quartier")) == 1
    assert rows("jour_au=2001-01-01") == []
    assert rows("tri=quoi") == rows("tri=-quoi")[::-1]
    answer = browser.get("/val-clair/journal/?organisation=Régie+de+quartier&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Quand;Quoi;Sur quoi;Qui;Organisme"
    assert lines[1].split(";")[1:] == ["Ajout", "'=2+2", "Camille facilitator", "Régie de quartier"]
    assert client_for(member("reader")).get("/val-clair/journal/?format=csv").status_code == 403


def test_a_filter_changed_by_htmx_is_the_page_reloaded(lead: Actor, client_for: Browser) -> None:
    workshop_with(lead, "Soirée", "Un banc")
    url, browser = "/val-clair/journal/?action=voices.add&jour_du=&tri=-quand", client_for(lead)
    part = browser.get(url, headers={"HX-Request": "true"})
    assert part.headers["HX-Replace-Url"] == "/val-clair/journal/?action=voices.add"
    assert "HX-Request" in part.headers["Vary"]
    again = browser.get(part.headers["HX-Replace-Url"]).content.decode()
    whole = html.document_fromstring(again).get_element_by_id("journal")
    assert titles(part) == " ".join(whole.text_content().split())
    back = browser.get(url, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<!doctype" in back.content
