"""What the observatory shows on the page of a neighbourhood: the way to its figures."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Piece
from comptoir.territories.models import PriorityNeighbourhood


def may_see(actor: Actor, neighbourhood: PriorityNeighbourhood) -> bool:
    """Every member sees the figures of a neighbourhood, as they are released."""
    return True


def of_neighbourhoods(actor: Actor, neighbourhoods: Sequence[PriorityNeighbourhood]) -> Mapping[UUID, Iterable[Piece]]:
    return {one.pk: [Piece("observatory/parts/of_neighbourhood.html", {"one": one})] for one in neighbourhoods}
