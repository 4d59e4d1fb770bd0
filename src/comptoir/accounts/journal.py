"""The journal as actions write it: the actor says in whose name."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry, record, record_many


def write(
    actor: Actor, action: str, label: str, object_id: UUID, within_id: UUID | None = None, **details: Any
) -> Entry:
    """One line of the journal for what `actor` has just done (see comptoir.audit.models.record)."""
    return record(
        space=actor.space,
        actor_id=actor.person_id,
        organisation=actor.organisation,
        action=action,
        label=label,
        object_id=object_id,
        within_id=within_id,
        **details,
    )


def write_many(
    actor: Actor, action: str, label: str, object_ids: Iterable[UUID], within_id: UUID | None = None
) -> None:
    """The same line for each of many things: an import creates or withdraws hundreds at once."""
    record_many(
        space=actor.space, actor_id=actor.person_id, organisation=actor.organisation, action=action, label=label,
        object_ids=object_ids, within_id=within_id,
    )  # fmt: skip
