"""`comptoir serve`: the web server (granian, WSGI)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


class Command(BaseCommand):
    help = "Démarre le serveur web. Lancez aussi « comptoir worker » pour les travaux de fond."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="adresse écoutée ; celle de la machine seule par défaut"
        )
        parser.add_argument("--port", type=int, default=8000, help="port écouté")
        parser.add_argument("--workers", type=int, default=1, help="processus ; deux par cœur derrière un proxy")
        parser.add_argument("--threads", type=int, default=4, help="requêtes servies à la fois par chaque processus")
        parser.add_argument("--quiet", action="store_true", help="n'écrire que ce qui va mal")

    def handle(self, *args: Any, **options: Any) -> None:
        Granian(
            "comptoir.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            workers_kill_timeout=3,
            log_access=False,
            log_level=LogLevels.warning if options["quiet"] else LogLevels.info,
        ).serve()
