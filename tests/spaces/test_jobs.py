"""Jobs: started once, followed, taken up again when their worker died, whatever the moment."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comptoir.kit.errors import Invalid
from comptoir.kit.ids import uuid7
from comptoir.spaces import jobs
from comptoir.spaces.jobs import Progress
from comptoir.spaces.models import Job, JobState, Space

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=10)
Body = Callable[[UUID, Progress], None]


@pytest.fixture
def body(monkeypatch: pytest.MonkeyPatch) -> Callable[[Body], None]:
    """Says what a job of the kind « essai » does."""
    known = dict(jobs._bodies)
    monkeypatch.setattr(jobs, "_bodies", known)
    return lambda do: jobs.register("essai", do)


def begin(space: Space, subject: UUID | None = None, kind: str = "essai") -> Job:
    return jobs.start(
        space=space, kind=kind, label="Un essai", subject_id=subject or uuid7(), actor_id=None, back_url="/"
    )


def work(job: Job) -> Job:
    """What a worker does with it."""
    jobs.run.call(str(job.pk))
    job.refresh_from_db()
    return job


def claim(job: Job, worker: str, *, since: timedelta = timedelta(), beat: timedelta | None = None) -> DBTaskResult:
    """The queue as it stands when `worker` has taken the job `since`, and last gave a sign of life `beat` ago."""
    (result,) = [r for r in DBTaskResult.objects.all() if r.args_kwargs["args"] == [str(job.pk)]]
    result.claim(worker)
    DBTaskResult.objects.filter(pk=result.pk).update(started_at=timezone.now() - since)
    heard = None if beat is None else timezone.now() - beat
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, beat_at=heard)
    return DBTaskResult.objects.get(pk=result.pk)


def status(result: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=result.pk).status


def test_a_job_waits_then_runs_then_is_done(space: Space, body: Callable[[Body], None]) -> None:
    seen: list[str] = []

    def do(subject: UUID, progress: Progress) -> None:
        progress(3, 10, "trois sur dix")
        now = Job.objects.get(subject_id=subject)
        seen.append(f"{now.state} {now.share} {now.message}")
        assert now.beat_at is not None

    body(do)
    job = begin(space)
    assert (job.state, DBTaskResult.objects.ready().count()) == (JobState.QUEUED, 1)
    assert work(job).state == JobState.DONE
    assert seen == ["running 30 trois sur dix"]
    assert (job.message, job.ended) == ("", True)
    assert job.finished_at is not None


def test_asking_twice_gives_the_same_job_until_it_has_ended(
    space: Space, body: Callable[[Body], None], stranger: object
) -> None:
    body(lambda subject, progress: None)
    subject = uuid7()
    job = begin(space, subject)
    assert begin(space, subject) == job
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    assert begin(space, subject) == job
    assert begin(space, kind="autre") != job
    assert begin(Space.objects.get(slug="autre-rive"), subject) != job
    assert DBTaskResult.objects.count() == 3
    assert work(job).ended
    assert begin(space, subject) != job


def test_running_it_twice_does_its_work_once_it_has_ended_no_more(space: Space, body: Callable[[Body], None]) -> None:
    done: list[UUID] = []
    body(lambda subject, progress: done.append(subject))
    job = begin(space)
    finished = work(job).finished_at
    assert work(job).finished_at == finished
    assert done == [job.subject_id]


def test_what_a_person_can_mend_is_said_in_its_sentence(space: Space, body: Callable[[Body], None]) -> None:
    def do(subject: UUID, progress: Progress) -> None:
        raise Invalid("Aucune note n'a été trouvée dans ce document.")

    body(do)
    job = work(begin(space))
    assert (job.state, job.message) == (JobState.FAILED, "Aucune note n'a été trouvée dans ce document.")


def test_a_fault_of_ours_is_said_without_its_details_and_logged(
    space: Space, body: Callable[[Body], None], caplog: pytest.LogCaptureFixture
) -> None:
    def do(subject: UUID, progress: Progress) -> None:
        raise ZeroDivisionError("parole de Samira")

    body(do)
    job = begin(space)
    with pytest.raises(ZeroDivisionError):
        work(job)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message.startswith("Une erreur imprévue a arrêté ce travail.")
    assert "Samira" not in job.message
    assert str(job.pk) in caplog.text


@pytest.mark.parametrize("stop", [SystemExit, KeyboardInterrupt])
def test_a_job_stopped_with_its_worker_goes_back_to_the_queue(
    space: Space, body: Callable[[Body], None], stop: type[BaseException]
) -> None:
    """A second Ctrl+C ends a worker at once, and the queue takes its task for failed: the job must not hang."""

    def do(subject: UUID, progress: Progress) -> None:
        raise stop

    body(do)
    job = begin(space)
    first = claim(job, "atelier")
    with pytest.raises(stop):
        work(job)
    first.set_failed(stop())
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    body(lambda subject, progress: None)
    (again,) = DBTaskResult.objects.ready()
    assert again.args_kwargs["args"] == [str(job.pk)]
    assert work(job).state == JobState.DONE


def test_a_worker_that_starts_takes_up_what_it_was_running(space: Space, body: Callable[[Body], None]) -> None:
    body(lambda subject, progress: None)
    mine, others, waiting = begin(space), begin(space), begin(space)
    left, kept = claim(mine, "atelier"), claim(others, "mairie", beat=timedelta(seconds=5))
    assert jobs.reclaim("atelier") == 1
    assert (status(left), status(kept)) == ("READY", "RUNNING")
    assert DBTaskResult.objects.ready().count() == 2
    assert jobs.reclaim("atelier") == 0, "once is enough"
    assert {work(mine).state, work(waiting).state} == {JobState.DONE}


@pytest.mark.parametrize(
    ("since", "beat", "taken"),
    [
        (LONG_AGO, LONG_AGO, True),
        (LONG_AGO, None, True),
        (LONG_AGO, timedelta(seconds=20), False),
        (timedelta(seconds=1), None, False),
        (timedelta(seconds=1), LONG_AGO, False),
    ],
    ids=["silent", "never heard", "alive", "just taken", "just taken up again"],
)
def test_a_job_is_taken_from_a_worker_that_gives_no_sign_of_life(
    space: Space, body: Callable[[Body], None], since: timedelta, beat: timedelta | None, taken: bool
) -> None:
    body(lambda subject, progress: None)
    result = claim(begin(space), "mairie", since=since, beat=beat)
    assert jobs.reclaim("atelier", everyone=True) == int(taken)
    assert status(result) == ("READY" if taken else "RUNNING")


def test_a_worker_says_that_its_own_jobs_are_alive(space: Space, body: Callable[[Body], None]) -> None:
    body(lambda subject, progress: None)
    mine, others = begin(space), begin(space)
    claim(mine, "atelier", since=LONG_AGO, beat=LONG_AGO)
    claim(others, "mairie", since=LONG_AGO, beat=LONG_AGO)
    jobs.beat("atelier")
    mine.refresh_from_db()
    others.refresh_from_db()
    assert mine.beat_at is not None
    assert others.beat_at is not None
    assert timezone.now() - mine.beat_at < timedelta(seconds=30)
    assert timezone.now() - others.beat_at >= LONG_AGO
    assert mine.worker == "atelier"
    assert jobs.reclaim("atelier", everyone=True) == 2, "its own, by name, and the silent one"


def test_a_job_that_had_ended_when_its_worker_died_is_not_done_again(
    space: Space, body: Callable[[Body], None]
) -> None:
    done: list[UUID] = []
    body(lambda subject, progress: done.append(subject))
    job = begin(space)
    claim(job, "atelier")
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    assert jobs.reclaim("atelier") == 1
    assert work(job).state == JobState.DONE
    assert done == []
