"""Choosing a method of the library for a question."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.evaluation.actions.checks import check_there, check_write
from comptoir.evaluation.methods import methods
from comptoir.evaluation.models import ChosenMethod, EvaluativeQuestion
from comptoir.kit.errors import Conflict, Invalid

MOST_HOURS, MOST_EUROS = 2_000, 1_000_000


@transaction.atomic
def choose_method(
    *, actor: Actor, question: EvaluativeQuestion, method: str, on: date, hours: int | None = None,
    euros: int | None = None,
) -> ChosenMethod:  # fmt: skip
    """Plan a method for a question. No hours or no money said: those of its page."""
    check_write(actor, question.evaluation)
    check_there(question)
    found = methods().get(method)
    if found is None:
        raise Invalid("Choisissez une méthode de la liste.", field="method")
    hours, euros = found.hours if hours is None else hours, found.euros if euros is None else euros
    if not 0 <= hours <= MOST_HOURS:
        raise Invalid(f"Les heures de travail vont de 0 à {MOST_HOURS}.", field="hours")
    if not 0 <= euros <= MOST_EUROS:
        raise Invalid("Écrivez une somme en euros, entre zéro et un million.", field="euros")
    EvaluativeQuestion.objects.select_for_update().get(pk=question.pk)
    if question.methods.shown().filter(method=method).exists():
        raise Conflict("Cette méthode est déjà choisie pour cette question.")
    made = ChosenMethod.objects.create(
        space=actor.space, question=question, method=method, hours=hours, euros=euros, chosen_on=on,
        author_id=actor.person_id,
    )  # fmt: skip
    _note(actor, "evaluation.choose_method", "Méthode choisie", question, method=method)
    return made


@transaction.atomic
def withdraw_method(*, actor: Actor, chosen: ChosenMethod) -> None:
    """No longer plan a method; what it already gave stays."""
    check_write(actor, chosen.question.evaluation)
    if chosen.withdrawn_at is None:
        chosen.withdrawn_at = timezone.now()
        chosen.save(update_fields=["withdrawn_at"])
        _note(actor, "evaluation.withdraw_method", "Méthode retirée", chosen.question, method=chosen.method)


def _note(actor: Actor, action: str, label: str, question: EvaluativeQuestion, **details: object) -> None:
    journal.write(actor, action, label, question.pk, within_id=question.evaluation_id, **details)
