"""The second factor: asked of those who hold personal data, after a grace, and never in the way of a referent."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone
from doorkeeping import mailed_code, said, shown_now, with_application

from comptoir.accounts import factors
from comptoir.accounts.actions import give_instance_role, own
from comptoir.accounts.enums import SECURED, InstanceRoleKind, Role
from comptoir.accounts.models import Actor, InstanceRole, Membership, Person, Session, Totp
from comptoir.audit.models import Entry
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "lead@exemple.fr", "un-mot-de-passe-long"


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def sign_in(browser: LintingClient, **more: str) -> Any:
    return browser.post("/connexion/", {"username": ADDRESS, "password": PASSWORD, **more})


def long_ago() -> None:
    before = timezone.now() - factors.GRACE - timedelta(minutes=1)
    Membership.objects.update(role_since=before)
    InstanceRole.objects.update(since=before)


@pytest.mark.parametrize("setting", ["required", "offered", "off"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("shown", [False, True])
def test_role_by_role_and_state_by_state(
    member: Any, client_for: Any, settings: LazySettings, setting: str, late: bool, shown: bool
) -> None:
    """Who is led to the page that adds a second factor, before the grace is over and after, having shown one or not."""
    settings.SECOND_FACTOR = setting
    browsers = {role: client_for(member(role)) for role in Role}
    if late:
        long_ago()
    held = set()
    for role, browser in browsers.items():
        session = browser.session
        session[factors.SHOWN] = shown
        session.save()
        answer = browser.get("/val-clair/")
        if answer.status_code == 302:
            assert answer.headers["Location"] == "/compte/second-facteur/"
            held.add(role)
        else:
            assert answer.status_code == 200
        needs = factors.needs_second_factor(person_of(member(role)))
        assert needs == (setting == "required" and role in SECURED)
    assert held == (SECURED if setting == "required" and late and not shown else set())


def test_a_form_sent_without_it_is_refused_and_shown_back(lead: Actor, client_for: Any) -> None:
    long_ago()
    browser = client_for(lead)
    answer = browser.post("/val-clair/reglages/", {"name": "Un autre nom", "colour": "#000000", "footer": ""})
    assert answer.status_code == 403
    assert "Un autre nom" in said(answer)
    assert browser.get("/val-clair/", headers={"HX-Request": "true"}).status_code == 403


def test_the_host_is_asked_too_and_a_resource_centre_is_not(stranger: Actor, client_for: Any) -> None:
    person = Person.objects.create_user(email="hote@exemple.fr", name="Hôte")
    for kind, led in ((InstanceRoleKind.HOST, True), (InstanceRoleKind.RESOURCE_CENTRE, False)):
        give_instance_role(person=person, kind=kind)
        InstanceRole.objects.exclude(kind=kind).delete()
        long_ago()
        browser = LintingClient()
        browser.force_login(person)
        path = "/instance/" if led else "/instance/espaces-suivis/"
        assert (browser.get(path).status_code == 302) == led


def test_who_has_one_shows_it_after_the_password(lead: Actor, client: LintingClient) -> None:
    secret = with_application(person_of(lead))
    assert sign_in(client, next="/val-clair/journal/").headers["Location"] == "/connexion/second-facteur/"
    assert client.get("/val-clair/").status_code == 302, "the first factor opens nothing"
    answer = client.post("/connexion/second-facteur/", {"code": shown_now(secret)})
    assert answer.headers["Location"] == "/val-clair/journal/"
    long_ago()
    assert client.get("/val-clair/").status_code == 200


def test_who_has_one_shows_it_after_an_e_mailed_code(lead: Actor, client: LintingClient) -> None:
    secret = with_application(person_of(lead))
    client.post("/connexion/code/", {"email": ADDRESS})
    answer = client.post("/connexion/code/saisir/", {"code": mailed_code(ADDRESS)})
    assert answer.headers["Location"] == "/connexion/second-facteur/"
    assert client.post("/connexion/second-facteur/", {"code": shown_now(secret)}).headers["Location"] == "/"


def test_a_code_that_somebody_saw_does_not_open_again(lead: Actor, client: LintingClient) -> None:
    secret = with_application(person_of(lead))
    code = shown_now(secret)
    sign_in(client)
    client.post("/connexion/second-facteur/", {"code": code})
    thief = LintingClient()
    sign_in(thief)
    assert thief.post("/connexion/second-facteur/", {"code": code}).status_code == 422


def test_a_recovery_code_opens_once(lead: Actor, client: LintingClient) -> None:
    with_application(person_of(lead))
    codes = own.new_recovery_codes(person=person_of(lead))
    assert len(set(codes)) == own.RECOVERY_CODES
    for status in (302, 422):
        browser = LintingClient()
        sign_in(browser)
        assert browser.post("/connexion/second-facteur/", {"code": codes[0].upper()}).status_code == status
    assert Entry.objects.filter(action="accounts.use_recovery_code").count() == 1
    fresh = own.new_recovery_codes(person=person_of(lead))
    sign_in(client)
    assert client.post("/connexion/second-facteur/", {"code": codes[1]}).status_code == 422
    assert client.post("/connexion/second-facteur/", {"code": fresh[1]}).status_code == 302


def test_the_second_door_closes_after_ten_minutes_and_after_ten_tries(lead: Actor, client: LintingClient) -> None:
    secret = with_application(person_of(lead))
    assert client.get("/connexion/second-facteur/").headers["Location"] == "/connexion/"
    sign_in(client)
    for _ in range(10):
        assert client.post("/connexion/second-facteur/", {"code": "abcdef"}).status_code == 422
    answer = client.post("/connexion/second-facteur/", {"code": shown_now(secret)})
    assert (answer.status_code, "Trop d'essais" in said(answer)) == (429, True)
    session = client.session
    session["pending"] = session["pending"] | {"at": session["pending"]["at"] - 601}
    session.save()
    assert client.get("/connexion/second-facteur/").headers["Location"] == "/connexion/"


def test_an_application_is_added_by_its_first_code_and_comes_with_recovery_codes(lead: Actor) -> None:
    browser, elsewhere = LintingClient(), LintingClient()
    sign_in(elsewhere)
    sign_in(browser)
    assert browser.get("/compte/second-facteur/application/").headers["Location"] == "/compte/second-facteur/"
    assert browser.post("/compte/second-facteur/application/", {"begin": "1"}).status_code == 302
    page = browser.get("/compte/second-facteur/application/").content.decode()
    assert "data:image/svg+xml" in page
    secret = browser.session["totp"]
    assert browser.post("/compte/second-facteur/application/", {"code": "000000x"}).status_code == 422
    assert not Totp.objects.exists()
    answer = browser.post("/compte/second-facteur/application/", {"code": shown_now(secret)})
    assert "Vos codes de secours" in said(answer)
    assert person_of(lead).recovery_codes.count() == own.RECOVERY_CODES
    assert "Vos codes de secours" not in said(browser.get("/compte/second-facteur/")), "never shown again"
    assert elsewhere.get("/val-clair/").status_code == 302, "sessions opened without it are closed"
    long_ago()
    assert browser.get("/val-clair/").status_code == 200
    browser.post("/compte/second-facteur/application/retirer/")
    assert (Totp.objects.count(), person_of(lead).recovery_codes.count()) == (0, 0)
    assert browser.post("/compte/second-facteur/secours/").status_code == 422


def test_the_account_is_touched_only_by_someone_who_has_just_proved_who_they_are(lead: Actor) -> None:
    browser = LintingClient()
    sign_in(browser)
    session = browser.session
    session["signed_in_at"] -= 1801
    session.save()
    for path in ("/compte/mot-de-passe/", "/compte/fermer/"):
        assert browser.get(path).headers["Location"].startswith("/compte/confirmer/?next=")
    assert browser.post("/compte/second-facteur/application/", {"begin": "1"}).status_code == 302
    assert "totp" not in browser.session
    assert browser.post("/compte/confirmer/", {"password": "un autre mot"}).status_code == 422
    answer = browser.post("/compte/confirmer/", {"password": PASSWORD, "next": "/compte/mot-de-passe/"})
    assert answer.headers["Location"] == "/compte/mot-de-passe/"
    assert browser.get("/compte/mot-de-passe/").status_code == 200


def test_who_has_no_password_proves_it_by_a_code(reader: Actor, client_for: Any) -> None:
    browser = client_for(reader)
    assert browser.get("/compte/mot-de-passe/").headers["Location"].startswith("/compte/confirmer/")
    browser.post("/compte/confirmer/", {"send": "1", "next": "/compte/mot-de-passe/"})
    answer = browser.post(
        "/compte/confirmer/", {"code": mailed_code("reader@exemple.fr"), "next": "/compte/mot-de-passe/"}
    )
    assert answer.headers["Location"] == "/compte/mot-de-passe/"
    assert browser.post("/compte/mot-de-passe/", {"password": "court"}).status_code == 422
    assert browser.post("/compte/mot-de-passe/", {"password": "une phrase que je retiens"}).status_code == 302
    assert person_of(reader).check_password("une phrase que je retiens")
    assert browser.get("/val-clair/").status_code == 200


def test_where_it_is_switched_off_its_pages_do_not_exist(lead: Actor, client_for: Any, settings: LazySettings) -> None:
    settings.SECOND_FACTOR = "off"
    with_application(person_of(lead))
    assert client_for(lead).get("/compte/second-facteur/").status_code == 404
    assert sign_in(LintingClient()).headers["Location"] == "/"


def test_lost_factors_are_taken_off_by_the_command(lead: Actor) -> None:
    browser = LintingClient()
    sign_in(browser)
    with_application(person_of(lead))
    own.reset_second_factor(person=person_of(lead))
    assert not Totp.objects.exists()
    assert not Session.objects.filter(person=lead.person_id).exists()
    assert sign_in(LintingClient()).headers["Location"] == "/"
