"""What is done to people, roles, spaces, and one's own account."""

from comptoir.accounts.actions.people import (
    accept,
    give_role,
    invite,
    organisation_named,
    resend,
    revoke,
    unit_named,
)
from comptoir.accounts.actions.spaces import (
    change_look,
    close_space,
    give_instance_role,
    invite_first_lead,
    open_space,
    open_space_for,
    open_to_resource_centre,
    resend_first_lead,
    revoke_first_lead,
)

__all__ = [
    "accept",
    "change_look",
    "close_space",
    "give_instance_role",
    "give_role",
    "invite",
    "invite_first_lead",
    "open_space",
    "open_space_for",
    "open_to_resource_centre",
    "organisation_named",
    "resend",
    "resend_first_lead",
    "revoke",
    "revoke_first_lead",
    "unit_named",
]
