"""`comptoir erase-person ADRESSE [--do]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comptoir.keeping.erasing import Erased, erase_person


def tell(command: BaseCommand, told: Erased) -> None:
    """What is or would be done, then what is left to a human."""
    command.stdout.write("Effacé :" if told.done else "Serait effacé (rien n'est fait sans --do) :")
    for line in told.lines:
        command.stdout.write(f"  - {line}")
    for line in told.left:
        command.stdout.write(f"  à voir : {line}")


class Command(BaseCommand):
    help = "Efface une personne à sa demande : compte, rôles, sessions, imports. Sans --do, dit ce qu'il ferait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="adresse électronique de son compte")
        parser.add_argument("--do", action="store_true", help="effacer pour de bon")
        parser.add_argument("--dry-run", action="store_true", help="dire seulement (c'est déjà le cas sans --do)")

    def handle(self, *args: Any, **options: Any) -> None:
        tell(self, erase_person(options["email"], do=options["do"] and not options["dry_run"]))
