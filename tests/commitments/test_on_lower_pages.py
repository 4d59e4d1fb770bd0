"""What commitments show on the pages of a meeting and of a change of referent."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html
from rounds_of_tests import opened

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.commitments import actions
from comptoir.contracts.actions import add_objective, plan_meeting
from comptoir.contracts.models import Meeting, Referent


def words(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(html.document_fromstring(page.content.decode()).text_content().replace("\u00a0", " ").split())


def meeting_url(deal: Any, meeting: Meeting) -> str:
    return f"/val-clair/contrat/{deal.contract.code}/reunions/{meeting.code}/"


@pytest.fixture
def coming(deal: Any) -> Meeting:
    return plan_meeting(actor=deal.lead, body=deal.steering.body, held_on=timezone.localdate() + timedelta(days=9))


def stuck(deal: Any, wording: str) -> None:
    commitment = deal.commit(wording)
    actions.tell_news(
        actor=deal.lead, commitment=commitment, answer="stuck", line="Faute de local", on=timezone.localdate()
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_meeting_to_come_has_the_agenda_that_the_tool_proposes_for_the_team(
    deal: Any, member: Any, client_for: Any, coming: Meeting, role: Role
) -> None:
    stuck(deal, "Réparer l'ascenseur")
    page = words(client_for(member(role)).get(meeting_url(deal, coming)))
    team = role in {Role.PROJECT_LEAD, Role.FACILITATOR}
    assert ("Ordre du jour proposé" in page) is team
    assert ("Ça coince" in page and "Réparer l'ascenseur" in page) is team


def test_a_meeting_with_nothing_to_propose_says_so(deal: Any, client_for: Any, coming: Meeting) -> None:
    assert "Rien n'est à décider" in words(client_for(deal.lead).get(meeting_url(deal, coming)))


def test_a_meeting_keeps_what_was_done_at_it_for_everybody(deal: Any, reader: Actor, client_for: Any) -> None:
    commitment, held = deal.precise(), deal.steering
    browser, url = client_for(reader), meeting_url(deal, held)
    assert "Ce qui y a été fait" not in words(browser.get(url))
    actions.decide(actor=deal.lead, commitment=commitment, meeting=held, outcome="amended", reason="Un autre local")
    proof = actions.give_evidence(
        actor=deal.lead, commitment=commitment, kind="link", url="https://exemple.fr/", label="Le bail signé",
        given_on=date(2026, 10, 1),
    )  # fmt: skip
    actions.confirm(actor=deal.lead, evidence=proof, on=held.held_on, meeting=held)
    taken = actions.take_snapshot(
        actor=deal.lead, contract=deal.contract, meeting=held, validated_by="le comité", taken_on=held.held_on
    )
    answer_ = browser.get(url)
    page = words(answer_)
    for said in ("Un autre local", "modifié", "Le bail signé", "pièce confirmée", "validé par le comité"):
        assert said.lower() in page.lower(), said
    assert f"/val-clair/engagements/arretes/{taken.code}/" in answer_.content.decode()
    actions.withdraw(actor=deal.lead, commitment=commitment)
    assert "Un autre local" not in words(browser.get(url)), "what is off the table is off this page"


@pytest.mark.parametrize("rows", [1, 20])
def test_a_meeting_costs_as_many_questions_whatever_the_rows(
    deal: Any, client_for: Any, coming: Meeting, rows: int
) -> None:
    for n in range(rows):
        stuck(deal, f"Engagement {n}")
        late = deal.precise(due_on=date(2026, 1, 10))
        actions.decide(actor=deal.lead, commitment=late, meeting=coming, outcome="amended", reason="Plus tard")
        actions.give_evidence(
            actor=deal.lead,
            commitment=late,
            kind="link",
            url="https://exemple.fr/",
            label="Bilan",
            given_on=date.today(),
        )
    browser, url = client_for(deal.lead), meeting_url(deal, coming)
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    assert len(asked) <= 12, [one["sql"][:120] for one in asked]


def test_a_change_of_referent_says_what_passes_on(deal: Any, client_for: Any) -> None:
    term = Referent.objects.get(signatory=deal.landlord)
    codes = ("val-clair", deal.contract.code, deal.landlord.code, term.code)
    url = reverse("referent_hand_over", args=codes)
    browser = client_for(deal.lead)
    assert "Aucun engagement en cours" in words(browser.get(url))
    deal.precise(wording="Rouvrir le local"), deal.precise(wording="Réparer l'ascenseur")
    deal.precise(wording="Celui de la ville", signatory=deal.town)
    kept = deal.precise(wording="Repeindre le hall")
    proof = actions.give_evidence(
        actor=deal.lead, commitment=kept, kind="link", url="https://exemple.fr/", label="Photo", whole=True,
        given_on=date(2026, 10, 1),
    )  # fmt: skip
    actions.confirm(actor=deal.lead, evidence=proof, on=date(2026, 10, 8), meeting=deal.steering)
    assert "2 engagements en cours :" in words(browser.get(url))
    opened(deal)
    page = words(browser.get(url))
    assert "2 engagements en cours, dont 2 avec un point d'étape qui attend une réponse" in page
    assert "Rouvrir le local" in page
    assert "Celui de la ville" not in page
    assert "Repeindre le hall" not in page, "what is kept does not pass on"


@pytest.mark.parametrize(("place", "most"), [("objectives", 5), ("signatory", 20)])
def test_a_long_list_shows_its_first_commitments_and_leads_to_the_table_of_all_of_them(
    deal: Any, client_for: Any, place: str, most: int
) -> None:
    objective = add_objective(actor=deal.lead, contract=deal.contract, text="Ouvrir les lieux")
    browser = client_for(deal.lead)
    url = f"/val-clair/contrat/{deal.contract.code}/" + (
        "objectifs/" if place == "objectives" else f"signataires/{deal.landlord.code}/"
    )  # fmt: skip
    asked = f"objectif={objective.code}" if place == "objectives" else f"qui={deal.landlord.code}"
    questions = []
    for number in range(most + 2):
        deal.commit(f"Ouvrir le lieu {number:02}", objective=objective)
        if number in {0, most + 1}:
            with CaptureQueriesContext(connection) as found:
                page = words(browser.get(url))
            questions.append(len(found))
            assert f"Voir les {most + 2} dans le tableau" in page or number == 0
    assert questions[0] == questions[1]
    assert f"Ouvrir le lieu {most - 1:02}" in page
    assert f"Ouvrir le lieu {most:02}" not in page
    table = browser.get(f"/val-clair/engagements/?contrat={deal.contract.code}&{asked}")
    assert f"Ouvrir le lieu {most:02}" in words(table)
