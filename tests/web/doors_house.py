"""The doors of the space itself: home, journal, settings, look, jobs."""

from typing import Any

from doors import EVERYONE, LEAD, TEAM, Door

from comptoir.accounts.actions import change_look
from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.demo.build import draw_logo
from comptoir.kit.ids import uuid7
from comptoir.spaces.models import Job

LOOK = {"name": "Rives", "colour": "#123456", "footer": ""}
DOORS = (
    Door("space", EVERYONE),
    Door("dashboard_seen", EVERYONE, post={"jusqu_a": "2026-10-08T10:00:00+02:00"}),
    Door("journal", frozenset({Role.PROJECT_LEAD, Role.EVALUATOR})),
    Door("look", EVERYONE, ("0b6e69",)),
    Door("logo", EVERYONE, ("0123456789ab",)),
    Door("space_settings", LEAD),
    Door("space_settings", LEAD, post=LOOK),
    Door("job", TEAM, ("{job}",)),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """A logo, and a job under way."""
    change_look(actor=lead, name="Val-Clair", colour="#0b6e69", footer="", logo=draw_logo())
    job = Job.objects.create(
        space=lead.space, kind="essai", label="Import", subject_id=uuid7(), back_url="/", total=10, done=3
    )
    return {"job": job.code}
