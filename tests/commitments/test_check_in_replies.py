"""What is answered to « Où en est-on ? », corrected, passed on, and by whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from rounds_of_tests import MONDAY, contact, held, leave, opened, request_of

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.audit.models import Entry
from comptoir.commitments import actions
from comptoir.commitments.actions.replies import Given
from comptoir.commitments.enums import Delivery
from comptoir.commitments.models import CheckInReply, Evidence
from comptoir.commitments.rules import may_confirm
from comptoir.commitments.state import Label, News
from comptoir.contracts.models import Contact
from comptoir.kit.errors import Conflict, Gone, Invalid, Refused
from comptoir.spaces.models import Mail

TUESDAY = MONDAY + timedelta(1)


def answer(request: Any, answer: str = "ongoing", on: date = TUESDAY, **more: Any) -> CheckInReply:
    return actions.reply(
        actor=held(request), commitment=request.commitment, answer=answer, channel="link", on=on, request=request,
        **more,
    )  # fmt: skip


def test_an_answer_by_link_is_that_of_the_signatory_and_needs_no_account(deal: Any) -> None:
    commitment = deal.precise()
    opened(deal)
    found = answer(request_of(commitment), line=" Les  clés\narrivent ")
    assert (found.line, found.author_id, found.author_organisation) == (
        "Les clés arrivent", None, "Régie de quartier",
    )  # fmt: skip
    assert (found.contact.name if found.contact else "", found.channel) == ("zelie", "link")
    state = deal.state(commitment, TUESDAY)
    assert (state.news, state.news_since, state.label) == (News.HEARD, TUESDAY, Label.ONGOING)


def test_it_is_done_is_said_but_kept_needs_a_confirmed_proof(deal: Any, facilitator: Actor) -> None:
    commitment = deal.precise()
    opened(deal)
    found = answer(request_of(commitment), "done", given=Given("figure", figure=Decimal(12), unit="permanences"))
    assert deal.state(commitment, TUESDAY).label == Label.ONGOING
    proof = found.evidence
    assert proof is not None
    assert (proof.whole, proof.figure, proof.confirmed_on) == (True, 12, None)
    assert proof.label == "Joint au point d'étape du 24/11/2026"
    actions.confirm(actor=facilitator, evidence=proof, on=TUESDAY)
    assert deal.state(commitment, TUESDAY).label == Label.KEPT


def test_the_referent_with_an_account_does_not_confirm_what_they_gave_by_link(deal: Any, facilitator: Actor) -> None:
    commitment = deal.precise()
    Contact.objects.filter(name="zelie").update(person=facilitator.person_id)
    opened(deal)
    found = answer(request_of(commitment), given=Given("link", url="https://exemple.fr"))
    assert found.evidence is not None
    assert not may_confirm(facilitator, found.evidence)
    assert may_confirm(deal.lead, found.evidence)


def test_sent_twice_the_same_answer_is_one(deal: Any) -> None:
    commitment = deal.precise()
    opened(deal)
    request = request_of(commitment)
    given = Given("link", url="https://exemple.fr/bilan")
    for _ in range(3):
        answer(request, "done", line="Le bilan", given=given)
    assert (CheckInReply.objects.count(), Evidence.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="commitments.reply").count() == 1


def test_an_answer_is_corrected_until_the_round_is_closed(deal: Any) -> None:
    commitment = deal.precise()
    found = opened(deal)
    request = request_of(commitment)
    first = answer(request, "done", given=Given("link", url="https://exemple.fr/1"))
    second = answer(request, "stuck", line="Le serrurier n'est pas venu", given=Given("link", url="https://ex.fr/2"))
    assert (second.pk, second.answer, second.changed_at is not None) == (first.pk, "stuck", True)
    assert [e.url for e in Evidence.objects.filter(withdrawn_at=None)] == ["https://ex.fr/2"]
    assert answer(request, "stuck", line="Il vient demain").evidence == second.evidence  # kept: no other was given
    entry = Entry.objects.filter(action="commitments.reply").order_by("-pk")[0]
    assert entry.details["was"] == "stuck"
    actions.close_round(actor=deal.lead, found=found, on=TUESDAY)
    with pytest.raises(Gone, match="clos depuis le 24/11/2026"):
        answer(request, "done")


@pytest.mark.parametrize(
    ("more", "field"),
    [({"answer": "perhaps"}, "answer"), ({"line": "x" * 501}, "line"), ({"channel": "pigeon"}, "channel"),
     ({"given": Given("link", url="javascript:1")}, "url"), ({"given": Given("figure")}, "figure")],
    ids=["another button", "too long", "another channel", "an address of another kind", "no figure"],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_beside_its_field(deal: Any, more: dict[str, Any], field: str) -> None:
    commitment = deal.precise()
    opened(deal)
    request = request_of(commitment)
    said: dict[str, Any] = {"answer": "done", "channel": "link", "on": TUESDAY} | more
    with pytest.raises(Invalid) as refused:
        actions.reply(actor=held(request), commitment=commitment, request=request, **said)
    assert refused.value.field == field
    assert not CheckInReply.objects.exists()


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_who_says_where_a_commitment_stands(deal: Any, member: Any, role: Role) -> None:
    """The team for anybody; a referent for their own organisation; nobody writes down by phone but the team."""
    own, other = deal.precise(), deal.precise(signatory=deal.town)
    team = role in {Role.PROJECT_LEAD, Role.FACILITATOR}
    for commitment, channel, may in (
        (own, "account", team or role == Role.REFERENT), (other, "account", team), (own, "phone", team),
    ):  # fmt: skip
        try:
            actions.reply(actor=member(role), commitment=commitment, answer="done", channel=channel, on=MONDAY)
        except (Refused, Invalid):
            assert not may, (commitment.pk, channel)
        else:
            assert may, (commitment.pk, channel)


def test_what_the_team_writes_down_answers_the_open_question(deal: Any) -> None:
    commitment = deal.precise()
    opened(deal)
    actions.reply(actor=deal.lead, commitment=commitment, answer="done", channel="phone", on=TUESDAY)
    request = request_of(commitment)
    assert request.answered_at is not None
    assert (request.reply.channel, request.reply.author_id) == ("phone", deal.lead.person_id)
    assert answer(request, "stuck").pk == request.reply.pk  # the person corrects what was written for them


def test_a_question_is_passed_on_to_a_colleague_and_the_first_link_no_longer_answers(deal: Any) -> None:
    commitment = deal.precise()
    opened(deal)
    request = request_of(commitment)
    made = actions.forward(actor=held(request), request=request, name="Odile ", email="ODILE@exemple.fr", on=TUESDAY)
    letter = Mail.objects.get(to="odile@exemple.fr")
    assert "zelie vous transmet cette question" in letter.text
    assert (made.forwarded_from, made.contact.name, made.contact.signatory) == (request, "Odile", deal.landlord)
    with pytest.raises(Gone, match="transmis cette question à Odile"):
        answer(request_of(commitment, forwarded_from=None))
    answer(request_of(commitment, forwarded_from=request), "done")
    assert deal.state(commitment, TUESDAY).news == News.HEARD


def test_a_question_passed_on_counts_as_one_asking(deal: Any) -> None:
    commitment = deal.precise()
    found = opened(deal)
    request = request_of(commitment)
    actions.forward(actor=held(request), request=request, name="Odile", email="odile@exemple.fr", on=TUESDAY)
    leave(found, TUESDAY)
    forwarded = request_of(commitment, forwarded_from=request)
    forwarded.delivery = Delivery.SENT
    forwarded.save()
    assert deal.state(commitment, TUESDAY).news == News.WAITING  # two unanswered letters would make it silent


@pytest.mark.parametrize(
    ("name", "email", "sentence"),
    [("", "a@exemple.fr", "nom"), ("http://x.fr/y", "a@exemple.fr", "nom seul"), ("Odile", "odile", "adresse"),
     ("Zélie", "zelie@exemple.fr", "déjà reçu")],
    ids=["no name", "an address as a name", "no address", "the same person"],
)  # fmt: skip
def test_a_letter_is_not_sent_to_just_anything(deal: Any, name: str, email: str, sentence: str) -> None:
    commitment = deal.precise()
    opened(deal)
    request, before = request_of(commitment), Mail.objects.count()
    with pytest.raises(Invalid, match=sentence):
        actions.forward(actor=held(request), request=request, name=name, email=email, on=TUESDAY)
    assert Mail.objects.count() == before


def test_a_question_does_not_go_round_for_ever(deal: Any) -> None:
    commitment = deal.precise()
    opened(deal)
    request = request_of(commitment)
    for n in range(3):
        made = actions.forward(
            actor=held(request), request=request, name=f"Odile {n}", email=f"o{n}@exemple.fr", on=TUESDAY
        )
        request = request_of(commitment, pk=made.pk)
    with pytest.raises(Conflict, match="de main en main"):
        actions.forward(actor=held(request), request=request, name="Odon", email="odon@exemple.fr", on=TUESDAY)
    with pytest.raises(Invalid, match="déjà reçu"):
        actions.forward(actor=held(request), request=request, name="Odile", email="o1@exemple.fr", on=TUESDAY)


def test_what_is_answered_is_corrected_rather_than_passed_on(deal: Any) -> None:
    commitment = deal.precise()
    opened(deal)
    request = request_of(commitment)
    answer(request)
    with pytest.raises(Conflict, match="déjà répondu"):
        actions.forward(actor=held(request), request=request, name="Odile", email="o@exemple.fr", on=TUESDAY)


def test_a_colleague_already_known_is_not_written_twice(deal: Any) -> None:
    commitment = deal.precise()
    known = contact(deal.landlord, "odile")
    opened(deal)
    request = request_of(commitment)
    made = actions.forward(actor=held(request), request=request, name="O.", email="odile@exemple.fr", on=TUESDAY)
    assert made.contact == known
