"""An evaluation as one document of plain values, sealed: what every page and file given back is made of.

See docs/concepts/restitution.md for what it holds and what its seal proves.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from datetime import date
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.commitments.enums import LABELS
from comptoir.commitments.reading import states_of
from comptoir.commitments.state import Label
from comptoir.commitments.views.shared import BADGES
from comptoir.evaluation.around import around
from comptoir.evaluation.frozen_figures import FeltThen, FollowedThen, figures_then
from comptoir.evaluation.models import Evaluation, Recommendation, WrittenAnswer
from comptoir.evaluation.reading import Evidence, Row, apart, board_of, evidence_of
from comptoir.evaluation.sheet import sheet_of

SCHEMA = 2  # 1 had neither `silent`, `answers`, `followed` nor `felt`


class Quote(TypedDict):
    """Words that someone said. `seal`: fingerprint of `salt` and `text`; both are emptied by an erasure, it stays."""

    statement: str
    text: str
    salt: str
    seal: str


class Judged(TypedDict):
    college: str
    verdict: str
    verdict_label: str
    badge: str
    confidence: str
    reasons: str
    given_by: str
    given_on: date


class Piece(TypedDict):
    """A piece of evidence. `figure` is as it was released, in French; empty where the piece is no figure.

    `silent` says why it is a dash. `answers`: to a survey, as published: `label` and `text`.
    """

    id: str
    kind: str
    text: str
    figure: str
    silent: str
    answers: list[dict[str, str]]
    unit: str
    period: str
    whence: str
    quote: Quote | None
    occurrences: int
    workshop: str
    commitment: str
    signatory: str
    state: str
    badge: str
    file: str
    file_digest: str
    url: str
    given_by: str
    given_on: date


class Asked(TypedDict):
    id: str
    code: str
    text: str
    criterion: str
    answer: str
    missing: list[str]
    judged: list[Judged]
    apart: list[list[str]]
    evidence: list[Piece]
    followed: list[FollowedThen]
    felt: list[FeltThen]


class Advised(TypedDict):
    id: str
    text: str
    question: str
    signatory: str
    due_on: date | None
    commitment: str
    state: str
    badge: str


class Content(TypedDict):
    """Everything that is given back. Keys that end in `_on` are days, written as YYYY-MM-DD in the JSON."""

    schema: int
    evaluation: dict[str, Any]
    frozen_on: date
    framing: dict[str, Any]
    questions: list[Asked]
    recommendations: list[Advised]
    note: NotRequired[str]  # never stored: what is to be known of what is shown, see frozen_reading


def content_of(actor: Actor, evaluation: Evaluation, on: date) -> Content:
    """The evaluation as it stands on a day. Lines of syntheses are read in their public copy, whoever asks."""
    kept = board_of(actor, evaluation, on).kept
    answers = written_answers([row.question.pk for row in kept])
    return Content(
        schema=SCHEMA,
        evaluation={
            "id": str(evaluation.pk), "code": evaluation.code, "name": evaluation.name, "ends_on": evaluation.ends_on,
            "contract": evaluation.contract.name, "kit": evaluation.get_kit_display(),
        },
        frozen_on=on,
        framing=_framing(evaluation),
        questions=[_asked(actor, row, answers.get(row.question.pk, ""), on) for row in kept],
        recommendations=_advised(evaluation, on),
    )  # fmt: skip


def written_answers(questions: list[UUID]) -> dict[UUID, str]:
    """The last answer written to each question, in one query."""
    rows = WrittenAnswer.objects.filter(question__in=questions).order_by("id")
    return dict(rows.values_list("question_id", "text"))


def _framing(evaluation: Evaluation) -> dict[str, Any]:
    sheet = sheet_of(evaluation)
    signed = evaluation.versions.order_by("-number").first()
    return {
        "filled": sheet.filled, "wanted": sheet.wanted, "why": sheet.why, "headings": sheet.as_content(),
        "signed_by": signed.signed_by if signed else "", "signed_on": signed.signed_on if signed else None,
        "version": signed.number if signed else 0,
    }  # fmt: skip


def _asked(actor: Actor, row: Row, answer: str, on: date) -> Asked:
    question = row.question
    known = around(question)
    followed, felt = figures_then(actor, known)
    judged = [
        Judged(
            college=str(said.college.label), verdict=one.verdict, verdict_label=one.get_verdict_display(),
            badge=said.kind, confidence=one.get_confidence_display(), reasons=one.reasons, given_by=one.given_by,
            given_on=one.given_on,
        )
        for said in row.judged if (one := said.judgement)
    ]  # fmt: skip
    told = {said.college: said.judgement for said in row.judged if said.judgement}
    return Asked(
        id=str(question.pk), code=question.code, text=question.text, criterion=question.get_criterion_display(),
        answer=answer, missing=list(row.readiness.missing), judged=judged,
        apart=[[str(one.label), str(other.label)] for one, other in apart(told)],
        evidence=[_piece(one) for one in evidence_of(question, on, known)], followed=followed, felt=felt,
    )  # fmt: skip


def _piece(one: Evidence) -> Piece:
    finding = one.finding
    signatory = finding.commitment.signatory.organisation.name if finding.commitment else ""
    return Piece(
        id=str(finding.pk), kind=finding.kind, text="" if finding.line else one.text,
        figure=one.figure, silent=one.silent, answers=[asdict(said) for said in one.answers],
        unit=finding.unit, period=finding.period, whence=finding.whence,
        quote=_quote(str(finding.line.statement_id), one.text) if finding.line else None,
        occurrences=one.said, workshop=finding.line.version.workshop.title if finding.line else "",
        commitment=finding.commitment.code if finding.commitment else "", signatory=signatory, state=one.state,
        badge=one.kind, file=finding.file.name if finding.file else "",
        file_digest=finding.file.digest if finding.file else "", url=finding.url,
        given_by=finding.author_organisation, given_on=finding.given_on,
    )  # fmt: skip


def _advised(evaluation: Evaluation, on: date) -> list[Advised]:
    shown = evaluation.recommendations.filter(withdrawn_at=None)
    found = list(shown.select_related("signatory__organisation", "commitment").order_by("made_on", "pk"))
    states = states_of([one.commitment for one in found if one.commitment], on=on)
    labels = {pk: state.label for pk, state in states.items()}
    return [_advice(one, labels.get(one.commitment_id) if one.commitment_id else None) for one in found]


def _advice(one: Recommendation, label: Label | None) -> Advised:
    return Advised(
        id=str(one.pk), text=one.text, question=str(one.question_id or ""), due_on=one.due_on,
        signatory=one.signatory.organisation.name if one.signatory else "",
        commitment=one.commitment.code if one.commitment else "", state=LABELS[label] if label else "",
        badge=BADGES[label] if label else "neutral",
    )  # fmt: skip


# The JSON, and its seal


def stored(content: Content) -> dict[str, Any]:
    """The content in plain JSON: days as text."""
    plain: dict[str, Any] = json.loads(json.dumps(content, default=lambda day: day.isoformat()))
    return plain


def opened(plain: dict[str, Any]) -> Content:
    """The content that `stored` gave, days as days. What an older one did not hold is empty.

    For who shows it: `frozen_reading.content_in`, which tells only what may be told.
    """
    read: Content = json.loads(json.dumps(plain), object_hook=_days)
    for question in read["questions"]:
        question.setdefault("followed", [])
        question.setdefault("felt", [])
        for piece in question["evidence"]:
            piece.setdefault("silent", "")
            piece.setdefault("answers", [])
    return read


def _days(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) else value
        for key, value in values.items()
    }


def quotes_in(plain: Any) -> Iterator[dict[str, Any]]:
    """Every quote of a stored content, to be read or emptied in place."""
    for question in plain["questions"]:
        yield from (piece["quote"] for piece in question["evidence"] if piece["quote"])


def _quote(statement: str, text: str) -> Quote:
    # With a salt: a short sentence that was erased cannot be found again by trying sentences.
    salt = secrets.token_hex(8)
    return Quote(statement=statement, text=text, salt=salt, seal=_fingerprint(salt + text))


def seal_of(plain: dict[str, Any]) -> str:
    """SHA-256 of a stored content, in which each quote counts by its own seal: an erasure leaves the whole true."""
    bare = deepcopy(plain)
    for quote in quotes_in(bare):
        del quote["text"], quote["salt"]
    return _fingerprint(json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def intact(plain: dict[str, Any], seal: str) -> bool:
    """Whether nothing moved since it was sealed, but quotes that were emptied."""
    if seal_of(plain) != seal:
        return False
    return all(
        (not quote["text"] and not quote["salt"]) or _fingerprint(quote["salt"] + quote["text"]) == quote["seal"]
        for quote in quotes_in(plain)
    )


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
