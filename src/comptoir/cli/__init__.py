"""The command line. Each command imports what it needs when it is chosen: help and errors come at once."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from comptoir import __version__
from comptoir.analysis.errors import ComptoirError
from comptoir.cli import allocate, compare, extract, group, opinions, overlaps, protect, synthesise, turnout
from comptoir.cli.files import say
from comptoir.cli.parser import Parser

_HOUSE = {
    "serve": "ouvrir Comptoir dans un navigateur",
    "demo": "remplir la base avec la démonstration",
    "worker": "faire les tâches de fond",
    "load-contracts": "charger la liste nationale des contrats de ville",
    "export-space": "écrire un espace entier dans un fichier",
    "import-space": "reprendre un espace d'un fichier",
    "erase-person": "effacer une personne qui le demande",
    "erase-words": "effacer des paroles, garder leur compte",
    "retention": "retirer ce qui a fait son temps",
    "territories": "charger communes, quartiers prioritaires et contours officiels",
    "indicators": "charger les séries publiques d'indicateurs, telles que publiées",
    "check": "vérifier l'installation",
    "manage": "toute autre commande d'administration",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0, or 2 with one French line on stderr for what a person can mend."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if arguments and arguments[0] in _HOUSE:
            return _house(arguments[0], arguments[1:])
        chosen = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = chosen.run
        return run(chosen)
    except ComptoirError as error:
        say(str(error))
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads any more: nothing to flush
        return 141
    except KeyboardInterrupt:
        say("Interrompu.")
        return 130


def _house(name: str, rest: list[str]) -> int:
    """The commands of the web application: Django's own, under our name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # several processes serve at once: threads would only fight
    if name == "demo":
        os.environ["COMPTOIR_DEMO"] = "1"  # accounts known to all: the settings must know before they are read
    from django.core.management import execute_from_command_line

    command = [] if name == "manage" else [name.replace("-", "_")]
    execute_from_command_line(["comptoir", *command, *rest])
    return 0


def _parser() -> Parser:
    house = "\n".join(f"  {name:<16}{what}" for name, what in _HOUSE.items())
    parser = Parser(
        prog="comptoir",
        description="De ce qui a été dit à ce qui est tenu.",
        epilog=f"L'application :\n{house}\n\nL'aide d'une commande : comptoir COMMANDE --help",
    )
    parser.choices.add_argument(
        "--version", action="version", version=f"comptoir {__version__}", help="montrer la version"
    )
    commands = parser.add_subparsers(title="Sur des fichiers, sans base de données", metavar="COMMANDE", required=True)
    for name, what, add in (
        ("synthesise", "faire une synthèse de notes, ou la changer de format", synthesise.add),
        ("group", "regrouper les notes qui disent la même chose", group.add),
        ("protect", "masquer ce qui identifie des personnes dans des tableaux", protect.add),
        ("compare", "comparer un quartier à d'autres, quand c'est permis", compare.add),
        ("turnout", "dire qui vient et qui revient, sans savoir qui", turnout.add),
        ("opinions", "chercher qui vote comme qui, ce qui réunit et ce qui sépare", opinions.add),
        ("overlaps", "trouver les actions qui se doublent, et où il n'y a rien", overlaps.add),
        ("extract", "proposer les engagements que contient le texte d'un contrat", extract.add),
        ("allocate", "répartir un budget participatif", allocate.add),
    ):
        add(commands.add_parser(name, help=what))
    return parser
