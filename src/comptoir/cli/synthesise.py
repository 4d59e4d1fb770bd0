"""`comptoir synthesise`: notes or a synthesis, to a synthesis."""

import argparse

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, progress, put, read, say, write
from comptoir.cli.parser import Parser


def add(parser: Parser) -> None:
    parser.description = (
        "Lit des notes ou une synthèse (CSV, XLSX, ODS, DOCX, ODT, Markdown, texte) et écrit la synthèse.\n"
        "Les notes qui disent la même chose dans les mêmes mots deviennent une ligne avec son décompte."
    )
    parser.arguments.add_argument("source", metavar="ENTRÉE", help="le fichier à lire ; - pour un texte collé")
    parser.choices.add_argument(
        "-o", "--output", metavar="SORTIE", help="le fichier à écrire : .odt .docx .pdf .html .md .xlsx .csv"
    )
    parser.choices.add_argument("--title", metavar="TITRE", help="le titre de la synthèse")
    parser.choices.add_argument("--json", action="store_true", help="écrire ce qui est compris en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.source, chosen.output)
    if not chosen.output and not chosen.json:
        raise InputError("Dites où écrire la synthèse : -o SORTIE.odt, ou --json pour la lire à l'écran.")
    from comptoir.analysis.commands import checked_format, document_of, synthesis_json, synthesis_of

    if chosen.output:
        checked_format(suffix, chosen.output)
    data, name = read(chosen.source)
    with progress("Lecture et regroupement"):
        synthesis = synthesis_of(data, name, title=chosen.title)
    for remark in synthesis.remarks:
        place = "".join(
            [f", ligne {remark.line}" if remark.line else "", f", colonne {remark.column}" if remark.column else ""]
        )
        say(f"{name}{place} : {remark.message}")
    if chosen.output:
        with progress("Écriture"):
            write(chosen.output, document_of(synthesis, suffix))
    if chosen.json:
        put(synthesis_json(synthesis))
    return 0
