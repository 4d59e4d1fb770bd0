"""The rounds of check-ins of the invented agglomeration, through the actions that people use. No letter leaves."""

from datetime import UTC, datetime

from comptoir.accounts.models import Actor
from comptoir.commitments import actions
from comptoir.commitments.actions.replies import Given, holder
from comptoir.commitments.models import CheckInRequest, CheckInRound
from comptoir.commitments.sending import send_due
from comptoir.contracts.models import CityContract
from comptoir.demo.content import SPACE
from comptoir.demo.content.check_ins import ROUNDS, DemoReply, DemoRound
from comptoir.spaces.mail import mark_sent
from comptoir.spaces.models import Mail, MailState


def build_check_ins(lead: Actor, contract: CityContract) -> None:
    """A round in September, closed; one in November, with answers, silences, a letter come back, one passed on."""
    for content in ROUNDS:
        found = actions.open_round(
            actor=lead, contract=contract, on=content.opened_on, starts_on=content.opened_on, spread_days=5,
            per_person=5, substitute_after=10,
        )  # fmt: skip
        for day in content.sent:
            send_due(found, on=day)
            _leave(lead)
        for told in sorted(content.replies, key=lambda told: told.on):
            _reply(lead, found, told)
        _come_back(lead, found, content)
        for request in found.requests.exclude(sent_at=None):
            at = datetime.combine(request.send_on, datetime.min.time(), UTC).replace(hour=8)
            CheckInRequest.objects.filter(pk=request.pk).update(sent_at=at)
        if content.closed_on:
            actions.close_round(actor=lead, found=found, on=content.closed_on)


def _leave(lead: Actor) -> None:
    for letter in Mail.objects.filter(space=lead.space, state=MailState.QUEUED, subject__startswith="Où en est-on"):
        mark_sent(letter)


def _request(found: CheckInRound, key: str) -> CheckInRequest:
    name = next(one.name for one in SPACE.organisations if one.key == key)
    asked = found.requests.filter(commitment__signatory__organisation__name=name, answered_at=None)
    rows = asked.select_related("space", "commitment__signatory", "contact__signatory__organisation")
    return rows.exclude(delivery="forwarded").order_by("-pk")[0]


def _reply(lead: Actor, found: CheckInRound, told: DemoReply) -> None:
    request = _request(found, told.signatory)
    name, email = told.to
    if name:
        actions.forward(actor=holder(request), request=request, name=name, email=email, on=told.on)
        _leave(lead)
        request = _request(found, told.signatory)
    actions.reply(
        actor=holder(request) if told.channel == "link" else lead, commitment=request.commitment, answer=told.answer,
        channel=told.channel, on=told.on, line=told.line, request=request,
        given=Given("link", url=told.url) if told.url else None,
    )  # fmt: skip


def _come_back(lead: Actor, found: CheckInRound, content: DemoRound) -> None:
    for key in content.unreached:
        actions.mark_unreached(actor=lead, found=found, contact=_request(found, key).contact)
