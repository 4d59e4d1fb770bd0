"""`comptoir territories`: official files into the instance."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptoir.kit.errors import ComptoirError
from comptoir.territories.actions import load_official
from comptoir.territories.loading import Loading, read_files

SUFFIXES = {".csv", ".geojson", ".json", ".xlsx", ".ods"}
BEAT = 0.5  # seconds between two lines of progress


class Command(BaseCommand):
    help = (
        "Charge les fichiers officiels : quartiers prioritaires (2015, 2024), communes, anciennes communes, EPCI, EPT, "
        "départements, régions ; CSV, XLSX, ODS ou GeoJSON en WGS84, tels que publiés. Recommencer ne double rien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FICHIER", help="des fichiers, ou des dossiers qui en ont")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            paths = [path for name in options["files"] for path in _inside(Path(name))]
            sources = read_files((str(path), self._content(path)) for path in paths)
            loading = load_official(person=None, sources=sources, report=self._progress())
        except ComptoirError as error:
            raise CommandError(str(error), returncode=2) from error
        self._say(loading, time.monotonic() - started)

    def _content(self, path: Path) -> bytes:
        if self._verbose:
            self.stderr.write(f"Lecture de {path.name}…")
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} : ce fichier ne peut pas être lu ({error.strerror}).", returncode=2) from error

    _verbose = False

    def execute(self, *args: Any, **options: Any) -> str | None:
        self._verbose = options.get("verbosity", 1) > 0
        return super().execute(*args, **options)

    def _progress(self) -> Any:
        last = 0.0

        def report(what: str, done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if self._verbose and (done == total or now - last > BEAT):
                last = now
                self.stderr.write(f"{what} : {done} sur {total}")

        return report

    def _say(self, loading: Loading, seconds: float) -> None:
        for remark in loading.remarks:
            self.stderr.write(remark)
        for count in loading.counts:
            self.stdout.write(
                f"{count.label:36}{count.new:7} nouveaux {count.changed:7} changés {count.same:7} déjà là"
            )
        done = "Rien à changer" if loading.idle else "Chargé"
        self.stdout.write(f"{done} en {seconds:.1f} s.")


def _inside(path: Path) -> Iterator[Path]:
    """A file, or those of a folder that may be official ones, in order."""
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
        if not found:
            raise CommandError(f"{path} : ce dossier n'a aucun fichier CSV, XLSX, ODS ou GeoJSON.", returncode=2)
        yield from found
    elif path.exists():
        yield path
    else:
        raise CommandError(f"{path} : ce fichier n'existe pas. Vérifiez son nom et son dossier.", returncode=2)
