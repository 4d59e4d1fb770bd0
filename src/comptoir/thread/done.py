"""Things that were written because of what was said: objectives, commitments, what is done of them, answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team
from comptoir.commitments.enums import LABELS, DecidedOutcome, ProofKind
from comptoir.commitments.models import Commitment, Decision, Evidence, Promise
from comptoir.commitments.reading import states_of
from comptoir.commitments.views.shared import BADGES
from comptoir.contracts.enums import Level
from comptoir.contracts.models import Objective
from comptoir.kit.dates import date_text
from comptoir.thread import public
from comptoir.thread.kinds import Column, Piece, Row, ThingKind
from comptoir.thread.said import line_url
from comptoir.voices.enums import AnswerKind
from comptoir.voices.models import Answer
from comptoir.voices.rules import may_hear_raw


def _on(row: Row) -> str:
    return f", {date_text(row.day, 'j F Y')}" if row.day else ""


def _objective(actor: Actor, row: Row) -> Piece:
    url = reverse("objective", args=(actor.space.slug, row.within, row.code))
    return Piece(row.kind, str(row.pk), row.text, Level(row.more).label.lower(), url)


def _commitment_url(actor: Actor, code: str) -> str:
    return reverse("commitment", args=(actor.space.slug, code))


def _commitment(actor: Actor, row: Row) -> Piece:
    return Piece(row.kind, str(row.pk), row.text, f"engagement, {row.more}", _commitment_url(actor, row.code))


def _states(ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = list(Commitment.objects.filter(pk__in=ids).select_related("contact").order_by("pk"))
    found = states_of(rows, on=timezone.localdate())
    return {pk: (LABELS[state.label], BADGES[state.label]) for pk, state in found.items()}


def _proof(actor: Actor, row: Row) -> Piece:
    """A proof is read on the page of its commitment."""
    url = f"{_commitment_url(actor, row.within)}#evidence"
    label = f"pièce à l'appui, {ProofKind(row.more).label.lower()}, confirmée{_on(row)}"
    return Piece(row.kind, str(row.pk), row.text, label, url)


def _decision(actor: Actor, row: Row) -> Piece:
    url = f"{_commitment_url(actor, row.within)}#decisions"
    label = f"décision : {DecidedOutcome(row.more).label.lower()}{_on(row)}"
    return Piece(row.kind, str(row.pk), row.text, label, url)


def _promises_seen(actor: Actor) -> Q:
    """As `may_see_promise`, for a list: published ones; one's own; all of them for the team."""
    return Q() if is_team(actor) else Q(published_at__isnull=False) | Q(author_id=actor.person_id)


def _answers_seen(actor: Actor) -> Q:
    """Published answers for every member; those being written too, for the team."""
    return Q() if is_team(actor) else Q(published_at__isnull=False)


def _promise(actor: Actor, row: Row) -> Piece:
    url = reverse("promise", args=(actor.space.slug, row.code))
    return Piece(row.kind, str(row.pk), row.text, f"parole donnée, {row.more}{_on(row)}", url)


def _answer_columns(actor: Actor) -> Mapping[str, Any]:
    """An answer is read on the page of its line: as it is now, or in the last published synthesis that holds it."""
    columns: dict[str, Any] = {
        "text": F("reasons"), "day": F("decided_on"), "by": F("decided_by"), "more": F("kind"),
        "code": F("statement__root__code"),
    }  # fmt: skip
    if may_hear_raw(actor):
        return columns | {"within": F("statement__root__heading__occasion__comptoir__workshop__code")}
    copies = public.lines("statement__root")
    return columns | {
        "within": public.first(copies, "version__workshop__code"), "number": public.first(copies, "version__number"),
    }  # fmt: skip


def _answer(actor: Actor, row: Row) -> Piece:
    label = f"réponse : {AnswerKind(row.more).label.lower()}, par {row.by}{_on(row)}"
    url = line_url(actor, row)
    return Piece(row.kind, str(row.pk), row.text, label, url and f"{url}#answers")


OBJECTIVE = ThingKind(
    "objectif", "objectif", "objectifs", Column.OBJECTIVE, shown=_objective,
    rows_of=lambda space: Objective.objects.shown().filter(space=space),
    columns=lambda actor: {
        "text": F("wording__text"), "code": F("code"), "within": F("contract__code"), "more": F("level")
    },
)  # fmt: skip
COMMITMENT = ThingKind(
    "engagement", "engagement", "engagements", Column.COMMITMENT, shown=_commitment, told=_states,
    rows_of=lambda space: Commitment.objects.shown().filter(space=space),
    columns=lambda actor: {
        "text": F("wording__text"), "code": F("code"), "day": F("due_on"), "more": F("signatory__organisation__name")
    },
)  # fmt: skip
PROOF = ThingKind(
    "piece", "pièce à l'appui", "pièces à l'appui", Column.DONE, shown=_proof,
    rows_of=lambda space: Evidence.objects.filter(space=space, withdrawn_at=None, confirmed_on__isnull=False),
    columns=lambda actor: {
        "text": F("label"), "code": F("code"), "day": F("confirmed_on"), "within": F("commitment__code"),
        "more": F("kind"),
    },
)  # fmt: skip
DECISION = ThingKind(
    "decision", "décision", "décisions", Column.DONE, shown=_decision,
    rows_of=lambda space: Decision.objects.filter(commitment__space=space, withdrawn_at=None),
    columns=lambda actor: {
        "text": F("reason"), "day": F("decided_on"), "within": F("commitment__code"), "more": F("outcome")
    },
    found_by="pk",
)  # fmt: skip
PROMISE = ThingKind(
    "promesse", "parole donnée", "paroles données", Column.SAID, shown=_promise, seen=_promises_seen, origin=True,
    rows_of=lambda space: Promise.objects.filter(space=space, withdrawn_at=None),
    columns=lambda actor: {"text": F("text"), "code": F("code"), "day": F("made_on"), "more": F("author_name")},
)  # fmt: skip
ANSWER = ThingKind(
    "reponse", "réponse", "réponses", Column.ANSWER, shown=_answer, seen=_answers_seen,
    rows_of=lambda space: Answer.objects.filter(space=space, withdrawn_at=None),
    columns=_answer_columns,
)  # fmt: skip
