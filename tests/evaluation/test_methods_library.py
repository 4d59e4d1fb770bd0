"""The methods library: a file that holds, a list that filters, a method chosen that counts in the means."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.enums import Nature
from comptoir.evaluation.means import asked_of
from comptoir.evaluation.methods import Effort, chosen, methods
from comptoir.evaluation.models import ChosenMethod
from comptoir.evaluation.views.methods import OPENED_BY, TEMPLATE
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.workshops.templates_offered import SHIPPED

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
Browser = Callable[[Actor], Any]
ON = date(2026, 11, 20)
KEYS = sorted(methods())


def choose(study: Study, question: Any, method: str = "marche", **effort: int) -> ChosenMethod:
    made: ChosenMethod = actions.choose_method(actor=study.lead, question=question, method=method, on=ON, **effort)
    return made


@pytest.mark.parametrize("key", KEYS)
def test_a_method_says_all_that_its_page_needs(key: str) -> None:
    one = methods()[key]
    assert all([one.title, one.good_for, one.with_whom, one.material, one.notes, one.answer, one.gives, one.opens])
    assert all(number > 0 for number in (one.prepare, one.run, one.analyse))
    assert one.euros >= 0
    assert len(one.traps) >= 3
    assert len(one.steps) >= 4
    assert len(one.questions) >= 3
    assert len(one.moments) >= 5
    assert all(moment.minutes > 0 and moment.what and moment.how for moment in one.moments)
    assert 30 <= one.minutes <= 150


def test_methods_lead_to_doors_and_templates_that_exist() -> None:
    targets = {opening.target for one in methods().values() for opening in one.opens}
    templates = {one.removeprefix(TEMPLATE) for one in targets if one.startswith(TEMPLATE)}
    assert templates <= {one.key for one in SHIPPED}
    assert {one for one in targets if not one.startswith(TEMPLATE)} <= set(OPENED_BY)


def test_both_filters_hold_together_and_an_unknown_word_filters_nothing() -> None:
    every = list(methods().values())
    light = chosen(every, effort=Effort.LIGHT, gives=Nature.FIGURE)
    assert [one.key for one in light] == ["lire-les-chiffres", "paris"]
    assert chosen(every, effort="énorme", gives="rien") == every
    assert {one.effort for one in every} == set(Effort)


def test_the_clock_of_a_sheet_adds_up() -> None:
    one = methods()["groupe-d-habitants"]
    assert [at.replace("\u00a0", " ") for at, _ in one.timed] == [
        "0 h 00",
        "0 h 10",
        "0 h 25",
        "0 h 50",
        "1 h 10",
        "1 h 20",
    ]
    assert one.lasts == "1 h 30"


def test_a_page_leads_only_where_its_reader_may_go(study: Study, client_for: Browser) -> None:
    address = reverse("method", args=(study.lead.space.slug, "groupe-d-habitants"))
    begin = reverse("workshop_new", args=(study.lead.space.slug,)) + "?modele=groupe-d-habitants"
    assert begin in client_for(study.lead).get(address).content.decode()
    assert begin not in client_for(study.who(Role.READER)).get(address).content.decode()
    assert client_for(study.lead).get(address.replace("groupe-d-habitants", "divination")).status_code == 404


def test_the_list_keeps_what_was_asked(study: Study, client_for: Browser) -> None:
    address = reverse("methods", args=(study.lead.space.slug,))
    page = client_for(study.who(Role.READER)).get(address, {"effort": "leger", "donne": "figure"}).content.decode()
    assert "La lecture des chiffres publics" in page
    assert "Les entretiens" not in page
    assert '<option value="leger" selected>' in page


def test_chosen_methods_add_up_against_the_means(study: Study) -> None:
    question, parked = study.ask(), study.ask("Et ailleurs ?")
    choose(study, question, hours=21, euros=300)
    choose(study, question, "entretiens", hours=7)
    choose(study, parked, "observation", hours=700)
    actions.settle(actor=study.lead, question=parked, status="parked", reason="Hors de prise")
    actions.plan(
        actor=study.lead, question=question, nature="figure", label="Délai", owner="Le bailleur", due_on=ON, on=ON,
        days=Decimal("2.5"),
    )  # fmt: skip
    asked = asked_of(study.evaluation)
    assert (asked.methods, asked.days, asked.euros, asked.sources, asked.total) == (2, 4, 300, 2.5, 6.5)
    assert asked.warnings == []
    study.evaluation.days, study.evaluation.budget = 5, Decimal(200)
    assert asked_of(study.evaluation).warnings == [
        "Il manque 1,5 jour de travail : retirez une méthode, ou revoyez les moyens.",
        "Les méthodes coûtent 300 €, le budget du cadrage est de 200 €.",
    ]


def test_a_method_is_chosen_once_withdrawn_and_chosen_again(study: Study) -> None:
    question = study.ask()
    made = choose(study, question)
    assert (made.hours, made.euros) == (methods()["marche"].hours, methods()["marche"].euros)
    with pytest.raises(Conflict):
        choose(study, question)
    actions.withdraw_method(actor=study.lead, chosen=made)
    actions.withdraw_method(actor=study.lead, chosen=made)
    choose(study, question, hours=0, euros=0)
    assert ChosenMethod.objects.shown().get().hours == 0
    written = [one.action for one in Entry.objects.filter(object_id=question.pk, action__contains="method")]
    assert sorted(written) == ["evaluation.choose_method", "evaluation.choose_method", "evaluation.withdraw_method"]


def test_what_is_not_a_method_or_an_effort_is_refused(study: Study) -> None:
    question = study.ask()
    with pytest.raises(Invalid, match="liste"):
        choose(study, question, "divination")
    with pytest.raises(Invalid, match="heures"):
        choose(study, question, hours=-1)
    with pytest.raises(Invalid, match="euros"):
        choose(study, question, euros=-1)
    with pytest.raises(Refused):
        actions.choose_method(actor=study.who(Role.REFERENT), question=question, method="marche", on=ON)


def test_the_question_and_the_framing_show_what_was_chosen(study: Study, client_for: Browser) -> None:
    question, browser = study.ask(), client_for(study.lead)
    where = (study.lead.space.slug, study.evaluation.code, question.code)
    assert browser.post(reverse("method_choose", args=where), {"method": "marche", "hours": "14"}).status_code == 302
    assert "La marche exploratoire" in browser.get(reverse("question", args=where)).content.decode()
    page = browser.get(reverse("framing", args=where[:2])).content.decode()
    assert "1, pour 2 jours et 60 €" in page
    again = browser.post(reverse("method_choose", args=where), {"method": "marche"})
    assert again.status_code == 422
    assert "déjà choisie" in again.content.decode()


def test_a_method_of_another_question_is_not_found(study: Study, client_for: Browser) -> None:
    made, other = choose(study, study.ask()), study.ask("Et ailleurs ?")
    where = (study.lead.space.slug, study.evaluation.code, other.code, made.code)
    assert client_for(study.lead).post(reverse("method_withdraw", args=where)).status_code == 404
    assert ChosenMethod.objects.shown().exists()
