"""Linking what was said to what a signatory committed itself to, and back."""

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import check_there
from comptoir.commitments.models import Commitment, StatementLink
from comptoir.commitments.rules import may_link
from comptoir.kit.errors import Refused
from comptoir.voices.models import Statement


def _check(actor: Actor, commitment: Commitment, statement: Statement) -> None:
    if not may_link(actor):
        raise Refused("Seule l'équipe relie ce qui a été dit à un engagement.")
    if {commitment.space_id, statement.space_id} != {actor.space.pk}:
        raise Refused("Ceci n'est pas dans votre espace.")
    check_there(commitment)


@transaction.atomic
def link(*, actor: Actor, commitment: Commitment, statement: Statement) -> StatementLink:
    """Say that this commitment answers that line. A second time changes nothing."""
    _check(actor, commitment, statement)
    found, made = StatementLink.objects.get_or_create(
        commitment=commitment, statement=statement, withdrawn_at=None,
        defaults={"author_id": actor.person_id, "author_organisation": actor.organisation},
    )  # fmt: skip
    if made:
        journal.write(
            actor, "commitments.link", "Relié à ce qui a été dit", commitment.pk, within_id=commitment.contract_id,
            statement=statement.pk,
        )  # fmt: skip
    return found


@transaction.atomic
def unlink(*, actor: Actor, commitment: Commitment, statement: Statement) -> bool:
    """Take a link off; it is kept in the history. False: there was none."""
    _check(actor, commitment, statement)
    links = StatementLink.objects.filter(commitment=commitment, statement=statement, withdrawn_at=None)
    if not links.update(withdrawn_at=timezone.now()):
        return False
    journal.write(
        actor, "commitments.unlink", "Lien retiré", commitment.pk, within_id=commitment.contract_id,
        statement=statement.pk,
    )  # fmt: skip
    return True
