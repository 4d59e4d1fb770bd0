"""Every action of what is given back, done once, with the same word in every text that a person may type."""

from datetime import date
from typing import Any

from comptoir.evaluation import actions
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion


def give_back(study: Any, evaluation: Evaluation, question: EvaluativeQuestion, said: str, on: date) -> None:
    lead = study.lead
    actions.write_answer(actor=lead, question=question, text=said)
    actions.freeze(actor=lead, evaluation=evaluation, moment="free", name=said, on=on)
