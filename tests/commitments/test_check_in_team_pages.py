"""The team's pages of check-ins: seeing before opening, following, writing down what was said on the telephone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html
from rounds_of_tests import contact, opened, request_of, substitute

from comptoir.accounts.enums import Role
from comptoir.commitments import actions
from comptoir.commitments.models import CheckInReply, CheckInRequest, CheckInRhythm, CheckInRound

HOME = "/val-clair/points-d-etape/"


def tree(page: Any) -> Any:
    return html.document_fromstring(page.content.decode())


def words(page: Any) -> str:
    return " ".join(" ".join(tree(page).itertext()).split())


@pytest.fixture
def desk(deal: Any, client_for: Any) -> Any:
    """The project lead's browser."""
    return client_for(deal.lead)


def test_one_sees_who_would_get_what_before_anything_leaves(deal: Any, desk: Any) -> None:
    deal.precise(wording="Rouvrir le local"), deal.precise(wording="Réparer l'ascenseur")
    deal.precise(signatory=deal.town, wording="Éclairer le passage")
    page = words(desk.get(f"{HOME}nouveau/"))
    for said in ("1 personne, 2 questions", "zelie", "Rouvrir le local", "Sans référent Personne à qui demander"):
        assert said in page
    asked = {"starts_on": "2099-06-01", "spread_days": "3", "per_person": "1", "substitute_after": "0"}
    page = words(desk.post(f"{HOME}nouveau/", asked | {"voir": "1"}))
    assert "lundi 1er juin" in page
    assert "Pour la prochaine fois" in page
    assert not CheckInRound.objects.exists()
    answer = desk.post(f"{HOME}nouveau/", asked)
    found = CheckInRound.objects.get()
    assert answer.headers["Location"] == f"{HOME}{found.code}/"
    assert [request.send_on for request in found.requests.all()] == [date(2099, 6, 1)]
    page = desk.post(f"{HOME}nouveau/", asked)
    assert (page.status_code, "déjà ouvert" in words(page)) == (422, True)


def test_a_form_that_is_wrong_keeps_what_was_typed(deal: Any, desk: Any) -> None:
    deal.precise()
    page = desk.post(f"{HOME}nouveau/", {"starts_on": "2099-06-01", "spread_days": "0", "per_person": "41"})
    assert page.status_code == 422
    assert tree(page).xpath("//input[@name='per_person']/@value") == ["41"]
    assert not CheckInRound.objects.exists()


def test_the_rhythm_is_the_contracts_own(deal: Any, desk: Any) -> None:
    deal.precise()
    given = {"every_months": "2", "spread_days": "4", "per_person": "3", "substitute_after": "7"}
    assert desk.post(f"{HOME}rythme/", given).status_code == 302
    assert (CheckInRhythm.objects.get().every_months, CheckInRhythm.objects.get().per_person) == (2, 3)
    assert "Tous les 2 mois" in words(desk.get(HOME))
    assert tree(desk.get(f"{HOME}nouveau/")).xpath("//input[@name='per_person']/@value") == ["3"]


def test_a_round_is_read_by_state_and_by_organisation(deal: Any, desk: Any) -> None:
    answered = deal.precise(wording="Rouvrir le local")
    deal.precise(wording="Réparer l'ascenseur")
    deal.precise(wording="Éclairer", signatory=deal.town, contact=contact(deal.town, "odon", email=""))
    found = opened(deal)
    actions.reply(actor=deal.lead, commitment=answered, answer="done", channel="paper", on=timezone.localdate())
    page = desk.get(f"{HOME}{found.code}/")
    totals = [" ".join(node.text_content().split()) for node in tree(page).xpath("//ul[@aria-label]/li")]
    assert totals == ["1 répondu", "1 sans réponse à ce jour", "1 de vive voix ou sur papier"]
    rows = tree(page).xpath("//details//tbody/tr")
    assert [[" ".join(c.text_content().split()) for c in row] for row in rows] == [
        ["Régie de quartier", "2", "1", "1", "0"], ["Ville de Val-Clair", "1", "0", "0", "1"],
    ]  # fmt: skip
    narrowed = words(desk.get(f"{HOME}{found.code}/?demande=BY_HAND"))
    assert "1 question" in narrowed
    assert "Éclairer" in narrowed
    exported = desk.get(f"{HOME}{found.code}/?format=csv")
    text = b"".join(exported.streaming_content).decode()
    assert text.count("\n") >= 4
    assert "répondu" in text


def test_what_is_said_on_the_telephone_is_written_on_one_page(deal: Any, desk: Any) -> None:
    one, two = deal.precise(wording="Rouvrir le local"), deal.precise(wording="Réparer l'ascenseur")
    found = opened(deal)
    zelie = request_of(one).contact
    zelie.phone = "05 00 00 00 01"
    zelie.save()
    url = f"{HOME}{found.code}/{zelie.code}/"
    page = desk.get(url)
    assert tree(page).xpath("//a[starts-with(@href, 'tel:')]/@href") == ["tel:0500000001"]
    first, second = request_of(one).code, request_of(two).code
    wrong = desk.post(url, {"channel": "phone", f"{first}-line": "Sans bouton", f"{second}-answer": "done"})
    assert (wrong.status_code, CheckInReply.objects.count()) == (422, 0)
    assert tree(wrong).xpath(f"//input[@name='{first}-line']/@value") == ["Sans bouton"]
    answer = desk.post(url, {"channel": "phone", f"{first}-answer": "stuck", f"{first}-line": "Le serrurier"})
    assert answer.headers["Location"] == f"{HOME}{found.code}/"
    reply = CheckInReply.objects.get()
    assert (reply.commitment, reply.channel, reply.line, reply.author_id) == (
        one, "phone", "Le serrurier", deal.lead.person_id,
    )  # fmt: skip
    desk.post(url, {"channel": "paper", f"{first}-answer": "stuck", f"{first}-line": "Le serrurier"})
    reply.refresh_from_db()
    assert reply.channel == "phone"  # what did not change is left alone
    nothing = desk.post(url, {"channel": "phone"}, follow=True)
    assert "Rien n'a changé" in words(nothing)


def test_a_closed_round_takes_no_answer_by_hand_either(deal: Any, desk: Any) -> None:
    commitment = deal.precise()
    found = opened(deal)
    code = request_of(commitment).code
    assert desk.post(f"{HOME}{found.code}/clore/").status_code == 302
    url = f"{HOME}{found.code}/{request_of(commitment).contact.code}/"
    assert "est clos" in words(desk.get(url))
    page = desk.post(url, {"channel": "phone", f"{code}-answer": "done", f"{code}-line": "Le local ouvre"})
    assert (page.status_code, CheckInReply.objects.count()) == (410, 0)
    assert "Le local ouvre" in words(page)  # to copy elsewhere


def test_sheets_are_for_those_who_have_not_answered_with_boxes_and_room_to_write(deal: Any, desk: Any) -> None:
    answered = deal.precise(wording="Rouvrir le local")
    deal.precise(wording="Éclairer", signatory=deal.town, contact=contact(deal.town, "odon"))
    found = opened(deal)
    actions.reply(actor=deal.lead, commitment=answered, answer="done", channel="paper", on=timezone.localdate())
    page = desk.get(f"{HOME}{found.code}/feuilles/")
    (sheet,) = tree(page).xpath("//article")
    assert "odon" in sheet.text_content()
    assert [box.text for box in sheet.xpath(".//ul[@class='paper__boxes']/li")] == [
        "C'est fait", "En cours", "Ça coince", "Plus d'actualité",
    ]  # fmt: skip
    assert len(sheet.xpath(".//*[@class='paper__lines']")) == 1
    zelie = request_of(answered).contact
    assert "zelie" in words(desk.get(f"{HOME}{found.code}/feuilles/?personne={zelie.code}"))


def test_a_letter_that_did_not_arrive_is_said_and_sent_again(deal: Any, desk: Any) -> None:
    commitment = deal.precise()
    found = opened(deal)
    url = f"{HOME}{found.code}/{request_of(commitment).contact.code}/"
    page = words(desk.post(f"{url}non-joint/", follow=True))
    assert "« non joint » : cela ne dit rien de son organisme" in page
    assert request_of(commitment).delivery == "failed"
    desk.post(f"{url}renvoyer/")
    assert request_of(commitment).delivery == "queued"


def test_a_referent_says_where_their_commitment_stands_from_its_page(deal: Any, member: Any, client_for: Any) -> None:
    commitment, other = deal.precise(), deal.precise(signatory=deal.town)
    opened(deal)
    browser = client_for(member(Role.REFERENT))
    url = f"{HOME}engagement/{commitment.code}/"
    assert not tree(browser.get(url)).xpath("//input[@name='channel']")
    assert browser.post(url, {"answer": "ongoing", "line": "Ça avance"}).status_code == 302
    assert CheckInReply.objects.get().channel == "account"
    assert request_of(commitment).answered_at is not None
    assert browser.post(f"{HOME}engagement/{other.code}/", {"answer": "done"}).status_code == 403


@pytest.mark.parametrize("count", [1, 20])
def test_a_round_costs_as_many_questions_whatever_its_length(
    deal: Any, desk: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        deal.precise(wording=f"Engagement {n}", contact=contact(deal.landlord, f"personne{n}"))
    found = opened(deal)
    person = CheckInRequest.objects.order_by("pk")[0].contact
    for url in (HOME, f"{HOME}nouveau/", f"{HOME}{found.code}/", f"{HOME}{found.code}/feuilles/",
                f"{HOME}{found.code}/{person.code}/"):  # fmt: skip
        with django_assert_max_num_queries(12):
            assert desk.get(url).status_code == 200, url


def test_the_substitute_is_named_as_such_to_the_team_only(deal: Any, desk: Any, client_for: Any, reader: Any) -> None:
    from comptoir.commitments.sending import send_due

    deal.precise()
    substitute(deal.landlord, "maud")
    found = opened(deal)
    send_due(found, on=found.opened_on + timedelta(10))
    CheckInRequest.objects.filter(step=2).update(delivery="sent")
    assert "suppléant·e" in words(desk.get(f"{HOME}{found.code}/"))
    assert client_for(reader).get(f"{HOME}{found.code}/").status_code == 403
