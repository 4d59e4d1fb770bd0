"""`comptoir turnout`: who comes, who comes back, who is asked too often, without identities."""

import argparse

from comptoir.analysis.errors import InputError
from comptoir.cli.files import checked_output, progress, put, read, say, write
from comptoir.cli.parser import Parser


def add(parser: Parser) -> None:
    parser.description = (
        "Dit qui vient et qui revient, sans savoir qui, à partir de pseudonymes (une ligne par présence) ou, avec\n"
        "--by-hand, de comptages (une ligne par séance). Rien n'est dit de moins de personnes que le seuil.\n"
        "Avec --load, les sollicitations de chaque groupe, mois par mois, et leur feu."
    )
    parser.arguments.add_argument("source", metavar="TABLE", help="le tableau à lire ; - pour l'entrée standard")
    more = parser.choices.add_argument
    more("--by-hand", action="store_true", help="des comptages : séance, date, présents, nouveaux")
    more("--load", action="store_true", help="des sollicitations : groupe, date")
    more("--token", metavar="COLONNE", default="pseudonyme", help="la colonne des pseudonymes (pseudonyme)")
    more("--event", metavar="COLONNE", default="séance", help="la colonne des séances (séance)")
    more("--date", metavar="COLONNE", default="date", help="la colonne des dates (date)")
    more("--present", metavar="COLONNE", default="présents", help="à la main : combien de présents (présents)")
    more("--first", metavar="COLONNE", default="nouveaux", help="à la main : combien pour la première fois (nouveaux)")
    more("--group", metavar="COLONNE", default="groupe", help="la colonne des groupes sollicités (groupe)")
    more("--band", metavar="COLONNE", default="", help="la colonne des tranches (âge, sexe…)")
    more("--population", metavar="FICHIER", default="", help="la population : la tranche et le nombre d'habitants")
    more("--people", metavar="COLONNE", default="habitants", help="la colonne des habitants (habitants)")
    more("--threshold", metavar="SEUIL", default="11", help="rien sur moins de personnes (11)")
    more("--seed", metavar="NOMBRE", default="0", help="la graine du tirage des bornes (0)")
    more("-o", "--output", metavar="SORTIE", help="le fichier à écrire : .csv ou .json")
    more("--json", action="store_true", help="écrire le résultat en JSON, à l'écran")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    suffix = checked_output(chosen.source, chosen.output)
    if chosen.output and suffix not in ("csv", "json"):
        message = f"le format « .{suffix} » n'existe pas ici : écrivez un .csv ou un .json."
        raise InputError(message, source=chosen.output)
    data, name = read(chosen.source)
    as_csv, as_json = _loads(chosen, data, name) if chosen.load else _turnout(chosen, data, name)
    if chosen.output:
        write(chosen.output, as_json if suffix == "json" else as_csv)
    if chosen.json:
        put(as_json)
    elif not chosen.output:
        put(as_csv)
    return 0


def _loads(chosen: argparse.Namespace, data: bytes, name: str) -> tuple[bytes, bytes]:
    from comptoir.analysis.turnout import files, loads

    with progress("Calcul"):
        found = loads(files.read_requests(data, name, chosen.group, chosen.date))
    return files.loads_csv(found), files.loads_json(found)


def _turnout(chosen: argparse.Namespace, data: bytes, name: str) -> tuple[bytes, bytes]:
    from comptoir.analysis.disclosure.files import thresholds_of
    from comptoir.analysis.turnout import files, of_counts, of_presences

    threshold = thresholds_of([chosen.threshold], [name], 11)[name]
    if bool(chosen.band) != bool(chosen.population):
        raise InputError("Donnez --band et --population ensemble.")
    with progress("Calcul"):
        if chosen.by_hand:
            counts = files.read_counts(data, name, chosen.event, chosen.date, chosen.present, chosen.first)
            found = of_counts(counts, threshold=threshold)
        else:
            population = None
            if chosen.population:
                population = files.read_population(*read(chosen.population), chosen.band, chosen.people)
            presences = files.read_presences(data, name, chosen.token, chosen.event, chosen.date, chosen.band)
            seed = files.check_seed(chosen.seed)
            found = of_presences(presences, population, threshold=threshold, seed=seed)
    for remark in found.remarks:
        say(remark)
    return files.turnout_csv(found), files.turnout_json(found)
