"""The doors of evaluations, and of the documents of their reports."""

from datetime import date
from typing import Any

from doors import EVERYONE, HEARING, LEAD, TEAM, Door

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.contracts.actions import add_signatory, open_body, open_contract, plan_meeting
from comptoir.evaluation import actions
from comptoir.observatory.actions import add_indicator, add_supplier

WRITING = frozenset({Role.PROJECT_LEAD, Role.EVALUATOR})
VOTING = EVERYONE - {Role.FACILITATOR, Role.READER}
ASSESSING = TEAM | {Role.REFERENT}
PROPOSING = VOTING | TEAM
ONE, ASKED = ("{evaluation}",), ("{evaluation}", "{evaluative_question}")
SETTINGS = {"kit": "light", "ends_on": "2027-10-15", "scope": "outcomes", "days": "12"}
QUESTION = {"text": "Pour qui ?", "proposed_by": "Un groupe"}
SOURCE = {"nature": "figure", "label": "Délai", "owner": "Le bailleur", "due_on": "2027-03-01", "days": "1"}
FELT = {"better": "4", "same": "6", "worse": "12", "since": "2024", "whence": "Comptoir", "gathered_on": "2026-10-01"}
JUDGEMENT = {"verdict": "no", "reasons": "Rien n'a changé", "confidence": "low", "given_by": "Un groupe"}

DOORS = (
    Door("evaluations", EVERYONE),
    Door("evaluation_new", LEAD),
    Door(
        "evaluation_new",
        LEAD,
        post={"contract": "{evaluated_contract}", "name": "Mi-parcours", "ends_on": "2027-10-15", "kit": "light"},
    ),
    Door("action_reviews", HEARING),
    Door("action_review", HEARING, ("{action_review}",)),
    Door("action_review_quote", WRITING, ("{action_review}",), {"question": "{evaluative_question}"}),
    Door("action_reviews_feed", TEAM),
    Door("action_reviews_feed", TEAM, post={"indicateur": "{followed_indicator}"}),
    Door("evaluation", EVERYONE, ONE),
    Door("evaluation_document", EVERYONE, ("{evaluation}", "docx")),
    Door("evaluation_settings", LEAD, ONE),
    Door("evaluation_settings", LEAD, ONE, SETTINGS),
    Door("framing", EVERYONE, ONE),
    Door("framing_point", LEAD, ("{evaluation}", "why")),
    Door("framing_point", LEAD, ("{evaluation}", "why"), {"text": "Décider de la suite"}),
    Door("framing_sign", LEAD, ONE),
    Door("framing_sign", LEAD, ONE, {"meeting": "{signing_meeting}", "signed_by": "Le comité"}),
    Door("framing_version", EVERYONE, ("{evaluation}", "1")),
    Door("use_new", LEAD, ONE),
    Door("use_new", LEAD, ONE, {"user": "Le comité", "use": "réviser", "due_on": "2027-10-01"}),
    Door("use_withdraw", LEAD, ("{evaluation}", "{intended_use}"), {}),
    Door("use_said", LEAD, ("{evaluation}", "{intended_use}")),
    Door("use_said", LEAD, ("{evaluation}", "{intended_use}"), {"fate": "used"}),
    Door("questions", EVERYONE, ONE),
    Door("question_new", PROPOSING, ONE),
    Door("question_new", PROPOSING, ONE, QUESTION | {"college": "residents"}),
    Door("question", EVERYONE, ASKED),
    Door("question_choose", VOTING, ASKED, {"on": "1"}),
    Door("question_hands", TEAM, ASKED, {"college": "residents", "number": "12"}),
    Door("question_edit", WRITING, ASKED),
    Door("question_edit", WRITING, ASKED, {"criterion": "impact", "leverage": "2"}),
    Door("question_keep", LEAD, ASKED, {}),
    Door("question_park", LEAD, ASKED),
    Door("question_park", LEAD, ASKED, {"reason": "Hors de prise"}),
    Door("question_withdraw", LEAD, ASKED, {}),
    Door("source_new", WRITING, ASKED),
    Door("source_new", WRITING, ASKED, SOURCE),
    Door("source_follow", WRITING, ASKED),
    Door("source_follow", WRITING, ASKED, {"indicator": "{followed_indicator}", "due_on": "2027-03-01"}),
    Door("source_withdraw", WRITING, (*ASKED, "{planned_source}"), {}),
    Door("finding_new", WRITING, ASKED),
    Door("finding_new", WRITING, ASKED, {"kind": "note", "text": "Deux halls sans affiche"}),
    Door("finding_withdraw", WRITING, (*ASKED, "{finding}"), {}),
    Door("perceived_new", HEARING, ASKED),
    Door("perceived_new", HEARING, ASKED, FELT),
    Door("perceived_withdraw", HEARING, (*ASKED, "{perceived}"), {}),
    Door("judgement_new", PROPOSING, ASKED),
    Door("judgement_new", PROPOSING, ASKED, JUDGEMENT | {"college": "residents"}),
    Door("self_assessments", EVERYONE, ONE),
    Door("self_assess", ASSESSING, ("{evaluation}", "{evaluated_signatory}")),
    Door("self_assess", ASSESSING, ("{evaluation}", "{evaluated_signatory}"), {"kept": "2"}),
    Door("recommendation_new", WRITING, ONE),
    Door("recommendation_new", WRITING, ONE, {"text": "Afficher les retards"}),
    Door("recommendation_withdraw", WRITING, ("{evaluation}", "{recommendation}"), {}),
    Door("recommendation_commit", LEAD, ("{evaluation}", "{recommendation}"), {}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """An evaluation with a signed framing, a question with a source and a piece, a recommendation."""
    contract = open_contract(actor=lead, name="Contrat évalué", starts_on=date(2024, 1, 1))
    body = open_body(actor=lead, contract=contract, name="Comité qui signe", validates=True)
    meeting = plan_meeting(actor=lead, body=body, held_on=date(2026, 10, 8))
    landlord = organisation_named("Régie de quartier")
    assert landlord is not None
    signatory = add_signatory(actor=lead, contract=contract, organisation=landlord)
    evaluation = actions.open_evaluation(actor=lead, contract=contract, name="Mi-parcours", ends_on=date(2027, 10, 15))
    use = actions.add_use(actor=lead, evaluation=evaluation, user="Le comité", use="réviser", due_on=date(2026, 11, 1))
    actions.sign(actor=lead, evaluation=evaluation, meeting=meeting, signed_by="Le comité")
    actions.write(actor=lead, evaluation=evaluation, point="stance", text="Écrit depuis")  # there is more to sign
    question = actions.propose(
        actor=lead, evaluation=evaluation, text="Les réparations ?", college="residents", proposed_by="Un groupe"
    )
    source = actions.plan(
        actor=lead, question=question, nature="figure", label="Délai", owner="Le bailleur",
        due_on=date(2027, 3, 1), on=date(2026, 10, 1),
    )  # fmt: skip
    finding = actions.bring(actor=lead, question=question, kind="note", text="Un mot", on=date(2026, 10, 1))
    recommendation = actions.recommend(
        actor=lead, evaluation=evaluation, text="Afficher", on=date(2026, 10, 1), signatory=signatory
    )
    supplier = add_supplier(actor=lead, name="Mission locale")
    followed = add_indicator(actor=lead, supplier=supplier, name="Jeunes suivis de près", kind="count")
    (review,) = actions.add_reviews(
        actor=lead, rows=[{"action": "Jardin partagé", "year": 2024, "noted": "Peu de monde", "reached": 40}]
    )
    felt = actions.tell_perceived(
        actor=lead, question=question, better=4, same=6, worse=12, since=2024, whence="Comptoir",
        gathered_on=date(2026, 10, 1),
    )  # fmt: skip
    return {
        "perceived": felt.code,
        "action_review": review.code, "evaluated_signatory": signatory.code,
        "followed_indicator": followed.code,
        "evaluation": evaluation.code, "evaluated_contract": str(contract.pk), "signing_meeting": str(meeting.pk),
        "intended_use": str(use.pk), "evaluative_question": question.code, "planned_source": str(source.pk),
        "finding": finding.code, "recommendation": recommendation.code,
    }  # fmt: skip
