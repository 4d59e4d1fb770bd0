"""What tests of check-ins share: a round opened on a day, letters that have left, the token of a letter."""

import re
from datetime import date
from typing import Any

from comptoir.accounts.models import Actor
from comptoir.commitments import actions
from comptoir.commitments.models import CheckInRequest, CheckInRound
from comptoir.commitments.sending import send_due
from comptoir.contracts.models import Contact, Referent, Signatory, Substitute
from comptoir.spaces.mail import mark_sent
from comptoir.spaces.models import Mail

MONDAY = date(2026, 11, 23)
SOON = date(2026, 11, 26)


def contact(signatory: Signatory, name: str, **more: Any) -> Contact:
    given = {"email": f"{name}@exemple.fr"} | more
    return Contact.objects.create(space=signatory.space, signatory=signatory, name=name, **given)


def substitute(signatory: Signatory, name: str) -> Contact:
    found = contact(signatory, name)
    term = Referent.objects.get(signatory=signatory)
    Substitute.objects.create(referent=term, contact=found, starts_on=term.starts_on)
    return found


def opened(deal: Any, on: date = MONDAY, *, sent: bool = True, **more: Any) -> CheckInRound:
    """A round opened that day, all of it asked at once; its letters have left when `sent`."""
    asked = {"starts_on": on, "spread_days": 1, "per_person": 5, "substitute_after": 10}
    found = actions.open_round(actor=deal.lead, contract=deal.contract, on=on, **(asked | more))
    if sent:
        leave(found, on)
    return found


def leave(found: CheckInRound, on: date) -> list[Mail]:
    """Send what is due; the letters of this run, gone."""
    before = set(Mail.objects.values_list("pk", flat=True))
    send_due(found, on=on)
    letters = list(Mail.objects.exclude(pk__in=before).order_by("pk"))
    for letter in letters:
        letter.refresh_from_db()
        vars(letter)["said"] = letter.text
        mark_sent(letter)
    return letters


def token_of(text: str) -> str:
    """The token of the link in a letter."""
    found = re.search(r"/ou-en-est-on/([^/\s]+)/", text)
    assert found, text
    return found[1]


def request_of(commitment: Any, **more: Any) -> CheckInRequest:
    rows = CheckInRequest.objects.select_related("contact__signatory__organisation", "commitment__signatory", "space")
    return rows.get(commitment=commitment, **more)


def held(request: CheckInRequest) -> Actor:
    from comptoir.commitments.actions.replies import holder

    return holder(request)
