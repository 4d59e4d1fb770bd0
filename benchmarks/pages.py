"""How fast, how heavy and how many queries: every page of the house on a full space, beside the floor of the stack.

    python benchmarks/pages.py                 10,000 notes in one comptoir, 200,000 in the space, on SQLite
    python benchmarks/pages.py --database postgres://user@host/name     the same on an empty PostgreSQL database
    python benchmarks/pages.py --quick         a small space, for a first look
    python benchmarks/pages.py --processor     no server: the processor alone, in the process, on a busy machine

The real server, on the loopback, answers someone signed in as project lead. In turn with each page, the same server
answers the peer: a bare Django page (see _floor.py). The tables are written in docs/benchmarks.md.
"""

import argparse
import hashlib
import os
import platform
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from _client import Pace, Server, Visit, Weight, fire, free_port, serving, weigh

if TYPE_CHECKING:
    from comptoir.accounts.models import Actor
    from comptoir.workshops.models import Workshop

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "benchmarks.md"
CONNECTIONS = (1, 8)
OPEN_RATE = 40
MOST_QUERIES, MOST_MS, MOST_BYTES, MOST_REQUESTS = 12, 100, 100_000, 10
WORKERS, THREADS = 2, 4  # as docs/deploy/install.md serves it


@dataclass(frozen=True, slots=True)
class Measured:
    """A page beside the floor of the same turn."""

    label: str
    queries: int
    one: Pace
    eight: Pace
    floor: Pace
    weight: Weight | None

    def cells(self) -> list[str]:
        """The row of the table; what is over budget is in bold."""
        row = [
            self.label,
            _over(self.queries, MOST_QUERIES),
            f"{self.one.rate:.0f}",
            f"{self.one.p50:.0f}",
            _over(self.one.p95, MOST_MS),
            f"{self.eight.rate:.0f}",
            f"{self.eight.p50:.0f}",
            f"{self.eight.p95:.0f}",
            f"{self.one.cpu:.0f}",
            f"{self.one.p50 / self.floor.p50:.1f}",
        ]
        if self.weight is None:
            return [*row, "", "", "", ""]
        weight = self.weight
        return [
            *row,
            f"{weight.plain / 1000:.0f}",
            f"{weight.page / 1000:.0f}",
            _over(weight.whole, MOST_BYTES, 1000),
            _over(weight.requests, MOST_REQUESTS),
        ]


HEAD = (
    "page", "requêtes SQL", "1 conn. : req/s", "p50 ms", "p95 ms", "8 conn. : req/s", "p50 ms", "p95 ms",
    "CPU ms", "× plancher", "HTML Ko", "transmis Ko", "tout Ko", "requêtes",
)  # fmt: skip
WORK = ("travail", "secondes", "secondes de processeur")


def _over(value: float, most: float, unit: float = 1) -> str:
    return f"**{value / unit:.0f}**" if value > most else f"{value / unit:.0f}"


def table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (list(head), ["---"] * len(head), *rows))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="", help="postgres://… (an empty database); SQLite otherwise")
    parser.add_argument("--data", type=Path, help="folder kept from one run to the next")
    parser.add_argument("--quick", action="store_true", help="500 notes of 2,000, few requests")
    parser.add_argument("--notes", type=int, help="notes in the big comptoir")
    parser.add_argument("--total", type=int, help="notes in the space")
    parser.add_argument("--commitments", type=int, help="commitments in the instance, 600 in the contract measured")
    parser.add_argument("--processor", action="store_true", help="processor time and queries only, nothing written")
    parser.add_argument("--requests", type=int, help="requests a page, at most")
    parser.add_argument("--seconds", type=float, default=8.0, help="seconds a page, at most")
    parser.add_argument("--only", default="", help="pages whose name holds these words")
    parser.add_argument(
        "--output", default="", help=f"page to write in (by default {DOC.relative_to(ROOT)}, unless --quick)"
    )
    chosen = parser.parse_args()
    chosen.notes = chosen.notes or (500 if chosen.quick else 10_000)
    chosen.total = max(chosen.notes, chosen.total or (2_000 if chosen.quick else 200_000))
    chosen.commitments = chosen.commitments or (5_000 if chosen.quick else 100_000)
    chosen.requests = chosen.requests or (10 if chosen.quick else 60)
    if not chosen.output and not (chosen.quick or chosen.only or chosen.processor):
        chosen.output = str(DOC)
    return chosen


@contextmanager
def house(chosen: argparse.Namespace) -> Iterator[Path]:
    """Django set up on a data folder of its own; ended, the folder goes unless it was asked for."""
    kept = chosen.data or (Path(os.environ["COMPTOIR_DATA"]) / "pages" if "COMPTOIR_DATA" in os.environ else None)
    with tempfile.TemporaryDirectory() as passing:
        data = _folder(kept, f"{chosen.notes}-{chosen.total}-{chosen.commitments}") if kept else Path(passing)
        os.environ["COMPTOIR_DATA"] = str(data)
        os.environ["DJANGO_SETTINGS_MODULE"] = "comptoir.settings"
        if chosen.database:
            os.environ["COMPTOIR_DATABASE_URL"] = chosen.database
        else:
            os.environ.pop("COMPTOIR_DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield data


def _folder(kept: Path, sizes: str) -> Path:
    """Where a space of these sizes is kept, as long as the tables do not change: those of before go."""
    digest = hashlib.sha256()
    for migration in sorted((ROOT / "src").glob("comptoir/*/migrations/*.py")):
        digest.update(migration.read_bytes())
    folder = (kept / f"{sizes}-{digest.hexdigest()[:8]}").resolve()
    for former in kept.glob(f"{sizes}-*"):
        if former.resolve() != folder:
            shutil.rmtree(former)
    return folder


def signed_in(actor: "Actor") -> dict[str, str]:
    """Headers of a browser that has signed in as the project lead, its token included."""
    from django.test import Client

    from comptoir.accounts.models import Person

    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    token = secrets.token_hex(16)
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", "X-CSRFToken": token}


def big_workshop(actor: "Actor") -> "Workshop":
    """The last that was held."""
    from comptoir.workshops.models import Workshop

    return Workshop.objects.filter(space=actor.space).order_by("-held_on")[0]


def visits(actor: "Actor", signed: dict[str, str]) -> list[Visit]:
    """The pages that exist, then the two writings of a room, as a browser asks for them."""
    from django.db.models import Count
    from django.urls import reverse

    from comptoir.voices.models import Statement, Verbatim

    slug, workshop = actor.space.slug, big_workshop(actor)
    occasion = workshop.comptoirs.get().occasion
    heading = occasion.headings.get(position=0)
    lines = Statement.objects.roots().filter(heading=heading).annotate(under=Count("gathered")).order_by("-under", "pk")
    line = lines[0]
    tallied = Verbatim.objects.filter(statement__in=lines.values("pk"), statement__reported_occurrences=None)[0]

    def page(label: str, name: str, *args: object, query: str = "") -> Visit:
        return Visit(label, reverse(name, args=args) + query, signed)

    def post(label: str, verb: str, body: str) -> Visit:
        path = reverse("board_act", args=(slug, workshop.code, occasion.code, verb))
        return Visit(label, path, {**signed, "HX-Request": "true"}, body)

    code, board = workshop.code, (slug, workshop.code, occasion.code)
    return [
        Visit("connexion (sans compte)", reverse("sign_in")),
        page("accueil de l'espace", "space", slug),
        page("liste des comptoirs", "workshops", slug),
        page("un comptoir", "workshop", slug, code),
        page("se ressemblent ?", "resemblances", slug, code),
        page("tableau", "board", *board),
        page("une colonne, page 20", "board", *board, query=f"?colonne={heading.pk}&page=20"),
        page("recherche dans le tableau", "board", *board, query="?q=jardin"),
        page("une ligne", "line", slug, code, line.code),
        page("le fil d'une ligne", "thread", slug, "ligne", line.code),
        page("les mesures du fil", "thread_home", slug),
        page("à relier, les lignes", "to_link", slug, "lignes"),
        page("synthèse en préparation", "synthesis", slug, code),
        page("synthèse publiée", "version", slug, code, 1),
        page("une ligne publiée", "version_line", slug, code, 1, line.code),
        page("journal", "journal", slug),
        page("réglages", "space_settings", slug),
        page("importer", "import_new", slug),
        post("écrire une note", "ajouter", f"heading={heading.pk}&words=Un+arbre+devant+la+halle"),
        post("compter une fois de plus", "compter", f"line={tallied.statement_id}"),
    ]


def asker(visit: Visit) -> Callable[[], None]:
    """What asks for the page in this process, to its last byte: a file that streams too."""
    from django.test import Client

    client = Client(headers={**visit.headers, "Host": "127.0.0.1"})

    def ask() -> None:
        if visit.body is None:
            answer = client.get(visit.path)
        else:
            answer = client.post(visit.path, visit.body, content_type="application/x-www-form-urlencoded")
        if answer.status_code != 200:
            raise RuntimeError(f"{visit.path} : {answer.status_code}")
        b"".join(answer)

    return ask


def processor_of(visit: Visit, times: int) -> float:
    """Milliseconds of processor of the page in this process, the database's too on SQLite: the least of a few."""
    ask, taken = asker(visit), []
    for _ in range(times + 1):  # the first is not as the others: the server is made
        begun = time.process_time()
        ask()
        taken.append(1000 * (time.process_time() - begun))
    return min(taken[1:])


def queries_of(visit: Visit) -> int:
    """How many questions the page asks the database, transactions apart."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        asker(visit)()
    return sum(1 for query in captured if re.match(r"\(?(SELECT|INSERT|UPDATE|DELETE|WITH)", query["sql"]))


def measure(visit: Visit, server: Server, floor: Server, chosen: argparse.Namespace) -> Measured:
    """The page and the floor in turn, at one connection then at eight."""
    hello = [Visit("", "/")]
    bounds = {"requests": chosen.requests, "seconds": chosen.seconds}
    fire(floor, hello, connections=1, requests=3, seconds=5)
    fire(server, [visit], connections=1, requests=2, seconds=30)
    base = fire(floor, hello, connections=1, requests=chosen.requests, seconds=2)
    one = fire(server, [visit], connections=1, **bounds)
    eight = fire(server, [visit], connections=8, **bounds)
    weight = weigh(server.port, visit) if visit.body is None else None
    return Measured(visit.label, queries_of(visit), one, eight, base, weight)


def wanted_visits(actor: "Actor", chosen: argparse.Namespace) -> list[Visit]:
    from _commitments import commitment_visits, fill
    from _load import analyse
    from _rooms import furnish, room_visits

    signed, contract = signed_in(actor), furnish(actor, chosen)
    load = fill(actor, contract, chosen.commitments)
    analyse()
    every = [*visits(actor, signed), *room_visits(actor, signed, contract), *commitment_visits(signed, load)]
    return [v for v in every if chosen.only in v.label]


def measure_processor(actor: "Actor", chosen: argparse.Namespace) -> str:
    """Where the clock means nothing: queries and processor."""
    rows = []
    for visit in wanted_visits(actor, chosen):
        rows.append([visit.label, _over(queries_of(visit), MOST_QUERIES), _over(processor_of(visit, 5), MOST_MS)])
        print("  ".join(rows[-1]), flush=True)
    return table(("page", "requêtes SQL", "CPU ms"), rows)


def measure_pages(actor: "Actor", chosen: argparse.Namespace) -> str:
    wanted = wanted_visits(actor, chosen)
    here, there = free_port(), free_port()
    ours = [sys.executable, "-m", "comptoir", "serve", "--port", str(here), "--workers", str(WORKERS)]
    ours += ["--threads", str(THREADS)]
    bare = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-log", "--port", str(there)]
    bare += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "_floor:application"]
    source = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(Path(__file__).parent)])}
    with serving(ours, here, "/sante/", source) as server, serving(bare, there, "/", source) as floor:
        rows = []
        for visit in wanted:
            rows.append(measure(visit, server, floor, chosen))
            print("  ".join(rows[-1].cells()), flush=True)
        seen = [v for v in wanted if v.body is None and not v.beyond]
        mixed = fire(server, seen, connections=24, requests=4 * chosen.requests, seconds=20, rate=OPEN_RATE)
        base = [fire(floor, [Visit("", "/")], connections=n, requests=chosen.requests, seconds=2) for n in CONNECTIONS]
    bare_page = " ; ".join(
        f"à {n} connexion{'s' if n > 1 else ''} {pace.rate:.0f} req/s, p50 {pace.p50:.1f} ms, p95 {pace.p95:.1f} ms"
        for n, pace in zip(CONNECTIONS, base, strict=True)
    )
    return (
        f"{table(HEAD, [row.cells() for row in rows])}\n\n"
        f"Plancher (une page Django nue, une requête, vingt lignes) : {bare_page} ; {base[0].cpu:.1f} ms de processeur."
        "\n\nToutes ces pages tour à tour, celles de 10 000 engagements dans un seul contrat mises à part, "
        f"{OPEN_RATE} par seconde, sans attendre les réponses ({mixed.count} demandes) : p50 {mixed.p50:.0f} ms, "
        f"p95 {_over(mixed.p95, MOST_MS)} ms."
    )


def machine() -> str:
    """One line on what ran: processor, cores, system, versions, database."""
    import django
    from django.db import connection

    processor = platform.processor() or platform.machine()
    with_name = Path("/proc/cpuinfo")
    if with_name.exists():
        names = re.findall(r"model name\s*:\s*(.+)", with_name.read_text())
        processor = names[0].strip() if names else processor
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        base = cursor.fetchone()[0].split()[0]
    return (
        f"{date.today():%d/%m/%Y}, {processor}, {os.cpu_count()} cœurs, {platform.system()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}, {connection.display_name} {base}, "
        f"{WORKERS} processus de {THREADS} fils, charge de la machine au début {os.getloadavg()[0]:.1f}"
    )


def write_page(page: Path, key: str, text: str) -> None:
    """Put `text` between its two markers, at the end when they are not there yet."""
    begin, end = f"<!-- mesures : {key} -->", f"<!-- fin : {key} -->"
    block = f"{begin}\n{text}\n{end}"
    before = page.read_text(encoding="utf-8") if page.exists() else "# Mesures\n"
    if begin in before:
        after = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, before, flags=re.DOTALL)
    else:
        after = f"{before.rstrip()}\n\n{block}\n"
    page.write_text(after, encoding="utf-8")


def main() -> None:
    chosen = arguments()
    with house(chosen):
        from _load import build
        from _work import measure_work
        from django.db import connection

        actor = build(chosen.notes, chosen.total)
        title = (
            f"## Pages, sur {connection.display_name}\n\n{machine()}. {chosen.notes} notes dans le comptoir montré, "
            f"{chosen.total} dans l'espace, {chosen.commitments} engagements dans l'instance. En gras : au-delà du "
            "budget."
        )
        pages = (measure_processor if chosen.processor else measure_pages)(actor, chosen)
        work = (
            ""
            if chosen.only or chosen.processor
            else table(WORK, measure_work(actor, big_workshop(actor), chosen.notes))
        )
        text = f"{title}\n\n{pages}\n\n{work}".rstrip()
        print(f"\n{text}")
        if chosen.output:
            write_page(Path(chosen.output), f"pages, {connection.vendor}", text)


if __name__ == "__main__":
    main()
