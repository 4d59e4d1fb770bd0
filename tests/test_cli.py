"""The command line: what it writes, what it refuses, and that it stays light."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from comptoir import __version__
from comptoir.cli import main

NOTES = """note,colonne,sujet,nombre
Une fête de rue,Les pièges à éviter,Habitant·e·s,2
une fête de rue !,Les pièges à éviter,Habitant·e·s,1
"Un kiosque, le soir",L'invention à tester,Habitant·e·s,1
Une fête de rue,L'invention à tester,Habitant·e·s,1
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds notes.csv, and where the command is run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.csv").write_text(NOTES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


def process(*arguments: str, stdin: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "comptoir", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        timeout=120,
        check=False,
    )


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_notes_become_a_synthesis_in_csv(notes: Path) -> None:
    done = process("synthesise", "notes.csv", "-o", "out.csv", folder=notes)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert rows((notes / "out.csv").read_text(encoding="utf-8")) == [
        ["subject", "column", "text", "occurrences"],
        ["Habitant·e·s", "Les pièges à éviter", "Une fête de rue", "3"],
        ["Habitant·e·s", "L'invention à tester", "Un kiosque, le soir", "1"],
        ["Habitant·e·s", "L'invention à tester", "Une fête de rue", "1"],
    ]


def test_pasted_text_is_read_from_standard_input(notes: Path) -> None:
    pasted = "- Un banc **\n- un banc !\n"
    done = process("synthesise", "-", "-o", "out.md", "--title", "Ce soir-là", stdin=pasted, folder=notes)
    assert (done.returncode, done.stderr) == (0, "")
    written = (notes / "out.md").read_text(encoding="utf-8")
    assert written.startswith("# Ce soir-là\n")
    assert "Un banc \\*\\*\\*" in written


def test_a_missing_file_gives_one_line_and_no_traceback(notes: Path) -> None:
    done = process("group", "absent.csv", "--text", "note", folder=notes)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "absent.csv : ce fichier n'existe pas. Vérifiez son nom et son dossier.\n"


@pytest.mark.parametrize("suffix", ["odt", "docx", "pdf", "html", "md", "xlsx", "csv"])
def test_the_same_notes_give_the_same_bytes(notes: Path, run: Run, suffix: str) -> None:
    for name in ("one", "two"):
        assert run("synthesise", "notes.csv", "-o", f"{name}.{suffix}") == (0, "", "")
    written = (notes / f"one.{suffix}").read_bytes()
    assert len(written) > 100
    assert written == (notes / f"two.{suffix}").read_bytes()


def test_a_synthesis_written_is_read_again_alike(notes: Path, run: Run) -> None:
    assert run("synthesise", "notes.csv", "-o", "one.csv")[0] == 0
    assert run("synthesise", "one.csv", "-o", "two.csv")[0] == 0
    assert (notes / "one.csv").read_bytes() == (notes / "two.csv").read_bytes()


def test_json_tells_what_was_understood(notes: Path, run: Run) -> None:
    code, out, err = run("synthesise", "notes.csv", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["items"], told["occurrences"]) == (3, 5)
    assert told["boards"][0]["subject"] == "residents"
    assert told["boards"][0]["columns"][0]["kind"] == "pitfall"


def test_remarks_go_to_stderr_one_line_each(notes: Path, run: Run) -> None:
    (notes / "odd.csv").write_text("note,nombre\nUn banc,deux\nUn arbre,1\n", encoding="utf-8")
    code, out, err = run("synthesise", "odd.csv", "-o", "out.csv")
    assert (code, out) == (0, "")
    (line,) = err.splitlines()
    assert line.startswith("odd.csv, ligne 2, colonne nombre : ")


def test_group_writes_every_row_with_its_group(notes: Path, run: Run) -> None:
    code, out, err = run("group", "notes.csv", "--text", "note", "--within", "colonne,sujet", "--tally", "nombre")
    assert (code, err) == (0, "")
    assert [row[-1] for row in rows(out)] == ["group_id", "g0001", "g0001", "g0002", "g0003"]
    assert [row[:-1] for row in rows(out)] == rows(NOTES)
    assert run("group", "notes.csv", "--text", "note", "-o", "groups.csv") == (0, "", "")
    assert [row[-1] for row in rows((notes / "groups.csv").read_text(encoding="utf-8"))][1:] == [
        "g0001",
        "g0001",
        "g0002",
        "g0001",
    ]


def test_group_writes_json(notes: Path, run: Run) -> None:
    code, out, err = run("group", "notes.csv", "--text", "note", "--tally", "nombre", "--json", "-o", "groups.json")
    assert (code, err) == (0, "")
    assert out == (notes / "groups.json").read_text(encoding="utf-8")
    first, second = json.loads(out)["groups"]
    assert (first["id"], first["occurrences"], first["members"]) == ("g0001", 4, [1, 2, 4])
    assert (second["label"], second["reasons"]) == ("Un kiosque, le soir", [])


def test_a_column_name_may_hold_a_comma(notes: Path, run: Run) -> None:
    (notes / "odd.csv").write_text('note;"rue, place"\nUn banc;ici\nun banc;là\n', encoding="utf-8")
    code, out, _ = run("group", "odd.csv", "--text", "note", "--within", '"rue, place"', "--json")
    assert (code, len(json.loads(out)["groups"])) == (0, 2)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["group", "notes.csv", "--text", "avis"], "notes.csv, ligne 1 : la colonne « avis » n'existe pas. Colonnes"),
        (["group", "notes.csv", "--text", "note", "--tally", "sujet"], "notes.csv, ligne 2, colonne sujet : "),
        (["group", "notes.csv", "--text", "note", "--within", '"sujet'], "un guillemet manque"),
        (["group", "notes.csv", "--text", "note", "-o", "notes.csv"], "notes.csv : c'est le fichier lu"),
        (["group", "notes.csv", "--text", "note", "-o", "./notes.csv"], "c'est le fichier lu"),
        (["group", "notes.csv", "--text", "note", "-o", "out.odt"], "out.odt : le format « .odt »"),
        (["group", "notes.csv", "--text", "note", "-o", "out"], "out : ce nom n'a pas de suffixe"),
        (["group", "notes.csv", "--text", "note", "-o", "absent/out.csv"], "le dossier « absent » n'existe pas"),
        (["group", "notes.csv"], "il manque : --text."),
        (["group", "notes.csv", "--text"], "l'option --text attend une valeur."),
        (["group", "notes.csv", "--text", "note", "--colour"], "argument inconnu : --colour."),
        (["group", ".", "--text", "note"], ". : c'est un dossier."),
        (["group", "empty.csv", "--text", "note"], "empty.csv : ce fichier est vide."),
        (["group", "binary.csv", "--text", "note"], "binary.csv"),
        (["group", "no\0name.csv", "--text", "note"], "ne peut pas être lu"),
        (["synthesise", "notes.csv"], "Dites où écrire la synthèse"),
        (["synthesise", "notes.csv", "-o", "out.gif"], "out.gif : le format « .gif » n'existe pas. Choisissez parmi"),
        (["synthesise", "notes.csv", "-o", "notes.csv"], "c'est le fichier lu"),
        (["synthesise", "absent.csv", "-o", "out.odt"], "absent.csv : ce fichier n'existe pas."),
        (["synthesise", "empty.csv", "-o", "out.odt"], "empty.csv : ce fichier est vide."),
        (["synthesise", "binary.csv", "-o", "out.odt"], "binary.csv"),
        (["regroup", "notes.csv"], "la commande « regroup » n'existe pas."),
        ([], "il manque : COMMANDE."),
    ],
)
def test_what_cannot_be_done_gives_one_french_line_and_exit_2(
    notes: Path, run: Run, arguments: list[str], expected: str
) -> None:
    (notes / "empty.csv").write_bytes(b"")
    (notes / "binary.csv").write_bytes(bytes(range(256)) * 4)
    before = sorted(p.name for p in notes.iterdir())
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert expected in err
    assert err.count("\n") == 1
    assert sorted(p.name for p in notes.iterdir()) == before
    assert (notes / "notes.csv").read_text(encoding="utf-8") == NOTES


def test_help_is_french_and_names_every_command(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert out.startswith("Usage : comptoir ")
    for name in ("synthesise", "group", "serve", "demo", "worker", "check", "manage", "export-space", "retention"):
        assert name in out
    _, out, _ = run("group", "--help")
    assert out.startswith("Usage : comptoir group ")
    assert out.count("Usage :") == 1
    for english in ("usage:", "optional", "show this help"):
        assert english not in out


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"comptoir {__version__}\n", "")


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (["serve", "--port", "8001"], ["comptoir", "serve", "--port", "8001"]),
        (["check", "--deploy"], ["comptoir", "check", "--deploy"]),
        (["export-space", "val", "-o", "v.zip"], ["comptoir", "export_space", "val", "-o", "v.zip"]),
        (["manage", "migrate", "--plan"], ["comptoir", "migrate", "--plan"]),
    ],
)
def test_commands_of_the_house_are_handed_to_django(
    monkeypatch: pytest.MonkeyPatch, given: list[str], passed: list[str]
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", seen.append)
    assert main(given) == 0
    assert seen == [passed]


def test_progress_is_told_past_one_second(notes: Path) -> None:
    slow = (
        "import time, comptoir.cli.files as files\n"
        "with files.progress('Regroupement'):\n"
        "    time.sleep(1.4)\n"
        "with files.progress('Écriture'):\n"
        "    pass\n"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", slow], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.startswith("Regroupement : 1 s…\n")
    assert "Écriture" not in done.stderr


def test_help_starts_without_the_heavy_libraries() -> None:
    seen = (
        "import sys, comptoir.cli as cli\n"
        "cli._parser()\n"
        "heavy = {'django', 'numpy', 'rapidfuzz', 'typst', 'docx', 'odfdo', 'xlsxwriter', 'highspy', 'shapely'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
