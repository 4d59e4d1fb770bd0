"""The entries of the main menu. Each room adds its own when it loads; the menu shows what the rule allows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """`url_name` takes the space's slug. `rule` gets the actor. Lower `order` comes first."""

    label: str
    url_name: str
    order: int
    rule: Callable[[Any], bool]


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda e: e.order)


def entries(actor: object) -> list[Entry]:
    return [entry for entry in _entries if entry.rule(actor)]
