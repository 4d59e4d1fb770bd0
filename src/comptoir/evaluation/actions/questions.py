"""Questions: proposed, chosen by college, kept or parked, and what will answer them."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.evaluation.actions.checks import check_lead, check_there, check_write
from comptoir.evaluation.enums import College, Criterion, Leverage, Nature, QuestionStatus, Scope
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion, PlannedSource, QuestionVoice, RoomVoices
from comptoir.evaluation.rules import COLLEGES, may_count_hands, may_propose, may_vote
from comptoir.kit.errors import Invalid, Refused


@transaction.atomic
def propose(*, actor: Actor, evaluation: Evaluation, text: str, college: str, proposed_by: str) -> EvaluativeQuestion:
    """Propose a question. A facilitator or the project lead may write for those whom they heard."""
    if not may_propose(actor) or evaluation.space_id != actor.space.pk:
        raise Refused("Vous ne proposez pas de question à cette évaluation.")
    if college not in College.values:
        raise Invalid("Choisissez le collège qui propose.", field="college")
    if not may_count_hands(actor) and COLLEGES[Role(actor.role)] != college:
        raise Refused("Vous proposez pour votre collège seulement.")
    question = EvaluativeQuestion.objects.create(
        space=actor.space, evaluation=evaluation, text=words(text, "text", "Écrivez la question.", 400),
        proposed_by=words(proposed_by, "proposed_by", "Dites qui la propose : un groupe ou un organisme.", 160),
        college=college, author_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "evaluation.propose", "Question proposée", question)
    return question


@transaction.atomic
def specify(
    *, actor: Actor, question: EvaluativeQuestion, criterion: str = "", scope: str = "", leverage: int | None = None,
    leverage_note: str = "",
) -> EvaluativeQuestion:  # fmt: skip
    """What the question judges by, what it looks at, who here can act on it."""
    check_write(actor, question.evaluation)
    check_there(question)
    if criterion and criterion not in Criterion.values:
        raise Invalid("Choisissez un critère de la liste.", field="criterion")
    if scope and scope not in Scope.values:
        raise Invalid("Choisissez ce que l'on regarde dans la liste.", field="scope")
    if leverage is not None and leverage not in Leverage.values:
        raise Invalid("La prise va de 0 à 3.", field="leverage")
    question.criterion, question.scope, question.leverage = criterion, scope, leverage
    question.leverage_note = leverage_note.strip()[:300]
    question.save(update_fields=["criterion", "scope", "leverage", "leverage_note"])
    _note(actor, "evaluation.specify", "Question précisée", question)
    return question


@transaction.atomic
def choose(*, actor: Actor, question: EvaluativeQuestion, on: bool) -> bool:
    """Choose a question in one's college, or no longer. Twice the same changes nothing: False."""
    who = actor.person_id
    if who is None or not may_vote(actor) or question.space_id != actor.space.pk:
        raise Refused("Vous ne votez pas dans cette évaluation.")
    check_there(question)
    if on:
        college = COLLEGES[Role(actor.role)]
        _, made = QuestionVoice.objects.get_or_create(question=question, person_id=who, defaults={"college": college})
        changed = made
    else:
        changed = bool(QuestionVoice.objects.filter(question=question, person_id=who).delete()[0])
    if changed:
        # The journal says that somebody of a college chose, not what: a vote stays between a person and the count.
        journal.write(actor, "evaluation.choose", "Vote sur les questions", question.evaluation_id)
    return changed


@transaction.atomic
def count_hands(*, actor: Actor, question: EvaluativeQuestion, college: str, number: int, on: date) -> RoomVoices:
    """Hands raised in a room for a question: a new count takes the place of the old one."""
    if not may_count_hands(actor) or question.space_id != actor.space.pk:
        raise Refused("Seule l'équipe compte les mains levées.")
    check_there(question)
    if college not in College.values:
        raise Invalid("Choisissez le collège.", field="college")
    if not 0 <= number <= 100_000:
        raise Invalid("Écrivez combien de mains se sont levées.", field="number")
    found, _ = RoomVoices.objects.update_or_create(
        question=question, college=college, defaults={"number": number, "counted_on": on}
    )
    _note(actor, "evaluation.count_hands", "Mains levées comptées", question, college=college)
    return found


@transaction.atomic
def settle(*, actor: Actor, question: EvaluativeQuestion, status: str, reason: str = "") -> EvaluativeQuestion:
    """Keep a question, park it with a reason, or put it back among the proposals."""
    check_lead(actor, question.evaluation)
    check_there(question)
    if status not in QuestionStatus.values:
        raise Invalid("Choisissez : retenue, mise de côté ou proposée.", field="status")
    if status == QuestionStatus.PARKED:
        reason = words(reason, "reason", "Dites pourquoi cette question est mise de côté.", 300)
    question.status, question.status_reason = status, reason.strip()[:300]
    question.save(update_fields=["status", "status_reason"])
    _note(actor, "evaluation.settle", "Question retenue, remise ou mise de côté", question, status=status)
    return question


@transaction.atomic
def withdraw_question(*, actor: Actor, question: EvaluativeQuestion) -> None:
    """Take a question off; it is kept in the history."""
    check_lead(actor, question.evaluation)
    if question.withdrawn_at is None:
        question.withdrawn_at = timezone.now()
        question.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.withdraw_question", "Question retirée", question)


@transaction.atomic
def plan(
    *, actor: Actor, question: EvaluativeQuestion, nature: str, label: str, owner: str, due_on: date, on: date,
    whence: str = "", days: Decimal = Decimal(0),
) -> PlannedSource:  # fmt: skip
    """Plan a figure or a voice that will answer the question."""
    check_write(actor, question.evaluation)
    check_there(question)
    if nature not in Nature.values:
        raise Invalid("Choisissez un chiffre ou une parole.", field="nature")
    if not 0 <= days <= 999:
        raise Invalid("Les jours de travail vont de 0 à 999.", field="days")
    source = PlannedSource.objects.create(
        question=question, nature=nature, label=words(label, "label", "Dites ce que vous cherchez.", 200),
        whence=whence.strip()[:200], owner=words(owner, "owner", "Dites qui le fournit.", 160), due_on=due_on,
        days=days, planned_on=on,
    )  # fmt: skip
    _note(actor, "evaluation.plan", "Source prévue", question, source=source.pk)
    return source


@transaction.atomic
def withdraw_source(*, actor: Actor, source: PlannedSource) -> None:
    """No longer plan a source; what it already gave stays."""
    check_write(actor, source.question.evaluation)
    if source.withdrawn_at is None:
        source.withdrawn_at = timezone.now()
        source.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.withdraw_source", "Source retirée", source.question, source=source.pk)


def _note(actor: Actor, action: str, label: str, question: EvaluativeQuestion, **details: object) -> None:
    journal.write(actor, action, label, question.pk, within_id=question.evaluation_id, **details)
