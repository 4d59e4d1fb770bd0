"""The body of `comptoir compare`: tables of indicators read from files, one territory compared, refusals told."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comptoir.analysis.comparison.catalogue import indicator_of
from comptoir.analysis.comparison.gaps import against, change
from comptoir.analysis.comparison.likes import Like, likes, place
from comptoir.analysis.comparison.lineage import Lineage, Outline
from comptoir.analysis.comparison.model import Figure, Gap, Indicator, Kind, Perimeter, Refusal
from comptoir.analysis.errors import InputError
from comptoir.analysis.tables.headed import HeadedTable, read_headed

_YEAR = re.compile(r"(.+)@(\d{4})")


@dataclass(frozen=True, slots=True)
class Vintage:
    """The rows of one file by code, for one year."""

    read: HeadedTable
    year: int
    rows: Mapping[str, int]

    def number(self, code: str, column: str) -> float | None:
        return self.read.number(self.read.rows[self.rows[code]], self.read.position(column))


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the result: an indicator of the territory, what it is set beside, and the gap or the refusal."""

    indicator: Indicator
    beside: str
    value: float | None
    reference: float | None
    found: Gap | Refusal


def year_of(said: str) -> tuple[str, int]:
    """« revn_2019.csv@2019 » as the file and the year that its figures speak of."""
    found = _YEAR.fullmatch(said)
    if not found:
        raise InputError(
            f"« {said} » ne dit pas son millésime : écrivez {said}@2019, l'année dont parlent les chiffres."
        )
    return found[1], int(found[2])


def read_vintage(data: bytes, source: str, year: int, code: str, asked: Sequence[str]) -> Vintage:
    """Raises InputError where a code comes twice: nobody could say which row is meant."""
    read = read_headed(data, source, (code, *asked))
    at = read.position(code)
    rows: dict[str, int] = {}
    for number, row in enumerate(read.rows):
        name = row.cells[at].strip()
        if name in rows:
            message = f"« {name[:40]} » est déjà à la ligne {read.rows[rows[name]].line}."
            raise read.error(row, at, message)
        if name:
            rows[name] = number
    return Vintage(read, year, rows)


def perimeter_of(code: str) -> Perimeter:
    """The kind of territory that a code names: QN… and QP… neighbourhoods, SIREN of an EPCI, Insee code of a town."""
    for pattern, perimeter in (
        (r"QN\w{5,6}", Perimeter.QPV_2024),
        (r"QP\w{6}", Perimeter.QPV_2015),
        (r"\d{9}", Perimeter.EPCI),
        (r"\d[\dAB]\d{3}", Perimeter.COMMUNE),
        (r"FR\w?|France", Perimeter.FRANCE),
    ):
        if re.fullmatch(pattern, code):
            return perimeter
    return Perimeter.OTHER


def figure(vintage: Vintage, code: str, indicator: Indicator, column: str, size: str = "") -> Figure:
    """Raises InputError where the code is not in the file, or the column not in its header."""
    if code not in vintage.rows:
        raise InputError(f"le territoire « {code} » n'y est pas.", source=vintage.read.source)
    people = vintage.number(code, size) if size and indicator.kind is Kind.SHARE else None
    if people is not None and people < 1:
        people = None
    value = vintage.number(code, column)
    return Figure(indicator, code, perimeter_of(code), vintage.year, value, None if people is None else int(people))


def indicators_of(columns: Sequence[str], kinds: Sequence[str], apart: Sequence[str]) -> list[Indicator]:
    """The indicators of columns, with what the command line says of them: « TP60=share », « CC2S=2 »."""
    said = dict(_pair(one) for one in kinds)
    years = dict(_pair(one) for one in apart)
    for name, kind in said.items():
        if kind not in tuple(Kind):
            raise InputError(f"La nature « {kind} » de « {name} » n'existe pas. Choisissez parmi {', '.join(Kind)}.")
    for name, number in years.items():
        if not (number.isascii() and number.isdigit() and len(number) < 3):
            raise InputError(f"L'écart « {number} » de « {name} » n'est pas un nombre d'années.")
    return [
        indicator_of(
            column,
            Kind(said[column]) if column in said else None,
            apart=int(years[column]) if column in years else None,
        )
        for column in columns
    ]


def _pair(said: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not equals or not name or not value:
        raise InputError(f"« {said} » est mal écrit : il faut COLONNE=VALEUR.")
    return name, value


def pairs(said: Sequence[str]) -> dict[str, str]:
    """« DISP_Q2=Q219 »: the name of a column in the files of references."""
    return dict(_pair(one) for one in said)


def beside_references(
    own: Vintage, code: str, indicators: Sequence[Indicator], references: Sequence[tuple[Vintage, str]],
    same: Mapping[str, str], size: str,
) -> list[Compared]:  # fmt: skip
    """Each indicator against each reference that has it."""
    lines = []
    for indicator in indicators:
        one = figure(own, code, indicator, indicator.name, size)
        for vintage, name in references:
            column = same.get(indicator.name, indicator.name)
            if column not in vintage.read.header and indicator.name not in same:
                reason = f"{indicator.label} : comparaison refusée, {vintage.read.source} n'a pas cet indicateur."
                lines.append(Compared(indicator, name, one.value, None, Refusal(reason)))
                continue
            there = size if size in vintage.read.header else ""
            other = figure(vintage, name, indicator, column, there)
            lines.append(Compared(indicator, name, one.value, other.value, against(one, other)))
    return lines


def beside_its_past(
    own: Vintage, code: str, indicators: Sequence[Indicator], earlier: Sequence[Vintage], size: str
) -> list[Compared]:
    """Each indicator against each earlier vintage of the same territory."""
    lines = []
    for indicator in indicators:
        later = figure(own, code, indicator, indicator.name, size)
        for vintage in earlier:
            there = size if size in vintage.read.header else ""
            before = figure(vintage, code, indicator, indicator.name, there)
            lines.append(Compared(indicator, str(vintage.year), later.value, before.value, change(before, later)))
    return lines


def likes_of(own: Vintage, code: str, variables: Sequence[str], most: int) -> tuple[Like, ...]:
    """The neighbourhoods of the same generation that resemble it; the row of the whole country is no neighbourhood."""
    kind = perimeter_of(code)
    table = {name: [own.number(name, v) for v in variables] for name in own.rows if perimeter_of(name) is kind}
    return likes(code, table, variables, most=most)


def result(
    own: Vintage, code: str, lines: Sequence[Compared], found: Sequence[Like], indicators: Sequence[Indicator]
) -> dict[str, Any]:
    """What the command tells, as plain values."""
    among = []
    for indicator in indicators:
        value = own.number(code, indicator.name)
        where = place(value, [own.number(like.code, indicator.name) for like in found]) if value is not None else None
        if where and found:
            among.append({
                "indicator": indicator.name, "value": value, "known": where.known, "below": where.below,
                "first_quartile": _rounded(where.first_quartile), "median": _rounded(where.median),
                "third_quartile": _rounded(where.third_quartile),
            })  # fmt: skip
    return {
        "territory": code,
        "vintage": own.year,
        "comparisons": [_told(line) for line in lines],
        "likes": [
            {"code": like.code, "distance": _rounded(like.distance), "shared": like.shared, "apart": like.apart}
            for like in found
        ],
        "among_likes": among,
    }


def _told(line: Compared) -> dict[str, Any]:
    head = {
        "indicator": line.indicator.name,
        "kind": line.indicator.kind.value,
        "beside": line.beside,
        "value": line.value,
        "reference": line.reference,
    }
    if isinstance(line.found, Refusal):
        return head | {"refused": line.found.reason}
    gap = line.found
    return head | {
        "difference": _rounded(gap.difference),
        "ratio": _rounded(gap.ratio),
        "low": _rounded(gap.low),
        "high": _rounded(gap.high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6) + 0.0


def as_json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def as_csv(told: Mapping[str, Any]) -> bytes:
    """The comparisons as CSV, then one line per indicator beside the median of its likes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["indicateur", "comparé à", "valeur", "référence", "écart", "au moins", "au plus", "refus"])
    for line in told["comparisons"]:
        numbers = [line["value"], line["reference"], *(line.get(name) for name in ("difference", "low", "high"))]
        writer.writerow([line["indicator"], line["beside"], *map(_plain, numbers), line.get("refused", "")])
    for line in told["among_likes"]:
        beside = f"médiane de {line['known']} quartiers semblables"
        gap = line["value"] - line["median"]
        writer.writerow(
            [line["indicator"], beside, _plain(line["value"]), _plain(line["median"]), _plain(gap), "", "", ""]
        )  # fmt: skip
    return out.getvalue().encode()


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def read_outlines(data: bytes, source: str, code: str) -> dict[str, Outline]:
    """The outlines of a GeoJSON file by the property `code`. Several features of one code make one outline."""
    try:
        told = json.loads(data)
        features = told["features"]
        found: dict[str, list[Any]] = {}
        for number, feature in enumerate(features, 1):
            name, geometry = feature["properties"].get(code), feature["geometry"]
            if not isinstance(name, str) or not name:
                raise InputError(f"l'objet {number} n'a pas de propriété « {code} ».", source=source)
            kind, points = geometry["type"], geometry["coordinates"]
            if kind not in ("Polygon", "MultiPolygon"):
                raise InputError(f"« {name} » est un {kind}, pas un polygone.", source=source)
            found.setdefault(name, []).extend([points] if kind == "Polygon" else points)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError("ce n'est pas un GeoJSON de contours.", source=source) from None
    if not found:
        raise InputError("il n'y a aucun contour.", source=source)
    return {name: tuple(polygons) for name, polygons in found.items()}


def lineage_json(found: Lineage) -> bytes:
    links = [
        {
            "old": link.old, "new": link.new, "of_old": round(link.of_old, 4), "of_new": round(link.of_new, 4),
            "common": round(link.common, 4), "margin": round(link.margin, 4), "quality": link.quality.value,
        }
        for link in found.links
    ]  # fmt: skip
    old, new = ({code: became.value for code, became in side.items()} for side in (found.old, found.new))
    return as_json({"links": links, "old": old, "new": new})


def lineage_csv(found: Lineage) -> bytes:
    """One line per link; then the old ones that became nothing, and the new ones that come from nothing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["ancien", "nouveau", "devenir", "part de l'ancien", "part du nouveau", "commun", "qualité"])
    for link in found.links:
        shares = [f"{share:.4f}" for share in (link.of_old, link.of_new, link.common)]
        writer.writerow([link.old, link.new, found.old[link.old].value, *shares, link.quality.value])
    linked = {link.old for link in found.links}, {link.new for link in found.links}
    writer.writerows(
        [code, "", became.value, "", "", "", ""] for code, became in found.old.items() if code not in linked[0]
    )
    writer.writerows(
        ["", code, became.value, "", "", "", ""] for code, became in found.new.items() if code not in linked[1]
    )
    return out.getvalue().encode()
