"""The doors of the methods of evaluation, of the bets on results, and of the thank-you wall."""

from datetime import date
from typing import Any

from doors import EVERYONE, TEAM, Door

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions
from comptoir.observatory.actions import add_indicator, add_supplier

WRITING = frozenset({Role.PROJECT_LEAD, Role.EVALUATOR})
BETTING = EVERYONE - {Role.FACILITATOR, Role.READER}
ONE, BET = ("{studied}",), ("{studied}", "{bet_round}")
ASKED = ("{studied}", "{studied_question}")

DOORS = (
    Door("methods", EVERYONE),
    Door("method", EVERYONE, ("marche",)),
    Door("method_choose", WRITING, ASKED),
    Door("method_choose", WRITING, ASKED, {"method": "marche"}),
    Door("method_withdraw", WRITING, (*ASKED, "{chosen_method}"), {}),
    Door("bets", EVERYONE, ONE),
    Door("bet_new", TEAM, ONE),
    Door("bet_new", TEAM, ONE, {"indicator": "{bet_indicator}", "place_code": "", "bounds": "10 ; 20"}),
    Door("bet", EVERYONE, BET),
    Door("bet_place", BETTING, BET, {"bracket": "1"}),
    Door("bet_hands", TEAM, BET),
    Door("bet_hands", TEAM, BET, {"college": "residents", "hands_0": "4", "hands_1": "9"}),
    Door("bet_close", TEAM, BET, {}),
    Door("bet_withdraw", TEAM, BET, {}),
    Door("thanks", EVERYONE, ONE),
    Door("thanks_poster", EVERYONE, ONE),
    Door("thanks_new", TEAM, ONE),
    Door("thanks_new", TEAM, ONE, {"group": "Une école", "number": "12", "text": "avoir compté"}),
    Door("thanks_withdraw", TEAM, ("{studied}", "{thanks_line}"), {}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """An evaluation with a question for which a method is chosen."""
    contract = open_contract(actor=lead, name="Contrat étudié", starts_on=date(2024, 1, 1))
    evaluation = actions.open_evaluation(actor=lead, contract=contract, name="Étudiée", ends_on=date(2027, 10, 15))
    question = actions.propose(
        actor=lead, evaluation=evaluation, text="Les réparations ?", college="residents", proposed_by="Un groupe"
    )
    chosen = actions.choose_method(actor=lead, question=question, method="entretiens", on=date(2026, 11, 20))
    supplier = add_supplier(actor=lead, name="Mission locale des paris")
    indicator = add_indicator(actor=lead, supplier=supplier, name="Jeunes pariés", kind="count")
    bets = actions.open_bets(actor=lead, evaluation=evaluation, indicator=indicator, bounds=[10], on=date(2026, 11, 20))
    line = actions.thank(actor=lead, evaluation=evaluation, group="Habitants", text="la marche", on=date(2026, 11, 20))
    return {
        "thanks_line": line.code,
        "studied": evaluation.code, "studied_question": question.code, "chosen_method": chosen.code,
        "bet_round": bets.code, "bet_indicator": indicator.code,
    }  # fmt: skip
