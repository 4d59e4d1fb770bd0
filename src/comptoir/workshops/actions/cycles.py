"""Cycles: several comptoirs held for one purpose."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.workshops.actions.workshops import check_may_import
from comptoir.workshops.models import Cycle, Workshop


@transaction.atomic
def save_cycle(*, actor: Actor, name: str, starts_on: date, ends_on: date, cycle: Cycle | None = None) -> Cycle:
    """Open a cycle, or correct one."""
    check_may_import(actor)
    if not name.strip():
        raise Invalid("Donnez un nom à ce cycle.", field="name")
    if ends_on < starts_on:
        raise Invalid("La fin vient après le début : corrigez l'une des deux dates.", field="ends_on")
    cycle = cycle or Cycle(space=actor.space)
    if cycle.space_id != actor.space.pk:
        raise Refused("Ce cycle n'est pas dans votre espace.")
    cycle.name, cycle.starts_on, cycle.ends_on = name.strip()[:200], starts_on, ends_on
    cycle.save()
    journal.write(actor, "workshops.save_cycle", "Cycle de comptoirs enregistré", cycle.pk)
    return cycle


@transaction.atomic
def assign(*, actor: Actor, workshop: Workshop, cycle: Cycle | None) -> None:
    """Put a comptoir in a cycle, or take it out. It is in one at most; doing it again changes nothing."""
    check_may_import(actor, workshop)
    if cycle and cycle.space_id != actor.space.pk:
        raise Refused("Ce cycle n'est pas dans votre espace.")
    if workshop.cycle_id != (cycle.pk if cycle else None):
        workshop.cycle = cycle
        workshop.save(update_fields=["cycle"])
        label = "Comptoir mis dans un cycle" if cycle else "Comptoir retiré de son cycle"
        journal.write(actor, "workshops.assign", label, workshop.pk, within_id=workshop.pk)
