"""Signing in by an e-mailed code: six characters, ten minutes, once, here, and nothing tells who has an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from doorkeeping import mailed, mailed_code, said

from comptoir.accounts.models import AccessCode, Actor, Person
from comptoir.spaces.models import Attempt, Mail
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ADDRESS = "reader@exemple.fr"
WRONG = "Ce code n'est pas le bon, ou il a expiré."


def ask(browser: LintingClient, email: str = ADDRESS, **more: str) -> Any:
    return browser.post("/connexion/code/", {"email": email, **more})


def give(browser: LintingClient, code: str) -> Any:
    return browser.post("/connexion/code/saisir/", {"code": code})


@pytest.mark.parametrize("typed", [lambda c: c, lambda c: c.lower(), lambda c: f" {c[:3]} {c[3:]} "])
def test_the_code_opens_whatever_its_case_and_its_spaces(reader: Actor, client: LintingClient, typed: Any) -> None:
    assert ask(client, "Reader@Exemple.FR").headers["Location"] == "/connexion/code/saisir/"
    assert give(client, typed(mailed_code(ADDRESS))).headers["Location"] == "/"
    assert client.get("/val-clair/").status_code == 200


def test_one_arrives_where_one_was_going_and_nowhere_else(reader: Actor, client: LintingClient) -> None:
    for wanted, reached in (("/compte/mot-de-passe/", "/compte/mot-de-passe/"), ("https://exemple.org/", "/")):
        page = client.get("/connexion/code/", {"next": wanted})
        assert wanted in page.content.decode()
        ask(client, next=wanted)
        assert give(client, mailed_code(ADDRESS)).headers["Location"] == reached
        client.post("/deconnexion/")


def test_an_address_without_an_account_looks_the_same_and_gets_nothing(reader: Actor, client: LintingClient) -> None:
    known, unknown = LintingClient(), LintingClient()
    first, second = ask(known), ask(unknown, "personne@exemple.fr")
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert said(known.get("/connexion/code/saisir/")) == said(unknown.get("/connexion/code/saisir/"))
    assert said(give(known, "AAAAAA")) == said(give(unknown, "AAAAAA"))
    assert [mail.to for mail in Mail.objects.all()] == [ADDRESS]


def test_a_code_opens_only_the_session_that_asked_for_it(reader: Actor, client: LintingClient) -> None:
    ask(client)
    thief = LintingClient()
    assert WRONG in said(give(thief, mailed_code(ADDRESS)))
    ask(thief, "personne@exemple.fr")
    assert WRONG in said(give(thief, mailed_code(ADDRESS)))
    assert give(client, mailed_code(ADDRESS)).status_code == 302


def test_a_code_serves_once(reader: Actor, client: LintingClient) -> None:
    ask(client)
    code = mailed_code(ADDRESS)
    give(client, code)
    client.post("/deconnexion/")
    assert give(client, code).status_code == 422
    assert not AccessCode.objects.exists()


def test_a_code_lasts_ten_minutes(reader: Actor, client: LintingClient) -> None:
    ask(client)
    AccessCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert WRONG in said(give(client, mailed_code(ADDRESS)))
    left = AccessCode.objects.get().expires_at
    ask(client)
    assert not AccessCode.objects.filter(expires_at=left).exists(), "what has expired is forgotten"


def test_a_new_code_replaces_the_former_one_in_its_session(reader: Actor, client: LintingClient) -> None:
    ask(client)
    first = mailed_code(ADDRESS)
    ask(client)
    second = mailed_code(ADDRESS)
    assert first == second or give(client, first).status_code == 422
    assert give(client, second).status_code == 302


def test_after_five_wrong_tries_the_right_code_no_longer_opens(reader: Actor, client: LintingClient) -> None:
    ask(client)
    code = mailed_code(ADDRESS)
    for _ in range(5):
        assert give(client, "AAAAAA" if code != "AAAAAA" else "BBBBBB").status_code == 422
    assert give(client, code).status_code == 422
    assert client.get("/val-clair/").status_code == 302


@pytest.mark.parametrize("email", [ADDRESS, "personne@exemple.fr"])
def test_too_many_codes_are_not_sent(reader: Actor, client: LintingClient, email: str) -> None:
    for _ in range(5):
        assert ask(LintingClient(), email).status_code == 302
    answer = ask(LintingClient(), email)
    assert (answer.status_code, "Trop d'essais : réessayez dans 60 minutes." in said(answer)) == (429, True)
    assert Mail.objects.count() == (5 if email == ADDRESS else 0)


def test_too_many_codes_are_not_tried(reader: Actor, client: LintingClient) -> None:
    for _ in range(10):
        give(client, "AAAAAA")
    ask(client)
    answer = give(client, mailed_code(ADDRESS))
    assert (answer.status_code, "Trop d'essais" in said(answer)) == (429, True)
    Attempt.objects.all().delete()
    assert give(client, mailed_code(ADDRESS)).status_code == 302


def test_a_closed_account_gets_no_code(reader: Actor, client: LintingClient) -> None:
    Person.objects.filter(pk=reader.person_id).update(is_active=False)
    assert ask(client).status_code == 302
    assert not Mail.objects.exists()


def test_nothing_kept_holds_the_code(reader: Actor, client: LintingClient) -> None:
    ask(client)
    code = mailed_code(ADDRESS)
    assert code not in AccessCode.objects.get().digest
    assert "http" not in mailed(ADDRESS).split("-- ")[0], "nothing to click: a code is typed where it was asked for"


@pytest.mark.parametrize("email", ["", "pas une adresse", "a@b", "x" * 400 + "@exemple.fr"])
def test_what_is_not_an_address_is_said_so(client: LintingClient, email: str) -> None:
    assert ask(client, email).status_code == 422
