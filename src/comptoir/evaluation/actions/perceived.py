"""What residents said has changed, written down with where it comes from."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.contracts.models import ContractNeighbourhood
from comptoir.evaluation.actions.checks import check_there
from comptoir.evaluation.models import EvaluativeQuestion, PerceivedChange
from comptoir.evaluation.rules import may_tell_perceived
from comptoir.kit.errors import Invalid, Refused

MOST = 100_000
EARLIEST = 1990


def _check(actor: Actor, question: EvaluativeQuestion) -> None:
    if not may_tell_perceived(actor) or question.space_id != actor.space.pk:
        raise Refused("Seuls l'équipe et l'évaluateur écrivent ce que les habitants ont dit du changement.")


@transaction.atomic
def tell_perceived(
    *, actor: Actor, question: EvaluativeQuestion, better: int, same: int, worse: int, since: int, whence: str,
    gathered_on: date, place_code: str = "",
) -> PerceivedChange:  # fmt: skip
    """Counts of residents who say that it is better, the same or worse than in `since`: from a comptoir or a survey."""
    _check(actor, question)
    check_there(question)
    if not all(0 <= one <= MOST for one in (better, same, worse)) or not better + same + worse:
        raise Invalid("Écrivez combien de personnes ont répondu.", field="better")
    if not EARLIEST <= since <= gathered_on.year:
        raise Invalid("L'année de départ vient avant le jour où vous avez recueilli les réponses.", field="since")
    perimeter = ContractNeighbourhood.objects.filter(contract=question.evaluation.contract_id, code=place_code)
    if place_code and not perimeter.exists():
        raise Invalid("Choisissez un quartier du contrat.", field="place_code")
    made = PerceivedChange.objects.create(
        space=actor.space, question=question, better=better, same=same, worse=worse, since=since,
        whence=words(whence, "whence", "Dites d'où viennent ces réponses.", 200), gathered_on=gathered_on,
        place_code=place_code, author_id=actor.person_id,
    )  # fmt: skip
    journal.write(
        actor, "evaluation.tell_perceived", "Changement ressenti noté", question.pk,
        within_id=question.evaluation_id, answers=made.answers,
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw_perceived(*, actor: Actor, perceived: PerceivedChange) -> None:
    """No longer show it."""
    _check(actor, perceived.question)
    if perceived.withdrawn_at is None:
        perceived.withdrawn_at = timezone.now()
        perceived.save(update_fields=["withdrawn_at"])
        journal.write(
            actor, "evaluation.withdraw_perceived", "Changement ressenti retiré", perceived.question_id,
            within_id=perceived.question.evaluation_id,
        )  # fmt: skip
