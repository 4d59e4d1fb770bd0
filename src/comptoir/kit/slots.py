"""How a higher room shows something on a lower room's page, without the lower one knowing it.

The lower room declares a `Slot` and renders it; the higher room fills it in its `AppConfig.ready`. A provider
gets all the items of the page at once, so that a list costs one query per slot, not one per row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model

Viewer = TypeVar("Viewer")
Item = TypeVar("Item", bound=Model)  # of which the primary key is a UUID
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Piece:
    """A fragment to show: a template of the higher room and what it needs."""

    template: str
    context: Mapping[str, Any]


@dataclass
class Slot(Generic[Viewer, Item]):
    """`name` and `purpose` are for people who read the house's plan."""

    name: str
    purpose: str
    _fillings: list[tuple[Any, Any]] = field(default_factory=list, repr=False)

    def fill(
        self,
        provider: Callable[[Viewer, Sequence[Item]], Mapping[UUID, Iterable[Piece]]],
        *,
        rule: Callable[[Viewer, Item], bool],
    ) -> None:
        """Add a provider. It is asked only for the items that `rule` lets this viewer see."""
        if (provider, rule) not in self._fillings:
            self._fillings.append((provider, rule))

    def pieces(self, viewer: Viewer, items: Sequence[Item]) -> dict[UUID, list[Piece]]:
        """The pieces of each item, by identity, in the order in which rooms were loaded."""
        found: dict[UUID, list[Piece]] = {item.pk: [] for item in items}
        for provider, rule in self._fillings:
            allowed = [item for item in items if rule(viewer, item)]
            if not allowed:
                continue
            for key, pieces in provider(viewer, allowed).items():
                found[key].extend(pieces)
        return found


@dataclass
class Feed(Generic[Viewer, Item, Value]):
    """As a slot, for one thing, when the page has to sort what rooms tell: they give values of one type, and the page
    draws them."""

    name: str
    purpose: str
    _fillings: list[tuple[Any, Any]] = field(default_factory=list, repr=False)

    def fill(
        self, provider: Callable[[Viewer, Item], Iterable[Value]], *, rule: Callable[[Viewer, Item], bool]
    ) -> None:
        """Add a provider. It is asked only where `rule` lets this viewer see."""
        if (provider, rule) not in self._fillings:
            self._fillings.append((provider, rule))

    def values(self, viewer: Viewer, item: Item) -> list[Value]:
        """What every room tells, in the order in which rooms were loaded."""
        return [value for provider, rule in self._fillings if rule(viewer, item) for value in provider(viewer, item)]
