"""Opening the public page of a space, and closing it."""

from django.db import transaction
from django.utils import timezone

from comptoir.accounts import journal
from comptoir.accounts.models import Actor
from comptoir.kit.errors import Invalid, Refused
from comptoir.portal.models import PublicPage
from comptoir.portal.public.rules import may_open_public_page

MAX_TEXT = 600


@transaction.atomic
def set_public_page(
    *, actor: Actor, opened: bool, welcome: str = "", where_to_speak: str = "", announces: bool = False
) -> PublicPage:
    """Open the public page or close it, with its words. Closing keeps the words and hides everything at once."""
    if not may_open_public_page(actor):
        raise Refused("Seule la personne qui conduit le projet ouvre ou ferme la page publique.")
    welcome, where_to_speak = (text.strip().replace("\x00", "") for text in (welcome, where_to_speak))
    for field, text in (("welcome", welcome), ("where_to_speak", where_to_speak)):
        if len(text) > MAX_TEXT:
            raise Invalid(f"Ce texte dépasse {MAX_TEXT} caractères : raccourcissez-le.", field=field)
    page, _ = PublicPage.objects.select_for_update().get_or_create(space=actor.space)
    was_open = page.opened_at is not None
    if opened != was_open:
        page.opened_at = timezone.now() if opened else None
    page.welcome, page.where_to_speak, page.announces = welcome, where_to_speak, announces
    page.save()
    label = "Page publique changée" if opened == was_open else f"Page publique {'ouverte' if opened else 'fermée'}"
    journal.write(actor, "portal.set_public_page", label, actor.space.pk, opened=int(opened))
    return page
