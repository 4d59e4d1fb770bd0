"""The wheel in an empty environment, and a clone with one command: both work away from the checkout."""

import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from served import ROOT, Place, free_port, running, sign_in, wait_until_served

pytestmark = pytest.mark.slow
PACKAGE = ROOT / "src" / "comptoir"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the files of the checkout, elsewhere: the checkout stays as it is."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    build = ("pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(out), str(source))
    subprocess.run([sys.executable, "-m", *build], check=True)
    (made,) = out.glob("comptoir-*.whl")
    return made


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A machine where only the wheel was installed: its home folder, with the environment inside."""
    home = tmp_path_factory.mktemp("machine")
    venv.create(home / "env", with_pip=True)
    install = ("pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", str(wheel))
    subprocess.run([home / "env/bin/python", "-m", *install], check=True, env=alone(home))
    yield home
    shutil.rmtree(home / "env")


def alone(home: Path) -> dict[str, str]:
    """An environment that knows nothing of the checkout. Downloaded packages may be kept from one time to the next."""
    place = Place(home / "data").environment
    ours = {name: value for name, value in place.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    cache = os.environ.get("PIP_CACHE_DIR") or str(Path.home() / ".cache" / "pip")
    return {**ours, "HOME": str(home), "PIP_CACHE_DIR": cache}


def test_the_wheel_holds_all_that_the_product_reads_and_no_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    read = {".mo", ".po", ".html", ".css", ".js", ".svg", ".typ", ".xml", ".txt", ".py", ".typed", ".csv", ".geojson"}
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.suffix for path in files} <= read | {".md", ".toml"}
    missing = [str(path) for path in files if f"comptoir/{path.relative_to(PACKAGE)}" not in names]
    assert missing == []
    assert {
        "comptoir/py.typed",
        "comptoir/analysis/documents/document.typ",
        "comptoir/analysis/documents/poster.typ",
    } <= names
    assert [name for name in names if name.endswith("/licenses/LICENSE")] != []
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"comptoir"}
    assert [name for name in names if "test" in Path(name).name or "conftest" in name] == []


def test_the_wheel_asks_for_what_the_project_declares(home: Path) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    answer = subprocess.run(
        [home / "env/bin/comptoir", "--version"], env=alone(home), capture_output=True, text=True, check=True, cwd=home
    )
    assert answer.stdout.strip() == f"comptoir {wanted['version']}"
    subprocess.run([home / "env/bin/python", "-m", "pip", "check", "--quiet"], env=alone(home), check=True, cwd=home)


def test_an_installed_wheel_opens_the_demonstration_away_from_the_checkout(home: Path) -> None:
    comptoir, log, port = str(home / "env/bin/comptoir"), home / "said", free_port()
    environment = alone(home)
    for arguments in (["demo", "--prepare-only", "--no-browser"], ["check", "--fail-level", "WARNING"]):
        done = subprocess.run(
            [comptoir, *arguments], env=environment, capture_output=True, text=True, check=False, cwd=home
        )
        assert done.returncode == 0, done.stdout + done.stderr
    command = [comptoir, "demo", "--port", str(port), "--no-browser"]
    with running(command, environment, log, folder=home) as process:
        wait_until_served(f"http://127.0.0.1:{port}", process, log)
        _, page = sign_in(f"http://127.0.0.1:{port}")
        assert "Rives d&#x27;Autan Agglomération" in page
    assert process.returncode == 0
    assert "Traceback" not in log.read_text()


def test_a_written_synthesis_needs_no_web_application(home: Path) -> None:
    (home / "notes.csv").write_text("note,colonne\nUn kiosque,Intérêt\nun kiosque !,Intérêt\n", encoding="utf-8")
    command = [home / "env/bin/comptoir", "synthesise", "notes.csv", "-o", "notes.pdf"]
    subprocess.run(command, env=alone(home), check=True, cwd=home)
    assert (home / "notes.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="these files are not a git checkout: nothing to clone")
def test_a_clone_prepares_itself_with_one_command(tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tmp_path / "clone")], check=True)
    environment = alone(tmp_path)
    del environment["COMPTOIR_DATA"]  # boot.py keeps what it makes in the clone
    command = [getattr(sys, "_base_executable", sys.executable), "boot.py", "demo", "--prepare-only"]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / "clone",
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    assert (tmp_path / "clone/var/demo/comptoir.sqlite3").exists()
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=tmp_path / "clone", capture_output=True, text=True, check=True
    )
    assert status.stdout == ""  # what it makes is ignored
    shutil.rmtree(tmp_path / "clone")
