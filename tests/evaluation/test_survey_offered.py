"""The results of a survey lead to the questions that they may answer, for those who bring evidence."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from test_survey_evidence import surveyed

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
OFFER = "Verser ces résultats"


def test_published_results_lead_to_the_questions_that_were_kept(
    study: Study, client_for: Callable[[Actor], Any]
) -> None:
    slug, question = study.lead.space.slug, study.ask()
    results = reverse("survey_results", args=(slug, surveyed(study.lead).code))
    assert OFFER not in client_for(study.lead).get(results).content.decode(), "no question is kept yet"
    actions.settle(actor=study.lead, question=question, status="kept")
    bring = reverse("finding_new", args=(slug, study.evaluation.code, question.code))
    assert f'href="{bring}?nature=survey"' in client_for(study.lead).get(results).content.decode()
    assert OFFER not in client_for(study.who(Role.READER)).get(results).content.decode()
    form = client_for(study.lead).get(f"{bring}?nature=survey").content.decode()
    (chosen,) = re.findall(r'<input type="radio"[^>]*checked[^>]*>', form)
    assert 'value="survey"' in chosen
