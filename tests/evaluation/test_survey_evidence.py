"""Answers to a survey as evidence: its published counts and nothing else (docs/concepts/evaluation.md)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.models import EvaluativeQuestion, Finding
from comptoir.evaluation.reading import evidence_of
from comptoir.kit.errors import Invalid, Refused
from comptoir.participation import actions as surveys
from comptoir.participation.models import Survey, SurveyQuestion
from comptoir.participation.reading import results_of, tallied, tallies_of

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)


def surveyed(lead: Actor, *, stop: bool = True) -> Survey:
    """26 say yes, of whom 14 often, 12 rarely; 13 say no. 12 say that it is better, 25 the same, 2 worse."""
    made = surveys.write_survey(actor=lead, title="Le parc", introduction="")
    yes = surveys.add_question(actor=lead, survey=made, kind="one", text="Y allez-vous ?", options=["Oui", "Non"])
    surveys.add_question(
        actor=lead, survey=made, kind="one", text="Souvent ?", options=["Souvent", "Rarement"], only_if=(yes, 0)
    )
    surveys.add_question(actor=lead, survey=made, kind="change", text="Depuis un an, c'est…")
    surveys.add_question(actor=lead, survey=made, kind="words", text="Quoi d'autre ?")
    made = surveys.open_survey(actor=lead, survey=made, on=TODAY, until=TODAY + timedelta(days=9))
    first, often, change, _ = made.questions.order_by("position")
    for n in range(39):
        boxes = {first.code: [int(n >= 26)], change.code: [0 if n < 12 else 1 if n < 37 else 2]}
        if n < 26:
            boxes[often.code] = [int(n >= 14)]
        surveys.answer(survey=made, sending=uuid4(), channel="link", on=TODAY, boxes=boxes, words={})
    if stop:
        surveys.stop_counts(actor=lead, survey=made, on=TODAY, back_url="/")
        surveys.write_counts(made.pk)
        made.refresh_from_db()
    return made


def asked_in(survey: Survey, text: str) -> SurveyQuestion:
    return survey.questions.select_related("survey").get(text=text)


def brought(study: Study, question: EvaluativeQuestion, asked: SurveyQuestion | None) -> Finding:
    return actions.bring(
        actor=study.lead, question=question, kind="survey", survey_question=asked, text="des mots", on=TODAY
    )  # fmt: skip


def test_it_shows_the_published_counts_with_their_silences(study: Study, client_for: Callable[[Actor], Any]) -> None:
    survey, question = surveyed(study.lead), study.ask()
    for text in ("Souvent ?", "Depuis un an, c'est…"):
        brought(study, question, asked_in(survey, text))
    often, change = evidence_of(question, TODAY)
    assert [(one.label, one.text) for one in often.answers] == [
        ("Souvent", "14 (54\xa0%)"), ("Rarement", "12 (46\xa0%)"), ("Sans réponse", "0 (0\xa0%)"),
    ]  # fmt: skip
    told = {one.label: one.text for one in change.answers}
    assert told["Moins bien"] == "tu"
    assert list(told.values()).count("tu") == 2
    assert "moins de 11 réponses" in change.silent
    assert (change.text, change.finding.whence, change.finding.period) == (
        "Depuis un an, c'est…", "Enquête « Le parc »", "2026",
    )  # fmt: skip
    url = reverse("question", args=("val-clair", study.evaluation.code, question.code))
    page = client_for(study.who(Role.READER)).get(url).content.decode()
    assert reverse("survey_results", args=("val-clair", survey.code)) in page
    assert "14 (54\xa0%)" in page
    assert "Là où l" in page


def test_what_it_says_is_what_the_results_say(study: Study) -> None:
    survey = surveyed(study.lead)
    tallies = tallies_of(list(tallied()))
    told = {one.question.pk: one for one in results_of(survey).told}
    assert tallies.keys() == told.keys()
    for pk, tally in tallies.items():
        assert (tally.asked, [row.number for row in tally.rows], [row.share for row in tally.rows]) == (
            told[pk].asked, [row.number for row in told[pk].rows], [row.share for row in told[pk].rows],
        )  # fmt: skip


def test_the_frozen_state_and_the_report_hold_it(study: Study, client_for: Callable[[Actor], Any]) -> None:
    survey, question = surveyed(study.lead), study.ask()
    actions.settle(actor=study.lead, question=question, status="kept")
    brought(study, question, asked_in(survey, "Y allez-vous ?"))
    state = actions.freeze(actor=study.lead, evaluation=study.evaluation, moment="midterm", on=TODAY)
    browser = client_for(study.who(Role.READER))
    page = browser.get(reverse("restitution", args=("val-clair", study.evaluation.code, state.number)))
    assert "26 (67\xa0%)" in page.content.decode()
    report = browser.get(reverse("restitution_document", args=("val-clair", state.code, "md"))).content.decode()
    assert "Y allez-vous ? Oui : 26 (67 %), Non : 13 (33 %)" in report.replace("\xa0", " ")
    assert "(Enquête « Le parc », 2026)" in report.replace("\xa0", " ")


def test_only_what_is_published_here_can_be_brought(study: Study, stranger: Actor) -> None:
    question = study.ask()
    with pytest.raises(Invalid, match="comptes sont arrêtés"):
        brought(study, question, None)
    going_on = surveyed(study.lead, stop=False)
    with pytest.raises(Refused, match="publiées"):
        brought(study, question, asked_in(going_on, "Y allez-vous ?"))
    with pytest.raises(Refused, match="publiées"):
        brought(study, question, asked_in(surveyed(stranger), "Y allez-vous ?"))
    with pytest.raises(Refused, match="publiées"):
        brought(study, question, asked_in(surveyed(study.lead), "Quoi d'autre ?"))


def test_the_form_offers_those_of_the_space(study: Study, stranger: Actor, client_for: Callable[[Actor], Any]) -> None:
    ours, theirs, question = surveyed(study.lead), surveyed(stranger), study.ask()
    url = reverse("finding_new", args=("val-clair", study.evaluation.code, question.code))
    browser = client_for(study.lead)
    assert "Le parc : Y allez-vous ?" in browser.get(url).content.decode()
    sent = {"kind": "survey", "survey_question": str(asked_in(theirs, "Y allez-vous ?").pk)}
    assert browser.post(url, sent).status_code == 422
    assert not Finding.objects.exists()
    assert browser.post(url, sent | {"survey_question": str(asked_in(ours, "Y allez-vous ?").pk)}).status_code == 302
    assert Finding.objects.get().survey_question_id == asked_in(ours, "Y allez-vous ?").pk
