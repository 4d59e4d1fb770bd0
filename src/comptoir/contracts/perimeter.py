"""Which neighbourhoods a space works for: those of its contracts, by their published codes."""

from comptoir.contracts.models import ContractNeighbourhood
from comptoir.spaces.models import Space
from comptoir.territories.models import NeighbourhoodQuerySet, PriorityNeighbourhood


def neighbourhoods_of(space: Space) -> NeighbourhoodQuerySet:
    """Read by code: a neighbourhood loaded after the contract was written is there at once."""
    codes = ContractNeighbourhood.objects.filter(contract__space=space).values("code")
    return PriorityNeighbourhood.objects.filter(code__in=codes)
