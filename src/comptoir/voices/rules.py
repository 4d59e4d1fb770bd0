"""Who may hear and who may touch what was said. A rule takes the actor; the docstring is the rule."""

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.accounts.rules import is_team

HEAR_RAW = frozenset({Role.PROJECT_LEAD, Role.FACILITATOR, Role.EVALUATOR})


def may_hear_raw(actor: Actor) -> bool:
    """The team and the evaluator read raw notes; the other members read published syntheses and their words."""
    return actor.role in HEAR_RAW


def may_note(actor: Actor) -> bool:
    """The team alone writes, counts, moves, gathers, separates, rewords and withdraws lines."""
    return is_team(actor)


def may_answer(actor: Actor) -> bool:
    """The team writes answers to those who spoke; drafts are for the team alone."""
    return is_team(actor)


def may_publish_answers(actor: Actor) -> bool:
    """The project lead alone publishes an answer, and withdraws one that is published."""
    return actor.role == Role.PROJECT_LEAD


def may_give_codes(actor: Actor) -> bool:
    """The team gives the codes with which those who spoke find what became of it."""
    return is_team(actor)
