"""`comptoir import-space FICHIER.zip [--as ADRESSE]`."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comptoir.keeping.importing import import_space
from comptoir.kit.errors import InputError
from comptoir.kit.french import plural


class Command(BaseCommand):
    help = "Reprend un espace exporté, sur cette instance : tout, ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="fichier ZIP écrit par export-space")
        parser.add_argument("--as", dest="slug", default="", help="autre adresse pour l'espace")
        parser.add_argument("--sha256", default="", help="empreinte donnée à l'export : un autre fichier est refusé")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"]
        if not source.is_file():
            raise InputError(f"le fichier {source} n'existe pas.")
        if options["sha256"]:
            with source.open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != options["sha256"].lower():
                    raise InputError("ce fichier n'a pas l'empreinte annoncée.", source=source.name)
        brought = import_space(source, slug=options["slug"])
        count = plural(sum(brought.counts.values()), "ligne", "lignes")
        self.stdout.write(f"L'espace « {brought.space.name} » est à l'adresse /{brought.space.slug}/ : {count}.")
        if brought.met:
            self.stdout.write(f"Déjà connus ici (personnes, organismes, quartiers) : {brought.met}.")
        if brought.missing:
            self.stdout.write(f"Fichiers qui manquaient déjà à l'export : {brought.missing}.")
        self.stdout.write("Les personnes nouvelles n'ont pas de mot de passe : invitez-les de nouveau.")
