"""Opening a space, giving roles, changing its look."""

import io
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from comptoir.accounts.actions import change_look, give_role, open_space, organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.audit.models import Entry
from comptoir.kit import files
from comptoir.kit.errors import Invalid, Refused
from comptoir.spaces.models import Space

pytestmark = pytest.mark.django_db


def person(name: str = "Nour Hamidi", email: str = "nour@exemple.fr") -> Person:
    return Person.objects.create_user(email=email, name=name)


def logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 30), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_space_opens_with_its_project_lead() -> None:
    lead = open_space(
        slug="val-clair",
        name="Val-Clair",
        lead=person(),
        organisation=organisation_named("Ville"),
        time_zone="Indian/Reunion",
    )
    assert (lead.role, lead.name, lead.organisation) == (Role.PROJECT_LEAD, "Nour Hamidi", "Ville")
    space = Space.objects.get(slug="val-clair")
    assert (space, space.time_zone) == (lead.space, "Indian/Reunion")
    assert Membership.objects.get(space=space).person_id == lead.person_id
    assert Entry.objects.get(action="accounts.open_space").object_id == space.pk


@pytest.mark.parametrize(
    "wrong",
    [{"slug": "connexion"}, {"slug": "Val Clair"}, {"name": ""}, {"time_zone": "Lutèce"}, {"slug": "val-clair"}],
)
def test_a_space_that_cannot_be_opened_leaves_nothing(lead: Actor, wrong: dict[str, str]) -> None:
    before = (Space.objects.count(), Membership.objects.count(), Entry.objects.count())
    with pytest.raises(ValidationError):
        open_space(**{"slug": "autre", "name": "Autre", "lead": person()} | wrong)
    assert (Space.objects.count(), Membership.objects.count(), Entry.objects.count()) == before


def test_one_person_has_a_role_in_each_of_several_spaces() -> None:
    nour = person()
    first = open_space(slug="a", name="A", lead=nour)
    second = open_space(slug="b", name="B", lead=person("Ilan Vasseur", "ilan@exemple.fr"))
    give_role(actor=second, person=nour, role=Role.READER)
    assert {m.space.slug: m.role for m in nour.memberships.all()} == {"a": "project_lead", "b": "reader"}
    assert first.space != second.space


def test_a_new_role_replaces_the_former_one_and_both_are_in_the_journal(lead: Actor) -> None:
    nour = person()
    give_role(actor=lead, person=nour, role=Role.READER, organisation=organisation_named("Bailleur"))
    given = give_role(actor=lead, person=nour, role=Role.REFERENT, organisation=organisation_named("Régie"))
    assert Membership.objects.get(space=lead.space, person=nour) == given
    assert (given.role, str(given.organisation)) == (Role.REFERENT, "Régie")
    written = Entry.objects.filter(action="accounts.give_role").order_by("id")
    assert [line.details["role"] for line in written] == ["reader", "referent"]
    assert {line.details["person"] for line in written} == {str(nour.pk)}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_LEAD])
def test_the_project_lead_alone_gives_roles(lead: Actor, role: Role) -> None:
    with pytest.raises(Refused, match="conduit le projet"):
        give_role(actor=replace(lead, role=role), person=person(), role=Role.READER)
    assert Membership.objects.count() == 1


def test_a_space_always_keeps_someone_who_leads_it(lead: Actor) -> None:
    myself = Person.objects.get(pk=lead.person_id)
    with pytest.raises(Invalid, match="vous-même"):
        give_role(actor=lead, person=myself, role=Role.READER)
    give_role(actor=lead, person=myself, role=Role.PROJECT_LEAD, organisation=organisation_named("Métropole"))
    assert Membership.objects.get(person=myself).organisation == organisation_named("métropole")


def test_the_database_knows_the_roles_and_one_address_per_person(lead: Actor) -> None:
    nour = person()
    for wrong in (
        lambda: Membership.objects.create(space=lead.space, person=nour, role="queen"),
        lambda: Membership.objects.create(space=lead.space, person_id=lead.person_id, role="reader"),
        lambda: Person.objects.create(email="Nour@exemple.fr", name="Nour"),
        lambda: Person.objects.create_user(email=" NOUR@exemple.fr", name="Nour"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_the_look_changes_whole_and_its_logo_is_drawn_again(lead: Actor) -> None:
    space = change_look(actor=lead, name=" Val-Clair Agglo ", colour="#ABCDEF", footer=" Page ", logo=logo())
    space.refresh_from_db()
    assert (space.name, space.colour, space.footer) == ("Val-Clair Agglo", "#ABCDEF", "Page")
    assert space.logo is not None
    assert files.get(space.logo.digest).startswith(b"\x89PNG")
    kept = change_look(actor=lead, name="Val-Clair", colour="#000000", footer="")
    assert kept.logo == space.logo, "a logo stays until it is replaced or taken off"
    assert change_look(actor=lead, name="Val-Clair", colour="#000000", footer="", remove_logo=True).logo is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_LEAD])
def test_the_project_lead_alone_changes_the_look(lead: Actor, role: Role) -> None:
    with pytest.raises(Refused, match="conduit le projet"):
        change_look(actor=replace(lead, role=role), name="Autre", colour="#000000", footer="")
    assert Space.objects.get().name == "Val-Clair"


def test_a_look_that_cannot_be_kept_changes_nothing(lead: Actor) -> None:
    before = Space.objects.values().get()
    with pytest.raises(Invalid):
        change_look(actor=lead, name="Autre", colour="#000000", footer="", logo=b"pas une image")
    with pytest.raises(ValidationError):
        change_look(actor=lead, name="Autre", colour="rouge", footer="")
    assert Space.objects.values().get() == before
    assert not Entry.objects.filter(action="accounts.change_look").exists()
