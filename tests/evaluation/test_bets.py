"""Bets on results: the figure stays away until they are closed; then it stands beside them, by college."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.bets import answers_of, bracket_of, columns_of, revealed
from comptoir.evaluation.enums import College
from comptoir.evaluation.models import Bet, BetRound, RoomBets
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.observatory.actions import add_indicator, add_supplier, give_values, withdraw_indicator
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Indicator

pytestmark = pytest.mark.django_db
Study = Any  # of conftest.py
Browser = Callable[[Actor], Any]
ON = date(2026, 11, 20)
FIGURE, EARLIER = 7431, 6872


@pytest.fixture
def indicator(study: Study) -> Indicator:
    """Of the whole of the space, for two years; its numbers stand nowhere else on a page."""
    supplier = add_supplier(actor=study.lead, name="Mission locale", threshold=11)
    made = add_indicator(actor=study.lead, supplier=supplier, name="Jeunes suivis", kind="count", unit="jeunes")
    give(study, made, 2023, EARLIER)
    give(study, made, 2024, FIGURE)
    return made


def give(study: Study, indicator: Indicator, year: int, value: float) -> None:
    given = [Given(place_for(Territory.SPACE, WHOLE), value)]
    give_values(actor=study.lead, indicator=indicator, year=year, given=given)


def opened(study: Study, indicator: Indicator, *bounds: float) -> BetRound:
    made: BetRound = actions.open_bets(
        actor=study.lead, evaluation=study.evaluation, indicator=indicator, bounds=bounds or (7000, 8000), on=ON
    )
    return made


def where(study: Study, round: BetRound, name: str = "bet") -> str:
    return reverse(name, args=(study.lead.space.slug, study.evaluation.code, round.code))


def digits(page: str) -> str:
    """Without what sets thousands apart."""
    return re.sub(r"[\s\u00a0\u202f]|&nbsp;", "", page)


# Les réponses


def test_bounds_cut_the_answers_and_each_begins_one() -> None:
    assert answers_of([20.0, 30.5], "%") == ["moins de 20\xa0%", "de 20 à moins de 30,5\xa0%", "30,5\xa0% ou plus"]
    assert answers_of([5.0], "") == ["moins de 5", "5 ou plus"]
    assert [bracket_of(value, [20.0, 30.5]) for value in (19.9, 20, 30.4, 30.5, 99)] == [0, 1, 1, 2, 2]


def test_a_small_college_is_hidden_with_its_number() -> None:
    counted = {College.RESIDENTS: {0: 3, 2: 9}, College.OFFICIALS: {1: 4}, College.OUTSIDE: {}}
    shown, hidden = columns_of(counted, answers=3, threshold=5)
    assert (shown.college, shown.bets, shown.hidden, shown.shares) == ("habitants", 12, False, (25, 0, 75))
    assert (hidden.college, hidden.bets, hidden.hidden, hidden.shares) == ("élus", 0, True, ())


# Le chiffre


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_nobody_reads_the_figure_on_the_page_before_it_is_closed(
    study: Study, indicator: Indicator, client_for: Browser, role: Role
) -> None:
    round = opened(study, indicator)
    reader = study.lead if role == Role.PROJECT_LEAD else study.who(role)
    page = digits(client_for(reader).get(where(study, round)).content.decode())
    assert "moinsde7000jeunes" in page
    assert str(FIGURE) not in page
    assert str(EARLIER) not in page
    actions.close_bets(actor=study.lead, round=round, on=ON)
    page = digits(client_for(reader).get(where(study, round)).content.decode())
    assert f"<strong>{FIGURE}jeunes</strong>(2024),après{EARLIER}jeunes(2023)" in page


def test_the_figure_is_that_of_the_day_when_bets_were_closed(study: Study, indicator: Indicator) -> None:
    round = opened(study, indicator)
    actions.close_bets(actor=study.lead, round=round, on=ON)
    give(study, indicator, 2025, 9999)
    found = revealed(study.lead, round).figure
    assert (found.vintage, found.said.value, found.rank) == ("2024", FIGURE, 1)


def test_a_figure_that_may_not_leave_says_why_and_holds_no_answer(study: Study, client_for: Browser) -> None:
    supplier = add_supplier(actor=study.lead, name="CAF", threshold=11)
    small = add_indicator(actor=study.lead, supplier=supplier, name="Familles", kind="count", about_people=True)
    give(study, small, 2024, 6)
    round = opened(study, small, 5)
    actions.close_bets(actor=study.lead, round=round, on=ON)
    found = revealed(study.lead, round).figure
    assert (found.said.value, found.rank) == (None, None)
    assert "moins de 11" in found.said.why
    assert "Le chiffre ne peut pas être montré" in client_for(study.lead).get(where(study, round)).content.decode()


def test_an_indicator_withdrawn_since_is_said_and_not_linked(
    study: Study, indicator: Indicator, client_for: Browser
) -> None:
    round = opened(study, indicator)
    actions.close_bets(actor=study.lead, round=round, on=ON)
    withdraw_indicator(actor=study.lead, indicator=indicator)
    page = client_for(study.lead).get(where(study, round)).content.decode()
    assert "Le chiffre ne peut pas être montré" in page
    assert "L'indicateur à l'observatoire" not in page


# Parier


def test_a_member_bets_once_and_may_change(study: Study, indicator: Indicator, client_for: Browser) -> None:
    round, council = opened(study, indicator), study.who(Role.COUNCIL_MEMBER)
    browser = client_for(council)
    for bracket in ("0", "2"):
        assert browser.post(where(study, round, "bet_place"), {"bracket": bracket}).status_code == 302
    found = Bet.objects.get()
    assert (found.college, found.bracket, found.person_id) == (College.RESIDENTS, 2, council.person_id)
    assert 'value="2" id="answer-2" required checked' in browser.get(where(study, round)).content.decode()
    assert browser.post(where(study, round, "bet_place"), {"bracket": "huit"}).status_code == 422
    assert browser.post(where(study, round, "bet_place"), {"bracket": "3"}).status_code == 422


def test_the_journal_does_not_tell_what_somebody_bet(study: Study, indicator: Indicator) -> None:
    actions.bet(actor=study.who(Role.COUNCIL_MEMBER), round=opened(study, indicator), bracket=1)
    line = Entry.objects.get(action="evaluation.bet")
    assert (line.object_id, line.details) == (study.evaluation.pk, {})


def test_hands_and_members_add_up_and_a_new_count_replaces(study: Study, indicator: Indicator) -> None:
    round = opened(study, indicator)
    actions.count_bets(actor=study.lead, round=round, college="residents", hands={0: 40, 1: 40})
    actions.count_bets(actor=study.lead, round=round, college="residents", hands={0: 0, 1: 7, 2: 12})
    actions.bet(actor=study.who(Role.COUNCIL_MEMBER), round=round, bracket=1)
    actions.close_bets(actor=study.lead, round=round, on=ON)
    assert RoomBets.objects.count() == 2
    found = revealed(study.lead, round)
    assert [(one.college, one.bets, one.shares) for one in found.columns] == [("habitants", 20, (0, 40, 60))]
    shares = [(right, cells) for _, right, cells in found.rows]
    assert shares == [(right, [("habitants", share)]) for right, share in ((False, 0), (True, 40), (False, 60))]


def test_a_small_college_is_masked_on_the_page(study: Study, indicator: Indicator, client_for: Browser) -> None:
    round = opened(study, indicator)
    actions.count_bets(actor=study.lead, round=round, college="residents", hands={0: 30})
    actions.count_bets(actor=study.lead, round=round, college="officials", hands={1: 2})
    actions.close_bets(actor=study.lead, round=round, on=ON)
    page = client_for(study.lead).get(where(study, round)).content.decode()
    assert page.count("masqué</td>") == 3
    assert "30\xa0paris" in page
    assert "2\xa0paris" not in page


def test_nothing_changes_once_closed(study: Study, indicator: Indicator) -> None:
    round = opened(study, indicator)
    stale = BetRound.objects.get(pk=round.pk)
    stale.evaluation = study.evaluation
    actions.close_bets(actor=study.lead, round=round, on=ON)
    for act in (
        lambda: actions.bet(actor=study.lead, round=stale, bracket=0),
        lambda: actions.count_bets(actor=study.lead, round=stale, college="residents", hands={0: 1}),
        lambda: actions.close_bets(actor=study.lead, round=stale, on=ON),
    ):
        with pytest.raises(Conflict):
            act()
    assert not Bet.objects.exists()
    assert not RoomBets.objects.exists()


def test_who_may_not_is_refused_and_bad_bounds_too(study: Study, indicator: Indicator) -> None:
    round = opened(study, indicator)
    with pytest.raises(Refused):
        actions.bet(actor=study.who(Role.READER), round=round, bracket=0)
    with pytest.raises(Refused):
        actions.close_bets(actor=study.who(Role.EVALUATOR), round=round, on=ON)
    for bounds in ([], [2, 1], [1, 1], [1, 2, 3, 4, 5, 6], [float("nan")], [float("inf")]):
        with pytest.raises(Invalid, match="limites"):
            actions.open_bets(actor=study.lead, evaluation=study.evaluation, indicator=indicator, bounds=bounds, on=ON)
    with pytest.raises(Invalid, match="quartier"):
        actions.open_bets(
            actor=study.lead, evaluation=study.evaluation, indicator=indicator, bounds=[1], on=ON, place_code="QN0"
        )


def test_a_bet_is_opened_and_counted_from_the_pages(study: Study, indicator: Indicator, client_for: Browser) -> None:
    browser, one = client_for(study.lead), (study.lead.space.slug, study.evaluation.code)
    form = {"indicator": indicator.code, "place_code": "", "bounds": "7 000,5 ; 8 000"}
    assert browser.post(reverse("bet_new", args=one), form | {"bounds": "beaucoup"}).status_code == 422
    assert browser.post(reverse("bet_new", args=one), form).status_code == 302
    round = BetRound.objects.get()
    assert round.bounds == [7000.5, 8000]
    hands = {"college": "residents", "hands_0": "4", "hands_1": "0", "hands_2": "9"}
    assert browser.post(where(study, round, "bet_hands"), hands).status_code == 302
    assert list(RoomBets.objects.values_list("bracket", "number").order_by("bracket")) == [(0, 4), (2, 9)]
    assert browser.post(where(study, round, "bet_close")).status_code == 302
    assert "chiffre montré" in browser.get(reverse("bets", args=one)).content.decode()
    assert browser.post(where(study, round, "bet_withdraw")).status_code == 302
    assert browser.get(where(study, round)).status_code == 404


def test_a_bet_of_another_evaluation_is_not_found(study: Study, indicator: Indicator, client_for: Browser) -> None:
    round = opened(study, indicator)
    other = actions.open_evaluation(actor=study.lead, contract=study.contract, name="Autre", ends_on=ON)
    address = reverse("bet_close", args=(study.lead.space.slug, other.code, round.code))
    assert client_for(study.lead).post(address).status_code == 404
    assert BetRound.objects.get().closed_on is None
