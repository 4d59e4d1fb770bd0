"""What is done on the doors of a space."""

from datetime import datetime

from django.db import transaction

from comptoir.accounts.models import Actor
from comptoir.kit.errors import Refused
from comptoir.portal.models import LastSeen


@transaction.atomic
def mark_seen(*, actor: Actor, at: datetime) -> LastSeen:
    """« J'ai vu »: what comes after `at` is what has changed since. Never back in time.

    Not in the journal: what somebody reads concerns nobody else, and nobody else can see this row.
    """
    if actor.person_id is None:
        raise Refused("Connectez-vous pour retenir ce que vous avez vu.")
    seen, made = LastSeen.objects.select_for_update().get_or_create(
        space=actor.space, person_id=actor.person_id, defaults={"at": at}
    )
    if not made and at > seen.at:
        seen.at = at
        seen.save(update_fields=["at"])
    return seen
