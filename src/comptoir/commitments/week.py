"""What commitments put in « Ma semaine »: answers, calls, dates, the next meeting. For the team alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.accounts.slots import WeekPart, WeekPiece
from comptoir.commitments.asking import CALLS, SOON, Call, Why, is_settled, next_round, to_call
from comptoir.commitments.enums import CheckInAnswer
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRhythm, CheckInRound, Commitment, Evidence
from comptoir.commitments.rounds import calls_of
from comptoir.commitments.rules import may_ask, may_see_news
from comptoir.commitments.state import State, Timeliness
from comptoir.commitments.table import whole_table
from comptoir.contracts.models import CityContract, Contact, Meeting
from comptoir.spaces.models import Space

RECENT = timedelta(days=7)
REMEMBERED = timedelta(days=30)
SHOWN = 8
WHY = {Why.UNREACHED: "non joint par courriel", Why.STUCK: "ça coince depuis le", Why.SILENT: "sans réponse depuis le"}


@dataclass(frozen=True, slots=True)
class Known:
    """What is read once for all the parts."""

    contract: CityContract
    on: date
    commitments: list[Commitment]
    states: dict[UUID, State]
    last_round_on: date | None
    requests: list[CheckInRequest]
    replies: list[CheckInReply]  # the last ones, the latest first
    latest: dict[UUID, CheckInReply]

    @property
    def round(self) -> CheckInRound | None:
        """The one that is open."""
        return self.requests[0].round if self.requests else None


def may_see(actor: Actor, space: Space) -> bool:
    """Silence is a reminder for the team: nobody else has this page."""
    return space.pk == actor.space.pk and may_see_news(actor)


def sections(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, list[WeekPiece]]:
    """The pieces of the week, for the contract in force of each space; none where there is no contract."""
    return {space.pk: _pieces(actor, known) for space in spaces if (known := _known(space)) is not None}


def _known(space: Space) -> Known | None:
    rounds = CheckInRound.objects.filter(contract=OuterRef("pk")).order_by("-opened_on").values("opened_on")
    contracts = CityContract.objects.of(space).select_related("check_in_rhythm")
    contract = contracts.annotate(last_round_on=Subquery(rounds[:1]), next_meeting=Subquery(_next_meeting())).first()
    return None if contract is None else _read(contract, vars(contract)["last_round_on"])


def _next_meeting() -> QuerySet[Meeting, Any]:
    """The meeting to come first, read in the same question as its contract."""
    coming = Meeting.objects.shown().filter(body__contract=OuterRef("pk"), body__withdrawn_at=None)
    coming = coming.filter(held_on__gte=timezone.localdate()).order_by("held_on", "pk")
    return coming.values(told=JSONObject(code="code", day="held_on", subject="subject", body="body__name"))[:1]


def agenda_of(contract: CityContract) -> dict[str, Any]:
    """What the tool proposes for the agenda of a meeting of this contract, as the page of the meeting shows it."""
    return _proposed(_read(contract, None))


def _read(contract: CityContract, last_round_on: date | None) -> Known:
    on = timezone.localdate()
    whole = whole_table(contract, on=on)
    there = Commitment.objects.shown().filter(contract=contract, wording__isnull=False).values("pk")
    requests = list(
        CheckInRequest.objects.filter(round__contract=contract, round__closed_on=None, commitment__withdrawn_at=None)
        .select_related("round", "commitment__wording", "contact__signatory__organisation")
        .order_by("send_on", "step", "pk")
    )
    since = on - REMEMBERED
    if requests and requests[0].round:
        since = min(since, requests[0].round.opened_on)
    replies = list(
        CheckInReply.objects.filter(commitment__in=there, answered_on__gte=since)
        .select_related("contact")
        .only("commitment", "contact__name", "answer", "line", "evidence", "answered_on")
        .order_by("-answered_on", "-pk")
    )
    by_pk = {commitment.pk: commitment for commitment in whole.commitments}
    replies = [reply for reply in replies if reply.commitment_id in by_pk]  # not one written since the table was read
    latest: dict[UUID, CheckInReply] = {}
    for reply in replies:
        reply.commitment = by_pk[reply.commitment_id]
        latest.setdefault(reply.commitment_id, reply)
    return Known(
        contract,
        on,
        whole.commitments,
        whole.states,
        last_round_on,
        requests,
        replies,
        latest,
    )


def _pieces(actor: Actor, known: Known) -> list[WeekPiece]:
    calls = to_call(calls_of(known.requests, known.states, known.latest, on=known.on))
    own = {one.contact_id for one in known.requests if _is(actor, one.contact)}
    others = [call for call in calls if call.person not in own]
    return [_received(actor, known), _calls(known, others), _due(known), _meeting(known)]


def _is(actor: Actor, contact: Contact) -> bool:
    """Nobody is told to call themselves: the pilot of a contract is often its own referent."""
    return contact.name == actor.name or (contact.person_id is not None and contact.person_id == actor.person_id)


def _received(actor: Actor, known: Known) -> WeekPiece:
    """The answers of the last seven days, and the next round when its time comes."""
    recent = [reply for reply in known.replies if known.on - reply.answered_on <= RECENT]
    is_open = bool(known.requests)
    proposed = None
    if not is_open and may_ask(actor) and known.commitments:
        rhythm = getattr(known.contract, "check_in_rhythm", None) or CheckInRhythm()
        day = next_round(known.last_round_on, months=rhythm.every_months, on=known.on)
        proposed = day if day <= known.on + RECENT else None
    context = {
        "replies": recent[:SHOWN], "more": len(recent) - SHOWN, "round": known.round if is_open else None,
        "proposed": proposed, "contract": known.contract,
    }  # fmt: skip
    return WeekPiece("commitments/parts/week_replies.html", context, WeekPart.REPLIES, len(recent))


def _calls(known: Known, calls: Sequence[Call]) -> WeekPiece:
    people: dict[UUID, Contact] = {request.contact_id: request.contact for request in known.requests}
    rows = [(people[call.person], WHY[call.why], call) for call in calls[:CALLS]]
    context = {"rows": rows, "more": len(calls) - CALLS, "round": known.round, "open": bool(known.requests)}
    return WeekPiece("commitments/parts/week_calls.html", context, WeekPart.CALLS, len(rows))


def _due(known: Known) -> WeekPiece:
    """What is due, or what residents will see change, within thirty days; what is settled is left out."""
    rows = []
    for commitment in known.commitments:
        if is_settled(known.states[commitment.pk], on=known.on):
            continue
        for day, what in ((commitment.due_on, ""), (commitment.next_step_on, commitment.next_step)):
            if day is not None and known.on <= day <= known.on + SOON:
                rows.append((day, what, commitment, known.latest.get(commitment.pk)))
    rows.sort(key=lambda row: (row[0], row[2].position, row[2].pk))
    context = {"rows": rows[:SHOWN], "more": len(rows) - SHOWN}
    return WeekPiece("commitments/parts/week_due.html", context, WeekPart.DUE, len(rows))


def _meeting(known: Known) -> WeekPiece:
    """The next meeting, and what the tool proposes for its agenda. The project lead decides what goes on it."""
    meeting = vars(known.contract)["next_meeting"]
    if meeting:
        meeting["day"] = date.fromisoformat(meeting["day"])
    proposed = _proposed(known)
    count = sum(len(proposed[name]) for name in ("stuck", "silent", "decide", "proofs"))
    context = proposed | {"meeting": meeting, "contract": known.contract}
    return WeekPiece("commitments/parts/week_meeting.html", context, WeekPart.MEETING, count)


def _proposed(known: Known) -> dict[str, Any]:
    proofs = list(
        Evidence.objects.filter(
            commitment__contract=known.contract, commitment__withdrawn_at=None, commitment__wording__isnull=False,
            withdrawn_at=None, confirmed_on=None,
        )
        .select_related("commitment__signatory__organisation")
        .order_by("given_on", "pk")[: SHOWN + 1]
    )  # fmt: skip
    stuck, silent, decide = _agenda(known)
    return {
        "proofs": proofs[:SHOWN], "more_proofs": len(proofs) > SHOWN, "stuck": stuck, "silent": silent,
        "decide": decide,
    }  # fmt: skip


def _agenda(known: Known) -> tuple[list[Commitment], list[Commitment], list[tuple[Commitment, str]]]:
    """What is stuck; what nobody has answered about; what a body has to decide, and why."""
    stuck, decide = [], []
    for commitment in known.commitments:
        state, said = known.states[commitment.pk], known.latest.get(commitment.pk)
        if is_settled(state, on=known.on):
            continue
        if said and said.answer == CheckInAnswer.OBSOLETE:
            decide.append((commitment, "« Plus d'actualité », dit le signataire"))
        elif state.timeliness == Timeliness.OVERDUE:
            decide.append((commitment, "échéance passée, sans pièce confirmée"))
        elif said and said.answer == CheckInAnswer.STUCK:
            stuck.append(commitment)
    waiting = calls_of(known.requests, known.states, known.latest, on=known.on)
    people = {call.person for call in waiting if call.why == Why.SILENT}
    answered = {request.commitment_id for request in known.requests if request.answered_at}
    by_id = {commitment.pk: commitment for commitment in known.commitments}
    listed = {commitment.pk for commitment, _ in decide}
    silent = {
        request.commitment_id: by_id[request.commitment_id]
        for request in known.requests
        if request.contact_id in people
        and request.commitment_id not in answered | listed
        and request.commitment_id in by_id
    }
    return stuck[:SHOWN], list(silent.values())[:SHOWN], decide[:SHOWN]
