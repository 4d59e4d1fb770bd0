"""Rounds of check-ins: opened, sent, sent again, closed (docs/concepts/points-d-etape.md)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from rounds_of_tests import MONDAY, contact, held, leave, opened, request_of, substitute

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor, SignedLink
from comptoir.audit.models import Entry
from comptoir.commitments import actions, sending
from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInRequest, CheckInRhythm, CheckInRound
from comptoir.commitments.rounds import Standing, preview_of, proposed_on, standing, standing_of
from comptoir.commitments.sending import send_due, settled
from comptoir.commitments.state import News
from comptoir.kit.errors import Conflict, Invalid, Refused
from comptoir.spaces.models import Mail, MailState

LATER = MONDAY + timedelta(10)


def planned() -> list[date]:
    rows = DBTaskResult.objects.filter(task_path="comptoir.commitments.sending.send")
    return sorted(row.run_after.date() if row.run_after.year < 9000 else row.enqueued_at.date() for row in rows)


def test_opening_writes_who_is_asked_what_and_when(deal: Any) -> None:
    first, second, other = deal.precise(), deal.precise(), deal.precise(signatory=deal.town)
    contact(deal.town, "odon")  # somebody of the town, whom nobody named
    found = opened(deal, sent=False)
    assert list(found.requests.values_list("commitment", "contact__name", "send_on", "delivery").order_by("pk")) == [
        (one.pk, "zelie", MONDAY, "queued") for one in (first, second)
    ]
    assert not CheckInRequest.objects.filter(commitment=other).exists()
    preview = preview_of(deal.contract, on=MONDAY, starts_on=MONDAY, spread_days=1, per_person=1)
    assert ([c.pk for c in preview.unnamed], [c.pk for c in preview.later]) == ([other.pk], [second.pk])


def test_only_what_is_open_is_asked_about(deal: Any, facilitator: Actor) -> None:
    kept, gone, asked = deal.precise(), deal.precise(), deal.precise()
    proof = actions.give_evidence(
        actor=deal.lead, commitment=kept, kind="link", url="https://exemple.fr", label="Fait", given_on=MONDAY
    )
    actions.confirm(actor=facilitator, evidence=proof, on=MONDAY)
    actions.withdraw(actor=deal.lead, commitment=gone)
    assert [r.commitment_id for r in opened(deal).requests.all()] == [asked.pk]


def test_signatories_can_be_chosen(deal: Any) -> None:
    deal.precise()
    mine = deal.precise(signatory=deal.town, contact=contact(deal.town, "odon"))
    found = opened(deal, signatories=[deal.town.pk])
    assert [r.commitment_id for r in found.requests.all()] == [mine.pk]


def test_the_project_lead_alone_opens_and_one_round_at_a_time(deal: Any, member: Any) -> None:
    deal.precise()
    for role in set(Role) - {Role.PROJECT_LEAD}:
        with pytest.raises(Refused, match="conduite du projet"):
            opened_by(deal, member(role))
    found = opened(deal)
    with pytest.raises(Conflict, match="déjà ouvert"):
        opened(deal)
    actions.close_round(actor=deal.lead, found=found, on=LATER)
    assert opened(deal, LATER).pk != found.pk


def opened_by(deal: Any, actor: Actor) -> CheckInRound:
    return actions.open_round(
        actor=actor, contract=deal.contract, on=MONDAY, starts_on=MONDAY, spread_days=1, per_person=5,
        substitute_after=0,
    )  # fmt: skip


def test_a_round_without_anybody_to_ask_does_not_open(deal: Any) -> None:
    deal.precise(signatory=deal.town)
    with pytest.raises(Invalid, match="nommez d'abord les référents"):
        opened(deal)
    assert not CheckInRound.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("spread_days", 0), ("spread_days", 21), ("per_person", 0), ("substitute_after", 61)]
)
def test_what_a_round_may_be(deal: Any, field: str, value: int) -> None:
    deal.precise()
    with pytest.raises(Invalid, match="entre") as refused:
        opened(deal, **{field: value})
    assert refused.value.field == field


def test_one_letter_a_person_holds_all_that_is_asked_of_them(deal: Any) -> None:
    deal.precise(), deal.precise(wording="Réparer l'ascenseur de la tour 4")
    found = opened(deal, sent=False)
    (letter,) = leave(found, MONDAY)
    said = vars(letter)["said"]
    assert (letter.to, letter.reply_to) == ("zelie@exemple.fr", "lead@exemple.fr")
    assert "2 engagements" in letter.subject
    assert "— Rouvrir le local de la tour 4" in said
    assert "— Réparer l'ascenseur de la tour 4" in said
    assert set(found.requests.values_list("delivery", "mail")) == {("sent", letter.pk)}
    assert found.requests.exclude(sent_at=None).count() == 2


def test_each_letter_leaves_on_its_day_and_once(deal: Any) -> None:
    deal.precise(), deal.precise(signatory=deal.town, contact=contact(deal.town, "odon"))
    found = opened(deal, sent=False, spread_days=4, substitute_after=0)
    assert [letter.to for letter in leave(found, MONDAY)] == ["odon@exemple.fr"]
    assert leave(found, MONDAY) == []
    assert [letter.to for letter in leave(found, MONDAY + timedelta(2))] == ["zelie@exemple.fr"]
    assert Entry.objects.filter(action="commitments.send_due").count() == 2


def test_the_worker_is_called_on_each_day_and_for_substitutes(deal: Any) -> None:
    deal.precise(), deal.precise(signatory=deal.town, contact=contact(deal.town, "odon"))
    far = date(2099, 6, 1)  # a Monday to come, whatever the day of the test
    opened(deal, far, sent=False, spread_days=4)
    assert planned() == [far + timedelta(days) for days in (0, 2, 10, 12)]


def test_a_worker_that_dies_between_two_letters_sends_the_others_and_none_twice(
    deal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal.precise(), deal.precise(signatory=deal.town, contact=contact(deal.town, "odon"))
    found = opened(deal, sent=False)
    real, calls = sending.write, []

    def dying(*args: Any, **more: Any) -> Mail:
        calls.append(1)
        letter = real(*args, **more)
        if len(calls) == 2:
            raise SystemExit  # after the letter is written, before its transaction ends
        return letter

    monkeypatch.setattr(sending, "write", dying)
    with pytest.raises(SystemExit):
        send_due(found, on=MONDAY)
    assert Mail.objects.count() == 1  # the second is not there: its questions do not cite it either
    monkeypatch.undo()
    assert len(leave(found, MONDAY)) == 1
    assert leave(found, MONDAY) == []
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["odon@exemple.fr", "zelie@exemple.fr"]


def test_what_was_answered_meanwhile_is_not_asked(deal: Any) -> None:
    told, asked = deal.precise(), deal.precise()
    found = opened(deal, sent=False)
    actions.reply(actor=deal.lead, commitment=told, answer="ongoing", channel="phone", on=MONDAY)
    (letter,) = leave(found, MONDAY)
    assert [r.commitment_id for r in CheckInRequest.objects.filter(mail=letter)] == [asked.pk]
    assert deal.state(told, MONDAY).news == News.HEARD


def test_somebody_without_an_address_is_asked_by_hand(deal: Any) -> None:
    commitment = deal.precise(signatory=deal.town, contact=contact(deal.town, "odon", email=""))
    found = opened(deal)
    request = found.requests.get()
    assert (standing_of(request), request.mail) == (Standing.BY_HAND, None)
    assert deal.state(commitment, LATER).news == News.NOT_ASKED
    actions.reply(actor=deal.lead, commitment=commitment, answer="stuck", channel="paper", on=LATER, request=request)
    assert deal.state(commitment, LATER).news == News.HEARD


def test_a_letter_given_up_says_nothing_of_the_signatory(deal: Any) -> None:
    commitment = deal.precise()
    found = opened(deal, sent=False)
    send_due(found, on=MONDAY)
    letter = Mail.objects.get()
    letter.state, letter.error = MailState.FAILED, "550 inconnue"
    settled(letter)
    request = request_of(commitment)
    assert (standing_of(request), request.failure) == (Standing.UNREACHED, "550 inconnue")
    assert deal.state(commitment, LATER + timedelta(60)).news == News.UNREACHED


def test_the_substitute_is_asked_after_the_days_that_the_opening_decided(deal: Any) -> None:
    commitment, answered = deal.precise(), deal.precise()
    stand_in = substitute(deal.landlord, "maud")
    found = opened(deal)
    actions.reply(actor=deal.lead, commitment=answered, answer="ongoing", channel="phone", on=MONDAY)
    assert leave(found, LATER - timedelta(1)) == []
    (letter,) = leave(found, LATER)
    assert letter.to == stand_in.email
    second = request_of(commitment, step=2)
    assert (second.contact_id, second.mail_id) == (stand_in.pk, letter.pk)
    assert leave(found, LATER) == []
    actions.reply(actor=held(second), commitment=commitment, answer="done", channel="link", on=LATER, request=second)
    assert request_of(commitment, step=1).delivery == Delivery.CANCELLED  # nobody else is waited for


def test_nobody_is_asked_in_place_of_another_when_the_opening_said_never(deal: Any) -> None:
    deal.precise()
    substitute(deal.landlord, "maud")
    found = opened(deal, substitute_after=0)
    assert leave(found, LATER + timedelta(60)) == []


def test_the_team_says_that_a_letter_did_not_arrive_and_the_lead_sends_it_again(
    deal: Any, facilitator: Actor, reader: Actor
) -> None:
    commitment = deal.precise()
    found = opened(deal)
    zelie = request_of(commitment).contact
    with pytest.raises(Refused):
        actions.mark_unreached(actor=reader, found=found, contact=zelie)
    assert actions.mark_unreached(actor=facilitator, found=found, contact=zelie) == 1
    assert standing_of(request_of(commitment)) == Standing.UNREACHED
    zelie.email = "zelie@ailleurs.fr"
    zelie.save()
    with pytest.raises(Refused):
        actions.send_again(actor=facilitator, found=found, contact=zelie, on=LATER)
    assert actions.send_again(actor=deal.lead, found=found, contact=zelie, on=LATER) == 1
    assert actions.send_again(actor=deal.lead, found=found, contact=zelie, on=LATER, early=True) == 1
    (letter,) = leave(found, LATER)
    assert letter.to == "zelie@ailleurs.fr"
    assert actions.send_again(actor=deal.lead, found=found, contact=zelie, on=LATER, early=True) == 0  # it has left
    assert SignedLink.objects.filter(subject_id=request_of(commitment).pk, revoked_at=None).exists()
    zelie.email = ""
    with pytest.raises(Invalid, match="adresse"):
        actions.send_again(actor=deal.lead, found=found, contact=zelie, on=LATER)


def test_a_closed_round_sends_nothing_more(deal: Any) -> None:
    deal.precise()
    found = opened(deal, sent=False)
    found = actions.close_round(actor=deal.lead, found=found, on=MONDAY)
    assert leave(found, MONDAY) == []
    assert standing_of(found.requests.get()) == Standing.CANCELLED
    with pytest.raises(Conflict, match="clos"):
        actions.send_again(actor=deal.lead, found=found, contact=found.requests.get().contact, on=MONDAY)


def test_a_round_closed_too_soon_is_opened_again_and_goes_on(deal: Any, facilitator: Actor) -> None:
    told, asked = deal.precise(), deal.precise(signatory=deal.town, contact=contact(deal.town, "odon"))
    found = actions.close_round(actor=deal.lead, found=opened(deal, sent=False), on=MONDAY)
    actions.reply(actor=deal.lead, commitment=told, answer="ongoing", channel="meeting", on=MONDAY)
    with pytest.raises(Refused):
        actions.reopen_round(actor=facilitator, found=found)
    found = actions.reopen_round(actor=deal.lead, found=found)
    assert [letter.to for letter in leave(found, MONDAY)] == ["odon@exemple.fr"]
    assert request_of(told).delivery == Delivery.CANCELLED
    assert request_of(asked).delivery == Delivery.SENT
    assert actions.reopen_round(actor=deal.lead, found=found).closed_on is None
    actions.close_round(actor=deal.lead, found=found, on=MONDAY)
    other = opened(deal, LATER)
    with pytest.raises(Conflict, match="déjà ouvert"):
        actions.reopen_round(actor=deal.lead, found=found)
    assert CheckInRound.objects.get(closed_on=None) == other


def test_the_next_round_is_proposed_never_opened(deal: Any) -> None:
    deal.precise()
    assert proposed_on(deal.contract, None, on=MONDAY) == MONDAY
    found = opened(deal)
    assert proposed_on(deal.contract, found, on=LATER) is None
    actions.close_round(actor=deal.lead, found=found, on=LATER)
    found.refresh_from_db()
    assert proposed_on(deal.contract, found, on=LATER) == date(2027, 2, 23)
    actions.set_rhythm(
        actor=deal.lead, contract=deal.contract, every_months=1, spread_days=3, per_person=2, substitute_after=0
    )
    assert proposed_on(deal.contract, found, on=LATER) == date(2026, 12, 23)
    assert CheckInRhythm.objects.get().per_person == 2
    with pytest.raises(Invalid):
        actions.set_rhythm(
            actor=deal.lead, contract=deal.contract, every_months=0, spread_days=3, per_person=2, substitute_after=0
        )


@pytest.mark.parametrize("delivery", list(Delivery), ids=str)
def test_where_a_question_stands_is_the_same_for_one_and_for_a_list(deal: Any, delivery: Delivery) -> None:
    deal.precise()
    found = opened(deal)
    found.requests.update(delivery=delivery)
    request = found.requests.get()
    assert list(found.requests.filter(standing(standing_of(request)))) == [request]
    assert sum(found.requests.filter(standing(one)).count() for one in Standing) == 1


def test_a_host_can_send_by_hand_what_the_queue_has_lost(deal: Any, capsys: pytest.CaptureFixture[str]) -> None:
    deal.precise()
    opened(deal, sent=False)
    for said in ("val-clair : 1 courriel(s)", "val-clair : 0 courriel(s)"):
        call_command("send_check_ins")
        assert said in capsys.readouterr().out
    assert Mail.objects.count() == 1
