"""`comptoir protect`: what may be published of tables about people, or what can be found in published ones."""

import argparse
from typing import TYPE_CHECKING

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, progress, put, read, say, write
from comptoir.cli.parser import Parser

if TYPE_CHECKING:
    from comptoir.analysis.disclosure import Dimension, Table

_DISCLOSED = 1


def add(parser: Parser) -> None:
    parser.description = (
        "Protège ensemble des tableaux sur des personnes : masque les petites cases, puis celles qui permettraient\n"
        "de les retrouver par une somme ou une différence. Une ligne par case : ses modalités, puis sa valeur.\n"
        "Avec --audit, attaque des tableaux publiés (case masquée : vide) ; le code de sortie est 1 s'ils cèdent."
    )
    parser.arguments.add_argument("tables", metavar="TABLE", nargs="+", help="un ou plusieurs tableaux liés")
    more = parser.choices.add_argument
    more("--value", metavar="COL,COL", default="valeur,nombre", help="la colonne des valeurs, la première trouvée")
    more("--by", metavar="COL,COL", default="", help="les colonnes des modalités ; sinon toutes les autres")
    more("--threshold", metavar="SEUIL", action="append", default=[], help="11, ou caf.csv=5 pour un seul tableau")
    more("--unit", metavar="NOM", default="personnes", help="ce qui est compté, au pluriel")
    more("--units", metavar="COLONNE", default="", help="pour des montants : leur nombre de contributeurs")
    more("--top", metavar="COLONNE", default="", help="pour des montants : la plus forte contribution")
    more("--second", metavar="COLONNE", default="", help="pour des montants : la deuxième contribution")
    more("--dominance", metavar="POURCENT", default="85", help="la part qu'un seul contributeur ne dépasse pas (85)")
    more("--p-percent", metavar="POURCENT", default="", help="la précision interdite au deuxième contributeur")
    more("--total", metavar="NOM", default="Ensemble", help="le nom des totaux (Ensemble)")
    more("--sums", metavar="FICHIER", default="", help="des hiérarchies : dimension, ensemble, partie")
    more("--keep", metavar="COLONNE", default="", help="non vide : cette case est déjà publiée, ne pas la masquer")
    more("--hide-zeros", action="store_true", help="un zéro est aussi secret qu'une personne")
    more("--one-reason", action="store_true", help="le même motif pour toutes les cases masquées")
    more("--cost", metavar="MESURE", default="cells", help="cells : le moins de cases ; values : les plus petites")
    more("--audit", action="store_true", help="attaquer ces tableaux, déjà publiés")
    more("--cells", metavar="FICHIER", help="écrire chaque case, son motif et ce qu'on peut en déduire (.csv)")
    more("-o", "--output", metavar="SORTIE", help="le fichier à écrire : .csv ou .json")
    more("--json", action="store_true", help="écrire le résultat en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    for output, suffixes in ((chosen.output, ("csv", "json")), (chosen.cells, ("csv",))):
        for source in chosen.tables:
            suffix = checked_output(source, output)
            if output and suffix not in suffixes:
                message = f"le format « .{suffix} » n'existe pas ici : écrivez un .{' ou un .'.join(suffixes)}."
                raise InputError(message, source=output)
    tables, dimensions = _read(chosen)
    return _audit(chosen, tables, dimensions) if chosen.audit else _protect(chosen, tables, dimensions)


def _read(chosen: argparse.Namespace) -> "tuple[tuple[Table, ...], tuple[Dimension, ...]]":
    from comptoir.analysis.commands import names_of, percent_of
    from comptoir.analysis.disclosure import Rule, Zeros, files

    columns = files.Columns(
        names_of(chosen.value), names_of(chosen.by), chosen.units, chosen.top, chosen.second, chosen.keep
    )
    thresholds = files.thresholds_of(chosen.threshold, chosen.tables, Rule().threshold)
    dominance, p_percent = percent_of(chosen.dominance, "--dominance"), percent_of(chosen.p_percent, "--p-percent")
    zeros = Zeros.HIDDEN if chosen.hide_zeros else Zeros.SHOWN
    tables = []
    with progress("Lecture"):
        for source in chosen.tables:
            rule = Rule(
                threshold=thresholds[source],
                dominance=None if dominance is None else dominance / 100,
                p_percent=p_percent,
                zeros=zeros,
                distinct=not chosen.one_reason,
                unit=chosen.unit,
            )
            data, name = read(source)
            tables.append(files.read_table(data, name, columns, rule, total=chosen.total, hidden=chosen.audit))
        sums = files.read_sums(*read(chosen.sums), chosen.total) if chosen.sums else ()
    together = files.same_names(tables)
    return together, files.dimensions_of(together, sums, chosen.total)


def _protect(chosen: argparse.Namespace, tables: "tuple[Table, ...]", dimensions: "tuple[Dimension, ...]") -> int:
    from comptoir.analysis.disclosure import Cost, files, protect

    if chosen.cost not in tuple(Cost):
        raise InputError(f"La mesure « {chosen.cost} » n'existe pas. Choisissez parmi {', '.join(Cost)}.")
    with progress("Protection"):
        done = protect(tables, dimensions, cost=Cost(chosen.cost))
    if chosen.cells:
        write(chosen.cells, files.cells_written(tables, done))
    _give(chosen, files.written(tables, done), files.protection_json(tables, done))
    how = "le moins possible" if done.optimal else "près du moins possible"
    say(f"Cases masquées par la règle : {done.primary} ; pour les protéger : {done.secondary} ({how}).")
    return 0


def _audit(chosen: argparse.Namespace, tables: "tuple[Table, ...]", dimensions: "tuple[Dimension, ...]") -> int:
    from comptoir.analysis.disclosure import Verdict, audit, files

    with progress("Attaque"):
        found = audit(tables, dimensions)
    _give(chosen, files.found_written(tables, found), files.found_json(tables, found))
    disclosed = [one for one in found if one.verdict is not Verdict.SAFE]
    say(f"Cases masquées : {len(found)} ; retrouvées ou serrées de trop près : {len(disclosed)}.")
    return _DISCLOSED if disclosed else 0


def _give(chosen: argparse.Namespace, as_csv: bytes, as_json: bytes) -> None:
    if chosen.output:
        write(chosen.output, as_json if chosen.output.lower().endswith(".json") else as_csv)
    if chosen.json:
        put(as_json)
    elif not chosen.output:
        put(as_csv)
