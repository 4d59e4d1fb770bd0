"""What `comptoir allocate` does with bytes, without a file or a terminal."""

from typing import Any, TypeVar

from comptoir.analysis.allocation.audit import audit, replay
from comptoir.analysis.allocation.explanation import amount
from comptoir.analysis.allocation.floors import floors_of
from comptoir.analysis.allocation.missing import LIMIT, missing_supports
from comptoir.analysis.allocation.model import Election, Utility
from comptoir.analysis.allocation.pabulib import read_pabulib
from comptoir.analysis.allocation.report import as_csv, as_json, as_pabulib, result
from comptoir.analysis.allocation.rule import Allocation, Completion, Rule, Settings, Until, allocate, stated_until
from comptoir.analysis.errors import InputError

__all__ = [
    "LIMIT",
    "allocate",
    "as_json",
    "as_text",
    "audit",
    "document",
    "missing_supports",
    "read_pabulib",
    "replay",
    "result",
    "settings_of",
]
_Word = TypeVar("_Word", Rule, Completion, Utility, Until)


def _one_of(kind: type[_Word], said: str, option: str) -> _Word:
    try:
        return kind(said)
    except ValueError:
        known = ", ".join(one.value for one in kind)
        raise InputError(f"l'option {option} ne connaît pas « {said} ». Choisissez parmi {known}.") from None


def settings_of(
    election: Election,
    rule: str,
    completion: str,
    utility: str,
    compare_greedy: bool,
    floors: list[str],
    until: str | None,
) -> Settings:
    """The settings that the options say. Raises InputError for a word or a floor that does not exist."""
    return Settings(
        _one_of(Rule, rule, "--rule"),
        _one_of(Completion, completion, "--completion"),
        _one_of(Utility, utility, "--utility"),
        compare_greedy,
        floors_of(election, floors),
        _one_of(Until, until, "--until") if until else stated_until(election),
    )


def document(election: Election, allocation: Allocation, found: dict[str, Any], suffix: str) -> bytes:
    """The result in the format of a suffix: json, csv, pb."""
    if suffix == "pb":
        return as_pabulib(election, allocation)
    return as_csv(found) if suffix == "csv" else as_json(found)


def as_text(election: Election, found: dict[str, Any]) -> str:
    """For the screen: the projects selected in order, then the others, then who is served."""
    order = {name: place for place, name in enumerate(found["selected"])}
    rows = sorted(found["projects"], key=lambda one: order.get(one["id"], len(order)))
    lines = [f"{one['id']}  {one['name']} : {one['explanation']}" for one in rows]
    spent, budget = (amount(election, units * election.scale) for units in (found["spent"], found["rule"]["budget"]))
    everyone = found["served"]
    if found["comparison"]:
        kept = found["comparison"]
        lines.append(
            f"{kept['prefer_greedy']} votants préfèrent le glouton, {kept['prefer_rule']} l'autre règle : "
            f"« {kept['kept']} » est gardé."
        )
    lines.append(f"{len(order)} projets retenus, {spent} sur {budget}.")
    lines.append(f"{everyone['served']} votants sur {everyone['voters']} ont au moins un de leurs projets.")
    return "\n".join(lines) + "\n"
