"""Rereading what may identify someone: mask it in the public copy, or leave it as it is. The words never change."""

from uuid import UUID

from django.db import transaction

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.workshops.models import Mask, SynthesisLine, SynthesisVersion, SynthesisWord
from comptoir.workshops.public import decisions_of, to_decide
from comptoir.workshops.rules import may_mask


@transaction.atomic
def decide_mask(
    *, actor: Actor, version: SynthesisVersion, statement_id: UUID, rewording_id: UUID | None = None, text: str = ""
) -> Mask:
    """The public copy of these words of a version; without `text`, they were reread and go out as they are.

    Deciding the same thing again writes nothing.
    """
    _check(actor, version)
    original = _original(version, statement_id, rewording_id)
    text = text.strip()
    if text == original.strip():
        text = ""
    if len(text) > 5000:
        raise Invalid("La copie publique est trop longue : 5 000 caractères au plus.", field="text")
    current = decisions_of(version).get((statement_id, rewording_id))
    if current and current.text == text:
        return current
    mask = _write(actor, statement_id, rewording_id, text)
    label = "Parole masquée" if text else "Parole laissée telle quelle"
    journal.write(actor, "workshops.decide_mask", label, mask.pk, within_id=version.pk, statement=statement_id)
    return mask


@transaction.atomic
def leave_others(*, actor: Actor, version: SynthesisVersion) -> int:
    """Say that all that is left to reread may go out as it is. Returns how many texts that was."""
    _check(actor, version)
    left = to_decide(version)
    for quote in left:
        _write(actor, *quote.key, "")
    if left:
        journal.write(
            actor, "workshops.leave_others", "Autres paroles laissées telles quelles", version.pk,
            within_id=version.workshop_id, number=len(left),
        )  # fmt: skip
    return len(left)


def _check(actor: Actor, version: SynthesisVersion) -> None:
    if not may_mask(actor):
        raise Refused("Seule l'équipe du projet masque des passages.")
    if version.space_id != actor.space.pk:
        raise Refused("Cette synthèse n'est pas dans votre espace.")


def _original(version: SynthesisVersion, statement_id: UUID, rewording_id: UUID | None) -> str:
    """The words as they are; refused when the version does not show them."""
    if rewording_id:
        line = SynthesisLine.objects.filter(version=version, statement=statement_id, rewording=rewording_id)
        found = line.select_related("rewording").first()
        if found and found.rewording:
            return found.rewording.text
    else:
        words = SynthesisWord.objects.filter(line__version=version, statement=statement_id)
        word = words.select_related("statement__verbatim").first()
        if word:
            return word.statement.original
    raise Invalid("Cette parole n'est pas dans cette version : rechargez la page.")


def _write(actor: Actor, statement_id: UUID, rewording_id: UUID | None, text: str) -> Mask:
    return Mask.objects.create(
        statement_id=statement_id, rewording_id=rewording_id, text=text, author_id=actor.person_id,
        author_organisation=actor.organisation[:120],
    )  # fmt: skip
