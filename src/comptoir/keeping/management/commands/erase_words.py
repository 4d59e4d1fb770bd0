"""`comptoir erase-words CODE --space ADRESSE [--do]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comptoir.keeping.erasing import erase_words
from comptoir.keeping.management.commands.erase_person import tell
from comptoir.keeping.management.commands.export_space import space_called
from comptoir.kit.errors import InputError
from comptoir.spaces.models import Space
from comptoir.voices.models import Statement


class Command(BaseCommand):
    help = "Efface des paroles à la demande de qui les a dites ; le compte reste. Sans --do, dit ce qu'il ferait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code de la ligne, à la fin de son adresse")
        parser.add_argument("--space", default="", help="adresse de l'espace, si plusieurs ont une ligne de ce code")
        parser.add_argument("--do", action="store_true", help="effacer pour de bon")
        parser.add_argument("--dry-run", action="store_true", help="dire seulement (c'est déjà le cas sans --do)")

    def handle(self, *args: Any, **options: Any) -> None:
        space = space_called(options["space"]) if options["space"] else _only_space(options["code"])
        tell(self, erase_words(space, options["code"], do=options["do"] and not options["dry_run"]))


def _only_space(code: str) -> Space:
    found = list(Space.objects.filter(pk__in=Statement.objects.filter(code=code).values("space")).order_by("slug"))
    if len(found) != 1:
        said = "plusieurs espaces ont une ligne" if found else "aucun espace n'a de ligne"
        raise InputError(f"{said} « {code} »." + (" Ajoutez --space." if found else ""))
    return found[0]
