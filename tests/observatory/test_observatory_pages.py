"""Pages of the observatory: right, refused with a reason, the same as a fragment, at a fixed cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from observed import NAMES, family, give, local, places, supplier_of

from comptoir.accounts.models import Actor, Membership
from comptoir.contracts.actions import open_contract, set_perimeter
from comptoir.kit.french import NO_BREAK_SPACE
from comptoir.observatory.actions import load_series, set_target
from comptoir.observatory.around import portrait
from comptoir.observatory.charts import bars, choropleth, line, shades
from comptoir.observatory.models import Indicator
from comptoir.territories.enums import AreaKind
from comptoir.territories.models import Area, PerimeterLineage, PriorityNeighbourhood
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
BASE = "/val-clair/observatoire/"
INCOME = (
    "CODGEO,LIBGEO,TP60,DISP_Q2,PACT\nQP990001,Les Tilleuls,40,14000,50\nQP990002,Le Mail,50,12000,45\n"
    "QP990003,La Plaine,42,13900,51\nQP990004,Les Bords,,,\n"
)
Browser = Callable[[Actor], LintingClient]


@pytest.fixture
def contract(lead: Actor) -> Actor:
    """Two neighbourhoods of 2024: the first comes from a perimeter of 2015 unchanged, the second redrawn."""
    places()
    commune = Area.objects.create(kind=AreaKind.COMMUNE, code="99001", name="Valclair")
    for number, code in enumerate(list(NAMES)[:2], 1):
        one = PriorityNeighbourhood.objects.get(code=code)
        one.communes.add(commune)
        former = PriorityNeighbourhood.objects.create(code=f"QP99000{number}", generation=2015, name=one.name)
        share, quality = (1.0, "bonne") if number == 1 else (0.4, "faible")
        PerimeterLineage.objects.create(
            former=former, latter=one, share_of_former=share, share_of_latter=share, quality=quality
        )
    set_perimeter(actor=lead, contract=open_contract(actor=lead, name="Contrat"), codes=list(NAMES)[:2])
    for name, text in (
        ("revn_2022.csv", INCOME),
        ("revn_2021.csv", INCOME.replace("40,14000", "44,13000")),
        ("revn_2019.csv", INCOME.replace("40,14000", "46,12500")),
        ("communes_filosofi_2019.csv", "CODGEO,LIBGEO,Q219,PACT19\n99001,Valclair,20000,70\n"),
        ("regions_france_filosofi_2019.csv", "CODGEO,LIBGEO,Q219,PACT19\n1,France métropolitaine,21930,73.5\n"),
    ):
        load_series(person=None, name=name, content=text.encode())
    return lead


def rows_of(content: bytes, caption: str) -> dict[str, list[str]]:
    table = next(
        one for one in html.fromstring(content).iter("table") if caption in (one.findtext("caption") or "")
    )  # fmt: skip
    return {
        " ".join(line[0].text_content().split()): [" ".join(cell.text_content().split()) for cell in line[1:]]
        for line in table.iter("tr")
    }  # fmt: skip


def test_a_neighbourhood_is_set_beside_what_is_of_the_same_year(contract: Actor, client_for: Browser) -> None:
    page = client_for(contract).get(f"{BASE}quartiers/QN99001N/").content
    found = rows_of(page, "à côté d'autres territoires")
    heads = found["Indicateur"]
    median = dict(zip(heads, found["Médiane du revenu disponible 2019 (publié en 2022)"], strict=True))
    assert median["Ici"].startswith("14 000 €")
    assert "20 000" in median["Valclair"].replace("\u202f", " ")
    assert "écart −6 000 €" in median["Valclair"].replace("\u202f", " ")
    assert "écart −7 930 €" in median["France métropolitaine"].replace("\u202f", " ")
    poverty = dict(zip(heads, found["Taux de pauvreté 2019 (publié en 2022)"], strict=True))
    assert poverty["Valclair"] == "—"
    assert "le même que celui de 2024" in page.decode()


def test_figures_of_a_perimeter_that_was_redrawn_are_not_read(contract: Actor, client_for: Browser) -> None:
    page = client_for(contract).get(f"{BASE}quartiers/QN99002N/").content.decode()
    assert "trop différent de celui de 2024" in page
    assert f'href="{BASE}quartiers/QP990002/"' in page
    assert "12 000" not in page.replace("\u202f", " ")
    former = client_for(contract).get(f"{BASE}quartiers/QP990002/").content.decode()
    assert "12 000" in former.replace("\u202f", " ")


def test_what_cannot_be_compared_is_refused_with_its_reason(contract: Actor) -> None:
    load_series(person=None, name="revn_2018.csv", content=b"CODGEO,BREV\nQP990001,60\n")
    text = "CODGEO,LIBGEO,TP60\nEnsemble,Ensemble des QPV,43.3\n"
    load_series(person=None, name="revn_2017.csv", content=text.encode())
    found = portrait(contract, PriorityNeighbourhood.objects.get(code="QN99001N"))
    assert any("la source ne dit pas de quelle année parlent ces chiffres" in one for one in found.refusals)
    row = next(one for one in found.rows if one.indicator.code == "revn.TP60")
    beside = dict(row.cells)["Ensemble des QPV"]
    assert beside is not None
    assert (beside.refused, beside.gap) == (True, "")


def test_the_trend_is_that_of_the_library_and_counts_its_years(contract: Actor) -> None:
    found = portrait(contract, PriorityNeighbourhood.objects.get(code="QN99001N"))
    row = next(one for one in found.rows if one.indicator.code == "revn.TP60")
    assert row.trend == f"−2{NO_BREAK_SPACE}points par an"  # (46→44)/2, (44→40)/1, (46→40)/3: the median is −2
    assert [said.text for _, said in row.years] == [f"{n}{NO_BREAK_SPACE}%" for n in (46, 44, 40)]
    assert row.chart is not None
    assert len(row.chart.points) == 3


def test_likes_are_those_of_the_same_list(contract: Actor) -> None:
    found = portrait(contract, PriorityNeighbourhood.objects.get(code="QN99001N"))
    assert [like.code for like, _ in found.alike] == ["QP990003", "QP990002"]
    assert found.alike_on == ["Taux de pauvreté", "Médiane du revenu disponible"]


def test_an_indicator_shows_each_neighbourhood_and_the_larger_ones(contract: Actor, client_for: Browser) -> None:
    page = client_for(contract).get(f"{BASE}indicateurs/revn.DISP_Q2/").content
    found = rows_of(page, "Médiane du revenu disponible, 2019")
    assert found["2. Les Tilleuls"][0].startswith("14")
    assert found["1. Le Mail"][0] == "—"
    assert "périmètre de 2015" in found["Le Mail"][1]
    assert found["Valclair"][0].startswith("20")
    older = client_for(contract).get(f"{BASE}indicateurs/revn.DISP_Q2/?millesime=p2021").content
    assert rows_of(older, "Médiane du revenu disponible, 2018")["2. Les Tilleuls"][0].startswith("13")
    assert "Valclair" not in rows_of(older, "Médiane du revenu disponible, 2018"), "2019 is not set beside 2018"


def test_the_fragment_of_the_list_is_the_page_reloaded(contract: Actor, client_for: Browser) -> None:
    browser, url = client_for(contract), f"{BASE}indicateurs/revn.TP60/?tri=-valeur"
    fragment = browser.get(url, headers={"HX-Request": "true"}).content.decode().strip()
    whole = " ".join(browser.get(url).content.decode().split())
    assert " ".join(fragment.split()) in whole


@pytest.mark.parametrize("path", ["", "indicateurs/revn.TP60/", "quartiers/QN99001N/", "fournisseurs/", "saisies/"])
def test_a_page_costs_as_many_questions_whatever_its_rows(contract: Actor, client_for: Browser, path: str) -> None:
    browser = client_for(contract)

    def cost() -> int:
        browser.get(BASE + path)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(BASE + path).status_code == 200
        return len(asked)

    before = cost()
    supplier = supplier_of(contract)
    for number in range(6):
        made = family(contract, supplier, f"Jeunes suivis {number}")
        for one in made.values():
            give(contract, one, {"QN99001N": 40, "QN99002N": 50})
    for year in (2017, 2018, 2020):
        load_series(person=None, name=f"revn_{year}.csv", content=INCOME.encode())
    assert cost() <= before + 1
    assert cost() <= 12


def test_a_target_stands_beside_its_indicator(contract: Actor, client_for: Browser) -> None:
    poverty = Indicator.objects.get(code="revn.TP60")
    set_target(actor=contract, indicator=poverty, target=35.5, target_year=2030, baseline=40, baseline_year=2019)
    page = " ".join(client_for(contract).get(f"{BASE}indicateurs/revn.TP60/").content.decode().split())
    assert "35,5 % en 2030 (départ : 40 en 2019)" in page


def test_what_does_not_exist_is_not_found(contract: Actor, stranger: Actor, client_for: Browser) -> None:
    mine = local(contract, supplier_of(contract), "Jeunes suivis")
    assert client_for(contract).get(f"{BASE}indicateurs/{mine.code}/").status_code == 200
    assert client_for(contract).get(f"{BASE}indicateurs/rien/").status_code == 404
    assert client_for(contract).get(f"{BASE}quartiers/QN00000X/").status_code == 404
    assert client_for(stranger).get(f"/autre-rive/observatoire/indicateurs/{mine.code}/").status_code == 404
    assert "Jeunes suivis" not in client_for(stranger).get("/autre-rive/observatoire/").content.decode()


def test_a_share_cannot_be_said_to_add_up(contract: Actor, client_for: Browser) -> None:
    supplier = supplier_of(contract)
    data: dict[str, Any] = {"name": "Part de sorties", "kind": "ratio", "unit": "%", "direction": "up",
                            "supplier": str(supplier.pk), "summable": "on"}  # fmt: skip
    answer = client_for(contract).post(f"{BASE}nouvel-indicateur/", data)
    assert answer.status_code == 422
    assert "Part de sorties" in answer.content.decode()
    assert not Indicator.objects.filter(space=contract.space).exists()
    data.pop("summable")
    assert client_for(contract).post(f"{BASE}nouvel-indicateur/", data).status_code == 302


def test_from_a_supplier_to_the_values_of_its_indicator_no_step_is_to_be_guessed(
    contract: Actor, client_for: Browser
) -> None:
    browser = client_for(contract)
    made = browser.post(f"{BASE}fournisseurs/nouveau/", {"name": "Bailleur", "dominance": 85})
    assert made.url == f"{BASE}nouvel-indicateur/"
    form = browser.get(made.url).content.decode()
    assert "Supplier" not in form
    assert "---" not in form
    sent = {"name": "Délai", "supplier": supplier_of(contract).pk, "kind": "median", "direction": "down"}
    page = browser.get(browser.post(made.url, sent).url).content.decode()
    asked = re.search(r'href="([^"]+saisies/demander/[^"]+)"', page)
    assert asked is not None
    assert " selected>Délai" in browser.get(asked[1]).content.decode()


def test_who_types_a_median_about_people_is_told_what_it_is_taken_on(contract: Actor, client_for: Browser) -> None:
    one = local(contract, supplier_of(contract), "Revenu médian", kind="median")
    browser = client_for(contract)
    owner = Membership.objects.get(space=contract.space, person_id=contract.person_id).pk
    sent = {"indicator": one.pk, "owner": owner, "year": 2024, "due_on": "2030-01-01"}
    page = browser.get(browser.post(f"{BASE}saisies/demander/", sent).url).content.decode()
    assert "Sans lui, la valeur reste masquée" in page


def test_a_chart_has_no_length_for_what_is_hidden() -> None:
    found = bars([("A", 10.0, "10", "here"), ("B", None, "moins de 11 personnes", "here"), ("C", -5.0, "−5", "other")])
    assert [one.style for one in found.bars] == ["here", "none", "other"]
    assert found.bars[1].width == "0.00"
    assert float(found.zero) == pytest.approx(60 / 3, abs=0.01)
    assert float(found.bars[2].x) == 0.0


def test_a_line_breaks_where_a_year_is_missing() -> None:
    found = line([(2017, 1.0, "a"), (2018, 2.0, "b"), (2019, None, "c"), (2020, 4.0, "d"), (2021, 4.0, "e")])
    assert found is not None
    assert len(found.paths) == 2
    assert [one.label for one in found.points] == ["a", "b", "d", "e"]
    assert line([(2017, 1.0, "a"), (2018, None, "b")]) is None


def test_shades_go_by_equal_steps_and_say_what_has_no_value() -> None:
    assert shades([0.0, 25.0, 50.0, 99.0, 100.0, None]) == ["1", "2", "3", "4", "4", "none"]
    assert shades([5.0, None, 5.0]) == ["3", "none", "3"]
    drawn = choropleth([("A", 1.0, None, (2.0, 44.0)), ("B", None, None, (2.001, 44.0)), ("C", 3.0, None, None)], str)
    assert drawn is not None
    assert [spot.number for spot in drawn.spots] == [1, 2]
    assert abs(drawn.spots[0].y - drawn.spots[1].y) >= 30 or abs(drawn.spots[0].x - drawn.spots[1].x) >= 30
    assert [step.shade for step in drawn.steps] == ["1", "4", "none"]
    assert choropleth([("A", 1.0, None, None)], str) is None


def test_numbers_of_the_page_are_written_in_french(contract: Actor, client_for: Browser) -> None:
    page = client_for(contract).get(f"{BASE}indicateurs/revn.DISP_Q2/").content.decode()
    drawn = re.findall(r'(?:cx|cy|width|height)="[^"]*,[^"]*"', page)
    assert drawn == [], "a coordinate with a comma draws nothing"
