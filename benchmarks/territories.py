"""How long the national files take to load, how fast points are placed, how heavy the map of the country is.

    python benchmarks/territories.py                              on SQLite
    python benchmarks/territories.py --database postgres://…      on an empty PostgreSQL database
    python benchmarks/territories.py --quick                    the region of the demonstration

Beside each, in the same run: a plain loop over outlines (ray casting) for points; published outlines for the map.
Reads the files beside the checkout (../shared/data), or the region of the demonstration where they are not there.
"""

import argparse
import gzip
import json
import os
import platform
import random
import re
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "benchmarks.md"
SHARED = ROOT.parent / "shared" / "data"
BUDGET_SECONDS, BUDGET_MAP = 60, 400 * 1024
POINTS, BY_HAND = 20_000, 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    parser.add_argument("--quick", action="store_true", help="the region of the demonstration only")
    parser.add_argument("--output", type=Path, default=DOC, help="the page to write in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"COMPTOIR_DATA": data, "DJANGO_SETTINGS_MODULE": "comptoir.settings"}
        if chosen.database:
            os.environ["COMPTOIR_DATABASE_URL"] = chosen.database
        import django

        django.setup()
        table = measure(chosen.quick or not SHARED.exists())
        engine = "postgresql" if chosen.database else "sqlite"
        write(chosen.output, engine, table)
        print(table)


def files(quick: bool) -> list[Path]:
    from comptoir.demo.build_territories import DATA

    if quick:
        return sorted(DATA.iterdir())
    found = [*sorted((SHARED / "cog").glob("*.csv")), *sorted((SHARED / "qpv_2024").glob("qpv*"))]
    found += sorted((SHARED / "qpv_2015_contours").glob("*.geojson"))
    return [*found, *(SHARED / "fond_de_carte" / f"{name}.geojson" for name in ("regions", "departements"))]


def measure(quick: bool) -> str:
    from django.core.management import call_command
    from django.db import connection

    from comptoir.kit.french import number
    from comptoir.territories.models import Area, NeighbourhoodOutline, PriorityNeighbourhood

    call_command("migrate", interactive=False, verbosity=0)
    paths = files(quick)
    first, again = load(paths), load(paths)
    rows = dict(NeighbourhoodOutline.objects.filter(neighbourhood__generation=2024).order_by("pk").values_list(
        "neighbourhood__code", "geometry"
    ))  # fmt: skip
    tree, single, loop = points(rows)
    national, ground, published = weights(rows)
    version = ".".join(str(part) for part in connection.get_database_version())
    known = f"{number(Area.objects.count())} communes, EPCI, départements et régions"
    known += f", {number(PriorityNeighbourhood.objects.count())} quartiers de 2015 et 2024 avec leur contour"
    times = number(round(tree / loop))
    cells = (
        ("charger tous les fichiers", f"{over(first, BUDGET_SECONDS):.1f} s",
         f"de nouveau, rien à changer : {again:.1f} s", f"{BUDGET_SECONDS} s"),
        ("placer des points, par l'arbre", f"{number(round(tree))} points/s",
         f"boucle sur tous les contours : {number(round(loop))} points/s, {times} fois moins", ""),
        ("placer un point, par la base", f"{number(round(single))} points/s", "", ""),
        ("carte du pays, compressée : quartiers", f"{national / 1024:.0f} Ko",
         f"contours tels que publiés : {published / 1024:.0f} Ko", ""),
        ("carte du pays, avec les départements", f"{over(national + ground, BUDGET_MAP) / 1024:.0f} Ko", "",
         f"{BUDGET_MAP // 1024} Ko"),
    )  # fmt: skip
    head = (
        f"{date.today():%d/%m/%Y}, {os.cpu_count()} cœurs, {platform.system()}, Python {platform.python_version()}, "
        f"{connection.display_name} {version}, charge de la machine {os.getloadavg()[0]:.1f}. "
        f"{len(paths)} fichiers : {known}."
    )
    lines = [" | ".join(row) for row in (("quoi", "mesure", "à côté", "budget"), ("---",) * 4, *cells)]
    return "\n".join([head, "", *(f"| {line} |" for line in lines)])


def over(value: float, budget: float) -> float:
    if value > budget:
        print(f"OVER BUDGET: {value:.1f} > {budget}", file=sys.stderr)
    return value


def load(paths: list[Path]) -> float:
    from comptoir.territories.actions import load_official
    from comptoir.territories.loading import read_files

    started = time.perf_counter()
    load_official(person=None, sources=read_files((path.name, path.read_bytes()) for path in paths))
    return time.perf_counter() - started


def points(rows: dict[str, Any]) -> tuple[float, float, float]:
    """Points a second: by the tree, by the database one at a time, by a plain loop. All must agree."""
    from comptoir.territories.placing import codes_at, neighbourhood_at

    chance = random.Random(2024)
    boxes = [extent(geometry) for geometry in rows.values()]
    asked = []
    for _ in range(POINTS):
        west, south, east, north = chance.choice(boxes)
        asked.append((chance.uniform(west, east), chance.uniform(south, north)))
    codes_at(asked[:1])  # the tree is made once for a process
    started = time.perf_counter()
    found = codes_at(asked)
    tree = POINTS / (time.perf_counter() - started)
    started = time.perf_counter()
    singles = [neighbourhood_at(*point) for point in asked[:300]]
    single = 300 / (time.perf_counter() - started)
    started = time.perf_counter()
    loop = [next((code for code in sorted(rows) if by_hand(rows[code], *point)), None) for point in asked[:BY_HAND]]
    plain = BY_HAND / (time.perf_counter() - started)
    assert loop == found[:BY_HAND], "the plain loop places a point elsewhere"
    assert [one.code if one else None for one in singles] == found[:300]
    return tree, single, plain


def extent(geometry: Any) -> tuple[float, float, float, float]:
    flat = [point for ring in rings(geometry) for point in ring]
    xs, ys = [p[0] for p in flat], [p[1] for p in flat]
    return min(xs), min(ys), max(xs), max(ys)


def rings(geometry: Any) -> list[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def by_hand(geometry: Any, x: float, y: float) -> bool:
    """Even-odd ray casting: the peer, and a check."""
    crossed = False
    for ring in rings(geometry):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed = not crossed
    return crossed


def weights(rows: dict[str, Any]) -> tuple[int, int, int]:
    """Compressed bytes: what the map asks for twice, and the outlines as published."""
    from django.test import RequestFactory

    from comptoir.territories import maps
    from comptoir.territories.listing import Wanted

    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    whole = json.dumps(list(rows.values()), separators=(",", ":")).encode()
    return (
        len(maps.national(request, Wanted()).content),
        len(maps.background(request).content),
        len(gzip.compress(whole, 9)),
    )


def write(doc: Path, engine: str, table: str) -> None:
    """Between its own markers of the page."""
    opening, closing = f"<!-- mesures : territoires, {engine} -->", f"<!-- fin : territoires, {engine} -->"
    title = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
    block = f"{opening}\n## Territoires, sur {title}\n\n{table}\n{closing}"
    page = doc.read_text("utf-8")
    pattern = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.S)
    page = pattern.sub(lambda _: block, page) if pattern.search(page) else f"{page.rstrip()}\n\n{block}\n"
    doc.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
