"""Rounds of check-ins as they are read: who would be asked what, where each question stands, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Max, Q

from comptoir.commitments.asking import Call, Plan, Question, Why, is_pressing, is_settled, next_round, plan
from comptoir.commitments.enums import CheckInAnswer, Delivery
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRhythm, CheckInRound, Commitment
from comptoir.commitments.reading import referents_of, states_of
from comptoir.commitments.state import State
from comptoir.contracts.models import CityContract, Contact

SILENCE = timedelta(days=10)  # without an answer to the last question, before a call is proposed


class Standing(StrEnum):
    """Where a question stands, as the team reads it."""

    ANSWERED = "répondu"
    WAITING = "sans réponse à ce jour"
    TO_SEND = "à envoyer"
    UNREACHED = "non joint"
    BY_HAND = "de vive voix ou sur papier"
    FORWARDED = "transmise à un collègue"
    CANCELLED = "plus à demander"


KINDS = {
    Standing.ANSWERED: "success", Standing.WAITING: "info", Standing.TO_SEND: "neutral", Standing.UNREACHED: "danger",
    Standing.BY_HAND: "warning", Standing.FORWARDED: "neutral", Standing.CANCELLED: "neutral",
}  # fmt: skip
_BY_DELIVERY = {
    Delivery.SENT: Standing.WAITING, Delivery.QUEUED: Standing.TO_SEND, Delivery.FAILED: Standing.UNREACHED,
    Delivery.BY_HAND: Standing.BY_HAND, Delivery.FORWARDED: Standing.FORWARDED, Delivery.CANCELLED: Standing.CANCELLED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening a round would do. `people` in the order in which they are asked."""

    plan: Plan
    people: list[tuple[Contact, date, list[Commitment]]]
    later: list[Commitment]
    unnamed: list[Commitment]

    @property
    def questions(self) -> int:
        return sum(len(commitments) for _, _, commitments in self.people)


def standing_of(request: CheckInRequest) -> Standing:
    if request.answered_at is not None:
        return Standing.ANSWERED
    return _BY_DELIVERY[Delivery(request.delivery)]


def standing(found: Standing) -> Q:
    """The same, as a filter."""
    if found == Standing.ANSWERED:
        return Q(answered_at__isnull=False)
    delivery = next(key for key, value in _BY_DELIVERY.items() if value == found)
    return Q(answered_at=None, delivery=delivery)


def rhythm_of(contract: CityContract) -> CheckInRhythm:
    """How a contract asks; the usual values where it has not been said."""
    return CheckInRhythm.objects.filter(contract=contract).first() or CheckInRhythm(contract=contract)


def open_commitments(contract: CityContract, *, on: date) -> list[Commitment]:
    """Those that may be asked about: written, not withdrawn, not settled."""
    rows = Commitment.objects.shown().filter(contract=contract, wording__isnull=False).with_words().in_table_order()
    commitments = list(rows)
    states = states_of(commitments, on=on)
    return [commitment for commitment in commitments if not is_settled(states[commitment.pk], on=on)]


def preview_of(
    contract: CityContract, *, on: date, starts_on: date, spread_days: int, per_person: int,
    signatories: Sequence[UUID] = (),
) -> Preview:  # fmt: skip
    """Who would be asked what, and when. `signatories`: those alone, when some are named."""
    commitments = [
        c for c in open_commitments(contract, on=on) if not signatories or c.signatory_id in set(signatories)
    ]
    referents = referents_of(commitments, on=on)
    last = CheckInReply.objects.filter(commitment__in=[c.pk for c in commitments]).order_by("commitment")
    heard = dict(last.values("commitment").annotate(heard=Max("answered_on")).values_list("commitment", "heard"))
    questions = [
        Question(c.pk, referents[c.pk].pk if c.pk in referents else None, heard.get(c.pk), c.due_on, rank)
        for rank, c in enumerate(commitments)
    ]
    contacts = {contact.pk: contact for contact in referents.values()}
    order = sorted(contacts, key=lambda pk: (contacts[pk].search, pk))
    made = plan(questions, order, starts_on=starts_on, days=spread_days, most=per_person)
    by_id = {c.pk: c for c in commitments}
    return Preview(
        made, [(contacts[person], day, [by_id[pk] for pk in pks]) for person, (day, pks) in made.asked.items()],
        [by_id[pk] for pk in made.later], [by_id[pk] for pk in made.unnamed],
    )  # fmt: skip


def latest_round(contract: CityContract) -> CheckInRound | None:
    return contract.check_in_rounds.order_by("-opened_on", "-pk").first()


def proposed_on(contract: CityContract, last: CheckInRound | None, *, on: date) -> date | None:
    """The day from which the next round is proposed; None while one is open."""
    if last is not None and last.closed_on is None:
        return None
    months = rhythm_of(contract).every_months
    return next_round(last.opened_on if last else None, months=months, on=on)


def calls_of(
    requests: Sequence[CheckInRequest], states: dict[UUID, State], latest: dict[UUID, CheckInReply], *, on: date
) -> list[Call]:
    """Whom one could call about an open round: for each question, the last asking decides. Unsorted (asking.to_call).

    `requests`: those of the round, with commitment and contact, the last asked last.
    """
    asking: dict[UUID, CheckInRequest] = {}
    for request in requests:
        if request.delivery not in {Delivery.CANCELLED, Delivery.FORWARDED} or request.answered_at:
            asking[request.commitment_id] = request
    answered = {request.commitment_id for request in requests if request.answered_at}
    found = []
    for pk, request in asking.items():
        commitment, contact = request.commitment, request.contact
        pressing = is_pressing(commitment.due_on, on=on)
        if pk in answered:
            reply = latest.get(pk)
            if reply and reply.answer == CheckInAnswer.STUCK and not is_settled(states[pk], on=on):
                found.append(Call(contact.pk, Why.STUCK, reply.answered_on, pressing, contact.search))
        elif request.delivery in {Delivery.FAILED, Delivery.BY_HAND} and request.send_on <= on:
            found.append(Call(contact.pk, Why.UNREACHED, request.send_on, pressing, contact.search))
        elif request.delivery == Delivery.SENT and on - request.send_on >= SILENCE:
            found.append(Call(contact.pk, Why.SILENT, request.send_on, pressing, contact.search))
    return found
