"""Passwords tried one after the other: counted by account and by address, whatever the browser, and for a while."""

from datetime import timedelta
from typing import Any

import pytest
from doorkeeping import said

from comptoir.accounts.models import Actor
from comptoir.spaces.models import Attempt
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "lead@exemple.fr", "un-mot-de-passe-long"


def sign_in(email: str = ADDRESS, password: str = "un-autre-mot", *, seen: str = "192.0.2.1") -> Any:
    return LintingClient(REMOTE_ADDR=seen).post("/connexion/", {"username": email, "password": password})


def later(minutes: int) -> None:
    for attempt in Attempt.objects.all():
        attempt.started_at -= timedelta(minutes=minutes)
        attempt.save()


def test_an_account_is_locked_after_ten_wrong_passwords_wherever_they_come_from(lead: Actor) -> None:
    for n in range(10):
        assert sign_in(ADDRESS.upper() if n % 2 else ADDRESS, seen=f"192.0.2.{n}").status_code == 200
    answer = sign_in(password=PASSWORD, seen="198.51.100.1")
    assert (answer.status_code, "Trop d'essais : réessayez dans 10 minutes." in said(answer)) == (429, True)
    later(10)
    assert sign_in(password=PASSWORD).status_code == 302


def test_an_address_without_an_account_is_locked_alike(lead: Actor) -> None:
    for _ in range(10):
        assert sign_in("personne@exemple.fr").status_code == 200
    assert sign_in("personne@exemple.fr").status_code == 429
    assert sign_in(password=PASSWORD).status_code == 302, "and the others go on"


def test_the_right_password_takes_the_count_back(lead: Actor) -> None:
    for _ in range(3):
        for _ in range(9):
            sign_in()
        assert sign_in(password=PASSWORD).status_code == 302


def test_a_machine_that_tries_many_accounts_is_stopped(lead: Actor) -> None:
    for n in range(100):
        assert sign_in(f"p{n}@exemple.fr").status_code == 200
    assert sign_in("encore@exemple.fr").status_code == 429
    assert sign_in("encore@exemple.fr", seen="192.0.2.2").status_code == 200


def test_the_other_doors_stay_open_to_someone_whose_account_is_locked(lead: Actor) -> None:
    """Locking somebody out by trying their password on purpose does not keep them out: a code does."""
    for _ in range(11):
        sign_in()
    answer = LintingClient().post("/connexion/code/", {"email": ADDRESS})
    assert answer.headers["Location"] == "/connexion/code/saisir/"
