"""The dashboard: one page for all, rights by field, a fixed number of queries (docs/guide/tableau-de-bord.md)."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from comptoir.accounts.actions import organisation_named
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, Membership
from comptoir.commitments import actions
from comptoir.commitments.models import Commitment
from comptoir.contracts.actions import add_signatory, open_body, open_contract, plan_meeting, set_perimeter
from comptoir.contracts.models import Signatory
from comptoir.contracts.slots import Ahead, Waiting, dates_ahead, waiting_for_me
from comptoir.portal.actions import mark_seen
from comptoir.portal.models import LastSeen
from comptoir.territories.models import PriorityNeighbourhood
from comptoir.workshops.actions import open_workshop

HOME = "/val-clair/"
Browser = Callable[[Actor], Any]


def today() -> date:
    return timezone.localdate()


def section(answer: Any, title: str) -> str:
    """The words of a section of the page, by the identity of its title; empty when it is not there."""
    page = html.document_fromstring(answer.content.decode())
    found = page.xpath(f"//section[@aria-labelledby='{title}']")
    return " ".join(found[0].text_content().split()) if found else ""


@pytest.fixture
def signatories(lead: Actor) -> tuple[Signatory, Signatory]:
    """That of the referent of these tests, then another one."""
    contract = open_contract(actor=lead, name="Contrat de Val-Clair")
    own, town = (
        add_signatory(actor=lead, contract=contract, organisation=organisation_named(name))
        for name in ("Régie de quartier", "Ville de Val-Clair")
    )
    return own, town


def commit(lead: Actor, signatory: Signatory, wording: str = "Rouvrir le local", **details: Any) -> Commitment:
    given = {"due_on": today() + timedelta(days=300), "measure": "un local", "expected_proof": "une photo"}
    return actions.write(actor=lead, signatory=signatory, wording=wording, **(given | details))


def test_a_space_without_a_contract_keeps_its_first_page(lead: Actor, reader: Actor, client_for: Browser) -> None:
    open_workshop(actor=lead, title="Soirée")
    page = client_for(lead).get(HOME).content.decode()
    assert "deviendra votre tableau de bord" in page
    assert "deviendra votre tableau de bord" not in client_for(reader).get(HOME).content.decode()


def test_an_empty_table_says_what_to_do_first(
    lead: Actor, reader: Actor, signatories: Any, client_for: Browser
) -> None:
    body = open_body(actor=lead, contract=signatories[0].contract, name="Comité de pilotage")
    plan_meeting(actor=lead, body=body, held_on=today() + timedelta(days=9), subject="Préparer la signature")
    page = client_for(lead).get(HOME)
    assert "Écrivez le premier engagement" in page.content.decode()
    assert "Préparer la signature" in section(page, "ahead")
    assert "Écrivez le premier engagement" not in client_for(reader).get(HOME).content.decode()


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.READER])
def test_it_costs_the_same_with_one_row_and_with_thirty_and_stays_light(
    lead: Actor, member: Any, signatories: Any, client_for: Browser, role: Role
) -> None:
    actor, contract = member(role), signatories[0].contract
    place = PriorityNeighbourhood.objects.create(code="QN08106M", name="Cantepau", generation=2024)
    set_perimeter(actor=lead, contract=contract, codes=["QN08106M"])
    own = Membership.objects.select_related("person").get(space=lead.space, person=lead.person_id)
    resident, browser = member(Role.COUNCIL_MEMBER), client_for(actor)

    def fill(rank: int) -> None:
        made = commit(
            lead, signatories[rank % 2], f"Engagement {rank}", neighbourhoods=[place], next_step=f"Étape {rank}",
            next_step_on=today(), due_on=today() + timedelta(days=rank - 9),
        )  # fmt: skip
        actions.watch(actor=resident, commitment=made, since=today())
        actions.raise_flag(actor=resident, commitment=made, text="Quand ?", on=today())
        actions.give_evidence(
            actor=lead, commitment=made, kind="link", url="https://exemple.fr", label="Photo", given_on=today()
        )
        actions.write_promise(
            actor=lead, contract=contract, text=f"Parole {rank}", made_on=today(), on=today(), author=own,
            due_on=today(),
        )  # fmt: skip
        open_workshop(actor=lead, title=f"Soirée {rank}")

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            answer = browser.get(HOME)
        assert answer.status_code == 200
        assert len(gzip.compress(answer.content)) < 40_000
        return len(caught)

    actions.set_capacity(actor=lead, contract=contract, most=1)
    fill(0)
    before = cost()
    for rank in range(1, 30):
        fill(rank)
    assert cost() == before <= 12


def test_what_changed_is_what_others_did_until_one_says_it_is_seen(
    lead: Actor, member: Any, signatories: Any, client_for: Browser
) -> None:
    referent, reader = member(Role.REFERENT), member(Role.READER)
    made = commit(lead, signatories[0])
    actions.tell_news(actor=referent, commitment=made, answer="ongoing", line="", on=today())
    browser = client_for(reader)
    page = browser.get(HOME)
    assert "Rouvrir le local" in section(page, "since")
    assert "nouvelles données, nouvel engagement" in section(page, "since")
    assert "Régie de quartier" in section(page, "since")
    assert "nouvelles données" not in section(client_for(referent).get(HOME), "since")  # their own
    assert not LastSeen.objects.exists()
    shown_at = html.document_fromstring(page.content.decode()).xpath("//input[@name='jusqu_a']")[0].get("value")
    actions.reword(actor=lead, commitment=made, text="Rouvrir le local de la tour 4")  # between the page and the click
    assert browser.post(f"{HOME}vu/", {"jusqu_a": shown_at}).headers["Location"] == HOME
    after = section(browser.get(HOME), "since")
    assert "récrit" in after
    assert "nouvelles données" not in after
    assert "nouvelles données" in section(client_for(lead).get(HOME), "since")  # each has their own last visit


def test_seen_never_goes_back_nor_into_the_future(lead: Actor, signatories: Any, client_for: Browser) -> None:
    commit(lead, signatories[0])
    browser = client_for(lead)
    for odd in ("", "hier", "2999-01-01T00:00:00+00:00", "2026-13-45T99:00:00", "2026-01-01T00:00:00"):
        assert browser.post(f"{HOME}vu/", {"jusqu_a": odd}).status_code == 302
        assert LastSeen.objects.get().at <= timezone.now()
    latest = LastSeen.objects.get().at
    mark_seen(actor=lead, at=latest - timedelta(days=3))
    assert LastSeen.objects.get().at == latest


def test_promises_and_watches_of_others_are_no_news(
    lead: Actor, member: Any, signatories: Any, client_for: Browser
) -> None:
    made, resident = commit(lead, signatories[0]), member(Role.COUNCIL_MEMBER)
    actions.watch(actor=resident, commitment=made, since=today())
    own = Membership.objects.select_related("person").get(space=lead.space, person=lead.person_id)
    actions.write_promise(
        actor=lead, contract=made.contract, text="Un secret", made_on=today(), on=today(), author=own, due_on=today()
    )
    page = client_for(member(Role.READER)).get(HOME)
    assert "Un secret" not in page.content.decode()
    assert "vigie" not in section(page, "since").lower()
    assert "parole" not in section(page, "since").lower()
    assert "Un secret" in section(client_for(lead).get(HOME), "waiting")
    assert "Un secret" not in section(client_for(lead).get(HOME), "ahead")  # it may be projected: published ones only


def test_what_waits_is_by_role(lead: Actor, member: Any, signatories: Any, client_for: Browser) -> None:
    referent, resident = member(Role.REFERENT), member(Role.COUNCIL_MEMBER)
    own = commit(lead, signatories[0], "Ouvrir le local", due_on=today() - timedelta(days=2))
    commit(lead, signatories[0], "Repeindre", measure="")
    commit(lead, signatories[1], "À la ville", due_on=today() - timedelta(days=2))
    actions.watch(actor=resident, commitment=own, since=today())
    flag = actions.raise_flag(actor=resident, commitment=own, text="Où sont les clés ?", on=today())
    actions.give_evidence(
        actor=referent, commitment=own, kind="link", url="https://exemple.fr", label="La photo", given_on=today()
    )
    told = section(client_for(referent).get(HOME), "waiting")
    for words in ("Où sont les clés ?", "Échéance passée", "Ouvrir le local", "Il manque", "Repeindre"):
        assert words in told
    assert "À la ville" not in told
    assert "La photo" not in told  # nobody confirms their own organisation's from here
    told = section(client_for(lead).get(HOME), "waiting")
    for words in ("Où sont les clés ?", "Pièce à confirmer", "La photo", "Échéances passées", "2\xa0engagements"):
        assert words.replace("\xa0", " ") in told
    for role in (Role.READER, Role.EVALUATOR, Role.COUNCIL_MEMBER):
        assert "Rien ne vous attend" in section(client_for(member(role)).get(HOME), "waiting")
    assert "Ouvrir le local" in section(client_for(resident).get(HOME), "watched")
    actions.answer_flag(actor=referent, flag=flag, answer="Chez le gardien", on=today())
    assert "Chez le gardien" in section(client_for(resident).get(HOME), "waiting")
    assert "Où sont les clés ?" not in section(client_for(referent).get(HOME), "waiting")


def test_a_decision_waits_for_the_reply_of_its_signatory(
    lead: Actor, member: Any, signatories: Any, client_for: Browser
) -> None:
    contract = signatories[0].contract
    body = open_body(actor=lead, contract=contract, name="Comité", validates=True)
    meeting = plan_meeting(actor=lead, body=body, held_on=today())
    for one, wording in zip(signatories, ("Le nôtre", "Le leur"), strict=True):
        made = commit(lead, one, wording)
        actions.decide(actor=lead, commitment=made, meeting=meeting, outcome="not_done", reason="Pas de budget")
    told = section(client_for(member(Role.REFERENT)).get(HOME), "waiting")
    assert "Décision à laquelle répondre" in told
    assert "Le nôtre" in told
    assert "Le leur" not in told


def test_the_spread_leads_to_the_table_filtered(lead: Actor, signatories: Any, client_for: Browser) -> None:
    place = PriorityNeighbourhood.objects.create(code="QN08106M", name="Cantepau", generation=2024)
    set_perimeter(actor=lead, contract=signatories[0].contract, codes=["QN08106M"])
    commit(lead, signatories[0], neighbourhoods=[place])
    commit(lead, signatories[0], measure="")
    commit(lead, signatories[1])
    browser = client_for(lead)
    for par, rows in (("qui", 2), ("quartier", 2), ("objectif", 1), ("autre chose", 2)):
        page = html.document_fromstring(browser.get(f"{HOME}?par={par}").content.decode())
        (table,) = page.xpath("//section[@aria-labelledby='spread']//table")
        found = table.xpath(".//tbody/tr")
        assert len(found) == rows
        assert sum(int(row.xpath(".//strong")[0].text) for row in found) == 3
        for link in table.xpath(".//td//a"):
            shown = html.document_fromstring(browser.get(link.get("href")).content.decode())
            assert len(shown.xpath("//div[@id='engagements']//tbody/tr")) == int(link.text)
    paper = html.document_fromstring(browser.get(f"{HOME}?papier=a3").content.decode())
    assert len(paper.xpath("//section[@aria-labelledby='spread']//table")) == 3
    assert "a3" in paper.getroottree().getroot().get("class").split()


def test_three_months_neighbourhood_by_neighbourhood(lead: Actor, signatories: Any, client_for: Browser) -> None:
    place = PriorityNeighbourhood.objects.create(code="QN08106M", name="Cantepau", generation=2024)
    set_perimeter(actor=lead, contract=signatories[0].contract, codes=["QN08106M"])
    commit(lead, signatories[0], neighbourhoods=[place], next_step="Les clés", next_step_on=today())
    commit(lead, signatories[0], neighbourhoods=[place], next_step="Trop loin",
           next_step_on=today() + timedelta(days=200))  # fmt: skip
    commit(lead, signatories[1])
    told = section(client_for(lead).get(HOME), "soon")
    assert told.index("Cantepau") < told.index("Les clés") < told.index("Tous les quartiers")
    assert "Trop loin" not in told
    assert told.count("1 engagement long ne dit pas") == 2
    assert "Rien d'annoncé" in told


def test_who_updates_is_told_by_organisation_and_what_is_missing_by_signatory(
    lead: Actor, member: Any, signatories: Any, client_for: Browser
) -> None:
    made = commit(lead, signatories[0])
    commit(lead, signatories[1], measure="", expected_proof="")
    actions.tell_news(actor=member(Role.REFERENT), commitment=made, answer="ongoing", line="", on=today())
    told = section(client_for(member(Role.READER)).get(HOME), "keeping")
    assert "Régie de quartier" in told
    assert "Agglomération" in told
    assert "Camille" not in told
    assert "Ville de Val-Clair" in told[told.index("Cases jamais remplies") :]


def test_a_wall_and_a_sheet_show_nothing_that_is_for_one_person(
    lead: Actor, member: Any, signatories: Any, client_for: Browser
) -> None:
    made = commit(lead, signatories[0], due_on=today() - timedelta(days=2))
    actions.watch(actor=member(Role.COUNCIL_MEMBER), commitment=made, since=today())
    actions.raise_flag(actor=member(Role.COUNCIL_MEMBER), commitment=made, text="Où ?", on=today())
    actions.set_capacity(actor=lead, contract=made.contract, most=0)
    own = Membership.objects.select_related("person").get(space=lead.space, person=lead.person_id)
    actions.write_promise(actor=lead, contract=made.contract, text="Non", made_on=today(), on=today(), author=own)
    browser = client_for(lead)
    assert "que le partenariat peut tenir" in browser.get(HOME).content.decode()
    for asked in ("projeter=1", "papier=a4", "papier=a3"):
        page = browser.get(f"{HOME}?{asked}")
        assert section(page, "waiting") == section(page, "watched") == ""
        assert "que le partenariat peut tenir" not in page.content.decode()
        assert "Les engagements" in section(page, "spread")
    assert section(client_for(member(Role.COUNCIL_MEMBER)).get(f"{HOME}?projeter=1"), "watched") == ""


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "ods"])
def test_what_it_shows_is_taken_away(lead: Actor, signatories: Any, client_for: Browser, wanted: str) -> None:
    commit(lead, signatories[0], "=1+1", next_step="Les clés", next_step_on=today())
    answer = client_for(lead).get(f"{HOME}?format={wanted}")
    assert answer.status_code == 200
    assert f".{wanted}" in answer.headers["Content-Disposition"]
    if wanted == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0] == "Rubrique;Quoi;Détail;Nombre;Date"
        assert "Engagements par état;à préciser;;1;" in lines  # nobody is named yet
        assert any(line.startswith("Par signataire;Régie de quartier;") for line in lines)
        assert any(line.startswith("D'ici trois mois;Les clés;Tous les quartiers;;") for line in lines)
        assert not any(cell.startswith("=") for line in lines for cell in line.split(";"))


def test_another_contract_is_asked_for_by_its_code(lead: Actor, signatories: Any, client_for: Browser) -> None:
    other = open_contract(actor=lead, name="Contrat d'avant", starts_on=date(2015, 7, 1))
    current = open_contract(actor=lead, name="Contrat d'après", starts_on=date(2027, 1, 1))
    browser = client_for(lead)
    for asked, contract in (("", current), (f"?contrat={other.code}", other)):
        page = html.document_fromstring(browser.get(f"{HOME}{asked}").content.decode())
        assert page.xpath("//h1")[0].text == contract.name
    assert browser.get(f"{HOME}?contrat=zzzzzzzzzz").status_code == 404


def test_rooms_above_tell_what_waits_and_which_days_come(
    lead: Actor, signatories: Any, client_for: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for feed in (waiting_for_me, dates_ahead):
        monkeypatch.setattr(feed, "_fillings", [])
    commit(lead, signatories[0], due_on=today() + timedelta(days=40))
    waiting_for_me.fill(
        lambda actor, contract: [Waiting("réponse à relire", contract.name, "/")], rule=lambda a, c: True
    )
    waiting_for_me.fill(lambda actor, contract: [Waiting("jamais", "", "/")], rule=lambda a, c: False)
    dates_ahead.fill(
        lambda actor, contract: [Ahead(today() + timedelta(days=1), "fête", "Place du marché")], rule=lambda a, c: True
    )
    page = client_for(lead).get(HOME)
    assert "Réponse à relire Contrat de Val-Clair".replace(" ", "") in section(page, "waiting").replace(" ", "")
    assert "Jamais" not in section(page, "waiting")
    ahead = section(page, "ahead")
    assert ahead.index("Place du marché") < ahead.index("Rouvrir le local")
