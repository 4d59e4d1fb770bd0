"""How fast, how heavy and how many queries: every page of the house on a full space, beside the floor of the stack.

    python benchmarks/pages.py                 the reference load: 385 contracts, 2 million notes; on SQLite
    python benchmarks/pages.py --database postgres://user@host/name     the same on an empty PostgreSQL database
    python benchmarks/pages.py --quick         a small space, for a first look
    python benchmarks/pages.py --processor     no server: the processor alone, in the process, on a busy machine

The pages are those of a usual contract (the mean of the load: 5,200 notes, 260 commitments), then those of a large one
(200,000 notes, of which 10,000 in one comptoir, and 10,000 commitments: forty times the mean). The real server, on the
loopback, answers someone signed in as project lead. In turn with each page, the same server answers the peer: a bare
Django page (see _floor.py). The tables are written in docs/benchmarks.md.
"""

import argparse
import os
import random
import re
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from _client import Pace, Server, Visit, Weight, fire, free_port, serving, weigh
from _figures import table, write_page
from _instance import house, machine

if TYPE_CHECKING:
    from comptoir.accounts.models import Actor
    from comptoir.workshops.models import Workshop

ROOT = Path(__file__).resolve().parent.parent
DOC = ROOT / "docs" / "benchmarks.md"
OPEN_RATE = 40
MOST_QUERIES, MOST_MS, MOST_BYTES, MOST_REQUESTS = 12, 100, 100_000, 10
WORKERS, THREADS = 4, 1  # as docs/deploy/install.md serves it


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


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="", help="postgres://… (an empty database); SQLite otherwise")
    parser.add_argument("--data", type=Path, help="folder kept from one run to the next")
    parser.add_argument("--quick", action="store_true", help="500 notes of 2,000, few requests")
    parser.add_argument("--notes", type=int, help="notes in the last comptoir of the large space")
    parser.add_argument("--total", type=int, help="notes in the large space")
    parser.add_argument("--everywhere", type=int, help="notes in the instance")
    parser.add_argument("--commitments", type=int, help="commitments in the instance, a tenth in the large contract")
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
    chosen.everywhere = chosen.everywhere or (0 if chosen.quick else 2_000_000)
    chosen.commitments = chosen.commitments or (5_000 if chosen.quick else 100_000)
    chosen.requests = chosen.requests or (10 if chosen.quick else 60)
    if not chosen.output and not (chosen.quick or chosen.only or chosen.processor):
        chosen.output = str(DOC)
    return chosen


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

    ask = asker(visit)
    ask()  # now and then the first also writes that its session was seen
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum(1 for query in captured if re.match(r"\(?(SELECT|INSERT|UPDATE|DELETE|WITH)", query["sql"]))


def measure(visit: Visit, server: Server, floor: Server, chosen: argparse.Namespace, share: int) -> Measured:
    """The page and the floor in turn, at one connection then at eight. `share`: of the requests asked for, one in."""
    hello = [Visit("", "/")]
    bounds = {"requests": max(2, chosen.requests // share), "seconds": chosen.seconds / share}
    fire(floor, hello, connections=1, requests=3, seconds=5)
    fire(server, [visit], connections=1, requests=2, seconds=30)
    base = fire(floor, hello, connections=1, requests=chosen.requests, seconds=2)
    one = fire(server, [visit], connections=1, **bounds)
    eight = fire(server, [visit], connections=8, **bounds)
    weight = weigh(server.port, visit) if visit.body is None else None
    return Measured(visit.label, queries_of(visit), one, eight, base, weight)


def wanted_visits(usual: "Actor", large: "Actor", chosen: argparse.Namespace) -> dict[str, list[Visit]]:
    """The pages of each contract under what is said of it; all around is made first, where it is not there."""
    from _commitments import commitment_visits, fill
    from _crowd import crowd
    from _load import analyse
    from _rooms import furnish, room_visits

    from comptoir.voices.models import Statement

    contracts = furnish(usual, large, quick=chosen.quick)
    fill(list(zip((usual, large), contracts, strict=True)), chosen.commitments)
    crowd(usual.space, chosen.everywhere)
    analyse()
    found = {}
    for title, actor, contract in zip(("Contrat courant", "Grand contrat"), (usual, large), contracts, strict=True):
        signed = signed_in(actor)
        every = [*visits(actor, signed), *room_visits(actor, signed, contract), *commitment_visits(signed, contract)]
        notes, kept = Statement.objects.filter(space=actor.space).count(), contract.commitments.count()
        found[f"{title} : {notes} notes, {kept} engagements"] = [v for v in every if chosen.only in v.label]
    return found


def measure_processor(wanted: dict[str, list[Visit]], chosen: argparse.Namespace) -> str:
    """Where the clock means nothing: queries and processor."""
    tables = []
    for title, visits_there in wanted.items():
        rows = []
        for visit in visits_there:
            rows.append([visit.label, _over(queries_of(visit), MOST_QUERIES), _over(processor_of(visit, 5), MOST_MS)])
            print("  ".join(rows[-1]), flush=True)
        tables.append(f"### {title}\n\n{table(('page', 'requêtes SQL', 'CPU ms'), rows)}")
    return "\n\n".join(tables)


def measure_pages(wanted: dict[str, list[Visit]], chosen: argparse.Namespace) -> str:
    here, there = free_port(), free_port()
    ours = [sys.executable, "-m", "comptoir", "serve", "--port", str(here), "--workers", str(WORKERS)]
    ours += ["--threads", str(THREADS)]
    bare = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-log", "--port", str(there)]
    bare += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "_floor:application"]
    source = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(Path(__file__).parent)])}
    usual, _ = wanted.values()
    seen = [visit for visit in usual if visit.body is None] * (1 + 7 * chosen.requests // len(usual))
    random.Random(OPEN_RATE).shuffle(seen)
    with serving(ours, here, "/sante/", source) as server, serving(bare, there, "/", source) as floor:
        tables = []
        for title, pages in wanted.items():
            rows = []
            for visit in pages:
                rows.append(measure(visit, server, floor, chosen, share=1 if pages is usual else 3).cells())
                print("  ".join(rows[-1]), flush=True)
            tables.append(f"### {title}\n\n{table(HEAD, rows)}")
        bounds = {"requests": 7 * chosen.requests, "seconds": 30}
        mixed = fire(server, seen, connections=24, **bounds, rate=OPEN_RATE)
        closed = {n: fire(server, seen, connections=n, **bounds) for n in (8, 32)}
        base = {
            n: fire(floor, [Visit("", "/")], connections=n, requests=chosen.requests, seconds=2) for n in (1, 8, 32)
        }
    bare_page = " ; ".join(f"à {_pace(n, pace)}" for n, pace in base.items())
    return "\n\n".join(
        [
            *tables,
            "Plancher (une page Django nue, une requête, vingt lignes) : "
            f"{bare_page} ; {base[1].cpu:.1f} ms de processeur.",
            f"Toutes les pages du contrat courant, mêlées, {OPEN_RATE} demandes par seconde sans attendre les réponses "
            f"({mixed.count} demandes) : p50 {mixed.p50:.0f} ms, p95 {_over(mixed.p95, MOST_MS)} ms, "
            f"{mixed.cpu:.0f} ms de processeur du serveur par demande. Les mêmes sans pause : "
            f"{' ; '.join(_pace(n, pace) for n, pace in closed.items())}.",
        ]
    )


def _pace(connections: int, pace: Pace) -> str:
    several = "s" if connections > 1 else ""
    return f"{connections} connexion{several} {pace.rate:.0f} req/s, p50 {pace.p50:.1f} ms, p95 {pace.p95:.1f} ms"


def main() -> None:
    chosen = arguments()
    with house(chosen):
        from _load import build
        from _work import measure_work
        from django.db import connection

        from comptoir.commitments.models import Commitment
        from comptoir.contracts.models import CityContract
        from comptoir.voices.models import Statement

        usual, large = build(chosen.notes, chosen.total)
        wanted = wanted_visits(usual, large, chosen)
        title = (
            f"## Pages, sur {connection.display_name}\n\n{machine(WORKERS, THREADS)}. Dans l'instance : "
            f"{CityContract.objects.count()} contrats, {Statement.objects.count()} notes, "
            f"{Commitment.objects.count()} engagements. En gras : au-delà du budget."
        )
        pages = (measure_processor if chosen.processor else measure_pages)(wanted, chosen)
        work = (
            ""
            if chosen.only or chosen.processor
            else table(WORK, measure_work(large, big_workshop(large), chosen.notes))
        )
        text = f"{title}\n\n{pages}\n\n{work}".rstrip()
        print(f"\n{text}")
        if chosen.output:
            write_page(Path(chosen.output), f"pages, {connection.vendor}", text)


if __name__ == "__main__":
    main()
