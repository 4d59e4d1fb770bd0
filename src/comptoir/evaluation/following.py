"""The indicators of the observatory that answer a question, as they may be read today."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.accounts.models import Actor
from comptoir.contracts.models import ContractNeighbourhood
from comptoir.evaluation.models import EvaluativeQuestion, PlannedSource
from comptoir.observatory.last_values import Latest, latest_of
from comptoir.territories.models import PriorityNeighbourhood


@dataclass(frozen=True, slots=True)
class Followed:
    """A planned indicator. `latest` is None where the observatory no longer has it."""

    source: PlannedSource
    latest: Latest | None

    @property
    def given(self) -> bool:
        return self.latest is not None and self.latest.given


def followed_of(actor: Actor, question: EvaluativeQuestion, sources: Sequence[PlannedSource]) -> list[Followed]:
    """Five queries where there is an indicator, none where there is not. Territories are those of the contract."""
    planned = [one for one in sources if one.indicator_code]
    if not planned:
        return []
    perimeter = ContractNeighbourhood.objects.filter(contract=question.evaluation.contract_id).values("code")
    neighbourhoods = list(PriorityNeighbourhood.objects.filter(code__in=perimeter).order_by("search", "code"))
    found = latest_of(actor, [one.indicator_code for one in planned], neighbourhoods)
    return [Followed(one, found.get(one.indicator_code)) for one in planned]
