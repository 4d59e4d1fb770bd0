"""Official files: loaded once, in any order, changed when they change. docs/concepts/territories.md."""

import json
import random
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from comptoir.accounts.actions import give_instance_role
from comptoir.accounts.enums import InstanceRoleKind
from comptoir.accounts.models import Actor, Person
from comptoir.audit.models import Entry
from comptoir.demo.build_territories import DATA
from comptoir.kit.errors import Refused
from comptoir.territories.actions import load_official
from comptoir.territories.loading import Loading, read_files
from comptoir.territories.models import (
    Area,
    NeighbourhoodOutline,
    OfficialSource,
    PerimeterLineage,
    PriorityNeighbourhood,
)
from comptoir.territories.placing import codes_at, neighbourhood_at, neighbourhoods_at

SHARED = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.django_db
SQUARE = [[[2.1, 43.9], [2.2, 43.9], [2.2, 44.0], [2.1, 44.0], [2.1, 43.9]]]


def load(**files: str) -> Loading:
    named = ((name.replace("_csv", ".csv").replace("_json", ".geojson"), text.encode()) for name, text in files.items())
    return load_official(person=None, sources=read_files(named))


def geojson(ring: Any = SQUARE, **properties: str) -> str:
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": ring}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def counts() -> dict[str, int]:
    models = (Area, PriorityNeighbourhood, NeighbourhoodOutline, PerimeterLineage, OfficialSource)
    return {model.__name__: model.objects.count() for model in models}


def load_demo() -> Loading:
    return load_official(
        person=None, sources=read_files((path.name, path.read_bytes()) for path in sorted(DATA.iterdir()))
    )


def test_the_region_of_the_demonstration_loads_once() -> None:
    first = load_demo()
    found = counts()
    assert (found["PriorityNeighbourhood"], found["OfficialSource"]) == (213, 9)
    entries = Entry.objects.filter(action="territories.load").count()
    identities = set(PriorityNeighbourhood.objects.values_list("pk", flat=True).order_by("pk"))
    again = load_demo()
    assert (first.idle, again.idle) == (False, True)
    assert counts() == found
    assert set(PriorityNeighbourhood.objects.values_list("pk", flat=True).order_by("pk")) == identities
    assert Entry.objects.filter(action="territories.load").count() == entries == 1
    assert all(count.new == count.changed == 0 for count in again.counts)


def test_what_a_neighbourhood_is_made_of() -> None:
    load_demo()
    cantepau = PriorityNeighbourhood.objects.get(code="QN08106M")
    assert [commune.name for commune in cantepau.communes.all()] == ["Albi"]
    assert cantepau.epci is not None
    assert cantepau.department is not None
    assert cantepau.region is not None
    assert (cantepau.epci.name, cantepau.department.name, cantepau.region.name) == (
        "CA de l'Albigeois (C2A)",
        "Tarn",
        "Occitanie",
    )
    assert (cantepau.published_contract, cantepau.surface_km2) == ("CN08102I", 0.2911)
    [former] = cantepau.ancestors.all()
    assert (former.former.code, former.relation) == ("QP081006", "enlarged")
    assert former.share_of_former > 0.95
    assert 0.6 < former.share_of_latter < 0.7
    assert PriorityNeighbourhood.objects.filter(generation=2015, communes=None).count() == 0


def test_a_changed_line_is_changed_and_nothing_else() -> None:
    load(qp_csv="code_qp;lib_qp;insee_com;lib_com\nQN08106M;Cantepau;81004;Albi\nQN08107M;Veyrières;81004;Albi\n")
    before = {one.code: one for one in PriorityNeighbourhood.objects.all()}
    done = load(qp_csv="code_qp;lib_qp;insee_com;lib_com\nQN08106M;Cantepau Nord;81004;Albi\nQN08107M;;;\n")
    [count] = [count for count in done.counts if count.label == "Quartier prioritaire"]
    assert (count.new, count.changed, count.same) == (0, 1, 1)
    after = {one.code: one for one in PriorityNeighbourhood.objects.all()}
    assert (after["QN08106M"].name, after["QN08106M"].search) == ("Cantepau Nord", "cantepau nord")
    assert after["QN08106M"].pk == before["QN08106M"].pk
    assert after["QN08107M"].name == "Veyrières"
    assert after["QN08107M"].changed_at == before["QN08107M"].changed_at


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_neighbourhood_of_a_merged_commune_is_in_the_one_of_today(order: str) -> None:
    cog = {
        "communes_csv": "code,nom,type,departement,region\n93066,Saint-Denis,commune-actuelle,93,11\n",
        "anciennes_csv": "code,nom,type,commune_actuelle\n93059,Pierrefitte-sur-Seine,commune-deleguee,93066\n",
    }
    listed = {"qp_csv": "code_qp,lib_qp,insee_com,lib_com\nQN09336I,Les Poètes,93059,Pierrefitte-sur-Seine\n"}
    for files in (cog, listed) if order == "before" else (listed, cog):
        load(**files)
    [commune] = PriorityNeighbourhood.objects.get(code="QN09336I").communes.all()
    assert commune.code == "93066"


def test_files_load_in_any_order_and_alone() -> None:
    load(qp_csv="code_qp;insee_com;lib_com;insee_dep\nQN08106M;81004;Albi;81\n")
    assert Area.objects.get(kind="department").name == "81"
    load(departements_csv="code,nom,region,chef_lieu\n81,Tarn,76,81004\n")
    load(communes_csv="code,nom,type,departement,region,siren_epci\n81004,Albi,commune-actuelle,81,76,248100737\n")
    load(regions_csv="code,nom,chef_lieu\n76,Occitanie,31555\n")
    one = PriorityNeighbourhood.objects.get(code="QN08106M")
    assert one.department is not None
    assert one.region is not None
    assert one.epci is not None
    assert (one.department.name, one.region.name, one.epci.code) == ("Tarn", "Occitanie", "248100737")


def test_a_new_outline_traces_the_lineage_anew() -> None:
    load(old_json=geojson(code_qp="QP081006", nom_qp="Cantepau", code_commune="81004", nom_commune="Albi"))
    load(new_json=geojson(code_qp="QN08106M", lib_qp="Cantepau", insee_com="81004", lib_com="Albi"))
    assert [(round(link.share_of_former, 6), link.relation) for link in PerimeterLineage.objects.all()] == [
        (1.0, "same")
    ]
    wider = [[[2.0, 43.9], [2.2, 43.9], [2.2, 44.0], [2.0, 44.0], [2.0, 43.9]]]
    load(new_json=geojson(wider, code_qp="QN08106M", lib_qp="Cantepau"))
    [link] = PerimeterLineage.objects.all()
    assert (round(link.share_of_former, 6), round(link.share_of_latter, 3), link.relation) == (1.0, 0.5, "enlarged")


def test_a_point_is_found_by_one_question_or_by_the_tree() -> None:
    load_demo()
    cantepau = PriorityNeighbourhood.objects.get(code="QN08106M")
    assert cantepau.longitude is not None
    assert cantepau.latitude is not None
    here = (cantepau.longitude, cantepau.latitude)
    assert neighbourhood_at(*here) == cantepau
    assert neighbourhoods_at([here, (0.0, 0.0)]) == [cantepau, None]
    former = neighbourhood_at(*here, generation=2015)
    assert former is None or former.code.startswith("QP")
    assert neighbourhood_at(0, 0) is None


def test_the_tree_is_made_again_when_the_list_has_changed() -> None:
    load(a_json=geojson(code_qp="QN08106M", lib_qp="Ici"))
    assert codes_at([(2.15, 43.95), (2.25, 43.95)]) == ["QN08106M", None]
    wider = [[[2.1, 43.9], [2.3, 43.9], [2.3, 44.0], [2.1, 44.0], [2.1, 43.9]]]
    load(a_json=geojson(wider, code_qp="QN08106M", lib_qp="Ici"))
    assert codes_at([(2.15, 43.95), (2.25, 43.95)]) == ["QN08106M", "QN08106M"]


def test_the_command_says_what_it_did_and_refuses_in_one_sentence(tmp_path: Path, capsys: Any) -> None:
    good = tmp_path / "liste.csv"
    good.write_text("code_qp;lib_qp\nQN08106M;Cantepau\n", encoding="utf-8")
    call_command("territories", str(good))
    assert "1 nouveaux" in capsys.readouterr().out
    call_command("territories", str(tmp_path))
    assert "Rien à changer" in capsys.readouterr().out
    for bad, sentence in ((tmp_path / "absent.csv", "n'existe pas"), (tmp_path / "vide", "n'a aucun fichier")):
        (tmp_path / "vide").mkdir(exist_ok=True)
        with pytest.raises(CommandError, match=sentence) as refused:
            call_command("territories", str(bad))
        assert refused.value.returncode == 2
    (tmp_path / "lambert.geojson").write_text(
        geojson([[[6e5, 6e6], [7e5, 6e6], [7e5, 7e6], [6e5, 6e6]]], code_qp="QN1")
    )
    with pytest.raises(CommandError, match=r"WGS84 \(EPSG:4326\)"):
        call_command("territories", str(tmp_path / "lambert.geojson"))


def test_only_the_host_loads(lead: Actor, stranger: Actor) -> None:
    sources = read_files([("a.csv", b"code_qp;lib_qp\nQN08106M;Cantepau\n")])
    with pytest.raises(Refused):
        load_official(person=Person.objects.get(pk=lead.person_id), sources=sources)
    host = Person.objects.get(pk=stranger.person_id)
    give_instance_role(person=host, kind=InstanceRoleKind.HOST)
    load_official(person=host, sources=sources)
    entry = Entry.objects.get(action="territories.load")
    assert (entry.space, entry.actor_id, entry.details["new"]) == (None, host.pk, 1)


# The proof on real matter --------------------------------------------------------------------------------------------


def by_hand(geometry: dict[str, Any], x: float, y: float) -> bool:
    """Plain ray casting, even-odd over all rings: the independent computation."""
    crossed = False
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed = not crossed
    return crossed


@pytest.mark.slow
def test_the_national_files_load_twice_without_doubling_and_place_points_as_by_hand() -> None:
    if not SHARED.exists():
        pytest.skip("the national files are not beside this checkout (../shared/data)")
    paths = [*sorted((SHARED / "cog").glob("*.csv")), *sorted((SHARED / "qpv_2024").glob("qpv*"))]
    paths += [*(SHARED / "qpv_2015_contours").glob("*.geojson")]
    paths += [SHARED / "fond_de_carte" / f"{name}.geojson" for name in ("regions", "departements")]
    said: list[tuple[str, int, int]] = []
    sources = read_files((path.name, path.read_bytes()) for path in paths)
    load_official(person=None, sources=sources, report=lambda *told: said.append(told))
    assert {what for what, _, _ in said} >= {"Lecture", "Communes et intercommunalités", "Quartiers", "Contours"}
    found = counts()
    published = PriorityNeighbourhood.objects.of(2024)
    assert published.count() == NeighbourhoodOutline.objects.filter(neighbourhood__generation=2024).count() == 1090
    assert PriorityNeighbourhood.objects.of(2015).count() == 105 + 166
    assert Area.objects.filter(kind="commune").exclude(population=None).count() > 34_900
    assert published.filter(communes=None).count() == 0
    [merged] = PriorityNeighbourhood.objects.get(code="QN09336I").communes.all()
    assert merged.code == "93066"
    assert load_official(person=None, sources=read_files((p.name, p.read_bytes()) for p in paths)).idle
    assert counts() == found
    _points_are_placed_as_by_hand(paths)


def _points_are_placed_as_by_hand(paths: list[Path]) -> None:
    """Points near each of many neighbourhoods, in the published geometries themselves, not in what we have stored."""
    features = [
        (feature["properties"]["code_qp"], feature["geometry"])
        for path in paths
        if path.name.startswith("qpv_2024_reg")
        for feature in json.loads(path.read_text("utf-8"))["features"]
    ]
    boxes = []
    for code, geometry in features:
        flat = [point for polygon in geometry["coordinates"] for ring in polygon for point in ring]
        xs, ys = [p[0] for p in flat], [p[1] for p in flat]
        boxes.append((code, geometry, min(xs), max(xs), min(ys), max(ys)))
    chance = random.Random(int(time.time()) // 86_400)  # another sample each day, the same all day
    asked = []
    for _ in range(1000):
        _, _, west, east, south, north = chance.choice(boxes)
        asked.append((chance.uniform(west, east), chance.uniform(south, north)))
    expected = [
        {code for code, shape, w, e, s, n in boxes if w <= x <= e and s <= y <= n and by_hand(shape, x, y)}
        for x, y in asked
    ]
    found = codes_at(asked)
    assert sum(bool(codes) for codes in expected) > 300
    assert [code for code, codes in zip(found, expected, strict=True) if (code in codes) != bool(codes)] == []
    for (x, y), code in list(zip(asked, found, strict=True))[:40]:
        one = neighbourhood_at(x, y)
        assert (one.code if one else None) == code
