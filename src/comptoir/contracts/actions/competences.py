"""Who decides, funds, implements or informs on each theme."""

from collections.abc import Collection

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.contracts.actions.checks import check_may_edit_card
from comptoir.contracts.enums import Part
from comptoir.contracts.kinds import usual_parts
from comptoir.contracts.models import Competence, Signatory
from comptoir.contracts.themes import BY_CODE
from comptoir.kit.errors import Invalid


@transaction.atomic
def set_competences(*, actor: Actor, signatory: Signatory, parts: Collection[tuple[str, str]]) -> None:
    """The parts of a signatory, whole: (theme, part) pairs; those that are no longer said go."""
    check_may_edit_card(actor, signatory)
    wanted = set(parts)
    if any(theme not in BY_CODE or part not in Part.values for theme, part in wanted):
        raise Invalid("Ce thème n'existe pas : rechargez la page.")
    held = {(one.theme, one.part): one for one in signatory.competences.all()}
    Competence.objects.filter(pk__in=[one.pk for pair, one in held.items() if pair not in wanted]).delete()
    Competence.objects.bulk_create(
        [Competence(signatory=signatory, theme=theme, part=part) for theme, part in sorted(wanted - set(held))],
        ignore_conflicts=True,
    )
    journal.write(
        actor, "contracts.set_competences", "Compétences changées", signatory.pk, within_id=signatory.contract_id,
        parts=len(wanted),
    )  # fmt: skip


@transaction.atomic
def take_up_usual(*, actor: Actor, signatory: Signatory) -> int:
    """Add the usual parts of this kind of organisation on the themes where nothing is said yet; how many were added."""
    held = {(one.theme, one.part) for one in signatory.competences.all()}
    told = {theme for theme, _ in held}
    usual = {
        (theme, str(part))
        for theme, parts in usual_parts(signatory.kind).items()
        if theme not in told
        for part in parts
    }
    set_competences(actor=actor, signatory=signatory, parts=held | usual)
    return len(usual)
