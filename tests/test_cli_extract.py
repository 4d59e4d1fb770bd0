"""`comptoir extract`: proposals on the screen and in JSON, refusals in one line."""

import json
import sys
from pathlib import Path

import pytest

from comptoir.analysis.documents import write
from comptoir.analysis.tables.writing import xlsx_table
from comptoir.cli import main

sys.path.insert(0, str(Path(__file__).parent / "analysis"))
from extraction_samples import SIGNATORIES, contract


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for suffix in ("docx", "odt", "pdf"):
        (tmp_path / f"contrat.{suffix}").write_bytes(write(contract(), suffix))
    names = [(one.name, *one.also) for one in SIGNATORIES]
    (tmp_path / "noms.txt").write_text("\n".join(";".join(row) for row in names), encoding="utf-8")
    wide = max(map(len, names))
    padded = [(*row, *[""] * (wide - len(row))) for row in names]
    (tmp_path / "noms.xlsx").write_bytes(xlsx_table("Noms", padded[0], padded[1:]))
    return tmp_path


@pytest.mark.parametrize("names", ["noms.txt", "noms.xlsx"])
@pytest.mark.parametrize(("suffix", "count"), [("docx", 14), ("odt", 14), ("pdf", 12)])
def test_the_same_proposals_from_each_format(
    folder: Path, capsys: pytest.CaptureFixture[str], suffix: str, count: int, names: str
) -> None:
    assert main(["extract", f"contrat.{suffix}", "--signatories", names, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["commitments"]
    assert len(told) == count
    assert told[0]["signatory"] == "Ville de Val-Clair"
    assert told[0]["due"] == "2027-05-31"
    assert told[1]["amounts"] == [{"value": "2", "unit": "fte"}, {"value": "64000", "unit": "euro"}]
    assert (told[0]["place"]["page"] is not None) is (suffix == "pdf")


def test_on_the_screen_each_has_its_place_and_names_are_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", "contrat.pdf", "--signatories", "noms.txt"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "12 engagements proposés, à relire."
    assert lines[2:5] == [
        "1. Ville de Val-Clair : Ouvrir une halte-garderie à La Verrière avant juin 2027.", "   pour le 31 mai 2027",
        "   page 1, paragraphe 4",
    ]  # fmt: skip
    assert main(["extract", "contrat.docx"]) == 0
    assert "--signatories" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.pdf", None, "n'existe pas"),
        ("vide.docx", b"", "vide"),
        ("casse.pdf", b"%PDF-1.4", "abîmé"),
        ("classeur.xlsx", xlsx_table("A", ("a",), [("b",)]), "donnez le texte du contrat"),
    ],
    ids=["absent", "empty", "broken", "workbook"],  # a workbook holds the time when it was made
)
def test_a_bad_file_is_refused_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    assert main(["extract", name]) == 2
    out, err = capsys.readouterr()
    told = [line for line in err.splitlines() if not line.startswith("Lecture du contrat :")]  # said when it is slow
    assert (out, len(told)) == ("", 1)
    assert said in told[0]


def test_a_list_of_names_without_a_name_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rien.txt").write_text("\n;\n", encoding="utf-8")
    assert main(["extract", "contrat.pdf", "--signatories", "rien.txt"]) == 2
    assert "aucun nom" in capsys.readouterr().err
