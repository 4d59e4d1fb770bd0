"""The whole table read at once: the same things as one by one, and as many questions with 1 and with 20 lines."""

from datetime import date, timedelta
from typing import Any

import pytest
from deals import TODAY, referent
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptoir.commitments import actions, lean
from comptoir.commitments.models import Commitment
from comptoir.commitments.reading import states_of
from comptoir.commitments.since import What
from comptoir.commitments.table import every_row, rows_of, since_last_snapshot, whole_table
from comptoir.contracts.actions import add_objective
from comptoir.contracts.models import Contact
from comptoir.thread.measures import measures_of


@pytest.fixture
def lived(deal: Any) -> Any:
    """A contract whose lines have people, objectives, proofs, decisions and answers, or have not; one is withdrawn."""
    objective = add_objective(actor=deal.lead, contract=deal.contract, text="Que chacun ait un lieu")
    named = Contact.objects.create(space=deal.lead.space, signatory=deal.town, name="Noé Amblard")
    kept = deal.precise(objective=objective, contact=named, signatory=deal.town)
    proof = actions.give_evidence(
        actor=deal.lead, commitment=kept, kind="figure", label="Bilan", figure=3, given_on=date(2026, 9, 1)
    )
    actions.confirm(actor=deal.lead, evidence=proof, on=date(2026, 10, 8), meeting=deal.steering)
    late = deal.precise(due_on=date(2026, 10, 1), next_step="Les travaux", next_step_on=date(2026, 12, 1))
    actions.tell_news(actor=deal.lead, commitment=late, answer="stuck", line="Le bail", on=date(2026, 11, 1))
    yearly = deal.commit("Tenir douze permanences", first_year=2025, last_year=2027)
    actions.decide(actor=deal.lead, commitment=yearly, meeting=deal.steering, outcome="amended", reason="Six suffisent")
    actions.withdraw(actor=deal.lead, commitment=deal.commit("Une ligne de trop"))
    return deal


def test_what_is_read_in_few_columns_is_what_the_rows_say(lived: Any, django_assert_num_queries: Any) -> None:
    rows = Commitment.objects.all()
    with django_assert_num_queries(1):
        found = lean.read(rows)
        told = [
            (one.pk, one.text, one.code, one.space_id, one.contract_id, one.unit_id, one.due_on, one.first_year,
             one.last_year, one.measure, one.expected_proof, one.next_step, one.next_step_on, one.withdrawn_at is None,
             one.signatory, one.signatory.code, one.signatory.space_id, one.signatory.organisation.name,
             one.signatory.organisation_id, one.signatory.organisation.kind, one.objective and one.objective.text,
             one.objective and one.objective.code, one.contact, one.contact and one.contact.name)
            for one in found
        ]  # fmt: skip
    assert told == [
        (one.pk, one.text, one.code, one.space_id, one.contract_id, one.unit_id, one.due_on, one.first_year,
         one.last_year, one.measure, one.expected_proof, one.next_step, one.next_step_on, one.withdrawn_at is None,
         one.signatory, one.signatory.code, one.signatory.space_id, one.signatory.organisation.name,
         one.signatory.organisation_id, one.signatory.organisation.kind, one.objective and one.objective.text,
         one.objective and one.objective.code, one.contact, one.contact and one.contact.name)
        for one in rows.with_words().in_table_order()
    ]  # fmt: skip


def test_the_states_of_a_contract_are_those_of_each_of_its_lines(lived: Any) -> None:
    whole = whole_table(lived.contract, on=TODAY)
    one_by_one = {one.pk: lived.state(one) for one in Commitment.objects.shown()}
    assert whole.states == one_by_one == states_of(list(Commitment.objects.shown()), on=TODAY)
    assert {state.label.value for state in whole.states.values()} >= {"kept", "overdue"}
    assert every_row(lived.contract, whole) == rows_of(whole.commitments, on=TODAY)


def test_a_line_withdrawn_since_the_last_meeting_is_told(lived: Any) -> None:
    gone = lived.precise()
    before = TODAY - timedelta(days=20)
    actions.take_snapshot(
        actor=lived.lead, contract=lived.contract, meeting=lived.steering, validated_by="La préfète", taken_on=before
    )
    actions.withdraw(actor=lived.lead, commitment=gone)
    snapshot, since = since_last_snapshot(lived.contract, whole=whole_table(lived.contract, on=TODAY))
    assert snapshot is not None
    assert (snapshot.body, snapshot.taken_on, snapshot.validated_by) == ("Comité de pilotage", before, "La préfète")
    assert [(one.what, one.commitment) for one in since] == [(What.GONE, gone)]


PAGES = [
    "",
    "engagements/",
    "engagements/?etat=ongoing",
    "engagements/revue/",
    "engagements/elu/",
    "fil/",
    "ma-semaine/",
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_a_page_of_many_lines_asks_no_more_than_one_of_a_single_line(path: str, deal: Any, client_for: Any) -> None:
    named = referent(deal.town, "noe")
    deal.precise(contact=named, signatory=deal.town)
    browser, asked = client_for(deal.lead), []
    for more in (0, 19):
        for _ in range(more):
            one = deal.precise(contact=named, signatory=deal.town)
            actions.tell_news(actor=deal.lead, commitment=one, answer="ongoing", line="", on=timezone.localdate())
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"/val-clair/{path}").status_code == 200
        asked.append(len(captured))
    assert asked[0] >= asked[1] - 1, "answers, where there are some, are one question more"
    assert asked[1] <= 12


def test_the_measures_of_the_thread_ask_nothing_of_each_person_named(
    deal: Any, django_assert_max_num_queries: Any
) -> None:
    named = referent(deal.town, "noe")
    for _ in range(5):
        deal.precise(contact=named, signatory=deal.town)
    with django_assert_max_num_queries(6):
        assert measures_of(deal.contract, on=TODAY).commitments == 5
