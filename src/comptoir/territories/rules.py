"""Who may do what to territories. A rule takes the actor or, outside spaces, the person; the docstring is the rule."""

from comptoir.accounts.models import Actor, Person
from comptoir.accounts.rules import is_host, is_team
from comptoir.kit.errors import Refused


def may_see(actor: Actor) -> bool:
    """Every member of the space: territories are public data."""
    return True


def may_draw(actor: Actor) -> bool:
    """The team of the space draws, imports and withdraws its local areas."""
    return is_team(actor)


def may_load(person: Person) -> bool:
    """Who hosts the instance loads official files: they are everybody's."""
    return is_host(person)


def must_load(person: Person) -> None:
    if not may_load(person):
        raise Refused("Les fichiers officiels sont chargés par qui héberge Comptoir.")
