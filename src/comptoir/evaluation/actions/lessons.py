"""What is kept for the next contract, and what those who took part have learnt."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.evaluation.actions.checks import check_write
from comptoir.evaluation.enums import LearningStep, LessonKind
from comptoir.evaluation.models import Evaluation, Lesson, Skill
from comptoir.evaluation.rules import may_propose
from comptoir.kit.errors import Invalid, Refused


@transaction.atomic
def keep_lesson(*, actor: Actor, evaluation: Evaluation, kind: str, text: str, on: date) -> Lesson:
    """Keep a lesson for whoever writes the next contract: it is offered there."""
    _check(actor, evaluation)
    if kind not in LessonKind.values:
        raise Invalid("Dites si c'est à garder, à changer ou à ne plus faire.", field="kind")
    made = Lesson.objects.create(
        space=actor.space, evaluation=evaluation, kind=kind, text=words(text, "text", "Écrivez la leçon.", 400),
        kept_on=on, author_id=actor.person_id, author_organisation=actor.organisation,
    )  # fmt: skip
    _note(actor, "evaluation.keep_lesson", "Leçon gardée", evaluation, lesson=made.pk)
    return made


@transaction.atomic
def log_skill(*, actor: Actor, evaluation: Evaluation, step: str, who: str, text: str, on: date) -> Skill:
    """Write down what a group learnt at a step."""
    _check(actor, evaluation)
    if step not in LearningStep.values:
        raise Invalid("Choisissez l'étape.", field="step")
    made = Skill.objects.create(
        space=actor.space, evaluation=evaluation, step=step, gained_on=on,
        who=words(who, "who", "Dites quel groupe, quel organisme.", 160),
        text=words(text, "text", "Dites ce que ce groupe sait faire maintenant.", 300), author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip
    _note(actor, "evaluation.log_skill", "Compétence gagnée", evaluation, skill=made.pk)
    return made


@transaction.atomic
def withdraw_learnt(*, actor: Actor, learnt: Lesson | Skill) -> None:
    """Take a lesson or a skill off its list; it stays in the history."""
    check_write(actor, learnt.evaluation)
    if learnt.withdrawn_at is None:
        learnt.withdrawn_at = timezone.now()
        learnt.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.withdraw_learnt", "Leçon ou compétence retirée", learnt.evaluation, learnt=learnt.pk)


def _check(actor: Actor, evaluation: Evaluation) -> None:
    if not may_propose(actor) or evaluation.space_id != actor.space.pk:
        raise Refused("Ceux qui prennent part à l'évaluation écrivent ce qu'ils en gardent.")


def _note(actor: Actor, action: str, label: str, evaluation: Evaluation, **details: object) -> None:
    journal.write(actor, action, label, evaluation.pk, within_id=evaluation.pk, **details)
