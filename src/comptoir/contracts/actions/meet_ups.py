"""Who met whom, to know each other better."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.actions.checks import check_may_edit, check_space
from comptoir.contracts.models import CityContract, MeetUp, Signatory
from comptoir.contracts.rules import may_log_meet_up
from comptoir.kit.errors import Invalid, Refused


@transaction.atomic
def log_meet_up(
    *, actor: Actor, contract: CityContract, signatories: Sequence[Signatory], held_on: date, place: str = "",
    note: str = "",
) -> MeetUp:  # fmt: skip
    """Write down a meet-up with one signatory or several."""
    check_space(actor, contract.space_id)
    if not may_log_meet_up(actor):
        raise Refused("Votre rôle dans cet espace ne permet pas de noter une rencontre.")
    if not signatories or any(one.contract_id != contract.pk for one in signatories):
        raise Invalid("Choisissez des signataires de ce contrat.", field="signatories")
    met = MeetUp.objects.create(
        space=actor.space, contract=contract, held_on=held_on, place=place.strip()[:200], note=note.strip(),
        author_id=actor.person_id,
    )  # fmt: skip
    met.signatories.set(signatories)
    journal.write(actor, "contracts.log_meet_up", "Rencontre notée", met.pk, within_id=contract.pk)
    return met


@transaction.atomic
def withdraw_meet_up(*, actor: Actor, met: MeetUp) -> None:
    """Take a meet-up off the cards."""
    check_may_edit(actor, met.contract)
    met.withdrawn_at = timezone.now()
    met.save(update_fields=["withdrawn_at"])
    journal.write(actor, "contracts.withdraw_meet_up", "Rencontre retirée", met.pk, within_id=met.contract_id)
