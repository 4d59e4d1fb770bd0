"""`comptoir load-contracts`: takes in the national list of contracts, as published."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comptoir.analysis.errors import InputError
from comptoir.analysis.national_contracts import read_contracts
from comptoir.contracts.actions.national import load_contracts
from comptoir.kit.french import plural


class Command(BaseCommand):
    help = (
        "Charge la liste nationale des contrats de ville : chaque contrat dans son espace, avec ses quartiers. Les "
        "contrats qui se succèdent sur un même périmètre partagent le leur."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", help="la liste publiée : CSV, XLSX ou ODS")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                "ce fichier ne peut pas être lu : vérifiez son nom et son dossier.", source=str(path)
            ) from error
        contracts = read_contracts(data, path.name)
        loaded = load_contracts(contracts, tell=self._tell)
        self.stdout.write(
            f"{plural(loaded.opened, 'contrat ouvert', 'contrats ouverts')}, dont "
            f"{plural(loaded.spaces, 'nouvel espace', 'nouveaux espaces')} ; "
            f"{plural(loaded.known, 'contrat déjà là', 'contrats déjà là')}."
        )
        if loaded.spaces:
            self.stdout.write(
                "Ces espaces n'ont encore personne : invitez leur conduite de projet depuis la page « Instance »."
            )
        if loaded.bare:
            self.stdout.write(
                f"{plural(len(loaded.bare), 'contrat est', 'contrats sont')} dans un espace sans quartier : le "
                f"fichier ne leur en nomme aucun : {', '.join(loaded.bare[:10])}{'…' if len(loaded.bare) > 10 else ''}."
            )
        if loaded.linked:
            self.stdout.write(f"{plural(loaded.linked, 'quartier relié', 'quartiers reliés')} à sa fiche.")
        if loaded.waiting:
            self.stdout.write(
                f"{plural(len(loaded.waiting), 'quartier n’est', 'quartiers ne sont')} pas encore dans la base, gardés "
                f"par leur code : {', '.join(sorted(loaded.waiting)[:10])}{'…' if len(loaded.waiting) > 10 else ''}. "
                "Chargez les quartiers, puis relancez cette commande."
            )

    def _tell(self, done: int, total: int) -> None:
        """A line that moves on a terminal; one line every hundred contracts elsewhere."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} sur {total}", ending="\n" if done == total else "")
        elif done % 100 == 0 or done == total:
            self.stderr.write(f"{done} sur {total}")
