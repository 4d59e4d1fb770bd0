"""The choices of a space."""

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.keeping.models import Retention
from comptoir.keeping.rules import may_set_retention
from comptoir.kit.errors import Refused


@transaction.atomic
def set_retention(
    *, actor: Actor, files_months: int, jobs_days: int, mails_days: int, answers_months: int
) -> Retention:
    """Say how long files of imports, finished jobs, sent mails and answers to surveys are kept.

    Nothing is removed now: a command does.
    """
    if not may_set_retention(actor):
        raise Refused("Seule la personne qui conduit le projet décide de la conservation.")
    chosen, _ = Retention.objects.update_or_create(
        space=actor.space,
        defaults={
            "files_months": files_months, "jobs_days": jobs_days, "mails_days": mails_days,
            "answers_months": answers_months,
        },
    )  # fmt: skip
    journal.write(
        actor, "keeping.set_retention", "Conservation décidée", actor.space.pk, files_months=files_months,
        jobs_days=jobs_days, mails_days=mails_days, answers_months=answers_months,
    )  # fmt: skip
    return chosen
