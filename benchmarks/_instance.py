"""The instance that pages are measured on: its folder, Django set up on it, and one line on what runs it."""

import argparse
import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def house(chosen: argparse.Namespace) -> Iterator[Path]:
    """Django set up on a data folder of its own; ended, the folder goes unless it was asked for."""
    kept = chosen.data or (Path(os.environ["COMPTOIR_DATA"]) / "pages" if "COMPTOIR_DATA" in os.environ else None)
    with tempfile.TemporaryDirectory() as passing:
        data = (
            _folder(kept, f"{chosen.notes}-{chosen.total}-{chosen.everywhere}-{chosen.commitments}")
            if kept
            else Path(passing)
        )
        os.environ["COMPTOIR_DATA"] = str(data)
        os.environ["DJANGO_SETTINGS_MODULE"] = "comptoir.settings"
        if chosen.database:
            os.environ["COMPTOIR_DATABASE_URL"] = chosen.database
        else:
            os.environ.pop("COMPTOIR_DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield data


def _folder(kept: Path, sizes: str) -> Path:
    """Where a space of these sizes is kept, as long as the tables do not change: those of before go."""
    digest = hashlib.sha256()
    for migration in sorted((ROOT / "src").glob("comptoir/*/migrations/*.py")):
        digest.update(migration.read_bytes())
    folder = (kept / f"{sizes}-{digest.hexdigest()[:8]}").resolve()
    for former in kept.glob(f"{sizes}-*"):
        if former.resolve() != folder:
            shutil.rmtree(former)
    return folder


def machine(workers: int, threads: int) -> str:
    """One line on what ran: processor, cores, system, versions, database."""
    import django
    from django.db import connection

    processor = platform.processor() or platform.machine()
    with_name = Path("/proc/cpuinfo")
    if with_name.exists():
        names = re.findall(r"model name\s*:\s*(.+)", with_name.read_text())
        processor = names[0].strip() if names else processor
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        base = cursor.fetchone()[0].split()[0]
    return (
        f"{date.today():%d/%m/%Y}, {processor}, {os.cpu_count()} cœurs, {platform.system()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}, {connection.display_name} {base}, "
        f"{workers} processus de {threads} fils, charge de la machine au début {os.getloadavg()[0]:.1f}"
    )
