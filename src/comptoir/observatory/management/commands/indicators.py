"""`comptoir indicators`: published series into the instance, or out again."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.kit.errors import ComptoirError
from comptoir.kit.french import number
from comptoir.observatory.actions import load_series, undo_batch
from comptoir.observatory.loading import Loaded
from comptoir.observatory.models import Batch

SUFFIXES = {".csv", ".xlsx", ".xls", ".ods"}
BEAT = 0.5  # seconds between two lines of progress
MOST_FAULTS = 20


class Command(BaseCommand):
    help = (
        "Charge les séries publiques d'indicateurs (Insee, ANCT…) telles que publiées : CSV, XLSX ou ODS. Chaque "
        "fichier une fois ; les lignes refusées sont dites. --annuler retire ce qu'un fichier a apporté."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FICHIER", help="des fichiers, ou des dossiers qui en ont")
        parser.add_argument("--annee", type=int, help="année de publication, quand le nom du fichier ne la dit pas")
        parser.add_argument("--annuler", metavar="FICHIER", help="nom du fichier dont les valeurs sont à retirer")

    def handle(self, *args: Any, **options: Any) -> None:
        self._verbose = options.get("verbosity", 1) > 0
        if options["annuler"]:
            self._undo(options["annuler"])
            return
        paths = [path for name in options["files"] for path in _inside(Path(name))]
        if not paths:
            raise CommandError("Donnez au moins un fichier ou un dossier.", returncode=2)
        started, total, refused = time.monotonic(), 0, 0
        for path in paths:
            try:
                loaded = load_series(
                    person=None, name=path.name, content=path.read_bytes(), year=options["annee"],
                    report=self._progress(path.name),
                )  # fmt: skip
            except OSError as error:
                raise CommandError(f"{path} : ce fichier ne peut pas être lu ({error.strerror}).") from error
            except ComptoirError as error:
                refused += 1
                self.stderr.write(str(error))
                continue
            total += loaded.new
            self._say(loaded)
        seconds = time.monotonic() - started
        self.stdout.write(f"{number(total)} valeurs chargées en {number(round(seconds, 1))} s.")
        if refused:
            raise CommandError(f"{refused} fichier(s) n'ont pas pu être lus.", returncode=2)

    def _progress(self, name: str) -> Any:
        last = 0.0

        def report(what: str, done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if self._verbose and now - last > BEAT:
                last = now
                self.stderr.write(f"{name} · {what}" + (f" : {done} sur {total}" if total else ""))

        return report

    def _say(self, loaded: Loaded) -> None:
        if loaded.already:
            self.stdout.write(f"{loaded.name} : déjà chargé, rien à faire.")
            return
        for remark in loaded.remarks:
            self.stderr.write(f"{loaded.name}, {remark}")
        for fault in loaded.faults[:MOST_FAULTS]:
            self.stderr.write(f"{loaded.name}, {fault}")
        if len(loaded.faults) > MOST_FAULTS:
            self.stderr.write(f"{loaded.name} : et {len(loaded.faults) - MOST_FAULTS} autres refus.")
        already = f", {number(loaded.same)} déjà là" if loaded.same else ""
        self.stdout.write(f"{loaded.name} : {number(loaded.new)} valeurs{already}, {len(loaded.faults)} refus.")

    def _undo(self, name: str) -> None:
        batch = Batch.objects.filter(name=Path(name).name, undone_at=None).first()
        if batch is None:
            raise CommandError(f"Aucun chargement de « {name} » n'est en cours d'usage.", returncode=2)
        self.stdout.write(f"{number(undo_batch(person=None, batch=batch))} valeurs retirées.")


def _inside(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES)
        return [one for one in found if one.stem != "dictionnaire"]
    return [path]
