"""Money kept for a neighbourhood or a category. See docs/concepts/allocation.md, « Planchers »."""

from dataclasses import dataclass

from comptoir.analysis.allocation.model import Election
from comptoir.analysis.errors import InputError
from comptoir.analysis.text import fold

PLACES = ("neighborhood", "neighbourhood", "quartier", "district", "subunit")
_LISTED = ("category", "categories", "theme")


@dataclass(frozen=True, slots=True)
class Floor:
    """At least `amount` (in the election's units) is offered first to `projects` (positions)."""

    label: str
    amount: int
    projects: frozenset[int]


def labels_of(election: Election, at: int) -> tuple[str, ...]:
    """The neighbourhood and categories of a project, as written."""
    fields = election.projects[at].fields
    found = [fields.get(name, "").strip() for name in PLACES]
    for name in _LISTED:
        found += [part.strip() for part in fields.get(name, "").split(",")]
    return tuple(label for label in dict.fromkeys(found) if label)


def floor_of(election: Election, said: str) -> Floor:
    """The floor that « CATEGORY=AMOUNT » asks for. Raises InputError for an unknown category or a wrong amount."""
    label, _, amount = (part.strip() for part in said.rpartition("="))
    if not label:
        raise InputError(f"« {said} » : écrivez --floor CATÉGORIE=MONTANT, par exemple --floor Bellevue=20000.")
    known: dict[str, set[int]] = {}
    for at in range(len(election.projects)):
        for name in labels_of(election, at):
            known.setdefault(name, set()).add(at)
    members = known.get(label) or next((known[name] for name in known if fold(name) == fold(label)), None)
    if not members:
        listed = ", ".join(f"« {name} »" for name in sorted(known)[:20]) or "aucune"
        raise InputError(f"la catégorie « {label} » n'existe pas. Trouvées : {listed}.", source=election.source)
    value = amount.replace(",", ".")
    whole, _, cents = value.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 16 and (not cents or cents.isdigit())):
        raise InputError(f"« {amount} » n'est pas un montant positif. Écrivez --floor {label}=20000.")
    units = int(whole) * election.scale
    if cents.strip("0"):
        raise InputError(f"« {amount} » : écrivez le montant d'un plancher sans centimes.")
    return Floor(label, units, frozenset(members))


def floors_of(election: Election, said: list[str]) -> tuple[Floor, ...]:
    """All floors asked for. Raises InputError where together they pass the budget, or one is asked twice."""
    floors = tuple(floor_of(election, one) for one in said)
    twice = [floor.label for at, floor in enumerate(floors) if floor.label in {f.label for f in floors[:at]}]
    if twice:
        raise InputError(f"le plancher de « {twice[0]} » est donné deux fois.")
    total = sum(floor.amount for floor in floors)
    if total > election.budget:
        asked, had = election.money(total), election.money(election.budget)
        raise InputError(f"les planchers font {float(asked):.0f} en tout, plus que le budget ({float(had):.0f}).")
    return floors
