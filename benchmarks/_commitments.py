"""The commitments of the reference load: 260 in the usual contract, 10,000 in the large one, the rest all over.

Two hundred and sixty a contract is the mean of the reference load; ten thousand in one is far beyond it.

Made once, by bulk writes, from one seed: wordings, proofs, decisions, two rounds of check-ins with their answers, a
validated table, the journal. Parts are those of a real table: half the lines have no fact, one in seven is yearly.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from _client import Visit
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.enums import OrganisationKind
from comptoir.accounts.models import Actor, Organisation
from comptoir.audit.models import Entry
from comptoir.commitments.actions import take_snapshot
from comptoir.commitments.enums import Channel, CheckInAnswer, CommitmentLevel, DecidedOutcome, Delivery, ProofKind
from comptoir.commitments.models import (
    CheckInReply,
    CheckInRequest,
    CheckInRound,
    Commitment,
    CommitmentWording,
    Decision,
    Evidence,
)
from comptoir.contracts.enums import BodyKind, Level
from comptoir.contracts.models import CityContract, Contact, GoverningBody, Meeting, Objective, Referent, Signatory
from comptoir.territories.models import PriorityNeighbourhood

SEED = 20_261_126
CHUNK = 2_000
SIGNATORIES = 12  # of each contract but those measured, which have their own
ASKED = 5  # questions to each signatory in the round that is open

_DOES = ("Ouvrir", "Financer", "Tenir", "Rénover", "Animer", "Équiper", "Adapter", "Prolonger", "Former", "Accueillir")
_WHAT = (
    "deux permanences par semaine", "trois logements témoins", "l'accueil du centre social", "un atelier d'insertion",
    "la ligne du soir", "quarante places de loisirs", "les horaires de la piscine", "un poste de médiation",
    "le diagnostic des ascenseurs", "une classe passerelle", "les bilans de santé", "le local des jeunes",
)  # fmt: skip
_HOW = ("dans chaque quartier", "avec les habitants", "dès la rentrée", "au pied des immeubles", "sans condition", "")


@dataclass(slots=True)
class _Rows:
    """What waits to be written, in the order in which rows cite one another."""

    wordings: list[CommitmentWording] = field(default_factory=list)
    proofs: list[Evidence] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    requests: list[CheckInRequest] = field(default_factory=list)
    replies: list[CheckInReply] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A contract and all that its commitments cite."""

    contract: CityContract
    signatories: list[Signatory]
    people: dict[Any, Contact]
    objectives: list[Objective]
    neighbourhoods: list[PriorityNeighbourhood]
    meeting: Meeting
    former: CheckInRound
    open: CheckInRound


def fill(measured: Sequence[tuple[Actor, CityContract]], total: int) -> None:
    """260 (at most a twentieth of `total`) in the first contract, a tenth in the second, the rest in those of the
    other spaces. Nothing where they are there."""
    contracts = [contract for _, contract in measured]
    if Commitment.objects.filter(contract=contracts[0]).exists():
        return
    others = CityContract.objects.exclude(pk__in=[one.pk for one in contracts]).select_related("space").order_by("pk")
    large, usual = total // 10, min(260, total // 20)
    chance = random.Random(SEED)
    organisations = list(Organisation.objects.order_by("pk")[:40])
    with transaction.atomic():
        sizes = [usual, large, *_shares(total - large - usual, len(others))]
        for one, size in zip([*contracts, *others], sizes, strict=True):
            _write(chance, _place(one, organisations), size)
        for actor, contract in measured:
            _validate(actor, contract)


def _shares(total: int, parts: int) -> list[int]:
    return [total * (n + 1) // parts - total * n // parts for n in range(parts)]


def _place(contract: CityContract, organisations: list[Organisation]) -> _Place:
    space, kinds = contract.space, list(OrganisationKind)
    signatories = list(contract.signatories.select_related("organisation").order_by("pk"))
    if not signatories:
        signatories = [
            Signatory(space=space, contract=contract, organisation=one, kind=kinds[n % len(kinds)])
            for n, one in enumerate(organisations[:SIGNATORIES])
        ]
        Signatory.objects.bulk_create(signatories)
    people = {one.pk: Contact(space=space, signatory=one, name=f"Référente {n}") for n, one in enumerate(signatories)}
    Contact.objects.bulk_create(people.values())
    began = timezone.localdate() - timedelta(days=700)
    Referent.objects.bulk_create(
        Referent(space=space, signatory_id=pk, contact=one, starts_on=began)
        for n, (pk, one) in enumerate(people.items()) if n % 5
    )  # fmt: skip
    body = GoverningBody.objects.create(space=space, contract=contract, kind=BodyKind.STEERING, name="Pilotage")
    meeting = Meeting.objects.create(space=space, body=body, held_on=timezone.localdate() - timedelta(days=60))
    former, now = (
        CheckInRound(space=space, contract=contract, opened_on=timezone.localdate() - timedelta(days=days))
        for days in (110, 20)
    )
    former.closed_on = timezone.localdate() - timedelta(days=30)
    CheckInRound.objects.bulk_create([former, now])
    objectives = list(contract.objectives.filter(level=Level.OPERATIONAL).order_by("pk")[:60])
    neighbourhoods = list(contract.neighbourhoods.order_by("pk"))
    return _Place(contract, signatories, people, objectives, neighbourhoods, meeting, former, now)


def _write(chance: random.Random, place: _Place, size: int) -> None:
    made = iter(_commitments(chance, place, size))
    asked: dict[Any, int] = {}
    while commitments := list(islice(made, CHUNK)):
        rows = _Rows()
        for one in commitments:
            _around(chance, place, one, rows, asked)
        Commitment.objects.bulk_create(commitments)
        for model, kind in (
            (CommitmentWording, rows.wordings), (Evidence, rows.proofs), (Decision, rows.decisions),
            (CheckInRequest, rows.requests), (CheckInReply, rows.replies), (Entry, rows.entries),
            (Commitment.neighbourhoods.through, rows.places),
        ):  # fmt: skip
            model.objects.bulk_create(kind, batch_size=CHUNK)  # type: ignore[attr-defined]  # a list of many models


def _commitments(chance: random.Random, place: _Place, size: int) -> Iterator[Commitment]:
    today, levels = timezone.localdate(), [*CommitmentLevel.values, ""]
    for n in range(size):
        signatory = chance.choice(place.signatories)
        yearly, soon = chance.random() < 1 / 7, chance.random() < 0.1
        yield Commitment(
            space=place.contract.space, contract=place.contract, signatory=signatory, position=n + 1,
            contact=place.people[signatory.pk] if chance.random() < 0.4 else None,
            objective=chance.choice(place.objectives) if place.objectives and chance.random() < 0.7 else None,
            level=chance.choice(levels), first_year=today.year - chance.randrange(3) if yearly else None,
            due_on=None if yearly or chance.random() < 0.15 else today + timedelta(days=chance.randint(-300, 1_500)),
            measure="nombre de personnes reçues" if chance.random() < 0.7 else "",
            expected_proof="un bilan" if chance.random() < 0.7 else "",
            next_step="Les travaux commencent" if soon else "",
            next_step_on=today + timedelta(days=chance.randint(-20, 120)) if soon else None,
        )  # fmt: skip


def _around(chance: random.Random, place: _Place, one: Commitment, rows: _Rows, asked: dict[Any, int]) -> None:
    today, space = timezone.localdate(), place.contract.space
    words = " ".join(part for part in (chance.choice(_DOES), chance.choice(_WHAT), chance.choice(_HOW)) if part)
    one.wording = CommitmentWording(commitment=one, text=f"{words} (ligne {one.position})")
    rows.wordings.append(one.wording)  # written after what cites it: foreign keys are checked at the end
    if place.neighbourhoods and chance.random() < 0.6:
        through = Commitment.neighbourhoods.through
        rows.places.append(
            through(commitment_id=one.pk, priorityneighbourhood_id=chance.choice(place.neighbourhoods).pk)
        )
    if chance.random() < 0.4:
        day = _past(chance, today)
        rows.proofs.append(
            Evidence(
                space=space, commitment=one, kind=ProofKind.FIGURE, label="Bilan", figure=chance.randint(1, 500),
                whole=chance.random() < 0.6, given_on=day, confirmed_on=day if chance.random() < 0.8 else None,
            )
        )  # fmt: skip
    if chance.random() < 0.1:
        rows.decisions.append(
            Decision(
                commitment=one, meeting=place.meeting, outcome=chance.choice(DecidedOutcome.values),
                decided_on=_past(chance, today), reason="Le financement a changé.",
                reply="Nous en prenons acte." if chance.random() < 0.7 else "",
            )
        )  # fmt: skip
    contact = place.people[one.signatory_id]
    if chance.random() < 0.6:
        _ask(chance, place.former, one, contact, rows, answered=0.6)
    if asked.setdefault(one.signatory_id, 0) < ASKED:
        asked[one.signatory_id] += 1
        _ask(chance, place.open, one, contact, rows, answered=0.3)
    rows.entries.append(
        Entry(
            space=space, organisation=f"Organisme {one.position % 40}", action="commitments.write",
            label="Engagement écrit", object_id=one.pk, within_id=place.contract.pk,
        )
    )  # fmt: skip


def _past(chance: random.Random, today: date) -> date:
    return today - timedelta(days=chance.randint(0, 400))


def _ask(
    chance: random.Random, asked: CheckInRound, one: Commitment, contact: Contact, rows: _Rows, *, answered: float
) -> None:
    answers = chance.random() < answered
    day = asked.opened_on + timedelta(days=chance.randint(0, 4))
    request = CheckInRequest(
        space_id=one.space_id, round=asked, commitment=one, contact=contact, send_on=day,
        delivery=Delivery.SENT if answers or chance.random() < 0.9 else Delivery.FAILED,
    )  # fmt: skip
    rows.requests.append(request)
    if answers:
        rows.replies.append(
            CheckInReply(
                commitment=one, request=request, contact=contact, answer=chance.choice(CheckInAnswer.values),
                line="La convention est signée.", channel=Channel.LINK, answered_on=day + timedelta(days=5),
            )
        )  # fmt: skip


def _validate(actor: Actor, contract: CityContract) -> None:
    """A body saw the table forty days ago."""
    body = GoverningBody.objects.create(
        space=actor.space, contract=contract, kind=BodyKind.STEERING, name="Comité qui valide", validates=True
    )
    day = timezone.localdate() - timedelta(days=40)
    meeting = Meeting.objects.create(space=actor.space, body=body, held_on=day)
    take_snapshot(actor=actor, contract=contract, meeting=meeting, validated_by="Le comité", taken_on=day)


def commitment_visits(signed: dict[str, str], contract: CityContract) -> list[Visit]:
    """The pages that read many commitments."""
    slug = contract.space.slug
    one = contract.commitments.order_by("position")[7]

    def page(label: str, name: str, *args: object, query: str = "") -> Visit:
        return Visit(label, reverse(name, args=args) + query, signed)

    return [
        page("tableau de bord par quartier", "space", slug, query="?par=quartier"),
        page("tableau des engagements", "commitments", slug),
        page("le même, échéance passée", "commitments", slug, query="?etat=overdue"),
        page("le même, rangé par échéance, page 5", "commitments", slug, query="?tri=-echeance&page=5"),
        page("un engagement", "commitment", slug, one.code),
        page("revue du tableau", "review", slug),
        page("demi-page de l'élu", "brief", slug),
        page("le fil d'un engagement", "thread", slug, "engagement", one.code),
        page("ma semaine", "week", slug),
        page("engagements en CSV", "commitments", slug, query="?format=csv"),
    ]
