"""A file of indicators as it is published: territories down, indicators across; refused by line where it must be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from comptoir.analysis.errors import InputError
from comptoir.analysis.indicators.catalogue import Definition, definition_of, year_spoken_of
from comptoir.analysis.indicators.cells import Mark, Reading, read_cell
from comptoir.analysis.indicators.model import Direction, Kind, PlaceKey, PlaceKind
from comptoir.analysis.tables import read_sheets
from comptoir.analysis.text import fold

EARLIEST = 1990
_CODE_HEADERS = {
    "codgeo": None, "code": None, "code_qp": PlaceKind.NEIGHBOURHOOD, "insee_com": PlaceKind.COMMUNE,
    "siren_epci": PlaceKind.EPCI, "insee_dep": PlaceKind.DEPARTMENT, "insee_reg": PlaceKind.REGION,
    "zone_emploi": PlaceKind.EMPLOYMENT_ZONE,
}  # fmt: skip
_NAME_HEADERS = {"libgeo", "libelle", "lib_com", "lib_epci", "lib_qp", "nom"}
_YEAR_HEADERS = {"an", "annee", "millesime"}
_PERIOD_HEADERS = {"trimestre", "periode"}
_OTHER_HEADERS = {"lib_com", "lib_epci", "insee_dep", "insee_reg", "siren_epci", "zone_emploi", "nb_qpv_2024"}
_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUARTER = re.compile(r"((?:19|20)\d{2})-?[TQ]([1-4])", re.IGNORECASE)
_IN_NAME = re.compile(r"^(.*?)_?((?:19|20)\d{2})(?:T([1-4]))?(?:_(.*))?$", re.IGNORECASE)
_FILOSOFI = re.compile(r"^([A-Z][A-Z0-9]*?)(19|20|21|22)$")
_NEIGHBOURHOOD = re.compile(r"Q([NP])[0-9A-Z]{6}")
_LEVELS = (("departement", PlaceKind.DEPARTMENT), ("region", PlaceKind.REGION))


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """`published` and `reference`: years, 0 where the file does not say; `period`: of a quarter, « 2021-T1 »."""

    code: str
    published: int
    reference: int
    period: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was not loaded: a cell (`column` given), or its whole line."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"ligne {self.line}, colonne {self.column}" if self.column else f"ligne {self.line}"
        return f"{place} : {self.message}"


@dataclass(slots=True)
class Published:
    """What a file says. `values`: (series, place, value, mark), the first two as positions in their lists."""

    name: str
    definitions: dict[str, Definition] = field(default_factory=dict)
    series: list[SeriesKey] = field(default_factory=list)
    places: list[PlaceKey] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    values: list[tuple[int, int, float | None, Mark]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    header: str
    definition: Definition
    published: int
    reference: int
    period: str
    note: int | None


def read_published(data: bytes, name: str, *, latest: int, year: int | None = None) -> Published:
    """Reads one file. `latest`: no figure is of a later year. `year`: that of its publication, where nothing says it.

    Raises InputError, one sentence, for a file without codes of territories or without a year.
    """
    rows = read_sheets(data, name, known=lambda cells: sum(fold(cell) in _CODE_HEADERS for cell in cells))[0].rows
    if len(rows) < 2:
        raise InputError("ce fichier ne contient aucune ligne de chiffres.", source=name)
    headers = [cell.strip() for cell in rows[0].cells]
    folded = [fold(header) for header in headers]
    code_at = next((at for at, one in enumerate(folded) if one in _CODE_HEADERS), None)
    if code_at is None:
        message = "aucune colonne ne donne le code du territoire : nommez-la CODGEO, code_qp, insee_com ou siren_epci."
        raise InputError(message, source=name, line=rows[0].line)
    found = Published(name)
    stem = PurePath(name).stem
    reader = _Rows(found, headers, folded, code_at, _CODE_HEADERS[folded[code_at]], _level(stem), latest)
    columns = _columns(found, stem, headers, folded, code_at, year, latest)
    if not columns:
        raise InputError("aucune colonne de chiffres n'a été reconnue.", source=name, line=rows[0].line)
    reader.read(rows[1:], columns)
    return found


def _level(stem: str) -> PlaceKind | None:
    return next((kind for word, kind in _LEVELS if word in fold(stem)), None)


def _theme(stem: str) -> str:
    start = fold(stem).split("_")[0].split("-")[0]
    return start if start in ("demo", "ipro", "revn") else ""


def _columns(
    found: Published, stem: str, headers: Sequence[str], folded: Sequence[str], code_at: int, year: int | None,
    latest: int,
) -> list[_Column]:  # fmt: skip
    theme, said = _theme(stem), _YEAR.search(stem)
    own_year = bool((_YEAR_HEADERS | _PERIOD_HEADERS) & set(folded))
    published = year or (int(said.group()) if said and theme else 0)
    aside = _CODE_HEADERS.keys() | _NAME_HEADERS | _OTHER_HEADERS | _YEAR_HEADERS | _PERIOD_HEADERS
    columns = []
    seen: set[str] = set()
    for at, header in enumerate(headers):
        if at == code_at or not header or folded[at] in aside or header.upper().startswith("NOTE_"):
            continue
        if folded[at] in seen:
            found.remarks.append(f"colonne « {header} » : elle est là deux fois, la seconde n'est pas lue.")
            continue
        seen.add(folded[at])
        column = _column(found, theme, at, header, headers, published, own_year, year)
        if column is None:
            continue
        late = max(column.published, column.reference)
        if late and not EARLIEST <= late <= latest:
            found.remarks.append(f"colonne « {header} » : l'année {late} ne se peut pas, elle n'est pas lue.")
            continue
        columns.append(column)
    return columns


def _column(
    found: Published, theme: str, at: int, header: str, headers: Sequence[str], published: int, own_year: bool,
    year: int | None,
) -> _Column | None:  # fmt: skip
    if theme:
        if not published:
            raise InputError("son année de publication n'est pas dite : donnez-la avec --annee.", source=found.name)
        known = definition_of(theme, header)
        definition = known or _unknown(f"{theme}.{header.upper()}", header, theme)
        note = f"NOTE_{definition.source}"
        note_at = headers.index(note) if definition.source and note in headers else None
        if known is None:
            found.remarks.append(f"colonne « {header} » : elle n'est pas dans notre dictionnaire, gardée telle quelle.")
        return _Column(at, header, definition, published, year_spoken_of(definition, published), "", note_at)
    filosofi = _FILOSOFI.match(header.upper())
    if filosofi and not own_year:
        reference = 2000 + int(filosofi.group(2))
        known = definition_of("", filosofi.group(1))
        definition = known or _unknown(f"filo.{filosofi.group(1)}", filosofi.group(1), "filo")
        return _Column(at, header, definition, 0, reference, "", None)
    dated = _IN_NAME.match(header)
    if dated and not own_year:
        base = "_".join(part for part in (dated.group(1), dated.group(4)) if part)
        quarter = f"{dated.group(2)}-T{dated.group(3)}" if dated.group(3) else ""
        definition = _unknown(f"zone.{fold(base)}", base, "zone")
        return _Column(at, header, definition, 0, int(dated.group(2)), quarter, None)
    if own_year or year:
        return _Column(at, header, _unknown(f"zone.{fold(header)}", header, "zone"), 0, year or 0, "", None)
    said = _YEAR.search(PurePath(found.name).stem)
    if said and "filosofi" in fold(found.name):
        definition = definition_of("", header) or _unknown(f"filo.{header.upper()}", header, "filo")
        return _Column(at, header, definition, 0, int(said.group()), "", None)
    found.remarks.append(f"colonne « {header} » : son année n'est pas dite, elle n'est pas lue.")
    return None


UNNAMED = "Sans libellé : "
_THINGS = ("equip_", "logements", "residences_principales", "nb_ecoles", "ips_")
_RATIOS = ("taux", "part", "tx")
_AREA_NAMES = {
    "taux_chomage": ("Taux de chômage localisé", Kind.RATIO, "%", Direction.DOWN),
    "taux_chomage_ze": ("Taux de chômage de la zone d'emploi", Kind.RATIO, "%", Direction.DOWN),
    "part_non_inseres": ("Part des jeunes non insérés", Kind.RATIO, "%", Direction.DOWN),
    "revenu_median_uc": ("Revenu disponible médian par unité de consommation", Kind.MEDIAN, "€ par an", Direction.UP),
    "part_minima_sociaux": ("Part des minima sociaux dans le revenu disponible", Kind.RATIO, "%", Direction.NONE),
    "taux_logement_social_sru": ("Taux de logement social (loi SRU)", Kind.RATIO, "%", Direction.NONE),
    "ips_ecoles_median": ("Indice de position sociale médian des écoles", Kind.INDEX, "", Direction.UP),
    "taux_vacance": ("Part des logements vacants", Kind.RATIO, "%", Direction.DOWN),
    "d2": ("Deuxième décile du revenu disponible", Kind.MEDIAN, "€ par an", Direction.UP),
    "d3": ("Troisième décile du revenu disponible", Kind.MEDIAN, "€ par an", Direction.UP),
    "d4": ("Quatrième décile du revenu disponible", Kind.MEDIAN, "€ par an", Direction.UP),
    "d6": ("Sixième décile du revenu disponible", Kind.MEDIAN, "€ par an", Direction.UP),
    "d7": ("Septième décile du revenu disponible", Kind.MEDIAN, "€ par an", Direction.UP),
    "d8": ("Huitième décile du revenu disponible", Kind.MEDIAN, "€ par an", Direction.UP),
    "gi": ("Indice de Gini", Kind.INDEX, "", Direction.DOWN),
    "s80s20": ("Rapport entre les 20 % plus aisés et les 20 % plus modestes", Kind.INDEX, "", Direction.DOWN),
    "q3_q1": ("Écart entre premier et troisième quartiles", Kind.MEDIAN, "€ par an", Direction.NONE),
    "nbmen": ("Ménages fiscaux", Kind.COUNT, "ménages", Direction.NONE),
    "nbpers": ("Personnes des ménages fiscaux", Kind.COUNT, "personnes", Direction.NONE),
    "nbuc": ("Unités de consommation des ménages fiscaux", Kind.COUNT, "unités", Direction.NONE),
    "ptsa": ("Part du revenu disponible : salaires", Kind.RATIO, "%", Direction.NONE),
    "pcho": ("Part du revenu disponible : indemnités de chômage", Kind.RATIO, "%", Direction.NONE),
    "pben": ("Part du revenu disponible : bénéfices", Kind.RATIO, "%", Direction.NONE),
    "ppfam": ("Part du revenu disponible : prestations familiales", Kind.RATIO, "%", Direction.NONE),
    "ppmini": ("Part du revenu disponible : minima sociaux", Kind.RATIO, "%", Direction.NONE),
    "pplogt": ("Part du revenu disponible : aides au logement", Kind.RATIO, "%", Direction.NONE),
}  # fmt: skip


def _unknown(code: str, column: str, theme: str) -> Definition:
    """A column of which only the name is known: what it is, is read from that name; it never adds up."""
    name, kind, unit, direction = _AREA_NAMES.get(fold(column), (f"{UNNAMED}{column}", Kind.COUNT, "", Direction.NONE))
    if name.startswith(UNNAMED):
        if fold(column).split("_")[0] in _RATIOS:
            kind, unit = Kind.RATIO, "%"
        elif fold(column).startswith("delits"):
            kind, unit = Kind.RATIO, "pour 1 000"
        elif theme == "filo" and re.fullmatch(r"[QD]\d", column):
            kind, unit = Kind.MEDIAN, "€ par an"
        elif theme == "filo" and not column.startswith("NB"):
            kind, unit = (Kind.RATIO, "%") if column.startswith("P") else (Kind.INDEX, "")
    said = "Nommée ainsi par le fichier ; sa définition est à compléter."
    if fold(column).startswith("equip_"):
        name = "Équipements : " + column[6:].replace("_", " ")
    people = not fold(column).startswith(_THINGS)
    return Definition(
        code, column, theme, name, kind, unit, "FILO" if theme == "filo" else "", direction=direction,
        definition=said if name.startswith(UNNAMED) else "", about_people=people,
    )  # fmt: skip


@dataclass
class _Rows:
    found: Published
    headers: Sequence[str]
    folded: Sequence[str]
    code_at: int
    kind: PlaceKind | None
    level: PlaceKind | None
    latest: int

    def read(self, rows: Iterable[object], columns: Sequence[_Column]) -> None:
        year_at = next((at for at, one in enumerate(self.folded) if one in _YEAR_HEADERS | _PERIOD_HEADERS), None)
        name_at = next((at for at, one in enumerate(self.folded) if one in _NAME_HEADERS), None)
        places: dict[PlaceKey, int] = {}
        series: dict[SeriesKey, int] = {}
        seen: dict[tuple[int, int, str], int] = {}
        found = self.found
        for row in rows:
            line, cells = row.line, row.cells  # type: ignore[attr-defined]  # a Row of analysis.tables
            code = cells[self.code_at].strip() if self.code_at < len(cells) else ""
            key = self._place(code)
            if key is None:
                found.faults.append(Fault(line, "", f"« {code} » n'est pas un code de territoire connu."))
                continue
            year, period, wrong = self._year(cells[year_at].strip() if year_at is not None else "", year_at)
            if wrong:
                found.faults.append(Fault(line, self.headers[year_at or 0], wrong))
                continue
            place = places.setdefault(key, len(places))
            if place == len(found.places):
                found.places.append(key)
                found.names.append(cells[name_at].strip() if name_at is not None and name_at < len(cells) else "")
            first = seen.setdefault((place, year, period), line)
            if first != line:
                found.faults.append(Fault(line, "", f"même territoire que la ligne {first} : gardez l'une des deux."))
                continue
            self._cells(line, cells, columns, place, year, period, series)

    def _cells(
        self, line: int, cells: Sequence[str], columns: Sequence[_Column], place: int, year: int, period: str,
        series: dict[SeriesKey, int],
    ) -> None:  # fmt: skip
        found = self.found
        for column in columns:
            try:
                read = read_cell(cells[column.at] if column.at < len(cells) else "")
                self._fits(read, column.definition)
            except ValueError as error:
                found.faults.append(Fault(line, column.header, str(error)))
                continue
            definition = column.definition
            key = SeriesKey(definition.code, column.published, column.reference or year, column.period or period)
            at = series.get(key)
            if at is None:
                at = series[key] = len(found.series)
                found.series.append(key)
                found.definitions[definition.code] = definition
            mark = read.mark
            if mark is Mark.UNSAID and column.note is not None and column.note < len(cells):
                mark = Mark.UNSAID if cells[column.note].strip() in ("", "0") else Mark.NOT_AVAILABLE
            found.values.append((at, place, read.value, mark))

    @staticmethod
    def _fits(read: Reading, definition: Definition) -> None:
        if read.value is None:
            return
        if read.percent and definition.kind is not Kind.RATIO:
            raise ValueError("ce nombre porte « % », mais l'indicateur n'est pas une part.")
        if definition.kind is Kind.COUNT and definition.family and (read.value < 0 or read.value != int(read.value)):
            raise ValueError(f"{read.value:g} n'est pas un nombre entier de {definition.unit or 'personnes'}.")

    def _year(self, cell: str, at: int | None) -> tuple[int, str, str]:
        if at is None:
            return 0, "", ""
        quarter = _QUARTER.fullmatch(cell)
        plain = quarter.group(1) if quarter else cell
        if not re.fullmatch(r"\d{4}", plain) or not EARLIEST <= int(plain) <= self.latest:
            return 0, "", f"« {cell} » n'est pas une année possible ({EARLIEST} à {self.latest})."
        return int(plain), f"{plain}-T{quarter.group(2)}" if quarter else "", ""

    def _place(self, code: str) -> PlaceKey | None:
        """The territory of a code: its shape says what it is; a department and a region, the name of the file."""
        neighbourhood = _NEIGHBOURHOOD.fullmatch(code)
        if neighbourhood:
            return PlaceKey(PlaceKind.NEIGHBOURHOOD, code, 2024 if neighbourhood.group(1) == "N" else 2015)
        if fold(code) in ("ensemble", "total"):
            return PlaceKey(PlaceKind.ALL_NEIGHBOURHOODS, "ENSEMBLE", 2015)
        if code == "FR" or (code == "1" and self.level is PlaceKind.REGION):
            return PlaceKey(PlaceKind.FRANCE, "FR")
        if self.kind is not None and re.fullmatch(r"[0-9AB]{2,9}", code):
            return PlaceKey(self.kind, code)
        if re.fullmatch(r"\d{9}", code):
            return PlaceKey(PlaceKind.EPCI, code)
        if re.fullmatch(r"\d[0-9AB]\d{3}", code):
            return PlaceKey(PlaceKind.COMMUNE, code)
        if self.level is not None and re.fullmatch(r"\d[0-9AB]\d?", code):
            return PlaceKey(self.level, code)
        return None
