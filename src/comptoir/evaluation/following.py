"""The indicators of the observatory that answer a question, as they may be read today."""

from dataclasses import dataclass

from comptoir.accounts.models import Actor
from comptoir.evaluation.around import Around
from comptoir.evaluation.models import PlannedSource
from comptoir.observatory.last_values import Latest, latest_of


@dataclass(frozen=True, slots=True)
class Followed:
    """A planned indicator. `latest` is None where the observatory no longer has it."""

    source: PlannedSource
    latest: Latest | None

    @property
    def given(self) -> bool:
        return self.latest is not None and self.latest.given


def followed_of(actor: Actor, known: Around) -> list[Followed]:
    """Four queries where there is an indicator, none where there is not. Territories are those of the contract."""
    planned = [one for one in known.sources if one.indicator_code]
    if not planned:
        return []
    found = latest_of(actor, [one.indicator_code for one in planned], known.neighbourhoods)
    return [Followed(one, found.get(one.indicator_code)) for one in planned]
