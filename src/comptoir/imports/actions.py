"""What is done to an import: receive, say what columns are, confirm once, write by chunks that survive a kill.

Nothing parsed is kept: the plan is worked out again from the stored file at each step. What the person saw is cited by
its digest when they confirm, so that a row changed in between is shown before it is overwritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor, Membership
from comptoir.analysis.text import fold
from comptoir.imports.enums import BatchState, Outcome
from comptoir.imports.kinds import Ground, Kind, Values, kind_of
from comptoir.imports.models import Batch, BatchRow, RememberedColumns
from comptoir.imports.plan import Plan, PlannedRow, plan
from comptoir.imports.reading import Table, guess, read_table, understood
from comptoir.kit import files as store
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.kit.french import plural
from comptoir.spaces import files, jobs
from comptoir.spaces.jobs import Progress
from comptoir.spaces.models import Job

JOB = "imports.run"
INLINE = 500  # up to so many rows the person waits; beyond, a job with its progress
CHUNK = 500


def kind_for(actor: Actor, name: str) -> Kind:
    """The kind of this name, if its rule lets the actor. Refused otherwise."""
    kind = kind_of(name)
    if kind is None or not kind.rule(actor):
        raise Refused("Votre rôle ne permet pas cet import.")
    return kind


def ground_of(actor: Actor, batch: Batch) -> Ground:
    return Ground(actor, batch.within_id)


def table_of(batch: Batch, kind: Kind) -> Table:
    """The sheet of this import. Gone, or InputError, with one sentence when the file can no longer be read."""
    return read_table(store.get(batch.file.digest), batch.file.name, kind, batch.sheet)


def plan_of(actor: Actor, batch: Batch) -> Plan:
    """What this import would do now."""
    kind = kind_for(actor, batch.kind)
    ground = ground_of(actor, batch)
    rows = understood(table_of(batch, kind), kind, batch.mapping)
    if kind.check:
        kind.check(ground, rows)
    return plan(kind, rows, kind.existing(ground))


@transaction.atomic
def receive(
    *, actor: Actor, kind: Kind, content: bytes, name: str, media_type: str = "text/plain",
    within_id: UUID | None = None,
) -> Batch:  # fmt: skip
    """Keep what was sent if it is a table, with the columns as they are known. Nothing is imported yet."""
    kind_for(actor, kind.name)
    if not content.strip():
        raise Invalid("Il n'y a rien à lire : choisissez un fichier, ou collez des lignes.", field="file")
    if kind.within is not None:
        if within_id is None:
            raise Http404
        kind.within(actor, within_id)
    table = read_table(content, name, kind)
    kept = files.keep(space=actor.space, content=content, name=name, media_type=media_type[:100])
    batch = Batch(space=actor.space, kind=kind.name, within_id=within_id, file=kept, actor_id=actor.person_id)
    batch.sheet, batch.mapping = table.sheet, guess(table, kind, remembered(actor, kind, table))
    batch.save(force_insert=True)
    journal.write(actor, "imports.receive", "Fichier reçu", batch.pk, within_id, file=kept.pk)
    return batch


def remembered(actor: Actor, kind: Kind, table: Table) -> Mapping[str, str]:
    """How this space understood these very headers; else, header by header, the last file of this kind."""
    known = RememberedColumns.objects.filter(space=actor.space, kind=kind.name)
    found = known.filter(fingerprint=table.fingerprint).first() or known.order_by("-used_at", "-pk").first()
    return {} if found is None else {str(header): str(name) for header, name in found.columns.items()}


def held(actor: Actor, batch: Batch) -> Batch:
    """The import as it is now, held until the end of the transaction."""
    found = Batch.objects.select_for_update(of=("self",)).select_related("file", "space")
    held = found.filter(pk=batch.pk, space=actor.space).first()
    if held is None:
        raise Refused("Cet import n'est pas dans votre espace.")
    kind_for(actor, held.kind)
    return held


@transaction.atomic
def set_columns(*, actor: Actor, batch: Batch, mapping: Mapping[str, int], sheet: int | None = None) -> Batch:
    """Say which column is which field; another `sheet` begins again from what is known of its headers."""
    batch = held(actor, batch)
    if batch.state != BatchState.PREVIEW:
        raise Conflict("Cet import est déjà confirmé : ses colonnes ne changent plus.")
    kind = kind_for(actor, batch.kind)
    if sheet is not None and sheet != batch.sheet:
        table = read_table(store.get(batch.file.digest), batch.file.name, kind, sheet)
        batch.sheet, batch.mapping = table.sheet, guess(table, kind, remembered(actor, kind, table))
    else:
        batch.mapping = dict(mapping)
    batch.left_out = []
    batch.save(update_fields=["mapping", "sheet", "left_out"])
    journal.write(actor, "imports.set_columns", "Colonnes d'un import", batch.pk, batch.within_id)
    return batch


@transaction.atomic
def leave_out(*, actor: Actor, batch: Batch, shown: Iterable[int], taken: Iterable[int]) -> Batch:
    """Of the lines `shown`, take those and leave the others aside; lines on other pages stay as they were chosen."""
    batch = held(actor, batch)
    if batch.state != BatchState.PREVIEW:
        raise Conflict("Cet import est déjà confirmé : le choix des lignes ne change plus.")
    looked_at = set(shown)
    left = sorted((set(batch.left_out) - looked_at) | (looked_at - set(taken)))
    if left != batch.left_out:
        batch.left_out = left
        batch.save(update_fields=["left_out"])
        label = "Lignes choisies d'un import"
        journal.write(actor, "imports.leave_out", label, batch.pk, batch.within_id, left=len(left))
    return batch


def chosen(batch: Batch, found: Plan) -> Plan:
    """The plan but for the lines left aside."""
    return found.without(batch.left_out)


def confirm(*, actor: Actor, batch: Batch, seen: str, back_url: str) -> Job | None:
    """Import, once: a second call changes nothing. `seen` is the digest of the plan that was shown.

    Conflict when the plan is no longer that one. A short import is all or nothing; a long one is a job, returned, which
    goes on where it stopped when it is confirmed again.
    """
    with transaction.atomic():
        batch = held(actor, batch)
        if batch.state in (BatchState.DONE, BatchState.VOID):
            return Job.objects.filter(subject_id=batch.pk, kind=JOB).first()
        found = plan_of(actor, batch)
        if batch.state == BatchState.PREVIEW:
            if found.digest != seen:
                raise Conflict("Des lignes ont changé depuis cet aperçu : relisez-le, puis confirmez.")
            if not found.written:
                raise Invalid("Aucune ligne n'apporte de nouveauté : il n'y a rien à importer.")
            if not chosen(batch, found).written:
                raise Invalid("Toutes les lignes sont laissées de côté : cochez celles à importer.")
            _start(actor, batch, chosen(batch, found))
        found = chosen(batch, found)
        count = len(found.written)
        if count > INLINE or batch.rows.exists():
            return jobs.start(
                space=actor.space, kind=JOB, label=f"Import de {plural(count, 'ligne', 'lignes')}",
                subject_id=batch.pk, actor_id=actor.person_id, back_url=back_url,
            )  # fmt: skip
        _write(actor, batch, found, None)
    return None


def _start(actor: Actor, batch: Batch, found: Plan) -> None:
    kind = kind_for(actor, batch.kind)
    table = table_of(batch, kind)
    columns = {fold(table.headers[column]): name for name, column in batch.mapping.items()}
    RememberedColumns.objects.update_or_create(
        space=batch.space, kind=kind.name, fingerprint=table.fingerprint, defaults={"columns": columns}
    )
    batch.state, batch.actor_id = BatchState.RUNNING, actor.person_id
    batch.save(update_fields=["state", "actor_id"])
    journal.write(actor, "imports.confirm", "Import confirmé", batch.pk, batch.within_id, **found.counts)


def run(batch_id: UUID, progress: Progress | None) -> None:
    """The body of the job, in the name of who confirmed."""
    batch = Batch.objects.select_related("file", "space").get(pk=batch_id)
    if batch.state != BatchState.RUNNING:
        return
    membership = Membership.objects.filter(space=batch.space, person=batch.actor_id).select_related("space", "person")
    found = membership.first()
    if found is None:
        raise Refused("La personne qui a confirmé cet import n'est plus membre de l'espace.")
    actor = Actor.of(found)
    _write(actor, batch, chosen(batch, plan_of(actor, batch)), progress)


def _write(actor: Actor, batch: Batch, found: Plan, progress: Progress | None) -> None:
    """By chunks, each in its transaction. Taken up again, the rows already written are seen by their lines."""
    done = set(batch.rows.values_list("line", flat=True))
    rows = [row for row in found.written if row.line not in done]
    total = len(rows) + len(done)
    for start in range(0, len(rows), CHUNK):
        _write_chunk(actor, batch, rows[start : start + CHUNK])
        if progress:
            progress(min(total, len(done) + start + CHUNK), total)
    Batch.objects.filter(pk=batch.pk, state=BatchState.RUNNING).update(state=BatchState.DONE, done_at=timezone.now())


@transaction.atomic
def _write_chunk(actor: Actor, batch: Batch, rows: Sequence[PlannedRow]) -> None:
    """Two workers on the same import take turns: the second finds its rows written."""
    locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    there = set(batch.rows.filter(line__in=[row.line for row in rows]).values_list("line", flat=True))
    rows = [row for row in rows if row.line not in there]
    if locked.state != BatchState.RUNNING or not rows:
        return
    kind, ground = kind_for(actor, batch.kind), ground_of(actor, batch)
    created = [row for row in rows if row.outcome == Outcome.CREATED]
    changed = [row for row in rows if row.outcome == Outcome.CHANGED]
    identities = kind.create(ground, [row.values for row in created]) if created else []
    if changed:
        kind.change(ground, [(row.pk, row.values) for row in changed if row.pk])
    written = [_row(batch, kind, row, pk) for row, pk in zip(created, identities, strict=True)]
    written += [_row(batch, kind, row, row.pk) for row in changed if row.pk]
    BatchRow.objects.bulk_create(written)


def _row(batch: Batch, kind: Kind, row: PlannedRow, pk: UUID) -> BatchRow:
    return BatchRow(
        batch_id=batch.pk, line=row.line, object_id=pk, outcome=row.outcome, label=row.label,
        before={one.name: one.before for one in row.differences}, after=texts(kind, row.values),
    )  # fmt: skip


def texts(kind: Kind, values: Values) -> dict[str, str]:
    """Values as they are written in a file: what a journal of undoing can keep."""
    return {name: "" if value in (None, "") else kind.field(name).write(value) for name, value in values.items()}
