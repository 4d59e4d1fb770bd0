"""An indicator followed for a question: its last released figures, their refusals, and what it waits for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.analysis.indicators.published import UNNAMED
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.around import around
from comptoir.evaluation.following import followed_of
from comptoir.evaluation.models import PlannedSource
from comptoir.evaluation.reading import board_of
from comptoir.kit.errors import Conflict, Refused
from comptoir.observatory.actions import add_indicator, add_supplier, ask_for_values, give_values, withdraw_indicator
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import WHOLE, place_for
from comptoir.observatory.enums import Territory
from comptoir.observatory.models import Indicator, Supplier
from comptoir.territories.models import PriorityNeighbourhood

Browser = Callable[[Actor], Any]
Study = Any  # of conftest.py
NAMES = {"QN99001N": "Les Tilleuls", "QN99002N": "Le Mail"}


@pytest.fixture
def indicator(study: Study) -> Indicator:
    """A count of the space, on the two neighbourhoods of the contract."""
    for code, name in NAMES.items():
        one = PriorityNeighbourhood.objects.create(code=code, generation=2024, name=name)
        study.contract.neighbourhoods.through.objects.create(contract=study.contract, code=code, neighbourhood=one)
    supplier = add_supplier(actor=study.lead, name="Mission locale", threshold=11)
    return add_indicator(
        actor=study.lead, supplier=supplier, name="Jeunes suivis", kind="count", unit="jeunes", direction="up",
        summable=True,
    )  # fmt: skip


def give(study: Study, indicator: Indicator, year: int, *numbers: float) -> None:
    """In the order of NAMES, then for the whole of the space."""
    places = [place_for(Territory.NEIGHBOURHOOD, code, 2024, name) for code, name in NAMES.items()]
    places.append(place_for(Territory.SPACE, WHOLE))
    given = [Given(place, number) for place, number in zip(places, numbers, strict=False)]
    give_values(actor=study.lead, indicator=indicator, year=year, given=given)


def follow(study: Study, indicator: Indicator) -> PlannedSource:
    return actions.follow(
        actor=study.lead, question=study.ask(), indicator=indicator, due_on=date(2027, 8, 1), on=date(2026, 11, 26)
    )


def lines(study: Study, source: PlannedSource) -> list[tuple[str, str, str]]:
    (one,) = followed_of(study.lead, around(source.question))
    assert one.latest is not None
    return [(name, said.text, said.why) for name, said in one.latest.lines]


def test_the_last_year_is_read_by_neighbourhood_with_its_vintage_and_source(
    study: Study, indicator: Indicator, client_for: Browser
) -> None:
    give(study, indicator, 2023, 30, 41)
    give(study, indicator, 2024, 52, 63)
    source = follow(study, indicator)
    assert [row[:2] for row in lines(study, source)] == [("Le Mail", "63\xa0jeunes"), ("Les Tilleuls", "52\xa0jeunes")]
    address = reverse("question", args=("val-clair", study.evaluation.code, source.question.code))
    page = client_for(study.who(Role.READER)).get(address).content.decode()
    for said in ("Jeunes suivis", "2024", "Mission locale", "52\xa0jeunes"):
        assert said in page
    assert "30\xa0jeunes" not in page
    assert reverse("observatory_indicator", args=("val-clair", indicator.code)) in page
    assert "versé" in page  # a figure that can be read answers what was planned
    assert "attendu" not in page


def test_a_small_number_stays_hidden_and_says_why(study: Study, indicator: Indicator, client_for: Browser) -> None:
    give(study, indicator, 2024, 7, 1741, 1748)
    source = follow(study, indicator)
    said = {name: (text, why) for name, text, why in lines(study, source)}
    assert said["Les Tilleuls"] == ("—", "moins de 11 jeunes")
    assert said["Le Mail"][1] == "masqué pour protéger une autre case"  # else a subtraction would give the small one
    address = reverse("question", args=("val-clair", study.evaluation.code, source.question.code))
    page = client_for(study.lead).get(address).content.decode()
    assert "moins de 11 jeunes" in page
    assert "1741" not in page.replace("\xa0", "").replace("\u202f", "")


@pytest.mark.parametrize("name", ["source_follow", "bet_new"])
def test_indicators_are_chosen_under_titles_the_nearest_first(
    study: Study, indicator: Indicator, client_for: Browser, name: str
) -> None:
    supplier = Supplier.objects.create(code="ins", name="Insee")
    for code, said, headline in (("a", "Taux", False), ("b", "Médiane", True), ("c", f"{UNNAMED}A_N1", False)):
        Indicator.objects.create(
            code=code, name=said, supplier=supplier, kind="ratio", direction="none", headline=headline
        )  # fmt: skip
    codes = (study.evaluation.code, study.ask().code) if name == "source_follow" else (study.evaluation.code,)
    page = client_for(study.lead).get(reverse(name, args=(study.lead.space.slug, *codes))).content.decode()
    titles = ["De votre espace", "Jeunes suivis", "Les plus regardés", "Médiane", "Les autres", "Taux"]
    places = [page.index(said) for said in titles]
    assert places == sorted(places)
    assert '<optgroup label="De votre espace">' in page
    assert UNNAMED not in page


def test_an_indicator_is_followed_once_and_by_those_who_write(study: Study, indicator: Indicator) -> None:
    source = follow(study, indicator)
    said = {"question": source.question, "indicator": indicator, "due_on": source.due_on, "on": source.planned_on}
    with pytest.raises(Conflict, match="déjà suivi"):
        actions.follow(actor=study.lead, **said)
    with pytest.raises(Refused):
        actions.follow(actor=study.who(Role.FACILITATOR), **said)
    assert (source.nature, source.label, source.owner) == ("figure", "Jeunes suivis", "Mission locale")
    entry = Entry.objects.filter(action="evaluation.follow").get()
    assert entry.object_id == source.question_id
    actions.withdraw_source(actor=study.lead, source=source)
    assert actions.follow(actor=study.lead, **said).pk != source.pk


def test_the_indicator_of_another_space_cannot_be_followed(
    study: Study, indicator: Indicator, client_for: Browser, stranger: Actor
) -> None:
    theirs = add_indicator(
        actor=stranger, supplier=add_supplier(actor=stranger, name="Autre"), name="Ailleurs", kind="count"
    )
    question = study.ask()
    with pytest.raises(Refused):
        actions.follow(
            actor=study.lead, question=question, indicator=theirs, due_on=date(2027, 8, 1), on=date(2026, 11, 26)
        )
    address = reverse("source_follow", args=("val-clair", study.evaluation.code, question.code))
    answer = client_for(study.lead).post(address, {"indicator": theirs.code, "due_on": "2027-08-01"})
    assert answer.status_code == 422
    assert not question.sources.exists()
    answer = client_for(study.lead).post(address, {"indicator": indicator.code, "due_on": "2027-08-01"})
    assert answer.status_code == 302
    assert question.sources.get().indicator_code == indicator.code


def test_what_still_gives_a_figure_is_not_said_unused(study: Study, indicator: Indicator) -> None:
    source = follow(study, indicator)
    actions.settle(actor=study.lead, question=source.question, status="kept")
    later = date(2028, 1, 1)
    assert board_of(study.lead, study.evaluation, later).budget.unused == ("Jeunes suivis",)
    give(study, indicator, 2024, 52, 63)
    assert board_of(study.lead, study.evaluation, later).budget.unused == ()


def test_an_indicator_that_is_withdrawn_is_said_so(study: Study, indicator: Indicator, client_for: Browser) -> None:
    source = follow(study, indicator)
    withdraw_indicator(actor=study.lead, indicator=indicator)
    address = reverse("question", args=("val-clair", study.evaluation.code, source.question.code))
    assert "L'observatoire n'a plus cet indicateur" in client_for(study.lead).get(address).content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_a_question_costs_the_same_whatever_it_follows(
    study: Study, indicator: Indicator, client_for: Browser, count: int, django_assert_max_num_queries: Any
) -> None:
    question = study.ask()
    for n in range(count):
        one = add_indicator(actor=study.lead, supplier=indicator.supplier, name=f"Chiffre {n}", kind="count")
        give(study, one, 2024, 52, 63)
        actions.follow(
            actor=study.lead, question=question, indicator=one, due_on=date(2027, 8, 1), on=date(2026, 11, 26)
        )
    address = reverse("question", args=("val-clair", study.evaluation.code, question.code))
    browser = client_for(study.lead)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200


def test_figures_to_type_wait_in_the_week_of_the_team_and_for_who_types_them(
    study: Study, indicator: Indicator, client_for: Browser
) -> None:
    today = timezone.localdate()
    referent = study.who(Role.REFERENT)
    owner = Membership.objects.get(space=study.lead.space, person=referent.person_id)
    asked = ask_for_values(
        actor=study.lead, indicator=indicator, owner=owner, year=2025, due_on=today + timedelta(20)
    )  # fmt: skip
    week = reverse("week", args=("val-clair",))
    page = client_for(study.lead).get(week).content.decode()
    assert "Chiffres à saisir" in page
    assert "Jeunes suivis, 2025" in page
    assert owner.person.name in page
    mine = reverse("observatory_collection", args=("val-clair", asked.code))
    there = client_for(referent).get(reverse("observatory", args=("val-clair",))).content.decode()
    assert "À saisir" in there
    assert mine in there
    board = client_for(referent).get(reverse("space", args=("val-clair",))).content.decode()
    assert mine in board
    assert "Chiffre à saisir" in board
    assert client_for(referent).get(mine).status_code == 200
    elsewhere = client_for(study.who(Role.READER)).get(reverse("observatory", args=("val-clair",)))
    assert mine not in elsewhere.content.decode()
    board = client_for(study.who(Role.READER)).get(reverse("space", args=("val-clair",))).content.decode()
    assert "Chiffre à saisir" not in board
    asked.due_on = today + timedelta(60)
    asked.save()
    assert "Chiffres à saisir" not in client_for(study.lead).get(week).content.decode()
