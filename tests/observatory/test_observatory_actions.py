"""What is done in the observatory: who may, what it writes, what the journal keeps."""

import inspect
from collections.abc import Callable
from datetime import date

import pytest
from observed import give, local, places, plant, supplier_of

from comptoir.accounts.models import Actor, Membership
from comptoir.audit.models import Entry
from comptoir.imports.actions import confirm, plan_of, receive
from comptoir.imports.enums import Outcome
from comptoir.imports.undoing import void
from comptoir.kit.errors import Invalid, Refused
from comptoir.observatory import actions
from comptoir.observatory.actions.figures import Given
from comptoir.observatory.entry import waiting_for
from comptoir.observatory.enums import IndicatorKind, Release, Said
from comptoir.observatory.local_import import FIGURES
from comptoir.observatory.models import Collection, Indicator, Series, Supplier, Target, Value
from page_lint import LintingClient

pytestmark = pytest.mark.django_db
OURS = {
    "add_indicator", "add_supplier", "ask_for_values", "change_indicator", "change_supplier", "close_collection",
    "give_values", "remove_values", "set_target", "withdraw_indicator",
}  # fmt: skip


def owner_of(actor: Actor) -> Membership:
    return Membership.objects.get(space=actor.space, person=actor.person_id)


def test_every_action_writes_its_line_without_a_word_of_anybody(lead: Actor) -> None:
    found = {
        name for name in actions.__all__ if "actor" in inspect.signature(getattr(actions, name)).parameters
    }  # fmt: skip
    assert found == OURS
    supplier = supplier_of(lead, name="zinnia")
    actions.change_supplier(actor=lead, supplier=supplier, purpose="zinnia")
    indicator = local(lead, supplier, "zinnia suivis")
    actions.change_indicator(actor=lead, indicator=indicator, definition="zinnia")
    actions.set_target(actor=lead, indicator=indicator, target=50, target_year=2030)
    asked = actions.ask_for_values(
        actor=lead, indicator=indicator, owner=owner_of(lead), year=2025, due_on=date(2027, 1, 31)
    )  # fmt: skip
    give(lead, indicator, {"QN99001N": 40})
    actions.remove_values(actor=lead, values=[Value.objects.get().pk])
    actions.close_collection(actor=lead, collection=asked)
    actions.withdraw_indicator(actor=lead, indicator=indicator)
    lines = list(Entry.objects.filter(action__startswith="observatory."))
    assert {line.action for line in lines} == {f"observatory.{name}" for name in OURS}
    assert not any("zinnia" in f"{line.label} {line.details}" for line in lines)
    assert all(isinstance(value, int) for line in lines for value in line.details.values())


@pytest.mark.parametrize("role", ["reader", "evaluator", "elected_official", "referent", "council_member"])
def test_others_than_the_team_keep_nothing(lead: Actor, member: Callable[[str], Actor], role: str) -> None:
    other, supplier = member(role), supplier_of(lead)
    indicator = local(lead, supplier, "Jeunes suivis")
    before = Entry.objects.count()
    for attempt in (
        lambda: actions.add_supplier(actor=other, name="Autre"),
        lambda: actions.change_supplier(actor=other, supplier=supplier, name="Autre"),
        lambda: actions.add_indicator(actor=other, supplier=supplier, name="Autre", kind="count"),
        lambda: actions.change_indicator(actor=other, indicator=indicator, name="Autre"),
        lambda: actions.withdraw_indicator(actor=other, indicator=indicator),
        lambda: actions.set_target(actor=other, indicator=indicator, target=1, target_year=2030),
        lambda: actions.ask_for_values(
            actor=other, indicator=indicator, owner=owner_of(lead), year=2025, due_on=date(2027, 1, 1)
        ),
        lambda: actions.give_values(actor=other, indicator=indicator, year=2025, given=[]),
        lambda: actions.remove_values(actor=other, values=[]),
    ):
        with pytest.raises(Refused):
            attempt()
    assert Entry.objects.count() == before


def test_another_space_touches_nothing_of_ours(lead: Actor, stranger: Actor) -> None:
    supplier = supplier_of(lead)
    indicator = local(lead, supplier, "Jeunes suivis")
    for attempt in (
        lambda: actions.change_supplier(actor=stranger, supplier=supplier, name="Autre"),
        lambda: actions.change_indicator(actor=stranger, indicator=indicator, name="Autre"),
        lambda: actions.withdraw_indicator(actor=stranger, indicator=indicator),
        lambda: actions.give_values(actor=stranger, indicator=indicator, year=2025, given=[]),
    ):
        with pytest.raises(Refused):
            attempt()
    with pytest.raises(Invalid):
        actions.add_indicator(actor=stranger, supplier=supplier, name="Autre", kind="count")
    assert not Indicator.objects.visible_to(stranger).exists()
    assert not Supplier.objects.visible_to(stranger).exists()
    assert Indicator.objects.visible_to(lead).get() == indicator


def test_the_owner_of_a_collection_gives_its_values_and_no_others(lead: Actor, reader: Actor) -> None:
    indicator = local(lead, supplier_of(lead), "Jeunes suivis")
    other = local(lead, indicator.supplier, "Enfants suivis")
    asked = actions.ask_for_values(
        actor=lead, indicator=indicator, owner=owner_of(reader), year=2025, due_on=date(2027, 1, 31)
    )  # fmt: skip
    given = [Given(places()["QN99001N"], 40.0)]
    actions.give_values(actor=reader, indicator=indicator, year=2025, given=given, collection=asked)
    assert Value.objects.get().released == 40
    with pytest.raises(Refused):
        actions.give_values(actor=reader, indicator=other, year=2025, given=given, collection=asked)
    with pytest.raises(Refused):
        actions.give_values(actor=reader, indicator=indicator, year=2025, given=given)


def test_values_that_cannot_be_are_refused(lead: Actor) -> None:
    supplier, place = supplier_of(lead), places()["QN99001N"]
    count = local(lead, supplier, "Jeunes suivis")
    share = local(lead, supplier, "Part de sorties", IndicatorKind.RATIO)
    amount = local(lead, supplier, "Aides versées", IndicatorKind.AMOUNT)
    for indicator, wrong in (
        (count, Given(place, 12.5)), (count, Given(place, -1.0)), (share, Given(place, 5000.0, 20)),
        (amount, Given(place, -5.0)), (amount, Given(place, 5.0, 3, 6.0)),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            actions.give_values(actor=lead, indicator=indicator, year=2025, given=[wrong])
    with pytest.raises(Invalid):
        actions.give_values(actor=lead, indicator=count, year=2200, given=[Given(place, 12.0)])
    with pytest.raises(Invalid):
        local(lead, supplier, "Somme de parts", IndicatorKind.RATIO, summable=True)
    with pytest.raises(Invalid):
        local(lead, supplier, "jeunes suivis")
    assert not Value.objects.exists()
    assert not Series.objects.exists()


def test_a_target_is_after_its_start_and_the_same_again_replaces(lead: Actor) -> None:
    indicator = local(lead, supplier_of(lead), "Jeunes suivis")
    with pytest.raises(Invalid):
        actions.set_target(actor=lead, indicator=indicator, target=5, target_year=2020, baseline=1, baseline_year=2020)
    for number in (50.0, 60.0):
        actions.set_target(actor=lead, indicator=indicator, target=number, target_year=2030)
    assert Target.objects.get().target == 60


def test_what_is_waited_for_comes_in_the_order_of_days_until_it_is_closed(lead: Actor) -> None:
    supplier = supplier_of(lead)
    late, soon = (local(lead, supplier, name) for name in ("Jeunes suivis", "Enfants suivis"))
    for indicator, day in ((late, date(2027, 3, 1)), (soon, date(2027, 1, 31))):
        actions.ask_for_values(actor=lead, indicator=indicator, owner=owner_of(lead), year=2025, due_on=day)
    assert [one.indicator for one in waiting_for(lead)] == [soon, late]
    actions.close_collection(actor=lead, collection=Collection.objects.get(indicator=soon))
    actions.withdraw_indicator(actor=lead, indicator=late)
    assert list(waiting_for(lead)) == []


def test_a_workbook_of_figures_is_shown_first_written_once_and_undone(lead: Actor) -> None:
    from comptoir.contracts.actions import open_contract, set_perimeter

    made = plant(lead)
    contract = open_contract(actor=lead, name="Contrat")
    set_perimeter(actor=lead, contract=contract, codes=["QN99001N", "QN99002N"])
    text = (
        "Libellé;Quartier;Millésime;Résultat\n"
        "Jeunes suivis;Les Tilleuls;2024;1\u00a0200\n"
        "Jeunes suivis;QN99002N;2024;s\n"
        "Jeunes suivis;Ailleurs;2024;40\n"
        "Jeunes suivis;Le Mail;2023;12 %\n"
        "Inconnu;Le Mail;2024;12\n"
        "Jeunes suivis;Les Tilleuls;1;12\n"
    )
    batch = receive(actor=lead, kind=FIGURES, content=text.encode(), name="chiffres.csv")
    plan = plan_of(lead, batch)
    assert [row.outcome for row in plan.rows] == [Outcome.CREATED] * 2 + [Outcome.REFUSED] * 4
    before = Value.objects.count()
    confirm(actor=lead, batch=batch, seen=plan.digest, back_url="/")
    assert Value.objects.count() == before + 2
    new = Value.objects.filter(series__indicator=made["Ensemble"], series__reference=2024)
    assert new.get(place__code="QN99001N").released == 1200
    secret = new.get(place__code="QN99002N")
    assert (secret.released, secret.mark, secret.release) == (None, Said.SECRET, Release.NOTHING)
    batch.refresh_from_db()
    void(actor=lead, batch=batch)
    assert Value.objects.count() == before


def test_the_same_workbook_again_changes_only_what_differs(lead: Actor) -> None:
    from comptoir.contracts.actions import open_contract, set_perimeter

    indicator = local(lead, supplier_of(lead), "Jeunes suivis")
    places()
    set_perimeter(actor=lead, contract=open_contract(actor=lead, name="Contrat"), codes=["QN99001N", "QN99002N"])
    first = "Indicateur;Territoire;Année;Valeur\nJeunes suivis;Le Mail;2024;40\nJeunes suivis;QN99001N;2024;50\n"
    for text, outcomes in (
        (first, [Outcome.CREATED] * 2),
        (first, [Outcome.SAME] * 2),
        (first.replace("50", "55"), [Outcome.SAME, Outcome.CHANGED]),
    ):
        batch = receive(actor=lead, kind=FIGURES, content=text.encode(), name="chiffres.csv")
        plan = plan_of(lead, batch)
        assert [row.outcome for row in plan.rows] == outcomes
        if plan.written:
            confirm(actor=lead, batch=batch, seen=plan.digest, back_url="/")
    assert sorted(Value.objects.filter(series__indicator=indicator).values_list("released", flat=True)) == [40, 55]


def test_the_owner_types_on_the_page_and_loses_nothing(
    lead: Actor, reader: Actor, evaluator: Actor, client_for: Callable[[Actor], LintingClient]
) -> None:
    from comptoir.contracts.actions import open_contract, set_perimeter

    indicator = local(lead, supplier_of(lead), "Jeunes suivis")
    places()
    set_perimeter(actor=lead, contract=open_contract(actor=lead, name="Contrat"), codes=["QN99001N", "QN99002N"])
    asked = actions.ask_for_values(
        actor=lead, indicator=indicator, owner=owner_of(reader), year=2025, due_on=date(2027, 1, 31)
    )  # fmt: skip
    url = f"/val-clair/observatoire/saisies/{asked.code}/"
    browser = client_for(reader)
    wrong = browser.post(url, {"value_0": "une douzaine", "value_1": "1 234"})
    assert wrong.status_code == 422
    assert "une douzaine" in wrong.content.decode()
    assert "1 234" in wrong.content.decode()
    assert browser.post(url, {"value_0": "7", "value_1": "1 234", "value_2": "nd"}).status_code == 302
    assert list(Value.objects.order_by("value").exclude(value=None).values_list("value", "released")) == [
        (7.0, None), (1234.0, 1234.0)
    ]  # fmt: skip
    assert Value.objects.get(value=None).mark == Said.NOT_AVAILABLE
    page = browser.get(url).content.decode()
    assert 'value="7"' in page
    assert client_for(evaluator).get(url).status_code == 404, "what was typed is read by those who may type it"
