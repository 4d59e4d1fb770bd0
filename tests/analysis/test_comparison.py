"""Gaps, changes, sums, likes and lineage, and when they are refused: docs/concepts/comparison.md."""

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.analysis.comparison import (
    Became,
    Figure,
    Gap,
    Indicator,
    Kind,
    Perimeter,
    Quality,
    Refusal,
    against,
    catching_up,
    change,
    likes,
    lineage,
    lineage_of_areas,
    place,
    slope,
    total,
)
from comptoir.analysis.comparison.catalogue import indicator_of
from comptoir.analysis.comparison.files import read_outlines
from comptoir.analysis.comparison.gaps import newcombe, wilson
from comptoir.analysis.comparison.likes import standardised
from comptoir.analysis.errors import InputError
from comptoir.cli import main

SHARED = Path(__file__).parents[3] / "shared" / "data"
POVERTY = Indicator("TP60", "Taux de pauvreté", Kind.SHARE, "%")
INCOME = Indicator("DISP_Q2", "Revenu médian", Kind.MEDIAN, "€ par an")
PEOPLE = Indicator("POP_MUN", "Population", Kind.COUNT, "habitants")
INSURED = indicator_of("CC2S")


def figure(
    value: float | None, *, of: Indicator = POVERTY, where: str = "QP034001", year: int = 2019,
    size: int | None = None, perimeter: Perimeter = Perimeter.QPV_2015,
) -> Figure:  # fmt: skip
    return Figure(of, where, perimeter, year, value, size)


def town(value: float | None, **more: object) -> Figure:
    return figure(value, where="34172", perimeter=Perimeter.COMMUNE, **more)  # type: ignore[arg-type]  # as above


def refused(found: object) -> str:
    assert isinstance(found, Refusal)
    return found.reason


def test_a_gap_has_bounds_only_where_sizes_are_known() -> None:
    assert against(figure(58.0), town(26.0)) == Gap(32.0, 58 / 26, None, None)
    gap = against(figure(58.0, size=500), town(26.0, size=20_000))
    assert isinstance(gap, Gap)
    assert gap.low is not None
    assert gap.high is not None
    assert 27 < gap.low < 32 < gap.high < 37
    assert gap.sure is True
    close = against(figure(27.0, size=100), town(26.0, size=20_000))
    assert isinstance(close, Gap)
    assert close.sure is False


def test_bounds_of_newcombe() -> None:
    """Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339."""
    assert newcombe(56 / 70, 70, 48 / 80, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (figure(58.0), town(26.0, year=2021), "les millésimes diffèrent : 2019 et 2021"),
        (figure(58.0), town(26.0, of=INCOME), "n'ont pas la même définition"),
        (figure(58.0), town(None), "la valeur n'est pas publiée pour 34172 (2019)"),
        (figure(58.0), figure(20.0, where="QN03401M", perimeter=Perimeter.QPV_2024), "pas été dessinés de la même"),
        (figure(2000, of=PEOPLE), town(90000, of=PEOPLE), "ne se comparent pas : comparez des parts"),
        (figure(1.2, of=indicator_of("IND_JEUNE")), town(1.0, of=indicator_of("IND_JEUNE")), "indice de même base"),
    ],
)
def test_unfair_gaps_are_refused_with_their_reason(one: Figure, other: Figure, reason: str) -> None:
    assert reason in refused(against(one, other))


def test_changes_that_are_none_are_refused() -> None:
    broken = Indicator("TX", "Emploi précaire", Kind.SHARE, "%", breaks=(2021,))
    assert "la définition a changé entre 2019 et 2021" in refused(
        change(figure(20, of=broken), figure(21, of=broken, year=2021))
    )
    assert isinstance(change(figure(20, of=broken, year=2018), figure(21, of=broken)), Gap)
    assert "le périmètre a changé" in refused(change(figure(20), figure(21, year=2021), same_outline=False))
    assert "n'est pas après" in refused(change(figure(20), figure(21)))
    near = change(figure(400, of=INSURED), figure(450, of=INSURED, year=2020))
    assert "deux millésimes à moins de 2 ans d'écart ne font pas une évolution" in refused(near)
    assert isinstance(change(figure(400, of=INSURED), figure(450, of=INSURED, year=2021)), Gap)


def test_catching_up_is_the_change_of_a_gap() -> None:
    before = figure(50.0, year=2015, size=900), town(20.0, year=2015, size=40_000)
    after = figure(46.0, size=900), town(21.0, size=40_000)
    found = catching_up(before, after)
    assert isinstance(found, Gap)
    assert found.difference == pytest.approx(-5)
    assert found.low is not None
    assert found.high is not None
    assert found.low < -5 < found.high
    assert "périmètre" in refused(catching_up(before, after, same_outline=False))


def test_one_odd_year_does_not_move_a_slope() -> None:
    values = {2015: 40.0, 2016: 41.0, 2017: 80.0, 2018: 43.0, 2019: 44.0}
    assert slope([figure(v, year=y) for y, v in values.items()]) == pytest.approx(1.0)
    assert "deux millésimes" in refused(slope([figure(1.0)]))


def test_only_counts_add_up() -> None:
    assert total([figure(2000, of=PEOPLE), figure(1500, of=PEOPLE, where="QP034002")]) == 3500
    for indicator, what in ((POVERTY, "un taux"), (INCOME, "une médiane")):
        both = [figure(1, of=indicator), figure(2, of=indicator, where="QP034002")]
        assert f"{what} ne s'additionne pas" in refused(total(both))
    missing = [figure(2000, of=PEOPLE), figure(None, of=PEOPLE, where="QP034002")]
    assert "non publié ne veut pas dire zéro" in refused(total(missing))
    assert "y est deux fois" in refused(total([figure(1, of=PEOPLE)] * 2))
    assert "périmètres diffèrent" in refused(total([figure(1, of=PEOPLE), town(1, of=PEOPLE)]))
    assert "rien" in refused(total([]))


def test_likes_ignore_units_and_bear_missing_values() -> None:
    values = {"a": (40.0, 10_000.0), "b": (41.0, 10_100.0), "c": (40.0, None), "d": (90.0, 30_000.0), "e": (None, None)}
    found = likes("a", values, ("TP60", "DISP_Q2"))
    assert [like.code for like in found] == ["c", "b", "d"]
    assert [like.shared for like in found] == [1, 2, 2]
    where = place(40.0, [41.0, None, 90.0])
    assert where is not None
    assert (where.known, where.below, where.median) == (2, 0, 65.5)
    assert place(40.0, [None]) is None
    for code, message in (("z", "n'est pas dans la table"), ("e", "aucune de ces variables")):
        with pytest.raises(InputError, match=message):
            likes(code, values, ("TP60", "DISP_Q2"))


numbers = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda value: round(value, 3)))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(numbers, numbers, numbers), min_size=2, max_size=12), st.floats(0.001, 1000), st.floats(-9, 9)
)
def test_likes_do_not_depend_on_units(rows: list[tuple[float | None, ...]], scale: float, shift: float) -> None:
    """The same as a plain double loop, whatever the unit and the origin of a variable."""
    values = {f"q{at:02}": row for at, row in enumerate(rows)}
    if all(value is None for value in rows[0]):
        return
    other = {code: tuple(None if v is None else v * scale + shift for v in row) for code, row in values.items()}
    one, two = likes("q00", values, ("x", "y", "z"), most=99), likes("q00", other, ("x", "y", "z"), most=99)
    assert [round(like.distance, 4) for like in one] == [round(like.distance, 4) for like in two]
    table = np.array([[math.nan if v is None else v for v in row] for row in rows])
    scaled = standardised(table)
    for like in one:
        squares = [(a - b) ** 2 for a, b in zip(scaled[0], scaled[int(like.code[1:])], strict=True)]
        known = [square for square in squares if not math.isnan(square)]
        assert (like.shared, like.distance) == (len(known), pytest.approx(math.sqrt(sum(known) / len(known))))


def square(west: float, south: float, side: float = 0.01) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    east, north = west + side, south + side
    return (((((west, south), (east, south), (east, north), (west, north), (west, south))),),)


def test_lineage_names_what_happened() -> None:
    old = {"same": square(0, 45), "grown": square(1, 45), "gone": square(2, 45), "one": square(3, 45)}
    old |= {"two": square(3.01, 45), "cut": square(4, 45, 0.02)}
    new = {"S": square(0, 45), "G": square(1, 45, 0.02), "N": square(5, 45)}
    new["M"] = (*square(3, 45), *square(3.0101, 45))
    new |= {"C1": square(4, 45), "C2": square(4.01, 45.01)}
    found = lineage(old, new, precision=1)
    assert found.old == {
        "same": Became.SAME, "grown": Became.LARGER, "gone": Became.GONE, "one": Became.MERGED,
        "two": Became.MERGED, "cut": Became.SPLIT,
    }  # fmt: skip
    assert found.new == {
        "S": Became.SAME, "G": Became.LARGER, "N": Became.NEW, "M": Became.MERGED, "C1": Became.SPLIT,
        "C2": Became.SPLIT,
    }  # fmt: skip
    (grown,) = [link for link in found.links if link.old == "grown"]
    assert (grown.of_old, grown.of_new) == pytest.approx((1, 0.25), abs=1e-3)
    assert grown.quality is Quality.POOR
    areas = lineage_of_areas({"a": 100.0}, {"b": 100.0}, {("a", "b"): 90.0})
    assert areas.links[0].common == pytest.approx(90 / 110)
    assert areas.links[0].quality is Quality.FAIR


@pytest.mark.parametrize(
    "outline", [((((0, 0), (1, 1)),),), ((((0, 0), (0, 1), (0, 0.5)),),), ((((500, 0),) * 4,),), ()]
)
def test_an_outline_that_is_none_is_refused(outline: object) -> None:
    with pytest.raises(InputError, match="le contour de « x »"):
        lineage({"x": outline}, {"y": square(0, 45)})  # type: ignore[dict-item]  # on purpose


def test_lineage_of_occitanie_agrees_with_the_letters_of_the_codes() -> None:
    """Codes of 2024 end with I (unchanged) or N (new); outlines are good to some ten metres."""
    old, new = SHARED / "qpv_2015_contours/qpv_2015_occitanie.geojson", SHARED / "qpv_2024/qpv_2024_reg76.geojson"
    if not old.exists():
        pytest.skip("the outlines of neighbourhoods are not beside this checkout (../shared/data)")
    found = lineage(
        read_outlines(old.read_bytes(), old.name, "code_qp"), read_outlines(new.read_bytes(), new.name, "code_qp")
    )
    assert len(found.new) == 108
    assert {became for code, became in found.new.items() if code.endswith("I")} == {Became.SAME}
    assert {became for code, became in found.new.items() if code.endswith("N")} == {Became.NEW}
    assert sum(became is Became.GONE for became in found.old.values()) == 4


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


TABLE = (
    "CODGEO,TP60,DISP_Q2,IND_JEUNE,POP\nQP034001,58,10000,1.2,500\nQP034002,57,10100,1.1,900\nQP034003,,15000,1,80\n"
)
TOWNS = "CODGEO,Q219,TP60,POP\n34172,20000,26,290000\n"


def test_compare_on_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qpv.csv").write_text(TABLE)
    (tmp_path / "towns.csv").write_text(TOWNS)
    asked = ["compare", "qpv.csv@2019", "--of", "QP034001", "--value", "TP60,DISP_Q2,IND_JEUNE", "--size", "POP"]
    asked += ["--reference", "towns.csv@2019=34172", "--same", "DISP_Q2=Q219", "--likes", "2", "--on", "TP60,DISP_Q2"]
    code, out, err = run(*asked, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    poverty, income, young = told["comparisons"]
    assert (poverty["difference"], income["difference"]) == (32, -10000)
    assert poverty["low"] < 32 < poverty["high"]
    assert income["low"] is None
    assert "comparaison refusée" in young["refused"]
    assert [like["code"] for like in told["likes"]] == ["QP034002", "QP034003"]
    assert run(*asked, "--json")[1] == out
    code, out, _ = run(*asked)
    assert [row[0] for row in csv.reader(out.splitlines())][:4] == ["indicateur", "TP60", "DISP_Q2", "IND_JEUNE"]
    late = [one.replace("@2019=34172", "@2021=34172") for one in asked]
    assert "les millésimes diffèrent" in run(*late, "--json")[1]


@pytest.mark.parametrize(
    ("arguments", "content", "expected"),
    [
        (["qpv.csv"], TABLE, "« qpv.csv » ne dit pas son millésime"),
        (["qpv.csv@2019"], "", "qpv.csv : ce fichier est vide."),
        (
            ["qpv.csv@2019"],
            "CODGEO,TP60\nQP034001,NaN\n",
            "qpv.csv, ligne 2, colonne TP60 : « NaN » n'est pas un nombre.",
        ),
        (["qpv.csv@2019"], "CODGEO,TP60\nQP034001,1\nQP034001,2\n", "qpv.csv, ligne 3, colonne CODGEO : « QP034001 »"),
        (["qpv.csv@2019"], "CODGEO,TP60\nQP034009,1\n", "qpv.csv : le territoire « QP034001 » n'y est pas."),
        (["qpv.csv@2019"], "code,TP60\nQP034001,1\n", "qpv.csv, ligne 1 : la colonne « CODGEO » n'existe pas."),
        (["qpv.csv@2019"], "x" * 10_000_000, "qpv.csv : il faut une ligne d'en-têtes"),
        (["qpv.csv@2019", "--kind", "TP60=taux"], TABLE, "La nature « taux » de « TP60 » n'existe pas."),
        (["qpv.csv@2019", "--apart", "TP60"], TABLE, "« TP60 » est mal écrit"),
        (["qpv.csv@2019", "--likes", "peu"], TABLE, "L'option --likes attend un nombre entier"),
        (["qpv.csv", "qpv.csv", "--lineage"], "{}", "qpv.csv : ce n'est pas un GeoJSON de contours."),
        (["qpv.csv", "--lineage"], "{}", "Il faut deux fichiers de contours"),
        (["qpv.csv", "qpv.csv", "--lineage"], '{"features": []}', "qpv.csv : il n'y a aucun contour."),
    ],
    ids=range(13),
)
def test_compare_refuses_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]],
    arguments: list[str], content: str, expected: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qpv.csv").write_text(content)
    code, out, err = run("compare", *arguments, "--of", "QP034001", "--value", "TP60")
    told = [line for line in err.splitlines() if "s…" not in line]
    assert (code, out, len(told)) == (2, "", 1)
    assert told[0].startswith(expected)


def test_real_neighbourhoods_of_montpellier(run: Callable[..., tuple[int, str, str]]) -> None:
    """Filosofi 2019 (published in 2022) of QP034001 beside its town in 2019, and in 2018 for its change."""
    qpv, towns = SHARED / "qpv_2015_indicateurs", SHARED / "territoires_indicateurs/communes_filosofi_2019.csv"
    if not qpv.exists():
        pytest.skip("the indicators of neighbourhoods are not beside this checkout (../shared/data)")
    code, out, err = run(
        "compare", f"{qpv / 'revn_2022.csv'}@2019", "--of", "QP034004", "--value", "DISP_Q2,TP60,C",
        "--same", "DISP_Q2=Q219", "--reference", f"{towns}@2019=34172", "--earlier", f"{qpv / 'revn_2021.csv'}@2018",
        "--likes", "8", "--on", "TP60,DISP_Q2,PACT", "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    told = json.loads(out)
    found = {(line["indicator"], line["beside"]): line for line in told["comparisons"]}
    assert found["DISP_Q2", "34172"]["difference"] < 0
    assert "n'a pas cet indicateur" in found["TP60", "34172"]["refused"]
    assert "ne font pas une évolution" in found["C", "2018"]["refused"]
    assert len(told["likes"]) == 8
    assert all(like["code"].startswith("QP") for like in told["likes"])
