"""The short lists of a commitment's page: all of them in one query, in the order of the page."""

import html
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comptoir.accounts.enums import Role
from comptoir.commitments import actions
from comptoir.commitments.around import around
from comptoir.commitments.models import Commitment
from comptoir.territories.models import PriorityNeighbourhood

DAYS = (date(2026, 3, 2), date(2026, 9, 1))


@pytest.fixture
def full(deal: Any, member: Any) -> Commitment:
    """A commitment with two of each thing, written in another order than that of the page."""
    places = [
        PriorityNeighbourhood.objects.create(code=code, generation=2024, name=name)
        for code, name in (("QN00001M", "Vigne"), ("QN00002M", "Aubépine"))
    ]
    commitment: Commitment = deal.precise(neighbourhoods=places, associates=[deal.town])
    means = [("specific", "euro", Decimal("1500.5"), "une fois"), ("mainstream", "fte", Decimal("0.5"), "")]
    actions.set_means(actor=deal.lead, commitment=commitment, means=means)
    council = member(Role.COUNCIL_MEMBER)
    for rank, day in enumerate(DAYS):
        commitment.refresh_from_db()
        actions.sign_off(
            actor=deal.lead, signatory=deal.landlord, commitments=[commitment], agreed_by=f"Zélie {rank}", agreed_on=day
        )
        actions.reword(actor=deal.lead, commitment=commitment, text=f"Rouvrir le local, {rank}", reason="plus clair")
        actions.tell_news(actor=deal.lead, commitment=commitment, answer="stuck", line=f"point {rank}", on=day)
        actions.decide(
            actor=deal.lead, commitment=commitment, meeting=deal.steering, outcome="not_done", reason=f"motif {rank}"
        )  # fmt: skip
    actions.watch(actor=council, commitment=commitment, since=DAYS[0])
    for rank, day in enumerate(DAYS):
        actions.raise_flag(actor=council, commitment=commitment, text=f"drapeau {rank}", on=day)
    return Commitment.objects.get(pk=commitment.pk)


def test_every_list_is_there_in_its_order_in_one_query(full: Commitment, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = around(full)
    assert found.neighbourhoods == ["Aubépine", "Vigne"]
    assert found.associates == ["Ville de Val-Clair"]
    assert [(one.pk, one.amount, one.note) for one in found.means] == [
        (one.pk, one.amount, one.note) for one in full.means.all()
    ]
    assert [(one.by, one.text[-1]) for one in found.agreements] == [("Zélie 1", "0"), ("Zélie 0", "4")]
    assert [one.text for one in found.wordings] == [one.text for one in full.wordings.all()]
    assert [one.reason for one in found.wordings] == ["plus clair", "plus clair", ""]
    assert [(one.line, one.answered_on) for one in found.replies] == [("point 1", DAYS[1]), ("point 0", DAYS[0])]
    told, kept = (
        [(one.reason, one.decided_on, one.meeting.body.name, one.get_outcome_display()) for one in decisions]
        for decisions in (found.decisions, full.decisions.all())
    )
    assert told == kept
    assert [one.since for one in found.keepers] == [DAYS[0]]
    assert [(one.text, one.code) for one in found.flags] == [(one.text, one.code) for one in full.flags.all()]
    assert found.source is None


def test_what_was_taken_away_is_not_there(deal: Any) -> None:
    bare = deal.commit()
    found = around(bare)
    assert (found.means, found.decisions, found.flags, found.keepers, found.agreements) == ([], [], [], [], [])
    assert [one.text for one in found.wordings] == [bare.text]


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.READER])
def test_the_page_of_a_commitment_holds_its_queries(
    full: Commitment, deal: Any, member: Any, client_for: Any, role: Role, django_assert_max_num_queries: Any
) -> None:
    browser = client_for(deal.lead if role == Role.PROJECT_LEAD else member(role))
    with django_assert_max_num_queries(12):
        page = browser.get(f"/val-clair/engagements/{full.code}/")
    text = html.unescape(page.content.decode())
    for words in (
        "Aubépine, Vigne",
        "motif 1",
        "drapeau 0",
        "point 1",
        "Rouvrir le local, 0",
        "Modifié depuis l'accord",
    ):
        assert words in text
