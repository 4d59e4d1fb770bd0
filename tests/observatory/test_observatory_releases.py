"""What may leave, decided on whole families: docs/concepts/observatory.md (« Ce qui peut sortir »)."""

import random
from collections.abc import Mapping

import pytest
from observed import NAMES, PLANTED, WHO, WHOLE, family, give, local, places, plant, supplier_of

from comptoir.accounts.models import Actor
from comptoir.analysis.disclosure import Cell, Rule, Status, Table, Verdict, audit
from comptoir.disclosure.actions import set_threshold
from comptoir.observatory.actions import change_supplier, give_values, load_series
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.enums import IndicatorKind, Release
from comptoir.observatory.models import Indicator, Series, Value
from comptoir.observatory.releases import protect, settle

pytestmark = pytest.mark.django_db
Cells = dict[tuple[str, str], Value]


def cells(made: Mapping[str, Indicator], year: int = 2025) -> Cells:
    """(territory, sex) → value."""
    rows = Value.objects.filter(series__indicator__in=list(made.values()), series__reference=year)
    sexes = {indicator.pk: sex for sex, indicator in made.items()}
    return {
        (one.place.code, sexes[one.series.indicator_id]): one for one in rows.select_related("place", "series")
    }  # fmt: skip


def attack(found: Cells) -> list[Verdict]:
    """What the auditor finds in the released table, reasons known."""
    table = Table(
        "suivis", ("territoire", "sexe"),
        {
            ("Ensemble" if code == WHOLE else code, sex): Cell(
                float("nan") if one.released is None else one.released,
                hidden_as={Release.SMALL: Status.PRIMARY, Release.PROTECTS: Status.SECONDARY}.get(
                    Release(one.release)
                ),
            )
            for (code, sex), one in found.items()
        },
        rule=Rule(threshold=11),
    )  # fmt: skip
    return [one.verdict for one in audit([table])]


def test_a_small_cell_is_hidden_with_those_that_would_give_it_back(lead: Actor) -> None:
    found = cells(plant(lead))
    assert found["QN99002N", "Femmes"].release == Release.SMALL
    assert found["QN99002N", "Hommes"].release == Release.PROTECTS
    hidden = [key for key, one in found.items() if one.released is None]
    assert len(hidden) == 4, "one line and one column, and no more"
    assert set(attack(found)) == {Verdict.SAFE}
    shown = [one for one in found.values() if one.released is not None]
    assert all(one.released == one.value for one in shown)


def test_without_the_cells_that_protect_it_a_small_cell_is_found(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plant(lead)
    monkeypatch.setattr(
        "comptoir.observatory.releases.settle", lambda values, ground: settle(values, ground, secondary=False)
    )
    protect(Series.objects.filter(indicator__in=list(made.values())).select_related("indicator"))
    assert Verdict.EXACT in attack(cells(made))


@pytest.mark.parametrize("seed", range(6))
def test_tables_made_at_random_give_nothing_back(lead: Actor, seed: int) -> None:
    chance = random.Random(seed)
    rows = {code: (chance.choice([0, 3, 9, 14, 60]), chance.choice([2, 10, 25, 300])) for code in NAMES}
    found = cells(plant(lead, rows))
    assert set(attack(found)) <= {Verdict.SAFE}
    assert all(one.release == Release.SMALL for one in found.values() if 0 < (one.value or 0) < 11)


def test_a_part_that_is_not_given_is_worked_out_and_protected_like_the_others(lead: Actor) -> None:
    made = family(lead, supplier_of(lead))
    for code in ("QN99001N", "QN99003N"):
        for sex, number in ((WHO, 300), ("Femmes", 140), ("Hommes", 160)):
            give(lead, made[sex], {code: number})
    give(lead, made[WHO], {"QN99002N": 100})
    give(lead, made["Hommes"], {"QN99002N": 96})
    give(lead, made["Femmes"], {"QN99002N": None})
    found = cells(made)
    assert found["QN99002N", "Hommes"].released is None, "100 less 96 would be 4 women"
    assert found["QN99002N", "Hommes"].release == Release.PROTECTS
    assert found["QN99001N", "Hommes"].released == 160


def test_the_rest_of_a_total_is_protected_too(lead: Actor) -> None:
    made = family(lead, supplier_of(lead))
    give(lead, made[WHO], {"QN99001N": 500, "QN99002N": 400, WHOLE: 904})
    found = cells(made)
    assert [one.released for one in found.values()].count(None) >= 1, "four people live outside these neighbourhoods"
    assert {one.release for one in found.values() if one.released is None} == {Release.PROTECTS}


def test_sums_that_contradict_one_another_withdraw_what_is_broken_down(lead: Actor) -> None:
    made = family(lead, supplier_of(lead))
    for sex, number in ((WHO, 100), ("Femmes", 5), ("Hommes", 120)):
        give(lead, made[sex], {"QN99001N": number})
    found = cells(made)
    assert found["QN99001N", WHO].released == 100
    assert found["QN99001N", "Femmes"].release == found["QN99001N", "Hommes"].release == Release.WHOLE


def test_sums_that_contradict_one_another_and_hold_nothing_small_are_shown(lead: Actor) -> None:
    made = family(lead, supplier_of(lead))
    for sex, number in ((WHO, 100), ("Femmes", 50), ("Hommes", 120)):
        give(lead, made[sex], {"QN99001N": number})
    assert all(one.released is not None for one in cells(made).values())


def test_a_total_that_comes_later_hides_what_was_shown(lead: Actor) -> None:
    made = family(lead, supplier_of(lead))
    give(lead, made["Femmes"], {"QN99001N": 40})
    assert cells(made)["QN99001N", "Femmes"].released == 40
    give(lead, made[WHO], {"QN99001N": 44})
    found = cells(made)
    assert None in {found["QN99001N", "Femmes"].released, found["QN99001N", WHO].released}


@pytest.mark.parametrize(("own", "expected"), [(11, Release.SMALL), (5, Release.SHOWN)])
def test_the_threshold_is_that_of_the_supplier(lead: Actor, own: int, expected: Release) -> None:
    indicator = local(lead, supplier_of(lead, threshold=own), "Jeunes suivis")
    give(lead, indicator, {"QN99001N": 8})
    assert Value.objects.get().release == expected


def test_a_supplier_without_a_threshold_has_that_of_the_space(lead: Actor) -> None:
    set_threshold(actor=lead, threshold=20)
    indicator = local(lead, supplier_of(lead, threshold=None), "Jeunes suivis")
    give(lead, indicator, {"QN99001N": 15})
    assert (Value.objects.get().release, Value.objects.get().threshold) == (Release.SMALL, 20)


def test_a_threshold_that_changes_hides_and_shows_again(lead: Actor) -> None:
    supplier = supplier_of(lead, threshold=5)
    give(lead, local(lead, supplier, "Jeunes suivis"), {"QN99001N": 8})
    for threshold, released in ((11, None), (5, 8.0)):
        change_supplier(actor=lead, supplier=supplier, threshold=threshold)
        assert Value.objects.get().released == released


@pytest.mark.parametrize(
    ("share", "units", "expected"),
    [
        (50.0, 200, Release.SHOWN),
        (50.0, None, Release.NO_BASE),
        (50.0, 9, Release.SMALL),
        (2.0, 200, Release.SMALL),
        (98.0, 200, Release.SMALL),
        (0.0, 200, Release.SHOWN),
        (100.0, 200, Release.SHOWN),
    ],
    ids=["shown", "without a base", "few people", "few inside", "few outside", "nobody", "everybody"],
)
def test_a_share_needs_enough_people_on_both_sides(
    lead: Actor, share: float, units: int | None, expected: Release
) -> None:
    indicator = local(lead, supplier_of(lead), "Part de sorties positives", IndicatorKind.RATIO, unit="%")
    give_values(actor=lead, indicator=indicator, year=2025, given=[Given(places()["QN99001N"], share, units)])
    assert Value.objects.get().release == expected


@pytest.mark.parametrize(
    ("units", "top", "expected"),
    [(20, 3000.0, Release.SHOWN), (20, 9000.0, Release.DOMINATED), (4, 3000.0, Release.SMALL)],
    ids=["many", "one holds nearly all", "few contributors"],
)
def test_an_amount_is_hidden_when_one_contributor_holds_it(
    lead: Actor, units: int, top: float, expected: Release
) -> None:
    indicator = local(lead, supplier_of(lead), "Aides versées", IndicatorKind.AMOUNT, unit="€")
    give_values(actor=lead, indicator=indicator, year=2025, given=[Given(places()["QN99001N"], 10000.0, units, top)])
    assert Value.objects.get().release == expected


def test_an_amount_without_its_contributors_proves_nothing_and_is_hidden(lead: Actor) -> None:
    supplier, where = supplier_of(lead), places()
    indicator = local(lead, supplier, "Aides versées", IndicatorKind.AMOUNT, unit="€")
    given = [Given(where["QN99001N"], 10000.0), Given(where["QN99002N"], 9000.0, 40, 500.0)]
    actions_total = Given(where[WHOLE], 19000.0, 60, 700.0)
    give_values(actor=lead, indicator=indicator, year=2025, given=[*given, actions_total])
    assert {one.release for one in Value.objects.all()} == {Release.NO_BASE, Release.WHOLE}
    assert not Value.objects.filter(released__isnull=False).exists()


def test_what_does_not_speak_of_people_is_shown(lead: Actor) -> None:
    indicator = local(lead, supplier_of(lead), "Écoles", about_people=False, unit="écoles")
    give(lead, indicator, {"QN99001N": 2})
    assert Value.objects.get().released == 2


def test_small_cells_planted_in_a_published_file_are_hidden_with_their_growth() -> None:
    text = (
        "CODGEO,ABC,ABC_F,ABC_H,EVOL_ABC_F_T4,NOTE_PE\n"
        "QP990001,103,3,100,12.5,0\nQP990002,210,90,120,4.0,0\nQP990003,330,160,170,-2.0,0\n"
    )
    load_series(person=None, name="ipro_2022.csv", content=text.encode())
    found = {
        (one.place.code, one.series.indicator.code): one
        for one in Value.objects.select_related("place", "series__indicator")
    }
    assert found["QP990001", "ipro.ABC_F"].release == Release.SMALL
    assert None in {found["QP990001", "ipro.ABC"].released, found["QP990001", "ipro.ABC_H"].released}
    assert found["QP990001", "ipro.EVOL_ABC_F_T4"].release == Release.PROTECTS
    assert found["QP990002", "ipro.EVOL_ABC_F_T4"].released == 4.0
    assert found["QP990002", "ipro.ABC_F"].released == 90


def test_nothing_leaves_before_it_has_been_decided_upon(lead: Actor) -> None:
    made = plant(lead)
    series = Series.objects.filter(indicator=made[WHO]).get()
    Value.objects.filter(series=series).update(release=Release.NEW, released=None)
    assert not Value.objects.filter(series=series, released__isnull=False).exists()
    assert PLANTED
    protect([series])
    assert Value.objects.filter(series=series, released__isnull=False).exists()
