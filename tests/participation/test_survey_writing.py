"""Writing a survey, opening it, and what no longer changes then."""

from datetime import timedelta
from typing import Any

import pytest
from surveyed import answered, opened, questions, stopped, today, written

from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.participation import actions
from comptoir.participation.enums import CHANGE, SurveyState
from comptoir.participation.models import Survey

pytestmark = pytest.mark.django_db


def test_each_action_writes_its_line_in_the_journal(lead: Actor) -> None:
    survey = written(lead)
    first, second, *_ = questions(survey)
    actions.change_survey(actor=lead, survey=survey, title="Le parc", introduction="")
    actions.change_question(actor=lead, question=second, text="Souvent ?", options=["Oui", "Non"])
    actions.move_question(actor=lead, question=second, up=True)
    actions.remove_question(actor=lead, question=first)
    actions.open_survey(actor=lead, survey=survey, on=today(), until=today())
    actions.take_back(actor=lead, survey=survey)
    actions.withdraw_survey(actor=lead, survey=survey)
    lines = Entry.objects.filter(action__startswith="participation.").order_by("id")
    done = lines.values_list("action", flat=True)
    assert [action.removeprefix("participation.") for action in done] == [
        "write_survey", *["add_question"] * 4, "change_survey", "change_question", "move_question", "remove_question",
        "open_survey", "take_back", "withdraw_survey",
    ]  # fmt: skip
    assert questions(survey)[0].text == "Souvent ?"


def test_only_the_team_writes_and_only_the_lead_opens(lead: Actor, facilitator: Actor, reader: Actor) -> None:
    survey = written(facilitator)
    with pytest.raises(Refused):
        actions.write_survey(actor=reader, title="La mienne")
    with pytest.raises(Refused):
        actions.open_survey(actor=facilitator, survey=survey, on=today(), until=today())
    actions.open_survey(actor=lead, survey=survey, on=today(), until=today())
    with pytest.raises(Refused):
        actions.stop_counts(actor=facilitator, survey=survey, on=today(), back_url="/")


def test_a_survey_of_another_space_is_refused(lead: Actor, stranger: Actor) -> None:
    survey = written(lead)
    with pytest.raises(Refused):
        actions.add_question(actor=stranger, survey=survey, kind="words", text="Et vous ?")
    with pytest.raises(Refused):
        actions.open_survey(actor=stranger, survey=survey, on=today(), until=today())


def test_questions_no_longer_change_once_it_is_opened_and_come_back_as_long_as_nobody_answered(lead: Actor) -> None:
    survey = opened(lead)
    question = questions(survey)[0]
    for act in (
        lambda: actions.change_question(actor=lead, question=question, text="Autre", options=["a", "b"]),
        lambda: actions.move_question(actor=lead, question=question, up=False),
        lambda: actions.remove_question(actor=lead, question=question),
        lambda: actions.add_question(actor=lead, survey=survey, kind="words", text="Encore ?"),
        lambda: actions.change_survey(actor=lead, survey=survey, title="Autre", introduction=""),
    ):
        with pytest.raises(Conflict):
            act()
    actions.take_back(actor=lead, survey=survey)
    actions.change_question(actor=lead, question=question, text="Allez-vous au bois ?", options=["Oui", "Non"])
    actions.open_survey(actor=lead, survey=survey, on=today(), until=today())
    survey.refresh_from_db()
    answered(survey, 1)
    with pytest.raises(Conflict, match="ne voudraient pas dire la même chose"):
        actions.take_back(actor=lead, survey=survey)


def test_a_condition_stays_after_the_question_it_depends_on(lead: Actor) -> None:
    survey = written(lead)
    first, second, third, words = questions(survey)
    with pytest.raises(Invalid, match="n'est plus avant elle"):
        actions.move_question(actor=lead, question=second, up=True)
    with pytest.raises(Invalid, match="n'est plus avant elle"):
        actions.remove_question(actor=lead, question=first)
    with pytest.raises(Invalid, match="n'est plus avant elle"):
        actions.change_question(actor=lead, question=third, text="Alors ?", only_if=(words, 0))
    assert [one.pk for one in questions(survey)] == [first.pk, second.pk, third.pk, words.pk]
    assert actions.move_question(actor=lead, question=first, up=True) is False


@pytest.mark.parametrize(
    ("kind", "text", "options", "says"),
    [
        ("one", "", ["a", "b"], "Écrivez"),
        ("one", "Laquelle ?", ["a"], "de 2 à 12"),
        ("several", "Lesquelles ?", ["a", "A "], "les mêmes"),
        ("one", "Laquelle ?", ["a", "b" * 81], "dépasse 80"),
        ("one", "x" * 201, ["a", "b"], "200"),
        ("chant", "Laquelle ?", ["a", "b"], "comment on répond"),
    ],
    ids=["empty", "one option", "twice", "long option", "long", "no kind"],
)
def test_a_question_that_cannot_be_asked_is_refused(
    lead: Actor, kind: str, text: str, options: list[str], says: str
) -> None:
    survey = actions.write_survey(actor=lead, title="Le parc")
    with pytest.raises(Invalid, match=says):
        actions.add_question(actor=lead, survey=survey, kind=kind, text=text, options=options)


def test_twelve_questions_at_most_and_fixed_answers_where_they_are_compared(lead: Actor) -> None:
    survey = actions.write_survey(actor=lead, title="Le parc")
    for _ in range(12):
        made = actions.add_question(actor=lead, survey=survey, kind="change", text="C'est…", options=["autre"])
    assert made.options == list(CHANGE)
    with pytest.raises(Invalid, match="12 questions"):
        actions.add_question(actor=lead, survey=survey, kind="words", text="Encore ?")


def test_the_state_is_read_from_the_days(lead: Actor) -> None:
    survey = written(lead)
    day = today()
    assert survey.state(day) == SurveyState.DRAFT
    with pytest.raises(Invalid, match="à venir"):
        actions.open_survey(actor=lead, survey=survey, on=day, until=day - timedelta(days=1))
    survey = actions.open_survey(actor=lead, survey=survey, on=day, until=day + timedelta(days=1))
    assert [survey.state(day + timedelta(days=n)) for n in (0, 1, 2)] == [
        SurveyState.OPEN, SurveyState.OPEN, SurveyState.OVER,
    ]  # fmt: skip
    survey = actions.open_survey(actor=lead, survey=survey, on=day, until=day + timedelta(days=2))
    assert Entry.objects.filter(label="Enquête prolongée").count() == 1
    survey = stopped(lead, survey)
    assert survey.state(day) == SurveyState.STOPPED
    with pytest.raises(Conflict, match="ne rouvre pas"):
        actions.open_survey(actor=lead, survey=survey, on=day, until=day)


def test_a_survey_without_question_is_not_opened(lead: Actor) -> None:
    survey = actions.write_survey(actor=lead, title="Le parc")
    with pytest.raises(Conflict, match="une question"):
        actions.open_survey(actor=lead, survey=survey, on=today(), until=today())


def test_drafts_are_for_the_team(lead: Actor, reader: Actor) -> None:
    draft, shown = written(lead), opened(lead, title="Le parc")
    assert set(Survey.objects.visible_to(lead)) == {draft, shown}
    assert list(Survey.objects.visible_to(reader)) == [shown]


def test_the_pages_write_a_survey_from_its_title_to_its_opening(lead: Actor, client_for: Any) -> None:
    browser = client_for(lead)
    answer = browser.post("/val-clair/enquetes/nouvelle/", {"title": "Le parc", "introduction": ""})
    url = answer.headers["Location"]
    for kind, data in (
        ("one", {"text": "Y allez-vous ?", "options": "Oui\nNon"}),
        ("place", {"text": "Où habitez-vous ?", "options": "Nord\nSud"}),
        ("words", {"text": "Que manque-t-il ?"}),
    ):
        assert browser.get(f"{url}questions/nouvelle/{kind}/").status_code == 200
        assert browser.post(f"{url}questions/nouvelle/{kind}/", data).headers["Location"] == url
    survey = Survey.objects.get()
    first, _, words = questions(survey)
    edit = f"{url}questions/{words.code}/"
    assert "Ceux qui répondent « Non » à « Y allez-vous ? »" in browser.get(edit).content.decode()
    browser.post(edit, {"text": "Pourquoi ?", "only_if": f"{first.code}:1"})
    page = browser.get(url).content.decode()
    assert "Seulement si vous avez répondu « Non » à la question 1." in page
    refused = browser.post(f"{url}questions/{words.code}/deplacer/", {"up": "1"}, follow=True)
    assert [one.text for one in questions(survey)] == ["Y allez-vous ?", "Pourquoi ?", "Où habitez-vous ?"]
    refused = browser.post(f"{url}questions/{words.code}/deplacer/", {"up": "1"}, follow=True)
    assert "avant elle" in refused.content.decode()
    assert "Pourquoi ?" in browser.get(f"{url}apercu/").content.decode()
    assert browser.post(f"{url}ouvrir/", {"until": today().isoformat()}).headers["Location"] == url
    survey.refresh_from_db()
    assert survey.state(today()) == SurveyState.OPEN
    assert "ne changent plus" in browser.post(edit, {"text": "Autre"}).content.decode()


def test_the_list_costs_as_many_questions_for_twenty_as_for_one(
    lead: Actor, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    opened(lead)
    browser = client_for(lead)
    with django_assert_max_num_queries(5):
        browser.get("/val-clair/enquetes/")
    for n in range(19):
        written(lead, title=f"Enquête {n}")
    with django_assert_max_num_queries(5):
        assert browser.get("/val-clair/enquetes/").content.count(b"<strong>Enqu") == 19


def test_the_poster_and_the_paper_carry_the_address_and_say_what_is_skipped(lead: Actor, client_for: Any) -> None:
    survey = opened(lead)
    browser = client_for(lead)
    poster = browser.get(f"/val-clair/enquetes/{survey.code}/affiche/").content.decode()
    assert f"/val-clair/enquete/{survey.code}/</strong>" in poster
    assert "data:image/svg+xml" in poster
    paper = browser.get(f"/val-clair/enquetes/{survey.code}/papier/").content.decode()
    assert "Seulement si vous avez répondu « Oui » à la question 1." in paper
    assert all(one.text in paper.replace("&#x27;", "'") for one in questions(survey))
