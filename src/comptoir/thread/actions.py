"""Saying which lines an objective comes from, and which lines a commitment does not answer.

The link between a commitment and a line is of commitments.actions: a suggestion that is taken is that link.
"""

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.models import Commitment
from comptoir.commitments.rules import may_link
from comptoir.contracts.models import Objective, ObjectiveWording
from comptoir.kit.errors import Conflict, Refused
from comptoir.thread.models import Citation, Unrelated
from comptoir.thread.rules import may_cite
from comptoir.voices.models import Statement

ELSEWHERE = "Ceci n'est pas dans votre espace."


def _check_cites(actor: Actor, objective: Objective, statement: Statement) -> ObjectiveWording:
    """The wording in force, when the actor may say where it comes from."""
    if not may_cite(actor):
        raise Refused("Seule la conduite du projet dit de quelles paroles vient un objectif.")
    if {objective.space_id, statement.space_id} != {actor.space.pk}:
        raise Refused(ELSEWHERE)
    if objective.withdrawn_at is not None or objective.wording is None:
        raise Conflict("Cet objectif a été retiré entre-temps. Rechargez la page.")
    return objective.wording


@transaction.atomic
def cite(*, actor: Actor, objective: Objective, statement: Statement) -> Citation:
    """Say that the wording in force of this objective comes from that line. A second time changes nothing."""
    wording = _check_cites(actor, objective, statement)
    there = Citation.objects.filter(wording__objective=objective, statement=statement, withdrawn_at=None).first()
    if there is not None:
        return there
    made = Citation.objects.create(
        wording=wording, statement=statement, author_id=actor.person_id,
        author_organisation=actor.organisation,
    )  # fmt: skip
    journal.write(
        actor, "thread.cite", "Objectif relié à ce qui a été dit", objective.pk, within_id=objective.contract_id,
        statement=statement.pk,
    )  # fmt: skip
    return made


@transaction.atomic
def uncite(*, actor: Actor, objective: Objective, statement: Statement) -> bool:
    """Take the citation of a line off; it is kept in the history. False: there was none."""
    _check_cites(actor, objective, statement)
    there = Citation.objects.filter(wording__objective=objective, statement=statement, withdrawn_at=None)
    if not there.update(withdrawn_at=timezone.now()):
        return False
    journal.write(
        actor, "thread.uncite", "Lien avec un objectif retiré", objective.pk, within_id=objective.contract_id,
        statement=statement.pk,
    )  # fmt: skip
    return True


def _check_links(actor: Actor, commitment: Commitment, statement: Statement) -> None:
    if not may_link(actor):
        raise Refused("Seule l'équipe relie ce qui a été dit à un engagement.")
    if {commitment.space_id, statement.space_id} != {actor.space.pk}:
        raise Refused(ELSEWHERE)


@transaction.atomic
def refuse(*, actor: Actor, commitment: Commitment, statement: Statement) -> Unrelated:
    """« Pas celui-là » : this line is not suggested for this commitment again, nor the other way round."""
    _check_links(actor, commitment, statement)
    found, made = Unrelated.objects.get_or_create(
        commitment=commitment, statement=statement, defaults={"author_id": actor.person_id}
    )
    if made:
        journal.write(
            actor, "thread.refuse", "Lien écarté", commitment.pk, within_id=commitment.contract_id,
            statement=statement.pk,
        )  # fmt: skip
    return found


@transaction.atomic
def reconsider(*, actor: Actor, commitment: Commitment, statement: Statement) -> bool:
    """Let this line be suggested again for this commitment. False: it had not been refused."""
    _check_links(actor, commitment, statement)
    gone, _ = Unrelated.objects.filter(commitment=commitment, statement__root=statement.root_id).delete()
    if not gone:
        return False
    journal.write(
        actor, "thread.reconsider", "Lien de nouveau proposé", commitment.pk, within_id=commitment.contract_id,
        statement=statement.pk,
    )  # fmt: skip
    return True
