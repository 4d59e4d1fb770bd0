"""What a signatory says of itself, once a year."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.models import Signatory
from comptoir.evaluation.enums import Item, Step
from comptoir.evaluation.models import SelfAnswer
from comptoir.evaluation.rules import may_self_assess
from comptoir.kit.errors import Conflict, Invalid, Refused


@transaction.atomic
def assess(*, actor: Actor, signatory: Signatory, answers: Mapping[str, tuple[int, str]], on: date) -> int:
    """The answers of a signatory for the year of `on`: (step, line) by Item. They replace those of that year.

    Gives how many there are. An item that is not answered is not kept.
    """
    if not may_self_assess(actor, signatory):
        raise Refused("Vous répondez pour votre organisme seulement.")
    if signatory.withdrawn_at is not None:
        raise Conflict("Cet organisme n'est plus signataire. Rechargez la page.")
    if not answers:
        raise Invalid("Répondez à une phrase au moins.", field=Item.KEPT)
    for item, (step, _) in answers.items():
        if item not in Item.values or step not in Step.values:
            raise Invalid("Choisissez une réponse de la liste.", field=str(item))
    by_team = signatory.organisation_id != actor.organisation_id
    SelfAnswer.objects.filter(signatory=signatory, year=on.year).exclude(item__in=list(answers)).delete()
    for item, (step, line) in answers.items():
        values = {
            "step": step, "line": " ".join(line.split())[:200], "by_team": by_team, "author_id": actor.person_id,
            "given_on": on,
        }  # fmt: skip
        SelfAnswer.objects.update_or_create(
            space=actor.space, signatory=signatory, year=on.year, item=item, defaults=values
        )
    journal.write(
        actor, "evaluation.assess", "Auto-évaluation d'un signataire", signatory.pk, within_id=signatory.contract_id,
        year=on.year, answers=len(answers),
    )  # fmt: skip
    return len(answers)
