"""The doors of the people of a space, and of its choice about the resource centre."""

from typing import Any

from doors import LEAD, Door

from comptoir.accounts.actions import invite
from comptoir.accounts.models import Actor, Membership

ROLE = {"role": "reader", "organisation": "Régie", "unit": ""}
DOORS = (
    Door("people", LEAD),
    Door("invite", LEAD),
    Door("invite", LEAD, post=ROLE | {"email": "nouvelle@exemple.fr", "message": ""}),
    Door("invitations", LEAD),
    Door("invitation_page", LEAD, ("{invitation}",)),
    Door("welcome", LEAD),
    Door("invitation_act", LEAD, ("{invitation}", "renvoyer"), {}),
    Door("invitation_act", LEAD, ("{invitation}", "annuler"), {}),
    Door("member", LEAD, ("{member}",)),
    Door("member", LEAD, ("{member}",), ROLE | {"until": ""}),
    Door("space_resource_centre", LEAD, post={"opened": "yes"}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """An invitation that waits, and a member."""
    reader = Membership.objects.get(space=lead.space, person=member("reader").person_id)
    return {"invitation": invite(actor=lead, email="invitee@exemple.fr", role="reader").code, "member": reader.code}
