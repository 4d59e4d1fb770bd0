"""Opening a space and adding its members from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.audit.models import Entry

PASSWORD = "un-chemin-de-traverse-7"


@pytest.fixture(autouse=True)
def typed_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt="": PASSWORD)


def open_val_clair(slug: str = "val-clair") -> str:
    out = io.StringIO()
    call_command("open_space", slug, name="Val-Clair", email="Nour@Exemple.fr", person="Nour L'Hostis", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_opens_a_space_with_its_project_lead() -> None:
    assert "/val-clair/" in open_val_clair()
    membership = Membership.objects.get(space__slug="val-clair")
    assert membership.role == Role.PROJECT_LEAD
    assert membership.person.email == "nour@exemple.fr"
    assert membership.person.check_password(PASSWORD)
    assert Entry.objects.filter(action="accounts.open_space", object_id=membership.space_id).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["Val Clair", "connexion", ""])
def test_refuses_an_address_that_cannot_be_one_and_keeps_nothing(slug: str) -> None:
    with pytest.raises(CommandError):
        open_val_clair(slug)
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_adds_a_member_with_an_account(lead: Actor) -> None:
    out = io.StringIO()
    call_command(
        "add_member", "val-clair", email="Sacha@exemple.fr", person="Sacha Lopez", role="facilitator", stdout=out
    )
    assert Membership.objects.get(person__email="sacha@exemple.fr").role == Role.FACILITATOR
    assert "Sacha Lopez" in out.getvalue()


@pytest.mark.django_db
def test_changes_the_role_of_someone_who_is_already_a_member(lead: Actor) -> None:
    person = Person.objects.create_user(email="sacha@exemple.fr", name="Sacha Lopez")
    for role in ("reader", "evaluator"):
        call_command("add_member", "val-clair", email=person.email, role=role, stdout=io.StringIO())
    assert [m.role for m in Membership.objects.filter(person=person)] == [Role.EVALUATOR]


@pytest.mark.django_db
def test_says_what_is_missing(lead: Actor) -> None:
    with pytest.raises(CommandError, match="n'a pas de compte"):
        call_command("add_member", "val-clair", email="inconnue@exemple.fr", role="reader")
    with pytest.raises(CommandError, match="Aucun espace"):
        call_command("add_member", "ailleurs", email="inconnue@exemple.fr", role="reader")
    with pytest.raises(CommandError, match="vous retirer"):
        call_command("add_member", "val-clair", email="lead@exemple.fr", role="reader")
