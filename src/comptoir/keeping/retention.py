"""What is kept no longer than it serves: files of imports, finished jobs, sent mails, answers to surveys whose counts
are published, links and sessions over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from comptoir.accounts.models import SignedLink
from comptoir.audit.models import record
from comptoir.imports.enums import BatchState
from comptoir.imports.models import Batch, BatchRow
from comptoir.keeping.models import Retention
from comptoir.keeping.traces import session_model
from comptoir.kit import files as store
from comptoir.participation.models import Survey, SurveyResponse, SurveyWord
from comptoir.spaces.models import Job, JobState, Mail, MailState, Space, StoredFile
from comptoir.territories.models import ReceivedFile
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Import

MONTH = timedelta(days=30.44)
ORDINARY = timedelta(days=90)  # where no space chooses


@dataclass(frozen=True, slots=True)
class Expired:
    """What a space keeps beyond its choices, by number."""

    space: Space
    files: int
    rows: int
    jobs: int
    mails: int
    answers: int

    @property
    def any(self) -> bool:
        return bool(self.files or self.rows or self.jobs or self.mails or self.answers)


def choices_of(space: Space) -> Retention:
    return Retention.objects.filter(space=space).first() or Retention(space=space)


def expire(space: Space, *, do: bool, now: datetime | None = None) -> Expired:
    """Remove (or count) what is older than this space wants. One line of the journal, when something goes."""
    chosen, now = choices_of(space), now or timezone.now()
    before = now - MONTH * chosen.files_months
    with transaction.atomic():
        files = [file for file in _files(space, before) if store.exists(file.digest)]
        rows = BatchRow.objects.filter(batch__space=space, batch__done_at__lt=before).exclude(before={}, after={})
        jobs = Job.objects.filter(_ended(now - timedelta(days=chosen.jobs_days)), space=space)
        mails = Mail.objects.filter(_gone(now - timedelta(days=chosen.mails_days)), space=space)
        past = Survey.objects.filter(space=space).past_use(now - MONTH * chosen.answers_months)
        boxes = SurveyResponse.objects.filter(survey__in=past)
        words = SurveyWord.objects.filter(question__survey__in=past, statement=None)
        found = Expired(space, len(files), rows.count(), jobs.count(), mails.count(), boxes.count() + words.count())
        if do and found.any:
            rows.update(before={}, after={})
            jobs.delete()
            mails.delete()
            boxes.delete()
            words.delete()
            record(
                space=space, actor_id=None, action="keeping.expire", label="Conservation appliquée",
                object_id=space.pk, files=found.files, rows=found.rows, jobs=found.jobs, mails=found.mails,
                answers=found.answers,
            )  # fmt: skip
            transaction.on_commit(lambda: _remove(files))
    return found


def _ended(before: datetime) -> Q:
    """Jobs that ended before this moment."""
    return Q(state__in=(JobState.DONE, JobState.FAILED), finished_at__lt=before)


def _gone(before: datetime) -> Q:
    """Mails that left before this moment, or that were given up after being written before it."""
    return Q(state=MailState.SENT, sent_at__lt=before) | Q(state=MailState.FAILED, created_at__lt=before)


def _files(space: Space, before: datetime) -> QuerySet[StoredFile]:
    """Files that old imports came from, and that no recent or unfinished one still needs."""
    notes = Import.objects.filter(space=space)
    tables = Batch.objects.filter(space=space)
    old_notes = Q(done_at__lt=before, state__in=(ImportState.DONE, ImportState.VOID)) | Q(
        created_at__lt=before, state=ImportState.PREVIEW
    )
    old_tables = Q(done_at__lt=before, state__in=(BatchState.DONE, BatchState.VOID)) | Q(
        created_at__lt=before, state=BatchState.PREVIEW
    )
    old = Q(pk__in=notes.filter(old_notes).values("file")) | Q(pk__in=tables.filter(old_tables).values("file"))
    kept = Q(pk__in=notes.exclude(old_notes).values("file")) | Q(pk__in=tables.exclude(old_tables).values("file"))
    return StoredFile.objects.filter(old, space=space).exclude(kept).order_by("pk")


def _remove(files: Iterable[StoredFile]) -> None:
    """The content, unless another file of the instance is the same one."""
    _remove_contents({file.digest for file in files}, but_for={file.pk for file in files})


def _remove_contents(digests: Collection[str], *, but_for: Collection[UUID] = ()) -> None:
    for digest in digests:
        held = StoredFile.objects.filter(digest=digest).exclude(pk__in=but_for).exists()
        if not held and not ReceivedFile.objects.filter(digest=digest).exists():
            store.remove(digest)


@dataclass(frozen=True, slots=True)
class Over:
    """What the instance itself no longer needs, by number: it is of no space."""

    sessions: int
    links: int
    mails: int
    jobs: int
    files: int


def expire_instance(*, do: bool, now: datetime | None = None) -> Over:
    """Remove (or count) sessions that are over; links, mails, jobs and official files of no space after ORDINARY.

    A link whose time is over opens nothing, but says so for a while to whoever finds it in an old mail.
    """
    now = now or timezone.now()
    before = now - ORDINARY
    with transaction.atomic():
        sessions = session_model()._base_manager.filter(expire_date__lt=now)
        links = SignedLink.objects.filter(expires_at__lt=before)
        mails = Mail.objects.filter(_gone(before), space=None)
        jobs = Job.objects.filter(_ended(before), space=None)
        waiting = Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING), space=None).values("subject_id")
        files = ReceivedFile.objects.filter(sent_at__lt=before).exclude(pk__in=waiting)
        found = Over(*(rows.count() for rows in (sessions, links, mails, jobs, files)))
        if do:
            digests = set(files.order_by().values_list("digest", flat=True))
            for rows in (sessions, links, mails, jobs, files):
                rows.delete()
            transaction.on_commit(lambda: _remove_contents(digests))
    return found
