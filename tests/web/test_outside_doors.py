"""The doors outside spaces: one's account and the instance, tried as nobody, as a member, as a host, as a centre."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from doors import OUTSIDE

from comptoir.accounts import actions
from comptoir.accounts.actions.people import INVITATION
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.links import make
from comptoir.accounts.models import Actor, Invitation, Person
from comptoir.audit.models import Entry
from comptoir.kit.ids import uuid7
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
NOBODY, ANYBODY, HOST, CENTRE = "nobody", "anybody", "host", "centre"
UNKNOWN = str(uuid7())
SPACE = {"name": "Neuf", "slug": "neuf", "time_zone": "Europe/Paris", "email": "x@exemple.fr"}
# name, arguments, what is posted (None: read), who may, and what they get
DOORS: list[tuple[str, tuple[str, ...], dict[str, str] | None, str, set[int]]] = [
    ("sign_in_code", (), None, NOBODY, {200}),
    ("sign_in_code", (), {"email": "x@exemple.fr"}, NOBODY, {302}),
    ("sign_in_code_check", (), None, NOBODY, {200}),
    ("sign_in_code_check", (), {"code": "ABCDEF"}, NOBODY, {422}),
    ("second_factor", (), None, NOBODY, {302}),
    ("second_factor", (), {"code": "ABCDEF"}, NOBODY, {302}),
    ("passkey_ask", (), {}, NOBODY, {200}),
    ("passkey_sign_in", (), {"json": "{}"}, NOBODY, {422}),
    ("invitation", ("{token}",), None, NOBODY, {200}),
    ("invitation", ("{token}",), {"name": "Inès"}, NOBODY, {302}),
    ("invitation", ("n.importe",), None, NOBODY, {404}),
    ("account", (), None, ANYBODY, {200}),
    ("account", (), {"name": "Nouveau"}, ANYBODY, {302}),
    ("account_confirm", (), None, ANYBODY, {200}),
    ("account_confirm", (), {"password": "rien"}, ANYBODY, {422}),
    ("account_password", (), None, ANYBODY, {302}),
    ("account_password", (), {"password": "une phrase bien longue"}, ANYBODY, {302}),
    ("account_close", (), None, ANYBODY, {302}),
    ("account_close", (), {}, ANYBODY, {302}),
    ("session_close", ("autres",), {}, ANYBODY, {302}),
    ("session_close", ("inconnue",), {}, ANYBODY, {302}),
    ("factors", (), None, ANYBODY, {200}),
    ("factor_app", (), None, ANYBODY, {302}),
    ("factor_app", (), {"begin": "1"}, ANYBODY, {302}),
    ("factor_app_remove", (), {}, ANYBODY, {302}),
    ("recovery_codes", (), {}, ANYBODY, {302}),
    ("passkey_new", (), {}, ANYBODY, {200}),
    ("passkey_add", (), {"json": "{}"}, ANYBODY, {422}),
    ("passkey_remove", (UNKNOWN,), {}, ANYBODY, {302}),
    ("instance_spaces", (), None, HOST, {200}),
    ("instance_open", (), None, HOST, {200}),
    ("instance_open", (), SPACE, HOST, {302}),
    ("instance_space", ("val-clair",), None, HOST, {200}),
    ("instance_space", ("val-clair",), {"email": "x@exemple.fr"}, HOST, {409}),
    ("instance_invitation", ("val-clair", "renvoyer"), {}, HOST, {409}),
    ("instance_invitation", ("val-clair", "annuler"), {}, HOST, {409}),
    ("instance_close", ("val-clair", "fermer"), {}, HOST, {302}),
    ("instance_close", ("val-clair", "rouvrir"), {}, HOST, {409}),
    ("instance_followed", (), None, CENTRE, {200}),
]


@pytest.fixture
def people(lead: Actor, reader: Actor, stranger: Actor, client_for: Any) -> dict[str, LintingClient]:
    found = {"lead": client_for(lead), "reader": client_for(reader), "stranger": client_for(stranger)}
    for name, kind in ((HOST, InstanceRoleKind.HOST), (CENTRE, InstanceRoleKind.RESOURCE_CENTRE)):
        person = Person.objects.create_user(email=f"{name}@exemple.fr", name=name)
        actions.give_instance_role(person=person, kind=kind)
        found[name] = LintingClient()
        found[name].force_login(person)
    return found


@pytest.fixture
def token(lead: Actor) -> str:
    invitation = actions.invite(actor=lead, email="ines@exemple.fr", role="reader")
    return make(INVITATION, Invitation.objects.get(pk=invitation.pk).pk, days=1)


def knock(browser: Any, name: str, args: tuple[str, ...], post: dict[str, str] | None, token: str) -> Any:
    url = reverse(name, args=[arg.format(token=token) for arg in args])
    kept = deepcopy(browser.cookies)  # accepting an invitation signs one in as somebody else
    with transaction.atomic():
        if post is None:
            answer = browser.get(url)
        elif "json" in post:
            answer = browser.post(url, json.loads(post["json"]), content_type="application/json")
        else:
            answer = browser.post(url, post)
        transaction.set_rollback(True)
    browser.cookies = kept
    return answer


def test_the_table_forgets_no_address() -> None:
    assert {name for name, *_ in DOORS} == OUTSIDE


def test_every_door_opens_to_those_it_should_and_to_nobody_else(people: dict[str, LintingClient], token: str) -> None:
    wrong = []
    for name, args, post, may, statuses in DOORS:
        for who, browser in people.items():
            allowed = may in {ANYBODY, NOBODY, who}
            status = knock(browser, name, args, post, token).status_code
            if status not in (statuses if allowed else {404}):
                wrong.append((name, args, post, who, status))
    assert wrong == []


def test_nobody_comes_in_without_signing_in(client: LintingClient, token: str, lead: Actor) -> None:
    before = Entry.objects.count()
    for name, args, post, may, statuses in DOORS:
        answer = knock(LintingClient(), name, args, post, token)
        if may == NOBODY:
            assert answer.status_code in statuses, (name, post, answer.status_code)
        elif post is None:
            assert answer.headers["Location"].startswith("/connexion/?next="), name
        else:
            assert answer.status_code == 401, name
    assert Entry.objects.count() == before


def test_a_form_without_its_token_changes_nothing(people: dict[str, LintingClient], token: str) -> None:
    for browser in people.values():
        strict = LintingClient(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        for name, args, post, *_ in DOORS:
            if post is not None:
                assert knock(strict, name, args, post, token).status_code == 403, name


def test_a_page_refuses_the_methods_it_does_not_know(people: dict[str, LintingClient], token: str) -> None:
    read = {name for name, _, post, *_ in DOORS if post is None}
    posted = {name for name, _, post, *_ in DOORS if post is not None}
    who = {HOST: people[HOST], CENTRE: people[CENTRE]}
    for name, args, _, may, _ in DOORS:
        browser = who.get(may, people["lead"])
        url = reverse(name, args=[arg.format(token=token) for arg in args])
        if name not in posted:
            assert browser.post(url).status_code == 405, name
        if name not in read:
            assert browser.get(url).status_code == 405, name
        assert browser.delete(url).status_code == 405, name


@pytest.mark.parametrize("body", ["", "[]", "{", "null", '{"rawId": 3}', '{"id": "a", "rawId": "a", "response": {}}'])
def test_a_script_that_sends_anything_gets_a_sentence_or_a_refusal(people: dict[str, LintingClient], body: str) -> None:
    for url, ask in (("/connexion/cle/", "/connexion/cle/defi/"),
                     ("/compte/second-facteur/cle/", "/compte/second-facteur/cle/defi/")):  # fmt: skip
        browser = people["lead"]
        session = browser.session
        session["signed_in_at"] = 2**33
        session.save()
        browser.post(ask)
        answer = browser.post(url, body, content_type="application/json")
        assert answer.status_code == 422, (url, answer.content)
