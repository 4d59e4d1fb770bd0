"""Who may do what to the space and to the instance. A rule takes who acts; the docstring is the rule."""

from comptoir.accounts.enums import InstanceRoleKind, Role
from comptoir.accounts.models import Actor, Person

TEAM = frozenset({Role.PROJECT_LEAD, Role.FACILITATOR})


def is_member(actor: Actor) -> bool:
    """Every member of the space, whatever the role."""
    return True


def is_team(actor: Actor) -> bool:
    """The project lead and the facilitators."""
    return actor.role in TEAM


def may_change_space(actor: Actor) -> bool:
    """The project lead alone changes the name, the look and the settings of the space."""
    return actor.role == Role.PROJECT_LEAD


def may_read_journal(actor: Actor) -> bool:
    """The project lead and the evaluator read the journal."""
    return actor.role in {Role.PROJECT_LEAD, Role.EVALUATOR}


def may_manage_people(actor: Actor) -> bool:
    """The project lead alone sees addresses, invites, gives roles and ends access."""
    return actor.role == Role.PROJECT_LEAD


def is_host(person: Person) -> bool:
    """The host opens and closes spaces, and reads nothing of what is said in them."""
    return person.instance_roles.filter(kind=InstanceRoleKind.HOST).exists()


def is_resource_centre(person: Person) -> bool:
    """A resource centre reads, as a reader does, the spaces whose project lead has opened them to it."""
    return person.instance_roles.filter(kind=InstanceRoleKind.RESOURCE_CENTRE).exists()
