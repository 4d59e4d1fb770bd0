"""What this room shows on lower pages."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.keeping.rules import may_set_retention
from comptoir.kit.slots import Piece
from comptoir.spaces.models import Space


def may_decide(actor: Actor, space: Space) -> bool:
    """The project lead, in their own space."""
    return may_set_retention(actor) and actor.space.pk == space.pk


def of_spaces(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Iterable[Piece]]:
    return {space.pk: [Piece("keeping/parts/setting.html", {"slug": space.slug})] for space in spaces}
