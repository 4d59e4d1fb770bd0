"""Invitations: offered by the project lead, accepted by whoever holds the mailbox, resent, taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from doorkeeping import mailed, mailed_path, said, with_application

from comptoir.accounts import actions
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Invitation, Membership, Organisation, OrganisationUnit, Person, SignedLink
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces.models import Mail, MailState
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
ADDRESS = "nouvelle@exemple.fr"
FORM = {"email": ADDRESS, "role": "referent", "organisation": "Bailleur", "unit": "Gestion", "message": "À jeudi !"}


@pytest.fixture
def path(lead: Actor, client_for: Any) -> str:
    """Where the mail of an invitation leads."""
    answer = client_for(lead).post("/val-clair/personnes/inviter/", FORM)
    assert answer.headers["Location"] == "/val-clair/personnes/"
    return mailed_path(ADDRESS)


def test_a_person_without_an_account_joins_in_two_fields(path: str, client: LintingClient) -> None:
    assert all(part in mailed(ADDRESS) for part in ("Ama Lestrade", "Val-Clair", "référent d'un signataire", "À jeudi"))
    page = said(client.get(path))
    assert "Val-Clair" in page
    assert ADDRESS in page
    answer = client.post(path, {"name": "Inès L'Hostis", "password": ""})
    assert answer.headers["Location"] == "/val-clair/"
    assert client.get("/val-clair/").status_code == 200, "the link has proved the mailbox: no code on top"
    joined = Membership.objects.get(person__email=ADDRESS)
    assert (joined.role, str(joined.organisation), str(joined.unit)) == ("referent", "Bailleur", "Gestion")
    assert not joined.person.has_usable_password()
    assert Entry.objects.filter(action="accounts.accept", actor_id=joined.person_id).count() == 1


def test_opening_the_link_changes_nothing_even_a_hundred_times(path: str, client: LintingClient) -> None:
    before = (Entry.objects.count(), list(SignedLink.objects.values()), list(Invitation.objects.values()))
    for _ in range(5):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert (Entry.objects.count(), list(SignedLink.objects.values()), list(Invitation.objects.values())) == before
    assert not Person.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "password": ""}, "obligatoire"),
        ({"name": "Inès", "password": "court"}, "12 caractères"),
        ({"name": "Inès", "password": "motdepasse123456"}, None),
        ({"name": "Inès", "password": "nouvelle@exemple.fr"}, "semblable"),
    ],
)
def test_a_weak_password_is_refused_in_french(
    path: str, client: LintingClient, typed: dict[str, str], sentence: str | None
) -> None:
    answer = client.post(path, typed)
    if sentence is None:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert client.get(path).status_code == 200, "the link has not served"


def test_a_person_who_has_an_account_joins_and_signs_in_as_usual(path: str, client: LintingClient) -> None:
    person = Person.objects.create_user(email=ADDRESS, name="Inès", password="un-mot-de-passe-long")
    with_application(person)
    assert "déjà un compte" in said(client.get(path))
    assert client.post(path).headers["Location"] == "/val-clair/"
    assert client.get("/val-clair/").status_code == 302, "the mailbox alone does not stand for the second factor"
    assert Membership.objects.get(person=person).role == Role.REFERENT


def test_the_link_serves_once_and_says_so(path: str, client: LintingClient) -> None:
    assert client.post(path, {"name": "Inès"}).status_code == 302
    for answer in (client.get(path), client.post(path, {"name": "Inès"})):
        assert (answer.status_code, "déjà servi" in said(answer)) == (410, True)
    assert Person.objects.filter(email=ADDRESS).count() == 1


def test_sent_again_the_former_link_no_longer_opens(lead: Actor, path: str, client: LintingClient) -> None:
    actions.resend(actor=lead, invitation=Invitation.objects.get())
    assert client.get(path).status_code == 410
    assert mailed_path(ADDRESS) != path
    assert client.get(mailed_path(ADDRESS)).status_code == 200


def test_taken_back_it_opens_nothing_and_cannot_be_sent_again(lead: Actor, path: str, client: LintingClient) -> None:
    actions.revoke(actor=lead, invitation=Invitation.objects.get())
    assert client.post(path, {"name": "Inès"}).status_code == 410
    with pytest.raises(Conflict, match="rechargez"):
        actions.resend(actor=lead, invitation=Invitation.objects.get())
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert actions.invite(actor=lead, email=ADDRESS, role=Role.READER).role == "reader", "one may invite again"


def test_after_fourteen_days_it_is_too_late(path: str, client: LintingClient) -> None:
    SignedLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (client.get(path).status_code, client.get(path[:-3] + "abc/").status_code) == (410, 404)


def test_a_closed_space_is_not_joined(lead: Actor, path: str, client: LintingClient) -> None:
    actions.close_space(host=None, space=lead.space)
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"email": "lead@exemple.fr"}, "email", "déjà membre"),
        ({"email": "pas une adresse"}, "email", "valide"),
        ({"role": ""}, "role", "obligatoire"),
        ({"role": "reine"}, "role", "choix"),
        ({"organisation": "", "unit": "Gestion"}, "organisation", "de quel organisme"),
        ({"message": "x" * 1001}, "message", "1000"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(
    lead: Actor, client_for: Any, wrong: dict[str, str], field: str, sentence: str
) -> None:
    answer = client_for(lead).post("/val-clair/personnes/inviter/", FORM | wrong)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert sentence in said(answer)
    assert not Mail.objects.exists()
    assert not OrganisationUnit.objects.exists()
    assert not Organisation.objects.filter(name="Bailleur").exists(), "a name typed in a form that failed is not kept"


def test_the_same_address_is_not_invited_twice(lead: Actor, path: str) -> None:
    with pytest.raises(Invalid, match="déjà partie"):
        actions.invite(actor=lead, email=ADDRESS.upper(), role=Role.READER)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_LEAD])
def test_the_project_lead_alone_invites(lead: Actor, path: str, role: Role) -> None:
    other, invitation = replace(lead, role=role), Invitation.objects.get()
    for act in (
        lambda: actions.invite(actor=other, email="x@exemple.fr", role=Role.READER),
        lambda: actions.resend(actor=other, invitation=invitation),
        lambda: actions.revoke(actor=other, invitation=invitation),
    ):
        with pytest.raises(Refused):
            act()


def test_an_invitation_that_did_not_arrive_says_so(lead: Actor, path: str, client_for: Any) -> None:
    Mail.objects.update(state=MailState.FAILED)
    assert "Non joint" in said(client_for(lead).get("/val-clair/personnes/"))
