"""`comptoir worker`: runs background jobs until it is told to stop."""

import logging
import socket
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from comptoir.spaces import jobs

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Exécute les travaux de fond. Donnez à chaque machine un nom stable : elle reprend ce qu'elle avait laissé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default=socket.gethostname()[:60], help="nom stable de cet ouvrier")
        parser.add_argument("--interval", type=float, default=0.5, help="secondes entre deux regards sur la file")
        parser.add_argument("--quiet", action="store_true", help="n'écrire que ce qui va mal")
        parser.add_argument("--once", action="store_true", help="s'arrêter quand la file est vide")

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["name"]
        reclaimed = jobs.reclaim(name)
        if reclaimed:
            self.stdout.write(f"{reclaimed} travail(aux) repris.")
        if options["quiet"]:
            for told in ("django_tasks", "django_tasks_db"):  # a filter: the library sets their levels itself
                logging.getLogger(told).addFilter(lambda record: record.levelno >= logging.WARNING)
        stop = threading.Event()
        heart = threading.Thread(target=_heart, args=(name, stop), daemon=True)
        heart.start()
        try:
            call_command(
                "db_worker",
                worker_id=name,
                interval=options["interval"],
                batch=options["once"],
                startup_delay=False,
                reload=False,
            )
        finally:
            stop.set()


def _heart(name: str, stop: threading.Event) -> None:
    """Every few seconds: our jobs live; those of a worker that died elsewhere are queued again."""
    while not stop.wait(jobs.BEAT):
        close_old_connections()
        try:
            jobs.beat(name)
            jobs.reclaim("", everyone=True)
        except DatabaseError:
            log.warning("heartbeat skipped", exc_info=True)  # the database is busy: the next beat will do
