"""Setting the threshold of a space."""

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.public_copy.origins import LEAST_THRESHOLD
from comptoir.disclosure.models import SpaceRule
from comptoir.disclosure.rules import may_set_threshold
from comptoir.kit.errors import Invalid, Refused

MOST = 1000


@transaction.atomic
def set_threshold(*, actor: Actor, threshold: int) -> SpaceRule:
    """From now on, published copies hide who speaks below this number, those already published too."""
    if not may_set_threshold(actor):
        raise Refused("Seule la personne qui conduit le projet change le seuil.")
    if not LEAST_THRESHOLD <= threshold <= MOST:
        raise Invalid(f"Le seuil est un nombre entre {LEAST_THRESHOLD} et {MOST}.", field="threshold")
    rule, _ = SpaceRule.objects.update_or_create(space=actor.space, defaults={"threshold": threshold})
    journal.write(
        actor, "disclosure.set_threshold", "Seuil de confidentialité changé", rule.pk,
        within_id=actor.space.pk, threshold=threshold,
    )  # fmt: skip
    return rule
