"""`comptoir demo`, as in a terminal: what it opens, and that it goes away whole and quietly when told to."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from served import COMPTOIR, PATIENCE, Place, demonstration, free_port, running, sign_in, wait_until_served


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with demonstration(tmp_path_factory, f"command-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}") as place:
        yield place


def group_is_gone(leader: int) -> bool:
    """Whether nothing is left of a process group, within a few seconds."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        try:
            os.killpg(leader, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def as_ctrl_c(process: subprocess.Popen[bytes]) -> None:
    """The terminal sends it to the command and to all that it started."""
    os.killpg(process.pid, signal.SIGINT)


def as_service_manager(process: subprocess.Popen[bytes]) -> None:
    process.terminate()


@pytest.mark.parametrize("stop", [as_ctrl_c, as_service_manager])
def test_the_demonstration_opens_and_stops_whole_without_a_traceback(
    place: Place, stop: Callable[[subprocess.Popen[bytes]], None], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "said"
    with running([*COMPTOIR, "demo", "--port", str(port), "--no-browser"], place.environment, log) as process:
        wait_until_served(f"http://127.0.0.1:{port}", process, log)
        _, page = sign_in(f"http://127.0.0.1:{port}")
        assert "Rives d&#x27;Autan Agglomération" in page
        stop(process)
        process.wait(timeout=PATIENCE)
        assert group_is_gone(process.pid)
    said = log.read_text()
    assert f"http://127.0.0.1:{port}/" in said
    assert "maelle@comptoir.example" in said
    assert "Traceback" not in said
    assert process.returncode == 0


def test_a_stop_while_it_prepares_is_one_sentence(tmp_path: Path) -> None:
    place, log = Place(tmp_path / "data"), tmp_path / "said"
    with running([*COMPTOIR, "demo", "--prepare-only"], place.environment, log) as process:
        end = time.monotonic() + PATIENCE
        while not (place.data / "comptoir.sqlite3").exists() and time.monotonic() < end:
            time.sleep(0.02)
        as_ctrl_c(process)
        assert process.wait(timeout=PATIENCE) == 130
    assert log.read_text() == "Interrompu.\n"


def test_the_installation_checks_itself(place: Place) -> None:
    done = subprocess.run(
        [*COMPTOIR, "check", "--fail-level", "WARNING"],
        env=place.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_command_demo_opens_accounts_known_to_all(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    done = subprocess.run(
        [*COMPTOIR, "manage", "demo", "--prepare-only"],
        env=place.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "comptoir demo" in done.stderr
    assert not (place.data / "comptoir.sqlite3").exists()


def test_the_address_is_said_once_it_answers(place: Place, tmp_path: Path) -> None:
    """Whoever reads it opens it at once, and the browser does so by itself."""
    port, log = free_port(), tmp_path / "said"
    with running([*COMPTOIR, "demo", "--port", str(port), "--no-browser"], place.environment, log):
        end = time.monotonic() + PATIENCE
        while "est ouvert" not in log.read_text() and time.monotonic() < end:
            time.sleep(0.01)
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            pass
