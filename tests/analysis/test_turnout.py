"""Newcomers, those who come back, concentration, balance and load: docs/concepts/turnout.md."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.analysis.errors import InputError
from comptoir.analysis.turnout import HandCount, Light, Presence, gini, loads, of_counts, of_presences
from comptoir.cli import main


def crowd(*events: range, bands: Callable[[int], str] = lambda number: "") -> list[Presence]:
    """Person n of each range is at event 1, 2…"""
    return [
        Presence(f"p{n}", f"Séance {at}", date(2026, at, 10), bands(n))
        for at, there in enumerate(events, 1)
        for n in there
    ]


def test_newcomers_and_those_who_come_back() -> None:
    found = of_presences(crowd(range(40), range(20, 60)))
    assert (found.events, found.people, found.presences) == (2, 60, 80)
    ((event, share),) = found.newcomers
    assert (event, share.count, share.among, share.value) == ("Séance 2", 20, 40, 0.5)
    assert share.low is not None
    assert share.high is not None
    assert share.low < 0.5 < share.high
    assert (found.again.count, found.again.among) == (20, 60)
    assert of_presences(crowd(range(40), range(20, 60)) * 2) == found  # seen twice at an event is seen once


@pytest.mark.parametrize("fresh", range(1, 11))
def test_a_few_newcomers_are_not_told(fresh: int) -> None:
    found = of_presences(crowd(range(40), range(fresh, 40 + fresh)))
    ((_, share),) = found.newcomers
    assert (share.count, share.among, share.value) == (None, None, None)
    assert share.hidden.startswith("moins de 11 personnes")


def test_below_the_threshold_nothing_is_told() -> None:
    found = of_presences(crowd(range(6), range(3, 10)), {"jeunes": 100})
    assert (found.people, found.presences, found.concentration, found.again.value) == (None, None, None, None)
    assert found.remarks == ("Moins de 11 personnes : rien n'est montré.",)
    assert all(one.came.value is None for one in found.balance)


def test_concentration_says_how_sure_it_is_and_repeats_itself() -> None:
    faithful = crowd(range(100), *[range(15)] * 9)
    found = of_presences(faithful).concentration
    assert found is not None
    assert (found.people, found.top) == (100, 11)
    assert found.share == pytest.approx(110 / 235)
    assert found.share_low < found.share < found.share_high
    assert found.gini_low < found.gini < found.gini_high
    assert of_presences(faithful).concentration == found
    assert of_presences(crowd(range(21), range(21))).concentration is None  # the others would be ten
    even = of_presences(crowd(range(100), range(100))).concentration
    assert even is not None
    assert (even.gini, even.share) == (0, pytest.approx(0.11))


@settings(max_examples=50)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=40))
def test_gini_is_the_mean_difference(visits: list[int]) -> None:
    """The definition, in a double loop: mean |x - y| over all pairs, over twice the mean."""
    times = np.array(visits, dtype=np.float64)
    differences = np.abs(times[:, None] - times[None, :]).mean()
    assert gini(times) == pytest.approx(differences / (2 * times.mean()), abs=1e-12)


def test_bands_beside_the_population() -> None:
    found = of_presences(crowd(range(90), bands=lambda n: "moins de 25" if n < 20 else "25 et plus"),
                         {"moins de 25": 400, "25 et plus": 600})  # fmt: skip
    young, old = found.balance
    assert (young.came.count, young.expected) == (20, 0.4)
    assert young.ratio == pytest.approx(20 / 90 / 0.4)
    assert young.high is not None
    assert young.high < 1  # fewer than expected, for sure
    assert old.ratio is not None
    assert old.ratio > 1
    assert found.alike == pytest.approx(1 - (0.4 - 20 / 90))
    few = of_presences(crowd(range(90), bands=lambda n: "moins de 25" if n < 4 else "25 et plus"),
                       {"moins de 25": 400, "25 et plus": 600})  # fmt: skip
    assert [one.came.value for one in few.balance] == [None, None]
    assert few.alike is None


@settings(max_examples=30)
@given(st.lists(st.sets(st.integers(0, 30), max_size=31), min_size=1, max_size=5), st.sampled_from([3, 5, 11]))
def test_no_count_below_the_threshold_is_ever_told(events: list[set[int]], threshold: int) -> None:
    found = of_presences(
        [Presence(f"p{n}", f"e{at}", date(2026, 1 + at, 1)) for at, there in enumerate(events) for n in sorted(there)],
        threshold=threshold,
    )
    for share in (found.again, *(one for _, one in found.newcomers)):
        if share.count is not None and share.among is not None:
            for told in (share.count, share.among - share.count):
                assert told == 0 or told >= threshold
    for number in (found.people, found.presences):
        assert number is None or number == 0 or number >= threshold


def test_hand_counts_tell_newcomers_and_say_what_they_cannot_tell() -> None:
    found = of_counts([HandCount("B", date(2026, 2, 1), 60, 20), HandCount("A", date(2026, 1, 1), 40, 40)])
    assert [(event, share.count, share.among) for event, share in found.newcomers] == [("A", 40, 40), ("B", 20, 60)]
    assert found.again.hidden == "il faut des pseudonymes pour savoir qui revient"
    assert found.remarks[1] == "En moyenne, 1.7 présences par personne venue pour la première fois."
    with pytest.raises(InputError, match="50 nouveaux pour 40 présents"):
        of_counts([HandCount("A", date(2026, 1, 1), 40, 50)])


def test_a_group_asked_too_often_turns_red() -> None:
    asked = [("Conseil citoyen", date(2026, 1, day)) for day in (5,)]
    asked += [("Conseil citoyen", date(2026, 2, day)) for day in (1, 8, 9, 15, 20)]
    asked += [("Régie", date(2026, 4, 2))]
    found = loads(asked)
    assert [(one.month, one.requests, one.light) for one in found if one.group == "Conseil citoyen"] == [
        ("2026-01", 1, Light.GREEN),
        ("2026-02", 5, Light.RED),
        ("2026-03", 0, Light.ORANGE),
        ("2026-04", 0, Light.ORANGE),
    ]
    assert [one.month for one in found if one.group == "Régie"] == ["2026-04"]


@pytest.mark.parametrize(
    ("presences", "message"),
    [
        ([Presence("a", "x", date(2026, 1, 1), "F"), Presence("a", "y", date(2026, 1, 2), "H")], "deux tranches"),
        ([Presence("a", "x", date(2026, 1, 1)), Presence("b", "x", date(2026, 1, 2))], "a deux dates"),
    ],
)
def test_what_contradicts_itself_is_refused(presences: list[Presence], message: str) -> None:
    with pytest.raises(InputError, match=message):
        of_presences(presences)


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


def test_turnout_on_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        f"p{n};Séance {at};10/0{at}/2026;{'F' if n % 2 else 'H'}" for at in (1, 2) for n in range(20 * at, 40 + 20 * at)
    ]
    Path("p.csv").write_text("pseudonyme;séance;date;sexe\n" + "\n".join(rows), encoding="cp1252")
    Path("pop.csv").write_text("sexe,habitants\nF,520\nH,480\n")
    asked = ["turnout", "p.csv", "--band", "sexe", "--population", "pop.csv"]
    code, out, err = run(*asked, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["people"], told["newcomers"][0]["count"]) == (60, 20)
    assert [one["came"]["count"] for one in told["balance"]] == [30, 30]
    assert run(*asked, "--json")[1] == out
    assert run(*asked)[1].startswith("mesure,pour,nombre,sur,part,au moins,au plus,non montré")
    Path("c.csv").write_text("séance,date,présents,nouveaux\nA,2026-01-01,40,40\nB,2026-02-01,60,20\n")
    code, out, err = run("turnout", "c.csv", "--by-hand", "--json")
    assert (code, json.loads(out)["presences"], err.count("\n")) == (0, 100, 2)
    Path("s.csv").write_text("groupe,date\nConseil citoyen,2026-01-05\nConseil citoyen,2026-02-05\n")
    code, out, _ = run("turnout", "s.csv", "--load")
    assert out.splitlines()[1] == "Conseil citoyen,2026-01,1,0.33,vert"


@pytest.mark.parametrize(
    ("arguments", "content", "expected"),
    [
        ([], "", "bad.csv : ce fichier est vide."),
        ([], "a,b\n1,2\n", "bad.csv, ligne 1 : la colonne « pseudonyme » n'existe pas."),
        ([], "pseudonyme,séance,date\na,x,hier\n", "bad.csv, ligne 2, colonne date : « hier » n'est pas une date."),
        ([], "pseudonyme,séance,date\n,x,2026-01-01\n", "bad.csv, ligne 2, colonne pseudonyme : cette case est vide."),
        ([], "x" * 10_000_000, "bad.csv : il faut une ligne d'en-têtes"),
        (
            [],
            f"pseudonyme,séance,date\n{'x' * 10_000_000},x,2026-01-01\n",
            "bad.csv, ligne 2, colonne pseudonyme : ce texte",
        ),
        (
            ["--by-hand"],
            "séance,date,présents,nouveaux\nA,2026-01-01,-4,1\n",
            "bad.csv, ligne 2, colonne présents : « -4 »",
        ),
        (
            ["--by-hand"],
            "séance,date,présents,nouveaux\nA,2026-01-01,nan,1\n",
            "bad.csv, ligne 2, colonne présents : « nan »",
        ),
        (
            ["--by-hand"],
            "séance,date,présents,nouveaux\nA,2026-01-01,4,9\n",
            "bad.csv, ligne 2, colonne nouveaux : 9 nouveaux",
        ),
        (
            ["--by-hand"],
            "séance,date,présents,nouveaux\nA,2026-01-01,4,1\nA,2026-01-01,4,1\n",
            "bad.csv, ligne 3, colonne séance : « A » est déjà compté.",
        ),
        (["--load"], "groupe,date\nA,2026-13-01\n", "bad.csv, ligne 2, colonne date : « 2026-13-01 »"),
        (["--seed", "un"], "pseudonyme,séance,date\na,x,2026-01-01\n", "L'option --seed attend un nombre entier"),
        (["--band", "sexe"], "pseudonyme,séance,date\na,x,2026-01-01\n", "Donnez --band et --population ensemble."),
    ],
    ids=range(13),
)
def test_turnout_refuses_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]],
    arguments: list[str], content: str, expected: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("bad.csv").write_text(content, encoding="utf-8")
    code, out, err = run("turnout", "bad.csv", *arguments)
    told = [line for line in err.splitlines() if "s…" not in line]
    assert (code, out, len(told)) == (2, "", 1)
    assert told[0].startswith(expected)
