"""Files, outlines, placing: docs/concepts/territories.md."""

import json
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comptoir.analysis.comparison.lineage import lineage
from comptoir.analysis.errors import InputError
from comptoir.analysis.territories import Locator, area_m2, middle, named_outlines, outline, read_official
from comptoir.analysis.territories.outlines import rings as plain_rings
from comptoir.analysis.territories.outlines import sketch, to_geojson

WEST, SOUTH = 2.1, 43.9
patient = settings(max_examples=60)


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def square(x: float, y: float, side: float = 0.01) -> Any:
    return outline(box(WEST + x, SOUTH + y, WEST + x + side, SOUTH + y + side))


def collection(*features: tuple[dict[str, Any], Any], **more: Any) -> bytes:
    found = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": found, **more}).encode()


def inside(ring: list[list[float]], x: float, y: float) -> bool:
    """Plain ray casting: how many sides does the half-line to the east cross?"""
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def by_hand(geometry: dict[str, Any], x: float, y: float) -> bool:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return any(inside(polygon[0], x, y) and not any(inside(hole, x, y) for hole in polygon[1:]) for polygon in polygons)


# Reading ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["code_qp;lib_qp;insee_com;lib_com", "CODE_QP;LIB_QP;INSEE_COM;LIB_COM", "QP;NOM_QP;COM;NOM_COM"]
)
@pytest.mark.parametrize("communes", ["93066;93072", "93066, 93072", "93066 / 93072"])
def test_the_columns_of_every_producer_are_known(header: str, communes: str) -> None:
    line = f'QN09335M;Pierre Sémard;"{communes}";"Saint-Denis, Stains"'
    [row] = read_official(f"{header}\n{line}\n".encode(), "liste.csv").neighbourhoods
    assert (row.code, row.name, row.generation) == ("QN09335M", "Pierre Sémard", 2024)
    assert row.communes == (("93066", "Saint-Denis"), ("93072", "Stains"))


def test_zeros_lost_by_a_spreadsheet_are_put_back() -> None:
    [row] = read_official(b"code_qp,lib_qp,insee_com,insee_dep\nQN00401M,Pigeonnier,4070,4\n", "a.csv").neighbourhoods
    assert (row.communes, row.department) == ((("04070", ""),), ("04", ""))


def test_the_files_of_insee_are_read_as_published() -> None:
    communes = read_official(
        b"TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT\nCOM,01001,84,01,L'Abergement,\nCOMD,93059,,,Pierrefitte,93066\n",
        "v.csv",
    )
    assert [(row.level.value, row.code, row.department, row.successor) for row in communes.areas] == [
        ("commune", "01001", "01", ""),
        ("former_commune", "93059", "", "93066"),
    ]
    assert read_official(b"DEP,REG,CHEFLIEU,LIBELLE\n01,84,01053,Ain\n", "d.csv").areas[0].level.value == "department"
    assert read_official(b"REG,CHEFLIEU,LIBELLE\n84,69123,Auvergne\n", "r.csv").areas[0].level.value == "region"
    [epci] = read_official(b"EPCI,LIBEPCI,NATURE_EPCI\n200069193,CC de la Dombes,CC\n", "e.csv").areas
    assert (epci.level.value, epci.code, epci.name) == ("epci", "200069193", "CC de la Dombes")


def test_codes_that_are_not_unique_are_left_out_and_told() -> None:
    data = collection(
        ({"code_qp": "QV999900", "nom_qp": "Un"}, box(2, 48, 2.1, 48.1)),
        ({"code_qp": "QV999900", "nom_qp": "Deux"}, box(2, 48, 2.1, 48.1)),
        ({"code_qp": "QP075010", "nom_qp": "Trois", "nature": "NQPV"}, box(2, 48, 2.1, 48.1)),
        ({"code_qp": "n'importe", "nom_qp": "Quatre"}, None),
    )
    read = read_official(data, "qp.geojson")
    assert [(row.code, row.generation) for row in read.neighbourhoods] == [("QP075010", 2015)]
    assert any("élément 1, élément 2 : quartier en veille active" in remark for remark in read.remarks)
    assert any("n'est pas un code de quartier" in remark for remark in read.remarks)


def test_a_code_met_twice_has_its_outlines_together() -> None:
    parts = (box(2.1, 43.9, 2.11, 43.91), box(2.2, 43.9, 2.21, 43.91))
    read = read_official(collection(*(({"code_qp": "QN08106M", "lib_qp": "Ici"}, part) for part in parts)), "a.geojson")
    [row] = read.neighbourhoods
    assert row.outline is not None
    assert area_m2(row.outline) == pytest.approx(sum(area_m2(outline(part)) for part in parts), rel=1e-6)
    assert read.remarks == ["QN08106M : présent plusieurs fois ; ses contours sont réunis."]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (collection(({"code_qp": "QN08106M"}, box(650000, 6300000, 650900, 6300900))), "WGS84 (EPSG:4326)"),
        (
            collection(
                ({"code_qp": "QN08106M"}, box(2.1, 43.9, 2.2, 44)),
                crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
            ),
            "autre projection",
        ),
        (collection(({"code_qp": "QN08106M"}, box(43.9, 2.1, 44, 2.2))), "inversées"),
        (collection(({"code_qp": "QN08106M"}, {"type": "LineString", "coordinates": [[2, 43], [2, 44]]})), "polygone"),
        (collection(({"code_qp": "QN08106M"}, {"type": "Polygon", "coordinates": [[["a", 1]]]})), "mal écrit"),
        (collection(({"SQUARTMNO": "HOS", "LIBSQUART": "Plan"}, box(2.1, 43.9, 2.2, 44))), "ne sont pas connues"),
        (collection(({"code_iris": "751010101", "insee_com": "75101"}, box(2.1, 48, 2.2, 48.1))), "IRIS"),
        (collection(), "aucune ligne"),
        (b'{"type":"FeatureCollection","features":[{"type"', "coupé"),
        (b'{"type":"Topology"}', "n'est pas du GeoJSON"),
        (b"bonjour\n", "en-têtes"),
        ("prénom,âge\nAma,3\n".encode(), "en-têtes"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_official(data, "fichier.geojson")
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("fichier.geojson")


def test_degrees_named_in_an_old_way_are_degrees() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    data = collection(({"code_qp": "QN08106M"}, box(2.1, 43.9, 2.2, 44)), crs=crs)
    assert read_official(data, "a.geojson").count == 1


def test_outlines_for_local_areas_have_a_name() -> None:
    data = collection(({"id": "7", "LIBQUART": "Les Aubes"}, box(2.1, 43.9, 2.2, 44)))
    keys, found = named_outlines(data, "a.geojson")
    assert (keys, found[0][0]) == (["LIBQUART", "id"], "Les Aubes")
    assert named_outlines(data, "a.geojson", "id")[1][0][0] == "7"
    assert len(named_outlines(json.dumps(box(2.1, 43.9, 2.2, 44)).encode(), "")[1]) == 1


# Outlines -----------------------------------------------------------------------------------------------------------


def test_an_outline_that_crosses_itself_is_repaired() -> None:
    bow = [[2.1, 43.9], [2.12, 43.92], [2.12, 43.9], [2.1, 43.92], [2.1, 43.9]]
    repaired = outline({"type": "Polygon", "coordinates": [bow]})
    assert repaired.is_valid
    half = area_m2(outline(box(2.1, 43.9, 2.12, 43.92))) / 2
    assert area_m2(repaired) == pytest.approx(half, rel=1e-3)


def test_the_area_is_that_of_the_ellipsoid() -> None:
    """A degree by a degree at 45° north: 8,762 km² in published tables; the whole earth: 510,065,622 km²."""
    assert area_m2(outline(box(2, 44.5, 3, 45.5))) / 1e6 == pytest.approx(8762, rel=1e-3)
    assert area_m2(shapely.box(-180, -90, 180, 90)) / 1e6 == pytest.approx(510_065_622, rel=1e-6)


def test_a_sketch_is_light_and_stays_where_it_was() -> None:
    round_one = shapely.Point(2.1, 43.9).buffer(0.01, quad_segs=200)
    drawn = sketch(round_one, tolerance_m=25)
    assert len(drawn["coordinates"][0]) < 60
    assert area_m2(outline(drawn)) == pytest.approx(area_m2(round_one), rel=0.03)


# Placing ------------------------------------------------------------------------------------------------------------

rings = st.lists(st.tuples(st.floats(0, 0.02), st.floats(0, 0.02)), min_size=3, max_size=12, unique=True).map(
    lambda found: [[round(WEST + x, 4), round(SOUTH + y, 4)] for x, y in found]
)
points = st.lists(st.tuples(st.floats(WEST, WEST + 0.02), st.floats(SOUTH, SOUTH + 0.02)), min_size=1, max_size=30)


@patient
@given(st.lists(rings, min_size=1, max_size=5), points)
def test_a_point_is_placed_as_by_hand(drawn: list[list[list[float]]], asked: list[tuple[float, float]]) -> None:
    shapes = {}
    for number, ring in enumerate(drawn):
        hull = shapely.MultiPoint(ring).convex_hull
        assume(hull.geom_type == "Polygon" and hull.area > 1e-8)
        shapes[f"Q{number}"] = outline(to_geojson(hull))
    geometries = {code: to_geojson(shape) for code, shape in shapes.items()}
    found = Locator(shapes).all_at(asked)
    for (x, y), code in zip(asked, found, strict=True):
        if min(shapely.distance(shape.boundary, shapely.Point(x, y)) for shape in shapes.values()) < 1e-9:
            continue  # on an outline the half-line may count a corner twice
        expected = next((one for one in sorted(geometries) if by_hand(geometries[one], x, y)), None)
        assert code == expected


def test_a_point_on_the_outline_is_inside_and_of_two_the_first_code_wins() -> None:
    locator = Locator({"QN2": square(0, 0), "QN1": square(0.01, 0)})
    assert locator.at(WEST + 0.01, SOUTH + 0.005) == "QN1"
    assert locator.at(WEST, SOUTH) == "QN2"
    assert locator.at(WEST - 0.001, SOUTH) is None
    assert Locator({}).all_at([(1, 1)]) == [None]


@patient
@given(rings)
def test_the_middle_of_an_outline_is_inside(ring: list[list[float]]) -> None:
    hull = shapely.MultiPoint(ring).convex_hull
    assume(hull.geom_type == "Polygon" and hull.area > 1e-7)
    assert Locator({"Q": hull}).at(*middle(hull)) == "Q"


# Lineage ------------------------------------------------------------------------------------------------------------


@patient
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4)), min_size=1, max_size=4))
def test_outlines_are_handed_over_to_the_lineage_whole(found: list[tuple[int, int, int]]) -> None:
    """docs/concepts/comparison.md: shares measured there are those of the areas measured here."""
    shapes = {f"N{n}": square(x / 200, y / 200, side / 200) for n, (x, y, side) in enumerate(found)}
    plain = {code: plain_rings(shape) for code, shape in shapes.items()}
    for link in lineage(plain, plain, precision=0).links:
        shared = area_m2(shapely.intersection(shapes[link.old], shapes[link.new]))
        assert link.of_old == pytest.approx(shared / area_m2(shapes[link.old]), abs=2e-3)
        assert link.of_new == pytest.approx(shared / area_m2(shapes[link.new]), abs=2e-3)
        assert link.old != link.new or link.common == pytest.approx(1)
