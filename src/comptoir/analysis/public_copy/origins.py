"""Who speaks and at which table: shown or hidden in a published copy. See docs/concepts/public-copy.md."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

THRESHOLD = 11
LEAST_THRESHOLD = 3


@dataclass(frozen=True, slots=True)
class Origins:
    """What a published copy may say of where words come from; `reason` says, in French, why something is hidden."""

    kinds: bool
    tables: bool
    reason: str = ""


def shown_origins(
    cells: Mapping[tuple[str, str], int], threshold: int = THRESHOLD, *, unknown: frozenset[str] = frozenset({""})
) -> Origins:
    """`cells`: (who speaks, table) -> number of notes, for one comptoir. `unknown`: what is no kind.

    All or nothing: were one kind alone left out, what is said of the others would name it. A table is shown when all
    the tables, crossed with who speaks where that is shown, reach the threshold.
    """
    kinds: Counter[str] = Counter()
    tables: Counter[tuple[str, str]] = Counter()
    for (kind, _table), notes in cells.items():
        kinds[kind] += notes
    show_kinds = sum(kinds.values()) >= threshold and all(
        notes >= threshold for kind, notes in kinds.items() if kind not in unknown
    )
    for (kind, table), notes in cells.items():
        tables[(kind if show_kinds else "", table)] += notes
    show_tables = all(notes >= threshold for (_kind, table), notes in tables.items() if table)
    hidden = [label for label, shown in (("qui parle", show_kinds), ("la table", show_tables)) if not shown]
    if not hidden:
        return Origins(True, True)
    what = " et ".join(hidden)
    reason = f"Pour que personne ne soit reconnu, {what} ne s'affiche{'nt' if len(hidden) > 1 else ''} pas : il y a "
    return Origins(show_kinds, show_tables, f"{reason}moins de {threshold} notes d'un même groupe.")
