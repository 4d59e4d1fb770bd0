"""Who does what on each theme: what nobody holds, what several decide. See docs/concepts/qui-fait-quoi.md."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)


class Finding(StrEnum):
    """What a line of the matrix calls attention to; it is a question to put, not a fault."""

    NOBODY = "nobody"
    NOBODY_DECIDES = "nobody_decides"
    NOBODY_IMPLEMENTS = "nobody_implements"
    SEVERAL_DECIDE = "several_decide"


@dataclass(frozen=True, slots=True)
class Share:
    """Part by part, who holds it: for one theme."""

    decides: int
    funds: int
    implements: int
    informs: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Gaps first. `NOBODY` says it all: the others are not added to it."""
        if not self.decides + self.funds + self.implements + self.informs:
            return (Finding.NOBODY,)
        return tuple(
            finding
            for finding, true in (
                (Finding.NOBODY_DECIDES, not self.decides),
                (Finding.NOBODY_IMPLEMENTS, not self.implements),
                (Finding.SEVERAL_DECIDE, self.decides > 1),
            )
            if true
        )


def share(parts: Mapping[Who, Collection[str]]) -> Share:
    """The share of one theme, from each signatory's parts (« decides », « funds », « implements », « informs »).

    A signatory counts once per part, however many times the part is written.
    """
    held = [set(each) for each in parts.values()]
    decides, funds, implements, informs = (
        sum(part in each for each in held) for part in ("decides", "funds", "implements", "informs")
    )
    return Share(decides, funds, implements, informs)
