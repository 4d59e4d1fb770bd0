"""`comptoir group` on files as they come: a lexicon, other encodings, too long, too many alike."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest


def group(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "comptoir", "group", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def test_a_lexicon_adds_the_words_of_a_team(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("note\nLa Fabrik est fermée\nRouvrir le local du 12 bis\n", encoding="utf-8")
    (tmp_path / "words.txt").write_text("La Fabrik : fabrik, local 12\n", encoding="utf-8")
    alone = group(tmp_path, "notes.csv", "--text", "note", "--json")
    added = group(tmp_path, "notes.csv", "--text", "note", "--json", "--lexicon", "words.txt")
    assert [len(json.loads(done.stdout)["groups"]) for done in (alone, added)] == [2, 1]
    assert json.loads(added.stdout)["groups"][0]["reasons"] == [
        "Même sujet : La Fabrik (« local 12 » / « fabrik »)",
    ]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    said = "note\n" + "Plus de bancs\nNulle part où s'asseoir\nStop au deal\nÇa trafique en bas\n" * 3
    (tmp_path / "notes.csv").write_text(said, encoding="utf-8")
    one, two = (group(tmp_path, "notes.csv", "--text", "note", "--json") for _ in range(2))
    assert one.returncode == 0
    assert one.stdout == two.stdout
    assert len(json.loads(one.stdout)["groups"]) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "notes.csv").write_bytes("note;lieu\nÉclairage;ici\néclairage !;là\n".encode(encoding))
    done = group(tmp_path, "notes.csv", "--text", "note", "--json")
    assert (done.returncode, len(json.loads(done.stdout)["groups"])) == (0, 1)


@pytest.mark.parametrize(
    ("data", "arguments", "expected"),
    [
        (b"", [], "notes.csv : ce fichier est vide."),
        (b"note\n" + b"mot " * 2_500_000 + b"\n", [], "notes.csv, ligne 2, colonne note : cette note fait 9999999"),
        (b"note\nUn banc\n", ["--within", "rue"], "notes.csv, ligne 1 : la colonne « rue »"),
        (b"note\nUn banc\n", ["--lexicon", "words.txt"], "words.txt, ligne 2 : "),
        (b"note\nUn banc\n", ["--lexicon", "absent.txt"], "absent.txt : ce fichier n'existe pas"),
        (b"note\n\x00\x01\x02\n", [], "notes.csv, ligne 2 : ce n'est pas un fichier de texte"),
    ],
    ids=["empty", "long", "column", "lexicon", "no lexicon", "binary"],
)
def test_what_cannot_be_read_is_said_in_a_line(
    tmp_path: Path, data: bytes, arguments: list[str], expected: str
) -> None:
    (tmp_path / "notes.csv").write_bytes(data)
    (tmp_path / "words.txt").write_text("bancs : banc\nrien du tout\n", encoding="utf-8")
    done = group(tmp_path, "notes.csv", "--text", "note", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    *progress, line = done.stderr.decode().splitlines()
    assert all(re.fullmatch(r"\w+ : \d+ s…", told) for told in progress)  # past one second, on a slow machine
    assert line.startswith(expected)


def test_a_great_many_equal_notes_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("note\n" + "Un banc au square\n" * 250_000, encoding="utf-8")
    done = group(tmp_path, "notes.csv", "--text", "note", "-o", "out.json")
    assert done.returncode == 0
    (found,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["groups"]
    assert (found["label"], found["occurrences"]) == ("Un banc au square", 250_000)


def test_many_rows_without_text_are_said_in_few_lines(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("note,lieu\nUn banc,ici\n" + ",là\n" * 500, encoding="utf-8")
    done = group(tmp_path, "notes.csv", "--text", "note", "-o", "out.csv")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[-1] == "notes.csv : 480 autres lignes sans texte n'ont pas de groupe."
