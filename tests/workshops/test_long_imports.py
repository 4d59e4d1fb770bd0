"""Long imports: a job, taken up where it stopped, all at once on the board (docs/concepts/occurrences.md, 9)."""

import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from workshop_samples import Killed, killed_at, lines_of

from comptoir.accounts.models import Actor, Membership
from comptoir.spaces import jobs
from comptoir.spaces.models import Job, JobState
from comptoir.voices import actions as voices
from comptoir.voices.enums import HeadingKind, StatementState
from comptoir.voices.models import Heading, Resemblance, Statement
from comptoir.workshops.actions import confirm_import, receive, set_choices, void_import
from comptoir.workshops.actions import imports as module
from comptoir.workshops.actions.imports import write_lines
from comptoir.workshops.board import board_of
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Import, ImportedLine

Bring = Callable[..., Import]


def rows(count: int, word: str = "Parole") -> str:
    columns = ("Essai à transformer", "Pièges à éviter")
    said = "".join(f"Habitants;{columns[n % 2]};{word} {n};{n % 3 + 1}\n" for n in range(count))
    return "Sujet;Colonne;Note;Nombre\n" + said


def words(count: int, word: str = "Parole") -> list[tuple[str, int]]:
    """In the order of the board: one column, then the other."""
    ranks = [*range(0, count, 2), *range(1, count, 2)]
    return [(f"{word} {n}", n % 3 + 1) for n in ranks]


def queued(actor: Actor, text: str, bring: Bring, **choices: object) -> tuple[Import, Job]:
    source = bring(actor, text, name="notes.csv", **choices)
    return source, Job.objects.get(subject_id=source.pk)


def read(source: Import) -> list[tuple[str, int]]:
    assert source.workshop is not None
    return [row[2:] for row in lines_of(source.workshop)]


def test_a_long_import_is_a_job_and_its_lines_appear_together(lead: Actor, bring: Bring) -> None:
    source, job = queued(lead, rows(1_200), bring)
    assert (source.state, job.state, Statement.objects.count()) == (ImportState.RUNNING, JobState.QUEUED, 0)
    seen: list[tuple[int, int, int, str]] = []

    def progress(done: int, total: int, message: str = "") -> None:
        seen.append((done, total, Statement.objects.live().count(), message))

    write_lines(source.pk, progress)  # type: ignore[arg-type]  # what Progress is
    assert seen == [
        (500, 1200, 0, ""), (1000, 1200, 0, ""), (1200, 1200, 1200, ""),
        (1200, 1200, 1200, "Recherche de ce qui se ressemble…"),
    ]  # fmt: skip
    assert read(source) == words(1_200)
    source.refresh_from_db()
    assert source.state == ImportState.DONE
    assert source.done_at is not None


def test_lines_that_are_arriving_are_not_on_the_board(lead: Actor, bring: Bring) -> None:
    source, _ = queued(lead, rows(1_200), bring)
    with pytest.raises(Killed):
        write_lines(source.pk, killed_at(500))  # type: ignore[arg-type]  # what Progress is
    assert Statement.objects.filter(state=StatementState.ARRIVING).count() == 500
    occasion = Heading.objects.all()[0].occasion
    assert [column.total for column in board_of(occasion).columns] == [0, 0]


@pytest.mark.parametrize("killed", [500, 1000])
def test_an_import_killed_in_the_middle_goes_on_as_if_nothing_had_happened(
    killed: int, lead: Actor, bring: Bring
) -> None:
    whole, _ = queued(lead, rows(1_200), bring)
    write_lines(whole.pk, None)
    source, _ = queued(lead, rows(1_200), bring, workshop=whole.workshop)
    with pytest.raises(Killed):
        write_lines(source.pk, killed_at(killed))  # type: ignore[arg-type]  # what Progress is
    write_lines(source.pk, None)
    half = 600
    assert read(source)[:half] == read(source)[half : 2 * half]  # the first import, then the second, same order
    assert len(read(source)) == 2_400
    mine = Statement.objects.filter(imported__source=source)
    offsets = {(line.heading_id, line.position - line.imported.rank) for line in mine.select_related("imported")}
    assert len(offsets) == 2  # one a column: the same before and after


def test_a_chunk_that_fails_writes_nothing_of_itself(
    lead: Actor, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, _ = queued(lead, rows(1_200), bring)

    def fails(objects: list[ImportedLine]) -> None:
        if objects[0].rank == 500:
            raise Killed

    create = ImportedLine.objects.bulk_create
    monkeypatch.setattr(ImportedLine.objects, "bulk_create", lambda objects: (fails(objects), create(objects)))
    with pytest.raises(Killed):
        write_lines(source.pk, None)
    assert (Statement.objects.count(), ImportedLine.objects.count()) == (500, 500)
    monkeypatch.undo()
    write_lines(source.pk, None)
    assert read(source) == words(1_200)


def test_a_finished_import_run_again_writes_nothing_more(lead: Actor, bring: Bring) -> None:
    source, _ = queued(lead, rows(600), bring)
    write_lines(source.pk, None)
    write_lines(source.pk, None)
    assert Statement.objects.count() == 600


def test_an_import_goes_on_when_whoever_launched_it_has_left_the_space(facilitator: Actor, bring: Bring) -> None:
    source, _ = queued(facilitator, rows(600), bring)
    Membership.objects.filter(person=facilitator.person_id).delete()
    write_lines(source.pk, None)
    assert Statement.objects.live().count() == 600


def test_notes_added_while_an_import_arrives_are_kept_with_it(lead: Actor, bring: Bring) -> None:
    source, _ = queued(lead, rows(1_200), bring)
    with pytest.raises(Killed):
        write_lines(source.pk, killed_at(500))  # type: ignore[arg-type]  # what Progress is
    voices.add_note(actor=lead, heading=Heading.objects.get(kind=HeadingKind.TRY), words="Arrivée entre deux")
    write_lines(source.pk, None)
    found = read(source)
    assert len(found) == 1_201
    assert [row for row in found if row[0] != "Arrivée entre deux"] == words(1_200)


def test_the_worker_s_task_runs_the_import_and_says_so(lead: Actor, bring: Bring) -> None:
    source, job = queued(lead, rows(600), bring)
    assert DBTaskResult.objects.count() == 1
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    source.refresh_from_db()
    assert (job.state, job.done, job.total, source.state) == (JobState.DONE, 600, 600, ImportState.DONE)


def test_a_failed_job_is_taken_up_again_by_confirming_again(
    lead: Actor, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, job = queued(lead, rows(1_200), bring)
    write = module._write_chunk
    calls: list[int] = []

    def breaks(*args: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        return write(*args)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(module, "_write_chunk", breaks)
    with pytest.raises(Killed):
        jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    again = confirm_import(actor=lead, source=source, back_url="/")
    assert again is not None
    assert again.pk != job.pk
    assert confirm_import(actor=lead, source=source, back_url="/") == again
    jobs.run.call(str(again.pk))
    assert read(source) == words(1_200)


def test_a_short_import_that_breaks_leaves_nothing_and_can_be_confirmed_again(
    lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = receive(actor=lead, content=rows(20).encode(), name="notes.csv", media_type="text/csv")

    def breaks(*args: object) -> int:
        raise Killed

    monkeypatch.setattr(module, "_write_chunk", breaks)
    with pytest.raises(Killed):
        confirm_import(actor=lead, source=source, back_url="/")
    source.refresh_from_db()
    assert (source.state, source.workshop) == (ImportState.PREVIEW, None)
    monkeypatch.undo()
    confirm_import(actor=lead, source=source, back_url="/")
    assert Statement.objects.live().count() == 20


def test_suggestions_lost_with_a_killed_worker_come_when_the_job_runs_again(lead: Actor, bring: Bring) -> None:
    text = (
        rows(600)
        + "Habitants;Pièges;Le café du mardi au pied de la tour;1\n"
        + "Habitants;Pièges;Café du mardi au pied de la tour;1\n"
    )
    source, _ = queued(lead, text, bring)
    write_lines(source.pk, None)
    found = Resemblance.objects.count()
    assert found
    Resemblance.objects.all().delete()
    write_lines(source.pk, None)
    assert Resemblance.objects.count() == found


def test_ten_thousand_rows_are_imported_and_taken_back(lead: Actor, bring: Bring) -> None:
    started = time.perf_counter()
    source = receive(actor=lead, content=rows(10_000, "Ce que dit la ligne").encode(), name="n.csv", media_type="t/csv")
    received = time.perf_counter()
    set_choices(actor=lead, source=source, title="Grand", held_on=None, speaker_kind="mixed", workshop=None, mapping={})
    assert confirm_import(actor=lead, source=source, back_url="/") is not None
    confirmed = time.perf_counter()
    module._write(Import.objects.get(pk=source.pk), module.plan_import(source), None)
    written = time.perf_counter()
    module._suggest(Import.objects.get(pk=source.pk))
    suggested = time.perf_counter()
    assert Statement.objects.live().count() == 10_000
    assert void_import(actor=lead, source=source).withdrawn == 10_000
    sys.stdout.write(
        f"10 000 rows: received {received - started:.2f} s, confirmed {confirmed - received:.2f} s, "
        f"written {written - confirmed:.2f} s, suggested {suggested - written:.2f} s, "
        f"undone {time.perf_counter() - suggested:.2f} s\n"
    )  # fmt: skip


def test_an_import_whose_job_has_failed_is_shown_again_and_goes_on_from_there(
    lead: Actor, bring: Bring, client_for: Callable[[Actor], Any]
) -> None:
    source, job = queued(lead, rows(1_200), bring)
    browser = client_for(lead)
    here = reverse("import", args=(lead.space.slug, source.code))
    assert browser.get(here).headers["Location"] == reverse("job", args=(lead.space.slug, job.code))
    with pytest.raises(Killed):
        write_lines(source.pk, killed_at(500))  # type: ignore[arg-type]  # what Progress is
    Job.objects.update(state=JobState.FAILED)
    assert browser.get(here).status_code == 200
    sent = {"title": "Un autre titre", "held_on": "", "speaker_kind": "mixed", "workshop": "", "confirm": "1"}
    answer = browser.post(here, sent)
    again = Job.objects.get(state=JobState.QUEUED)
    assert answer.headers["Location"] == reverse("job", args=(lead.space.slug, again.code))
    write_lines(source.pk, None)
    assert read(source) == words(1_200)
    assert Import.objects.get().title != "Un autre titre"
