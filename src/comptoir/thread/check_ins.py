"""Check-ins as pieces of the thread: the rounds that asked about a commitment, what was answered. News, not proofs."""

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.enums import CheckInAnswer
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRound
from comptoir.kit.dates import date_text
from comptoir.kit.french import plural
from comptoir.thread.kinds import Column, Piece, Row, ThingKind

TONES = {
    CheckInAnswer.DONE: "success", CheckInAnswer.ONGOING: "info", CheckInAnswer.STUCK: "warning",
    CheckInAnswer.OBSOLETE: "neutral",
}  # fmt: skip
_SAID = Case(*(When(answer=one, then=Value(one.label, TextField())) for one in CheckInAnswer))
_OF_ROUND = CheckInRequest.objects.filter(round=OuterRef("pk")).order_by().values("round")


def _counted(which: Q) -> Subquery:
    counted = _OF_ROUND.annotate(n=Count("pk", filter=which)).values("n")
    return Subquery(counted, output_field=IntegerField())


def _rounds_seen(actor: Actor) -> Q:
    """Rounds are for the team, like their pages: they show who has not answered."""
    return Q() if is_team(actor) else Q(pk__in=())


def _round(actor: Actor, row: Row) -> Piece:
    text = f"Point d'étape du {date_text(row.day, 'j F Y')}"
    label = f"point d'étape, {plural(row.said, 'réponse', 'réponses')} sur {row.number}"
    return Piece(row.kind, str(row.pk), text, label, reverse("check_in_round", args=(actor.space.slug, row.code)))


def _reply(actor: Actor, row: Row) -> Piece:
    """Read on the page of its commitment."""
    answer = CheckInAnswer(row.more)
    label = f"réponse au point d'étape, {date_text(row.day, 'j F Y')}"
    url = f"{reverse('commitment', args=(actor.space.slug, row.within))}#replies"
    return Piece(row.kind, str(row.pk), row.text, label, url, answer.label.lower(), TONES[answer])


ROUND = ThingKind(
    "point-d-etape", "point d'étape", "points d'étape", Column.DONE, shown=_round, seen=_rounds_seen, news=True,
    rows_of=lambda space: CheckInRound.objects.filter(space=space),
    columns=lambda actor: {
        "text": F("contract__name"), "code": F("code"), "day": F("opened_on"),
        "said": _counted(Q(answered_at__isnull=False)), "number": _counted(Q(forwarded_from=None)),
    },
)  # fmt: skip
REPLY = ThingKind(
    "nouvelle", "réponse au point d'étape", "réponses aux points d'étape", Column.DONE, shown=_reply, news=True,
    found_by="pk",
    rows_of=lambda space: CheckInReply.objects.filter(commitment__space=space, commitment__withdrawn_at=None),
    columns=lambda actor: {
        "text": Coalesce(NullIf("line", Value("")), _SAID, output_field=TextField()), "day": F("answered_on"),
        "within": F("commitment__code"), "more": F("answer"),
    },
)  # fmt: skip
