"""Answers to a survey go some months after its counts are published; what is published of them stays."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.keeping.actions import set_retention
from comptoir.keeping.retention import expire
from comptoir.participation import actions
from comptoir.participation.models import Survey, SurveyCount, SurveyResponse, SurveyWord
from comptoir.participation.reading import results_of

pytestmark = pytest.mark.django_db


def surveyed(lead: Actor, number: int, *, stop: bool = True) -> Survey:
    """`number` answers to one question, with two free words, of which one is poured into a comptoir."""
    today = timezone.localdate()
    survey = actions.write_survey(actor=lead, title=f"Enquête de {number}", introduction="")
    actions.add_question(actor=lead, survey=survey, kind="one", text="Y allez-vous ?", options=["Oui", "Non"])
    actions.add_question(actor=lead, survey=survey, kind="words", text="Quoi d'autre ?")
    survey = actions.open_survey(actor=lead, survey=survey, on=today, until=today)
    boxes, words = survey.questions.order_by("position")
    for n in range(number):
        said = {words.code: f"Un banc de plus, {n}"} if n < 2 else {}
        actions.answer(
            survey=survey, sending=uuid4(), channel="link", on=today, boxes={boxes.code: [n % 2]}, words=said
        )  # fmt: skip
    actions.pour_words(actor=lead, survey=survey, words=list(SurveyWord.objects.filter(question=words)[:1]))
    if stop:
        actions.stop_counts(actor=lead, survey=survey, on=today, back_url="/")
        actions.write_counts(survey.pk)
        survey.refresh_from_db()
    return survey


def after(months: float) -> Any:
    return timezone.now() + timedelta(days=30.44 * months)


def test_answers_go_and_results_stay(lead: Actor, client_for: Any) -> None:
    survey = surveyed(lead, 24)
    before = results_of(survey)
    assert expire(lead.space, do=True, now=after(5.9)).answers == 0
    assert expire(lead.space, do=False, now=after(6.1)).answers == 25
    assert survey.responses.count() == 24
    assert expire(lead.space, do=True, now=after(6.1)).answers == 25
    assert not SurveyResponse.objects.exists()
    poured = SurveyWord.objects.get()
    assert poured.statement is not None
    assert results_of(survey) == before
    assert before.total == 24
    assert Entry.objects.get(action="keeping.expire").details["answers"] == 25
    browser = client_for(lead)
    for page in ("", f"{survey.code}/", f"{survey.code}/resultats/"):
        assert "24" in browser.get(f"/val-clair/enquetes/{page}").content.decode()


def test_a_survey_too_small_to_show_keeps_only_its_number(lead: Actor) -> None:
    survey = surveyed(lead, 4)
    expire(lead.space, do=True, now=after(7))
    assert not SurveyCount.objects.exists()
    assert not SurveyResponse.objects.exists()
    assert results_of(survey).total == 4


def test_what_is_not_counted_yet_stays(lead: Actor) -> None:
    survey = surveyed(lead, 3, stop=False)
    assert expire(lead.space, do=True, now=after(100)).answers == 0
    Survey.objects.filter(pk=survey.pk).update(withdrawn_at=timezone.now())
    assert expire(lead.space, do=True, now=after(7)).answers == 4


def test_the_space_chooses_and_the_command_says_how_many(lead: Actor, capsys: Any) -> None:
    survey = surveyed(lead, 12)
    Survey.objects.filter(pk=survey.pk).update(published_at=timezone.now() - timedelta(days=70))
    set_retention(actor=lead, files_months=12, jobs_days=90, mails_days=90, answers_months=3)
    call_command("retention")
    assert "réponses aux enquêtes" not in capsys.readouterr().out
    set_retention(actor=lead, files_months=12, jobs_days=90, mails_days=90, answers_months=2)
    call_command("retention")
    assert "réponses aux enquêtes 13" in capsys.readouterr().out
    assert survey.responses.count() == 12
