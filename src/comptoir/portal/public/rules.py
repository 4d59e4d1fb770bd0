"""Who decides of what is public. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor


def may_open_public_page(actor: Actor) -> bool:
    """The project lead alone opens the public page of the space, changes its words and closes it."""
    return actor.role == Role.PROJECT_LEAD
