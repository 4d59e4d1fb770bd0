"""The doors of confidentiality, of the reading before publication, of templates."""

from datetime import date
from typing import Any

from doors import HEARING, LEAD, TEAM, Door

from comptoir.accounts.models import Actor
from comptoir.workshops.actions import save_cycle, save_template

CYCLE = {"name": "Saison", "starts_on": "2026-01-01", "ends_on": "2026-06-30"}
DOORS = (
    Door("disclosure_threshold", LEAD),
    Door("disclosure_threshold", LEAD, post={"threshold": "12"}),
    Door("reading", TEAM, ("{draft}", "1")),
    Door("reading_decide", TEAM, ("{draft}", "1"), {"decision": "others"}),
    Door("compare", HEARING),
    Door("themes", HEARING),
    Door("cycles", HEARING),
    Door("cycle_new", TEAM),
    Door("cycle_new", TEAM, post=CYCLE),
    Door("cycle", HEARING, ("{cycle}",)),
    Door("cycle_edit", TEAM, ("{cycle}",)),
    Door("cycle_edit", TEAM, ("{cycle}",), CYCLE),
    Door("cycle_assign", TEAM, ("{cycle}",), {"workshop": "{draft}"}),
    Door("templates", TEAM),
    Door("template_new", TEAM),
    Door("template_new", TEAM, post={"title": "Autre", "questions": ""}),
    Door("template_edit", TEAM, ("{template}",)),
    Door("template_edit", TEAM, ("{template}",), {"title": "Autre", "questions": ""}),
    Door("template_withdraw", TEAM, ("{template}",), {}),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    cycle = save_cycle(actor=lead, name="Saison", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    template = save_template(actor=lead, title="Le nôtre", questions="", columns={})
    return {"template": template.code, "cycle": cycle.code}
