"""What stands around the notes on the reference load: people, contracts of the whole country, territories.

Made once beside the space of measures, by bulk writes: these rows are only read. Sizes are those of the reference load
for what is national (385 contracts, 1,609 neighbourhoods), and ten times a large team for what is of one space.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from _client import Visit
from django.db import transaction
from django.urls import reverse

from comptoir.accounts.actions import give_instance_role, organisation_named
from comptoir.accounts.enums import InstanceRoleKind, OrganisationKind, Role
from comptoir.accounts.models import Actor, Invitation, Membership, Person
from comptoir.contracts.enums import BodyKind, Level
from comptoir.contracts.models import (
    CityContract,
    Contact,
    ContractNeighbourhood,
    GoverningBody,
    Meeting,
    Objective,
    ObjectiveWording,
    Signatory,
)
from comptoir.spaces.models import Space
from comptoir.territories.enums import AreaKind, LocalAreaKind
from comptoir.territories.models import Area, LocalArea, PriorityNeighbourhood

NAME = "Contrat des mesures"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each; a first look has a twentieth of them."""

    contracts: int = 385
    neighbourhoods: int = 1609
    people: int = 1000
    signatories: int = 40
    contacts: int = 1000
    orientations: int = 20
    meetings: int = 500
    areas: int = 500

    def smaller(self) -> "Sizes":
        return Sizes(*(max(2, getattr(self, name) // 20) for name in self.__slots__))


USUAL = Sizes(people=60, signatories=20, contacts=80, orientations=5, meetings=40, areas=10)
"""What a usual space holds, where it is not national: fifteen institutions or a few more, sixty objectives."""


def furnish(usual: Actor, large: Actor, *, quick: bool) -> tuple[CityContract, CityContract]:
    """The contracts of the usual space and of the large one, with everything around; found when they are there."""
    there = CityContract.objects.filter(space__in=(usual.space, large.space), name=NAME)
    if found := {one.space_id: one for one in there.select_related("space")}:
        return found[usual.space.pk], found[large.space.pk]
    sizes = Sizes().smaller() if quick else Sizes()
    with transaction.atomic():
        contracts = _contracts([usual.space, large.space], sizes, _territories(large, sizes))
        for actor, contract, own in zip((usual, large), contracts, (USUAL, sizes), strict=True):
            _people(actor, own)
            _around(actor, own, contract)
        give_instance_role(person=Person.objects.get(pk=usual.person_id), kind=InstanceRoleKind.HOST)
    return contracts


def _territories(actor: Actor, sizes: Sizes) -> list[PriorityNeighbourhood]:
    commune = Area.objects.create(kind=AreaKind.COMMUNE, code="00001", name="Commune des mesures")
    made = PriorityNeighbourhood.objects.bulk_create(
        [
            PriorityNeighbourhood(code=f"QN{n // 100 + 100:03}{n % 100:02}M", generation=2024, name=f"Quartier {n}")
            for n in range(sizes.neighbourhoods)
        ],
        batch_size=500,
    )
    through = PriorityNeighbourhood.communes.through
    through.objects.bulk_create(
        [through(priorityneighbourhood_id=one.pk, area_id=commune.pk) for one in made], batch_size=500
    )
    LocalArea.objects.bulk_create(
        [LocalArea(space=actor.space, name=f"Secteur {n}", kind=LocalAreaKind.OTHER) for n in range(sizes.areas)],
        batch_size=500,
    )
    return made


def _contracts(
    measured: list[Space], sizes: Sizes, neighbourhoods: list[PriorityNeighbourhood]
) -> tuple[CityContract, CityContract]:
    """One space a contract, as the national list loads them; the neighbourhoods shared out in order."""
    others = [Space(slug=f"mesures-{n}", name=f"Agglo {n}") for n in range(len(measured), sizes.contracts)]
    Space.objects.bulk_create(others, batch_size=500)
    contracts = [CityContract(space=space, name=NAME) for space in measured]
    contracts += [CityContract(space=space, name=f"Contrat {n}") for n, space in enumerate(others)]
    CityContract.objects.bulk_create(contracts, batch_size=500)
    ContractNeighbourhood.objects.bulk_create(
        [
            ContractNeighbourhood(contract=contracts[n % len(contracts)], code=one.code, neighbourhood=one)
            for n, one in enumerate(neighbourhoods)
        ],
        batch_size=500,
    )
    return contracts[0], contracts[1]


def _people(actor: Actor, sizes: Sizes) -> None:
    slug = actor.space.slug
    people = [Person(email=f"membre{n}@{slug}.invalid", name=f"Membre {n}", password="!") for n in range(sizes.people)]
    Person.objects.bulk_create(people, batch_size=500)
    roles = [role for role in Role if role != Role.PROJECT_LEAD]
    Membership.objects.bulk_create(
        [Membership(space=actor.space, person=one, role=roles[n % len(roles)]) for n, one in enumerate(people)],
        batch_size=500,
    )
    Invitation.objects.bulk_create(
        [
            Invitation(
                space=actor.space, email=f"invitee{n}@{slug}.invalid", role=Role.READER, invited_by=people[0].pk
            )
            for n in range(sizes.people)
        ],
        batch_size=500,
    )  # fmt: skip


def _around(actor: Actor, sizes: Sizes, contract: CityContract) -> None:
    space = actor.space
    organisations = [organisation_named(f"Organisme {n}") for n in range(sizes.signatories)]
    kinds = list(OrganisationKind)
    signing = [
        Signatory(space=space, contract=contract, organisation=one, kind=kinds[n % len(kinds)])
        for n, one in enumerate(organisations)
    ]
    Signatory.objects.bulk_create(signing)
    Contact.objects.bulk_create(
        [Contact(space=space, signatory=signing[n % len(signing)], name=f"Contact {n}") for n in range(sizes.contacts)],
        batch_size=500,
    )
    body = GoverningBody.objects.create(space=space, contract=contract, kind=BodyKind.STEERING, name="Comité")
    day = date(2020, 1, 1)
    Meeting.objects.bulk_create(
        [Meeting(space=space, body=body, held_on=day + timedelta(days=7 * n)) for n in range(sizes.meetings)]
    )
    _objectives(space, contract, sizes)


def _objectives(space: Space, contract: CityContract, sizes: Sizes) -> None:
    """Orientations, three strategic objectives under each, three operational ones under each of those."""
    over: list[Objective | None] = [None] * sizes.orientations
    for level in Level:
        rows = [
            Objective(space=space, contract=contract, parent=parent, level=level, position=n)
            for n, parent in enumerate(over)
        ]
        Objective.objects.bulk_create(rows, batch_size=500)
        texts = [
            ObjectiveWording(objective=one, number=1, text=f"Que chaque quartier ait un lieu ouvert, {n}")
            for n, one in enumerate(rows)
        ]
        ObjectiveWording.objects.bulk_create(texts, batch_size=500)
        for one, text in zip(rows, texts, strict=True):
            one.wording = text
        Objective.objects.bulk_update(rows, ["wording"], batch_size=300)
        over = [one for one in rows for _ in range(3)]


def room_visits(actor: Actor, signed: dict[str, str], contract: CityContract) -> list[Visit]:
    """The pages of people, of the contract and of territories."""
    slug, code = actor.space.slug, contract.code
    signatory = contract.signatories.order_by("pk")[0]
    neighbourhood = PriorityNeighbourhood.objects.order_by("code")[0]

    def page(label: str, name: str, *args: object, query: str = "") -> Visit:
        return Visit(label, reverse(name, args=args) + query, signed)

    return [
        page("personnes", "people", slug),
        page("personnes, cherchées", "people", slug, query="?q=membre+1&role=reader"),
        page("invitations", "invitations", slug),
        page("premiers pas", "welcome", slug),
        page("espaces de l'instance", "instance_spaces"),
        page("comptoirs en tableau", "workshops_table", slug),
        page("imports", "imports", slug),
        page("le contrat", "contract", slug, code),
        page("signataires", "signatories", slug, code),
        page("un signataire", "signatory", slug, code, signatory.code),
        page("annuaire", "contacts", slug, code),
        page("objectifs", "objectives", slug, code),
        page("qui fait quoi", "who_does_what", slug, code),
        page("instances", "bodies", slug, code),
        page("quartiers du pays", "neighbourhoods"),
        page("quartiers de l'espace", "space_neighbourhoods", slug),
        page("un quartier", "neighbourhood", neighbourhood.code),
    ]
