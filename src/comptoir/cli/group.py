"""`comptoir group`: the notes of a table that say the same thing."""

import argparse

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, progress, put, read, say, write
from comptoir.cli.parser import Parser


def add(parser: Parser) -> None:
    parser.description = (
        "Regroupe les notes d'un tableau (CSV, XLSX, ODS). En CSV, chaque ligne lue et son « group_id » ;\n"
        "en JSON, chaque groupe : id, label, occurrences, members (numéros de ligne sous l'en-tête), reasons."
    )
    parser.arguments.add_argument("source", metavar="NOTES", help="le tableau à lire ; - pour l'entrée standard")
    parser.choices.add_argument("--text", metavar="COLONNE", required=True, help="la colonne des notes")
    parser.choices.add_argument(
        "--within", metavar="COL,COL", default="", help="ne regrouper qu'entre notes de mêmes valeurs"
    )
    parser.choices.add_argument("--tally", metavar="COLONNE", default="", help="combien de fois chaque note est dite")
    parser.choices.add_argument(
        "--lexicon", metavar="FICHIER", help="un lexique à ajouter : « nom : expression, expression », une ligne chacun"
    )
    parser.choices.add_argument("-o", "--output", metavar="SORTIE", help="le fichier à écrire : .csv ou .json")
    parser.choices.add_argument("--json", action="store_true", help="écrire les groupes en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.source, chosen.output)
    if chosen.output and suffix not in ("csv", "json"):
        raise InputError(
            f"le format « .{suffix} » n'existe pas ici : écrivez un .csv ou un .json.", source=chosen.output
        )
    from comptoir.analysis.commands import columns_of
    from comptoir.analysis.grouping.files import MAX_BYTES, group_table, method_with, read_notes_table

    columns = columns_of(chosen.text, chosen.within, chosen.tally)
    method = method_with(*read(chosen.lexicon)) if chosen.lexicon else None
    data, name = read(chosen.source, MAX_BYTES)
    with progress("Regroupement"):
        grouped = group_table(read_notes_table(data, name, columns.asked), columns, method)
    for remark in grouped.remarks:
        say(remark)
    if chosen.output:
        write(chosen.output, grouped.json() if suffix == "json" else grouped.csv())
    if chosen.json:
        put(grouped.json())
    elif not chosen.output:
        put(grouped.csv())
    return 0
