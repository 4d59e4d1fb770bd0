"""A frozen state as it is shown. What was stored does not move; what may no longer be told of it is not told.

See docs/concepts/restitution.md: the states of the first form hold the figures as they were brought.
"""

import re
from copy import deepcopy
from decimal import Decimal

from comptoir.disclosure.models import threshold_of
from comptoir.evaluation.counted import PROTECTS, Counted, silenced
from comptoir.evaluation.frozen import Content, opened
from comptoir.evaluation.models import Restitution
from comptoir.observatory.showing import ABSENT

PROTECTED_SINCE = 2  # the first form whose figures were protected when they were frozen
WHY = (
    "Cet état a été figé avant que les nombres de personnes soient protégés : les plus petits, et ceux qui les "
    "rendraient, sont masqués depuis. Le document figé n'a pas changé."
)
_DIGITS = re.compile(r"[^0-9,-]")


def content_in(restitution: Restitution) -> Content:
    """What every page and file reads of a state. One query where it is of the first form, none otherwise."""
    content = opened(restitution.content)
    if content["schema"] >= PROTECTED_SINCE:
        return content
    return protected(content, threshold_of(restitution.space))


def protected(content: Content, threshold: int) -> Content:
    """The same, its figures decided together at this threshold; `note` then says why. Untouched where all may stay."""
    silent = silenced(_counted(content), threshold)
    if not silent:
        return content
    found = deepcopy(content)
    found["note"] = WHY
    for question in found["questions"]:
        for piece in question["evidence"]:
            reason = silent.get(piece["id"], "")
            if reason:
                hides = reason == PROTECTS
                piece["figure"], piece["silent"] = (ABSENT, reason) if hides else (reason, "")
    return found


def _counted(content: Content) -> list[Counted]:
    """The figures that are still written as numbers."""
    return [
        Counted(one["id"], Decimal(text), one["unit"], one["period"])
        for question in content["questions"] for one in question["evidence"]
        if (text := _DIGITS.sub("", one["figure"]).replace(",", ".")) and one["figure"][0] in "-0123456789"
    ]  # fmt: skip
