"""What surveys show on lower pages: a way in from the comptoirs.

Nothing on the dashboard of a contract: its budget of queries is spent.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Piece
from comptoir.spaces.models import Space


def may_see(actor: Actor, space: Space) -> bool:
    """Every member, in their own space."""
    return actor.space.pk == space.pk


def ways_of_listening(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Iterable[Piece]]:
    return {space.pk: [Piece("participation/parts/way.html", {"slug": space.slug})] for space in spaces}
