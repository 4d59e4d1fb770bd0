"""What the invented evaluation gives back in November 2026, through the actions that people use. All of it invented."""

from collections.abc import Sequence
from datetime import date

from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.enums import Moment
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion

FROZEN_ON = date(2026, 11, 20)
ANSWERS = (
    "Une réponse, oui, six fois sur dix ; une date qui tient, pas encore.",
    "Pas encore partout : deux quartiers sur cinq attendent leur première affiche.",
)


def build_restitution(lead: Actor, evaluation: Evaluation, questions: Sequence[EvaluativeQuestion]) -> None:
    """Answers to the first questions, and the evaluation frozen at mid-term."""
    for question, text in zip(questions, ANSWERS, strict=False):
        actions.write_answer(actor=lead, question=question, text=text)
    actions.freeze(actor=lead, evaluation=evaluation, moment=Moment.MIDTERM, on=FROZEN_ON)
