"""The observatory of the demonstration: real public series of real neighbourhoods, cut to one department and those near
(SOURCES.md), and two local indicators whose figures are invented, small ones among them."""

from datetime import date
from pathlib import Path
from typing import Any

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.demo.content import SPACE
from comptoir.observatory.actions import (
    add_indicator,
    add_supplier,
    ask_for_values,
    give_values,
    load_series,
    set_target,
)
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Direction, IndicatorKind, Territory
from comptoir.observatory.models import Indicator

DATA = Path(__file__).parent / "data" / "indicators"
PARTS = ("Filles", "Garçons")
# Young people followed, girls then boys, for each neighbourhood of the contract: invented. One is below the threshold.
FOLLOWED = {
    2024: ((41, 63), (22, 38), (7, 24), (33, 29), (15, 19)),
    2025: ((52, 60), (31, 35), (12, 26), (38, 34), (8, 22)),
}
OUTSIDE = (64, 71)  # followed elsewhere in the agglomeration


def load_public_series() -> None:
    """Insee by neighbourhood (2015 perimeters), and Filosofi for communes, EPCI, department, region and France."""
    for path in sorted(DATA.iterdir()):
        load_series(person=None, name=path.name, content=path.read_bytes())


def build_observatory(lead: Actor) -> None:
    """A supplier, a count by sex, its due date, a target for the poverty rate."""
    supplier = add_supplier(
        actor=lead, name="Mission jeunesse de l'agglomération (inventée)",
        purpose="Savoir si les jeunes des quartiers sont accompagnés vers l'emploi.",
        legal_basis="Convention de transmission de chiffres agrégés, signée avec le contrat.",
        retention="Six ans après la fin du contrat.", contact="mission.jeunesse@exemple.fr", licence="", threshold=11,
        dominance=85,
    )  # fmt: skip
    terms: dict[str, Any] = {
        "supplier": supplier, "kind": IndicatorKind.COUNT, "unit": "jeunes", "direction": Direction.UP,
        "summable": True, "about_people": True,
    }  # fmt: skip
    whole = add_indicator(
        actor=lead, name="Jeunes accompagnés vers l'emploi",
        definition="Jeunes de 16 à 25 ans qui habitent le quartier et ont eu trois rendez-vous ou plus dans l'année.",
        family="", dimensions={}, **terms,
    )  # fmt: skip
    parts = [
        add_indicator(
            actor=lead, name=f"Jeunes accompagnés vers l'emploi : {part.lower()}", definition="", family=whole.code,
            dimensions={"sexe": part}, **terms,
        )
        for part in PARTS
    ]  # fmt: skip
    for year, rows in FOLLOWED.items():
        _year(lead, year, rows, whole, parts)
    facilitator = Membership.objects.filter(space=lead.space, role=Role.FACILITATOR).order_by("pk").first()
    if facilitator is not None:
        ask_for_values(actor=lead, indicator=whole, owner=facilitator, year=2026, due_on=date(2027, 1, 31))
    poverty = Indicator.objects.get(space=None, code="revn.TP60")
    set_target(actor=lead, indicator=poverty, target=55.0, target_year=2030, baseline=66.8, baseline_year=2019)


def _year(
    lead: Actor, year: int, rows: tuple[tuple[int, int], ...], whole: Indicator, parts: list[Indicator]
) -> None:  # fmt: skip
    places = [
        place_for(Territory.NEIGHBOURHOOD, one.code, 2024, one.name) for one in SPACE.neighbourhoods
    ]  # fmt: skip
    everywhere = place_for(Territory.SPACE, WHOLE)
    for at, indicator in enumerate(parts):
        given = [Given(place, float(row[at])) for place, row in zip(places, rows, strict=True)]
        total = sum(row[at] for row in rows) + OUTSIDE[at]
        give_values(actor=lead, indicator=indicator, year=year, given=[*given, Given(everywhere, float(total))])
    given = [Given(place, float(sum(row))) for place, row in zip(places, rows, strict=True)]
    total = sum(map(sum, rows)) + sum(OUTSIDE)
    give_values(actor=lead, indicator=whole, year=year, given=[*given, Given(everywhere, float(total))])
