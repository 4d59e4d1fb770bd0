"""What every file of the house keeps to: sizes, names, nothing unfinished, nothing of one machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "comptoir"
FOLDERS = ("src", "tests", "docs", "benchmarks", "locks", ".ci")
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".csv", ".typ", ".xml", ".svg", ".json", ".sh", ".yml"}
REFUSED_NAMES = {"utils", "helpers", "signals", "services", "common", "misc"}
# Written so that this file does not name what it refuses.
UNFINISHED = re.compile(
    r"\b(?:TO[D]O|FIX[M]E|X[X]X|HA[C]K|WI[P])\b|(?i:lorem[ ]ipsum|not[ ]implemented"
    r"|coming[ ]soon|bientôt[ ]disponible)"
)
OF_ONE_MACHINE = re.compile(
    r"/wor[k]/|/hom[e]/[a-z]|/Us[e]rs/|/roo[t]/|[a-z0-9.-]+\.pythonho[s]ted\.org|pyp[i]\.org|registry\.npmj[s]"
    r"|art[i]factory|--(?:extra-)?index-ur[l]"
)


def texts() -> Iterator[tuple[str, str]]:
    """(path from the root, content) of every text file that we write."""
    for path in (*(p for folder in FOLDERS for p in (ROOT / folder).rglob("*")), *ROOT.iterdir()):
        named = path.suffix in TEXTS or path.name in {"run", "LICENSE", "Makefile", "NOTICE"}
        if path.is_file() and named and "__pycache__" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


def modules() -> Iterator[tuple[Path, str]]:
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts:
            yield path, path.read_text("utf-8")


def test_modules_stay_short() -> None:
    long = {str(path): count for path, text in modules() if (count := len(text.splitlines())) > 400}
    assert long == {}


def test_functions_stay_short() -> None:
    long = [
        f"{path.name}:{node.lineno} {node.name}"
        for path, text in modules()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]
    assert long == []


def test_templates_stay_short() -> None:
    long = [str(path) for path in SOURCE.rglob("*.html") if len(path.read_text("utf-8").splitlines()) > 150]
    assert long == []


def test_a_file_is_named_after_what_it_holds() -> None:
    vague = [str(path) for path, _ in modules() if path.stem in REFUSED_NAMES or path.parent.name in REFUSED_NAMES]
    assert vague == []


def test_no_two_files_of_tests_bear_the_same_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert [name for name in sorted(set(names)) if names.count(name) > 1] == []  # pytest would not collect both


def test_nothing_is_left_unfinished() -> None:
    assert found_in(UNFINISHED) == []


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    assert found_in(OF_ONE_MACHINE) == []


def test_every_silenced_check_says_why() -> None:
    mute = re.compile(r"#\s*(?:type: ignore|noqa)(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\])?\s*$", re.M)
    assert [name for name, text in texts() if name.endswith(".py") and mute.search(text)] == []


def found_in(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}: {match[0]}"
        for name, text in texts()
        for match in pattern.finditer(text)
        if not (name == "LICENSE" or name.startswith("locks/"))
    ]
