"""The people of a space, as the project lead sees and changes them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from doorkeeping import said, with_application

from comptoir.accounts import factors
from comptoir.accounts.actions import give_role, invite
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person

pytestmark = pytest.mark.django_db
PEOPLE = "/val-clair/personnes/"
FORM = {"role": "reader", "organisation": "Régie de quartier", "unit": "", "until": ""}


def page_of(reader: Actor) -> str:
    return f"{PEOPLE}{Membership.objects.get(person=reader.person_id).code}/"


def test_the_page_asks_as_few_questions_for_twenty_people_as_for_one(lead: Actor, client_for: Any) -> None:
    browser, counts = client_for(lead), []
    for number in (1, 20):
        for n in range(number):
            person = Person.objects.create_user(email=f"p{number}-{n}@exemple.fr", name=f"P {n}")
            give_role(actor=lead, person=person, role=Role.READER)
            invite(actor=lead, email=f"i{number}-{n}@exemple.fr", role=Role.READER)
        with CaptureQueriesContext(
            connection,
        ) as found:
            browser.get(PEOPLE)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12


def test_the_people_are_found_by_name_role_organisation_and_access(
    lead: Actor, reader: Actor, member: Any, client_for: Any
) -> None:
    person = Person.objects.create_user(email="eloi@exemple.fr", name="Éloïse Pradal")
    ended = give_role(
        actor=lead, person=person, role=Role.FACILITATOR, until=timezone.localdate() - timedelta(days=1)
    )  # fmt: skip
    browser = client_for(lead)
    organisation = Membership.objects.get(person=reader.person_id).organisation
    assert organisation is not None
    for query in ("q=eloise+pradal", "q=ELOI@exemple", "role=facilitator", "acces=fini"):
        shown = said(browser.get(f"{PEOPLE}?{query}"))
        assert "Éloïse Pradal" in shown, query
        assert reader.name not in shown.split("Filtrer")[-1], query
    assert ended.person.name not in said(browser.get(f"{PEOPLE}?organisme={organisation.pk}"))
    file = b"".join(browser.get(f"{PEOPLE}?format=csv&role=facilitator").streaming_content).decode()
    assert "Éloïse Pradal" in file
    assert "eloi@exemple.fr" in file


def test_the_page_shows_fifty_people_and_five_invitations(lead: Actor, client_for: Any) -> None:
    for n in range(60):
        person = Person.objects.create_user(email=f"p{n}@exemple.fr", name=f"P {n}")
        Membership.objects.create(space=lead.space, person=person, role=Role.READER)
    for n in range(7):
        invite(actor=lead, email=f"i{n}@exemple.fr", role=Role.READER)
    browser = client_for(lead)
    page = browser.get(PEOPLE).content.decode()
    assert page.count('scope="row"') == 50
    assert page.count(">Renvoyer<") == 5
    assert "Toutes les invitations sans réponse" in page
    assert browser.get(f"{PEOPLE}invitations/").content.decode().count('scope="row"') == 7
    one = invite(actor=lead, email="derniere@exemple.fr", role=Role.READER)
    assert "derniere@exemple.fr" in said(browser.get(f"{PEOPLE}invitations/{one.code}/"))
    browser.post(f"{PEOPLE}invitations/{one.code}/annuler/")
    assert browser.get(f"{PEOPLE}invitations/{one.code}/").status_code == 404


def test_a_member_changes_role_and_organisation(lead: Actor, reader: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    page = browser.get(page_of(reader)).content.decode()
    assert 'value="Régie de quartier"' in page
    changed = FORM | {"role": "evaluator", "organisation": "Bureau d'étude", "unit": "Pôle ville"}
    assert browser.post(page_of(reader), changed).headers["Location"] == PEOPLE
    found = Membership.objects.get(person=reader.person_id)
    assert (found.role, str(found.organisation), str(found.unit)) == ("evaluator", "Bureau d'étude", "Pôle ville")
    browser.post(page_of(reader), changed | {"unit": "pole VILLE"})
    assert Membership.objects.get(person=reader.person_id).unit == found.unit, "the same unit, however it is typed"


def test_an_access_ends_on_its_day_and_may_begin_again(lead: Actor, reader: Actor, client_for: Any) -> None:
    browser, theirs = client_for(lead), client_for(reader)
    yesterday = timezone.localdate() - timedelta(days=1)
    browser.post(page_of(reader), FORM | {"until": yesterday.isoformat()})
    assert theirs.get("/val-clair/").status_code == 404
    assert "Jusqu'au" in said(browser.get(PEOPLE))
    browser.post(page_of(reader), FORM)
    assert theirs.get("/val-clair/").status_code == 200


@pytest.mark.parametrize(("wrong", "field"), [({"role": "reader"}, "role"), ({"until": "2030-01-01"}, "until")])
def test_the_lead_cannot_leave_the_space_without_a_lead(
    lead: Actor, client_for: Any, wrong: dict[str, str], field: str
) -> None:
    answer = client_for(lead).post(page_of(lead), FORM | {"role": "project_lead"} | wrong)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Membership.objects.get(person=lead.person_id).role == Role.PROJECT_LEAD


def test_the_lead_sees_who_still_lacks_a_second_factor(lead: Actor, member: Any, client_for: Any) -> None:
    member("evaluator"), member("reader"), member("facilitator")
    with_application(Person.objects.get(pk=lead.person_id))
    late = timezone.now() - factors.GRACE - timedelta(days=1)
    Membership.objects.filter(role=Role.EVALUATOR).update(role_since=late)
    browser = client_for(lead)
    session = browser.session
    session[factors.SHOWN] = True
    session.save()
    shown = said(browser.get(PEOPLE))
    assert shown.count("Second facteur actif") == 1
    assert shown.count("Second facteur en retard") == 1
    assert shown.count("Second facteur avant le") == 1


def test_names_that_look_like_code_are_only_names(lead: Actor, client_for: Any) -> None:
    odd = "D'Éon <b>\"& O'Brien"
    give_role(actor=lead, person=Person.objects.create_user(email="odd@exemple.fr", name=odd), role=Role.READER)
    assert odd in said(client_for(lead).get(PEOPLE))
