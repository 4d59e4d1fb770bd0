"""« Revue du tableau »: writing down that it took place."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.commitments.models import TableReview
from comptoir.commitments.rules import may_hold_review
from comptoir.contracts.models import CityContract, Signatory
from comptoir.kit.errors import Invalid, Refused


@transaction.atomic
def hold_review(
    *, actor: Actor, contract: CityContract, presenter: Signatory, held_on: date, on: date, decided: str = ""
) -> TableReview:
    """A review took place on `held_on`, written down on the day `on`. Who presented it counts for the next turn."""
    if not may_hold_review(actor) or {contract.space_id, presenter.space_id} != {actor.space.pk}:
        raise Refused("Seule l'équipe note qu'une revue du tableau a eu lieu.")
    if presenter.contract_id != contract.pk or presenter.withdrawn_at is not None:
        raise Invalid("Choisissez un signataire de ce contrat.", field="presenter")
    if held_on > on:
        raise Invalid("Notez la revue une fois qu'elle a eu lieu.", field="held_on")
    if decided.strip():
        decided = words(decided, "decided", "", 2_000)
    review = TableReview.objects.create(
        space=actor.space, contract=contract, presenter=presenter, held_on=held_on, decided=decided.strip(),
        author_id=actor.person_id,
    )  # fmt: skip
    journal.write(
        actor, "commitments.hold_review", "Revue du tableau tenue", review.pk, within_id=contract.pk,
        presenter=presenter.pk,
    )  # fmt: skip
    return review
