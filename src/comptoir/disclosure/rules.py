"""Who may change what is hidden. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor


def may_set_threshold(actor: Actor) -> bool:
    """The project lead alone sets the threshold of the space."""
    return actor.role == Role.PROJECT_LEAD
