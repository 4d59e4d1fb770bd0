"""Who may do what in the observatory. The docstring is the rule."""

from comptoir.accounts.models import Actor, Person
from comptoir.accounts.rules import is_host, is_team
from comptoir.observatory.models import Collection


def may_look(actor: Actor) -> bool:
    """Every member of the space sees indicators and figures, as they are released."""
    return True


def may_keep_indicators(actor: Actor) -> bool:
    """The team of the space keeps its local indicators, their suppliers, targets, imports and due dates."""
    return is_team(actor)


def may_give(actor: Actor, collection: Collection) -> bool:
    """The team, and the person to whom the collection was given, type its values and read them as typed."""
    owner = collection.owner
    return may_keep_indicators(actor) or (
        owner is not None and actor.person_id is not None and owner.person_id == actor.person_id
    )


def may_load(person: Person) -> bool:
    """Who hosts the instance loads public series: they are everybody's."""
    return is_host(person)
