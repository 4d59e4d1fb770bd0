"""The doors of the observatory: every member looks at what may leave, the team keeps indicators, owners type values."""

from datetime import date
from typing import Any

from doors import EVERYONE, TEAM, Door

from comptoir.accounts.models import Actor, Membership

SUPPLIER = {"name": "Caisse", "purpose": "Suivre", "dominance": "85", "threshold": "11"}
INDICATOR = {
    "name": "Places en crèche", "kind": "count", "unit": "places", "direction": "up", "supplier": "{observed_supplier}",
}  # fmt: skip
ASKED = {"indicator": "{observed_pk}", "owner": "{observed_owner}", "year": "2025", "due_on": "2027-01-31"}
DOORS = (
    Door("observatory", EVERYONE),
    Door("observatory_indicator", EVERYONE, ("{observed}",)),
    Door("observatory_neighbourhood", EVERYONE, ("QN08106M",)),
    Door("observatory_suppliers", EVERYONE),
    Door("observatory_supplier_new", TEAM),
    Door("observatory_supplier_new", TEAM, post=SUPPLIER),
    Door("observatory_supplier_edit", TEAM, ("{observed_supplier_code}",)),
    Door("observatory_supplier_edit", TEAM, ("{observed_supplier_code}",), SUPPLIER),
    Door("observatory_indicator_new", TEAM),
    Door("observatory_indicator_new", TEAM, post=INDICATOR),
    Door("observatory_indicator_edit", TEAM, ("{observed}",)),
    Door("observatory_indicator_edit", TEAM, ("{observed}",), {**INDICATOR, "name": "Autre nom"}),
    Door("observatory_indicator_withdraw", TEAM, ("{observed}",), {}),
    Door("observatory_target", TEAM, ("{observed}",)),
    Door("observatory_target", TEAM, ("{observed}",), {"target": "40", "target_year": "2030"}),
    Door("observatory_collections", EVERYONE),
    Door("observatory_collection_new", TEAM),
    Door("observatory_collection_new", TEAM, post=ASKED),
    Door("observatory_collection", TEAM, ("{collection}",), otherwise=404),
    Door("observatory_collection", TEAM, ("{collection}",), {"value_0": "40"}, otherwise=404),
    Door("observatory_collection_close", TEAM, ("{collection}",), {}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A local indicator with its supplier, and values asked of the project lead."""
    from comptoir.observatory.actions import add_indicator, add_supplier, ask_for_values

    supplier = add_supplier(
        actor=lead, name="Mission", purpose="Suivre", legal_basis="", retention="", contact="", licence="",
        threshold=11, dominance=85,
    )  # fmt: skip
    indicator = add_indicator(
        actor=lead, supplier=supplier, name="Jeunes suivis", kind="count", definition="", unit="jeunes",
        direction="up", summable=True, about_people=True, family="", dimensions={},
    )  # fmt: skip
    owner = Membership.objects.get(space=lead.space, person=lead.person_id)
    asked = ask_for_values(actor=lead, indicator=indicator, owner=owner, year=2024, due_on=date(2027, 1, 31))
    return {
        "observed": indicator.code, "observed_pk": str(indicator.pk), "observed_supplier": str(supplier.pk),
        "observed_supplier_code": supplier.code, "observed_owner": str(owner.pk), "collection": asked.code,
    }  # fmt: skip
