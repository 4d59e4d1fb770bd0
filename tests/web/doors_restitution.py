"""The doors of what an evaluation gives back."""

from datetime import date
from typing import Any

from doors import EVERYONE, LEAD, Door

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import open_contract
from comptoir.evaluation import actions

WRITING = frozenset({Role.PROJECT_LEAD, Role.EVALUATOR})
REVIEWING = frozenset({Role.EVALUATOR})
PROPOSING = EVERYONE - {Role.READER}
ONE, STATE = ("{restitution_evaluation}",), ("{restitution_evaluation}", "1")
ASKED = ("{restitution_evaluation}", "{restitution_question}")

DOORS = (
    Door("restitutions", EVERYONE, ONE),
    Door("restitution_new", LEAD, ONE),
    Door("restitution_new", LEAD, ONE, {"moment": "midterm"}),
    Door("restitution", EVERYONE, STATE),
    Door("restitution_document", EVERYONE, ("{restitution}", "odt")),
    Door("restitution_deck", EVERYONE, ("{restitution}", "diapositives")),
    Door("restitution_deck", EVERYONE, ("{restitution}", "diaporama")),
    Door("plain_page", WRITING, STATE, otherwise=404),
    Door("plain_write", WRITING, (*STATE, "{restitution_question}")),
    Door("plain_write", WRITING, (*STATE, "{restitution_question}"), {"question": "Ça marche ?", "answer": "Un peu."}),
    Door("plain_reread", WRITING, STATE),
    Door("plain_reread", WRITING, STATE, {"whom": "6 personnes", "on": "2026-11-20"}),
    Door("plain_publish", LEAD, STATE, {}),
    Door("outside_note_new", REVIEWING, STATE, otherwise=404),
    Door("outside_note_new", REVIEWING, STATE, {"text": "Trop peu de chiffres."}, otherwise=404),
    Door("outside_note_disown", REVIEWING, (*STATE, "{outside_note}"), {}, otherwise=404),
    Door("restitution_extract", WRITING, ("{restitution}",), {}),
    Door("lessons", EVERYONE, ONE),
    Door("lesson_new", PROPOSING, ONE),
    Door("lesson_new", PROPOSING, ONE, {"kind": "keep", "text": "Compter tôt"}),
    Door("skill_new", PROPOSING, ONE),
    Door("skill_new", PROPOSING, ONE, {"step": "giving", "who": "La régie", "text": "Animer"}),
    Door("learnt_withdraw", WRITING, ("{restitution_evaluation}", "{lesson}"), {}),
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
    lesson = actions.keep_lesson(actor=lead, evaluation=evaluation, kind="keep", text="Compter", on=date(2026, 11, 20))
    note = actions.write_outside_note(
        actor=member(Role.EVALUATOR), restitution=state, text="Un regard", on=date(2026, 11, 20)
    )
    return {
        "lesson": lesson.code, "outside_note": str(note.pk),
        "restitution_evaluation": evaluation.code, "restitution_question": question.code,
        "restitution": state.code,
    }  # fmt: skip
