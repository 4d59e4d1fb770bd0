#!/usr/bin/env python3
"""Two commands and nothing to prepare: `python3 boot.py demo`, `python3 boot.py test`. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DATA = ROOT / "var"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
USAGE = """\
python3 boot.py demo    prépare et ouvre la démonstration
python3 boot.py test    prépare et lance tous les contrôles et tests
python3 boot.py postgres  les mêmes tests sur PostgreSQL, s'il y en a un
python3 boot.py check   les contrôles rapides : types, style, directions, règles de la maison
python3 boot.py bench   les mesures, chacune à côté d'un pair
python3 boot.py lock    refait les verrous (pour qui change une dépendance)"""


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # tests run side by side: threads of arithmetic would only fight


def run(*command: str | Path, **env: str) -> None:
    """Run a command; stop with its exit status when it fails."""
    outcome = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **env}, check=False)
    if outcome.returncode:
        sys.exit(outcome.returncode)


def prepare(lock: str) -> None:
    """The virtual environment with what `locks/<lock>.txt` lists; nothing to do when it is already there."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file may be run by any Python
        sys.exit("Il faut Python 3.11 ou plus récent.")
    try:
        import ensurepip  # noqa: F401  # Debian ships venv without it
        import venv  # noqa: F401  # only to know that it is there
    except ImportError:
        sys.exit("Il manque le module venv de Python : sur Debian ou Ubuntu, « apt-get install python3-venv ».")
    wanted = ROOT / "locks" / f"{lock}.txt"
    stamp = VENV / f".{lock}-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:16]}"
    if stamp.exists() and PYTHON.exists():
        return
    print(f"Préparation de l'environnement ({lock}) : une à deux minutes la première fois.", flush=True)
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", VENV)
    uv = shutil.which("uv")  # faster when it is there, never needed
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", wanted)
    else:
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
        run(PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "-r", wanted)
    site = subprocess.check_output(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    ).strip()
    (Path(site) / "comptoir.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    stamp.touch()


def demo(*arguments: str) -> None:
    prepare("core")
    os.environ.setdefault("COMPTOIR_DATA", str(DATA / "demo"))
    try:
        run(PYTHON, "-m", "comptoir", "demo", *arguments)
    except KeyboardInterrupt:
        print()


def chromium() -> None:
    """A browser for the tests: the one that is there, Debian's when root, else Playwright's own."""
    if os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = ("-qq", "-y", "-o", "Dpkg::Use-Pty=0")
        run("apt-get", "update", "-qq")
        run("apt-get", "install", *quiet, "--no-install-recommends", "chromium", "fonts-dejavu-core")
    else:
        run(PYTHON, "-m", "playwright", "install", "chromium")


def check() -> None:
    """The fast part."""
    prepare("test")
    run(PYTHON, "-m", "ruff", "check", "src", "tests", "benchmarks", "boot.py")
    run(PYTHON, "-m", "ruff", "format", "--check", "-q", "src", "tests", "benchmarks", "boot.py")
    run(PYTHON, "-c", "from importlinter.cli import lint_imports_command as lint; lint()")
    run(PYTHON, "-m", "mypy", COMPTOIR_DATA=str(DATA / "check"))
    run(PYTHON, "-m", "pytest", "-q", "tests/house", COMPTOIR_DATA=str(DATA / "check"))


def test(*arguments: str) -> None:
    check()
    chromium()
    workers = os.environ.get("COMPTOIR_TEST_WORKERS", "2")
    run(PYTHON, "-m", "pytest", "-n", workers, *arguments, COMPTOIR_DATA=str(DATA / "test"))


def postgres(*arguments: str) -> None:
    """The same suite on a real PostgreSQL; says so when there is none."""
    prepare("test")
    chromium()
    workers = os.environ.get("COMPTOIR_TEST_WORKERS", "2")
    # What asks nothing of a database was tried once already: packages, the analysis library, the look of pages.
    apart = ("packaging", "analysis", "house", "test_benchmarks.py", "e2e/test_pages.py")
    only = [part for name in apart for part in ("--ignore", f"tests/{name}")]
    run(PYTHON, "tests/postgres.py", "-n", workers, *only, *arguments, COMPTOIR_DATA=str(DATA / "test"))


def peers() -> None:
    """The libraries that the benchmarks run beside ours; each script says which one is absent."""
    wanted, stamp = ROOT / "locks" / "bench.txt", VENV / ".peers"
    if stamp.exists() and stamp.stat().st_mtime >= wanted.stat().st_mtime:
        return
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r")
    outcome = subprocess.run([str(PYTHON), "-m", "pip", "install", *quiet, str(wanted)], cwd=ROOT, check=False)
    if outcome.returncode:
        print("Les pairs des mesures n'ont pas pu être installés : elles se font sans eux.", flush=True)
    else:
        stamp.touch()


def bench(*arguments: str) -> None:
    prepare("test")
    peers()
    for script in sorted((ROOT / "benchmarks").glob("[a-z]*.py")):
        run(PYTHON, script, *arguments, COMPTOIR_DATA=str(DATA / "bench"))


def lock() -> None:
    """Needs uv. The locks hold hashes and no address."""
    common = ("uv", "pip", "compile", "pyproject.toml", "--extra", "postgres", "--generate-hashes", "--universal")
    quiet = ("--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "-q")
    run(*common, *quiet, "-o", "locks/core.txt")
    run(*common, *quiet, "--group", "test", "-c", "locks/core.txt", "-o", "locks/test.txt")
    run(*common, *quiet, "--group", "bench", "-c", "locks/test.txt", "-o", "locks/bench.txt")


if __name__ == "__main__":
    commands = {"demo": demo, "test": test, "postgres": postgres, "check": check, "bench": bench, "lock": lock}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(USAGE)
    commands[sys.argv[1]](*sys.argv[2:])
