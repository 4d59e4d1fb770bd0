"""Opening a workshop and its comptoirs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices.enums import HeadingKind, SpeakerKind, Subject
from comptoir.voices.models import Heading, Occasion
from comptoir.workshops.enums import Layout
from comptoir.workshops.models import Comptoir, Import, Workshop
from comptoir.workshops.rules import may_import

USUAL = (HeadingKind.INTEREST, HeadingKind.TRY, HeadingKind.PITFALL, HeadingKind.INVENTION)


def check_may_import(actor: Actor, workshop: Workshop | None = None) -> None:
    if not may_import(actor):
        raise Refused("Seule l'équipe du projet ouvre des comptoirs et importe des notes.")
    if workshop is not None and workshop.space_id != actor.space.pk:
        raise Refused("Ce comptoir n'est pas dans votre espace.")


@transaction.atomic
def open_workshop(
    *, actor: Actor, title: str, held_on: date | None = None, place: str = "", introduction: str = ""
) -> Workshop:
    """A new workshop, without any comptoir yet."""
    check_may_import(actor)
    if not title.strip():
        raise Invalid("Donnez un titre : c'est lui qu'on retrouvera dans la liste.", field="title")
    workshop = Workshop.objects.create(
        space=actor.space, title=title.strip()[:200], held_on=held_on, place=place.strip()[:200],
        introduction=introduction.strip(),
    )  # fmt: skip
    journal.write(actor, "workshops.open_workshop", "Comptoir ouvert", workshop.pk, within_id=workshop.pk)
    return workshop


@transaction.atomic
def change_workshop(
    *, actor: Actor, workshop: Workshop, title: str, held_on: date | None, place: str, introduction: str,
    speaker_kind: str = "",
) -> Workshop:  # fmt: skip
    """Correct what is said about a workshop. `speaker_kind` is set on its occasions for the notes to come."""
    check_may_import(actor, workshop)
    if not title.strip():
        raise Invalid("Donnez un titre : c'est lui qu'on retrouvera dans la liste.", field="title")
    workshop.title, workshop.held_on = title.strip()[:200], held_on
    workshop.place, workshop.introduction = place.strip()[:200], introduction.strip()
    workshop.save(update_fields=["title", "held_on", "place", "introduction"])
    if speaker_kind:
        Occasion.objects.filter(comptoir__workshop=workshop).update(speaker_kind=speaker_kind)
    Occasion.objects.filter(comptoir__workshop=workshop).update(held_on=held_on)
    journal.write(actor, "workshops.change_workshop", "Comptoir corrigé", workshop.pk, within_id=workshop.pk)
    return workshop


@transaction.atomic
def open_workshops(*, actor: Actor, planned: Sequence[tuple[str, date | None, str]]) -> list[Workshop]:
    """As `open_workshop` for each (title, day, place) of a calendar, in a few queries whatever their number."""
    check_may_import(actor)
    opened = [
        Workshop(space=actor.space, title=title.strip()[:200], held_on=day, place=place.strip()[:200])
        for title, day, place in planned
    ]
    if not all(workshop.title for workshop in opened):
        raise Invalid("Donnez un titre : c'est lui qu'on retrouvera dans la liste.", field="title")
    Workshop.objects.bulk_create(opened, batch_size=500)
    journal.write_many(
        actor, "workshops.open_workshops", "Comptoir mis au calendrier", [workshop.pk for workshop in opened]
    )
    return opened


@transaction.atomic
def withdraw_workshops(*, actor: Actor, identities: Sequence[UUID]) -> None:
    """Take workshops of the actor's space off the lists. Conflict if something was ever opened or imported in one."""
    check_may_import(actor)
    shown = Workshop.objects.visible_to(actor).filter(pk__in=identities).select_for_update(of=("self",))
    found = [workshop.pk for workshop in shown.order_by("pk")]
    used = Comptoir.objects.filter(workshop__in=found).exists() or Import.objects.filter(workshop__in=found).exists()
    if used:
        raise Conflict("Un de ces comptoirs a déjà servi : il n'est pas retiré.")
    Workshop.objects.filter(pk__in=found).update(withdrawn_at=timezone.now())
    journal.write_many(actor, "workshops.withdraw_workshops", "Comptoir retiré du calendrier", found)


@transaction.atomic
def add_introduction(workshop: Workshop, introduction: str) -> None:
    """Add to what a workshop says of itself the lines that are not in it yet. Nothing of it is replaced."""
    current = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk).introduction
    known = {line.strip() for line in current.splitlines()}
    new = [line for line in introduction.splitlines() if line.strip() and line.strip() not in known]
    workshop.introduction = "\n".join([current, *new] if current else new)
    if new:
        workshop.save(update_fields=["introduction"])


@transaction.atomic
def add_comptoir(
    *, actor: Actor, workshop: Workshop, title: str, subject: Subject, speaker_kind: str = SpeakerKind.UNKNOWN,
    layout: Layout = Layout.BOARD, columns: Sequence[tuple[HeadingKind, str]] = (),
) -> Comptoir:  # fmt: skip
    """A table about one subject, with its columns (by default the four usual ones)."""
    check_may_import(actor, workshop)
    last = workshop.comptoirs.aggregate(last=Max("position"))["last"]
    occasion = Occasion.objects.create(
        space=actor.space, title=title[:200], held_on=workshop.held_on, speaker_kind=speaker_kind, subject=subject
    )
    comptoir = Comptoir.objects.create(
        occasion=occasion, workshop=workshop, layout=layout, position=0 if last is None else last + 1
    )
    wanted = columns or [(kind, str(kind.label)) for kind in USUAL]
    Heading.objects.bulk_create(
        Heading(occasion=occasion, kind=kind, label=label[:200], position=i) for i, (kind, label) in enumerate(wanted)
    )
    journal.write(actor, "workshops.add_comptoir", "Tableau ajouté", occasion.pk, within_id=workshop.pk)
    return comptoir
