"""The instance: a host who opens and closes and reads nothing, a resource centre that reads where it is let in."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from doorkeeping import mailed_path, said

from comptoir.accounts import actions
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.models import Actor, InstanceRole, Invitation, Membership, Person, Totp
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Refused
from comptoir.spaces.models import Space
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
NEW = {"name": "Rive neuve", "slug": "rive-neuve", "time_zone": "Indian/Reunion", "email": "nour@exemple.fr",
       "organisation": "Ville"}  # fmt: skip


def with_role(kind: InstanceRoleKind) -> LintingClient:
    person = Person.objects.create_user(email=f"{kind}@exemple.fr", name="Sacha")
    actions.give_instance_role(person=person, kind=kind, organisation=actions.organisation_named("Ressources"))
    browser = LintingClient()
    browser.force_login(person)
    return browser


def test_the_host_opens_a_space_whose_lead_is_invited(client: LintingClient) -> None:
    host = with_role(InstanceRoleKind.HOST)
    assert host.post("/instance/espaces/ouvrir/", NEW).headers["Location"] == "/instance/"
    space = Space.objects.get(slug="rive-neuve")
    assert (space.name, space.time_zone, Membership.objects.count()) == ("Rive neuve", "Indian/Reunion", 0)
    welcome = client.post(mailed_path("nour@exemple.fr"), {"name": "Nour"}).headers["Location"]
    assert welcome == "/rive-neuve/bienvenue/"
    assert "Décrire le contrat" in said(client.get(welcome))
    assert client.get("/rive-neuve/personnes/").status_code == 200
    assert host.get("/rive-neuve/").status_code == 404, "the host does not enter"


@pytest.mark.parametrize("wrong", [{"slug": "connexion"}, {"slug": "instance"}, {"slug": "Rive Neuve"},
                                   {"time_zone": "Lutèce"}, {"email": "non"}, {"name": ""}])  # fmt: skip
def test_a_space_that_cannot_be_opened_leaves_nothing(wrong: dict[str, str]) -> None:
    answer = with_role(InstanceRoleKind.HOST).post("/instance/espaces/ouvrir/", NEW | wrong)
    assert answer.status_code == 422
    assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()
    assert not Space.objects.exists()
    assert not Invitation.objects.exists()


def loaded_space() -> Space:
    """One that the national list has opened: nobody in it."""
    return Space.objects.create(slug="val-de-rive", name="Val de Rivé")


def test_the_host_invites_who_leads_a_space_that_has_nobody(client: LintingClient) -> None:
    host, space = with_role(InstanceRoleKind.HOST), loaded_space()
    page = f"/instance/espaces/{space.slug}/"
    assert "Personne encore" in said(host.get("/instance/?q=rive"))
    assert "Val de Rivé" not in said(host.get("/instance/?q=ailleurs"))
    answer = host.post(page, {"email": "ama"})
    assert (answer.status_code, 'value="ama"' in answer.content.decode()) == (422, True)
    assert host.post(page, {"email": "ama@exemple.fr", "organisation": "Agglo"}).headers["Location"] == page
    assert "L'invitation est partie" in said(host.get(page))
    assert "Val de Rivé" in said(host.get("/instance/?conduite=invitee"))
    assert host.post(page, {"email": "autre@exemple.fr"}).status_code == 409, "one at a time"
    first = mailed_path("ama@exemple.fr")
    host.post(f"{page}invitation/renvoyer/")
    assert client.get(first).status_code == 410
    host.post(f"{page}invitation/annuler/")
    assert client.get(mailed_path("ama@exemple.fr")).status_code == 410
    host.post(page, {"email": "ama@exemple.fr"})
    assert client.post(mailed_path("ama@exemple.fr"), {"name": "Ama"}).headers["Location"] == "/val-de-rive/bienvenue/"
    assert host.post(page, {"email": "autre@exemple.fr"}).status_code == 409, "the lead invites, from now on"
    assert "Val de Rivé" in said(host.get("/instance/?conduite=en-place"))
    assert host.get("/val-de-rive/").status_code == 404


def test_a_space_whose_lead_has_left_is_given_another_but_not_while_closed(lead: Actor) -> None:
    host = with_role(InstanceRoleKind.HOST)
    Membership.objects.filter(space=lead.space).update(until="2020-01-01")
    assert "Val-Clair" in said(host.get("/instance/?conduite=sans"))
    host.post("/instance/espaces/val-clair/fermer/")
    assert host.post("/instance/espaces/val-clair/", {"email": "x@exemple.fr"}).status_code == 409
    assert "Val-Clair" in said(host.get("/instance/?etat=ferme"))
    host.post("/instance/espaces/val-clair/rouvrir/")
    assert host.post("/instance/espaces/val-clair/", {"email": "x@exemple.fr"}).status_code == 302


def test_the_list_of_spaces_asks_as_few_questions_for_many_as_for_one(lead: Actor) -> None:
    host, counts = with_role(InstanceRoleKind.HOST), []
    for number in (1, 60):
        for n in range(number):
            Space.objects.create(slug=f"s{number}-{n}", name=f"Espace {n}")
        with CaptureQueriesContext(connection) as found:
            shown = said(host.get("/instance/"))
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12
    assert "62 espaces" in shown.replace("\xa0", " ")


def test_a_closed_space_is_closed_to_everybody_and_loses_nothing(lead: Actor, reader: Actor, client_for: Any) -> None:
    host, theirs = with_role(InstanceRoleKind.HOST), client_for(lead)
    actions.open_to_resource_centre(actor=lead, opened=True)
    centre = with_role(InstanceRoleKind.RESOURCE_CENTRE)
    host.post("/instance/espaces/val-clair/fermer/")
    assert [browser.get("/val-clair/").status_code for browser in (theirs, client_for(reader), centre)] == [404] * 3
    assert theirs.post("/val-clair/reglages/", {"name": "X", "colour": "#000000"}).status_code == 404
    assert host.post("/instance/espaces/val-clair/fermer/").status_code == 409
    host.post("/instance/espaces/val-clair/rouvrir/")
    assert theirs.get("/val-clair/").status_code == 200
    assert Membership.objects.count() == 2
    assert Entry.objects.filter(action="accounts.close_space").count() == 2


def test_the_host_sees_names_of_spaces_and_nothing_of_what_they_hold(demo: Space) -> None:
    host = with_role(InstanceRoleKind.HOST)
    shown = said(host.get("/instance/"))
    assert demo.name in shown
    assert not [m.person.name for m in Membership.objects.select_related("person") if m.person.name in shown]
    for path in ("", "comptoirs/", "journal/", "personnes/", "reglages/", "apparence-0b6e69.css"):
        assert host.get(f"/{demo.slug}/{path}").status_code == 404


def test_the_resource_centre_reads_as_a_reader_where_it_is_let_in(
    lead: Actor, reader: Actor, stranger: Actor, client_for: Any
) -> None:
    centre, theirs = with_role(InstanceRoleKind.RESOURCE_CENTRE), client_for(lead)
    assert centre.get("/val-clair/").status_code == 404
    assert "Aucun espace" in said(centre.get("/instance/espaces-suivis/"))
    assert centre.get("/").headers["Location"] == "/instance/espaces-suivis/"
    theirs.post("/val-clair/reglages/centre-de-ressources/", {"opened": "yes"})
    shown = said(centre.get("/instance/espaces-suivis/"))
    assert "Val-Clair" in shown
    assert "Autre-Rive" not in shown
    like = client_for(reader)
    for path in ("", "comptoirs/", "comptoirs/importer/", "journal/", "personnes/", "reglages/", "documents/"):
        assert centre.get(f"/val-clair/{path}").status_code == like.get(f"/val-clair/{path}").status_code, path
    theirs.post("/val-clair/reglages/centre-de-ressources/", {"opened": "no"})
    assert centre.get("/val-clair/").status_code == 404


def test_a_resource_centre_that_is_also_a_member_has_the_role_of_its_membership(lead: Actor, client_for: Any) -> None:
    actions.give_instance_role(person=Person.objects.get(pk=lead.person_id), kind=InstanceRoleKind.RESOURCE_CENTRE)
    assert client_for(lead).get("/val-clair/reglages/").status_code == 200


def test_nobody_else_opens_or_closes(lead: Actor) -> None:
    person = Person.objects.get(pk=lead.person_id)
    with pytest.raises(Refused):
        actions.close_space(host=person, space=lead.space)
    with pytest.raises(Refused):
        actions.open_space_for(host=person, slug="autre", name="Autre", email="x@exemple.fr")
    with pytest.raises(Conflict):
        actions.close_space(host=None, space=lead.space, reopen=True)


def run(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_the_same_from_the_terminal(lead: Actor) -> None:
    assert "Sacha" in run("instance_role", "Sacha@exemple.fr", "host", person="Sacha", organisation="Ville")
    assert InstanceRole.objects.get().person.email == "sacha@exemple.fr"
    run("instance_role", "sacha@exemple.fr", "host", remove=True)
    assert not InstanceRole.objects.exists()
    assert "fermé" in run("close_space", "val-clair")
    assert "rouvert" in run("close_space", "val-clair", reopen=True)
    Totp.objects.create(person_id=lead.person_id, secret="A" * 32)
    run("reset_second_factor", "lead@exemple.fr")
    assert not Totp.objects.exists()
    for arguments in (
        ("instance_role", "personne@exemple.fr", "host"),
        ("close_space", "nulle-part"),
        ("reset_second_factor", "personne@exemple.fr"),
    ):
        with pytest.raises(CommandError):
            run(*arguments)
    with pytest.raises(CommandError, match="déjà ouvert"):
        run("close_space", "val-clair", reopen=True)
