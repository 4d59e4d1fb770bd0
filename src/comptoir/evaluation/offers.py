"""What the evaluations of a space have to say on the page of its next contract."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract
from comptoir.evaluation.models import Lesson
from comptoir.kit.slots import Piece


def may_see(actor: Actor, contract: CityContract) -> bool:
    """Every member of the space reads the lessons of its former contracts."""
    return contract.space_id == actor.space.pk


def of_contracts(actor: Actor, contracts: Sequence[CityContract]) -> Mapping[UUID, Sequence[Piece]]:
    """The lessons of the contracts opened before; nothing where there is none. One query a contract: a page has one."""
    found: dict[UUID, Sequence[Piece]] = {}
    for contract in contracts:
        rows = Lesson.objects.of_contracts_before(contract.pk, actor.space)
        lessons = list(rows.select_related("evaluation__contract").order_by("kind", "pk"))
        if lessons:
            found[contract.pk] = [Piece("evaluation/parts/lessons_offered.html", {"lessons": lessons})]
    return found
