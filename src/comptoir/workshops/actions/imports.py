"""Imports: receive, choose, confirm once, write in steps that survive a kill.

The plan is worked out again from the stored file at every step: nothing parsed is kept, so the preview and the
run cannot differ, and a run that was killed goes on at the first line that is missing. Where each column goes is
decided once, when the import is confirmed, and kept with it.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import formats, timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.analysis.synthesis import read_file, read_text
from comptoir.analysis.synthesis.dates import only_day
from comptoir.analysis.synthesis.model import Reading
from comptoir.kit import files as store
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.kit.french import plural
from comptoir.spaces import files, jobs
from comptoir.spaces.jobs import Progress
from comptoir.spaces.models import Job, StoredFile
from comptoir.voices.actions import refresh_resemblances
from comptoir.voices.actions.lexicon import method_of, teach
from comptoir.voices.enums import StatementState, Subject
from comptoir.voices.models import Heading, Statement, Verbatim
from comptoir.workshops.actions.placing import open_places
from comptoir.workshops.actions.workshops import add_introduction, check_may_import, open_workshop
from comptoir.workshops.days import plausible
from comptoir.workshops.enums import ImportState
from comptoir.workshops.models import Import, ImportedLine, Workshop
from comptoir.workshops.plan import Plan, PlannedLine, plan_of

JOB = "workshops.import"
PASTED = "texte collé"
INLINE = 500  # up to so many lines the person waits; beyond, a job with its progress
CHUNK = 500
MAX_TABLES = 50
MAX_COLUMNS = 60  # of one table


def read_import(source: Import) -> Reading:
    """What was sent, as it is understood now. InputError with one sentence when it cannot be."""
    return _read(store.get(source.file.digest), source.file.name, source.file.media_type, source.mapping)


def _read(content: bytes, name: str, media_type: str, mapping: Mapping[str, str]) -> Reading:
    if (name, media_type) != (PASTED, "text/plain"):
        return read_file(content, name, mapping=mapping or None)
    if mapping:
        return read_file(content, f"{PASTED}.txt", mapping=mapping)
    return read_text(content.decode("utf-8", errors="replace"), source=PASTED)


def is_pasted(source: Import) -> bool:
    return (source.file.name, source.file.media_type) == (PASTED, "text/plain")


def pasted_text(source: Import) -> str:
    """The text that was pasted, as it was; empty when a file was sent."""
    return store.get(source.file.digest).decode("utf-8", errors="replace") if is_pasted(source) else ""


def plan_import(source: Import) -> Plan:
    """What this import would write, or is writing."""
    return plan_of(read_import(source), Subject(source.subject))


@transaction.atomic
def receive(*, actor: Actor, content: bytes, name: str = PASTED, media_type: str = "text/plain") -> Import:
    """Keep what was sent, if it can be read. Nothing is imported yet; nothing is kept of what cannot be read."""
    check_may_import(actor)
    if not content.strip():
        raise Invalid("Il n'y a rien à lire : collez du texte ou choisissez un fichier.", field="text")
    reading = _read(content, name, media_type, {})
    stored = files.keep(space=actor.space, content=content, name=name, media_type=media_type)
    source = Import(space=actor.space, file=stored, actor_id=actor.person_id)
    day = only_day(reading.dates)
    source.title, source.held_on = _title(plan_of(reading), name), day if day and plausible(day) else None
    source.save(force_insert=True)
    journal.write(actor, "workshops.receive", "Document reçu", source.pk, file=stored.pk)
    return source


def _title(plan: Plan, name: str) -> str:
    """What the document calls itself; else its file's name, or the day, until somebody says better."""
    if plan.title:
        return plan.title[:200]
    if name != PASTED:
        return name.rsplit(".", 1)[0][:200]
    return f"Comptoir du {formats.date_format(timezone.localdate(), 'j F Y')}"


def held(actor: Actor, source: Import) -> Import:
    """The import as it is now, held until the end of the transaction: another tab may have confirmed it."""
    found = (
        Import.objects.select_for_update(of=("self",))
        .select_related("file", "workshop", "space")
        .filter(pk=source.pk, space=actor.space)
        .first()
    )
    if found is None:
        raise Refused("Ce document n'est pas dans votre espace.")
    return found


@transaction.atomic
def set_choices(
    *, actor: Actor, source: Import, title: str, held_on: date | None, speaker_kind: str,
    workshop: Workshop | None, mapping: dict[str, str], subject: str = Subject.OTHER,
) -> Import:  # fmt: skip
    """Keep what the person corrected in the preview."""
    check_may_import(actor, workshop)
    source = held(actor, source)
    if source.state != ImportState.PREVIEW:
        raise Conflict("Ce document est déjà importé : ses choix ne changent plus.")
    source.held_on, source.speaker_kind = held_on, speaker_kind
    source.subject, source.workshop, source.mapping = subject, workshop, mapping
    plan = plan_import(source)
    source.title = title.strip()[:200] or _title(plan, source.file.name)
    source.save(update_fields=["title", "held_on", "speaker_kind", "subject", "workshop", "mapping"])
    journal.write(actor, "workshops.set_choices", "Choix d'import", source.pk)
    return source


def twin_of(source: Import, workshop: Workshop | None) -> Import | None:
    """The same content, already imported or being so: in `workshop` first, the latest otherwise."""
    found = Import.objects.select_related("workshop").filter(
        space=source.space_id, file__digest=source.file.digest, state__in=(ImportState.RUNNING, ImportState.DONE)
    )
    found = found.exclude(pk=source.pk).order_by("-pk")
    return found.filter(workshop=workshop).first() or found.first()


def confirm_import(*, actor: Actor, source: Import, back_url: str, again: bool = False) -> Job | None:
    """Import, once: a second call finds it done and changes nothing. A job is returned for long ones.

    Conflict when the same content was imported by another sending, unless `again` says that it is wanted. A short
    import is all or nothing. A long one whose job has failed goes on where it stopped when it is confirmed again.
    """
    check_may_import(actor)
    with transaction.atomic():
        source = held(actor, source)
        if source.state in {ImportState.DONE, ImportState.VOID}:
            return Job.objects.filter(subject_id=source.pk, kind=JOB).first()
        plan = plan_import(source)
        if source.state == ImportState.PREVIEW:
            _check_not_twice(source, again)
            _start(actor, source, plan)
        if plan.total > INLINE:
            return jobs.start(
                space=actor.space, kind=JOB, label=f"Import de {plural(plan.total, 'ligne', 'lignes')}",
                subject_id=source.pk, actor_id=actor.person_id, back_url=back_url,
            )  # fmt: skip
        _write(source, plan, None)
    _suggest(source)
    return None


def _check_not_twice(source: Import, again: bool) -> None:
    """Two sendings of one content, confirmed at the same moment, take turns on its files: the second sees the first."""
    files = StoredFile.objects.filter(space=source.space_id, digest=source.file.digest)
    list(files.select_for_update(of=("self",)).order_by("pk"))
    if not again and twin_of(source, source.workshop):
        raise Conflict("Ce même contenu est déjà importé. Si c'est voulu, choisissez « Importer quand même ».")


def _start(actor: Actor, source: Import, plan: Plan) -> None:
    """Decide where everything goes, and open what is not there yet."""
    if not plan.total:
        raise Invalid("Aucune note n'a été trouvée dans ce document : rien à importer.")
    widest = max(len(comptoir.columns) for comptoir in plan.comptoirs)
    if len(plan.comptoirs) > MAX_TABLES or widest > MAX_COLUMNS:
        raise Invalid(
            f"Ce document ferait {len(plan.comptoirs)} tableaux et jusqu'à {widest} colonnes : "
            "vérifiez ce que dit chaque colonne du fichier."
        )
    if source.workshop is None:
        source.workshop = open_workshop(
            actor=actor, title=source.title or _title(plan, source.file.name), held_on=source.held_on,
            introduction=plan.introduction,
        )  # fmt: skip
        source.made_workshop = True
    elif source.workshop.withdrawn_at:
        raise Conflict("Le comptoir choisi a été retiré depuis : choisissez-en un autre.")
    else:
        add_introduction(source.workshop, plan.introduction)
    source.state = ImportState.RUNNING
    source.places = open_places(
        actor=actor, workshop=source.workshop, plan=plan, speaker_kind=source.speaker_kind
    )  # fmt: skip
    source.save(update_fields=["state", "workshop", "made_workshop", "places"])
    journal.write(
        actor, "workshops.confirm_import", "Import confirmé", source.pk,
        within_id=source.workshop.pk, lines=plan.total,
    )  # fmt: skip


def headings_of(source: Import, *, opened: bool = False) -> list[UUID]:
    """The columns that a confirmed import goes to; `opened`: only those opened for it."""
    return [UUID(pk) for row in source.places for pk, _, new in row if new or not opened]


def write_lines(source_id: UUID, progress: Progress | None) -> None:
    """The body of the job: write the lines that are not there yet, then look for those that resemble each other."""
    source = Import.objects.select_related("file", "workshop", "space").get(pk=source_id)
    if source.state == ImportState.RUNNING:
        _write(source, plan_import(source), progress)
    if progress:
        written = source.lines.count()
        progress(written, written, "Recherche de ce qui se ressemble…")
    _suggest(source)


def _write(source: Import, plan: Plan, progress: Progress | None) -> None:
    """By chunks, each in its transaction; the last step makes all the lines appear at once."""
    lines = list(plan.lines())
    headings = Heading.objects.select_related("occasion").in_bulk(headings_of(source))
    places = [[(headings[UUID(pk)], after) for pk, after, _ in row] for row in source.places]
    written = 0
    while written < len(lines):
        written = _write_chunk(source, places, lines)
        if progress:
            progress(written, len(lines))


@transaction.atomic
def _write_chunk(
    source: Import, places: list[list[tuple[Heading, int]]], lines: list[tuple[int, int, PlannedLine]]
) -> int:
    """Write the next lines and return how many there are now. Two workers on the same import take turns."""
    if Import.objects.select_for_update(of=("self",)).get(pk=source.pk).state != ImportState.RUNNING:
        return len(lines)
    start = ImportedLine.objects.filter(source=source).count()
    statements, verbatims, imported = [], [], []
    for rank, (i, j, line) in enumerate(lines[start : start + CHUNK], start):
        heading, after = places[i][j]
        statement = Statement(
            space=source.space, heading=heading, state=StatementState.ARRIVING, position=after + rank
        )  # fmt: skip
        statement.root = statement
        if line.is_note:
            verbatims.append(
                Verbatim(
                    space=source.space, occasion=heading.occasion, statement=statement, words=line.text,
                    tally=line.occurrences, table=line.table[:60], speaker_kind=source.speaker_kind,
                    subject=heading.occasion.subject,
                )
            )  # fmt: skip
        else:
            statement.reported_wording, statement.reported_occurrences = line.text, line.occurrences
        statements.append(statement)
        imported.append(ImportedLine(statement=statement, source=source, rank=rank, line=line.line))
    Statement.objects.bulk_create(statements)
    Verbatim.objects.bulk_create(verbatims)
    ImportedLine.objects.bulk_create(imported)
    written = start + len(statements)
    if written == len(lines):
        arriving = Statement.objects.filter(imported__source=source, state=StatementState.ARRIVING)
        arriving.update(state=StatementState.LIVE)
        Import.objects.filter(pk=source.pk).update(state=ImportState.DONE, done_at=timezone.now())
    return written


def _suggest(source: Import) -> None:
    method = method_of(teach(source.space))
    for heading in Heading.objects.filter(pk__in=headings_of(source)).order_by("pk"):
        refresh_resemblances(heading, method)
