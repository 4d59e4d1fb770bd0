"""Where higher rooms show something on the pages of neighbourhoods, and say which ones a space works for."""

from collections.abc import Callable

from comptoir.accounts.models import Actor, Person
from comptoir.kit.slots import Slot
from comptoir.spaces.models import Space
from comptoir.territories.models import NeighbourhoodQuerySet, PriorityNeighbourhood

public_pieces: Slot[Person, PriorityNeighbourhood] = Slot(
    "territories.public_pieces", "public figures of a neighbourhood, for whoever has signed in"
)
space_pieces: Slot[Actor, PriorityNeighbourhood] = Slot(
    "territories.space_pieces", "what a space knows of a neighbourhood: commitments, what was said there"
)

Perimeter = Callable[[Space], NeighbourhoodQuerySet]
_perimeters: list[Perimeter] = []


def fill_perimeter(perimeter: Perimeter) -> None:
    """Say which neighbourhoods a space works for: those of its contracts. Called by a higher room as it loads."""
    if perimeter not in _perimeters:
        _perimeters.append(perimeter)


def neighbourhoods_of(space: Space) -> NeighbourhoodQuerySet:
    """The neighbourhoods of the space's contracts; none as long as no room says any."""
    found = PriorityNeighbourhood.objects.none()
    for perimeter in _perimeters:
        found = found | perimeter(space)
    return PriorityNeighbourhood.objects.filter(pk__in=found.order_by().values("pk")) if _perimeters else found
