"""Reading the text of a contract: the machine proposes, a person accepts, corrects or leaves. Nothing is made alone."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.extraction.commits import Found, Named, commitments_in
from comptoir.analysis.extraction.reading import read_passages
from comptoir.commitments.actions.register import set_means, write
from comptoir.commitments.enums import MeansKind, ProposalState
from comptoir.commitments.models import Commitment, TextProposal, TextReading
from comptoir.commitments.rules import may_read_text
from comptoir.contracts.models import CityContract, Signatory
from comptoir.kit import files as store
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces import files, jobs
from comptoir.spaces.jobs import Progress
from comptoir.spaces.models import Job
from comptoir.territories.models import PriorityNeighbourhood

READ_JOB = "commitments.read_text"


def _must(actor: Actor) -> None:
    if not may_read_text(actor):
        raise Refused("Seule la conduite du projet lit le texte du contrat pour en tirer des engagements.")


@transaction.atomic
def bring_text(*, actor: Actor, contract: CityContract, content: bytes, name: str) -> TextReading:
    """Keep the text of a contract, to be read by `start_reading`. The same file again is the reading that is there."""
    _must(actor)
    if contract.space_id != actor.space.pk:
        raise Refused("Ce contrat n'est pas de votre espace.")
    file = files.keep_upload(space=actor.space, content=content, name=name)
    known = TextReading.objects.filter(contract=contract, file__digest=file.digest).first()
    if known is not None:
        return known
    reading = TextReading.objects.create(
        space=actor.space, contract=contract, file=file, actor_id=actor.person_id
    )  # fmt: skip
    journal.write(
        actor, "commitments.bring_text", "Texte du contrat déposé", reading.pk, within_id=contract.pk, file=file.pk
    )
    return reading


def start_reading(*, actor: Actor, reading: TextReading, back_url: str) -> Job:
    """Queue the reading, whose progress is shown; read already, it says so."""
    _must(actor)
    if reading.space_id != actor.space.pk:
        raise Refused("Ce texte n'est pas de votre espace.")
    if reading.read_at is not None:
        raise Conflict("Ce texte est déjà lu.")
    return jobs.start(
        space=actor.space, kind=READ_JOB, label="Lecture du texte du contrat", subject_id=reading.pk,
        actor_id=actor.person_id, back_url=back_url,
    )  # fmt: skip


def read_text(reading_id: UUID, progress: Progress | None = None) -> None:
    """The body of the job: all proposals at once, or none. Run again, it finds them there."""
    reading = TextReading.objects.select_related("file", "contract").get(pk=reading_id)
    if reading.read_at is not None:
        return
    if progress:
        progress(0, 2, "Lecture du document")
    passages = read_passages(store.get(reading.file.digest), reading.file.name)
    if progress:
        progress(1, 2, "Recherche des engagements")
    signatories = {one.organisation.name: one for one in reading.contract.signatories.shown().by_name()}
    found = commitments_in(passages, _named(list(signatories.values())), _places(reading.contract))
    with transaction.atomic():
        if TextReading.objects.select_for_update().get(pk=reading.pk).read_at is not None:
            return
        TextProposal.objects.bulk_create(
            [_proposal(reading, number, one, signatories) for number, one in enumerate(found, 1)], batch_size=200
        )
        TextReading.objects.filter(pk=reading.pk).update(read_at=timezone.now(), passages=len(passages))


def _named(signatories: Sequence[Signatory]) -> list[Named]:
    """Each by its name and short name; by its kind too (« la Ville »), where it is the only one of its kind."""
    kinds: dict[str, int] = {}
    for one in signatories:
        kinds[one.organisation.kind] = kinds.get(one.organisation.kind, 0) + 1
    named = []
    for one in signatories:
        also = [one.organisation.short_name]
        if kinds[one.organisation.kind] == 1 and one.organisation.kind != "other":
            also.append(one.organisation.get_kind_display())
        named.append(Named(one.organisation.name, tuple(form for form in also if form)))
    return named


def _places(contract: CityContract) -> list[Named]:
    return [Named(place.code, (place.name,)) for place in contract.neighbourhoods.order_by("code")]


def _proposal(reading: TextReading, number: int, one: Found, signatories: dict[str, Signatory]) -> TextProposal:
    return TextProposal(
        reading=reading, number=number, sentence=one.sentence, wording=one.wording, page=one.place.page,
        place=str(one.place)[:80], section=one.place.section[:200], reasons=list(one.reasons),
        signatory=signatories.get(one.signatory), subject=one.subject[:120], due_on=one.due.day if one.due else None,
        amounts=[[amount.unit.value, str(amount.value)] for amount in one.amounts],
        neighbourhoods=list(one.neighbourhoods), level=one.level,
    )  # fmt: skip


@transaction.atomic
def take_proposal(
    *, actor: Actor, proposal: TextProposal, signatory: Signatory, wording: str, due_on: date | None = None,
    level: str = "", neighbourhoods: Sequence[PriorityNeighbourhood] = (),
    means: Sequence[tuple[str, Decimal]] = (), means_kind: str = MeansKind.MAINSTREAM,
) -> Commitment:  # fmt: skip
    """Write the commitment of a proposal, as the person read or corrected it. `means`: (unit, amount)."""
    _must(actor)
    held = _held(actor, proposal)
    if held.state == ProposalState.TAKEN:
        raise Conflict("Cette proposition est déjà devenue un engagement.")
    if signatory.contract_id != held.reading.contract_id:
        raise Invalid("Choisissez un signataire de ce contrat.", field="signatory")
    made = write(
        actor=actor, signatory=signatory, wording=wording, due_on=due_on, level=level, neighbourhoods=neighbourhoods
    )
    if means:
        set_means(actor=actor, commitment=made, means=[(means_kind, unit, amount, "") for unit, amount in means])
    _decide(actor, held, ProposalState.TAKEN, made)
    journal.write(
        actor, "commitments.take_proposal", "Engagement lu dans le contrat", made.pk, within_id=held.reading.pk
    )
    return made


@transaction.atomic
def leave_proposal(*, actor: Actor, proposal: TextProposal) -> None:
    """Say that a passage commits nobody. It can be looked at again."""
    _must(actor)
    held = _held(actor, proposal)
    if held.state == ProposalState.TAKEN:
        raise Conflict("Cette proposition est déjà devenue un engagement : retirez-le sur sa page.")
    _decide(actor, held, ProposalState.LEFT)
    journal.write(
        actor, "commitments.leave_proposal", "Proposition laissée de côté", held.pk, within_id=held.reading.pk
    )


def _held(actor: Actor, proposal: TextProposal) -> TextProposal:
    rows = TextProposal.objects.select_for_update(of=("self",)).select_related("reading")
    held = rows.filter(pk=proposal.pk, reading__space=actor.space).first()
    if held is None:
        raise Refused("Cette proposition n'est pas de votre espace.")
    return held


def _decide(actor: Actor, held: TextProposal, state: ProposalState, made: Commitment | None = None) -> None:
    TextProposal.objects.filter(pk=held.pk).update(
        state=state, commitment=made, decided_by_id=actor.person_id, decided_at=timezone.now()
    )
