"""Background jobs on the database queue, with progress; a killed worker's job is taken up again.

A job's body must be able to run twice: it looks at what is already there and goes on. That is why a kill at any
moment loses nothing: see docs/adr/0004-jobs.md.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from comptoir.analysis.errors import ComptoirError
from comptoir.spaces.models import Job, JobState, Space

log = logging.getLogger(__name__)
STALE = timedelta(seconds=90)
BEAT = 15.0


class Progress:
    """What a job's body calls as it goes: `progress(done, total)`. One small write, outside the body's transactions."""

    def __init__(self, job_id: UUID):
        self._job_id = job_id

    def __call__(self, done: int, total: int, message: str = "") -> None:
        Job.objects.filter(pk=self._job_id).update(done=done, total=total, message=message, beat_at=timezone.now())


Body = Callable[[UUID, Progress], None]
_bodies: dict[str, Body] = {}


def register(kind: str, body: Body) -> None:
    """Declare what a kind of job does. `body` gets the identity of its subject and a `Progress`."""
    _bodies[kind] = body


@task()
def run(job_id: str) -> None:
    """What the worker calls."""
    job = Job.objects.get(pk=job_id)
    if job.ended:
        return
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, beat_at=timezone.now())
    try:
        _bodies[job.kind](job.subject_id, Progress(job.pk))
    except ComptoirError as error:
        _finish(job.pk, JobState.FAILED, str(error)[:300])
    except Exception:
        _finish(job.pk, JobState.FAILED, "Une erreur imprévue a arrêté ce travail. Rien n'est perdu : relancez-le.")
        log.exception("job %s (%s) failed", job.pk, job.kind)
        raise
    except BaseException:  # the worker is told to stop at once: the queue takes this for a failure, we do not
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
        run.enqueue(job_id)
        raise
    else:
        _finish(job.pk, JobState.DONE, "")


def _finish(job_id: UUID, state: JobState, message: str) -> None:
    Job.objects.filter(pk=job_id).update(state=state, message=message, finished_at=timezone.now())


def start(*, space: Space | None, kind: str, label: str, subject_id: UUID, actor_id: UUID | None, back_url: str) -> Job:
    """Queue a job, in the caller's transaction. A job of the same kind on the same subject, not ended, is returned.

    `space` is None for what the host does to the instance.
    """
    with transaction.atomic():
        running = Job.objects.filter(
            space=space, kind=kind, subject_id=subject_id, state__in=(JobState.QUEUED, JobState.RUNNING)
        ).first()
        if running:
            return running
        job = Job.objects.create(
            space=space, kind=kind, label=label, subject_id=subject_id, actor_id=actor_id, back_url=back_url
        )
        run.enqueue(str(job.pk))
    return job


def reclaim(worker: str, *, everyone: bool = False) -> int:
    """Queue again what this worker was running when it died; `everyone`: also what any worker left without a beat.

    Returns how many. A job that its body had ended is not run again: `run` sees it.
    """
    limit = timezone.now() - STALE
    count = 0
    for result in DBTaskResult.objects.running().order_by("enqueued_at"):
        mine = bool(result.worker_ids) and result.worker_ids[-1] == worker
        if not mine and not (everyone and _silent(result, limit)):
            continue
        count += DBTaskResult.objects.filter(pk=result.pk, status=result.status, worker_ids=result.worker_ids).update(
            status="READY", started_at=None
        )
    return count


def _silent(result: "DBTaskResult[..., object]", limit: datetime) -> bool:
    if result.started_at and result.started_at >= limit:  # just taken: it has not had the time to say anything
        return False
    job_id = (result.args_kwargs.get("args") or [None])[0]
    return not Job.objects.filter(pk=job_id, beat_at__gte=limit).exists()


def beat(worker: str) -> None:
    """Say that the jobs which this worker runs are alive."""
    for result in DBTaskResult.objects.running():
        if result.worker_ids and result.worker_ids[-1] == worker:
            job_id = (result.args_kwargs.get("args") or [None])[0]
            Job.objects.filter(pk=job_id).update(beat_at=timezone.now(), worker=worker)
