"""The doors of the methods of evaluation."""

from datetime import date
from typing import Any

from doors import EVERYONE, Door

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions

WRITING = frozenset({Role.PROJECT_LEAD, Role.EVALUATOR})
ASKED = ("{studied}", "{studied_question}")

DOORS = (
    Door("methods", EVERYONE),
    Door("method", EVERYONE, ("marche",)),
    Door("method_choose", WRITING, ASKED),
    Door("method_choose", WRITING, ASKED, {"method": "marche"}),
    Door("method_withdraw", WRITING, (*ASKED, "{chosen_method}"), {}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """An evaluation with a question for which a method is chosen."""
    contract = open_contract(actor=lead, name="Contrat étudié", starts_on=date(2024, 1, 1))
    evaluation = actions.open_evaluation(actor=lead, contract=contract, name="Étudiée", ends_on=date(2027, 10, 15))
    question = actions.propose(
        actor=lead, evaluation=evaluation, text="Les réparations ?", college="residents", proposed_by="Un groupe"
    )
    chosen = actions.choose_method(actor=lead, question=question, method="entretiens", on=date(2026, 11, 20))
    return {"studied": evaluation.code, "studied_question": question.code, "chosen_method": chosen.code}
