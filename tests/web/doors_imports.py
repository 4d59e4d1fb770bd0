"""The doors of imports of tables: those of the kind decide; the others see that nothing exists."""

from typing import Any

from doors import TEAM, Door

from comptoir.accounts.enums import Role
from comptoir.accounts.models import Actor
from comptoir.imports.actions import confirm, plan_of, receive
from comptoir.workshops.calendar import CALENDAR

CSV = "Titre;Date\nComptoir des jeunes;24/09/2026\n"
DOORS = (
    Door("imports", TEAM | {Role.REFERENT}, otherwise=404),  # the referent brings back the workbook
    Door("batch_new", TEAM, ("calendrier",), otherwise=404),
    Door("batch_new", TEAM, ("calendrier",), {"text": CSV}, otherwise=404),
    Door("batch_template", TEAM, ("calendrier",), otherwise=404),
    Door("batch_columns", TEAM, ("{batch}",), otherwise=404),
    Door("batch_columns", TEAM, ("{batch}",), {"field_title": "0"}, otherwise=404),
    Door("batch", TEAM, ("{batch}",), otherwise=404),
    Door("batch", TEAM, ("{batch}",), {"seen": "{seen}"}, otherwise=404),
    Door("batch_refused", TEAM, ("{batch}",), otherwise=404),
    Door("stored_file", TEAM, ("{batch_file}",), otherwise=404),
    Door("batch_void", TEAM, ("{batch_done}",), otherwise=404),
    Door("batch_void", TEAM, ("{batch_done}",), {}, otherwise=404),
)


def things(lead: Actor, member: Any) -> dict[str, str]:
    """An import to confirm, and one that is done."""
    done = receive(actor=lead, kind=CALENDAR, content=b"Titre\nComptoir de juin\n", name="juin.csv")
    confirm(actor=lead, batch=done, seen=plan_of(lead, done).digest, back_url="/")
    batch = receive(actor=lead, kind=CALENDAR, content=CSV.encode(), name="calendrier.csv")
    return {
        "batch": batch.code,
        "seen": plan_of(lead, batch).digest,
        "batch_done": done.code,
        "batch_file": done.file.code,
    }
