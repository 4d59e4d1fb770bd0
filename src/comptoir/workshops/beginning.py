"""What this room shows on lower pages."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Piece
from comptoir.spaces.models import Space
from comptoir.workshops.models import Workshop, silence_of
from comptoir.workshops.rules import may_import, may_set_silence


def may_begin(actor: Actor, space: Space) -> bool:
    """Who imports notes, in their own space."""
    return may_import(actor) and actor.space.pk == space.pk


def first_steps(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Iterable[Piece]]:
    """The first notes."""
    held = set(Workshop.objects.filter(space__in=spaces).order_by().values_list("space", flat=True).distinct())
    return {space.pk: [_notes(space, space.pk in held)] for space in spaces}


def _notes(space: Space, done: bool) -> Piece:
    return Piece("accounts/parts/step.html", {
        "done": done, "label": "Coller vos premières notes", "action": "Coller",
        "why": "Un tas de papiers recopiés, un tableau, une ancienne synthèse : en cinq étapes, un document à relire.",
        "url": reverse("import_new", args=(space.slug,)),
    })  # fmt: skip


def may_decide(actor: Actor, space: Space) -> bool:
    """The project lead, in their own space."""
    return may_set_silence(actor) and actor.space.pk == space.pk


def settings(actor: Actor, spaces: Sequence[Space]) -> Mapping[UUID, Iterable[Piece]]:
    """The months after which a theme is silent."""
    part = "workshops/parts/silence_setting.html"
    return {space.pk: [Piece(part, {"slug": space.slug, "months": silence_of(space)})] for space in spaces}
