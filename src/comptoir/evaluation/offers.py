"""What the evaluations of a space have to say on the pages of lower rooms: its next contract, its surveys."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from comptoir.accounts.models import Actor
from comptoir.contracts.models import CityContract
from comptoir.evaluation.models import EvaluativeQuestion, Lesson
from comptoir.evaluation.rules import may_write
from comptoir.kit.slots import Piece
from comptoir.participation.models import Survey


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


def may_bring(actor: Actor, survey: Survey) -> bool:
    """Those who bring evidence, in the space of the survey."""
    return may_write(actor) and survey.space_id == actor.space.pk


def of_results(actor: Actor, surveys: Sequence[Survey]) -> Mapping[UUID, Sequence[Piece]]:
    """The questions that were chosen, to which results may be brought. One query."""
    rows = EvaluativeQuestion.objects.kept().filter(space=actor.space)
    chosen = list(rows.select_related("evaluation").order_by("pk"))
    if not chosen:
        return {}
    return {one.pk: [Piece("evaluation/parts/survey_offered.html", {"questions": chosen})] for one in surveys}
