"""Every action of what is given back, done once, with the same word in every text that a person may type."""

from datetime import date
from typing import Any

from comptoir.accounts.enums import Role
from comptoir.evaluation import actions
from comptoir.evaluation.models import Evaluation, EvaluativeQuestion
from comptoir.observatory.actions import add_indicator, add_supplier


def give_back(study: Any, evaluation: Evaluation, question: EvaluativeQuestion, said: str, on: date) -> None:
    lead = study.lead
    actions.write_answer(actor=lead, question=question, text=said)
    actions.settle(actor=lead, question=question, status="kept")
    state = actions.freeze(actor=lead, evaluation=evaluation, moment="free", name=said, on=on)
    actions.write_plain(actor=lead, restitution=state, asked=str(question.pk), question=said, answer=said)
    actions.say_reread(actor=lead, restitution=state, whom=said, on=on, today=on)
    actions.publish_plain(actor=lead, restitution=state, on=on)
    actions.take_plain_back(actor=lead, restitution=state)
    evaluator = study.who(Role.EVALUATOR)
    actions.take_extract(actor=evaluator, restitution=state)
    note = actions.write_outside_note(actor=evaluator, restitution=state, text=said, on=on)
    actions.disown_outside_note(actor=evaluator, note=note, on=on)
    lesson = actions.keep_lesson(actor=lead, evaluation=evaluation, kind="keep", text=said, on=on)
    actions.log_skill(actor=lead, evaluation=evaluation, step="giving", who=said, text=said, on=on)
    method = actions.choose_method(actor=lead, question=question, method="marche", on=on)
    actions.withdraw_method(actor=lead, chosen=method)
    bet_on(study, evaluation, said, on)
    thanks = actions.thank(
        actor=lead, evaluation=evaluation, group=said, name=said, agreed_on=on, text=said, changed=said, on=on
    )
    actions.withdraw_thanks(actor=lead, thanks=thanks)
    actions.withdraw_learnt(actor=lead, learnt=lesson)


def bet_on(study: Any, evaluation: Evaluation, said: str, on: date) -> None:
    """A bet opened on an indicator of that name, placed, counted, closed and withdrawn."""
    lead = study.lead
    supplier = add_supplier(actor=lead, name=f"{said} des paris")
    indicator = add_indicator(actor=lead, supplier=supplier, name=f"{said} parié", kind="count")
    bets = actions.open_bets(actor=lead, evaluation=evaluation, indicator=indicator, bounds=[10], on=on)
    actions.bet(actor=lead, round=bets, bracket=1)
    actions.count_bets(actor=lead, round=bets, college="residents", hands={0: 12})
    actions.close_bets(actor=lead, round=bets, on=on)
    actions.withdraw_bets(actor=lead, round=bets)
