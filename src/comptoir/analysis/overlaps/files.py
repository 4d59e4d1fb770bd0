"""The body of `comptoir overlaps`: tables of actions, verdicts and names in, JSON, CSV and text out."""

import calendar
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comptoir.analysis.errors import InputError
from comptoir.analysis.overlaps.gaps import Coverage
from comptoir.analysis.overlaps.model import Action, Verdict
from comptoir.analysis.overlaps.search import Overlap
from comptoir.analysis.tables import Format, format_of, read_sheets
from comptoir.analysis.tables.delimited import decode
from comptoir.analysis.tables.streamed import fitted, rows_of
from comptoir.analysis.text import fold

ROLES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "numero", "n°", "code", "reference"),
    "holder": ("porteur", "structure", "beneficiaire", "association", "organisme", "nom_porteur"),
    "siret": ("siret", "n° siret", "numero siret", "siren"),
    "neighbourhood": ("quartier", "qpv", "quartiers", "territoire", "lieu", "commune", "code_postal"),
    "theme": ("theme", "thematique", "thematiques", "programme_libelle", "pilier", "objectif"),
    "public": ("public", "publics", "public_vise", "beneficiaires", "tranche d'age"),
    "period": ("periode", "annee", "exercice", "date_realisation"),
    "start": ("debut", "date_debut", "date de debut"),
    "end": ("fin", "date_fin", "date de fin"),
    "wording": ("intitule", "nom_projet", "descriptif", "action", "projet", "titre", "objet", "description"),
    "funder": ("financeur", "dispositif", "source"),
}
_MANY = re.compile(r"\s*[;|]\s*")
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YES = {"confirme", "confirmee", "oui", "doublon", "1"}
_NO = {"refuse", "refusee", "non", "0"}
_LONGEST = 20_000
Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Actions:
    """`columns`: the header read for each role. `remarks`: what was not understood, in French."""

    actions: tuple[Action, ...]
    columns: Mapping[str, str]
    remarks: tuple[str, ...]


def read_actions(data: bytes, source: str, asked: Mapping[str, str] | None = None) -> Actions:
    """The actions of a CSV, XLSX or ODS table. `asked`: the column of a role, where its name does not tell.
    Raises InputError for a column that is not there, no action, or two actions of a same identifier."""
    rows = _table(data, source)
    start, header = next(rows, (1, []))
    if not header:
        raise InputError("ce fichier est vide. Donnez un tableau d'actions.", source=source)
    places = _roles(header, asked or {}, source, start)
    if "wording" not in places and "holder" not in places:
        known = ", ".join(f"« {name} »" for name in header[:20])
        message = f"il faut au moins un porteur ou un intitulé. Colonnes trouvées : {known}. Voyez --column."
        raise InputError(message, source=source, line=start)
    actions: list[Action] = []
    seen: dict[str, int] = {}
    puzzling: Counter[str] = Counter()
    first_seen: dict[str, str] = {}
    for line, cells in rows:
        row = fitted(cells, header, source, line) if len(header) > 1 else cells
        action = _action(row, places, line)
        if len(action.wording) > _LONGEST:
            message = f"cet intitulé fait plus de {_LONGEST} caractères : vérifiez les guillemets."
            raise InputError(message, source=source, line=line, column=header[places["wording"]])
        if "id" in places and action.id in seen:
            message = f"l'identifiant « {action.id[:40]} » est déjà ligne {seen[action.id]}."
            raise InputError(message, source=source, line=line, column=header[places["id"]])
        seen[action.id] = line
        for role in _puzzles(row, places, action):
            puzzling[role] += 1
            first_seen.setdefault(role, f"« {row[places[role]][:40]} » ligne {line}")
        actions.append(action)
    if not actions:
        raise InputError("aucune action sous les en-têtes.", source=source)
    remarks = tuple(
        f"{source}, colonne {header[places[role]]} : {count} valeur(s) pas comprise(s), {first_seen[role]} d'abord."
        for role, count in puzzling.items()
    )
    return Actions(tuple(actions), {role: header[at] for role, at in places.items()}, remarks)


def _table(data: bytes, source: str) -> Iterator[tuple[int, list[str]]]:
    if format_of(data, source) is Format.TEXT:
        yield from rows_of(decode(data, source=source)[0], source)
        return
    for sheet in read_sheets(data, source):
        if sheet.rows:
            yield from ((row.line, list(row.cells)) for row in sheet.rows)
            return


def _roles(header: Sequence[str], asked: Mapping[str, str], source: str, line: int) -> dict[str, int]:
    names = [fold(name) for name in header]
    found: dict[str, int] = {}
    for role, known in ROLES.items():
        if role in asked:
            if fold(asked[role]) not in names:
                there = ", ".join(f"« {name} »" for name in header[:20])
                message = f"la colonne « {asked[role]} » n'existe pas. Colonnes trouvées : {there}."
                raise InputError(message, source=source, line=line)
            found[role] = names.index(fold(asked[role]))
            continue
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[role] = place
    if "id" in found and "id" not in asked and header[found["id"]] and fold(header[found["id"]]) == "code":
        del found["id"]  # a code is often that of the holder
    return found


def _action(row: Sequence[str], places: Mapping[str, int], line: int) -> Action:
    def cell(role: str) -> str:
        return row[places[role]].strip() if role in places else ""

    def many(role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in _MANY.split(cell(role)) if part))

    siret = re.sub(r"\D", "", cell("siret"))
    days = _days(cell("start"), cell("end")) or period_of(cell("period"))
    return Action(
        id=cell("id") or str(line), holder=cell("holder"), siret=siret if len(siret) in (9, 14) else "",
        neighbourhoods=many("neighbourhood"), themes=many("theme"), publics=many("public"),
        first=days[0] if days else None, last=days[1] if days else None,
        wording=cell("wording"), funder=cell("funder"), line=line,
    )  # fmt: skip


def _puzzles(row: Sequence[str], places: Mapping[str, int], action: Action) -> list[str]:
    """Roles whose cell holds something that was not understood."""
    said = {role: row[at].strip() for role, at in places.items()}
    unread = ["siret"] if said.get("siret") and not action.siret else []
    for role in ("period", "start", "end"):
        if said.get(role) and period_of(said[role]) is None:
            unread.append(role)
    return unread


def _days(start: str, end: str) -> Days | None:
    one, two = period_of(start), period_of(end)
    if one and two and one[0] <= two[1]:
        return one[0], two[1]
    return None


def period_of(said: str) -> Days | None:
    """The first and last day of « 2014 », « 2014-2016 », « mai 2014 », « 31/12/2014 », « 2014-12-31 », « du… au… »."""
    folded = fold(said)
    days = []
    for day, month, year, iso_year, iso_month, iso_day in _DAY.findall(folded):
        try:
            days.append(date(int(year or iso_year), int(month or iso_month), int(day or iso_day)).toordinal())
        except ValueError:
            return None
    if days:
        return min(days), max(days)
    years = [int(year) for year in _YEAR.findall(folded)]
    if not years:
        return None
    months = [at for at, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}\b", folded)]
    first, last = min(years), max(years)
    opening, closing = (min(months), max(months)) if months and first == last else (1, 12)
    end = date(last, closing, calendar.monthrange(last, closing)[1])
    return date(first, opening, 1).toordinal(), end.toordinal()


def read_verdicts(data: bytes, source: str) -> list[Verdict]:
    """A table of two identifiers and a verdict (confirmé, refusé). Raises InputError."""
    rows = _table(data, source)
    start, header = next(rows, (1, []))
    names = [fold(name) for name in header]
    if not {"a", "b"} <= set(names) or not {"verdict", "avis"} & set(names):
        message = "il faut trois colonnes : a, b (identifiants des actions), verdict (confirmé ou refusé)."
        raise InputError(message, source=source, line=start)
    at_a, at_b = names.index("a"), names.index("b")
    at_said = names.index("verdict" if "verdict" in names else "avis")
    found = []
    for line, cells in rows:
        row = fitted(cells, header, source, line)
        said = fold(row[at_said])
        if not said:
            continue  # not looked at yet: the file that is written can be given back as it is
        if said not in _YES | _NO:
            message = f"« {row[at_said][:40]} » n'est pas un avis. Écrivez confirmé ou refusé."
            raise InputError(message, source=source, line=line, column=header[at_said])
        found.append(Verdict(row[at_a], row[at_b], said in _YES))
    return found


def read_names(data: bytes, source: str) -> list[str]:
    """The first column of a table, its header left out: neighbourhoods or themes that must all be covered."""
    rows = _table(data, source)
    next(rows, None)
    return list(dict.fromkeys(row[0] for _, row in rows if row[0]))


def overlaps_json(read: Actions, overlaps: Sequence[Overlap], coverage: Coverage) -> bytes:
    """`pairs`, best first; `gaps`, the most surprising first; `coverage`, counts by theme and neighbourhood."""
    out: dict[str, Any] = {
        "actions": len(read.actions),
        "columns": dict(read.columns),
        "warnings": list(read.remarks),
        "pairs": [_pair(read.actions, overlap) for overlap in overlaps],
        "gaps": [
            {"theme": gap.theme, "neighbourhood": gap.neighbourhood, "expected": round(gap.expected, 3)}
            for gap in coverage.gaps
        ],
        "coverage": [
            {"theme": theme, "neighbourhood": place, "actions": coverage.counts[theme, place]}
            for theme in coverage.themes
            for place in coverage.neighbourhoods
            if coverage.counts[theme, place]
        ],
        "without_theme_or_neighbourhood": coverage.left_out,
    }
    return (json.dumps(out, ensure_ascii=False, indent=1) + "\n").encode()


def _pair(actions: Sequence[Action], overlap: Overlap) -> dict[str, Any]:
    one, two = actions[overlap.a], actions[overlap.b]
    return {
        "a": one.id,
        "b": two.id,
        "lines": [one.line, two.line],
        "score": round(overlap.score, 4),
        "verdict": _said(overlap.verdict) or None,
        "reasons": list(overlap.reasons),
        "against": list(overlap.against),
    }


def _said(verdict: bool | None) -> str:
    return "" if verdict is None else "confirmé" if verdict else "refusé"


def overlaps_csv(read: Actions, overlaps: Sequence[Overlap]) -> bytes:
    """One pair a line, with an empty « verdict » to fill: the file can be given back with --verdicts."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    texts = ["porteur a", "porteur b", "intitulé a", "intitulé b"]
    writer.writerow(["a", "b", "verdict", "score", "raisons", "contre", *texts])
    for overlap in overlaps:
        one, two = read.actions[overlap.a], read.actions[overlap.b]
        said = ["; ".join(overlap.reasons), "; ".join(overlap.against)]
        texts = [one.holder, two.holder, one.wording, two.wording]
        cells = [one.id, two.id, _said(overlap.verdict), f"{overlap.score:.2f}", *said, *texts]
        writer.writerow([_inert(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """A text that a spreadsheet would take for a formula is kept a text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t", "\r") or re.match(r"-(?!\d+$)", cell) else cell


def overlaps_text(read: Actions, overlaps: Sequence[Overlap], coverage: Coverage, most: int) -> str:
    """A page for people: at most `most` sets of actions brought together, each with its best pair's reasons, and
    `most` gaps."""
    sets = _together(overlaps)
    counted = (_count(len(read.actions), "action"), _count(len(overlaps), "paire"), _count(len(sets), "ensemble"))
    lines = [f"{counted[0]}, {counted[1]} à regarder, en {counted[2]}."]
    lines.append("Ce sont des propositions : à vous de dire.")
    for members, best in sets[:most]:
        places = [read.actions[at].line for at in members]
        shown = ", ".join(map(str, places[:8])) + (f"… ({len(places)} actions)" if len(places) > 8 else "")
        said = f" ({_said(best.verdict)})" if best.verdict is not None else ""
        lines += ["", f"Lignes {shown}, score {best.score:.2f}{said}"]
        for action in (read.actions[best.a], read.actions[best.b]):
            lines.append(f"  {' · '.join(part for part in (action.holder, action.wording[:160]) if part)}")
        lines += [f"  + {reason}" for reason in best.reasons] + [f"  - {reason}" for reason in best.against]
    if coverage.gaps:
        lines += ["", f"{_count(len(coverage.gaps), 'trou')} : aucune action sur ce thème dans ce quartier."]
        for gap in coverage.gaps[:most]:
            expected = f"{gap.expected:.1f}".replace(".", ",")
            lines.append(f"  {gap.theme} · {gap.neighbourhood} (on en attendrait {expected})")
    return "\n".join(lines) + "\n"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number > 1 else ''}"


def _together(overlaps: Sequence[Overlap]) -> list[tuple[list[int], Overlap]]:
    """Actions linked from pair to pair, with the best of those pairs; in the order of that pair."""
    home: dict[int, int] = {}

    def root(at: int) -> int:
        while home.setdefault(at, at) != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    for overlap in overlaps:
        home[root(overlap.b)] = root(overlap.a)
    best: dict[int, Overlap] = {}
    for overlap in overlaps:
        best.setdefault(root(overlap.a), overlap)
    members: dict[int, list[int]] = {}
    for at in sorted(home):
        members.setdefault(root(at), []).append(at)
    return [(members[name], pair) for name, pair in best.items()]
