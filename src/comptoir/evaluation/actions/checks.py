"""What the actions of an evaluation ask first."""

from comptoir.accounts.models import Actor
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion
from comptoir.evaluation.rules import may_lead, may_write
from comptoir.kit.errors import Conflict, Refused


def check_lead(actor: Actor, evaluation: Evaluation) -> None:
    if not may_lead(actor) or evaluation.space_id != actor.space.pk:
        raise Refused("Seule la conduite du projet règle l'évaluation.")


def check_write(actor: Actor, evaluation: Evaluation) -> None:
    if not may_write(actor) or evaluation.space_id != actor.space.pk:
        raise Refused("Seuls la conduite du projet et l'évaluateur versent et prévoient ce qui répond aux questions.")


def check_there(question: EvaluativeQuestion) -> None:
    if question.withdrawn_at is not None:
        raise Conflict("Cette question a été retirée entre-temps. Rechargez la page.")
