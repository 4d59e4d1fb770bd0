"""What is done to territories. Public geography is the host's; local areas are each space's own."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from comptoir.accounts.journal import write as journal
from comptoir.accounts.models import Actor, Person
from comptoir.analysis.territories.outlines import Shape
from comptoir.audit.models import record
from comptoir.kit import files
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.kit.ids import uuid7
from comptoir.spaces import jobs
from comptoir.spaces.models import Job
from comptoir.territories import rules
from comptoir.territories.enums import LocalAreaKind
from comptoir.territories.loading import (
    READING,
    Loading,
    Report,
    Source,
    moment,
    prepare,
    read_files,
    silent,
    write,
)
from comptoir.territories.local_areas import Members, outline_columns
from comptoir.territories.models import LocalArea, ReceivedFile

JOB = "territories.load"
MEANWHILE = "Un autre chargement était en cours : attendez qu'il finisse, puis recommencez."


def load_official(*, person: Person | None, sources: Sequence[Source], report: Report = silent) -> Loading:
    """Loads official files, once: what is already so is not written again. `person` is None for the command line.

    Files are read before the transaction, so that whoever waits sees the progress of a job. Raises Refused to who is
    not the host, Conflict when another load was under way.
    """
    if person is not None:
        rules.must_load(person)
    before = moment()
    loading = prepare(sources, report)
    if loading.idle:
        return loading
    try:
        with transaction.atomic():
            if moment() != before:
                raise Conflict(MEANWHILE)
            write(loading, report)
            record(
                space=None, actor_id=person.pk if person else None, action="territories.load",
                label="Fichiers officiels chargés", object_id=uuid7(),
                rows=sum(source.read.count for source in sources),
                new=sum(count.new for count in loading.counts),
                changed=sum(count.changed for count in loading.counts),
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(MEANWHILE) from error
    return loading


@transaction.atomic
def queue_official(*, person: Person, name: str, digest: str, back_url: str) -> Job:
    """Have the worker load a file of the store, with its progress."""
    rules.must_load(person)
    file = ReceivedFile.objects.create(name=name[:200], digest=digest, person_id=person.pk)
    return jobs.start(
        space=None, kind=JOB, label=f"Chargement de {name}"[:200], subject_id=file.pk, actor_id=person.pk,
        back_url=back_url,
    )  # fmt: skip


def load_received(subject_id: UUID, progress: jobs.Progress) -> None:
    """The body of the job: it may run twice, the second finds everything there."""
    file = ReceivedFile.objects.get(pk=subject_id)
    progress(0, 0, "Lecture du fichier…")
    sources = read_files([(file.name, files.get(file.digest))])
    total = sum(source.read.count for source in sources)

    def report(what: str, done: int, of: int) -> None:
        """What is written is in a transaction: nobody would see its progress, so it is told before."""
        if what == READING:
            progress(done, of, "Écriture…" if done == of else "")

    progress(0, total)
    loading = load_official(person=Person.objects.get(pk=file.person_id), sources=sources, report=report)
    file.outcome = loading.outcome
    file.save(update_fields=["outcome"])


def add_local_area(
    *, actor: Actor, name: str, kind: LocalAreaKind, shape: Shape | None = None, members: Members | None = None
) -> LocalArea:
    """A new area of the space: drawn (`shape`), or chosen (`members`)."""
    _must_draw(actor)
    with transaction.atomic():
        area = LocalArea(space=actor.space, name=name, kind=kind)
        _put(area, shape, members)
        journal(actor, "territories.add_local_area", "Secteur ajouté", area.pk)
    return area


def change_local_area(
    *,
    actor: Actor,
    area: LocalArea,
    name: str,
    kind: LocalAreaKind,
    shape: Shape | None = None,
    members: Members | None = None,
) -> LocalArea:
    """Its name, its nature, and where it is."""
    _must_draw(actor)
    with transaction.atomic():
        area = LocalArea.objects.visible_to(actor).select_for_update().filter(pk=area.pk).first() or _gone()
        area.name, area.kind = name, kind
        _put(area, shape, members)
        journal(actor, "territories.change_local_area", "Secteur corrigé", area.pk)
    return area


def withdraw_local_area(*, actor: Actor, area: LocalArea) -> None:
    """The area is no longer shown; what cites it still finds it."""
    _must_draw(actor)
    with transaction.atomic():
        done = LocalArea.objects.visible_to(actor).filter(pk=area.pk).update(withdrawn_at=timezone.now())
        if not done:
            _gone()
        journal(actor, "territories.withdraw_local_area", "Secteur retiré", area.pk)


def import_local_areas(*, actor: Actor, kind: LocalAreaKind, outlines: Sequence[tuple[str, Shape]]) -> tuple[int, int]:
    """(how many are new, how many were there already: same outline). Sending a file twice adds nothing."""
    _must_draw(actor)
    with transaction.atomic():
        known = set(LocalArea.objects.visible_to(actor).order_by().values_list("digest", flat=True))
        new = []
        for name, shape in outlines:
            area = LocalArea(space=actor.space, name=name, kind=kind, **outline_columns(shape))
            if area.digest not in known:
                known.add(area.digest)
                new.append(area)
        LocalArea.objects.bulk_create(new, batch_size=500)
        if new:
            journal(actor, "territories.import_local_areas", "Secteurs importés", uuid7(), count=len(new))
    return len(new), len(outlines) - len(new)


def _must_draw(actor: Actor) -> None:
    if not rules.may_draw(actor):
        raise Refused("Les secteurs sont dessinés par l'équipe du projet.")


def _put(area: LocalArea, shape: Shape | None, members: Members | None) -> None:
    """Writes the area with its place. What was chosen gives the outline where none was drawn."""
    if shape is None and members is not None:
        shape = members.shape()
    if shape is None and not (members and (members.communes or members.neighbourhoods)):
        raise Invalid("Dites où est ce secteur : un contour, ou des communes et des quartiers.")
    empty = {"geometry": None, "sketch": None, "digest": "", "west": None, "south": None, "east": None, "north": None}
    for column, value in {**empty, **outline_columns(shape)}.items():
        setattr(area, column, value)
    area.save()
    area.communes.set(members.communes if members else ())
    area.neighbourhoods.set(members.neighbourhoods if members else ())


def _gone() -> LocalArea:
    raise Conflict("Ce secteur n'est plus là : quelqu'un l'a retiré entre-temps.")
