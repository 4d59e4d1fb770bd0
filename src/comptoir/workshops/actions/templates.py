"""The templates of comptoirs that a space keeps."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid
from comptoir.voices.enums import Subject
from comptoir.workshops.actions.workshops import check_may_import
from comptoir.workshops.models import ComptoirTemplate

MOST_COLUMNS = 8


@transaction.atomic
def save_template(
    *, actor: Actor, title: str, questions: str, columns: Mapping[str, Sequence[str]],
    template: ComptoirTemplate | None = None,
) -> ComptoirTemplate:  # fmt: skip
    """Keep a template, or change one. Workshops already opened from it stay as they are."""
    check_may_import(actor)
    if not title.strip():
        raise Invalid("Donnez un nom à ce modèle : c'est lui qu'on choisira.", field="title")
    kept = {
        subject: [label.strip()[:200] for label in columns.get(subject, ()) if label.strip()]
        for subject in Subject.values
    }
    if any(len(labels) > MOST_COLUMNS for labels in kept.values()):
        raise Invalid(f"Huit colonnes au plus par tableau ({MOST_COLUMNS}) : un mur ne se lit plus au-delà.")
    template = template or ComptoirTemplate(space=actor.space)
    template.title, template.questions = title.strip()[:200], questions.strip()
    template.columns = {subject: labels for subject, labels in kept.items() if labels}
    template.save()
    journal.write(actor, "workshops.save_template", "Modèle de comptoir enregistré", template.pk)
    return template


@transaction.atomic
def withdraw_template(*, actor: Actor, template: ComptoirTemplate) -> None:
    """Offer a template no more. Doing it again changes nothing."""
    check_may_import(actor)
    if template.withdrawn_at is None:
        template.withdrawn_at = timezone.now()
        template.save(update_fields=["withdrawn_at"])
        journal.write(actor, "workshops.withdraw_template", "Modèle de comptoir retiré", template.pk)
