"""Runs the suite on a real PostgreSQL: the one of COMPTOIR_TEST_POSTGRES, the local one, or one started for the run."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
PORT = 54329


def answers(url: str) -> bool:
    """Whether a server is there and lets us create databases."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            found = row.fetchone()
            return bool(found and found[0])
    except psycopg.Error:
        return False


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(Path(p).parent.name), reverse=True)
    return Path(folders[0]) if folders else None


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """A server of our own in a temporary folder, stopped at the end. PostgreSQL refuses to run as root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    place = tempfile.mkdtemp(prefix="comptoir-pg-")
    if as_postgres:
        shutil.chown(place, "postgres")
    data = f"{place}/data"
    options = f"-p {PORT} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*as_postgres, str(folder / "pg_ctl"), "-D", data, "-w"]
    try:
        subprocess.run(
            [*as_postgres, str(folder / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"],
            check=True, cwd=place, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        subprocess.run([*control, "-o", options, "-l", f"{place}/log", "start"], check=True, cwd=place)
        yield f"postgres://postgres@127.0.0.1:{PORT}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=place)
        shutil.rmtree(place, ignore_errors=True)


def suite(url: str, arguments: list[str]) -> int:
    environment = {**os.environ, "COMPTOIR_DATABASE_URL": url.rsplit("/", 1)[0] + "/comptoir"}
    print(f"La suite sur PostgreSQL ({url.rsplit('@', 1)[-1]})", flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    for url in filter(None, (os.environ.get("COMPTOIR_TEST_POSTGRES"), LOCAL)):
        if answers(url):
            return suite(url, arguments)
    folder = programs()
    if folder is None:
        print("PostgreSQL : passé, aucun serveur ni programme trouvé (installez postgresql pour l'essayer).")
        return 1 if os.environ.get("COMPTOIR_REQUIRE_POSTGRES") else 0
    with started(folder) as url:
        return suite(url, arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
