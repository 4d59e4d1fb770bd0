"""A member who opens nothing but the dashboard sees what an evaluation asks of them, and no longer once it is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.models import EvaluativeQuestion

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py


def today() -> Any:
    return timezone.localdate()


def kept(study: Study) -> EvaluativeQuestion:
    question: EvaluativeQuestion = study.ask()
    actions.settle(actor=study.lead, question=question, status="kept")
    return question


def home(client_for: Any, actor: Actor) -> str:
    answer = client_for(actor).get(f"/{actor.space.slug}/")
    assert answer.templates[0].name == "portal/dashboard/dashboard.html"
    page: str = answer.content.decode()
    return page


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.ELECTED_OFFICIAL, Role.REFERENT, Role.EVALUATOR])
def test_a_question_waits_for_the_judgement_of_each_college(study: Study, client_for: Any, role: Role) -> None:
    question, actor = kept(study), study.who(role)
    assert question.text not in home(client_for, actor)  # nothing is known yet
    actions.bring(actor=study.lead, question=question, on=today(), kind="note", text="Le hall est propre")
    page = home(client_for, actor)
    assert question.text in page
    assert f"/questions/{question.code}/" in page
    mine = {Role.COUNCIL_MEMBER: "residents", Role.ELECTED_OFFICIAL: "officials", Role.EVALUATOR: "outside"}
    for college in {"residents", "officials", "signatories", "outside"} - {mine.get(role, "signatories")}:
        actions.judge(**said(study.lead, question), college=college)
    assert question.text in home(client_for, actor)
    actions.judge(**said(actor, question), college=mine.get(role, "signatories"))
    assert question.text not in home(client_for, actor)


def said(actor: Actor, question: EvaluativeQuestion) -> dict[str, Any]:
    return {
        "actor": actor, "question": question, "verdict": "no", "reasons": "Trop lent", "confidence": "low",
        "given_by": "Nous", "on": today(),
    }  # fmt: skip


def test_a_referent_has_five_sentences_to_say_once_a_year(study: Study, client_for: Any) -> None:
    referent = study.who(Role.REFERENT)
    assert "cinq phrases" in home(client_for, referent)
    actions.assess(actor=referent, signatory=study.landlord, answers={"kept": (2, "")}, on=today())
    assert "cinq phrases" not in home(client_for, referent)
    assert "cinq phrases" not in home(client_for, study.who(Role.COUNCIL_MEMBER))


def test_an_evaluation_that_is_over_asks_for_nothing(study: Study, client_for: Any) -> None:
    question, actor = kept(study), study.who(Role.COUNCIL_MEMBER)
    actions.bring(actor=study.lead, question=question, on=today(), kind="note", text="Le hall est propre")
    study.evaluation.ends_on = today() - timedelta(days=1)
    study.evaluation.save()
    assert question.text not in home(client_for, actor)


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.REFERENT])
def test_the_dashboard_costs_the_same_for_one_question_as_for_nine(
    study: Study, client_for: Any, role: Role, django_assert_max_num_queries: Any
) -> None:
    for _ in range(9):
        actions.bring(actor=study.lead, question=kept(study), on=today(), kind="note", text="Vu")
    actor = study.who(role)
    browser = client_for(actor)
    with django_assert_max_num_queries(12):
        browser.get(f"/{actor.space.slug}/")
