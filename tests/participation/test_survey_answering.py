"""Residents answer without account; the team types papers: once, nothing lost, nobody known."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from surveyed import answered, form, opened, questions, stopped, today, written

from comptoir.accounts.actions import close_space
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Gone, Invalid
from comptoir.participation import actions
from comptoir.participation.models import Survey, SurveyResponse, SurveyWord
from comptoir.participation.views import answered as views
from comptoir.spaces.limits import Limit
from page_lint import LintingClient

pytestmark = pytest.mark.django_db


def page(survey: Survey) -> str:
    return f"/val-clair/enquete/{survey.code}/"


def test_an_answer_sent_twice_is_one_answer(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    data = form(survey, q1="0", q2="1", q4="Des bancs à l'ombre")
    for _ in range(2):
        assert client.post(page(survey), data).headers["Location"] == f"{page(survey)}merci/"
    response = SurveyResponse.objects.get()
    first, second, *_ = questions(survey)
    assert (response.answers, response.channel, response.day) == ({first.code: [0], second.code: [1]}, "qr", today())
    assert SurveyWord.objects.get().text == "Des bancs à l'ombre"
    assert "Merci" in client.get(f"{page(survey)}merci/").content.decode()


def test_the_script_gets_a_word_and_no_page(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    answer = client.post(page(survey), form(survey, q1="1"), headers={"Accept": "application/json"})
    assert json.loads(answer.content) == {"received": True}


def test_nothing_tells_who_answered_nor_at_what_hour(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    before = Entry.objects.count()
    client.post(page(survey), form(survey, q1="0", q4="Un banc"), REMOTE_ADDR="192.0.2.7")
    assert Entry.objects.count() == before
    response, word = SurveyResponse.objects.get(), SurveyWord.objects.get()
    assert (response.pk.version, word.pk.version) == (4, 4)  # version 7 carries the time
    assert {field.name for field in SurveyResponse._meta.get_fields()} == {
        "id", "space", "survey", "sending", "channel", "day", "answers",
    }  # fmt: skip
    assert {field.name for field in SurveyWord._meta.get_fields()} == {"id", "question", "text", "statement"}
    assert word.question.code not in response.answers


def test_a_question_that_is_not_asked_is_not_counted(lead: Actor) -> None:
    survey = opened(lead)
    answered(survey, 1, 0)
    first = questions(survey)[0]
    assert SurveyResponse.objects.get().answers == {first.code: [1]}


@pytest.mark.parametrize(
    ("data", "says"),
    [({}, "une question au moins"), ({"q1": "7"}, "une question au moins"), ({"q4": "a" * 2001}, "dépasse 2000")],
    ids=["empty", "no such answer", "too long"],
)
def test_a_bad_form_comes_back_with_all_that_was_typed(
    lead: Actor, client: LintingClient, data: dict[str, str], says: str
) -> None:
    survey = opened(lead)
    sent = form(survey, **({"q3": "1"} if "q4" in data else {}), **data)
    answer = client.post(page(survey), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert sent["envoi"] in text
    assert data.get("q4", "") in text
    assert ('value="1" checked' in text) == ("q4" in data)
    assert not SurveyResponse.objects.exists()


def test_questions_that_changed_meanwhile_are_told_and_what_was_typed_stays(lead: Actor, client: LintingClient) -> None:
    survey = opened(lead)
    sent = form(survey, q1="0", q4="Un banc")
    actions.take_back(actor=lead, survey=survey)
    first = questions(survey)[0]
    actions.change_question(actor=lead, question=first, text="Allez-vous au bois ?", options=["Non", "Oui"])
    actions.open_survey(actor=lead, survey=survey, on=today(), until=today())
    answer = client.post(page(survey), sent)
    assert answer.status_code == 409
    assert "Les questions ont changé" in answer.content.decode()
    assert "Un banc" in answer.content.decode()
    assert not SurveyResponse.objects.exists()


def test_a_closed_survey_says_so_and_gives_the_words_back_but_knows_what_it_had(
    lead: Actor, client: LintingClient
) -> None:
    survey = opened(lead)
    sent = form(survey, q1="0", q4="Un banc au soleil")
    client.post(page(survey), sent)
    Survey.objects.filter(pk=survey.pk).update(closes_on=today() - timedelta(days=1))
    assert client.get(page(survey)).status_code == 410
    assert client.post(page(survey), sent).status_code == 302  # its « yes » was lost on the way: it had arrived
    late = client.post(page(survey), form(survey, q4="Trop tard, un banc"))
    assert late.status_code == 410
    assert "Trop tard, un banc" in late.content.decode()
    assert SurveyResponse.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn", "space closed", "other space", "no such code"])
def test_what_was_never_opened_does_not_exist(lead: Actor, stranger: Actor, client: LintingClient, state: str) -> None:
    survey = written(lead) if state in {"draft", "withdrawn"} else opened(lead)
    if state == "withdrawn":
        actions.withdraw_survey(actor=lead, survey=survey)
    if state == "space closed":
        close_space(host=None, space=lead.space)
    slug = "autre-rive" if state == "other space" else "val-clair"
    code = "0000000000" if state == "no such code" else survey.code
    for path in (f"/{slug}/enquete/{code}/", f"/{slug}/enquete/{code}/merci/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/{slug}/enquete/{code}/", form(survey, q1="0")).status_code == 404
    assert not SurveyResponse.objects.exists()


def test_the_colours_are_those_of_a_space_that_has_opened_a_survey(
    lead: Actor, stranger: Actor, client: LintingClient
) -> None:
    opened(lead)
    look = client.get("/val-clair/enquete/apparence-0b6e69.css")
    assert (look.status_code, look.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert client.get("/autre-rive/enquete/apparence-0b6e69.css").status_code == 404


def test_the_page_is_the_same_for_everybody_and_is_not_kept_by_caches(lead: Actor, client_for: Any) -> None:
    survey = opened(lead)
    for browser in (LintingClient(), client_for(lead)):
        answer = browser.get(page(survey))
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert lead.name not in answer.content.decode()


def test_tries_are_limited_without_losing_what_was_typed(
    lead: Actor, client: LintingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = opened(lead)
    monkeypatch.setattr(views, "BY_PLACE", Limit("survey place", 1, timedelta(hours=1)))
    assert client.post(page(survey), form(survey, q1="0")).status_code == 302
    answer = client.post(page(survey), form(survey, q1="1", q4="Un banc de trop"))
    assert answer.status_code == 429
    assert 'value="1" checked' in answer.content.decode()
    assert "Un banc de trop" in answer.content.decode()


def test_a_form_without_its_token_is_refused(lead: Actor) -> None:
    survey = opened(lead)
    strict = LintingClient(enforce_csrf_checks=True)
    assert strict.post(page(survey), form(survey, q1="0")).status_code == 403
    assert not SurveyResponse.objects.exists()


def test_papers_are_typed_one_after_the_other_even_after_the_last_day(
    lead: Actor, facilitator: Actor, client_for: Any
) -> None:
    survey = opened(lead)
    Survey.objects.filter(pk=survey.pk).update(closes_on=today() - timedelta(days=1))
    browser, url = client_for(facilitator), f"/val-clair/enquetes/{survey.code}/saisir/"
    for n in range(2):
        sent = form(survey, q1="1", q4=f"Papier {n}")
        assert browser.post(url, sent).headers["Location"] == url
        assert browser.post(url, sent).headers["Location"] == url  # a double click
    assert "2\xa0papiers saisis" in browser.get(url).content.decode()
    assert set(SurveyResponse.objects.values_list("channel", flat=True)) == {"paper"}
    lines = Entry.objects.filter(action="participation.type_paper")
    assert [line.object_id for line in lines] == [survey.pk] * 2
    refused = browser.post(url, form(survey, q4="b" * 2001))
    assert refused.status_code == 422
    assert "b" * 2001 in refused.content.decode()


def test_nothing_enters_once_counts_are_stopped(lead: Actor, client_for: Any) -> None:
    survey = stopped(lead, opened(lead))
    with pytest.raises(Gone):
        answered(survey, 0)
    with pytest.raises(Conflict):
        actions.type_paper(actor=lead, survey=survey, sending=uuid4(), on=today(), boxes={}, words={})
    assert "on ne saisit plus" in client_for(lead).get(f"/val-clair/enquetes/{survey.code}/saisir/").content.decode()


def test_an_answer_held_up_while_counts_are_stopped_is_too_late(lead: Actor) -> None:
    """Read as open, then stopped by somebody else before it is kept."""
    survey = opened(lead)
    actions.stop_counts(actor=lead, survey=survey, on=today(), back_url="/")
    assert survey.stopped_on is None  # as this request had read it
    with pytest.raises(Gone):
        answered(survey, 0)
    with pytest.raises(Invalid):
        answered(survey, None)
