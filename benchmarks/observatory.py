"""How fast published series are loaded, how long pages of figures take, what protecting linked tables costs.

    python benchmarks/observatory.py                              1.1 million values, on SQLite
    python benchmarks/observatory.py --database postgres://…      on an empty PostgreSQL database
    python benchmarks/observatory.py --quick                      the files of the demonstration

Beside each, in the same run: csv and a dictionary, which keep nothing and hide nothing; the bare question in SQL; the
threshold alone, which a subtraction undoes. Reads the files beside the checkout (../shared/data), each again under a
few earlier years until there are enough values; those of the demonstration where they are not there.
"""

import argparse
import csv
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _figures import DOC, machine, table, write_page

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
ENOUGH = 1_100_000
PAGES, BUDGET_MS = 30, 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    parser.add_argument("--quick", action="store_true", help="the files of the demonstration only")
    parser.add_argument("--output", type=Path, default=DOC, help="the page to write in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"COMPTOIR_DATA": data, "DJANGO_SETTINGS_MODULE": "comptoir.settings", "COMPTOIR_DEMO": "1"}
        if chosen.database:
            os.environ["COMPTOIR_DATABASE_URL"] = chosen.database
        import django

        django.setup()
        engine = "postgresql" if chosen.database else "sqlite"
        text = measure(chosen.quick or not SHARED.exists())
        title = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
        write_page(chosen.output, f"observatoire, {engine}", f"## Observatoire, sur {title}\n\n{text}")
        print(text)


def files(quick: bool) -> list[tuple[str, bytes]]:
    """Names and contents; the thematic files again, a year earlier each time, until there are enough values."""
    from comptoir.demo.build_observatory import DATA

    if quick:
        return [(path.name, path.read_bytes()) for path in sorted(DATA.iterdir())]
    thematic = [(path.name, path.read_bytes()) for path in sorted((SHARED / "qpv_2015_indicateurs").glob("*_20*.csv"))]
    found = [*thematic, *((p.name, p.read_bytes()) for p in sorted((SHARED / "territoires_indicateurs").glob("*.csv")))]
    cells, back = sum(text.count(b",") for _, text in found), 0
    while cells < ENOUGH:
        back += 6
        for name, text in thematic:
            if cells < ENOUGH:
                found.append((f"{name[:5]}{int(name[5:9]) - back}.csv", text + b"\n" * back))
                cells += text.count(b",")
    return found


def measure(quick: bool) -> str:
    from django.core.management import call_command
    from django.db import connection

    from comptoir.demo.build import build
    from comptoir.kit.french import number
    from comptoir.kit.static_files import collect_when_changed
    from comptoir.observatory.models import Value

    call_command("migrate", interactive=False, verbosity=0)
    collect_when_changed()
    space = build()
    named = files(quick)
    loaded, seconds, processor = load(named)
    plain, plain_seconds = by_hand(named)
    values = Value.objects.count()
    rows = [
        ["charger des fichiers publiés",
         f"{number(loaded)} valeurs, {seconds:.0f} s : {number(round(loaded / seconds))} valeurs/s "
         f"({number(round(loaded / processor))} par seconde de processeur)",
         f"csv et dictionnaire, rien de gardé ni de masqué : {number(round(plain / plain_seconds))} cases/s", ""],
    ]  # fmt: skip
    rows += pages(space)
    rows += disclosure()
    version = ".".join(str(part) for part in connection.get_database_version())
    head = (
        f"{machine()}, {connection.display_name} {version}. {number(values)} valeurs, {len(named)} fichiers. Les pages "
        "sont celles de l'espace de la démonstration ; médiane et 95e centile de "
        f"{PAGES} demandes l'une après l'autre, dans le processus."
    )  # fmt: skip
    return f"{head}\n\n{table(['quoi', 'mesure', 'à côté', 'budget'], rows)}"


def load(named: list[tuple[str, bytes]]) -> tuple[int, float, float]:
    from comptoir.observatory.actions import load_series
    from comptoir.observatory.models import Batch, Value

    for batch in Batch.objects.all():
        Value.objects.filter(batch=batch).delete()
    Batch.objects.all().delete()
    started, processor, count = time.perf_counter(), time.process_time(), 0
    for name, content in named:
        count += load_series(person=None, name=name, content=content).new
    return count, time.perf_counter() - started, time.process_time() - processor


def by_hand(named: list[tuple[str, bytes]]) -> tuple[int, float]:
    """The peer: the same cells in a dictionary, a float where it can be one."""
    started, kept = time.perf_counter(), {}
    for name, content in named:
        for row in csv.DictReader(io.StringIO(content.decode())):
            place = next(iter(row.values()))
            for column, cell in row.items():
                try:
                    kept[name, place, column] = float(cell)
                except (TypeError, ValueError):
                    kept[name, place, column] = None
    return len(kept), time.perf_counter() - started


def times(work: Callable[[], Any]) -> tuple[float, float, float]:
    """Milliseconds: the median, the 95th in a hundred, and the median of the processor alone."""
    work()
    found, processor = [], []
    for _ in range(PAGES):
        started, busy = time.perf_counter(), time.process_time()
        work()
        found.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - busy))
    return statistics.median(found), sorted(found)[int(0.95 * PAGES) - 1], statistics.median(processor)


def pages(space: Any) -> list[list[str]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from comptoir import wsgi  # noqa: F401  # read first, it sets the collector as it is set where pages are served
    from comptoir.accounts.models import Membership, Person
    from comptoir.observatory.models import Value

    person = Membership.objects.filter(space=space, role="project_lead").values_list("person", flat=True)[0]
    browser = Client()
    browser.force_login(Person.objects.get(pk=person))
    base = f"/{space.slug}/observatoire/"
    rows = []
    for what, path in (
        ("l'observatoire, tous les indicateurs", base),
        ("un indicateur dans tous les quartiers", f"{base}indicateurs/revn.DISP_Q2/"),
        ("un quartier, tous ses chiffres", f"{base}quartiers/QN08110M/"),
        ("le même, périmètre de 2015", f"{base}quartiers/QP081006/"),
    ):

        def ask(path: str = path) -> None:
            with override_settings(ALLOWED_HOSTS=["*"]):
                assert browser.get(path).status_code == 200

        half, late, busy = times(ask)
        with CaptureQueriesContext(connection) as asked:
            ask()
        rows.append(
            [
                what,
                f"{half:.0f} ms ({busy:.0f} de processeur), 95 % sous {late:.0f}, {len(asked)} requêtes",
                "",
                f"{BUDGET_MS} ms",
            ]
        )

    def bare() -> None:
        places = ("QP081006", "81004", "FR", "ENSEMBLE")
        list(
            Value.objects.filter(place__code__in=places, series__indicator__headline__gt=0)
            .values_list("series__indicator__code", "place__code", "released")
        )  # fmt: skip

    alone = times(bare)
    rows[-1][2] = f"la question seule, en SQL : {alone[0]:.0f} ms ({alone[2]:.0f} de processeur)"
    return rows


def disclosure() -> list[list[str]]:
    """A family of a whole year (all neighbourhoods, five breakdowns), and tables tied by a total of the territory."""
    from comptoir.analysis.disclosure import Rule
    from comptoir.kit.french import number
    from comptoir.observatory.drafts import Draft
    from comptoir.observatory.enums import Release
    from comptoir.observatory.families import Block, decide
    from comptoir.observatory.models import Series, Value
    from comptoir.observatory.releases import ground_of, settle

    found = []
    known = {
        one.pk: one
        for one in Series.objects.filter(indicator__family="ipro.ABC", published=2017).select_related(
            "indicator__supplier"
        )
    }
    values = list(Value.objects.filter(series__in=known))
    ground = ground_of(known, values, None)
    both = []
    for secondary in (True, False):
        started = time.process_time()
        settle(values, ground, secondary=secondary)
        both.append((time.process_time() - started, sum(v.release == Release.PROTECTS for v in values)))
    found.append([
        f"décider d'une année de demandeurs d'emploi ({number(len(values))} valeurs, "
        f"{number(len(ground.places))} territoires)",
        f"{both[0][0]:.1f} s de processeur, {both[0][1]} cases protègent",
        f"le seuil seul, qu'une soustraction défait : {both[1][0]:.1f} s", "",
    ])  # fmt: skip
    for many in (10, 30):
        drafts = linked(many, Draft)
        block = Block("tout", dict(drafts))
        started = time.process_time()
        decide([block], Rule(threshold=11), amounts=False)
        whole = time.process_time() - started
        hidden = sum(one.released is None for one in drafts.values())
        started = time.process_time()
        decide([block], Rule(threshold=11), amounts=False, secondary=False)
        alone = time.process_time() - started
        found.append([
            f"tables liées : {many} quartiers × sexe × âge, et leur total ({number(len(drafts))} cases)",
            f"{whole:.1f} s de processeur, {hidden} cases masquées", f"le seuil seul : {alone:.1f} s", "",
        ])  # fmt: skip
    return found


def linked(many: int, make: Any) -> dict[Any, Any]:
    """Counts by neighbourhood, sex and age, one in twelve small, with all their totals."""
    import random
    from uuid import UUID

    chance = random.Random(many)
    cells: dict[Any, int] = {}
    for place in range(many):
        for sex in ("F", "H"):
            for age in ("0-14", "15-24", "25-49", "50+"):
                number = chance.randint(1, 10) if chance.random() < 1 / 12 else chance.randint(20, 400)
                for where in (str(place), "tout"):
                    for parts in ((), (("sexe", sex),), (("âge", age),), (("sexe", sex), ("âge", age))):
                        key = where, tuple(sorted(parts))
                        cells[key] = cells.get(key, 0) + number
    nowhere = UUID(int=0)
    return {key: make(nowhere, nowhere, float(number), "") for key, number in cells.items()}


if __name__ == "__main__":
    main()
