"""Who may do what to the thread. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.models import Actor
from comptoir.contracts.rules import may_edit_contract
from comptoir.voices.rules import may_hear_raw


def may_cite(actor: Actor) -> bool:
    """The project lead, who puts wordings in force, says which lines a wording comes from."""
    return may_edit_contract(actor)


def may_read_who_speaks(actor: Actor) -> bool:
    """Those who hear raw notes: a breakdown by who speaks may point at few people."""
    return may_hear_raw(actor)
