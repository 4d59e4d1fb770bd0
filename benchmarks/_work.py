"""What lasts more than a page: an import end to end, its undoing, the suggestions, a version, the documents."""

import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptoir.accounts.models import Actor
    from comptoir.workshops.models import Workshop

MOST_SECONDS = 10


def timed(label: str, work: Callable[[], object]) -> list[str]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return [label, _seconds(time.perf_counter() - wall), f"{time.process_time() - cpu:.1f}"]


def _seconds(value: float) -> str:
    return f"**{value:.1f}**" if value > MOST_SECONDS else f"{value:.1f}"


def measure_work(actor: "Actor", workshop: "Workshop", notes: int) -> list[list[str]]:
    """Rows of the table: what, seconds, seconds of processor."""
    from comptoir.analysis.documents import FORMATS, write
    from comptoir.analysis.documents.synthesis import synthesis_document
    from comptoir.reports.look import look_of
    from comptoir.voices.actions import refresh_resemblances
    from comptoir.voices.models import Heading
    from comptoir.workshops.actions import validate
    from comptoir.workshops.sheets import as_synthesis, draft

    count = f"{notes:,}".replace(",", " ")
    headings = list(Heading.objects.filter(occasion__comptoir__workshop=workshop))
    rows = measure_import(actor, notes, count)
    rows.append(
        timed(f"chercher les ressemblances de {count} notes", lambda: [refresh_resemblances(h) for h in headings])
    )
    rows.append(timed(f"figer une version de {count} notes", lambda: validate(actor=actor, workshop=workshop)))
    synthesis = as_synthesis(workshop.title, "", draft(workshop))
    document = synthesis_document(synthesis, look=look_of(actor.space), subtitle="")
    for suffix in FORMATS:
        rows.append(
            timed(f"écrire la synthèse de {count} notes en {suffix.upper()}", lambda s=suffix: write(document, s))
        )
    for row in rows:
        print("  ".join(row), flush=True)
    return rows


def measure_import(actor: "Actor", notes: int, count: str) -> list[list[str]]:
    """A file of notes by the actions that the pages call, the writing by a worker's own path, then its undoing."""
    from _load import SEED, csv_of

    from comptoir.spaces import jobs
    from comptoir.spaces.models import Job
    from comptoir.workshops.actions import confirm_import, receive, set_choices, void_import
    from comptoir.workshops.models import Import

    content = csv_of(notes, SEED + int(time.time()))
    found: list[Import] = []

    def read() -> None:
        found.append(receive(actor=actor, content=content, name="notes.csv", media_type="text/csv"))
        set_choices(
            actor=actor, source=found[0], title="Notes importées", held_on=date(2023, 1, 5), speaker_kind="residents",
            workshop=None, mapping={},
        )  # fmt: skip

    def bring() -> None:
        job = confirm_import(actor=actor, source=found[0], back_url="/")
        if job:
            jobs.run.call(str(job.pk))
            ended = Job.objects.get(pk=job.pk)
            if ended.state != "done":
                raise RuntimeError(ended.message)

    rows = [timed(f"lire un fichier de {count} notes, deux fois", read), timed(f"importer ces {count} notes", bring)]
    source = Import.objects.get(pk=found[0].pk)
    rows.append(timed("annuler cet import", lambda: void_import(actor=actor, source=source)))
    return rows
