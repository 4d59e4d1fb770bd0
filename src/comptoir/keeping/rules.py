"""Who decides how long things are kept."""

from comptoir.accounts.models import Actor
from comptoir.accounts.rules import may_change_space


def may_set_retention(actor: Actor) -> bool:
    """The project lead alone says how long the space keeps what it no longer needs."""
    return may_change_space(actor)
