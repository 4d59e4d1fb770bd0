"""The names that producers give to the same column: ANCT, INSEE, IGN, the State's own extracts."""

import re
from collections.abc import Iterable, Mapping

from ..text import fold

# our name -> what producers write, folded (no accent, no case, words joined by « _ »)
NAMES: Mapping[str, tuple[str, ...]] = {
    "qp": ("code_qp", "qp", "code_qpv", "codeqp", "codgeo_qp", "id_qp", "code_quartier"),
    "qp_name": ("lib_qp", "nom_qp", "lib_qpv", "nom_qpv", "libqp", "nomqp", "nom_quartier", "lib_quartier"),
    "commune": ("insee_com", "code_commune", "com", "depcom", "code_com", "codes_communes", "code_insee", "insee"),
    "commune_name": ("lib_com", "nom_commune", "libcom", "nom_com", "noms_communes", "commune_qp", "libelle_commune"),
    "department": ("insee_dep", "code_departement", "dep", "departement", "code_dep"),
    "department_name": ("lib_dep", "nom_departement", "nom_dep", "libdep"),
    "region": ("insee_reg", "code_region", "reg", "region", "code_reg"),
    "region_name": ("lib_reg", "nom_region", "nom_reg", "libreg"),
    "epci": ("siren_epci", "epci", "code_epci"),
    "epci_name": ("lib_epci", "nom_epci", "libepci"),
    "ept": ("siren_ept", "ept", "code_ept"),
    "ept_name": ("lib_ept", "nom_ept", "libept"),
    "contract": ("code_cv", "code_contrat", "cv"),
    "surface": ("surface_km2",),
    "longitude": ("lon", "longitude", "lng"),
    "latitude": ("lat", "latitude"),
    "nature": ("nature", "type_quartier"),
    "code": ("code", "codgeo", "siren"),
    "name": ("nom", "libelle", "libgeo", "name"),
    "type": ("type", "typecom", "nature_epci"),
    "successor": ("commune_actuelle", "comparent", "chef_lieu_commune"),
    "population": ("population", "population_municipale", "pop_mun", "pmun"),
    "iris": ("code_iris", "iris", "dcomiris"),
    "seat": ("chef_lieu", "cheflieu"),
}
_OURS = {written: ours for ours, names in NAMES.items() for written in names}


def ours(header: str) -> str | None:
    """Our name of a column, or None."""
    return _OURS.get(re.sub(r"[^a-z0-9]+", "_", fold(header)).strip("_"))


def recognised(headers: Iterable[str]) -> int:
    return sum(ours(header) is not None for header in headers)


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, parted by « ; », « , », « | » or « / »."""
    return tuple(value.strip() for value in re.split(r"[;,|/]", cell) if value.strip())
