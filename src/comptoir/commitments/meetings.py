"""What commitments show on the page of a meeting: what the tool proposes before it, what was decided at it after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.commitments.enums import DecidedOutcome
from comptoir.commitments.models import Decision, Evidence, Snapshot
from comptoir.commitments.rules import may_see_news
from comptoir.commitments.week import agenda_of
from comptoir.contracts.models import Meeting
from comptoir.kit.slots import Piece

Pieces = Mapping[UUID, Iterable[Piece]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One thing done at a meeting. `code`: of the commitment, or of the snapshot; `said`: the outcome, or who
    validated it; `text`: the words of the commitment; `more`: the reason, or the name of the proof."""

    what: str
    code: str
    text: str
    said: str
    more: str

    @property
    def outcome(self) -> str:
        return DecidedOutcome(self.said).label


def may_see(actor: Actor, meeting: Meeting) -> bool:
    """Every member reads what a body decided; what is proposed for the agenda is for the team (may_see_news)."""
    return meeting.space_id == actor.space.pk


def of_meetings(actor: Actor, meetings: Sequence[Meeting]) -> Pieces:
    """A page shows one meeting: what was recorded at it, in one query, then what waits for it if it is to come."""
    return {meeting.pk: list(_pieces(actor, meeting)) for meeting in meetings}


def _pieces(actor: Actor, meeting: Meeting) -> Iterable[Piece]:
    recorded = _recorded(meeting)
    if recorded:
        yield Piece("commitments/parts/meeting_record.html", {"recorded": recorded})
    if meeting.held_on >= timezone.localdate() and may_see_news(actor):
        yield Piece("commitments/parts/meeting_agenda.html", agenda_of(meeting.body.contract))


def _recorded(meeting: Meeting) -> list[Recorded]:
    decisions = Decision.objects.filter(meeting=meeting, withdrawn_at=None, commitment__withdrawn_at=None)
    proofs = Evidence.objects.filter(confirmed_in=meeting, withdrawn_at=None, commitment__withdrawn_at=None)
    snapshots = Snapshot.objects.filter(meeting=meeting)
    rows = _read(decisions, "decision", "commitment__code", "commitment__wording__text", "outcome", "reason").union(
        _read(proofs, "proof", "commitment__code", "commitment__wording__text", "kind", "label"),
        _read(snapshots, "snapshot", "code", "validated_by", "validated_by", "validated_by"), all=True,
    )  # fmt: skip
    return [Recorded(*row) for row in rows.order_by("what", "words", "address")]


def _read(rows: "QuerySet[Any]", what: str, code: str, text: str, said: str, more: str) -> Any:
    told = rows.order_by().annotate(
        what=Value(what, CharField()), address=Cast(F(code), CharField()), words=Cast(F(text), TextField()),
        said=Cast(F(said), TextField()), extra=Cast(F(more), TextField()),
    )  # fmt: skip
    return told.values_list("what", "address", "words", "said", "extra")
