"""The door: signing in and out, where it leads, and what it never tells."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from lxml import html

from comptoir.accounts import demo_accounts
from comptoir.accounts.actions import give_role, open_space
from comptoir.accounts.models import Actor, Person
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "lead@exemple.fr", "un-mot-de-passe-long"
WRONG = "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux."


def sign_in(browser: LintingClient, email: str = ADDRESS, password: str = PASSWORD, **more: str) -> Any:
    return browser.post("/connexion/", {"username": email, "password": password, **more})


def said(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


@pytest.mark.parametrize("email", [ADDRESS, "Lead@Exemple.FR", "  LEAD@EXEMPLE.FR "])
def test_the_address_is_known_whatever_its_case(lead: Actor, client: LintingClient, email: str) -> None:
    assert sign_in(client, email).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/val-clair/"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ADDRESS, "un-autre-mot-de-passe"),
        (ADDRESS, PASSWORD.upper()),
        (ADDRESS, PASSWORD + " "),
        ("personne@exemple.fr", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_pair_is_refused_without_saying_which_is_wrong(
    lead: Actor, client: LintingClient, email: str, password: str
) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_code == 200
    assert WRONG in said(answer)
    assert client.get("/val-clair/").status_code == 302


def test_a_closed_account_does_not_open(lead: Actor, client: LintingClient, client_for: Callable[[Actor], Any]) -> None:
    signed_in = client_for(lead)
    assert signed_in.get("/val-clair/").status_code == 200
    Person.objects.filter(pk=lead.person_id).update(is_active=False)
    assert sign_in(client).status_code == 200
    assert client.get("/val-clair/").status_code == 302
    assert signed_in.get("/val-clair/").status_code == 302, "nor does the session that was open"


def test_an_account_without_a_password_cannot_be_entered(reader: Actor, client: LintingClient) -> None:
    for password in ("", "!", "None"):
        assert sign_in(client, "reader@exemple.fr", password).status_code == 200
    assert client.get("/val-clair/").status_code == 302


def test_one_arrives_at_the_page_that_one_asked_for(lead: Actor, client: LintingClient) -> None:
    wanted = "/val-clair/comptoirs/?page=1"
    asked = client.get(wanted)
    assert asked.headers["Location"] == "/connexion/?next=/val-clair/comptoirs/%3Fpage%3D1"
    form = html.fromstring(client.get(asked.headers["Location"]).content.decode())
    assert form.xpath("//input[@name='next']/@value") == [wanted]
    assert sign_in(client, next=wanted).headers["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    ["https://exemple.org/", "//exemple.org/", "/\\exemple.org", "javascript:alert(1)", "http:///exemple.org"],
)
def test_one_is_never_led_elsewhere(lead: Actor, client: LintingClient, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere).headers["Location"] == "/"
    client.post("/deconnexion/")
    answer = client.post(f"/connexion/?next={elsewhere}", {"username": ADDRESS, "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_the_session_changes_at_the_door_and_ends_when_one_leaves(lead: Actor, client: LintingClient) -> None:
    client.get("/connexion/")
    sign_in(client)
    first = client.cookies["sessionid"]
    assert first["httponly"]
    assert first["samesite"] == "Lax"
    stolen = first.value
    client.post("/deconnexion/")
    client.cookies["sessionid"] = stolen
    assert client.get("/val-clair/").status_code == 302


def test_someone_already_inside_is_not_asked_again(lead: Actor, client_for: Callable[[Actor], Any]) -> None:
    assert client_for(lead).get("/connexion/").headers["Location"] == "/"


def test_a_person_of_several_spaces_chooses_among_their_own(
    lead: Actor, stranger: Actor, client_for: Callable[[Actor], Any]
) -> None:
    give_role(actor=stranger, person=Person.objects.get(pk=lead.person_id), role="reader")
    open_space(slug="ailleurs", name="Ailleurs", lead=Person.objects.create_user(email="x@exemple.fr", name="X"))
    answer = client_for(lead).get("/")
    assert answer.status_code == 200
    links = html.fromstring(answer.content.decode()).xpath("//main//a/@href")
    assert links == ["/autre-rive/", "/val-clair/"]


def test_a_person_of_no_space_is_told_so(client: LintingClient) -> None:
    client.force_login(Person.objects.create_user(email="seule@exemple.fr", name="Seule"))
    answer = client.get("/")
    assert answer.status_code == 200
    assert html.fromstring(answer.content.decode()).xpath("//main//a/@href") == []


def test_a_demonstration_offers_its_accounts_and_they_open(demo: object, settings: LazySettings) -> None:
    settings.DEMO = True
    browser = LintingClient()
    page = html.fromstring(browser.get("/connexion/").content.decode())
    offered = page.xpath("//form[.//input[@name='password' and @type='hidden']]")
    assert len(offered) == 7
    fields = {field.get("name"): field.get("value") for field in offered[0].iter("input")}
    assert sign_in(browser, fields["username"], fields["password"]).headers["Location"] == "/"
    assert browser.get("/", follow=True).status_code == 200


def test_elsewhere_no_account_and_no_password_is_offered(demo: object, client: LintingClient) -> None:
    answer = client.get("/connexion/")
    assert demo_accounts.PASSWORD not in answer.content.decode()
    assert demo_accounts.DOMAIN not in answer.content.decode()
