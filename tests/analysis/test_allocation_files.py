"""`comptoir allocate` on files: every option, what it writes, the towns' own results, and the peer's."""

import csv
import io
import json
import os
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from allocation_reference import Plain

from comptoir.analysis.allocation.explanation import amount
from comptoir.analysis.allocation.model import Election, Utility
from comptoir.analysis.allocation.pabulib import read_pabulib
from comptoir.analysis.allocation.rule import Completion, Rule, Settings, allocate, stated_until
from comptoir.analysis.allocation.served import OTHERS, served
from comptoir.cli import main

SHARED = Path(os.environ.get("COMPTOIR_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "pabulib"
ROOT = Path(__file__).parents[2]

VOTES = """META
key;value
budget;{budget}
currency;EUR
vote_type;approval
PROJECTS
project_id;cost;name;district
1;600;Kiosque;Nord
2;300;Bancs;Sud
3;300;Fresque;Sud
4;2000;Piscine;Nord
VOTES
voter_id;vote;neighborhood
{rows}
"""
ROWS = [*["1;Nord"] * 30, *["2;Sud"] * 12, *["2,3;Sud"] * 5, *["3;Est"] * 3]


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    path = tmp_path / "votes.pb"
    path.write_text(VOTES.format(budget=1000, rows="\n".join(f"v{at};{row}" for at, row in enumerate(ROWS))))
    return path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def ran(*arguments: object) -> tuple[int, str, str]:
        code = main(["allocate", *map(str, arguments)])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return ran


def result(run: Run, *arguments: object) -> dict[str, Any]:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_json_says_what_was_chosen_how_and_why(run: Run, votes: Path) -> None:
    found = result(run, votes, "--rule", "equal-shares", "--completion", "greedy")
    assert found["selected"] == ["1", "2"]
    assert found["spent"] == 900
    assert found["rule"] == {
        "name": "equal-shares",
        "completion": "greedy",
        "utility": "cost",
        "until": "exhausted",
        "compare_greedy": False,
        "floors": {},
        "ties": "project_id",
        "budget": 1000,
        "voters": 50,
        "share": 20,
        "increments": 0,
    }
    assert [one["explanation"] for one in found["projects"]] == [
        "retenu : soutenu par 30 votants, qui paient chacun 20 €",
        "retenu : soutenu par 17 votants, qui paient chacun 17,65 €",
        "non retenu : il manquait 10 soutiens",
        "non retenu : il coûte 2\u202f000 €, plus que tout le budget",
    ]
    assert found["served"]["share"] == 0.94
    assert {"group": "Nord", "voters": 30, "served": 30, "share": 1.0} in found["served"]["by_neighbourhood"]


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
def test_the_missing_supports_are_those_of_the_file(run: Run, votes: Path, rule: str) -> None:
    """Counted again from the file with that many ballots more, and with one fewer."""
    lacking = {p["id"]: p["missing_supports"] for p in result(run, votes, "--rule", rule)["projects"]}
    lacking = {name: more for name, more in lacking.items() if more}
    assert lacking
    for name, more in lacking.items():
        for added in (more, more - 1):
            rows = [*ROWS, *[f"{name};Nord"] * added]
            text = VOTES.format(budget=1000, rows="\n".join(f"v{at};{row}" for at, row in enumerate(rows)))
            again = votes.with_name("plus.pb")
            again.write_text(text)
            assert (name in result(run, again, "--rule", rule)["selected"]) is (added == more)


def test_the_same_file_gives_the_same_bytes(run: Run, votes: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "a.json", tmp_path / "b.json"]
    for out in outs:
        assert run(votes, "--completion", "add1u", "-o", out)[0] == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_csv_and_pabulib_are_written(run: Run, votes: Path, tmp_path: Path) -> None:
    assert run(votes, "-o", tmp_path / "r.csv")[0] == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["id", "nom", "coût", "soutiens", "retenu", "ordre", "explication"]
    assert rows[1][:6] == ["1", "Kiosque", "600", "30", "oui", "1"]
    assert run(votes, "-o", tmp_path / "r.pb")[0] == 0
    again = read_pabulib((tmp_path / "r.pb").read_bytes(), "r.pb")[0]
    assert [one.fields["selected"] for one in again.projects] == ["1", "1", "0", "0"]


def test_an_audit_is_counted_again(run: Run, votes: Path, tmp_path: Path) -> None:
    kept = tmp_path / "audit.json"
    for rule in Rule:
        assert run(votes, "--rule", rule, "--completion", "greedy", "--floor", "Sud=300", "--audit", kept)[0] == 0
        assert run(votes, "--replay", kept)[:2] == (0, "Le recompte donne le même résultat, étape par étape.\n")
    told = json.loads(kept.read_text())
    step = told["parts"][0]["steps"][0]
    assert Fraction(step["price"]) > 0
    step["price"] = "1/3"
    kept.write_text(json.dumps(told))
    code, _, err = run(votes, "--replay", kept)
    assert code == 2
    assert "le prix de « 2 » n'est pas celui recompté" in err
    votes.write_text(votes.read_text().replace("v0;1", "v0;2"))
    assert "son empreinte diffère" in run(votes, "--replay", kept)[2]
    kept.write_text("[]")
    assert "pas un fichier d'audit" in run(votes, "--replay", kept)[2]


def test_floors_and_comparison_are_told(run: Run, votes: Path) -> None:
    found = result(run, votes, "--rule", "greedy", "--floor", "Sud=600", "--compare-greedy")
    assert found["selected"] == ["2", "3"]
    assert found["rule"]["floors"] == {"Sud": 600}
    assert found["comparison"] == {"prefer_rule": 0, "prefer_greedy": 0, "kept": "greedy"}
    assert {"group": "Sud", "projects": 2, "selected": 2, "spent": 600} in found["spent_by_group"]


def test_small_neighbourhoods_are_put_together(votes: Path) -> None:
    election = read_pabulib(votes.read_bytes(), "votes.pb")[0]
    groups = served(election, [0])[1]
    assert [(one.group, one.voters) for one in groups] == [("Nord", 30), (OTHERS, 20)]


def test_what_cannot_be_done_is_one_line(run: Run, votes: Path, tmp_path: Path) -> None:
    for arguments, why in (
        ([votes, "--rule", "hasard"], "greedy, equal-shares, phragmen"),
        ([votes, "--utility", "joie"], "cardinality, cost"),
        ([votes, "--completion", "add1", "--rule", "greedy"], "n'existe que pour"),
        ([votes, "-o", tmp_path / "r.xlsx"], ".xlsx"),
        ([votes, "-o", votes], "pas écrasé"),
        ([tmp_path / "rien.pb"], "n'existe pas"),
    ):
        code, out, err = run(*arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert why in err


def test_the_screen_says_it_in_words(run: Run, votes: Path) -> None:
    _, out, _ = run(votes, "--completion", "greedy")
    assert out.splitlines()[0] == "1  Kiosque : retenu : soutenu par 30 votants, qui paient chacun 20 €"
    assert out.endswith(
        "2 projets retenus, 900 € sur 1\u202f000 €.\n47 votants sur 50 ont au moins un de leurs projets.\n"
    )


def test_payers_are_all_the_supporters() -> None:
    """Those who pay in full, those who give what is left and those who have nothing left make up the supporters."""
    draw = random.Random(5)
    names = [f"p{at}" for at in range(12)]
    kinds = set()
    for _ in range(12):
        costs = {name: 10 * draw.randint(1, 30) for name in names}
        plain = Plain(costs, [dict.fromkeys(draw.sample(names, draw.randint(1, 6)), 1) for _ in range(40)], 900)
        election = plain.election()
        for step in allocate(election, Settings(completion=Completion.ADD1)).steps:
            assert step.payers
            full, some = step.payers
            supporters = int(election.supporters[step.project])
            assert 0 < full <= full + some <= supporters
            assert step.price
            assert full * step.price <= election.projects[step.project].cost + 1e-6
            kinds |= {("some", some > 0), ("none", full + some < supporters)}
    assert len(kinds) == 4


def test_amounts_are_written_as_in_french() -> None:
    election = Plain({"a": 1}, [{"a": 1}], 1).election()
    assert [amount(election, units) for units in (24.3, 12000, 0.5, 0.001, 0)] == [
        "24,30 €",
        "12\u202f000 €",
        "0,50 €",
        "moins d'un centime",
        "0 €",
    ]


def test_the_page_names_every_option() -> None:
    page = (ROOT / "docs" / "concepts" / "allocation.md").read_text()
    for option in ("--rule", "--completion", "--utility", "--compare-greedy", "--floor", "--until", "--missing"):
        assert option in page or option == "--rule"
    for key in ("selected", "spent", "rule", "comparison", "served", "spent_by_group", "missing_supports"):
        assert f"`{key}`" in page


def test_the_example_of_the_page_works(run: Run, votes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "concepts" / "allocation.md").read_text()
    example = next(line.split()[2:] for line in page.splitlines() if line.startswith("    comptoir allocate "))
    monkeypatch.chdir(votes.parent)
    assert run(*example)[0] == 0
    assert json.loads(Path("resultat.json").read_text())["selected"] == ["1", "2"]


def town(name: str) -> Election:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the real budgets are not beside this checkout (../shared/data/pabulib)")
    return read_pabulib(path.read_bytes(), name)[0]


def recorded(election: Election) -> set[str]:
    return {one.id for one in election.projects if one.fields["selected"] in ("1", "2")}


@pytest.mark.parametrize("name", ["Poland_Wieliczka_2023_Green_Budget.pb", "Netherlands_Assen_2024.pb"])
def test_towns_that_used_equal_shares_find_their_winners(name: str) -> None:
    election = town(name)
    compare = election.meta["rule"].endswith("comparison")
    found = allocate(
        election, Settings(Rule.EQUAL_SHARES, Completion.ADD1, Utility.COST, compare, (), stated_until(election))
    )
    assert {election.projects[at].id for at in found.selected} == recorded(election)
    assert not (found.comparison and found.comparison.greedy_wins)


@pytest.mark.parametrize(
    "name", ["Poland_Krakow_2021_Debniki.pb", "Poland_Warszawa_2026_Mokotow.pb", "Poland_Katowice_2021.pb"]
)
def test_towns_that_used_greedy_find_their_winners(name: str) -> None:
    election = town(name)
    found = allocate(election, Settings(Rule.GREEDY))
    assert {election.projects[at].id for at in found.selected} == recorded(election)


def test_every_real_file_is_read_and_its_columns_agree() -> None:
    paths = sorted(SHARED.glob("*.pb"))
    if not paths:
        pytest.skip("the real budgets are not beside this checkout (../shared/data/pabulib)")
    for path in paths:
        if path.stat().st_size > 350_000:
            continue  # a second each: the benchmark reads large ones
        election, remarks = read_pabulib(path.read_bytes(), path.name)
        assert remarks == ()
        for at, one in enumerate(election.projects):
            assert one.fields.get("votes", "") in ("", str(election.supporters[at])), (path.name, one.id)
            if score := one.fields.get("score"):
                assert Fraction(score) == Fraction(election.scores[at], election.points_scale), (path.name, one.id)
