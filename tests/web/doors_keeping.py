"""The door of retention."""

from typing import Any

from doors import LEAD, Door

from comptoir.accounts.models import Actor

DOORS = (
    Door("retention", LEAD),
    Door("retention", LEAD, post={"files_months": "6", "jobs_days": "30", "mails_days": "90", "answers_months": "6"}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    return {}
