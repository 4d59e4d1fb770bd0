"""What a space has chosen about themes that come back or fall silent."""

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.workshops.models import SilenceRule
from comptoir.workshops.rules import may_set_silence


@transaction.atomic
def set_silence(*, actor: Actor, months: int) -> SilenceRule:
    """From now on, a theme is silent after so many months without a new voice."""
    if not may_set_silence(actor):
        raise Refused("Seule la personne qui conduit le projet change ce nombre de mois.")
    if not 1 <= months <= SilenceRule.MOST:
        raise Invalid(f"Donnez un nombre de mois entre 1 et {SilenceRule.MOST}.", field="months")
    rule, _ = SilenceRule.objects.update_or_create(space=actor.space, defaults={"months": months})
    journal.write(
        actor, "workshops.set_silence", "Mois sans voix nouvelle changés", actor.space.pk, months=months
    )  # fmt: skip
    return rule
