"""The membership: whose name one speaks in, and how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from comptoir.accounts.actions import give_role, organisation_named
from comptoir.accounts.enums import OrganisationKind, Role
from comptoir.accounts.models import Actor, Membership, Organisation, OrganisationUnit, Person
from comptoir.audit.models import Entry
from comptoir.kit.errors import Invalid


@pytest.mark.django_db
def test_an_organisation_is_named_once_whatever_its_accents() -> None:
    first = organisation_named("Régie d'Éole", OrganisationKind.LANDLORD)
    assert first is not None
    assert organisation_named("  regie d'eole ") == first
    assert organisation_named("Régie d'Aulne") != first
    assert (first.kind, organisation_named("  ")) == ("landlord", None)
    assert Organisation.objects.count() == 2


@pytest.mark.django_db
def test_a_member_speaks_for_a_unit_of_their_own_organisation_only(lead: Actor) -> None:
    town, landlord = organisation_named("Ville"), organisation_named("Bailleur")
    youth = OrganisationUnit.objects.create(organisation=town, name="Direction de la jeunesse")
    nour = Person.objects.create_user(email="nour@exemple.fr", name="Nour Hamidi")
    for wrong in (landlord, None):
        with pytest.raises(Invalid, match="service"):
            give_role(actor=lead, person=nour, role=Role.REFERENT, organisation=wrong, unit=youth)
    given = give_role(actor=lead, person=nour, role=Role.REFERENT, organisation=town, unit=youth)
    actor = Actor.of(given)
    assert (actor.organisation, actor.organisation_id, given.unit) == ("Ville", town.pk if town else None, youth)


@pytest.mark.django_db
def test_the_journal_keeps_the_name_of_that_day(lead: Actor) -> None:
    Organisation.objects.update(name="Métropole")
    assert Entry.objects.get(action="accounts.open_space").organisation == "Agglomération"
    assert Actor.of(Membership.objects.get()).organisation == "Métropole"


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "opens"), [(-1, False), (0, True), (1, True)])
def test_access_lasts_until_the_end_of_its_last_day(
    reader: Actor, client_for: Callable[[Actor], Any], days: int, opens: bool
) -> None:
    last = timezone.localdate() + timedelta(days=days)
    Membership.objects.filter(person=reader.person_id).update(until=last)
    browser = client_for(reader)
    assert (browser.get("/val-clair/").status_code == 200) == opens
    assert (browser.get("/").status_code == 302) == opens, "the home page leads to the spaces that are open"


@pytest.mark.django_db
def test_the_clock_of_a_role_starts_again_with_the_role_only(lead: Actor) -> None:
    nour = Person.objects.create_user(email="nour@exemple.fr", name="Nour Hamidi")
    first = give_role(actor=lead, person=nour, role=Role.READER).role_since
    assert give_role(actor=lead, person=nour, role=Role.READER).role_since == first
    assert give_role(actor=lead, person=nour, role=Role.EVALUATOR).role_since > first


@pytest.mark.django_db(transaction=True)
def test_names_written_before_become_organisations() -> None:
    executor = MigrationExecutor(connection)
    last = executor.loader.graph.leaf_nodes()
    spaces = [key for key in last if key[0] == "spaces"]
    try:
        executor.migrate([("accounts", "0002_organisations")])
        old = executor.loader.project_state([("accounts", "0002_organisations"), *spaces]).apps
        space = old.get_model("spaces", "Space").objects.create(slug="val-clair", name="Val-Clair")
        for n, name in enumerate(["Ville", "", "Ville", "Régie"]):
            person = old.get_model("accounts", "Person").objects.create(email=f"p{n}@exemple.fr", name=f"P{n}")
            old.get_model("accounts", "Membership").objects.create(
                space_id=space.pk, person=person, role="reader", organisation=name
            )
    finally:
        executor.loader.build_graph()
        executor.migrate(last)
    named = Membership.objects.order_by("pk").values_list("organisation__name", flat=True)
    assert list(named) == ["Ville", None, "Ville", "Régie"]
    assert len(set(Membership.objects.values_list("code", flat=True)) - {""}) == 4
    assert Organisation.objects.count() == 2
