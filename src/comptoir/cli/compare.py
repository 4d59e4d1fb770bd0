"""`comptoir compare`: a neighbourhood beside its references, its past and its likes; or two generations of outlines."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, progress, put, read, write
from comptoir.cli.parser import Parser

if TYPE_CHECKING:
    from comptoir.analysis.comparison.files import Vintage


def add(parser: Parser) -> None:
    parser.description = (
        "Compare un territoire à d'autres, à son passé et aux quartiers qui lui ressemblent, ou dit pourquoi ce\n"
        "n'est pas permis. TABLE@2019 : un tableau (CSV, XLSX, ODS) et l'année dont parlent ses chiffres.\n"
        "Avec --lineage, deux fichiers de contours (GeoJSON) : ce que chaque quartier est devenu."
    )
    parser.arguments.add_argument("tables", metavar="TABLE@ANNÉE", nargs="+", help="le tableau du territoire")
    more = parser.choices.add_argument
    more("--of", metavar="CODE", default="", help="le territoire à comparer")
    more("--value", metavar="COL,COL", default="", help="les indicateurs")
    more("--code", metavar="COLONNE", default="CODGEO", help="la colonne des codes (CODGEO)")
    more("--reference", metavar="TABLE@ANNÉE=CODE", action="append", default=[], help="à quoi comparer")
    more("--same", metavar="COL=COL", action="append", default=[], help="le nom d'un indicateur chez les références")
    more("--earlier", metavar="TABLE@ANNÉE", action="append", default=[], help="un millésime d'avant")
    more("--likes", metavar="NOMBRE", default="", help="combien de quartiers semblables chercher")
    more("--on", metavar="COL,COL", default="", help="les variables qui disent la ressemblance")
    more("--size", metavar="COLONNE", default="", help="la population de chaque part, pour l'incertitude")
    more("--kind", metavar="COL=NATURE", action="append", default=[], help="count, share, median ou index")
    more("--apart", metavar="COL=ANS", action="append", default=[], help="l'écart qui fait une évolution")
    more("--lineage", action="store_true", help="comparer deux fichiers de contours")
    more("--code-new", metavar="NOM", default="", help="la propriété du code dans les nouveaux contours")
    more("--precision", metavar="MÈTRES", default="10", help="la précision des contours (10)")
    more("-o", "--output", metavar="SORTIE", help="le fichier à écrire : .csv ou .json")
    more("--json", action="store_true", help="écrire le résultat en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.tables[0], chosen.output)
    if chosen.output and suffix not in ("csv", "json"):
        message = f"le format « .{suffix} » n'existe pas ici : écrivez un .csv ou un .json."
        raise InputError(message, source=chosen.output)
    as_csv, as_json = _lineage(chosen) if chosen.lineage else _compared(chosen)
    if chosen.output:
        write(chosen.output, as_json if suffix == "json" else as_csv)
    if chosen.json:
        put(as_json)
    elif not chosen.output:
        put(as_csv)
    return 0


def _compared(chosen: argparse.Namespace) -> tuple[bytes, bytes]:
    if len(chosen.tables) > 1 or not chosen.of or not chosen.value:
        raise InputError("Il faut un tableau, --of CODE et --value COLONNE.")
    from comptoir.analysis.commands import names_of
    from comptoir.analysis.comparison import files

    columns, variables = names_of(chosen.value), names_of(chosen.on)
    indicators = files.indicators_of(columns, chosen.kind, chosen.apart)
    same = files.pairs(chosen.same)
    with progress("Comparaison"):
        own = _vintage(chosen.tables[0], chosen.code, (*columns, *variables))
        references = []
        for said in chosen.reference:
            table, _, code = said.rpartition("=")
            references.append((_vintage(table, chosen.code, [same.get(name, name) for name in columns]), code))
        earlier = [_vintage(said, chosen.code, columns) for said in chosen.earlier]
        lines = files.beside_references(own, chosen.of, indicators, references, same, chosen.size)
        lines += files.beside_its_past(own, chosen.of, indicators, earlier, chosen.size)
        for name in (*columns, *variables):
            files.figure(own, chosen.of, files.indicators_of([name], (), ())[0], name)
        most = _whole(chosen.likes, "--likes")
        found = files.likes_of(own, chosen.of, variables or columns, most) if most else ()
        told = files.result(own, chosen.of, lines, found, indicators)
    return files.as_csv(told), files.as_json(told)


def _vintage(said: str, code: str, columns: Sequence[str]) -> "Vintage":
    from comptoir.analysis.comparison import files

    table, year = files.year_of(said)
    data, name = read(table)
    return files.read_vintage(data, name, year, code, columns)


def _whole(said: str, option: str) -> int:
    if said and not (said.isascii() and said.isdigit() and len(said) < 5):
        raise InputError(f"L'option {option} attend un nombre entier, pas « {said[:40]} ».")
    return int(said or 0)


def _lineage(chosen: argparse.Namespace) -> tuple[bytes, bytes]:
    if len(chosen.tables) != 2:
        raise InputError("Il faut deux fichiers de contours : les anciens, puis les nouveaux.")
    from comptoir.analysis.comparison import files, lineage

    precision = _whole(chosen.precision, "--precision")
    with progress("Filiation"):
        old = files.read_outlines(*read(chosen.tables[0]), chosen.code)
        new = files.read_outlines(*read(chosen.tables[1]), chosen.code_new or chosen.code)
        found = lineage(old, new, precision=precision)
    return files.lineage_csv(found), files.lineage_json(found)
