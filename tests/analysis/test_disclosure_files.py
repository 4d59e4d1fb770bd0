"""`comptoir protect`: what it writes, what it refuses, and that what it publishes resists its own attack."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from comptoir.cli import main

LONG = "x" * 9_000_000
Run = Callable[..., tuple[int, str, str]]
AGES = """quartier;âge;nombre
Les Cèdres;0-14;3
Les Cèdres;15-24;40
Les Cèdres;25 et plus;50
Les Cèdres;Ensemble;93
Le Port;0-14;60
Le Port;15-24;70
Le Port;25 et plus;15
Le Port;Ensemble;145
Ensemble;0-14;63
Ensemble;15-24;110
Ensemble;25 et plus;65
Ensemble;Ensemble;238
"""
SEXES = "Quartier,sexe,nombre\nLes Cèdres,F,48\nLes Cèdres,H,45\nLe Port,F,80\nLe Port,H,65\n"
GRANTS = """association,montant,contributeurs,premier
A,330,3,300
B,900,40,60
C,1000,50,40
Ensemble,2230,93,300
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ages.csv").write_text(AGES, encoding="utf-8")
    (tmp_path / "sexes.csv").write_text(SEXES, encoding="utf-8")
    (tmp_path / "aides.csv").write_text(GRANTS, encoding="utf-8")
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


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_leaves_without_its_small_cells(folder: Path, run: Run) -> None:
    code, out, err = run("protect", "ages.csv", "--cells", "cells.csv")
    assert (code, err) == (0, "Cases masquées par la règle : 1 ; pour les protéger : 3 (le moins possible).\n")
    left = rows(out)
    assert len(left) == 12
    assert [row["diffusion"] for row in left if not row["valeur"]] == [
        "moins de 11 personnes",
        *["masqué pour protéger une autre case"] * 3,
    ]
    told = rows((folder / "cells.csv").read_text(encoding="utf-8"))
    assert (told[0]["statut"], told[0]["au moins"], told[0]["au plus"]) == ("primary", "1", "10")
    assert all(row["au moins"] == row["au plus"] for row in told if row["statut"] == "shown")


def test_what_leaves_resists_the_attack_and_a_mere_threshold_does_not(folder: Path, run: Run) -> None:
    assert run("protect", "ages.csv", "-o", "out.csv")[0] == 0
    code, out, _ = run("protect", "out.csv", "--audit")
    assert (code, {row["verdict"] for row in rows(out)}) == (0, {"safe"})
    weak = AGES.replace("0-14;3\n", "0-14;\n", 1)
    (folder / "weak.csv").write_text(weak, encoding="utf-8")
    code, out, err = run("protect", "weak.csv", "--audit", "--json")
    told = json.loads(out)
    assert (code, told["exact"], told["cells"][0]["low"], told["cells"][0]["high"]) == (1, 1, 3, 3)
    assert err == "Cases masquées : 1 ; retrouvées ou serrées de trop près : 1.\n"


def test_linked_tables_are_protected_together(folder: Path, run: Run) -> None:
    code, out, err = run("protect", "ages.csv", "sexes.csv", "--json", "-o", "out.json")
    assert code == 0, err
    assert out == (folder / "out.json").read_text(encoding="utf-8")
    told = json.loads(out)
    assert [table["table"] for table in told["tables"]] == ["ages.csv", "sexes.csv"]
    assert told["tables"][1]["cells"][0]["modalities"] == {"quartier": "Les Cèdres", "sexe": "F"}
    assert told["optimal"] is True
    code, out, _ = run("protect", "ages.csv", "sexes.csv")
    assert out.startswith("tableau,quartier,âge,sexe,valeur,diffusion\n".replace("\n", "\r\n"))


def test_amounts_leave_without_their_contributors(folder: Path, run: Run) -> None:
    asked = ["--value", "montant", "--units", "contributeurs", "--top", "premier", "--threshold", "3"]
    code, out, _ = run("protect", "aides.csv", *asked, "--unit", "structures")
    assert code == 0
    assert out.splitlines()[0] == "association,valeur,diffusion"
    assert "un contributeur domine cette case" in out


def test_each_source_has_its_threshold_and_zeros_their_rule(folder: Path, run: Run) -> None:
    small = AGES.replace("Les Cèdres;0-14;3", "Les Cèdres;0-14;7").replace(";93", ";97").replace("0-14;63", "0-14;67")
    (folder / "caf.csv").write_text(small.replace("Ensemble;238", "Ensemble;242"), encoding="utf-8")
    told = [
        json.loads(run("protect", "caf.csv", "--threshold", "11", *more, "--json")[1])["primary"]
        for more in ([], ["--threshold", "caf.csv=5"])
    ]
    assert told == [1, 0]


def test_a_hierarchy_is_read_from_a_file(folder: Path, run: Run) -> None:
    (folder / "h.csv").write_text("q,nombre\na,5\nb,80\nc,70\nd,90\nNord,85\nSud,160\nEnsemble,245\n")
    (folder / "s.csv").write_text("dimension,ensemble,partie\nq,Nord,a\nq,Nord,b\nq,Sud,c\nq,Sud,d\n")
    code, out, err = run("protect", "h.csv", "--sums", "s.csv")
    assert code == 0, err
    assert [row["q"] for row in rows(out) if not row["valeur"]] == ["a", "b"]
    assert run("protect", "h.csv")[0] == 2  # without it, the total is not the sum of all rows


def test_the_same_tables_give_the_same_bytes_in_any_encoding(folder: Path, run: Run) -> None:
    once = run("protect", "ages.csv", "sexes.csv", "--json")
    assert run("protect", "ages.csv", "sexes.csv", "--json") == once
    plain = run("protect", "ages.csv")
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (folder / "ages.csv").write_bytes(AGES.encode(encoding))
        assert run("protect", "ages.csv") == plain


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "bad.csv : ce fichier est vide."),
        ("quartier,nombre\n", "bad.csv : il faut une ligne d'en-têtes et au moins une case."),
        ("quartier,effectif\nA,3\n", "bad.csv, ligne 1 : la colonne « valeur » n'existe pas."),
        ("quartier,nombre\nA,trois\n", "bad.csv, ligne 2, colonne nombre : « trois » n'est pas un nombre."),
        ("quartier,nombre\nA,NaN\n", "bad.csv, ligne 2, colonne nombre : « NaN » n'est pas un nombre."),
        ("quartier,nombre\nA,1e999\n", "bad.csv, ligne 2, colonne nombre : « 1e999 » n'est pas un nombre."),
        ("quartier,nombre\nA,-3\n", "bad.csv, ligne 2, colonne nombre : « -3 » est négatif."),
        ("quartier,nombre\nA,2.5\n", "bad.csv, ligne 2, colonne nombre : « 2.5 » n'est pas un nombre entier."),
        ("quartier,nombre\nA,\n", "bad.csv, ligne 2, colonne nombre : cette case est vide."),
        ("quartier,nombre\nA,3\nB,4\nA,5\n", "bad.csv, ligne 4, colonne quartier : « A » est déjà à la ligne 2."),
        ("quartier,nombre\nA,30\nEnsemble,40\n", "bad.csv, ligne 3 : « l'ensemble » vaut 40"),
        ("quartier,nombre\nA,3,4,5\n", "bad.csv, ligne 2 : 4 cellules sous 2 en-têtes"),
        (LONG, "bad.csv : il faut une ligne d'en-têtes"),
        (f"quartier,nombre\n{LONG},non\n", "bad.csv, ligne 2, colonne nombre : « non »"),
        (f"quartier,nombre\n{LONG},3\n{LONG},4\n", "bad.csv, ligne 3, colonne quartier : « xxx"),
        ("\x00\x01\x02", "bad.csv"),
    ],
    ids=range(16),
)
def test_a_bad_file_gives_one_line_and_exit_2(folder: Path, run: Run, content: str, expected: str) -> None:
    (folder / "bad.csv").write_text(content, encoding="utf-8")
    code, out, err = run("protect", "bad.csv")
    assert (code, out) == (2, "")
    told = [line for line in err.splitlines() if not line.startswith("Lecture : ")]  # progress, on a slow machine
    assert [line[: len(expected)] for line in told] == [expected]
    assert len(told[0]) < 400


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ages.csv", "--threshold", "onze"], "Le seuil « onze » n'est pas un nombre entier."),
        (["ages.csv", "--threshold", "caf.csv=5"], "nomme un tableau qui n'est pas donné"),
        (["ages.csv", "--threshold", "0"], "Le seuil 0 n'a pas de sens"),
        (["ages.csv", "--dominance", "beaucoup"], "--dominance attend un pourcentage"),
        (["ages.csv", "--cost", "rien"], "La mesure « rien » n'existe pas."),
        (["ages.csv", "--by", "rue"], "ages.csv, ligne 1 : aucune des colonnes rue."),
        (["ages.csv", "-o", "ages.csv"], "c'est le fichier lu"),
        (["ages.csv", "-o", "out.pdf"], "le format « .pdf » n'existe pas ici"),
        (["ages.csv", "--cells", "out.json"], "le format « .json » n'existe pas ici : écrivez un .csv."),
        (["ages.csv", "ages.csv"], "Deux tableaux ont le même nom."),
        (["ages.csv", "absent.csv"], "absent.csv : ce fichier n'existe pas."),
        ([], "il manque : TABLE."),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, run: Run, arguments: list[str], expected: str) -> None:
    code, out, err = run("protect", *arguments)
    assert (code, out) == (2, "")
    assert expected in err
    assert err.count("\n") == 1
