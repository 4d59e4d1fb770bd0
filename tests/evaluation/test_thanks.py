"""The thank-you wall: names only with an agreement, groups counted above the threshold, a name taken off is gone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.models import Thanks
from comptoir.evaluation.wall import wall_of
from comptoir.kit.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
Browser = Callable[[Actor], Any]
ON = date(2026, 11, 20)


def thank(study: Study, group: str = "Habitants", **more: Any) -> Thanks:
    line = {"actor": study.lead, "evaluation": study.evaluation, "group": group, "text": "la marche", "on": ON}
    made: Thanks = actions.thank(**line | more)
    return made


def url(study: Study, name: str, *codes: str) -> str:
    return reverse(name, args=(study.lead.space.slug, study.evaluation.code, *codes))


def test_lines_of_a_group_are_counted_together_and_a_small_one_is_not(study: Study) -> None:
    thank(study, "Élèves du collège", number=7)
    thank(study, "eleves  du college", number=5)
    thank(study, "Gardiens", number=10)
    wall = wall_of(study.evaluation)
    assert [(one.name, one.people, len(one.lines)) for one in wall.groups] == [
        ("Élèves du collège", 12, 2), ("Gardiens", None, 1),
    ]  # fmt: skip
    assert wall.threshold == 11


@pytest.mark.parametrize("name", ["thanks", "thanks_poster"])
def test_no_page_says_how_many_a_small_group_is(study: Study, client_for: Browser, name: str) -> None:
    thank(study, "Gardiens", number=9)
    thank(study, "Habitants", number=40)
    page = client_for(study.who(Role.READER)).get(url(study, name)).content.decode()
    assert "quelques personnes, moins de 11" in page
    assert "40\xa0personnes" in page
    assert "9\xa0personnes" not in page
    assert "49" not in page


def test_a_name_asks_for_an_agreement_that_was_given(study: Study) -> None:
    with pytest.raises(Invalid, match="accord"):
        thank(study, name="Odalys Vernet")
    with pytest.raises(Invalid, match="pas encore"):
        thank(study, name="Odalys Vernet", agreed_on=ON + timedelta(days=1))
    with pytest.raises(Invalid, match="nom"):
        thank(study, agreed_on=ON)
    with pytest.raises(Invalid, match="une seule"):
        thank(study, name="Odalys Vernet", agreed_on=ON, number=2)
    with pytest.raises(Invalid, match="combien"):
        thank(study, number=0)
    with pytest.raises(Refused):
        thank(study, actor=study.who(Role.EVALUATOR))
    assert not Thanks.objects.exists()


def test_a_person_is_named_apart_from_the_count_of_the_group(study: Study, client_for: Browser) -> None:
    thank(study, number=20)
    thank(study, name="Odalys  Vernet", agreed_on=ON, changed="Un hall de plus est visité.")
    page = client_for(study.who(Role.COUNCIL_MEMBER)).get(url(study, "thanks")).content.decode()
    assert "<strong>Odalys Vernet</strong>" in page
    assert "Un hall de plus est visité." in page
    assert "20\xa0personnes" in page
    assert "Retirer du mur" not in page


def test_a_name_taken_off_is_gone_and_the_journal_never_had_it(study: Study, client_for: Browser) -> None:
    line = thank(study, name="Odalys Vernet", agreed_on=ON)
    assert client_for(study.lead).post(url(study, "thanks_withdraw", line.code)).status_code == 302
    assert not Thanks.objects.exists()
    entries = Entry.objects.filter(action__in=["evaluation.thank", "evaluation.withdraw_thanks"])
    assert sorted(one.action for one in entries) == ["evaluation.thank", "evaluation.withdraw_thanks"]
    assert all("Odalys" not in f"{one.label} {one.details}" for one in entries)


def test_the_form_says_what_is_missing(study: Study, client_for: Browser) -> None:
    browser = client_for(study.lead)
    form = {"group": "Conseil citoyen", "number": "1", "text": "la relecture", "name": "Odalys Vernet"}
    refused = browser.post(url(study, "thanks_new"), form)
    assert refused.status_code == 422
    assert "accord de la personne" in refused.content.decode()
    assert browser.post(url(study, "thanks_new"), form | {"agreed_on": "2026-11-02"}).status_code == 302
    assert Thanks.objects.get().name == "Odalys Vernet"


def test_a_line_of_another_evaluation_is_not_found(study: Study, client_for: Browser) -> None:
    line = thank(study)
    other = actions.open_evaluation(actor=study.lead, contract=study.contract, name="Autre", ends_on=ON)
    address = reverse("thanks_withdraw", args=(study.lead.space.slug, other.code, line.code))
    assert client_for(study.lead).post(address).status_code == 404
    assert Thanks.objects.exists()
