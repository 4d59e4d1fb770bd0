"""The pages of an evaluation: what each shows, and that they cost the same whatever the rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions

Browser = Callable[[Actor], Any]
Study = Any  # of conftest.py


def url(study: Study, name: str, *codes: str) -> str:
    return reverse(name, args=(study.lead.space.slug, study.evaluation.code, *codes))


def read(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_what_it_is_for_stands_on_every_page(study: Study, client_for: Browser) -> None:
    actions.write(actor=study.lead, evaluation=study.evaluation, point="why", text="Décider de la suite")
    question = study.ask()
    browser = client_for(study.lead)
    for address in (
        url(study, "evaluation"), url(study, "questions"), url(study, "question", question.code),
    ):  # fmt: skip
        assert "Décider de la suite" in read(browser, address)


def test_a_point_is_written_and_shown(study: Study, client_for: Browser) -> None:
    browser = client_for(study.lead)
    assert browser.post(url(study, "framing_point", "why"), {"text": "Décider <b>vite</b>"}).status_code == 302
    page = read(browser, url(study, "framing"))
    assert "Décider &lt;b&gt;vite&lt;/b&gt;" in page
    assert "1 sur 8" in page
    assert browser.get(url(study, "framing_point", "uses")).status_code == 404


def test_two_tabs_on_one_point_lose_no_words(study: Study, client_for: Browser) -> None:
    browser = client_for(study.lead)
    address = url(study, "framing_point", "why")
    browser.post(address, {"text": "Du premier onglet", "over": ""})
    late = browser.post(address, {"text": "Du <second>", "over": ""})
    shown = late.content.decode()
    assert late.status_code == 422
    assert "Du premier onglet" in shown
    assert "Du &lt;second&gt;</textarea>" in shown
    assert late.context["form"]["over"].value() in shown
    again = browser.post(address, {"text": "Les deux", "over": late.context["form"]["over"].value()})
    assert again.status_code == 302


def test_a_framing_that_nothing_can_sign_says_what_to_do_first(study: Study, client_for: Browser) -> None:
    browser = client_for(study.lead)
    address = url(study, "framing_sign")
    bodies = reverse("bodies", args=(study.lead.space.slug, study.contract.code))
    assert f'<a href="{bodies}">' not in read(browser, address)
    study.meeting.body.validates = False
    study.meeting.body.save()
    assert f'<a href="{bodies}">' in read(browser, address)


def test_an_official_proposes_without_being_asked_for_a_college(study: Study, client_for: Browser) -> None:
    browser = client_for(study.who(Role.ELECTED_OFFICIAL))
    page = read(browser, url(study, "question_new"))
    assert 'name="college"' not in page
    browser.post(url(study, "question_new"), {"text": "Pour qui ?", "proposed_by": "Un élu"})
    assert study.evaluation.questions.get().college == "officials"


def test_choosing_and_no_longer(study: Study, client_for: Browser) -> None:
    question = study.ask()
    browser = client_for(study.who(Role.COUNCIL_MEMBER))
    choose = url(study, "question_choose", question.code)
    browser.post(choose, {"on": "1"})
    assert 'aria-pressed="true"' in read(browser, url(study, "questions"))
    browser.post(choose)
    assert 'aria-pressed="true"' not in read(browser, url(study, "questions"))


def test_hands_that_are_no_number_change_nothing(study: Study, client_for: Browser) -> None:
    question = study.ask()
    answer = client_for(study.lead).post(
        url(study, "question_hands", question.code), {"college": "residents", "number": "douze"}
    )
    assert answer.status_code == 422
    assert "en chiffres" in answer.content.decode()
    assert not question.room_voices.exists()


def test_two_colleges_that_disagree_stay_side_by_side(study: Study, client_for: Browser) -> None:
    question = study.ask()
    actions.settle(actor=study.lead, question=question, status="kept")
    for college, verdict in (("residents", "no"), ("signatories", "yes")):
        actions.judge(
            actor=study.lead, question=question, college=college, verdict=verdict, reasons="Vu sur place",
            confidence="high", given_by="Le groupe", on=study.meeting.held_on,
        )  # fmt: skip
    browser = client_for(study.who(Role.READER))
    page = read(browser, url(study, "question", question.code))
    assert "Désaccord entre habitants et signataires." in page
    assert "désaccord" in read(browser, url(study, "evaluation"))


@pytest.mark.parametrize("name", ["evaluation", "questions"])
def test_pages_cost_as_many_questions_for_one_row_as_for_twenty(study: Study, client_for: Browser, name: str) -> None:
    browser = client_for(study.lead)
    spent = []
    for wanted in (1, 20):
        for number in range(study.evaluation.questions.count(), wanted):
            question = study.ask(f"Question {number} ?")
            actions.settle(actor=study.lead, question=question, status="kept")
            actions.recommend(actor=study.lead, evaluation=study.evaluation, text=f"Conseil {number}",
                              on=study.meeting.held_on, question=question, signatory=study.landlord)  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read(browser, url(study, name))
        spent.append(len(asked))
    assert spent[0] == spent[1]
    assert spent[1] <= 12, [query["sql"][:120] for query in asked]
