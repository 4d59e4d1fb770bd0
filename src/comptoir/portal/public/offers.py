"""What the public page shows on lower pages: its setting, the way to the codes of a comptoir and of a line."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.kit.slots import Piece
from comptoir.portal.models import PublicPage
from comptoir.portal.public.rules import may_open_public_page
from comptoir.spaces.models import Space
from comptoir.voices.models import Statement
from comptoir.voices.rules import may_give_codes
from comptoir.workshops.models import Workshop

Pieces = Mapping[UUID, Iterable[Piece]]


def may_decide(actor: Actor, space: Space) -> bool:
    """The project lead, in their own space."""
    return may_open_public_page(actor) and actor.space.pk == space.pk


def settings_of(actor: Actor, spaces: Sequence[Space]) -> Pieces:
    opened = set(PublicPage.objects.opened().filter(space__in=spaces).order_by().values_list("pk", flat=True))
    return {
        space.pk: [Piece("portal/public/parts/setting.html", {"slug": space.slug, "opened": space.pk in opened})]
        for space in spaces
    }


def may_code(actor: Actor, thing: Workshop | Statement) -> bool:
    """The team, in its own space."""
    return may_give_codes(actor) and thing.space_id == actor.space.pk


def codes_of_workshops(actor: Actor, workshops: Sequence[Workshop]) -> Pieces:
    return {one.pk: [Piece("portal/public/parts/codes_link.html", {"workshop": one})] for one in workshops}


def codes_of_lines(actor: Actor, lines: Sequence[Statement]) -> Pieces:
    """The way to the codes of the words gathered under a line."""
    return {line.pk: [Piece("portal/public/parts/codes_of_line.html", {"line": line})] for line in lines}
