"""What an outside reviewer does: take the extract away, write a note that the team cannot edit."""

from datetime import date

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.commitments.actions.checks import words
from comptoir.evaluation.models import OutsideNote, Restitution
from comptoir.evaluation.rules import may_review, may_take_extract
from comptoir.kit.errors import Refused

MOST = 8_000


@transaction.atomic
def take_extract(*, actor: Actor, restitution: Restitution) -> None:
    """Say in the journal that the extract of a frozen state leaves the house."""
    if not may_take_extract(actor) or restitution.space_id != actor.space.pk:
        raise Refused("L'extrait est pour l'évaluateur et la conduite du projet.")
    _note(actor, "evaluation.take_extract", "Extrait emporté", restitution)


@transaction.atomic
def write_outside_note(*, actor: Actor, restitution: Restitution, text: str, on: date) -> OutsideNote:
    """Write an independent note beside a frozen state. The team cannot write one, nor change it."""
    if not may_review(actor) or restitution.space_id != actor.space.pk:
        raise Refused("Cette note est celle du regard extérieur : l'équipe ne l'écrit pas.")
    made = OutsideNote.objects.create(
        restitution=restitution, text=words(text, "text", "Écrivez la note.", MOST), written_on=on,
        author_id=actor.person_id, author_organisation=actor.organisation,
    )  # fmt: skip
    _note(actor, "evaluation.write_outside_note", "Note du regard extérieur", restitution, note=made.pk)
    return made


@transaction.atomic
def disown_outside_note(*, actor: Actor, note: OutsideNote, on: date) -> None:
    """Its author says that a note no longer stands: it stays readable, and says so."""
    if not may_review(actor) or note.author_id != actor.person_id or note.restitution.space_id != actor.space.pk:
        raise Refused("Seul l'auteur d'une note peut dire qu'elle ne vaut plus.")
    if note.disowned_on is None:
        note.disowned_on = on
        note.save(update_fields=["disowned_on"])
        _note(actor, "evaluation.disown_outside_note", "Note qui ne vaut plus", note.restitution, note=note.pk)


def _note(actor: Actor, action: str, label: str, restitution: Restitution, **details: object) -> None:
    journal.write(actor, action, label, restitution.pk, within_id=restitution.evaluation_id, **details)
