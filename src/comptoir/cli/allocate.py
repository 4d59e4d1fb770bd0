"""`comptoir allocate`: who gets what in a participatory budget."""

import argparse

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, progress, put, read, say, write
from comptoir.cli.parser import Parser

_FORMATS = ("json", "csv", "pb")


def add(parser: Parser) -> None:
    parser.description = (
        "Répartit un budget participatif (fichier Pabulib .pb) selon une règle, et dit pourquoi, projet par projet.\n"
        "Exemple : comptoir allocate votes.pb --rule equal-shares --completion add1u -o resultat.json"
    )
    parser.arguments.add_argument("source", metavar="VOTES.pb", help="le fichier à lire ; - pour l'entrée standard")
    choices = parser.choices
    choices.add_argument("--rule", metavar="RÈGLE", default="equal-shares", help="greedy, equal-shares, phragmen")
    choices.add_argument("--completion", metavar="SUITE", default="none", help="none, greedy, add1, add1u")
    choices.add_argument("--utility", metavar="UTILITÉ", default="cost", help="cost (par défaut) ou cardinality")
    choices.add_argument(
        "--compare-greedy", action="store_true", help="garder le glouton si plus de votants le préfèrent"
    )
    choices.add_argument("--floor", metavar="CATÉGORIE=MONTANT", action="append", default=[], help="un plancher")
    choices.add_argument("--until", metavar="FIN", help="add1 : exhausted ou overspent (voyez la documentation)")
    choices.add_argument("--missing", action="store_true", help="les soutiens manquants de tous, même si c'est long")
    choices.add_argument("--audit", metavar="AUDIT.json", help="écrire de quoi recompter")
    choices.add_argument("--replay", metavar="AUDIT.json", help="recompter ce qu'un fichier d'audit affirme")
    choices.add_argument("-o", "--output", metavar="SORTIE", help="le fichier à écrire : .json, .csv ou .pb")
    choices.add_argument("--json", action="store_true", help="écrire le résultat en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.source, chosen.output)
    if chosen.output and suffix not in _FORMATS:
        message = f"le format « .{suffix} » n'existe pas ici : écrivez un .json, un .csv ou un .pb."
        raise InputError(message, source=chosen.output)
    if chosen.audit:
        checked_output(chosen.source, chosen.audit)
    from comptoir.analysis.allocation import commands

    data, name = read(chosen.source)
    with progress("Lecture"):
        election, remarks = commands.read_pabulib(data, name)
    for remark in remarks:
        say(remark)
    if chosen.replay:
        return _replay(chosen.replay, election, data)
    settings = commands.settings_of(
        election, chosen.rule, chosen.completion, chosen.utility, chosen.compare_greedy, chosen.floor, chosen.until
    )
    with progress("Répartition"):
        allocation = commands.allocate(election, settings)
    with progress("Explication"):
        missing = commands.missing_supports(election, allocation, limit=None if chosen.missing else commands.LIMIT)
        found = commands.result(election, allocation, missing)
    if chosen.output:
        write(chosen.output, commands.document(election, allocation, found, suffix))
    if chosen.audit:
        with progress("Audit"):
            write(chosen.audit, commands.as_json(commands.audit(election, allocation, data)))
    if chosen.json:
        put(commands.as_json(found))
    elif not chosen.output:
        put(commands.as_text(election, found).encode())
    return 0


def _replay(kept: str, election: object, data: bytes) -> int:
    from comptoir.analysis.allocation import commands

    with progress("Recompte"):
        wrong = commands.replay(election, data, read(kept)[0], kept)  # type: ignore[arg-type]  # an Election
    if wrong:
        raise InputError(wrong[0], source=kept)
    put("Le recompte donne le même résultat, étape par étape.\n".encode())
    return 0
