"""Freezing and publishing a synthesis."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.voices.actions.lines import hold
from comptoir.voices.models import Statement
from comptoir.workshops.enums import VersionState
from comptoir.workshops.models import SynthesisLine, SynthesisVersion, SynthesisWord, Workshop
from comptoir.workshops.public import to_decide
from comptoir.workshops.rules import may_publish, may_validate
from comptoir.workshops.sheets import SAID, draft


@transaction.atomic
def validate(*, actor: Actor, workshop: Workshop) -> SynthesisVersion:
    """Say that the synthesis has been reread with the room: its lines and counts are frozen in a new version.

    When nothing has changed since the last version, that one is returned: a second click makes no second version.
    """
    if not may_validate(actor):
        raise Refused("Seule l'équipe du projet valide une synthèse.")
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk, space=actor.space)
    hold(workshop.comptoirs.values("pk"))  # lines, counts and words are read one after the other
    lines = [
        SynthesisLine(
            heading=column.heading, statement_id=line.pk, position=position, rewording_id=line.rewording_id,
            occurrences=line.occurrences, gathered=line.gathered,
        )
        for position, (column, line) in enumerate(
            ((column, line) for sheet in draft(workshop) for column in sheet.columns for line in column.lines), 1
        )
    ]  # fmt: skip
    if not lines:
        raise Invalid("Il n'y a encore aucune ligne : importez ou ajoutez des notes avant de valider.")
    by_root = {line.statement_id: line for line in lines}
    words = [
        SynthesisWord(line=by_root[root], statement_id=pk, occurrences=said) for pk, root, said in _members(workshop)
    ]
    last = workshop.versions.order_by("-number").first()
    if last and _says_the_same(last, workshop, lines, words):
        return last
    version = SynthesisVersion.objects.create(
        space=actor.space, workshop=workshop, number=last.number + 1 if last else 1, title=workshop.title,
        introduction=workshop.introduction, validated_by_id=actor.person_id,
    )  # fmt: skip
    for frozen in lines:
        frozen.version = version
    SynthesisLine.objects.bulk_create(lines)
    SynthesisWord.objects.bulk_create(words)
    journal.write(
        actor, "workshops.validate", "Synthèse relue", version.pk, within_id=workshop.pk, number=version.number
    )
    return version


def _members(workshop: Workshop) -> "QuerySet[Statement, tuple[UUID, UUID, int]]":
    """(line, root, times said) of every live line, in the order in which a line's words are shown."""
    live = Statement.objects.live().filter(heading__occasion__comptoir__workshop=workshop)
    return live.annotate(said=SAID).order_by("position", "pk").values_list("pk", "root_id", "said")


def _says_the_same(
    last: SynthesisVersion, workshop: Workshop, lines: list[SynthesisLine], words: list[SynthesisWord]
) -> bool:
    if (last.title, last.introduction) != (workshop.title, workshop.introduction):
        return False
    then = last.lines.order_by("position").values_list(*_FROZEN)
    said = SynthesisWord.objects.filter(line__version=last).values_list(
        "line__statement_id", "statement_id", "occurrences"
    )
    return list(then) == [tuple(getattr(line, name) for name in _FROZEN) for line in lines] and set(said) == {
        (word.line.statement_id, word.statement_id, word.occurrences) for word in words
    }


_FROZEN = ("statement_id", "heading_id", "rewording_id", "occurrences", "gathered")


@transaction.atomic
def publish(*, actor: Actor, version: SynthesisVersion) -> SynthesisVersion:
    """Show a reread version to all the members of the space. Publishing it again changes nothing.

    Somebody has first looked at each passage that may identify someone: masked, or left as it is.
    """
    if not may_publish(actor):
        raise Refused("Seule la personne qui conduit le projet publie une synthèse.")
    version = SynthesisVersion.objects.select_for_update(of=("self",)).get(pk=version.pk, space=actor.space)
    if version.state == VersionState.PUBLISHED:
        return version
    newer = version.workshop.versions.filter(number__gt=version.number).first()
    if newer:
        raise Conflict(f"La version {newer.number} a été relue depuis : publiez plutôt celle-là.")
    left = len(to_decide(version))
    if left:
        raise Conflict(f"Avant de publier, relisez ce qui peut désigner quelqu'un : il en reste {left}.")
    version.state, version.published_at = VersionState.PUBLISHED, timezone.now()
    version.save(update_fields=["state", "published_at"])
    journal.write(
        actor, "workshops.publish", "Synthèse publiée", version.pk,
        within_id=version.workshop_id, number=version.number,
    )  # fmt: skip
    return version
