"""Full lives for contracts of the national list, by a seeded draw: what a test or a trial needs, never real facts.

Names of people, of commitments and of what became of them are drawn; only the contract, its perimeter and its
department are those of the published list. The same seed gives the same lives.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import OrganisationKind, Role
from comptoir.accounts.models import Actor, Membership, Person
from comptoir.commitments import actions
from comptoir.commitments.actions.replies import holder
from comptoir.commitments.models import CheckInRound, Commitment
from comptoir.commitments.sending import send_due
from comptoir.contracts.actions import (
    add_contact,
    add_objective,
    add_signatory,
    assign_referent,
    open_body,
    plan_meeting,
)
from comptoir.contracts.models import CityContract, Contact, Signatory
from comptoir.spaces.mail import mark_sent
from comptoir.spaces.models import Mail, MailState
from comptoir.voices.actions import add_note
from comptoir.voices.enums import HeadingKind, Subject
from comptoir.voices.models import Statement
from comptoir.workshops.actions import add_comptoir, open_workshop

STARTED, MET = date(2025, 2, 1), date(2026, 6, 18)
FIRST = ("Salma", "Noé", "Ama", "Idris", "Lou", "Maëlle", "Yanis", "Solène", "Aïssa", "Gaspard")
LAST = ("Roucairol", "Vaillant", "Pons", "Delmas", "Benali", "Carrière", "Sow", "Lacombe", "Vidal", "Marty")
KINDS = (
    ("Intercommunalité", OrganisationKind.OTHER), ("Préfecture", OrganisationKind.STATE),
    ("Département", OrganisationKind.DEPARTMENT), ("CAF", OrganisationKind.FAMILY_FUND),
    ("Bailleur social", OrganisationKind.LANDLORD), ("France Travail", OrganisationKind.EMPLOYMENT),
)  # fmt: skip
# What, measure, proof, level.
DONE = (
    ("Tenir {n} permanences par mois au pied des immeubles", "nombre de permanences tenues", "le bilan annuel",
     "mainstream"),
    ("Affecter {n} agents aux quartiers du contrat", "nombre d'agents affectés", "les lettres de mission",
     "mainstream"),
    ("Cofinancer {n} projets d'habitants par an", "nombre de projets financés", "les conventions signées", "cofund"),
    ("Transmettre les données de suivi chaque trimestre", "nombre d'envois dans l'année", "le tableau envoyé",
     "share_data"),
    ("Adapter ses horaires d'accueil dans {n} lieux", "nombre de lieux ouverts le soir", "les horaires affichés",
     "adapt"),
)  # fmt: skip
NOTES = ("Des bancs devant l'école", "Un accueil ouvert le soir", "Savoir qui appeler", "Réparer l'éclairage")
SPREAD, ROUNDS = 2, (date(2026, 3, 2), date(2026, 6, 1))  # working days on which letters leave; days of opening
NEWS = (
    ("done", "C'est en place depuis ce mois-ci"), ("ongoing", "Le recrutement est lancé"),
    ("ongoing", "Réunion prévue avec la ville"), ("ongoing", ""), ("stuck", "Nous attendons un local"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invention:
    """What each signatory commits itself to, when an invention of a synthesis is carried on."""

    wording: str
    level: str
    measure: str
    proof: str


CONTACT = Invention(
    "Nommer un contact opérationnel, joignable par les autres signataires", "inform",
    "un contact est nommé et joignable", "la page de l'annuaire",
)  # fmt: skip
CHECK_INS = Invention(
    "Dire où nous en sommes tous les trois mois", "share_data", "nombre de réponses dans l'année",
    "le relevé des réponses",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """A contract that lives: who leads it, who signed it, what they committed themselves to."""

    lead: Actor
    giver: Actor
    contract: CityContract
    signatories: tuple[Signatory, ...]
    commitments: tuple[Commitment, ...]


def give_lives(contracts: Sequence[CityContract], *, seed: int = 2030) -> list[Life]:
    """A life for each contract, in a transaction of its own."""
    return [_live(one, _drawn(f"{seed} {one.published_code or one.code}")) for one in contracts]


def _drawn(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  # a draw that can be done again, not a secret


@transaction.atomic
def _live(contract: CityContract, chance: random.Random) -> Life:
    lead, giver = _member(contract, Role.PROJECT_LEAD), _member(contract, Role.FACILITATOR)
    signatories = tuple(_signatory(lead, contract, name, kind, chance) for name, kind in KINDS)
    body = open_body(actor=lead, contract=contract, name="Comité de pilotage", validates=True)
    meeting = plan_meeting(actor=lead, body=body, held_on=MET)
    objective = add_objective(actor=lead, contract=contract, text="Des services proches de chacun")
    lines = _notes(lead, contract)
    commitments: list[Commitment] = []
    for signatory in signatories:
        for what, measure, proof, level in chance.sample(DONE, 2):
            made = actions.write(
                actor=lead, signatory=signatory, wording=what.format(n=chance.randint(2, 12)), objective=objective,
                measure=measure, expected_proof=proof, level=level,
                due_on=MET + timedelta(days=chance.randint(-200, 400)),
                neighbourhoods=list(contract.neighbourhoods.order_by("code")[:2]),
            )  # fmt: skip
            amount = Decimal(chance.randint(2, 60)) * 500
            kind = chance.choice(("mainstream", "specific"))
            actions.set_means(actor=lead, commitment=made, means=[(kind, "euro", amount, "")])
            actions.link(actor=lead, commitment=made, statement=chance.choice(lines))
            commitments.append(made)
    for commitment in chance.sample(commitments, len(commitments) // 2):
        _prove(lead, giver, commitment, STARTED + timedelta(days=chance.randint(60, 480)))
    refused = chance.choice(commitments)
    decision = actions.decide(
        actor=lead, commitment=refused, meeting=meeting, outcome=chance.choice(("amended", "not_done")),
        reason="Le lieu prévu n'est plus disponible",
    )  # fmt: skip
    actions.reply_to_decision(
        actor=lead, decision=decision, reply="Nous en cherchons un autre", on=MET + timedelta(days=20)
    )
    actions.take_snapshot(
        actor=lead, contract=contract, meeting=meeting, validated_by="le comité de pilotage", taken_on=MET
    )
    life = Life(lead, giver, contract, signatories, tuple(commitments))
    for day in ROUNDS:
        hold_check_ins(life, chance, on=day)
    return life


def hold_check_ins(life: Life, chance: random.Random, *, on: date) -> CheckInRound:
    """A round of check-ins, from its opening to its end: most answer by their link, some on the telephone, some do not.

    Letters are written and said to have left: none leaves.
    """
    found = actions.open_round(
        actor=life.lead, contract=life.contract, on=on, starts_on=on, spread_days=SPREAD, per_person=5,
        substitute_after=0,
    )  # fmt: skip
    send_due(found, on=on + timedelta(days=SPREAD))
    letters = Mail.objects.filter(space=life.contract.space, state=MailState.QUEUED)
    for letter in letters.filter(pk__in=found.requests.values("mail")).order_by("pk"):
        mark_sent(letter)
    rows = found.requests.select_related("commitment__signatory", "contact__signatory__organisation", "space")
    for request in rows.order_by("commitment__position", "pk"):
        how = chance.choices(("link", "phone", ""), (7, 2, 1))[0]
        if how:
            answer, line = chance.choice(NEWS)
            actions.reply(
                actor=holder(request) if how == "link" else life.lead, commitment=request.commitment, answer=answer,
                channel=how, line=line, request=request, on=on + timedelta(days=chance.randint(3, 12)),
            )  # fmt: skip
    return actions.close_round(actor=life.lead, found=found, on=on + timedelta(days=21))


def _member(contract: CityContract, role: Role) -> Actor:
    space = contract.space
    name = f"{role.label} de {space.name}"[:120]
    person = Person.objects.create_user(email=f"{role}.{space.slug}@exemple.fr", name=name, password=None)
    organisation = organisation_named(f"Équipe projet de {space.name}"[:120])
    return Actor.of(Membership.objects.create(space=space, person=person, role=role, organisation=organisation))


def _signatory(
    lead: Actor, contract: CityContract, name: str, kind: OrganisationKind, chance: random.Random
) -> Signatory:  # fmt: skip
    """A signatory; most have a referent from the start."""
    organisation = organisation_named(f"{name}, {contract.space.name}"[:120], kind)
    assert organisation is not None
    signatory = add_signatory(actor=lead, contract=contract, organisation=organisation)
    if chance.random() < 0.7:
        name_contact(lead, signatory, chance)
    return signatory


def name_contact(lead: Actor, signatory: Signatory, chance: random.Random) -> Contact:
    """Someone whom the others can reach, as referent since the contract began."""
    who = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    contact = add_contact(actor=lead, signatory=signatory, name=who, email="contact@exemple.fr")
    assign_referent(actor=lead, signatory=signatory, contact=contact, starts_on=STARTED)
    return contact


def _notes(lead: Actor, contract: CityContract) -> list[Statement]:
    workshop = open_workshop(actor=lead, title=f"Comptoir de {contract.space.name}"[:120], held_on=date(2025, 1, 15))
    occasion = add_comptoir(actor=lead, workshop=workshop, title="Habitants", subject=Subject.RESIDENTS).occasion
    heading = occasion.headings.filter(kind=HeadingKind.INVENTION)[0]
    return [add_note(actor=lead, heading=heading, words=words) for words in NOTES]


def _prove(lead: Actor, giver: Actor, commitment: Commitment, day: date) -> None:
    """A proof joined by the facilitator, confirmed by the lead two weeks later."""
    evidence = actions.give_evidence(
        actor=giver, commitment=commitment, kind="link", url="https://exemple.fr/bilan", label="Le bilan", given_on=day
    )
    actions.confirm(actor=lead, evidence=evidence, on=day + timedelta(days=14))


def carry_invention(life: Life, line: Statement, what: Invention = CONTACT) -> list[Commitment]:
    """An invention of a synthesis becomes a commitment of each signatory, linked to the line that it answers."""
    made = []
    for signatory in life.signatories:
        commitment = actions.write(
            actor=life.lead, signatory=signatory, wording=what.wording, level=what.level, due_on=date(2026, 12, 31),
            measure=what.measure, expected_proof=what.proof,
        )  # fmt: skip
        actions.link(actor=life.lead, commitment=commitment, statement=line)
        made.append(commitment)
    return made


def prove_contacts(life: Life, commitments: Iterable[Commitment], *, on: date) -> list[Commitment]:
    """A proof for each signatory that has named someone by this day: those are kept, the others go on."""
    proved = []
    for commitment in commitments:
        if commitment.signatory.referents.on(on).exists():
            _prove(life.lead, life.giver, commitment, on - timedelta(days=14))
            proved.append(commitment)
    return proved
