"""`comptoir manage close_space`: closes a space to everybody, or opens it again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.accounts.actions import close_space
from comptoir.kit.errors import ComptoirError
from comptoir.spaces.models import Space


class Command(BaseCommand):
    help = "Ferme un espace à tous ses membres, sans rien en perdre, ou le rouvre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="adresse de l'espace")
        parser.add_argument("--reopen", action="store_true", help="rouvrir au lieu de fermer")

    def handle(self, *args: Any, **options: Any) -> None:
        space = Space.objects.filter(slug=options["slug"]).first()
        if space is None:
            raise CommandError(f"Aucun espace « {options['slug']} ».")
        try:
            close_space(host=None, space=space, reopen=options["reopen"])
        except ComptoirError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"« {space.name} » est {'rouvert' if options['reopen'] else 'fermé'}.")
