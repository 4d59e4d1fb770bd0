"""How long a workbook of commitments takes: to read, to preview, to write, to send again, to undo.

    python benchmarks/imports.py                              10,000 rows, on SQLite
    python benchmarks/imports.py --database postgres://…      on an empty PostgreSQL database
    python benchmarks/imports.py --quick                      200 rows

Beside each, in the same run: openpyxl reading the same workbook (from the group `bench`), and the same commitments
written one by one by the action that the page uses. The budget, 10 s for 10,000 rows, is from confirming to written.
"""

import argparse
import io
import os
import platform
import re
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

DOC = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
ROWS, BUDGET, ONE_BY_ONE = 10_000, 10, 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    parser.add_argument("--quick", action="store_true", help="200 rows")
    parser.add_argument("--output", type=Path, default=DOC, help="the page to write in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"COMPTOIR_DATA": data, "DJANGO_SETTINGS_MODULE": "comptoir.settings"}
        if chosen.database:
            os.environ["COMPTOIR_DATABASE_URL"] = chosen.database
        import django

        django.setup()
        table = measure(200 if chosen.quick else ROWS)
        write(chosen.output, "postgresql" if chosen.database else "sqlite", table)
        print(table)


def timed(work: Callable[[], Any]) -> tuple[Any, "Spent"]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, Spent(time.perf_counter() - wall, time.process_time() - cpu)


class Spent(NamedTuple):
    """Seconds on the clock, and of this process: on a busy machine the second tells more."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} s (processeur {self.cpu:.1f} s)"


def ground() -> tuple[Any, Any]:
    """A lead and a contract of twenty signatories."""
    from django.core.management import call_command

    from comptoir.accounts.actions import open_space, organisation_named
    from comptoir.accounts.models import Person
    from comptoir.contracts.actions import add_signatory, open_contract

    call_command("migrate", interactive=False, verbosity=0)
    person = Person.objects.create_user(email="mesure@exemple.fr", name="Mesure", password=None)
    actor = open_space(slug="mesures", name="Mesures", lead=person, organisation=organisation_named("Agglomération"))
    contract = open_contract(actor=actor, name="Contrat mesuré", starts_on=date(2024, 1, 1))
    for number in range(20):
        organisation = organisation_named(f"Organisme {number}")
        assert organisation
        add_signatory(actor=actor, contract=contract, organisation=organisation)
    return actor, contract


def workbook(rows: int) -> bytes:
    """A workbook as a team keeps one, with its own headings."""
    from comptoir.analysis.tables.writing import xlsx_table

    headers = ("Structure", "Intitulé", "Date butoir", "Droit commun", "Temps agent", "Indicateur", "Justificatif")
    lines = [
        (f"Organisme {n % 20}", f"Ouvrir la permanence numéro {n} au pied des immeubles", f"T{n % 4 + 1} 2027",
         f"{n % 90 + 1} k€", "50 %", f"{n % 12 + 1} permanences par mois", "Un bilan daté")
        for n in range(rows)
    ]  # fmt: skip
    return xlsx_table("Engagements", headers, lines)


def measure(rows: int) -> str:
    from django.db import connection

    from comptoir.commitments.actions import write as write_one
    from comptoir.commitments.models import Commitment
    from comptoir.commitments.workbook_import import WORKBOOK
    from comptoir.imports import actions
    from comptoir.imports.reading import read_table
    from comptoir.imports.undoing import void
    from comptoir.kit.french import number

    actor, contract = ground()
    signatory = contract.signatories.first()
    content = workbook(rows)
    _, read = timed(lambda: read_table(content, "classeur.xlsx", WORKBOOK))
    peer = openpyxl_reads(content, rows)

    def received() -> Any:
        return actions.receive(
            actor=actor, kind=WORKBOOK, content=content, name="classeur.xlsx", within_id=contract.pk
        )  # fmt: skip

    batch = received()
    plan, preview = timed(lambda: actions.plan_of(actor, batch))
    assert plan.counts["created"] == rows, plan.counts

    def bring() -> None:
        job = actions.confirm(actor=actor, batch=batch, seen=plan.digest, back_url="/")
        if job:  # what the worker would do, here
            actions.run(batch.pk, None)

    _, written = timed(bring)
    assert Commitment.objects.count() == rows
    again = received()
    same, resent = timed(lambda: actions.plan_of(actor, again))
    assert same.counts["same"] == rows, same.counts
    batch.refresh_from_db()
    _, undone = timed(lambda: void(actor=actor, batch=batch))
    few = min(ONE_BY_ONE, rows)
    _, slow = timed(lambda: [write_one(actor=actor, signatory=signatory, wording=f"Seul {n}") for n in range(few)])
    version = ".".join(str(part) for part in connection.get_database_version())
    head = (
        f"{date.today():%d/%m/%Y}, {os.cpu_count()} cœurs, {platform.system()}, Python {platform.python_version()}, "
        f"{connection.display_name} {version}, charge de la machine {os.getloadavg()[0]:.1f}. "
        f"Un classeur XLSX de {number(rows)} lignes et 7 colonnes, aux titres d'une équipe."
    )
    rate = number(round(rows / written.wall))
    fast = f"une à une, par l'action de la page : {number(round(few / slow.wall))} lignes/s"
    cells = (
        ("lire le classeur", str(read), peer, ""),
        ("l'aperçu : lire, reconnaître, comparer", str(preview), "", ""),
        ("importer, de la confirmation à la dernière ligne", f"{over(written)}, {rate} lignes/s",
         fast, f"{BUDGET} s"),
        ("le même classeur de nouveau : rien à changer", str(resent), "", ""),
        ("annuler", str(undone), "", ""),
    )  # fmt: skip
    lines = [" | ".join(row) for row in (("quoi", "mesure", "à côté", "budget"), ("---",) * 4, *cells)]
    return "\n".join([head, "", *(f"| {line} |" for line in lines)])


def over(spent: Spent) -> Spent:
    if spent.wall > BUDGET:
        print(f"OVER BUDGET: {spent} > {BUDGET} s")
    return spent


def openpyxl_reads(content: bytes, rows: int) -> str:
    try:
        from openpyxl import load_workbook
    except ImportError:
        return "openpyxl n'est pas installé"

    def read() -> int:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))

    count, seconds = timed(read)
    assert count == rows + 1
    return f"openpyxl : {seconds}"


def write(doc: Path, engine: str, table: str) -> None:
    """Between its own markers of the page."""
    opening, closing = f"<!-- mesures : classeur, {engine} -->", f"<!-- fin : classeur, {engine} -->"
    title = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
    block = f"{opening}\n## Le classeur des engagements, sur {title}\n\n{table}\n{closing}"
    page = doc.read_text("utf-8") if doc.exists() else "# Mesures\n"
    pattern = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.S)
    page = pattern.sub(lambda _: block, page) if pattern.search(page) else f"{page.rstrip()}\n\n{block}\n"
    doc.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
