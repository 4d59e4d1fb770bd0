"""The questionnaire in English: its frame and its usual answers; what the team wrote stays French, and says so."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from lxml import html
from surveyed import form, opened, questions, stopped, today

import comptoir.participation
from comptoir.accounts.models import Actor
from comptoir.kit.catalogues import read_po
from comptoir.participation import actions
from comptoir.participation.models import Survey, SurveyResponse
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
CATALOGUE = Path(comptoir.participation.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def page(survey: Survey, language: str = "en") -> str:
    return f"/val-clair/enquete/{survey.code}/{f'?langue={language}' if language else ''}"


def english(text: str) -> str:
    """What is read of a page but what is said to be French."""
    root = html.document_fromstring(text)
    for one in root.xpath("//*[@lang='fr' and not(self::html)] | //script | //style"):
        one.drop_tree()
    return " ".join(root.text_content().split())


def test_the_page_and_its_usual_answers_are_in_english(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    answer = client.get(page(survey))
    text = answer.content.decode()
    assert (answer.headers["Content-Language"], '<html lang="en"' in text) == ("en", True)
    found = english(text)
    for words in ("4 questions", "Send my answers", "Better", "The same", "Skip to content", "Until"):
        assert words in found
    left = [words for words, said in read_po(CATALOGUE.read_text("utf-8")).items() if words and words != said]
    assert [words for words in left if "%" not in words and words in found] == []


def test_what_the_team_wrote_stays_french_and_is_read_as_french(lead: Actor, client: LintingClient) -> None:
    root = html.document_fromstring(client.get(page(opened(lead))).content.decode())
    french = {" ".join(one.text_content().split()) for one in root.xpath("//*[@lang='fr']")}
    assert {
        "Le quartier, un an après",
        "Pour choisir la suite ensemble.",
        "Allez-vous au parc ?",
        "Oui",
        "Souvent",
    } <= french
    assert "Better" not in french


def test_a_condition_is_said_in_the_language_of_the_page(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    assert "Only if you answered “Oui” to question 1." in client.get(page(survey)).content.decode()
    assert "Seulement si vous avez répondu « Oui » à la question 1." in client.get(page(survey, "")).content.decode()


def test_the_language_is_kept_from_the_form_to_the_thanks(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    assert f'action="/val-clair/enquete/{survey.code}/?langue=en"' in client.get(page(survey)).content.decode()
    refused = client.post(page(survey), form(survey))
    assert refused.status_code == 422
    assert "Answer one question at least, then send." in refused.content.decode()
    sent = client.post(page(survey), form(survey, q1="0"))
    assert sent.headers["Location"].endswith("/merci/?langue=en")
    thanks = client.get(sent.headers["Location"]).content.decode()
    assert "Thank you, your answer has arrived" in thanks
    assert f'href="/val-clair/enquete/{survey.code}/?langue=en"' in thanks


def test_an_answer_is_the_same_in_every_language(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    for language in ("", "en"):
        client.post(page(survey, language), form(survey, q1="0", q3="2"))
    first, second = SurveyResponse.objects.values_list("answers", flat=True)
    assert first == second


def test_each_page_leads_to_the_same_in_the_other_language(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    assert 'href="?par=qr&amp;langue=en"' in client.get(f"{page(survey, '')}?par=qr").content.decode()
    assert 'hreflang="fr"' in client.get(page(survey)).content.decode()
    assert '<html lang="fr"' in client.get(page(survey, "xx")).content.decode()


def test_a_survey_that_is_over_says_so_in_english(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    late = form(survey, q4="Un banc")
    stopped(lead, survey)
    for answer in (client.get(page(survey)), client.post(page(survey), late)):
        assert answer.status_code == 410
        assert "This survey is over" in answer.content.decode()
    assert "What you had written" in client.post(page(survey), late).content.decode()


def test_members_read_and_type_in_french_whatever_the_address_says(
    lead: Actor, client_for: Callable[[Actor], LintingClient]
) -> None:
    survey, browser = opened(lead), client_for(lead)
    for name in ("survey_preview", "survey_type"):
        text = browser.get(f"{reverse(name, args=('val-clair', survey.code))}?langue=en").content.decode()
        assert "Mieux" in text
        assert "Better" not in text


def test_what_is_published_is_in_french_even_when_all_answered_in_english(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    for _ in range(12):
        client.post(page(survey), form(survey, q1="0", q3="0"))
    stopped(lead, survey)
    assert [str(one.options[0]) for one in questions(survey) if one.kind == "change"] == ["Mieux"]
    assert survey.came == 12


def test_a_text_that_is_too_long_is_refused_in_english(lead: Actor, client: LintingClient) -> None:
    survey = actions.open_survey(
        actor=lead, survey=opened(lead, title="Autre"), on=today(), until=today() + timedelta(days=2)
    )
    refused = client.post(page(survey), form(survey, q4="a" * 2001))
    assert "This text is longer than 2000 characters" in refused.content.decode()
