"""Cells and files of published indicators, understood or refused by line: docs/concepts/observatory.md."""

import csv
import random
from pathlib import Path

import pytest

from comptoir.analysis.errors import InputError
from comptoir.analysis.indicators import (
    KNOWN,
    Kind,
    Mark,
    PlaceKey,
    PlaceKind,
    Published,
    definition_of,
    read_cell,
    read_published,
    year_spoken_of,
)

RAW = Path(__file__).parents[3] / "shared" / "data"
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the shared folder of raw files is not on this machine")


def read(text: str, name: str = "demo_2022.csv", *, latest: int = 2026, year: int | None = None) -> Published:
    return read_published(text.encode(), name, latest=latest, year=year)


def values(found: Published) -> dict[tuple[str, str], tuple[float | None, Mark]]:
    return {
        (found.series[series].code, found.places[place].code): (value, mark)
        for series, place, value, mark in found.values
    }


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12.0),
        ("-3.5", -3.5),
        ("12,5", 12.5),
        ("1 234", 1234.0),
        ("1\u00a0234,5", 1234.5),
        ("5\u202f019\u202f573", 5019573.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("12,3 (1)", 12.3),
        ("12 *", 12.0),
        ("12¹", 12.0),
        ("\u22124,2", -4.2),
        ("14 280 €", 14280.0),
        ("0", 0.0),
    ],
)
def test_a_number_is_read_however_it_is_written(cell: str, value: float) -> None:
    found = read_cell(cell)
    assert (found.value, found.mark, found.percent) == (value, Mark.NONE, False)


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("", Mark.UNSAID),
        ("  \u00a0", Mark.UNSAID),
        ("s", Mark.SECRET),
        ("S", Mark.SECRET),
        ("c", Mark.SECRET),
        ("(s)", Mark.SECRET),
        ("secret statistique", Mark.SECRET),
        ("nd", Mark.NOT_AVAILABLE),
        ("N.D.", Mark.NOT_AVAILABLE),
        ("///", Mark.NOT_AVAILABLE),
        ("…", Mark.NOT_AVAILABLE),
        ("ns", Mark.NOT_SIGNIFICANT),
    ],
)
def test_a_mark_stands_in_the_place_of_a_number_and_is_never_zero(cell: str, mark: Mark) -> None:
    found = read_cell(cell)
    assert (found.value, found.mark) == (None, mark)


@pytest.mark.parametrize(
    ("cell", "value", "mark"),
    [("12 e", 12.0, Mark.ESTIMATED), ("12,5(p)", 12.5, Mark.PROVISIONAL), ("9 r", 9.0, Mark.NONE)],
)
def test_letters_after_a_number_say_how_sure_it_is(cell: str, value: float, mark: Mark) -> None:
    found = read_cell(cell)
    assert (found.value, found.mark) == (value, mark)


def test_a_percent_sign_is_told() -> None:
    assert read_cell("12,5 %").percent
    assert read_cell("12,5\u00a0%").value == 12.5


@pytest.mark.parametrize("cell", ["-", "—", "environ 12", "12/13", "1e400", "12-15", "9" * 20])
def test_what_is_neither_number_nor_mark_is_refused_with_a_sentence(cell: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_cell(cell)


def test_a_thematic_file_says_its_series_its_places_and_its_two_years() -> None:
    found = read("CODGEO,LIBGEO,POP_MUN,TX_F\nQP081006,Cantepau,2083,54.9\nEnsemble,,5019573,\n")
    assert [(one.code, one.published, one.reference) for one in found.series] == [
        ("demo.POP_MUN", 2022, 2018), ("demo.TX_F", 2022, 2018),
    ]  # fmt: skip
    assert found.places == [
        PlaceKey(PlaceKind.NEIGHBOURHOOD, "QP081006", 2015), PlaceKey(PlaceKind.ALL_NEIGHBOURHOODS, "ENSEMBLE", 2015)
    ]  # fmt: skip
    assert found.names == ["Cantepau", ""]
    assert values(found) == {
        ("demo.POP_MUN", "QP081006"): (2083.0, Mark.NONE), ("demo.TX_F", "QP081006"): (54.9, Mark.NONE),
        ("demo.POP_MUN", "ENSEMBLE"): (5019573.0, Mark.NONE), ("demo.TX_F", "ENSEMBLE"): (None, Mark.UNSAID),
    }  # fmt: skip
    assert not found.faults


def test_a_year_that_the_producer_does_not_state_stays_unknown() -> None:
    assert year_spoken_of(KNOWN["revn.TP60"], 2022) == 2019
    assert year_spoken_of(KNOWN["revn.TP60"], 2021) == 2018
    assert year_spoken_of(KNOWN["revn.TP60"], 2019) == 0
    assert year_spoken_of(KNOWN["ipro.TX_TOT_EMPL"], 2022) == 0
    assert year_spoken_of(KNOWN["demo.ENF"], 2022) == 0


def test_a_note_says_why_a_cell_is_empty() -> None:
    found = read("CODGEO,ENF,NOTE_CNAF\nQP081006,,5\nQP081007,,0\n")
    assert values(found) == {
        ("demo.ENF", "QP081006"): (None, Mark.NOT_AVAILABLE), ("demo.ENF", "QP081007"): (None, Mark.UNSAID)
    }  # fmt: skip


def test_lines_and_cells_that_cannot_be_understood_are_refused_by_their_place() -> None:
    found = read(
        "CODGEO;POP_MUN;TX_F\nQP081006;2 083;54,9 %\nQP081006;2083;54,9\nXX1;1;2\nQP081007;12,5;abc\nQP081008;3 %;12\n"
    )
    assert [str(one) for one in found.faults] == [
        "ligne 3 : même territoire que la ligne 2 : gardez l'une des deux.",
        "ligne 4 : « XX1 » n'est pas un code de territoire connu.",
        "ligne 5, colonne TX_F : « abc » n'est ni un nombre, ni une marque connue (s, c, nd, ns).",
        "ligne 6, colonne POP_MUN : ce nombre porte « % », mais l'indicateur n'est pas une part.",
    ]
    assert values(found)["demo.TX_F", "QP081006"] == (54.9, Mark.NONE)
    assert ("demo.TX_F", "QP081007") not in values(found)


def test_people_are_counted_whole() -> None:
    found = read("CODGEO,ENF\nQP081006,12.5\nQP081007,-3\n")
    assert [one.line for one in found.faults] == [2, 3]
    assert not found.values


@pytest.mark.parametrize(("name", "year"), [("demo_2031.csv", None), ("demo.csv", 1850)])
def test_an_impossible_year_is_not_read(name: str, year: int | None) -> None:
    with pytest.raises(InputError, match="aucune colonne"):
        read("CODGEO,POP_MUN\nQP081006,2083\n", name, year=year)


def test_a_thematic_file_without_a_year_asks_for_it() -> None:
    with pytest.raises(InputError, match="année de publication"):
        read("CODGEO,POP_MUN\nQP081006,2083\n", "demo.csv")
    assert read("CODGEO,POP_MUN\nQP081006,2083\n", "demo.csv", year=2021).series[0].published == 2021


def test_a_file_without_codes_or_figures_is_refused() -> None:
    with pytest.raises(InputError, match="CODGEO"):
        read("quartier,valeur\nCantepau,12\n")
    with pytest.raises(InputError, match="aucune ligne"):
        read("CODGEO,POP_MUN\n")


def test_years_by_line_and_quarters_are_told_apart() -> None:
    found = read("zone_emploi,libelle,trimestre,taux_chomage\n0052,Arles,2021-T1,10.4\n0052,Arles,2021-T2,10.8\n"
                 "0052,Arles,2021-T2,11\n0052,Arles,2031-T1,9\nFR,France,2021-T1,8\n", "chomage.csv")  # fmt: skip
    assert [(one.reference, one.period) for one in found.series] == [(2021, "2021-T1"), (2021, "2021-T2")]
    assert {one.kind for one in found.places} == {PlaceKind.EMPLOYMENT_ZONE, PlaceKind.FRANCE}
    assert [one.line for one in found.faults] == [4, 5]
    assert found.definitions["zone.taux_chomage"].kind is Kind.RATIO


def test_a_year_in_the_name_of_a_column_is_its_year() -> None:
    found = read("insee_com,revenu_median_uc_2021,equip_2024_poste,population\n81004,21040,6,49000\n", "communes.csv")
    assert [(one.code, one.reference) for one in found.series] == [
        ("zone.revenu_median_uc", 2021), ("zone.equip_poste", 2024)
    ]  # fmt: skip
    assert not found.definitions["zone.equip_poste"].about_people
    assert found.remarks == ["colonne « population » : son année n'est pas dite, elle n'est pas lue."]


def test_filosofi_names_the_same_indicators_otherwise() -> None:
    found = read("CODGEO,LIBGEO,Q219,RD,PACT19\n81004,Albi,20710,3.4,62.5\n", "communes_filosofi_2019.csv")
    assert [(one.code, one.reference) for one in found.series] == [
        ("revn.DISP_Q2", 2019), ("revn.DISP_D1D9", 2019), ("revn.PACT", 2019)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("departements_filosofi_2019.csv", "04", PlaceKind.DEPARTMENT),
        ("regions_france_filosofi_2019.csv", "04", PlaceKind.REGION),
        ("regions_france_filosofi_2019.csv", "1", PlaceKind.FRANCE),
        ("epci_filosofi_2019.csv", "248100430", PlaceKind.EPCI),
        ("communes_filosofi_2019.csv", "2A004", PlaceKind.COMMUNE),
    ],
)
def test_a_code_is_that_of_the_level_that_the_file_is_about(name: str, code: str, kind: PlaceKind) -> None:
    assert read(f"CODGEO,Q219\n{code},20000\n", name).places[0].kind is kind


def test_parts_know_their_whole_and_each_is_once() -> None:
    for one in KNOWN.values():
        if one.dimensions:
            assert one.family in KNOWN, one.code
            assert one.summable, one.code
    part = definition_of("ipro", "abc_dur1_f")
    assert part is not None
    assert (part.family, dict(part.dimensions)) == ("ipro.ABC", {"ancienneté": "Classe 1", "sexe": "Femmes"})
    assert definition_of("ipro", "ABC").dimensions == ()  # type: ignore[union-attr]  # known above
    assert not any(one.summable for one in KNOWN.values() if one.kind is not Kind.COUNT)


@needs_raw
def test_every_column_of_the_files_of_insee_is_known() -> None:
    paths = sorted((RAW / "qpv_2015_indicateurs").glob("*_20*.csv"))
    assert len(paths) == 16
    for path in paths:
        found = read_published(path.read_bytes(), path.name, latest=2026)
        assert not found.faults, path.name
        assert not found.remarks, path.name


@needs_raw
def test_values_taken_at_random_are_those_of_the_raw_file() -> None:
    chance = random.Random(7)
    for path in sorted((RAW / "qpv_2015_indicateurs").glob("*_20*.csv")):
        found = values(read_published(path.read_bytes(), path.name, latest=2026))
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in chance.sample(rows, 20):
            column = chance.choice([name for name in row if definition_of(path.name[:4], name)])
            place = row["CODGEO"] if row["CODGEO"] != "Ensemble" else "ENSEMBLE"
            expected = float(row[column]) if row[column] else None
            assert found[f"{path.name[:4]}.{column}", place][0] == expected, (path.name, row["CODGEO"], column)
