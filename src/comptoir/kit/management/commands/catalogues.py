"""`comptoir manage catalogues`: writes the `.mo` files beside the `.po` ones, after a translation was changed."""

from typing import Any

from django.core.management.base import BaseCommand

from comptoir.kit.catalogues import catalogues, compiled


class Command(BaseCommand):
    help = "Écrit les traductions compilées (.mo) à côté des .po, sans le programme gettext."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in catalogues():
            path.with_suffix(".mo").write_bytes(compiled(path))
            self.stdout.write(f"{path.parent.parent.name}/{path.stem} : écrit")
