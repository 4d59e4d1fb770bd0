"""A contract in few words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from comptoir.accounts.actions import give_role, organisation_named
from comptoir.accounts.enums import OrganisationKind, Role
from comptoir.accounts.models import Actor, Person
from comptoir.contracts import actions
from comptoir.contracts.models import CityContract, Contact, Signatory

DAY = date(2026, 10, 1)


@pytest.fixture
def contract(lead: Actor) -> CityContract:
    return actions.open_contract(actor=lead, name="Contrat de Val-Clair")


@pytest.fixture
def sign(lead: Actor, contract: CityContract) -> Callable[..., Signatory]:
    """`sign(name, kind)`: a signatory of the contract."""

    def signed(name: str = "L'Habitat d'Autan", kind: str = OrganisationKind.LANDLORD) -> Signatory:
        organisation = organisation_named(name, OrganisationKind(kind))
        assert organisation is not None
        return actions.add_signatory(actor=lead, contract=contract, organisation=organisation)

    return signed


@pytest.fixture
def landlord(sign: Callable[..., Signatory]) -> Signatory:
    return sign()


@pytest.fixture
def someone(lead: Actor) -> Callable[..., Contact]:
    """`someone(signatory, name)`: somebody of its card, with a direct line."""

    def added(signatory: Signatory, name: str = "Salma Roucairol", **details: Any) -> Contact:
        given = {"email": "salma@habitat.example", "phone": "05 00 00 04 18", **details}
        return actions.add_contact(actor=lead, signatory=signatory, name=name, **given)

    return added


@pytest.fixture
def referent_of(lead: Actor) -> Callable[[Signatory], Actor]:
    """`referent_of(signatory)`: someone who signs in and speaks for this organisation."""

    def cast(signatory: Signatory) -> Actor:
        person = Person.objects.create_user(email=f"{signatory.code}@exemple.fr", name="Référente", password=None)
        role = give_role(actor=lead, person=person, role=Role.REFERENT, organisation=signatory.organisation)
        return Actor.of(role)

    return cast
