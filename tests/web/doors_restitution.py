"""The doors of what an evaluation gives back."""

from datetime import date
from typing import Any

from doors import EVERYONE, LEAD, Door

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions

WRITING = frozenset({Role.PROJECT_LEAD, Role.EVALUATOR})
ONE, STATE = ("{restitution_evaluation}",), ("{restitution_evaluation}", "1")
ASKED = ("{restitution_evaluation}", "{restitution_question}")

DOORS = (
    Door("restitutions", EVERYONE, ONE),
    Door("restitution_new", LEAD, ONE),
    Door("restitution_new", LEAD, ONE, {"moment": "midterm"}),
    Door("restitution", EVERYONE, STATE),
    Door("restitution_document", EVERYONE, ("{restitution}", "odt")),
    Door("restitution_deck", EVERYONE, ("{restitution}", "diapositives")),
    Door("answer_write", WRITING, ASKED),
    Door("answer_write", WRITING, ASKED, {"text": "Pas encore."}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """An evaluation with a question kept and answered, frozen once."""
    contract = open_contract(actor=lead, name="Contrat rendu", starts_on=date(2024, 1, 1))
    evaluation = actions.open_evaluation(actor=lead, contract=contract, name="Rendue", ends_on=date(2027, 10, 15))
    question = actions.propose(
        actor=lead, evaluation=evaluation, text="Les réparations ?", college="residents", proposed_by="Un groupe"
    )
    actions.settle(actor=lead, question=question, status="kept")
    state = actions.freeze(actor=lead, evaluation=evaluation, moment="midterm", on=date(2026, 11, 20))
    return {
        "restitution_evaluation": evaluation.code, "restitution_question": question.code, "restitution": state.code,
    }  # fmt: skip
