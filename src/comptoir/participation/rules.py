"""Who may do what with surveys. A rule takes the actor; the docstring is the rule. Residents answer without account."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team


def may_write_surveys(actor: Actor) -> bool:
    """The team writes surveys, prints them and types the papers that come back."""
    return is_team(actor)


def may_open_surveys(actor: Actor) -> bool:
    """The project lead alone opens a survey to residents, extends it and stops its counts."""
    return actor.role == Role.PROJECT_LEAD
