"""`comptoir export-space SLUG -o FICHIER.zip`."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comptoir.keeping.exporting import export_space
from comptoir.kit.errors import InputError
from comptoir.kit.french import plural
from comptoir.spaces.models import Space


def space_called(slug: str) -> Space:
    found = Space.objects.filter(slug=slug).first()
    if found is None:
        raise InputError(f"aucun espace à l'adresse /{slug}/.")
    return found


class Command(BaseCommand):
    help = "Exporte un espace entier, en formats ouverts : tables, fichiers, empreintes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="adresse de l'espace")
        parser.add_argument("-o", "--output", required=True, type=Path, help="fichier ZIP à écrire")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["output"]
        if not target.parent.is_dir():
            raise InputError(f"le dossier {target.parent} n'existe pas.")
        counts = export_space(space_called(options["slug"]), target)
        with target.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        self.stdout.write(f"{target} : {plural(sum(counts.values()), 'ligne', 'lignes')}, {len(counts)} tables.")
        self.stdout.write(f"SHA-256 {digest}")
