"""Reads the national list of contrats de ville, as ANCT publishes it: one line a contract, or a line a commune."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import InputError
from .tables import read_sheets

NEEDED = ("code_cv", "generation", "codgeo", "lib_geo")
CODES = "codes_qp_2024"
KINDS = ("commune", "epci", "ept")
_BY_LENGTH = {5: "commune", 9: "epci"}  # where the file does not say the kind: INSEE code, SIREN
_CODE = re.compile(r"C[NV][0-9A-Z]{3,10}")


@dataclass(frozen=True, slots=True)
class PublishedArea:
    """A commune (INSEE code), an EPCI or an EPT (SIREN) that a contract covers."""

    kind: str
    code: str
    name: str


@dataclass(slots=True)
class PublishedContract:
    """A contract of the list. `line` is that of its first mention; `neighbourhoods` are codes, in the file's order."""

    code: str
    generation: int
    department: str
    line: int
    areas: list[PublishedArea] = field(default_factory=list)
    neighbourhoods: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it covers, in words: « Papeete et Arue »."""
        names = [area.name for area in self.areas]
        return " et ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]

    @property
    def perimeter(self) -> frozenset[str]:
        return frozenset(area.code for area in self.areas)


def read_contracts(data: bytes, name: str) -> list[PublishedContract]:
    """The contracts of a file (CSV, XLSX, ODS), each once: lines that share a code are one contract.

    Columns are found by their name, in any order; neighbourhoods may be missing. Raises InputError.
    """
    rows = read_sheets(data, name, known=lambda cells: sum(cell.strip() in NEEDED for cell in cells))[0].rows
    if not rows:
        raise InputError("ce fichier est vide : donnez la liste nationale des contrats.", source=name)
    headers = [cell.strip().lower() for cell in rows[0].cells]
    if lacking := [column for column in NEEDED if column not in headers]:
        raise InputError(
            f"il manque la colonne « {lacking[0]} » : est-ce bien la liste nationale des contrats ?",
            source=name, line=rows[0].line,
        )  # fmt: skip
    found: dict[str, PublishedContract] = {}
    for row in rows[1:]:
        cells = dict(zip(headers, (cell.strip() for cell in row.cells), strict=False))
        _add(found, cells, name, row.line)
    return list(found.values())


def _add(found: dict[str, PublishedContract], cells: Mapping[str, str], source: str, line: int) -> None:
    code, area_code = cells.get("code_cv", ""), cells.get("codgeo", "")
    if not _CODE.fullmatch(code):
        raise InputError(f"« {code} » n'est pas un code de contrat (CN… ou CV…).", source=source, line=line)
    if cells.get("generation") not in ("2015", "2024"):
        raise InputError("la génération est 2015 ou 2024.", source=source, line=line, column="generation")
    kind = cells.get("type_perimetre") or _BY_LENGTH.get(len(area_code), "")
    named = cells.get("lib_geo") or cells.get("lib_cv", "").partition(" - ")[2]
    if kind not in KINDS or not area_code or not named:
        raise InputError(
            "le périmètre doit dire sa nature (commune, epci, ept), son code et son nom.", source=source, line=line
        )
    contract = found.setdefault(
        code, PublishedContract(code, int(cells["generation"]), cells.get("insee_dep", ""), line)
    )
    area = PublishedArea(kind, area_code, named)
    if area not in contract.areas:
        contract.areas.append(area)
    for one in cells.get(CODES, "").split(";"):
        if one.strip() and one.strip() not in contract.neighbourhoods:
            contract.neighbourhoods.append(one.strip())
