"""What residents feel on the page of a question, beside the indicator that it follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.evaluation import actions
from comptoir.evaluation.around import around
from comptoir.evaluation.feelings import feelings_of
from comptoir.evaluation.following import followed_of
from comptoir.evaluation.models import EvaluativeQuestion, PerceivedChange
from comptoir.evaluation.perceived import Agreement
from comptoir.kit.errors import Invalid, Refused
from comptoir.observatory.actions import add_indicator, add_supplier, give_values
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import place_for
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Indicator
from comptoir.territories.models import PriorityNeighbourhood

Browser = Callable[[Actor], Any]
Study = Any  # of conftest.py
NAMES = {"QN99001N": "Les Tilleuls", "QN99002N": "Le Mail"}


@pytest.fixture
def question(study: Study) -> EvaluativeQuestion:
    """It follows a count of two neighbourhoods: one has risen, the other has fallen, and a rise is better."""
    for code, name in NAMES.items():
        one = PriorityNeighbourhood.objects.create(code=code, generation=2024, name=name)
        study.contract.neighbourhoods.through.objects.create(contract=study.contract, code=code, neighbourhood=one)
    supplier = add_supplier(actor=study.lead, name="Mission locale", threshold=11)
    indicator = add_indicator(
        actor=study.lead, supplier=supplier, name="Jeunes suivis", kind="count", unit="jeunes", direction="up"
    )
    for year, numbers in ((2022, (90, 90)), (2023, (40, 60)), (2025, (52, 31))):
        give(study, indicator, year, *numbers)
    asked: EvaluativeQuestion = study.ask()
    actions.follow(
        actor=study.lead, question=asked, indicator=indicator, due_on=date(2027, 8, 1), on=date(2026, 11, 26)
    )
    return asked


def give(study: Study, indicator: Indicator, year: int, *numbers: float) -> None:
    places = [place_for(Territory.NEIGHBOURHOOD, code, 2024, name) for code, name in NAMES.items()]
    given = [Given(place, number) for place, number in zip(places, numbers, strict=True)]
    give_values(actor=study.lead, indicator=indicator, year=year, given=given)


def tell(
    study: Study, question: EvaluativeQuestion, better: int, same: int, worse: int, **said: Any
) -> PerceivedChange:
    told = {"since": 2024, "whence": "Comptoir de mai", "gathered_on": date(2026, 5, 12)} | said
    return actions.tell_perceived(
        actor=study.lead, question=question, better=better, same=same, worse=worse, **told
    )  # fmt: skip


def beside(study: Study, question: EvaluativeQuestion) -> tuple[str, str]:
    """The agreement, and how the figure moved."""
    (feeling,) = feelings_of(around(question), followed_of(study.lead, around(question)))
    (one,) = feeling.beside
    return one.distance.agreement.value, one.moved.replace("\xa0", " ")


def test_a_feeling_stands_beside_the_figure_of_its_neighbourhood(study: Study, question: EvaluativeQuestion) -> None:
    told = tell(study, question, 4, 6, 12, place_code="QN99001N")
    assert beside(study, question) == (Agreement.OPPOSED, "40 jeunes (2023), 52 jeunes (2025)")
    actions.withdraw_perceived(actor=study.lead, perceived=told)
    tell(study, question, 4, 6, 12, place_code="QN99002N")
    assert beside(study, question) == (Agreement.SAME, "60 jeunes (2023), 31 jeunes (2025)")


def test_neighbourhoods_that_part_make_no_gap(study: Study, question: EvaluativeQuestion) -> None:
    tell(study, question, 4, 6, 12)
    assert beside(study, question)[0] == Agreement.NONE


def test_before_the_first_figure_it_is_the_first_that_counts(study: Study, question: EvaluativeQuestion) -> None:
    tell(study, question, 4, 6, 12, since=2015, place_code="QN99001N")
    assert beside(study, question) == (Agreement.SAME, "90 jeunes (2022), 52 jeunes (2025)")


def test_the_page_says_how_many_where_from_and_the_gap(
    study: Study, question: EvaluativeQuestion, client_for: Browser
) -> None:
    tell(study, question, 12, 16, 36, place_code="QN99001N")
    address = reverse("question", args=("val-clair", study.evaluation.code, question.code))
    page = client_for(study.who(Role.READER)).get(address).content.decode().replace("\xa0", " ")
    for said in ("C'est pire", "Les Tilleuls", "mieux 19 %", "pire 56 %", "sur 64 réponses", "Comptoir de mai"):
        assert said.replace("'", "&#x27;") in page or said in page
    assert "et les habitants disent que c" in page


def test_few_answers_are_not_shown_nor_compared(
    study: Study, question: EvaluativeQuestion, client_for: Browser
) -> None:
    tell(study, question, 1, 2, 7)
    (feeling,) = feelings_of(around(question), followed_of(study.lead, around(question)))
    assert feeling.hidden
    assert feeling.beside == ()
    address = reverse("question", args=("val-clair", study.evaluation.code, question.code))
    page = client_for(study.lead).get(address).content.decode()
    assert "Rien n'en est montré (secret statistique : moins de 11 réponses" in page
    assert "70 %" not in page


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"better": 0, "same": 0, "worse": 0}, "better"),
        ({"better": -1, "same": 3, "worse": 0}, "better"),
        ({"better": 3, "same": 0, "worse": 0, "since": 2027}, "since"),
        ({"better": 3, "same": 0, "worse": 0, "place_code": "QN08106M"}, "place_code"),
        ({"better": 3, "same": 0, "worse": 0, "whence": " "}, "whence"),
    ],
    ids=["nobody", "less than nobody", "later", "elsewhere", "no source"],
)
def test_what_cannot_be_is_refused(
    study: Study, question: EvaluativeQuestion, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        tell(study, question, **said)
    assert refused.value.field == field
    assert not PerceivedChange.objects.exists()


def test_it_is_told_by_a_form_and_by_those_who_hear_residents(
    study: Study, question: EvaluativeQuestion, client_for: Browser, stranger: Actor
) -> None:
    address = reverse("perceived_new", args=("val-clair", study.evaluation.code, question.code))
    sent = {
        "better": "4", "same": "6", "worse": "12", "since": "2024", "place_code": "QN99001N", "whence": "Enquête",
        "gathered_on": "2026-05-12",
    }  # fmt: skip
    assert client_for(study.who(Role.FACILITATOR)).post(address, sent).status_code == 302
    told = PerceivedChange.objects.get()
    assert (told.answers, told.place_code) == (22, "QN99001N")
    with pytest.raises(Refused):
        actions.withdraw_perceived(actor=stranger, perceived=told)
    council = study.who(Role.COUNCIL_MEMBER)
    with pytest.raises(Refused):
        actions.tell_perceived(
            actor=council, question=question, better=1, same=1, worse=1, since=2024, whence="x",
            gathered_on=date(2026, 5, 12),
        )  # fmt: skip
    withdraw = reverse("perceived_withdraw", args=("val-clair", study.evaluation.code, question.code, told.code))
    assert client_for(study.lead).post(withdraw).status_code == 302
    told.refresh_from_db()
    assert told.withdrawn_at is not None
