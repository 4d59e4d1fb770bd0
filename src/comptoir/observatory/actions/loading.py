"""Published files, loaded and undone by the host."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from comptoir.accounts.models import Person
from comptoir.analysis.indicators import read_published
from comptoir.audit.models import record
from comptoir.kit.errors import Conflict, Refused
from comptoir.observatory.loading import Loaded, Report, digest_of, silent, touched_series, write
from comptoir.observatory.models import Batch, Series, Value
from comptoir.observatory.releases import protect
from comptoir.observatory.rules import may_load


def load_series(
    *, person: Person | None, name: str, content: bytes, year: int | None = None, report: Report = silent
) -> Loaded:
    """Loads a published file, once. `person` is None for the command line; `year`: that of publication, when neither
    the file nor its name says it. Raises InputError, one sentence, for a file that cannot be read."""
    _must_load(person)
    digest = digest_of(content)
    if Batch.objects.filter(digest=digest, undone_at=None).exists():
        return Loaded(name, already=True)
    report("Lecture", 0, 0)
    read = read_published(content, name, latest=timezone.localdate().year, year=year)
    try:
        with transaction.atomic():
            loaded = write(read, digest, report)
            assert loaded.batch is not None
            record(
                space=None, actor_id=person.pk if person else None, action="observatory.load_series",
                label="Séries publiques chargées", object_id=loaded.batch.pk, values=loaded.new,
                refused=len(loaded.faults),
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("Un autre chargement était en cours : attendez qu'il finisse, puis recommencez.") from error
    return loaded


@transaction.atomic
def undo_batch(*, person: Person | None, batch: Batch) -> int:
    """Takes the values of a file out again, and says how many. What other files brought stays."""
    _must_load(person)
    kept = Batch.objects.select_for_update().get(pk=batch.pk)
    if kept.undone_at is not None:
        raise Conflict("Ce lot a déjà été annulé.")
    touched = touched_series(kept)
    count, _ = Value.objects.filter(batch=kept).delete()
    protect(Series.objects.filter(pk__in=touched, values__isnull=False).select_related("indicator").distinct())
    Series.objects.filter(pk__in=touched, values=None).delete()
    kept.undone_at = timezone.now()
    kept.save(update_fields=["undone_at"])
    record(
        space=None, actor_id=person.pk if person else None, action="observatory.undo_batch",
        label="Chargement de séries publiques annulé", object_id=kept.pk, values=count,
    )  # fmt: skip
    return count


def _must_load(person: Person | None) -> None:
    if person is not None and not may_load(person):
        raise Refused("Les séries publiques sont chargées par qui héberge Comptoir.")
