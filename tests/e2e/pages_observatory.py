"""The pages of the observatory: where each is, and how the addresses of the demonstration are found."""

import re
from collections.abc import Callable

from visits import HOME, LEAD

Place = tuple[str, str]  # who visits, where
BASE = f"{HOME}observatoire/"
PLACES: dict[str, Place] = {
    "observatory": (LEAD, BASE),
    "observatory/resident": ("council_member", BASE),
    "observatory/filtered": ("reader", f"{BASE}?theme=revn&q=median"),
    "observatory/no figures": ("newcomer", "/rive-neuve/observatoire/"),
    "observatory_indicator": ("reader", f"{BASE}indicateurs/revn.DISP_Q2/"),
    "observatory_indicator/hidden": (LEAD, "{observed}"),
    "observatory_indicator/no value": ("reader", f"{BASE}indicateurs/filo.NBMEN/"),
    "observatory_neighbourhood": ("reader", f"{BASE}quartiers/QN08110M/"),
    "observatory_neighbourhood/redrawn": ("elected_official", f"{BASE}quartiers/QN08106M/"),
    "observatory_neighbourhood/2015": ("reader", f"{BASE}quartiers/QP081006/"),
    "observatory_suppliers": ("evaluator", f"{BASE}fournisseurs/"),
    "observatory_supplier_new": (LEAD, f"{BASE}fournisseurs/nouveau/"),
    "observatory_supplier_edit": (LEAD, "{supplier}"),
    "observatory_indicator_new": (LEAD, f"{BASE}nouvel-indicateur/"),
    "observatory_indicator_edit": (LEAD, "{observed}corriger/"),
    "observatory_target": (LEAD, f"{BASE}indicateurs/revn.TP60/cible/"),
    "observatory_collections": (LEAD, f"{BASE}saisies/"),
    "observatory_collection_new": (LEAD, f"{BASE}saisies/demander/"),
    "observatory_collection": ("facilitator", "{collection}"),
}
ACTIONS = frozenset({"observatory_indicator_withdraw", "observatory_collection_close"})


def addresses(read: Callable[[str], str]) -> dict[str, str]:
    """By following the links of the observatory, as the project lead."""
    local = re.findall(rf'href="({BASE}indicateurs/\w{{10}}/)"', read(f"{BASE}?theme=local"))
    return {
        "observed": next(one for one in dict.fromkeys(local) if "moins de 11" in read(one)),
        "supplier": re.findall(rf'href="({BASE}fournisseurs/\w{{10}}/)"', read(f"{BASE}fournisseurs/"))[0],
        "collection": re.findall(rf'href="({BASE}saisies/\w{{10}}/)"', read(f"{BASE}saisies/"))[0],
    }
