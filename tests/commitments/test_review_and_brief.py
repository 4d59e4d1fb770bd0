"""The review of the table and the half page of an official, as people get them (docs/concepts/revue-du-tableau.md)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.models import TableReview
from comptoir.contracts.actions import open_contract, set_perimeter
from comptoir.kit.errors import Invalid, Refused
from comptoir.territories.models import Area, PriorityNeighbourhood

REVIEW, BRIEF = "/val-clair/engagements/revue/", "/val-clair/engagements/elu/"


def text(answer: Any) -> str:
    page = html.document_fromstring(answer.content.decode())
    return " ".join(page.get_element_by_id("contenu").text_content().split())


def step(answer: Any, rank: int) -> str:
    page = html.document_fromstring(answer.content.decode())
    return " ".join(page.xpath("//ol[@class='script']/li")[rank - 1].text_content().split())


def today() -> date:
    return timezone.localdate()


def test_the_turn_goes_round_among_those_who_have_a_commitment(deal: Any, client_for: Any) -> None:
    browser = client_for(deal.lead)
    assert "Dès qu'un signataire aura un engagement" in text(browser.get(REVIEW))
    deal.commit()
    assert "Aujourd'hui, Régie de quartier présente" in text(browser.get(REVIEW))
    deal.commit(signatory=deal.town)
    form = {"presenter": str(deal.landlord.pk), "held_on": f"{today()}", "decided": "Les clés en mars"}
    assert browser.post(f"{REVIEW}noter/", form).headers["Location"] == REVIEW
    read = text(browser.get(REVIEW))
    assert "Aujourd'hui, Ville de Val-Clair présente" in read
    assert "présentée par Régie de quartier" in read
    assert "Les clés en mars" in read


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_script_and_the_team_writes_that_it_was_held(
    deal: Any, member: Any, client_for: Any, role: Role
) -> None:
    deal.commit()
    actor = member(role)
    page = client_for(actor).get(REVIEW)
    team = role in {Role.PROJECT_LEAD, Role.FACILITATOR}
    assert "30 minutes en tout" in text(page)
    assert (f"{REVIEW}noter/" in page.content.decode()) is team
    asked = {"contract": deal.contract, "presenter": deal.landlord, "held_on": today(), "on": today()}
    if team:
        assert actions.hold_review(actor=actor, **asked)
    else:
        with pytest.raises(Refused):
            actions.hold_review(actor=actor, **asked)


def test_a_review_to_come_or_of_another_contract_is_refused(deal: Any, stranger: Actor) -> None:
    asked = {"contract": deal.contract, "presenter": deal.landlord, "held_on": today(), "on": today()}
    with pytest.raises(Invalid) as refused:
        actions.hold_review(actor=deal.lead, **asked | {"held_on": today() + timedelta(days=1)})
    assert refused.value.field == "held_on"
    other = open_contract(actor=deal.lead, name="Un autre contrat")
    with pytest.raises(Invalid, match="contrat"):
        actions.hold_review(actor=deal.lead, **asked | {"contract": other})
    with pytest.raises(Refused):
        actions.hold_review(actor=stranger, **asked)
    assert not TableReview.objects.exists()


def test_each_step_shows_its_lines(deal: Any, member: Any, client_for: Any) -> None:
    resident, referent = member(Role.COUNCIL_MEMBER), member(Role.REFERENT)
    late = deal.precise(wording="Ouvrir le local", due_on=today() - timedelta(days=3))
    stuck = deal.precise(wording="Repeindre le hall", due_on=today() + timedelta(days=300))
    calm = deal.precise(wording="Tenir la permanence", due_on=today() + timedelta(days=300), next_step="Le calendrier",
                        next_step_on=today() + timedelta(days=20))  # fmt: skip
    actions.tell_news(actor=referent, commitment=stuck, answer="stuck", line="Le peintre est malade", on=today())
    actions.watch(actor=resident, commitment=late, since=today())
    actions.raise_flag(actor=resident, commitment=late, text="Où sont les clés ?", on=today())
    page = client_for(member(Role.READER)).get(REVIEW)
    assert late.text in step(page, 3)
    assert "Où sont les clés ?" in step(page, 3)
    assert "Le peintre est malade" in step(page, 3)
    assert calm.text not in step(page, 3)
    assert "Échéance passée : la déplacer" in step(page, 4)
    assert stuck.text not in step(page, 4)
    assert "Le calendrier" in step(page, 5)
    assert "gagnez ces minutes" in step(page, 2)


def test_silence_is_not_in_the_script(deal: Any, client_for: Any) -> None:
    from comptoir.commitments.models import CheckInRequest
    from comptoir.contracts.models import Contact

    commitment = deal.precise(due_on=today() + timedelta(days=300))
    CheckInRequest.objects.create(
        space=deal.lead.space, commitment=commitment, contact=Contact.objects.get(), send_on=date(2026, 1, 5),
        delivery="sent",
    )  # fmt: skip
    page = client_for(deal.lead).get(REVIEW)
    assert commitment.text not in step(page, 3)
    assert "sans nouvelles" not in text(page)


def test_the_half_page_says_three_figures_and_three_lists(deal: Any, member: Any, client_for: Any) -> None:
    official = member(Role.ELECTED_OFFICIAL)  # of the landlord's organisation, in these tests
    deal.precise(wording="Ouvrir le local", due_on=today() - timedelta(days=3))
    deal.precise(wording="Tenir la permanence", due_on=today() + timedelta(days=300), next_step="Le calendrier",
                 next_step_on=today() + timedelta(days=20), signatory=deal.town)  # fmt: skip
    own = Membership.objects.select_related("person").get(space=deal.lead.space, role=Role.ELECTED_OFFICIAL)
    for words, due_on in (("Des bancs", today() + timedelta(days=9)), ("Un abri", today() - timedelta(days=9))):
        promise = actions.write_promise(
            actor=official, contract=deal.contract, text=words, made_on=date(2026, 1, 5), on=today(), author=own,
            due_on=due_on,
        )  # fmt: skip
    actions.publish_promise(actor=official, promise=promise)
    read = text(client_for(official).get(BRIEF))
    for words in (
        "0 engagement tenu sur 2", "1 a passé son échéance", "1 chose change d'ici trois mois",
        "Le calendrier (Ville de Val-Clair)", "Tenir votre parole : Des bancs",
        "Dire ce qu'est devenue votre parole : Un abri", "Décider de la suite : Ouvrir le local (Régie de quartier)",
    ):  # fmt: skip
        assert words in read
    promised = read[read.index("Promis en public") : read.index("D'ici trois mois")]
    assert "Un abri" in promised
    assert "Des bancs" not in promised  # not published
    assert "Des bancs" not in text(client_for(member(Role.FACILITATOR)).get(BRIEF)).split("Promis en public")[1]


def test_a_commune_has_its_neighbourhoods_and_what_names_none(deal: Any, client_for: Any) -> None:
    here, there = (
        PriorityNeighbourhood.objects.create(code=code, name=name, generation=2024)
        for code, name in (("QN08106M", "Cantepau"), ("QN08109M", "Verrerie"))
    )
    for place, code, name in ((here, "81004", "Val-Clair"), (there, "81060", "Autre-Ville")):
        place.communes.add(Area.objects.create(kind="commune", code=code, name=name))
    set_perimeter(actor=deal.lead, contract=deal.contract, codes=["QN08106M", "QN08109M"])
    deal.commit("Ici", neighbourhoods=[here])
    deal.commit("Là-bas", neighbourhoods=[there], signatory=deal.town)
    deal.commit("Partout", signatory=deal.town)
    browser = client_for(deal.lead)
    assert "0 engagement tenu sur 3" in text(browser.get(BRIEF))
    assert "0 engagement tenu sur 2" in text(browser.get(f"{BRIEF}?commune=81004"))
    assert browser.get(f"{BRIEF}?commune=75056").status_code == 404


@pytest.mark.parametrize("url", [REVIEW, BRIEF, "/val-clair/engagements/", "/val-clair/engagements/paroles-donnees/"])
def test_pages_cost_the_same_with_one_row_and_with_thirty(deal: Any, client_for: Any, url: str) -> None:
    browser = client_for(deal.lead)
    own = Membership.objects.select_related("person").get(space=deal.lead.space, role=Role.PROJECT_LEAD)

    def fill(rank: int) -> None:
        deal.precise(next_step=f"Étape {rank}", next_step_on=today(), due_on=date(2026, 1, 1))
        promise = actions.write_promise(
            actor=deal.lead, contract=deal.contract, text=f"Parole {rank}", made_on=today(), on=today(), author=own
        )
        actions.publish_promise(actor=deal.lead, promise=promise)
        actions.hold_review(
            actor=deal.lead, contract=deal.contract, presenter=deal.landlord, held_on=today(), on=today()
        )

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(url).status_code == 200
        return len(caught)

    fill(0)
    actions.take_snapshot(
        actor=deal.lead, contract=deal.contract, meeting=deal.steering, validated_by="Le comité", taken_on=today()
    )
    before = cost()
    for rank in range(1, 30):
        fill(rank)
    assert cost() == before <= 12


def test_the_journal_of_a_review_says_who_presented(deal: Any) -> None:
    asked = {"contract": deal.contract, "presenter": deal.landlord, "held_on": today(), "on": today()}
    actions.hold_review(actor=deal.lead, **asked, decided="Un zinnia")
    line = Entry.objects.of(deal.lead.space).filter(action="commitments.hold_review").get()
    assert line.details == {"presenter": str(deal.landlord.pk)}
