"""Reviews of past actions: imported once, quoted, summed (docs/concepts/evaluation.md, « Les bilans »)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.evaluation import actions
from comptoir.evaluation.actions.bilans import feeding
from comptoir.evaluation.models import ActionReview
from comptoir.evaluation.review_import import REVIEWS
from comptoir.evaluation.reviews import Sum, Told, sums
from comptoir.imports.actions import confirm, plan_of, receive
from comptoir.imports.models import Batch
from comptoir.imports.undoing import void
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.observatory.actions import add_indicator, add_supplier
from comptoir.observatory.models import Indicator, Value
from comptoir.territories.models import PriorityNeighbourhood

Browser = Callable[[Actor], Any]
Study = Any  # of conftest.py
NAMES = {"QN99001N": "Les Tilleuls", "QN99002N": "Le Mail"}
CSV = """Intitulé;Exercice;QPV;Association;Montant;Public touché;Observations
Permanences;2024;Les Tilleuls;Régie;12 000 €;212;Une permanence sur trois annulée
Jardin;2024;le mail;Terre;3000;;Peu de monde
Vélo;2024;QN99001N;Roue;;7;
Bus;2024;Tous les quartiers;Agglo;;530;
Fête;2024;;Collectif;;20;
Cirque;2024;Ailleurs;;;;
"""


@pytest.fixture
def places(study: Study) -> None:
    for code, name in NAMES.items():
        one = PriorityNeighbourhood.objects.create(code=code, generation=2024, name=name)
        study.contract.neighbourhoods.through.objects.create(contract=study.contract, code=code, neighbourhood=one)


def brought(actor: Actor, text: str = CSV, name: str = "bilans.csv") -> Batch:
    batch = receive(actor=actor, kind=REVIEWS, content=text.encode(), name=name)
    confirm(actor=actor, batch=batch, seen=plan_of(actor, batch).digest, back_url="/")
    return batch


def counted(study: Study) -> Indicator:
    supplier = add_supplier(actor=study.lead, name="Porteurs d'actions", threshold=11)
    return add_indicator(
        actor=study.lead, supplier=supplier, name="Personnes touchées", kind="count", unit="personnes", direction="up"
    )


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([], []),
        ([Told(2024, "a", None)], []),
        ([Told(2024, "a", 0)], [Sum(2024, "a", 0, 1, 0), Sum(2024, None, 0, 1, 0)]),
        ([Told(2024, "a", 5), Told(2024, "a", None)], [Sum(2024, "a", 5, 2, 1), Sum(2024, None, 5, 2, 1)]),
        ([Told(2024, "a", 5), Told(2024, None, 9)], [Sum(2024, "a", 5, 1, 0), Sum(2024, None, 14, 2, 0)]),
        ([Told(2025, None, 9), Told(2024, None, 3)], [Sum(2024, None, 3, 1, 0), Sum(2025, None, 9, 1, 0)]),
    ],
    ids=["nothing", "no number is no zero", "zero is a number", "a minimum", "the whole holds all", "by year"],
)
def test_sums_case_by_case(told: list[Told[str]], found: list[Sum[str]]) -> None:
    assert sums(told) == found


TOLD = st.builds(Told, st.integers(2020, 2023), st.sampled_from(["a", "b", None]), st.none() | st.integers(0, 999))


@given(st.lists(TOLD, max_size=12), TOLD, st.randoms(use_true_random=False))
def test_sums_do_not_depend_on_the_order_and_never_fall(told: list[Told[str]], more: Told[str], chance: Any) -> None:
    before = {(one.year, one.place): one for one in sums(told)}
    mixed = list(told)
    chance.shuffle(mixed)
    assert {(one.year, one.place): one for one in sums(mixed)} == before
    after = {(one.year, one.place): one.reached for one in sums([*told, more])}
    assert all(after[key] >= one.reached for key, one in before.items())
    for (year, place), one in before.items():
        assert one.reached <= before[(year, None)].reached, place


def test_a_workbook_comes_in_as_it_is_once_and_goes_out_again(study: Study, places: None) -> None:
    batch = brought(study.lead)
    rows = list(ActionReview.objects.shown().order_by("pk"))
    assert [one.action for one in rows] == ["Permanences", "Jardin", "Vélo", "Bus", "Fête"]  # « Ailleurs » is refused
    assert [str(one.place or "") for one in rows] == ["Les Tilleuls", "Le Mail", "Les Tilleuls", "ESPACE", ""]
    assert (rows[0].money, rows[0].reached, rows[1].reached) == (12000, 212, None)
    assert Entry.objects.filter(action="evaluation.add_reviews").count() == 5
    again = receive(actor=study.lead, kind=REVIEWS, content=CSV.encode(), name="encore.csv")
    assert not plan_of(study.lead, again).written
    corrected = CSV.replace(";212;", ";215;")
    brought(study.lead, corrected, name="corrigé.csv")
    assert ActionReview.objects.get(action="Permanences").reached == 215
    actions.quote_review(actor=study.lead, review=rows[0], question=study.ask(), on=date(2026, 11, 26))
    void(actor=study.lead, batch=batch)
    assert [one.action for one in ActionReview.objects.shown()] == ["Permanences"]  # a question cites it
    assert Entry.objects.filter(action="evaluation.remove_reviews").count() == 4


@pytest.mark.parametrize("said", ["nd", "N.D.", "n.c.", "?", "-", "\u2014", "non disponible"])
def test_a_number_that_nobody_has_is_an_empty_cell_and_costs_no_line(study: Study, places: None, said: str) -> None:
    brought(study.lead, f"Action;Année;Personnes touchées;Montant;Bilan\nJardin;2024;{said};{said};Peu de monde\n")
    one = ActionReview.objects.get()
    assert (one.reached, one.money, one.noted) == (None, None, "Peu de monde")


def test_what_a_list_writes_its_import_reads_again(study: Study, places: None, client_for: Browser) -> None:
    brought(study.lead)
    content = client_for(study.lead).get(reverse("action_reviews", args=("val-clair",)) + "?format=csv").getvalue()
    batch = receive(actor=study.lead, kind=REVIEWS, content=content, name="export.csv")
    assert not plan_of(study.lead, batch).written


def test_the_words_of_a_review_become_evidence_in_two_clicks(study: Study, places: None, client_for: Browser) -> None:
    brought(study.lead)
    review = ActionReview.objects.get(action="Permanences")
    question = study.ask()
    browser = client_for(study.lead)
    page = browser.get(reverse("action_review", args=("val-clair", review.code))).content.decode()
    assert question.text in page
    done = browser.post(reverse("action_review_quote", args=("val-clair", review.code)), {"question": question.code})
    board = browser.get(done.url).content.decode()
    assert "Une permanence sur trois annulée" in board
    assert "Bilan : Permanences" in board
    assert reverse("action_review", args=("val-clair", review.code)) in board
    seen = client_for(study.who(Role.READER)).get(done.url).content.decode()
    assert "Une permanence sur trois annulée" in seen
    assert "/bilans/" not in seen  # its numbers are for the team
    with pytest.raises(Conflict, match="déjà versé"):
        actions.quote_review(actor=study.lead, review=review, question=question, on=date(2026, 11, 26))
    with pytest.raises(Invalid, match="en mots"):
        actions.quote_review(
            actor=study.lead, review=ActionReview.objects.get(action="Bus"), question=question, on=date(2026, 11, 26)
        )
    assert Entry.objects.filter(action="evaluation.bring", object_id=question.pk).count() == 1


def test_long_words_are_cut_between_two_words(study: Study) -> None:
    (review,) = actions.add_reviews(
        actor=study.lead, rows=[{"action": "Bus", "year": 2024, "noted": "très utile " * 60}]
    )
    made = actions.quote_review(actor=study.lead, review=review, question=study.ask(), on=date(2026, 11, 26))
    assert len(made.text) <= 400
    assert made.text.endswith((" utile …", " très …"))


def test_people_reached_feed_an_indicator_under_its_threshold(study: Study, places: None, client_for: Browser) -> None:
    brought(study.lead)
    indicator = counted(study)
    address = reverse("action_reviews_feed", args=("val-clair",))
    browser = client_for(study.lead)
    page = browser.get(f"{address}?indicateur={indicator.code}").content.decode()
    assert "219" in page  # 212 and 7
    assert "769" in page  # all of them, the one that says no place too
    assert not Value.objects.exists()
    browser.post(address, {"indicateur": indicator.code})
    values = {str(one.place): one for one in Value.objects.select_related("place")}
    assert {name: one.value for name, one in values.items()} == {"Les Tilleuls": 219, "ESPACE": 769}
    assert values["Les Tilleuls"].released == 219
    entry = Entry.objects.get(action="evaluation.feed")
    assert entry.object_id == indicator.pk
    small = ActionReview.objects.get(action="Permanences")
    actions.change_reviews(actor=study.lead, changes={small.pk: {"reached": 0}})
    small.refresh_from_db()
    assert small.counted_in is None  # to be counted again
    actions.feed(actor=study.lead, indicator=indicator)
    hidden = Value.objects.get(place__code="QN99001N")
    assert (hidden.value, hidden.released, hidden.release) == (7, None, "small")


def test_what_the_reviews_no_longer_say_leaves_the_indicator(study: Study) -> None:
    indicator = counted(study)
    first, second = actions.add_reviews(
        actor=study.lead,
        rows=[{"action": "Bus", "year": 2023, "reached": 40}, {"action": "Bus", "year": 2024, "reached": 50}],
    )
    actions.feed(actor=study.lead, indicator=indicator)
    actions.remove_reviews(actor=study.lead, identities=[first.pk])
    assert [(line.year, line.now, line.new) for line in feeding(study.lead, indicator)] == [
        (2024, 50, 50), (2023, 40, None),
    ]  # fmt: skip
    actions.feed(actor=study.lead, indicator=indicator)
    assert [one.value for one in Value.objects.all()] == [50]
    actions.remove_reviews(actor=study.lead, identities=[second.pk])
    with pytest.raises(Invalid, match="Aucun bilan"):
        actions.feed(actor=study.lead, indicator=indicator)


def test_only_a_number_of_the_space_is_fed(study: Study, stranger: Actor, client_for: Browser) -> None:
    actions.add_reviews(actor=study.lead, rows=[{"action": "Bus", "year": 2024, "reached": 50}])
    theirs = add_indicator(
        actor=stranger, supplier=add_supplier(actor=stranger, name="Autre"), name="Ailleurs", kind="count"
    )
    with pytest.raises(Refused):
        actions.feed(actor=study.lead, indicator=theirs)
    share = add_indicator(actor=study.lead, supplier=counted(study).supplier, name="Part", kind="ratio")
    with pytest.raises(Invalid):
        actions.feed(actor=study.lead, indicator=share)
    address = reverse("action_reviews_feed", args=("val-clair",))
    assert client_for(study.lead).post(address, {"indicateur": theirs.code}).status_code == 404
    assert not Value.objects.exists()


def test_another_space_sees_and_quotes_nothing(study: Study, stranger: Actor, client_for: Browser) -> None:
    (theirs,) = actions.add_reviews(actor=stranger, rows=[{"action": "Bus", "year": 2024, "noted": "Vide"}])
    browser = client_for(study.lead)
    assert browser.get(reverse("action_review", args=("val-clair", theirs.code))).status_code == 404
    question = study.ask()
    address = reverse("action_review_quote", args=("val-clair", theirs.code))
    assert browser.post(address, {"question": question.code}).status_code == 404
    with pytest.raises(Refused):
        actions.quote_review(actor=study.lead, review=theirs, question=question, on=date(2026, 11, 26))


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_whatever_the_reviews(
    study: Study, client_for: Browser, count: int, django_assert_max_num_queries: Any
) -> None:
    rows = [{"action": f"Action {n}", "year": 2024, "reached": n} for n in range(count)]
    actions.add_reviews(actor=study.lead, rows=rows)
    browser = client_for(study.lead)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("action_reviews", args=("val-clair",))).status_code == 200
