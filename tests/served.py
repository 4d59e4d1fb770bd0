"""The product as people run it, in processes of its own: what the browser and the packaging tests share."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPTOIR = (sys.executable, "-m", "comptoir")
PASSWORD = "une-demonstration-ouverte"
LEAD = "maelle@comptoir.example"
PATIENCE = 60.0  # seconds: machines that run tests are busy


@dataclass(frozen=True)
class Place:
    """Where one instance keeps its things: a folder, and a PostgreSQL address when tests run on PostgreSQL."""

    data: Path
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """That of this process without what concerns other instances."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("COMPTOIR_") and k != "DJANGO_SETTINGS_MODULE"}
        kept["COMPTOIR_DATA"] = str(self.data)
        return {**kept, "COMPTOIR_DATABASE_URL": self.database} if self.database else kept


@contextmanager
def demonstration(factory: pytest.TempPathFactory, name: str) -> Iterator[Place]:
    """A place of one's own where the demonstration is built. Built once for a test run, then copied."""
    run = factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    with (run / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = Place(run / "demonstration", _database())
        if not built.data.exists():
            _create(built.database)
            making = Place(run / "making", built.database)
            done = subprocess.run(
                [*COMPTOIR, "demo", "--prepare-only"],
                env=making.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr[-2000:]
            making.data.rename(built.data)
        place = Place(run / f"place-{name}", _database(name))
        shutil.copytree(built.data, place.data)
        _create(place.database, like=built.database)
    yield place
    _create(place.database, drop_only=True)


def _database(suffix: str = "") -> str:
    """A PostgreSQL address for this checkout beside the one that tests were given; nothing on SQLite."""
    parts = urlsplit(os.environ.get("COMPTOIR_DATABASE_URL", ""))
    if not parts.scheme.startswith("postgres"):
        return ""
    name = f"comptoir_e2e_{zlib.crc32(str(ROOT).encode()):08x}_{suffix}".rstrip("_")
    return urlunsplit(parts._replace(path=f"/{name}"))


def _create(database: str, *, like: str = "", drop_only: bool = False) -> None:
    """The database of this address anew, as a copy of another one or empty. Nothing on SQLite."""
    if not database:
        return
    import psycopg

    parts = urlsplit(database)
    name, model = parts.path[1:], urlsplit(like).path[1:] or "template1"
    server = urlunsplit(parts._replace(path="/postgres"))
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        if not drop_only:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process at the head of its own group, as in a terminal; what it says goes to `log`."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def wait_until_served(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the instance answers that its database does; fails with what it said otherwise."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{url}/sante/", timeout=5) as answer:
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"Nothing answers at {url}.\n{log.read_text()[-3000:]}")


def sign_in(url: str, email: str = LEAD, password: str = PASSWORD) -> tuple[OpenerDirector, str]:
    """Signs in over HTTP. Returns what keeps the session, and the page one arrives on."""
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    with visitor.open(f"{url}/", timeout=30) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        assert token, f"no form at {answer.url}"
        address = answer.url
    form = {"csrfmiddlewaretoken": token[1], "username": email, "password": password}
    with visitor.open(address, urlencode(form).encode(), timeout=30) as answer:
        return visitor, answer.read().decode()
