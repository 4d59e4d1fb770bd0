"""Answering those who spoke: write, read again and publish, withdraw. Answering again adds a row."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.public_copy.quotes import Passage, passages
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices.enums import AnswerKind, StatementState
from comptoir.voices.models import Answer, Statement
from comptoir.voices.rules import may_answer, may_publish_answers

MOST_LINES = 200
MAX_REASONS = 3_000
MAX_DECIDED_BY = 200


@transaction.atomic
def answer(
    *, actor: Actor, lines: Sequence[Statement], kind: str, reasons: str, decided_by: str, decided_on: date
) -> list[Answer]:
    """Write the same decision for one line or several: drafts, that nobody outside the team reads yet.

    Each answer is given to the line that stands for what is gathered. The answers before it are kept.
    """
    if not may_answer(actor):
        raise Refused("Seule l'équipe du projet répond à ce qui a été dit.")
    if kind not in AnswerKind.values:
        raise Invalid("Choisissez la réponse : retenu, retenu en l'adaptant, pas maintenant, non retenu.", field="kind")
    reasons = _text(reasons, "reasons", "Écrivez pourquoi : une réponse sans raison n'en est pas une.", MAX_REASONS)
    decided_by = _text(decided_by, "decided_by", "Écrivez qui a décidé : une instance, un organisme.", MAX_DECIDED_BY)
    if decided_on > timezone.localdate():
        raise Invalid("La décision ne peut pas être prise un jour à venir : vérifiez la date.", field="decided_on")
    roots = _roots(actor, lines)
    written = [
        Answer.objects.create(
            space=actor.space, statement=root, kind=kind, reasons=reasons, decided_by=decided_by,
            decided_on=decided_on, author_id=actor.person_id,
        )
        for root in roots
    ]  # fmt: skip
    for one in written:
        journal.write(
            actor, "voices.answer", "Réponse écrite", one.pk, within_id=one.statement.heading.occasion_id,
            statement=one.statement_id,
        )  # fmt: skip
    return written


def _roots(actor: Actor, lines: Sequence[Statement]) -> list[Statement]:
    if not lines:
        raise Invalid("Choisissez au moins une ligne.")
    if len(lines) > MOST_LINES:
        raise Invalid(f"Répondez à {MOST_LINES} lignes à la fois, au plus.")
    found = Statement.objects.filter(pk__in={line.root_id for line in lines}, space=actor.space)
    roots = list(found.select_related("heading").order_by("pk"))
    if len(roots) != len({line.root_id for line in lines}):
        raise Refused("Ceci n'est pas dans votre espace.")
    if any(root.state != StatementState.LIVE for root in roots):
        raise Conflict("Cette ligne n'est plus là : quelqu'un l'a retirée entre-temps. Rechargez la page.")
    if not all(root.heading.counted for root in roots):
        raise Invalid("On répond à ce qui a été dit, pas à un nom ni à un point de plan.")
    return roots


def _text(text: str, field: str, sentence: str, most: int) -> str:
    text = text.strip().replace("\x00", "")
    if not text:
        raise Invalid(sentence, field=field)
    if len(text) > most:
        raise Invalid(f"Ce texte dépasse {most} caractères : raccourcissez-le.", field=field)
    return text


def to_reread(answers: Sequence[Answer]) -> list[Passage]:
    """What, in these answers, may name someone: suggestions, each once (docs/concepts/public-copy.md)."""
    found = {passage.words: passage for one in answers for text in (one.reasons, one.decided_by)
             for passage in passages(text)}  # fmt: skip
    return list(found.values())


@transaction.atomic
def publish_answers(*, actor: Actor, answers: Sequence[Answer], reread: bool = False) -> list[Answer]:
    """Give these answers to everybody. Publishing again changes nothing; those that were new are returned.

    `reread`: a person has looked at the passages that may name someone; without, such an answer is not published.
    """
    if not may_publish_answers(actor):
        raise Refused("Seule la personne qui conduit le projet publie une réponse.")
    rows = Answer.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in answers], space=actor.space, withdrawn_at=None
    )
    found = list(rows.select_related("statement__heading").order_by("pk"))
    if len(found) != len({one.pk for one in answers}):
        raise Conflict("Une de ces réponses a été retirée entre-temps. Rechargez la page.")
    waiting = [one for one in found if one.published_at is None]
    left = to_reread(waiting)
    if left and not reread:
        raise Invalid(f"Relisez d'abord ce qui peut désigner quelqu'un : {left[0].sentence}.", field="reread")
    now = timezone.now()
    for one in waiting:
        one.published_at = now
        one.save(update_fields=["published_at"])
        journal.write(
            actor, "voices.publish_answers", "Réponse publiée", one.pk, within_id=one.statement.heading.occasion_id,
            statement=one.statement_id,
        )  # fmt: skip
    return waiting


@transaction.atomic
def withdraw_answer(*, actor: Actor, answer: Answer) -> bool:
    """Take an answer back; it is kept, and the one before it holds again. False: it had been withdrawn already."""
    published = answer.published_at is not None
    allowed = may_publish_answers(actor) if published else may_answer(actor)
    if not allowed or answer.space_id != actor.space.pk:
        raise Refused("Seule la personne qui conduit le projet retire une réponse publiée.")
    if not Answer.objects.filter(pk=answer.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        return False
    journal.write(
        actor, "voices.withdraw_answer", "Réponse retirée", answer.pk,
        within_id=answer.statement.heading.occasion_id, statement=answer.statement_id,
    )  # fmt: skip
    return True
