"""`comptoir overlaps`: actions of a table that double each other, and where there is nothing."""

import argparse

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, opened, progress, put, read, refusals, say, write
from comptoir.cli.parser import Parser


def add(parser: Parser) -> None:
    parser.description = (
        "Propose les actions qui se doublent dans un tableau (CSV, XLSX, ODS), chacune avec ses raisons, et les\n"
        "thèmes × quartiers où il n'y a rien. Rôles des colonnes : id, holder, siret, neighbourhood, theme, public,\n"
        "period, start, end, wording, funder ; devinés d'après leur nom, ou dits avec --column."
    )
    parser.arguments.add_argument("source", metavar="ACTIONS", help="le tableau à lire ; - pour l'entrée standard")
    parser.choices.add_argument(
        "--column", metavar="RÔLE=NOM", action="append", default=[], help="la colonne d'un rôle ; plusieurs fois"
    )
    parser.choices.add_argument("--verdicts", metavar="AVIS", help="un tableau a, b, verdict : confirmé ou refusé")
    parser.choices.add_argument("--model", metavar="JSON", help="un modèle appris, à la place de celui de départ")
    parser.choices.add_argument("--learn", metavar="JSON", help="écrire le modèle appris de --verdicts")
    parser.choices.add_argument("--neighbourhoods", metavar="NOMS", help="un tableau de tous les quartiers à couvrir")
    parser.choices.add_argument("--threshold", metavar="SEUIL", default="0.5", help="score à atteindre, de 0 à 1 (0.5)")
    parser.choices.add_argument("--limit", metavar="NOMBRE", default="20", help="combien montrer à l'écran (20)")
    parser.choices.add_argument("-o", "--output", metavar="SORTIE", help="le fichier à écrire : .json ou .csv")
    parser.choices.add_argument("--json", action="store_true", help="écrire tout en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.source, chosen.output)
    if chosen.output and suffix not in ("json", "csv"):
        message = f"le format « .{suffix} » n'existe pas ici : écrivez un .json ou un .csv."
        raise InputError(message, source=chosen.output)
    if chosen.learn and not chosen.verdicts:
        raise InputError("Pour apprendre, donnez des avis : --verdicts AVIS.csv.")
    threshold = _number(chosen.threshold, "Le seuil")
    if not 0 < threshold < 1:
        raise InputError(f"Le seuil « {chosen.threshold} » n'est pas entre 0 et 1.")
    limit = int(_number(chosen.limit, "Le nombre"))
    from comptoir.analysis.overlaps import Model, coverage_of, learned_from, overlaps_of
    from comptoir.analysis.overlaps.files import (
        overlaps_csv,
        overlaps_json,
        overlaps_text,
        read_actions,
        read_names,
        read_verdicts,
    )

    with progress("Lecture des actions"):
        table = read_actions(*_whole(chosen.source), _asked(chosen.column))
    verdicts = read_verdicts(*read(chosen.verdicts)) if chosen.verdicts else []
    places = read_names(*read(chosen.neighbourhoods)) if chosen.neighbourhoods else []
    for remark in table.remarks:
        say(remark)
    with progress("Recherche des doublons"):
        model = Model.read(*read(chosen.model)) if chosen.model else learned_from(table.actions, verdicts)
        overlaps = overlaps_of(table.actions, model, verdicts, threshold)
        coverage = coverage_of(table.actions, places)
    if chosen.learn:
        write(chosen.learn, learned_from(table.actions, verdicts).json())
    if chosen.output:
        write(
            chosen.output,
            overlaps_csv(table, overlaps) if suffix == "csv" else overlaps_json(table, overlaps, coverage),
        )
    if chosen.json:
        put(overlaps_json(table, overlaps, coverage))
    elif not chosen.output:
        put(overlaps_text(table, overlaps, coverage, limit).encode())
    return 0


def _whole(source: str) -> tuple[bytes, str]:
    """A file of any size: a national list of subsidies is larger than what one imports."""
    if source == "-":
        return read(source)
    with opened(source) as file, refusals(source):
        return file.read(), source


def _asked(columns: list[str]) -> dict[str, str]:
    from comptoir.analysis.overlaps.files import ROLES

    found: dict[str, str] = {}
    for said in columns:
        role, equal, name = said.partition("=")
        if not equal or role not in ROLES or not name:
            raise InputError(f"« {said} » : écrivez RÔLE=NOM, avec un rôle parmi {', '.join(ROLES)}.")
        found[role] = name
    return found


def _number(said: str, what: str) -> float:
    try:
        number = float(said.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise InputError(f"{what} « {said} » n'est pas un nombre positif.")
    return number
