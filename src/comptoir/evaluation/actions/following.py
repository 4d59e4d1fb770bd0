"""Following an indicator of the observatory for a question."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.evaluation.actions.checks import check_there, check_write
from comptoir.evaluation.enums import Nature
from comptoir.evaluation.models import EvaluativeQuestion, PlannedSource
from comptoir.kit.errors import Conflict, Refused
from comptoir.observatory.models import Indicator


@transaction.atomic
def follow(
    *, actor: Actor, question: EvaluativeQuestion, indicator: Indicator, due_on: date, on: date
) -> PlannedSource:
    """Plan an indicator as a figure of the question: its name and its supplier are those of the observatory."""
    check_write(actor, question.evaluation)
    check_there(question)
    if indicator.withdrawn_at is not None or indicator.space_id not in {None, actor.space.pk}:
        raise Refused("Cet indicateur n'est pas dans votre observatoire.")
    if question.sources.filter(indicator_code=indicator.code, withdrawn_at=None).exists():
        raise Conflict("Cet indicateur est déjà suivi pour cette question.")
    source = PlannedSource.objects.create(
        question=question, nature=Nature.FIGURE, label=indicator.name[:200], whence="observatoire",
        owner=indicator.supplier.name[:160], due_on=due_on, planned_on=on, indicator_code=indicator.code,
    )  # fmt: skip
    journal.write(
        actor, "evaluation.follow", "Indicateur suivi pour une question", question.pk,
        within_id=question.evaluation_id, source=source.pk,
    )  # fmt: skip
    return source
