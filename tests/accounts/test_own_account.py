"""« Mon compte »: one's name, password, sessions, and leaving."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session as DjangoSession
from doorkeeping import said

from comptoir.accounts import actions
from comptoir.accounts.actions import own
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person, Session
from comptoir.accounts.sessions import device
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "lead@exemple.fr", "un-mot-de-passe-long"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def entered(**headers: str) -> LintingClient:
    browser = LintingClient(headers=headers or {"User-Agent": FIREFOX})
    assert browser.post("/connexion/", {"username": ADDRESS, "password": PASSWORD}).status_code == 302
    return browser


def test_the_page_says_who_one_is_and_where_one_goes(lead: Actor) -> None:
    shown = said(entered().get("/compte/"))
    assert all(part in shown for part in (ADDRESS, "Val-Clair", "Conduite du projet", "Firefox sur Linux", "Celle-ci"))


def test_a_name_is_changed_and_an_empty_one_is_not(lead: Actor) -> None:
    browser = entered()
    assert browser.post("/compte/", {"name": "Ama L'Estrade"}).status_code == 302
    assert browser.post("/compte/", {"name": " "}).status_code == 422
    assert Person.objects.get(pk=lead.person_id).name == "Ama L'Estrade"


def test_a_session_is_seen_and_closed_from_another(lead: Actor) -> None:
    here, there = entered(), entered()
    assert Session.objects.filter(person=lead.person_id).count() == 2
    page = here.get("/compte/").content.decode()
    assert there.session.session_key not in page, "its key would open it"
    (address,) = {part for part in page.split('"') if part.endswith("/fermer/") and "autres" not in part} - {
        "/compte/fermer/"
    }
    here.post(address)
    assert there.get("/val-clair/").status_code == 302
    assert here.get("/val-clair/").status_code == 200
    entered(), entered()
    here.post("/compte/sessions/autres/fermer/")
    assert Session.objects.filter(person=lead.person_id).count() == 1


def test_nobody_closes_the_session_of_somebody_else(lead: Actor, stranger: Actor, client_for: Any) -> None:
    mine = entered()
    for_them = client_for(stranger)
    for_them.get("/compte/")
    for_them.post("/compte/sessions/autres/fermer/")
    assert mine.get("/val-clair/").status_code == 200


def test_a_new_password_closes_the_other_sessions(lead: Actor) -> None:
    here, there = entered(), entered()
    assert here.post("/compte/mot-de-passe/", {"password": "une phrase bien plus longue"}).status_code == 302
    assert (here.get("/val-clair/").status_code, there.get("/val-clair/").status_code) == (200, 302)
    assert Entry.objects.filter(action="accounts.set_password").count() == 1


def test_activity_is_noted_when_something_is_done_not_when_it_is_read(lead: Actor) -> None:
    browser = entered()
    session = browser.session
    session["seen"] = 0
    session.save()
    Session.objects.update(seen_at="2026-01-01T00:00:00Z")
    raw = browser.session
    raw._session["seen"] = 0
    assert browser.get("/compte/").status_code == 200
    assert Session.objects.get().seen_at.year == 2026
    assert Session.objects.get().seen_at.month == 1


def test_a_closed_account_names_nobody_any_more_and_what_it_did_stays(lead: Actor, client_for: Any) -> None:
    other = Person.objects.create_user(email="autre@exemple.fr", name="Nour")
    actions.give_role(actor=lead, person=other, role=Role.PROJECT_LEAD)
    before = Entry.objects.filter(actor_id=lead.person_id).count()
    browser = entered()
    assert "effacés" in said(browser.get("/compte/fermer/"))
    assert browser.post("/compte/fermer/").headers["Location"] == "/connexion/"
    person = Person.objects.get(pk=lead.person_id)
    assert (person.name, person.is_active, ADDRESS in person.email) == ("Compte fermé", False, False)
    assert not Membership.objects.filter(person=person).exists()
    assert not Session.objects.filter(person=person).exists()
    assert Entry.objects.filter(actor_id=lead.person_id).count() == before + 1
    assert browser.post("/connexion/", {"username": ADDRESS, "password": PASSWORD}).status_code == 200
    Person.objects.create_user(email=ADDRESS, name="Ama, de retour")


def test_an_account_that_alone_leads_a_space_stays(lead: Actor, facilitator: Actor) -> None:
    with pytest.raises(Conflict, match="« Val-Clair »"):
        own.close_account(person=Person.objects.get(pk=lead.person_id))
    answer = entered().post("/compte/fermer/")
    assert answer.status_code == 409
    assert Person.objects.get(pk=lead.person_id).is_active


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox sur Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge sur Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari sur iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome sur Android"),
        ("", "Un navigateur"),
    ],
)
def test_a_device_is_named_as_people_know_it(agent: str, name: str) -> None:
    assert device(agent) == name


def test_sessions_are_ours_alone(lead: Actor) -> None:
    entered()
    assert not DjangoSession.objects.exists()
