"""Whoever has never seen an evaluation finds the next step; nothing is said in the name of others by default."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.models import Judgement, Recommendation
from comptoir.kit.errors import Invalid

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor], Any]
Study = Any  # of conftest.py
TODAY = date(2026, 11, 26)
PRIMARY = re.compile(r'class="button button--primary[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def url(study: Study, name: str, *codes: str) -> str:
    return reverse(name, args=(study.lead.space.slug, study.evaluation.code, *codes))


def stands_out(browser: Any, address: str) -> list[str]:
    found = PRIMARY.findall(browser.get(address).content.decode())
    return [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in found]


def test_one_button_stands_out_and_it_is_the_next_step(study: Study, client_for: Browser) -> None:
    question = study.ask()
    browser, address = client_for(study.lead), url(study, "question", question.code)
    assert stands_out(browser, address) == ["Préciser"]
    actions.specify(actor=study.lead, question=question, criterion="impact", leverage=2)
    assert stands_out(browser, address) == ["Prévoir un chiffre ou une parole"]
    for nature in ("figure", "voice"):
        actions.plan(
            actor=study.lead, question=question, nature=nature, label=nature, owner="La Ville", on=TODAY,
            due_on=TODAY + timedelta(days=60),
        )  # fmt: skip
    assert stands_out(browser, address) == ["Verser une pièce"]
    actions.bring(actor=study.lead, question=question, on=TODAY, kind="note", text="Le hall est propre")
    assert stands_out(browser, address) == ["Juger"]


def test_who_only_judges_finds_it_beside_the_judgements(study: Study, client_for: Browser) -> None:
    question = study.ask()
    council = client_for(study.who(Role.COUNCIL_MEMBER))
    assert stands_out(council, url(study, "question", question.code)) == ["Juger"]
    assert "Juger" not in stands_out(client_for(study.who(Role.READER)), url(study, "question", question.code))


def test_the_team_says_for_whom_it_judges(study: Study, client_for: Browser) -> None:
    question = study.ask()
    browser, address = client_for(study.lead), url(study, "judgement_new", question.code)
    sent = {"verdict": "no", "reasons": "Trop lent", "given_by": "Locataires", "confidence": "high", "college": ""}
    assert browser.post(address, sent).status_code == 422
    assert not Judgement.objects.exists()
    browser.post(address, {**sent, "college": "residents"})
    assert Judgement.objects.get().college == "residents"


def test_what_there_is_nothing_of_is_not_offered_as_evidence(study: Study, client_for: Browser) -> None:
    question = study.ask()
    shown = client_for(study.lead).get(url(study, "finding_new", question.code)).content.decode()
    assert 'value="note"' in shown
    assert not [kind for kind in ("survey", "voice", "commitment") if f'name="kind" value="{kind}"' in shown]
    assert "dès qu&#x27;il y en aura" in shown


def test_a_recommendation_is_for_a_day_to_come(study: Study) -> None:
    ask = {"actor": study.lead, "evaluation": study.evaluation, "text": "Afficher les retards", "on": TODAY}
    with pytest.raises(Invalid, match="déjà passé"):
        actions.recommend(**ask, due_on=TODAY - timedelta(days=1))
    assert not Recommendation.objects.exists()
    actions.recommend(**ask, due_on=TODAY)
