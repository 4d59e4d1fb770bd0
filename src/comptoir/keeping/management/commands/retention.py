"""`comptoir retention [--do]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comptoir.keeping.retention import expire, expire_instance
from comptoir.spaces.models import Space


class Command(BaseCommand):
    help = "Retire ce qui a fait son temps, selon les choix de chaque espace. Sans --do, compte seulement."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--do", action="store_true", help="retirer pour de bon")
        parser.add_argument("--dry-run", action="store_true", help="compter seulement (c'est déjà le cas sans --do)")

    def handle(self, *args: Any, **options: Any) -> None:
        do = options["do"] and not options["dry_run"]
        self.stdout.write("Retiré :" if do else "Serait retiré (rien n'est fait sans --do) :")
        for space in Space.objects.order_by("slug"):
            found = expire(space, do=do)
            if found.any:
                self.stdout.write(
                    f"  - {space.slug} : fichiers importés {found.files}, lignes d'imports {found.rows}, "
                    f"travaux {found.jobs}, courriels {found.mails}, réponses aux enquêtes {found.answers}."
                )
        over = expire_instance(do=do)
        self.stdout.write(
            f"  - toute l'instance : sessions finies : {over.sessions}, liens périmés {over.links}, "
            f"courriels {over.mails}, travaux {over.jobs}, fichiers officiels reçus {over.files}."
        )
