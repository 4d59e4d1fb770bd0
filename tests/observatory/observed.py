"""A small observatory for tests: neighbourhoods of a contract, a supplier, a count by sex with small cells planted."""

from collections.abc import Mapping, Sequence

from comptoir.accounts.models import Actor
from comptoir.observatory.actions import add_indicator, add_supplier, give_values
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Direction, IndicatorKind, Territory
from comptoir.observatory.models import Indicator, Place, Supplier
from comptoir.territories.models import PriorityNeighbourhood

NAMES = {"QN99001N": "Les Tilleuls", "QN99002N": "Le Mail", "QN99003N": "La Plaine", "QN99004N": "Les Bords"}
WHO = "Ensemble"
# The only small cell (7) stands in a table whose every sum is published: each number is found nowhere else.
PLANTED: dict[str, tuple[int, int]] = {
    "QN99001N": (1741, 1968), "QN99002N": (7, 2543), "QN99003N": (3389, 3037), "QN99004N": (4217, 4951),
}  # fmt: skip


def supplier_of(lead: Actor, *, threshold: int | None = 11, name: str = "Mission locale") -> Supplier:
    return add_supplier(
        actor=lead, name=name, purpose="Suivre", legal_basis="Convention", retention="Six ans", contact="", licence="",
        threshold=threshold, dominance=85,
    )  # fmt: skip


def local(lead: Actor, supplier: Supplier, name: str, kind: str = IndicatorKind.COUNT, **what: object) -> Indicator:
    terms: dict[str, object] = {
        "unit": "jeunes", "direction": Direction.UP, "summable": kind in (IndicatorKind.COUNT, IndicatorKind.AMOUNT),
        "about_people": True, "family": "", "dimensions": {}, "definition": "",
    }  # fmt: skip
    return add_indicator(actor=lead, supplier=supplier, name=name, kind=kind, **{**terms, **what})


def places() -> dict[str, Place]:
    """The neighbourhoods, known to the instance, and the whole of the space."""
    for code, name in NAMES.items():
        PriorityNeighbourhood.objects.get_or_create(code=code, generation=2024, defaults={"name": name})
    found = {code: place_for(Territory.NEIGHBOURHOOD, code, 2024, name) for code, name in NAMES.items()}
    return found | {WHOLE: place_for(Territory.SPACE, WHOLE)}


def give(lead: Actor, indicator: Indicator, numbers: Mapping[str, float | None], year: int = 2025) -> None:
    where = places()
    give_values(
        actor=lead, indicator=indicator, year=year,
        given=[Given(where[code], None if number is None else float(number)) for code, number in numbers.items()],
    )  # fmt: skip


def family(lead: Actor, supplier: Supplier, name: str = "Jeunes suivis") -> dict[str, Indicator]:
    """A count and its two parts."""
    whole = local(lead, supplier, name)
    parts = {
        sex: local(lead, supplier, f"{name} : {sex.lower()}", family=whole.code, dimensions={"sexe": sex})
        for sex in ("Femmes", "Hommes")
    }
    return {WHO: whole, **parts}


def plant(lead: Actor, rows: Mapping[str, Sequence[int]] = PLANTED) -> dict[str, Indicator]:
    """All cells of a table by neighbourhood and sex, its totals included."""
    made = family(lead, supplier_of(lead))
    for at, sex in enumerate(("Femmes", "Hommes")):
        numbers: dict[str, float | None] = {code: row[at] for code, row in rows.items()}
        give(lead, made[sex], {**numbers, WHOLE: sum(row[at] for row in rows.values())})
    sums: dict[str, float | None] = {code: sum(row) for code, row in rows.items()}
    give(lead, made[WHO], {**sums, WHOLE: sum(map(sum, rows.values()))})
    return made
