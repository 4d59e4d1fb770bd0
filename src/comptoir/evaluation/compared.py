"""The self-assessments of signatories, side by side: docs/concepts/evaluation.md (« S'évaluer soi-même »)."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.evaluation.enums import Step
from comptoir.kit.french import NO_BREAK_SPACE

APART = 2  # steps between two answers from which they are said to be apart


@dataclass(frozen=True, slots=True)
class Spread:
    """What the answers to one question are: how many, the lowest and the highest, the two middle ones (the same where
    their number is odd). Steps have an order and no size: no mean is made of them."""

    answered: int
    low: Step
    high: Step
    middle: tuple[Step, Step]

    @property
    def apart(self) -> bool:
        return self.high - self.low >= APART

    @property
    def median(self) -> str:
        """In words; empty under two answers: one is nobody's middle."""
        if self.answered < 2:
            return ""
        below, above = self.middle
        return str(below.label) if below == above else f"entre {_quoted(below)} et {_quoted(above)}"

    @property
    def gap(self) -> str:
        """In words; empty under two answers."""
        if self.answered < 2:
            return ""
        if self.low == self.high:
            return "tous la même réponse"
        return f"de {_quoted(self.low)} à {_quoted(self.high)}"


def _quoted(step: Step) -> str:
    return f"«{NO_BREAK_SPACE}{step.label}{NO_BREAK_SPACE}»"


def spread(steps: Sequence[Step]) -> Spread | None:
    """None where nobody has answered. The order of the answers changes nothing."""
    if not steps:
        return None
    order = sorted(steps)
    half = len(order) // 2
    middle = (order[half], order[half]) if len(order) % 2 else (order[half - 1], order[half])
    return Spread(len(order), order[0], order[-1], middle)
